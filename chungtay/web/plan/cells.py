"""The plan's cells as a form: read with care, every error a sentence at its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chungtay.plans.arithmetic import Cells, TargetCell, impossible
from chungtay.rulebook.wording import vi_int
from chungtay.web.templating import said

COUNT = re.compile(r"\d{1,3}(?:[.\s]\d{3}){0,2}|\d{1,7}", re.ASCII)
RATE = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?|100(?:[.,]0{1,2})?", re.ASCII)


@dataclass
class CellsForm:
    """What was typed, the cells it makes (None if it cannot), and what is wrong with it."""

    typed: dict[str, str]
    cells: Cells | None = None
    errors: list[dict[str, str]] = field(default_factory=list)

    def wrong(self, name: str) -> str | None:
        """The sentence at one field."""
        return next((error["text"] for error in self.errors if error["field"] == name), None)


def form_of(cells: Cells) -> CellsForm:
    """The form as it is first shown."""
    typed = {"total": vi_int(cells.total_households) if cells.total_households else ""}
    for cell in cells.targets:
        typed |= {
            f"{cell.population}_opening": vi_int(cell.opening),
            f"{cell.population}_reduction": vi_int(cell.reduction),
            f"{cell.population}_opening_rate": _shown(cell.stated_opening_rate),
            f"{cell.population}_closing_rate": _shown(cell.stated_closing_rate),
        }
    return CellsForm(typed, cells)


def _shown(rate: Decimal | None) -> str:
    return f"{rate:.2f}".replace(".", ",") if rate is not None else ""


def read_form(posted: Mapping[str, Any], kept: Cells) -> CellsForm:
    """The cells typed, for the populations the plan has; nothing typed is lost on an error."""
    form = CellsForm({name: str(posted.get(name, "")).strip() for name in form_of(kept).typed})
    total = _count(form, "total", required=False)
    targets = tuple(
        TargetCell(
            population=cell.population,
            opening=_count(form, f"{cell.population}_opening") or 0,
            reduction=_count(form, f"{cell.population}_reduction") or 0,
            stated_opening_rate=_rate(form, f"{cell.population}_opening_rate"),
            stated_closing_rate=_rate(form, f"{cell.population}_closing_rate"),
        )
        for cell in kept.targets
    )
    if not form.errors:
        cells = Cells(total, targets)
        wrong = impossible(cells)
        if wrong is None:
            form.cells = cells
        else:
            form.errors.append({"field": _blamed(cells), "text": said(wrong)})
    return form


def _blamed(cells: Cells) -> str:
    """The field an impossible number is told at."""
    for cell in cells.targets:
        if cell.reduction > cell.opening:
            return f"{cell.population}_reduction"
    return "total"


def _count(form: CellsForm, name: str, *, required: bool = True) -> int | None:
    text = form.typed[name]
    if not text and not required:
        return None
    if not text:
        form.errors.append({"field": name, "text": _("Ô này cần một số hộ; ghi 0 nếu không có.")})
        return None
    if not COUNT.fullmatch(text):
        said_text = _("Số hộ “%(text)s” không đọc được. Chỉ ghi chữ số, ví dụ 21 hoặc 1.411.")
        form.errors.append({"field": name, "text": said_text % {"text": text[:20]}})
        return None
    count = int(re.sub(r"\D", "", text))
    form.typed[name] = vi_int(count)
    return count


def _rate(form: CellsForm, name: str) -> Decimal | None:
    text = form.typed[name].replace("%", "").strip()
    if not text:
        return None
    if not RATE.fullmatch(text):
        form.errors.append(
            {
                "field": name,
                "text": _("Tỷ lệ “%(text)s” không đọc được. Ghi kiểu 1,49 hoặc để trống.")
                % {"text": text[:20]},
            }
        )
        return None
    rate = Decimal(text.replace(",", "."))
    form.typed[name] = _shown(rate)
    return rate
