"""The plan's cells as a form: read with care, every error a sentence at its field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chungtay.plans.arithmetic import impossible
from chungtay.plans.cells import Cells, LineCell, NeedCell, PartCell, TargetCell, open_codes
from chungtay.rulebook.promises import BETWEEN, POINTS
from chungtay.rulebook.promises import RATE as RATE_OF_ALL
from chungtay.rulebook.wording import vi_int, vi_number
from chungtay.web.templating import said

COUNT = re.compile(r"\d{1,3}(?:[.\s]\d{3}){0,2}|\d{1,7}", re.ASCII)
MONEY = re.compile(r"\d{1,3}(?:[.\s]\d{3}){0,4}|\d{1,15}", re.ASCII)
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
    typed = {"total": _shown_count(cells.total_households or None)}
    for cell in cells.targets:
        typed |= dict(_typed(cell))
    typed |= {line_name(line): vi_int(line.amount_vnd) for line in cells.lines}
    typed |= {need_name(need): vi_int(need.amount_vnd) for need in cells.needs}
    return CellsForm(typed, cells)


def has_rates(cell: TargetCell) -> bool:
    """Whether a promise is a row of the table of counts and rates: its opening is typed."""
    return cell.is_count and (cell.opening is not None or cell.is_open)


def total_shown(cells: Cells) -> bool:
    """Whether a plan has a promise that is a rate of all households."""
    measured = {cell.kind.measure for cell in cells.targets}
    rated = bool(measured & {POINTS, RATE_OF_ALL}) or any(has_rates(cell) for cell in cells.targets)
    return rated or cells.total_households is not None


def part_name(cell: TargetCell, position: int) -> str:
    """The field of one place's part."""
    return f"{cell.code}_part_{position}_typed"


def line_name(line: LineCell) -> str:
    """The field of one money line."""
    return f"line_{line.code}"


def need_name(need: NeedCell) -> str:
    """The field of one household's need."""
    return f"need_{need.position}_{need.code}"


def _typed(cell: TargetCell) -> Iterator[tuple[str, str]]:
    if has_rates(cell):
        yield f"{cell.code}_opening", _shown_count(cell.opening)
        yield f"{cell.code}_opening_rate", _shown_rate(cell.stated_opening_rate)
        yield f"{cell.code}_closing_rate", _shown_rate(cell.stated_closing_rate)
    if cell.is_count:
        yield f"{cell.code}_reduction", _shown_count(cell.reduction)
    else:
        yield f"{cell.code}_value", _shown_value(cell.value)
    if cell.kind.comparator == BETWEEN:
        yield f"{cell.code}_value_to", _shown_value(cell.value_to)
    if cell.kind.base is not None:
        yield f"{cell.code}_base", _shown_count(cell.base_count)
    for position, part in enumerate(cell.parts, 1):
        yield part_name(cell, position), _shown_count(part.reduction)


def _shown_count(count: int | None) -> str:
    return "" if count is None else vi_int(count)


def _shown_rate(rate: Decimal | None) -> str:
    return f"{rate:.2f}".replace(".", ",") if rate is not None else ""


def _shown_value(value: Decimal | None) -> str:
    return "" if value is None else vi_number(value)


def read_form(posted: Mapping[str, Any], kept: Cells) -> CellsForm:
    """The cells typed, for the promises the plan has; nothing typed is lost on an error."""
    form = CellsForm({name: str(posted.get(name, "")).strip() for name in form_of(kept).typed})
    cells = Cells(
        _count(form, "total", required=False),
        tuple(_target(form, cell) for cell in kept.targets),
        tuple(replace(one, amount_vnd=_money(form, line_name(one))) for one in kept.lines),
        tuple(replace(one, amount_vnd=_money(form, need_name(one))) for one in kept.needs),
    )
    if not form.errors:
        wrong = impossible(cells, open_codes(kept))
        if wrong is None:
            form.cells = cells
        else:
            form.errors.append({"field": _blamed(cells), "text": said(wrong)})
    return form


def _target(form: CellsForm, cell: TargetCell) -> TargetCell:
    code, numbers = cell.code, dict[str, Any]()
    if has_rates(cell):
        opening = _count(form, f"{code}_opening", required=cell.opening is not None)
        numbers["opening"] = opening if cell.opening is None else opening or 0
        numbers["stated_opening_rate"] = _rate(form, f"{code}_opening_rate")
        numbers["stated_closing_rate"] = _rate(form, f"{code}_closing_rate")
    if cell.is_count:
        reduction = _count(form, f"{code}_reduction", required=not cell.is_open)
        numbers["reduction"] = reduction if cell.is_open else reduction or 0
    else:
        numbers["value"] = _value(form, f"{code}_value", required=not cell.is_open)
    if cell.kind.comparator == BETWEEN:
        numbers["value_to"] = _value(form, f"{code}_value_to", required=not cell.is_open)
    if cell.kind.base is not None:
        numbers["base_count"] = _base_count(form, f"{code}_base", cell)
    parts = (_part(form, cell, position, one) for position, one in enumerate(cell.parts, 1))
    return replace(cell, **numbers, parts=tuple(parts))


def _part(form: CellsForm, cell: TargetCell, position: int, part: PartCell) -> PartCell:
    """A part left blank is derived by its opening; without one it must be typed."""
    name = part_name(cell, position)
    return replace(part, reduction=_count(form, name, required=part.opening is None))


def _blamed(cells: Cells) -> str:
    """The field an impossible number is told at."""
    for cell in cells.targets:
        if has_rates(cell) and (cell.reduction or 0) > (cell.opening or 0):
            return f"{cell.code}_reduction"
        if cell.value_to is not None and cell.value is not None and cell.value_to <= cell.value:
            return f"{cell.code}_value_to"
    for need in cells.needs:
        if need.cap_vnd is not None and need.amount_vnd > need.cap_vnd:
            return need_name(need)
    return "total"


def _base_count(form: CellsForm, name: str, cell: TargetCell) -> int | None:
    if not form.typed[name] and cell.is_open and not form.typed[f"{cell.code}_value"]:
        return None
    if not form.typed[name]:
        text = _("Chưa ghi số gốc. Chỉ tiêu phần trăm phải nói là phần trăm của bao nhiêu hộ.")
        form.errors.append({"field": name, "text": text})
        return None
    return _count(form, name)


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


def _money(form: CellsForm, name: str) -> int:
    text = form.typed[name]
    if not MONEY.fullmatch(text):
        said_text = _(
            "Số tiền “%(text)s” không đọc được. Ghi số đồng bằng chữ số, ví dụ 1.500.000."
        )
        form.errors.append({"field": name, "text": said_text % {"text": text[:20]}})
        return 0
    amount = int(re.sub(r"\D", "", text))
    form.typed[name] = vi_int(amount)
    return amount


def _value(form: CellsForm, name: str, *, required: bool = True) -> Decimal | None:
    if not form.typed[name].replace("%", "").strip():
        if not required:
            return None
        text = _("Ô này cần một số phần trăm, ví dụ 35 hoặc 10,5.")
        form.errors.append({"field": name, "text": text})
        return None
    value = _rate(form, name)
    form.typed[name] = form.typed[name] if value is None else vi_number(value)
    return value


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
    form.typed[name] = _shown_rate(rate)
    return rate
