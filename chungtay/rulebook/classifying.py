"""From the facts of a household to its class under a standard, with reasons (the finding)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from chungtay.rulebook.asking import Blank, blanks, missing_of, unique
from chungtay.rulebook.conditions import Compare, leaves
from chungtay.rulebook.deprivations import deprivation
from chungtay.rulebook.findings import (
    CLASS_LABELS,
    DeprivationFinding,
    Finding,
    IncomeFinding,
    Missing,
)
from chungtay.rulebook.flipping import flips, possible_classes
from chungtay.rulebook.household import HouseholdFacts
from chungtay.rulebook.incomes import INCOME_VND, income, line_reason
from chungtay.rulebook.lawbook import ClassRule, Law, Reference, Standard
from chungtay.rulebook.plain import Interval, Plain, count_bounds
from chungtay.rulebook.wording import OR, Joined, Sentence, catalogued, vi_date

CUT_OFF = "cut_off"
POINTS_EACH = "deprivation_points"


def find(law: Law, standard: Standard, facts: HouseholdFacts) -> Finding:
    """Class a household under a standard on the day of its facts.

    Contradiction if two income figures disagree, AnswerError if an answer is not allowed.
    """
    plain = Plain.of(law, standard, facts)
    tested = income(standard, plain)
    found = tuple(deprivation(indicator, plain) for indicator in standard.indicators)
    count = count_bounds([one.deprived for one in found])
    judged = plain.with_derived(income_low=tested.low, deprivations=count)
    possible = possible_classes(standard, judged)
    references = _references(standard, tested, found, possible)
    return Finding(
        standard_id=standard.id,
        on=facts.on,
        household_class=possible[0] if len(possible) == 1 else "unknown",
        possible_classes=possible,
        income=tested,
        deprivation_count=(int(count[0]), int(count[1])),
        deprivation_points=_points(plain, count),
        deprivations=found,
        reasons=_reasons(standard, judged, tested, found, possible),
        missing=_missing(standard, judged, found) if len(possible) != 1 else (),
        flips=flips(standard, judged, found) if len(possible) == 1 else (),
        notes=_notes(standard, facts),
        references=references,
        verified=all(reference.verified for reference in references),
    )


def _points(plain: Plain, count: Interval) -> tuple[int, int] | None:
    each = plain.bounds(POINTS_EACH) if POINTS_EACH in plain.thresholds else None
    return (int(count[0] * each[0]), int(count[1] * each[0])) if each else None


def _references(
    standard: Standard,
    tested: IncomeFinding,
    found: Sequence[DeprivationFinding],
    possible: Sequence[str],
) -> tuple[Reference, ...]:
    used = [rule.reference for rule in standard.classes if rule.name in possible]
    if tested.reference:
        used.insert(0, tested.reference)
    if tested.low is not False:
        used += [one.reference for one in found]
    return tuple(dict.fromkeys(used))


def _reasons(
    standard: Standard,
    plain: Plain,
    tested: IncomeFinding,
    found: Sequence[DeprivationFinding],
    possible: Sequence[str],
) -> tuple[Sentence, ...]:
    reasons = list(tested.reasons)
    rules = [rule for rule in standard.classes if rule.name in possible]
    if len(rules) == 1:
        reasons += _line_reasons(standard, rules[0], plain)
    if tested.low is not False and _count_matters(standard, plain, found):
        reasons.append(_count_reason(plain, found))
    articles = ", ".join(dict.fromkeys(str(rule.reference) for rule in rules))
    names = Joined(tuple(CLASS_LABELS[name] for name in possible), OR)
    text = "Vì vậy là {names} ({articles})."
    if len(possible) != 1:
        text = "Chưa đủ dữ kiện để kết luận; có thể là {names} ({articles})."
        if tested.low is False:
            text = (
                "Không phải hộ nghèo, không phải hộ cận nghèo; chưa đủ dữ kiện để biết là {names} "
                "({articles})."
            )
    reasons.append(Sentence(text, names=names, articles=articles))
    return tuple(reasons)


def _count_matters(standard: Standard, plain: Plain, found: Sequence[DeprivationFinding]) -> bool:
    """Whether the number of deprivations has a part in the class at this income."""
    open_count = plain.with_derived(deprivations=(Decimal(0), Decimal(len(found))))
    return len(possible_classes(standard, open_count)) != 1


def _line_reasons(standard: Standard, rule: ClassRule, plain: Plain) -> list[Sentence]:
    """The further income lines that a decided class rests on, such as the lower of two."""
    said = {(test.fact, test.line) for test in standard.income}
    lines = [
        one
        for one in leaves(rule.when)
        if isinstance(one, Compare) and one.fact == INCOME_VND and (one.fact, one.value) not in said
    ]
    return [
        line_reason(one.fact, one.value, one.times, low, plain)
        for one in lines
        if (low := plain.compare(replace(one, comparison="at_most"))) is not None
    ]


def _count_reason(plain: Plain, found: Sequence[DeprivationFinding]) -> Sentence:
    deprived = [one.name for one in found if one.deprived]
    unknown = [one.name for one in found if one.deprived is None]
    cut_off = plain.thresholds[CUT_OFF]
    limit = plain.bounds(CUT_OFF)
    return Sentence(
        "Thiếu hụt {count} trên {all} chỉ số{names}{unknown}; ngưỡng hộ nghèo là từ {cut_off} "
        "chỉ số ({reference}).",
        count=len(deprived),
        all=len(found),
        names=Sentence(" ({names})", names=Joined(tuple(deprived))) if deprived else "",
        unknown=Sentence(
            ", chưa rõ {count} ({names})", count=len(unknown), names=Joined(tuple(unknown))
        )
        if unknown
        else "",
        cut_off=limit[0] if limit else catalogued("chưa rõ"),
        reference=cut_off.reference,
    )


def _missing(
    standard: Standard, plain: Plain, found: Sequence[DeprivationFinding]
) -> tuple[Missing, ...]:
    waiting: list[Blank] = []
    for rule in standard.classes:
        waiting += blanks(rule.when, plain)
    asked: list[Missing] = []
    for blank in unique(waiting):
        if blank.name == "income_low":
            asked += _income_missing(standard, plain)
        elif blank.name == "deprivations":
            asked += [missing for one in found for missing in one.missing]
        else:
            asked.append(missing_of(blank, plain))
    kept: dict[tuple[str, str | None], Missing] = {}
    for missing in asked:
        kept.setdefault((missing.fact, missing.member), missing)
    return tuple(kept.values())


def _income_missing(standard: Standard, plain: Plain) -> list[Missing]:
    tests = [test for test in standard.income if plain.number(test.fact) is not None]
    waiting = unique(blank for test in tests for blank in blanks(test.low, plain))
    asked = [missing_of(blank, plain) for blank in waiting]
    if all(blank.kind != "area" for blank in waiting):
        sentence = Sentence(
            "Thu nhập bình quân đầu người một tháng của hộ là bao nhiêu đồng, hoặc tổng điểm B1 "
            "của phiếu B là bao nhiêu?"
        )
        asked.append(Missing(INCOME_VND, None, sentence))
    return asked


def _notes(standard: Standard, facts: HouseholdFacts) -> tuple[Sentence, ...]:
    notes = [Sentence("{note}", note=standard.note)] if standard.note else []
    if not standard.holds_on(facts.on):
        notes.append(
            Sentence(
                "Ngày {on} nằm ngoài thời gian áp dụng của {standard}; đây chỉ là tính thử.",
                on=vi_date(facts.on),
                standard=standard.name,
            )
        )
    return tuple(notes)
