"""Counts against their rates, what is left against what goes, parts against their whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from chungtay.plans.reading.numbers.people import NEAR_POOR, POOR
from chungtay.plans.reading.numbers.plain import flatten
from chungtay.plans.reading.numbers.rows import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    CLOSING,
    COUNT,
    COVERAGE,
    ERROR,
    EXACT,
    INFO,
    OPENING,
    OVER,
    POINTS,
    RANGE,
    RATE,
    REDUCTION,
    SHARE,
    UNDER,
    WARNING,
    Target,
)
from chungtay.plans.reading.shapes import Finding, Severity
from chungtay.rulebook.promises import Span, needed_of_each
from chungtay.rulebook.targets import RateClaim, fitting_totals, totals_fitting_all
from chungtay.rulebook.wording import Joined, Sentence, vi_int, vi_number, vi_percent

HUNDRED = 100
EXITS = re.compile(r"thoat (?:can )?ngheo")


def of_targets(targets: Sequence[Target], totals: Iterable[tuple[int, str]]) -> Iterator[Finding]:
    """Every contradiction among the targets of a plan."""
    yield from _rates(targets, list(totals))
    yield from _rests(targets)
    yield from _impossible(targets)
    yield from _points(targets)
    yield from _places(targets)


def _claims(targets: Sequence[Target]) -> list[tuple[Target, RateClaim]]:
    """Counts with the rate stated right behind them."""
    found = []
    for count, rate in pairwise(targets):
        same = (count.kind, count.population, count.place, count.at)
        if (
            same == (rate.kind, rate.population, rate.place, rate.at)
            and (count.measure, rate.measure) == (COUNT, RATE)
            and count.comparator == rate.comparator == EXACT
        ):
            found.append((count, RateClaim(int(count.value), rate.value, rate.digits)))
    return found


def _rates(targets: Sequence[Target], totals: list[tuple[int, str]]) -> Iterator[Finding]:
    claims = [pair for pair in _claims(targets) if pair[0].place is None]
    wrong = False
    for target, claim in claims:
        if fitting_totals(claim.count, claim.rate, claim.digits) is None:
            wrong = True
            said = Sentence(
                "{claim} không đúng với tổng số hộ nào; hãy xem lại số hộ và tỷ lệ.",
                claim=_said(claim),
            )
            yield Finding("rate_fits_no_total", ERROR, said, target.text)
    if not wrong and claims:
        yield from _together(claims, totals)


def _together(
    claims: list[tuple[Target, RateClaim]], totals: list[tuple[int, str]]
) -> Iterator[Finding]:
    text = claims[0][0].text
    moments = {(target.kind, target.on) for target, _claim in claims}
    for kind, on in sorted(moments, key=str):
        at_once = [claim for target, claim in claims if (target.kind, target.on) == (kind, on)]
        if totals_fitting_all(at_once) is None:
            yield Finding("rates_disagree", ERROR, _disagreement(at_once), text)
            return
    everything = [claim for _target, claim in claims]
    fitting = totals_fitting_all(everything)
    if fitting is None:
        yield Finding("rates_disagree", WARNING, _disagreement(everything), text)
        return
    stated = [total for total, said in totals if said == text] or [t for t, _said in totals[:1]]
    if not stated:
        said = Sentence(
            "{count} tỷ lệ chỉ đúng khi tổng số hộ là {totals}; kế hoạch không ghi tổng số hộ.",
            count=vi_int(len(everything)),
            totals=fitting.sentence,
        )
        yield Finding("rates_need_total", INFO, said, text)
    elif stated[0] not in fitting:
        said = Sentence(
            "Các tỷ lệ chỉ đúng khi tổng số hộ là {totals}; kế hoạch ghi {total} hộ.",
            totals=fitting.sentence,
            total=vi_int(stated[0]),
        )
        yield Finding("rates_against_total", WARNING, said, text)


def _disagreement(claims: list[RateClaim]) -> Sentence:
    parts = []
    for claim in claims:
        totals = fitting_totals(claim.count, claim.rate, claim.digits)
        if totals is not None:
            parts.append(
                Sentence("{claim} cần {totals}", claim=_said(claim), totals=totals.sentence)
            )
    text = "Các tỷ lệ không thể cùng đúng với một tổng số hộ: {parts}. Hãy xem lại từng con số."
    return Sentence(text, parts=Joined(tuple(parts), "; "))


def _said(claim: RateClaim) -> Sentence:
    rate = vi_percent(claim.rate, claim.digits)
    return Sentence("{count} hộ = {rate}", count=vi_int(claim.count), rate=rate)


def _rests(targets: Sequence[Target]) -> Iterator[Finding]:
    """Opening less what goes is what is left, in households, of one population and place."""
    keys = dict.fromkeys((row.population, row.place) for row in targets)
    for population, place in keys:
        rows = [row for row in targets if (row.population, row.place) == (population, place)]
        opening, gone, left = (_one(rows, kind) for kind in (OPENING, REDUCTION, CLOSING))
        if opening and gone and gone.value > opening.value:
            said = Sentence(
                "Không thể giảm {gone} hộ vì đầu kỳ chỉ có {opening} hộ; hãy xem lại hai số.",
                gone=vi_int(int(gone.value)),
                opening=vi_int(int(opening.value)),
            )
            yield Finding("reduction_above_opening", ERROR, said, gone.text)
        elif opening and gone and left and opening.value - gone.value != left.value:
            yield _rest(opening, gone, left)


def _rest(opening: Target, gone: Target, left: Target) -> Finding:
    loose = bool(EXITS.search(flatten(gone.text)))  # families may fall into poverty meanwhile
    return Finding(
        "rest_does_not_add_up",
        WARNING if loose else ERROR,
        Sentence(
            "{opening} hộ giảm {gone} hộ thì còn {rest} hộ; kế hoạch ghi còn {left} hộ.",
            opening=vi_int(int(opening.value)),
            gone=vi_int(int(gone.value)),
            rest=vi_int(int(opening.value - gone.value)),
            left=vi_int(int(left.value)),
        ),
        left.text,
    )


def _one(rows: list[Target], kind: str) -> Target | None:
    """The one exact count of a kind; None where there is none, or where they differ."""
    found = [row for row in rows if row.kind == kind and row.measure == COUNT]
    same = {row.value for row in found}
    return found[0] if len(same) == 1 and found[0].comparator == EXACT else None


def _impossible(targets: Sequence[Target]) -> Iterator[Finding]:
    for row in targets:
        if (
            row.measure in {RATE, POINTS, SHARE, COVERAGE}
            and max(row.value, row.value_to or row.value) > HUNDRED
        ):
            said = Sentence("Tỷ lệ {rate} % lớn hơn 100 %; hãy ghi lại.", rate=vi_number(row.value))
            yield Finding("rate_above_hundred", ERROR, said, row.text)
        base = row.baseline.count if row.baseline else None
        if row.kind == REDUCTION and row.measure == COUNT and base is not None and row.value > base:
            said = Sentence(
                "Chỉ tiêu {count} hộ lớn hơn số gốc {base} hộ; hãy xem lại hai số.",
                count=vi_int(int(row.value)),
                base=vi_int(base),
            )
            yield Finding("target_above_base", ERROR, said, row.text)


def _points(targets: Sequence[Target]) -> Iterator[Finding]:
    """A fall of poor and near-poor together against the falls of each."""
    rows = [row for row in targets if row.kind == REDUCTION and row.measure == POINTS]
    for whole in (row for row in rows if row.population == f"{POOR}+{NEAR_POOR}"):
        parts = [
            next((row for row in rows if (row.population, row.on, row.place) == key), None)
            for key in ((POOR, whole.on, whole.place), (NEAR_POOR, whole.on, whole.place))
        ]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts):
            yield from _whole_of_points(whole, known)


def _whole_of_points(whole: Target, parts: list[Target]) -> Iterator[Finding]:
    spans = [_span(part) for part in parts]
    needed = needed_of_each(_span(whole), spans)
    if None in needed:
        said = Sentence(
            "Chỉ tiêu chung giảm {whole} % không thể đạt từ các phần đã ghi. "
            "Hãy sửa chỉ tiêu chung hoặc từng phần.",
            whole=vi_number(whole.value),
        )
        grave: Severity = WARNING if whole.comparator == ABOUT else ERROR
        yield Finding("points_do_not_add_up", grave, said, whole.text)
        return
    for part, span, wanted in zip(parts, spans, needed, strict=True):
        if wanted is not None and wanted != span:
            of_whom = Sentence("hộ nghèo") if part.population == POOR else Sentence("hộ cận nghèo")
            said = Sentence(
                "Chỉ tiêu chung giảm {whole} % chỉ đạt khi {population} giảm {needed} điểm phần "
                "trăm; kế hoạch không ghi như vậy.",
                whole=vi_number(whole.value),
                population=of_whom,
                needed=_between(wanted),
            )
            yield Finding("points_need_range", INFO, said, whole.text)


def _span(row: Target) -> Span:
    value = Fraction(row.value)
    if row.comparator == RANGE and row.value_to is not None:
        return Span(value, Fraction(row.value_to))
    if row.comparator in {AT_LEAST, OVER}:
        return Span(value, None, open_low=row.comparator == OVER)
    if row.comparator in {AT_MOST, UNDER}:
        return Span(Fraction(0), value)
    return Span(value, value)


def _between(span: Span) -> str:
    ends = [vi_number(_decimal(end)) for end in (span.low, span.high) if end is not None]
    return "–".join(dict.fromkeys(ends))


def _decimal(number: Fraction) -> Decimal:
    return round(Decimal(number.numerator) / Decimal(number.denominator), 4)


def _places(targets: Sequence[Target]) -> Iterator[Finding]:
    """The parts of villages or wards against the whole target of the same people."""
    rows = [row for row in targets if row.kind == REDUCTION and row.measure == COUNT]
    for whole in (row for row in rows if row.place is None and row.comparator == EXACT):
        parts = [
            row for row in rows if row.place and row.population == whole.population
            and row.comparator == EXACT and (row.on or "")[:4] == (whole.on or "")[:4]
        ]  # fmt: skip
        together = sum(int(part.value) for part in parts)
        if len(parts) > 1 and together != whole.value:
            above = together > whole.value
            said = Sentence(
                "Chỉ tiêu giảm {whole} hộ nhưng các nơi cộng lại {parts} hộ; hãy xem lại phần của "
                "từng nơi.",
                whole=vi_int(int(whole.value)),
                parts=vi_int(together),
            )
            grave: Severity = ERROR if above else WARNING
            yield Finding("parts_do_not_make_whole", grave, said, parts[0].text)
