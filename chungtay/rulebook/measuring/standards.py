"""A poverty standard of the law as a measure: its indicators, its cut-off, its income condition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chungtay.rulebook.conditions import Compare, Condition, Every, Is, Some
from chungtay.rulebook.lawbook import Standard
from chungtay.rulebook.measuring.measures import Dimensions, Measure, MeasureError
from chungtay.rulebook.wording import Sentence

CUT_OFF = "cut_off"
LOW = Is("income_low", (True,))
# poor and near-poor, as far as low income and the number of deprivations decide them
MANY = Compare("deprivations", "at_least", CUT_OFF)
FEW = Compare("deprivations", "below", CUT_OFF)


def measure_of(standard: Standard, on: date, *, two_lines: bool = False) -> Measure:
    """The measure of a standard on a day: every indicator weighs the same.

    With `two_lines` a lower income line may stand beside (2016–2021): at or below it one is poor
    outright, and masks have the bit that says so. MeasureError where the classes rest on anything
    else, or the cut-off is not known: then it is no measure.
    """
    lower = lower_line(standard, on) if two_lines else None
    if lower is None and not _counts_alone(standard):
        raise MeasureError(
            Sentence(
                "Diện theo “{standard}” không chỉ dựa vào thu nhập thấp và số chỉ số thiếu hụt, "
                "nên không đo được bằng một ngưỡng; hãy xếp diện từng hộ rồi đếm.",
                standard=standard.name,
            )
        )
    limit = standard.thresholds_on(on)[CUT_OFF]
    if limit.rural is None or limit.rural != limit.urban:
        raise MeasureError(
            Sentence(
                "“{standard}” chưa có một ngưỡng thiếu hụt chung cho nông thôn và thành thị; hãy "
                "ghi rõ ngưỡng.",
                standard=standard.name,
            )
        )
    codes = [indicator.code for indicator in standard.indicators]
    measure = Measure.counting(
        codes, int(limit.rural), income=True, dimensions=_dimensions(standard)
    )
    return replace(measure, outright=lower is not None)


def lower_line(standard: Standard, on: date) -> Compare | None:
    """The condition on income by which one is poor whatever one lacks; None where there is none.

    Only one that is nowhere above the line of low income on the same figure.
    """
    poor, near = (_rule(standard, name) for name in ("poor", "near_poor"))
    if not (isinstance(poor, Some) and len(poor.parts) == 2 and isinstance(near, Every)):
        return None
    line, rest = poor.parts
    if not (isinstance(line, Compare) and line.comparison == "at_most" and not line.per_member):
        return None
    shapes = (Every((LOW, MANY)), Every((replace(line, comparison="above"), LOW, FEW)))
    return line if (rest, near) == shapes and _nowhere_above(standard, line, on) else None


def _nowhere_above(standard: Standard, line: Compare, on: date) -> bool:
    thresholds = standard.thresholds_on(on)
    lower = thresholds[line.value]
    uppers = [
        thresholds[test.line]
        for test in standard.income
        if (test.fact, test.times) == (line.fact, line.times)
    ]
    pairs = [(lower.rural, one.rural) for one in uppers]
    pairs += [(lower.urban, one.urban) for one in uppers]
    return bool(pairs) and all(
        low is not None and high is not None and low <= high for low, high in pairs
    )


def _counts_alone(standard: Standard) -> bool:
    """Whether low income and the number of deprivations decide who is poor and near-poor."""
    shapes = {"poor": Every((LOW, MANY)), "near_poor": Every((LOW, FEW))}
    return all(_rule(standard, name) == shape for name, shape in shapes.items())


def _rule(standard: Standard, name: str) -> Condition | None:
    return next((rule.when for rule in standard.classes if rule.name == name), None)


def _dimensions(standard: Standard) -> Dimensions:
    members: dict[str, tuple[str, ...]] = {}
    for indicator in standard.indicators:
        members[indicator.dimension] = (*members.get(indicator.dimension, ()), indicator.code)
    return tuple(members.items())
