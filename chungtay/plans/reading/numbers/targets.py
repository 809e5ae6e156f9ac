"""Targets out of sentences: each number with its role, of whom, compared how, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from chungtay.plans.reading.numbers import covers
from chungtay.plans.reading.numbers.bases import Meaning, meaning_of
from chungtay.plans.reading.numbers.lines import Line, said_by, when_of, where_of
from chungtay.plans.reading.numbers.people import (
    HOUSEHOLD,
    PERSON,
    POOR,
    groups_of,
    places_of,
    unit_after,
)
from chungtay.plans.reading.numbers.plain import Sentence
from chungtay.plans.reading.numbers.quantities import Quantity, quantities_of
from chungtay.plans.reading.numbers.roles import (
    ATTACHED,
    DOWN_TO,
    GIVEN,
    LEAVE,
    LEAVE_BEFORE,
    role_by_name,
    role_of,
)
from chungtay.plans.reading.numbers.rows import (
    CLOSING,
    COUNT,
    COVERAGE,
    OPENING,
    POINTS,
    RATE,
    REDUCTION,
    SHARE,
    Baseline,
    Target,
)
from chungtay.plans.reading.numbers.times import moments_of
from chungtay.plans.reading.numbers.whose import (
    OUT_OF,
    earlier_group,
    later_population,
    own_group,
    past_base,
    words_behind_next,
)

BASIS = re.compile(r"\s*(?:can cu|xet (?:de nghi|to trinh)|noi nhan)\b")
NO_UNIT = re.compile(r"\s*(?:[.,;)]|$|xuong|con\b|\(|den\b)")
HOUSEHOLDS_NAMED = re.compile(
    r"(?:so ho|tong so|ho)\s+(?:can\s+)?ngheo(?:[^,;.\d]|(?<=nam )\d{4}|\d{1,2}/\d{1,2}/\d{4})*$"
)
EVERY = re.compile(
    r"(?:binh quan\s+)?(?:moi|hang)\s+(?:nam|thon|ban|ap|khu pho|to dan pho|to|xa|phuong|don vi)"
    r"|/\s*nam\b|binh quan(?: nam)?"
)
MANY = r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+|\d{2,5})"
NOT_OF_CLASS = r"(?! (?:gia dinh )?(?:can )?ngheo| thoat| moi| (?:la )?(?:dan toc|dong bao))"
ALL_HOUSEHOLDS = re.compile(
    rf"{MANY} ho (?:dan\b|gia dinh\b(?! ngheo)|tren dia ban|toan xa)"
    rf"|tong so ho(?: dan| gia dinh| toan xa| tren dia ban)*(?: la| co|:)* {MANY}\b"
    r"(?! ho (?:can )?ngheo)"
    rf"|(?:tren|trong) tong so {MANY} ho\b{NOT_OF_CLASS}"
    rf"|toan (?:xa|phuong|thi tran|huyen"
    rf"|thanh pho)(?: hien)? co(?: tong so)? {MANY} ho\b{NOT_OF_CLASS}"
)
JOINED = re.compile(r"[\s\w]{0,30}?(?:,|\bva)\s*")
STILL = {"newly_escaped": POOR, "escaped_near_poor": "near_poor"}  # "05 hộ thoát nghèo, còn 16 hộ"
NEAR = 2  # blocks between a target and the places it is parted over
NAMES_A_FALL = re.compile(r"(?:chi tieu|ke hoach|giao|phan bo)\b[^.;]*\bgiam (?:so )?ho\b")
SETTLED = frozenset({OPENING, REDUCTION, CLOSING})


@dataclass
class Reading:
    """What has been read of the sentences so far, and what later ones may lean on."""

    year: int | None
    own_places: str
    rows: list[Target] = field(default_factory=list)
    totals: list[tuple[int, Sentence]] = field(default_factory=list)
    lead: Target | None = None
    lead_at: int = -9


def read_targets(sentences: Iterable[Sentence], year: int | None, own_places: str) -> Reading:
    """Every target the sentences state, in order, one stated twice once; totals of households."""
    reading = Reading(year, own_places)
    for sentence in sentences:
        if not BASIS.match(sentence.flat):
            _read(sentence, reading)
            _total(sentence, reading)
    reading.rows = once(reading.rows)
    return reading


def _total(sentence: Sentence, reading: Reading) -> None:
    """ "toàn xã có 1.405 hộ dân": the households of all classes together."""
    for match in ALL_HOUSEHOLDS.finditer(sentence.flat):
        said = next(group for group in match.groups() if group)
        reading.totals.append((int(said.replace(".", "")), sentence))


def once(rows: list[Target]) -> list[Target]:
    """Each target once, however often it is stated."""
    kept: dict[object, Target] = {}
    for row in rows:
        kept.setdefault(row.same_as, row)
    return list(kept.values())


def _read(sentence: Sentence, reading: Reading) -> None:
    line = Line(
        sentence,
        quantities_of(sentence),
        groups_of(sentence),
        moments_of(sentence.flat, reading.year),
        [place for place in places_of(sentence) if not _is_own(place[0], reading.own_places)],
        reading.year,
    )
    wholes = [match.span() for match in ALL_HOUSEHOLDS.finditer(sentence.flat)]
    for at, one in enumerate(line.numbers):
        if one.start < line.used or any(low <= one.start < high for low, high in wholes):
            continue
        row = _row(line, at, one, reading)
        if row is not None:
            line.rows.append(row)
    line.rows = _of_this_year(_with_shared_base(line.rows), reading.year)
    reading.rows += [*line.rows, *covers.none_left(sentence, line.moments, reading.year)]
    leads = [row for row in line.rows if row.kind == REDUCTION and not row.place]
    if leads:
        reading.lead, reading.lead_at = leads[-1], sentence.block
    elif not line.numbers and _names_a_fall(line):
        reading.lead = Target(
            REDUCTION, line.groups[-1].population, HOUSEHOLD, COUNT, Decimal(0), sentence.said,
            on=line.moments[-1].on if line.moments else str(reading.year or "") or None,
        )  # fmt: skip
        reading.lead_at = sentence.block
    elif line.rows:
        reading.lead_at = sentence.block


def _with_shared_base(rows: list[Target]) -> list[Target]:
    """ "35% hộ nghèo và 20% hộ cận nghèo so với cuối năm 2023": the base is that of both."""
    bases = [row for row in rows if row.measure == SHARE and row.baseline]
    if not bases or bases[-1].baseline is None:
        return rows
    last, base = bases[-1], bases[-1].baseline
    return [
        replace(
            row, baseline=replace(base, population=row.population), denominator=last.denominator
        )
        if row.measure == SHARE and row.baseline is None
        else row
        for row in rows
    ]


def _of_this_year(rows: list[Target], year: int | None) -> list[Target]:
    """What was left in a year gone by is where this one starts; what fell then is no target."""
    kept = []
    for row in rows:
        past = bool(year and row.on and row.on[:4].isdecimal() and int(row.on[:4]) < year)
        if not past or row.kind in {OPENING, COVERAGE}:
            kept.append(row)
        elif row.kind == CLOSING:
            kept.append(replace(row, kind=OPENING))
    return kept


def _names_a_fall(line: Line) -> bool:
    """Whether a heading gives the households below it to places: "Chỉ tiêu giảm hộ nghèo"."""
    return bool(line.groups) and bool(NAMES_A_FALL.search(line.sentence.flat))


def _is_own(place: str, own_places: str) -> bool:
    return place.lower() in own_places


def _row(line: Line, at: int, one: Quantity, reading: Reading) -> Target | None:
    """The target one number states, or None where it states none."""
    flat = line.sentence.flat
    since = line.numbers[at - 1].end if at else 0
    stop = line.numbers[at + 1].words_from if at + 1 < len(line.numbers) else len(flat)
    if one.percent:
        return _of_per_cent(line, one, since, stop, reading)
    unit, behind = unit_after(flat, one.end) or (None, one.end)
    before = flat[since : one.words_from]
    if OUT_OF.match(before) and at and line.rows:
        _out_of(line, one)
        return None
    if unit is None:
        follows = at + 1 < len(line.numbers) and (
            DOWN_TO.match(flat[one.end :]) or OUT_OF.match(flat[one.end : stop])
        )
        named = HOUSEHOLDS_NAMED.search(flat[: one.words_from]) and NO_UNIT.match(flat[one.end :])
        if not (named or follows):
            return None
        unit = HOUSEHOLD
    return _of_count(line, one, unit, behind, since, stop, reading)


def _out_of(line: Line, one: Quantity) -> None:
    """ "02 trong 03 hộ": the second number is what the first is out of."""
    last = line.rows[-1]
    own = next((g for g in line.groups if 0 <= g.start - one.end <= 12), None)
    population = own.population if own else last.population
    base = Baseline(population, None, int(one.value))
    line.rows[-1] = replace(last, population=population, baseline=base)


def _of_count(
    line: Line, one: Quantity, unit: str, behind: int, since: int, stop: int, reading: Reading
) -> Target | None:
    flat = line.sentence.flat
    before, after = flat[since : one.words_from], flat[behind:stop]
    if OUT_OF.match(after):
        after = words_behind_next(line, one)
    role = role_of(before, after, flat[: one.start])
    role = role or _carried(line) or role_by_name(before, flat[: one.start])
    group = own_group(line, behind, stop) or earlier_group(line, one.start)
    leaving = LEAVE.match(after) or LEAVE_BEFORE.search(before)
    if leaving and role == REDUCTION:
        population = "near_poor" if leaving[1] else POOR
    elif group is not None:
        population = STILL.get(group.population, group.population)
    elif line.rows:
        population = line.rows[-1].population
    else:
        population = later_population(line, at_end=behind, stop=stop)
    place = where_of(line, one, since, stop)
    if unit not in {HOUSEHOLD, PERSON} and GIVEN.search(before):
        role = COVERAGE
    if role == COVERAGE or unit not in {HOUSEHOLD, PERSON}:
        own = own_group(line, behind, min(stop, behind + 60), 50)
        own = own or (earlier_group(line, one.start) if unit == PERSON else None)
        carried = bool(line.rows) and line.rows[-1].kind == COVERAGE
        on = when_of(line, one)
        return covers.counted(line.sentence, one, unit, own, role, before, stop, on, carried)
    if not population or role not in SETTLED:
        return _listed(line, one, place, population, reading) if role in {None, REDUCTION} else None
    return _made(line, one, role, population, unit, COUNT, place)


def _listed(
    line: Line, one: Quantity, place: str | None, population: str, reading: Reading
) -> Target | None:
    """ "Khu phố 1: 01 hộ", an item under a target that stands before it."""
    lead = reading.lead
    if lead is None or not place or line.sentence.block - reading.lead_at > NEAR:
        return None
    reading.lead_at = line.sentence.block
    text = line.sentence.said
    return replace(
        lead, population=population or lead.population, value=one.value, value_to=one.value_to,
        comparator=one.comparator, place=place,
        text=text, at=line.sentence.at, baseline=None, condition=None,
    )  # fmt: skip


def _carried(line: Line) -> str | None:
    """The role of the number before, where this one says none of its own."""
    if not line.rows:
        return None
    last = line.rows[-1]
    return last.kind if last.kind in SETTLED else None


def _of_per_cent(
    line: Line, one: Quantity, since: int, stop: int, reading: Reading
) -> Target | None:
    flat = line.sentence.flat
    before, after = flat[since : one.words_from], flat[one.end :]
    last = line.rows[-1] if line.rows else None
    if last and since and ATTACHED.match(_without_unit(before)) and last.measure == COUNT:
        return _attached(line, one, last)
    role = role_of(before, after[: stop - one.end], flat[: one.start])
    if role is None and last and last.kind == REDUCTION and JOINED.fullmatch(before):
        role = REDUCTION
    own = own_group(line, one.end, stop)
    group = own or earlier_group(line, one.start)
    cover = covers.per_cent(line.sentence, one, before, stop, role, line.groups)
    if cover is not None:
        return replace(cover, on=when_of(line, one), at=line.sentence.at)
    if covers.is_price(after) or covers.is_price_before(before):
        return None
    role = role or _carried(line) or _level(before, reading)
    if role not in SETTLED or (group is None and not (last and since)):
        return None
    population = group.population if group else last.population if last else ""
    if role == REDUCTION:
        stop = past_base(line, one, stop)
        meaning = meaning_of(line.sentence, one, own, line.groups, line.moments, stop, population)
        line.used = meaning.end
        return _fallen(line, one, population, meaning, since, stop)
    place = where_of(line, one, since, stop)
    return _made(line, one, role, population, HOUSEHOLD, RATE, place)


def _without_unit(before: str) -> str:
    return re.sub(
        r"^\s*(?:ho|nguoi|khau)?\s*(?:can ngheo|ngheo(?: da chieu)?(?: nguoi kinh)?)?", "", before
    )


def _level(before: str, reading: Reading) -> str | None:
    """A rate said without a verb: "tỷ lệ hộ nghèo: 3,2%", "dưới 2%"."""
    if not re.search(r"(?:ty|ti) le\s+(?:ho\s+)?(?:can\s+)?ngheo", before):
        return None
    past = re.search(r"nam (\d{4})", before)
    if past and reading.year and int(past[1]) < reading.year:
        return OPENING
    return CLOSING


def _attached(line: Line, one: Quantity, last: Target) -> Target | None:
    """ "21 hộ, chiếm 1,49 %": the rate of the number right before it."""
    measure = RATE
    baseline: Baseline | None = None
    if last.kind == REDUCTION:
        tail = line.sentence.flat[one.end : one.end + 24]
        of_count = re.match(r"\s*(?:tong\s+)?(?:so\s+)?(?:ho|tren|so voi)", tail)
        measure = SHARE if of_count or last.baseline else POINTS
        baseline = last.baseline or (Baseline(last.population) if of_count else None)
    elif last.kind == COVERAGE:
        return None
    return replace(
        last, measure=measure, value=one.value, value_to=one.value_to, comparator=one.comparator,
        digits=one.digits, baseline=baseline,
    )  # fmt: skip


def _fallen(
    line: Line, one: Quantity, population: str, meaning: Meaning,
    since: int, stop: int,
) -> Target:  # fmt: skip
    row = _made(
        line, one, REDUCTION, population, HOUSEHOLD, meaning.measure,
        where_of(line, one, since, stop), meaning,
    )  # fmt: skip
    return replace(row, baseline=meaning.baseline, denominator=meaning.denominator)


def _made(
    line: Line, one: Quantity, kind: str, population: str, unit: str, measure: str,
    place: str | None, meaning: Meaning | None = None,
) -> Target:  # fmt: skip
    flat = line.sentence.flat
    near = max(0, one.words_from - 40)
    every = EVERY.search(flat, near, min(len(flat), one.end + 25))
    return Target(
        kind, population, unit, measure, one.value, line.sentence.said, one.comparator,
        one.value_to, when_of(line, one, meaning, kind), place=place,
        condition=said_by(line, every) if every and kind == REDUCTION else None,
        digits=one.digits, at=line.sentence.at,
    )  # fmt: skip
