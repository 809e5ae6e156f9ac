"""Numbers of the cascade read and shown, and the words for a target."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from chungtay.plans.cells import TargetCell
from chungtay.plans.values import BLANK
from chungtay.rulebook.promise_words import number_words, population_words
from chungtay.rulebook.promises import COUNT, CUMULATIVE, POINTS, Base
from chungtay.rulebook.wording import vi_date, vi_number
from chungtay.web.plan.promises import lead_of
from chungtay.web.templating import said

WHOLE = re.compile(r"\d{1,3}(?:[.\s]\d{3}){0,2}|\d{1,7}", re.ASCII)
PER_CENT = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?\s*%?", re.ASCII)
DASH = "–"


def read_number(text: str, *, whole: bool) -> Decimal | None:
    """A number of households, or of per cent; None if it cannot be read."""
    if whole:
        return Decimal(re.sub(r"\D", "", text)) if WHOLE.fullmatch(text) else None
    if not PER_CENT.fullmatch(text):
        return None
    return Decimal(text.replace("%", "").strip().replace(",", "."))


def shown(number: Decimal | Fraction | int | None, *, whole: bool = True) -> str:
    """A number as the board shows it; a dash where there is none."""
    if number is None:
        return DASH
    if isinstance(number, Fraction):
        text = number_words(number).replace("-", "−")
    else:
        text = vi_number(Decimal(number).normalize() + 0)
    return text if whole else f"{text}\u00a0%"


def heading_of(cell: TargetCell) -> str:
    """Of whom or for what, as a heading: "Hộ nghèo A", "Hộ nghèo, hộ cận nghèo sử dụng …"."""
    words = said(population_words(cell.kind.population))
    if cell.meaning.aim:
        words = f"{words} {said(cell.meaning.aim)}"
    return words[:1].upper() + words[1:]


def meaning_of(cell: TargetCell) -> str:
    """The whole promise in the reader's language, with the base of a share and how it counts."""
    amount = cell.amount
    number = BLANK if cell.is_open else number_words(amount.value)
    if amount.value_to is not None:
        number = f"{number}–{number_words(amount.value_to)}"
    unit = {COUNT: _("hộ"), POINTS: _("điểm %")}.get(cell.kind.measure, "%")
    words = f"{lead_of(cell)} {number}\u00a0{unit}"
    base = cell.kind.base
    return f"{words} {_of_base(base, amount.base_count)}" if base is not None else words


def _of_base(base: Base, count: int | None) -> str:
    """ "của 160 hộ nghèo A giai đoạn 2022–2025, tính riêng năm nay"."""
    known = {
        "count": shown(count),
        "population": said(population_words(base.population)),
        "on": vi_date(base.on) if base.on else "",
        "from_year": base.from_year,
        "to_year": base.to_year,
    }
    text = _("của %(count)s %(population)s giai đoạn %(from_year)s–%(to_year)s")
    if base.on:
        text = _("của %(count)s %(population)s tại ngày %(on)s")
    reach = _("lũy kế từ đầu giai đoạn") if base.reach == CUMULATIVE else _("tính riêng năm nay")
    return f"{text % known}, {reach}"
