"""Figures in words: each certain value, what it may be where answers are not known, its list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from chungtay.households.queries.statuses import standard_id_on
from chungtay.rulebook.lawbook import LookUpError, Standard
from chungtay.rulebook.loading import law
from chungtay.rulebook.measuring import Cube, Figures, Measure, MeasureError, figures_of, measure_of
from chungtay.rulebook.measuring.bounds import Interval
from chungtay.rulebook.wording import Sentence, round_half_up, vi_int, vi_number, vi_percent
from chungtay.web.measures.asking import Grouping, Wanted, as_text
from chungtay.web.templating import said

WHOLE = 100
SHARE_DIGITS = 3


@dataclass(frozen=True)
class Measured:
    """The standard of a day as a measure; without one the sentence says why not."""

    standard: Standard | None
    measure: Measure | None
    why: str = ""


def measured_by(on: date) -> Measured:
    """How poverty is measured on a day: by the national standard in force."""
    try:
        standard = law().standard(standard_id_on(on))
    except LookUpError as error:
        return Measured(None, None, said(error.sentence))
    try:
        return Measured(standard, measure_of(standard, on, two_lines=True))
    except MeasureError as error:
        return Measured(standard, None, said(error.sentence))


def total_of(cube: Cube, measure: Measure) -> Figures:
    """The figures of all households of a cube."""
    (figures,) = figures_of(cube, measure, ())
    return figures


def headlines(figures: Figures, *, opens: bool) -> list[dict[str, Any]]:
    """What a place is described by: counts of households, official rates, H, A, M0."""
    bounds = figures.bounds
    rows = [
        _row(_("Hộ được đo"), vi_int(int(figures.households)), "", "all", opens=opens),
        _row(
            _("Hộ nghèo đa chiều"),
            vi_int(int(figures.poor)),
            _counts(bounds.poor),
            "poor",
            opens=opens,
        ),
        _row(
            _("Hộ cận nghèo"),
            vi_int(int(figures.near_poor)),
            _counts(bounds.near_poor),
            "near_poor",
            opens=opens,
        ),
        _row(
            _("Hộ chưa rõ có nghèo hay không"),
            vi_int(int(bounds.undecided)),
            "",
            "undecided",
            opens=opens,
        ),
    ]
    names = {
        "poor_rate": _("Tỷ lệ hộ nghèo trên hộ được đo"),
        "H": _("H: tỷ lệ người sống trong hộ nghèo"),
        "A": _("A: người nghèo thiếu hụt trung bình bao nhiêu phần các chỉ số"),
        "M0": _("M0 = H × A: chỉ số nghèo đa chiều"),
    }
    for ratio, value in figures.ratios:
        if ratio.kind in names:
            say = share if ratio.kind == "M0" else rate
            between = _between(bounds.of(ratio), say)
            rows.append(_row(names[ratio.kind], say(value), between, "poor", opens=opens))
    return rows


def indicators(figures: Figures, standard: Standard, *, opens: bool) -> list[dict[str, Any]]:
    """Each indicator: persons lacking it, poor persons lacking it, its part of M0."""
    bounds = {
        (ratio.kind, ratio.name): _between(figures.bounds.of(ratio), rate)
        for ratio, _value in figures.ratios
    }
    return [
        {
            "label": said(one.name),
            "uncensored": rate(figures.uncensored[one.code]),
            "uncensored_between": bounds["uncensored", one.code],
            "share": percent_of(figures.uncensored[one.code]),
            "censored": rate(figures.censored[one.code]),
            "censored_between": bounds["censored", one.code],
            "contribution": rate(figures.contribution[one.code]),
            "lacking_href": Wanted("lacking", one.code).href if opens else "",
            "poor_href": Wanted("poor_lacking", one.code).href if opens else "",
        }
        for one in standard.indicators
    ]


def dimensions(figures: Figures) -> list[dict[str, Any]]:
    """Each dimension with its part of M0; none without poor."""
    return [
        {"label": said(name), "share": percent_of(value), "text": rate(value)}
        for name, value in figures.dimension_contribution.items()
        if value is not None
    ]


def groups(
    cube: Cube, measure: Measure, grouping: Grouping, *, opens: bool
) -> list[dict[str, Any]]:
    """A row for each group, in the order of their words."""
    found = figures_of(grouping.grouped(cube), measure, ("group",))
    ordered = sorted(found, key=lambda one: grouping.in_order(one.by["group"]))
    return [group_row(one, grouping, opens=opens) for one in ordered]


def group_row(figures: Figures, grouping: Grouping, *, opens: bool) -> dict[str, Any]:
    """One group of households."""
    group = figures.by["group"]

    def href(figure: str) -> str:
        return Wanted(figure, "", grouping.by, as_text(group)).href if opens else ""

    return {
        "name": grouping.word(group),
        **numbers(figures),
        "href": href("all"),
        "poor_href": href("poor"),
        "near_poor_href": href("near_poor"),
        "undecided_href": href("undecided"),
    }


def numbers(figures: Figures) -> dict[str, Any]:
    """The numbers of a row, whichever households it speaks of."""
    bounds = {
        ratio.kind: figures.bounds.of(ratio)
        for ratio, _value in figures.ratios
        if ratio.kind in ("H", "M0")
    }
    return {
        "households": vi_int(int(figures.households)),
        "persons": vi_int(int(figures.persons)),
        "poor": vi_int(int(figures.poor)),
        "near_poor": vi_int(int(figures.near_poor)),
        "undecided": vi_int(int(figures.bounds.undecided)),
        "H": rate(figures.headcount),
        "H_between": _between(bounds["H"], rate),
        "share": percent_of(figures.headcount),
        "A": rate(figures.intensity),
        "M0": share(figures.adjusted_headcount),
        "M0_between": _between(bounds["M0"], share),
    }


def _row(label: str, value: str, between: str, figure: str, *, opens: bool) -> dict[str, str]:
    href = Wanted(figure).href if opens else ""
    return {"label": label, "value": value, "between": between, "href": href}


def _counts(ends: Interval) -> str:
    return _between(ends, lambda end: vi_int(int(end or 0)))


def _between(ends: Interval | None, say: Any) -> str:
    """From where to where a figure may lie; "" where it is certain."""
    if ends is None or ends[0] == ends[1]:
        return ""
    return _("chưa rõ: từ %(least)s đến %(most)s") % {"least": say(ends[0]), "most": say(ends[1])}


def percent_of(value: Fraction | None) -> Decimal:
    """A ratio in percent points, for a bar; nothing where nobody is there to divide by."""
    if value is None:
        return Decimal(0)
    return round_half_up(Decimal(WHOLE * value.numerator) / value.denominator, 2)


def rate(value: Fraction | None) -> str:
    """A ratio in percent, or a dash."""
    return "–" if value is None else vi_percent(percent_of(value))


def share(value: Fraction | None) -> str:
    """A ratio of one, with three digits, or a dash."""
    if value is None:
        return "–"
    return vi_number(round_half_up(Decimal(value.numerator) / value.denominator, SHARE_DIGITS))


def sentences(words: Iterable[Sentence]) -> list[str]:
    """Sentences in the reader's language."""
    return [said(one) for one in words]
