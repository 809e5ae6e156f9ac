"""Income against the line, in VND or in form points, and the two held against each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from chungtay.rulebook.findings import Contradiction, IncomeFinding
from chungtay.rulebook.lawbook import IncomeTest, Standard
from chungtay.rulebook.plain import Kleene, Plain
from chungtay.rulebook.wording import Joined, Sentence, catalogued, vi_number

AREA_LABELS = {"rural": catalogued("nông thôn"), "urban": catalogued("thành thị")}
INCOME_VND = "income_per_person_vnd"
INCOME_POINTS = "income_points"


def low_by(standard: Standard, lows: Sequence[Kleene], plain: Callable[[], Plain]) -> Kleene:
    """Whether income is low by every figure given; Contradiction if two figures disagree."""
    known = [low for low in lows if low is not None]
    if True in known and False in known:
        decided = [
            (test, low) for test, low in zip(standard.income, lows, strict=True) if low is not None
        ]
        raise _contradiction(decided, plain())
    return known[0] if known else None


def income_lines(standard: Standard, plain: Plain) -> tuple[int | None, Decimal | None]:
    """The income line in VND per person a month and the line of B1 points, where known."""
    line = _line(standard, plain, INCOME_VND)
    return None if line is None else int(line), _line(standard, plain, INCOME_POINTS)


def income(
    standard: Standard,
    lows: Sequence[Kleene],
    lines: tuple[int | None, Decimal | None],
    plain: Plain,
) -> IncomeFinding:
    """Income against its lines, given what each test says."""
    decided = [
        (test, low) for test, low in zip(standard.income, lows, strict=True) if low is not None
    ]
    vnd, points = plain.number(INCOME_VND), plain.number(INCOME_POINTS)
    return IncomeFinding(
        low=decided[0][1] if decided else None,
        per_person_vnd=int(vnd[0]) if vnd else None,
        line_vnd=lines[0],
        points=points[0] if points else None,
        points_line=lines[1],
        reasons=tuple(_reason(test, low, plain) for test, low in decided),
        reference=plain.thresholds[decided[0][0].line].reference if decided else None,
    )


def area_name(plain: Plain) -> str:
    """The area in words."""
    return AREA_LABELS.get(plain.facts.area or "", catalogued("chưa rõ khu vực"))


def _line(standard: Standard, plain: Plain, fact: str) -> Decimal | None:
    for test in standard.income:
        if test.fact == fact:
            bounds = plain.bounds(test.line)
            one = bounds and bounds[0] == bounds[1]
            return in_unit_of_fact(bounds[0], test.times) if bounds and one else None
    return None


def in_unit_of_fact(line: Decimal, times: int) -> Decimal:
    """A line in the unit of the fact held against it: of a year's, the highest month's below."""
    return line if times == 1 else Decimal(int(line / times))


def figure(fact_name: str, times: int, unit: str, plain: Plain) -> Sentence:
    """An income figure in words with its unit, and in the unit of the line where that differs."""
    number = plain.number(fact_name)
    fact = plain.law.facts[fact_name]
    written = vi_number(number[0]) if number else catalogued("chưa rõ")
    if not number or times == 1:
        return Sentence("{label} {number} {unit}", label=fact.label, number=written, unit=fact.unit)
    return Sentence(
        "{label} {number} {unit}, tức {same} {other_unit}",
        label=fact.label,
        number=written,
        unit=fact.unit,
        same=vi_number(number[0] * times),
        other_unit=unit,
    )


def _reason(test: IncomeTest, low: Kleene, plain: Plain) -> Sentence:
    return line_reason(test.fact, test.line, test.times, low, plain)


def line_reason(fact: str, value: str, times: int, low: Kleene, plain: Plain) -> Sentence:
    """An income figure held against a line of the law, in a whole sentence."""
    threshold = plain.thresholds[value]
    return Sentence(
        "{figure}, {verb} mức {line} {unit} ({area}; {reference}).",
        figure=figure(fact, times, threshold.unit, plain),
        verb=catalogued("không vượt") if low else catalogued("vượt"),
        line=threshold.written.get(plain.facts.area, threshold.written[None]),
        unit=threshold.unit,
        area=area_name(plain),
        reference=threshold.reference,
    )


def _contradiction(decided: list[tuple[IncomeTest, bool]], plain: Plain) -> Contradiction:
    said = Joined(tuple(_reason(test, low, plain).unended() for test, low in decided), "; ")
    sentence = Sentence(
        "Hai số về thu nhập trái nhau: {said}. Hãy xem lại phiếu và sửa một trong hai số.",
        said=said,
    )
    return Contradiction(tuple(test.fact for test, _ in decided), sentence)
