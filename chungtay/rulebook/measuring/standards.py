"""A poverty standard of the law as a measure: its indicators, its cut-off, its income condition."""

from __future__ import annotations

from datetime import date

from chungtay.rulebook.conditions import Compare, Condition, Every, Is
from chungtay.rulebook.lawbook import Standard
from chungtay.rulebook.measuring.measures import Dimensions, Measure, MeasureError
from chungtay.rulebook.wording import Sentence

CUT_OFF = "cut_off"
LOW = Is("income_low", (True,))
# poor and near-poor, as far as low income and the number of deprivations decide them
SHAPES = {
    "poor": (LOW, Compare("deprivations", "at_least", CUT_OFF)),
    "near_poor": (LOW, Compare("deprivations", "below", CUT_OFF)),
}


def measure_of(standard: Standard, on: date) -> Measure:
    """The measure of a standard on a day: every indicator weighs the same.

    MeasureError where its classes rest on more than low income and a number of deprivations (as
    those of 2016–2021 on two income lines), or its cut-off is not known: then it is no measure.
    """
    rules = {rule.name: rule.when for rule in standard.classes}
    if any(_parts(rules.get(name)) != shape for name, shape in SHAPES.items()):
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
    return Measure.counting(codes, int(limit.rural), income=True, dimensions=_dimensions(standard))


def _parts(rule: Condition | None) -> tuple[Condition, ...]:
    return rule.parts if isinstance(rule, Every) else ()


def _dimensions(standard: Standard) -> Dimensions:
    members: dict[str, tuple[str, ...]] = {}
    for indicator in standard.indicators:
        members[indicator.dimension] = (*members.get(indicator.dimension, ()), indicator.code)
    return tuple(members.items())
