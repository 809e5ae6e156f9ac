"""Promises, their parts and the plan's money as the screen shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from chungtay.plans.arithmetic import DerivedTarget, derive, sums_of
from chungtay.plans.cells import Cells, NeedCell, TargetCell
from chungtay.plans.models import MoneySource, PlannedLine
from chungtay.plans.progress import NOT_MEASURED, PartStanding, Progress
from chungtay.rulebook.promise_words import base_words, population_words
from chungtay.rulebook.promises import (
    ABOUT,
    AT_LEAST,
    BETWEEN,
    COUNT,
    OVER,
    POINTS,
    REDUCING,
    SHARE,
)
from chungtay.rulebook.wording import Sentence, vi_int
from chungtay.web.plan.cells import has_rates, line_name, need_name, part_name
from chungtay.web.templating import said


@dataclass(frozen=True)
class PromiseRow:
    """A promise that is not a row of the table of counts and rates: its fields and their words."""

    code: str
    label: str
    about: str
    lead: str
    unit: str
    value: str
    value_to: str = ""
    base: str = ""
    base_label: str = ""
    paper: str = ""
    part: bool = False
    said: Sentence = NOT_MEASURED
    kept: bool | None = None


def promise_rows(progress: list[Progress]) -> list[PromiseRow]:
    """The promises beyond counts with an opening, each with what the register says of it."""
    return [_row(one) for one in progress if not has_rates(one.derived.cell)]


def label_of(cell: TargetCell) -> str:
    """Of whom, as a heading."""
    words = said(population_words(cell.kind.population))
    return words[:1].upper() + words[1:]


def _row(one: Progress) -> PromiseRow:
    cell = one.derived.cell
    kind, code = cell.kind, cell.code
    return PromiseRow(
        code=code,
        label=label_of(cell),
        about=cell.meaning.aim,
        lead=lead_of(cell),
        unit={COUNT: _("hộ"), POINTS: _("điểm %")}.get(kind.measure, "%"),
        value=f"{code}_reduction" if cell.is_count else f"{code}_value",
        value_to=f"{code}_value_to" if kind.comparator == BETWEEN else "",
        base=f"{code}_base" if kind.base else "",
        base_label=base_words(kind.base) if kind.base else "",
        paper=cell.meaning.assigned_by,
        part=bool(cell.meaning.part_of),
        said=one.said,
        kept=one.kept,
    )


def lead_of(cell: TargetCell) -> str:
    """The words before the number: "giảm khoảng", "đạt trên"."""
    verb = _("giảm") if cell.kind.measure in REDUCING else _("đạt")
    words = {AT_LEAST: _("ít nhất"), OVER: _("trên"), ABOUT: _("khoảng"), BETWEEN: _("từ")}
    return f"{verb} {words.get(cell.kind.comparator, '')}".strip()


def follows_of(derived: DerivedTarget) -> str:
    """What a promise in per cent is in whole households: "56 hộ", "39–43 hộ"."""
    if derived.cell.kind.measure not in {POINTS, SHARE} or derived.reduction is None:
        return ""
    if derived.most is not None:
        return _("%(low)s–%(high)s hộ") % {
            "low": vi_int(derived.reduction),
            "high": vi_int(derived.most),
        }
    if derived.cell.kind.measure == POINTS:
        return _("ít nhất %(low)s hộ") % {"low": vi_int(derived.reduction)}
    return _("%(low)s hộ") % {"low": vi_int(derived.reduction)}


@dataclass(frozen=True)
class PartCellShown:
    """One place's part of one promise: its base, its field, its live number, what has fallen."""

    opening: str
    field: str
    live: str
    fallen: str


def split_of(progress: list[Progress]) -> dict[str, Any] | None:
    """The promises carried by the places below: a row per place, a last row that ties."""
    split = [one for one in progress if one.derived.parts]
    if not split:
        return None
    units = {part.cell.unit: part.cell.name for one in split for part in one.derived.parts}
    return {
        "heads": [_head(one) for one in split],
        "rows": [
            {"name": name, "cells": [_part_shown(one, unit) for one in split]}
            for unit, name in units.items()
        ],
        "sums": [_sum(one) for one in split],
        "left": any(one.derived.not_assigned for one in split),
        "elsewhere": any(_elsewhere(one) for one in split),
    }


def _head(one: Progress) -> dict[str, str]:
    base = one.derived.cell.kind.base
    return {
        "label": label_of(one.derived.cell),
        "opening": base_words(base) if base else _("đầu năm"),
    }


def _part_shown(one: Progress, unit: int) -> PartCellShown:
    for position, part in enumerate(one.derived.parts, 1):
        if part.cell.unit == unit:
            opening = part.cell.opening
            return PartCellShown(
                "" if opening is None else vi_int(opening),
                part_name(one.derived.cell, position),
                f"{one.derived.cell.code}_part_{position}_rest",
                _fallen(one.parts, unit),
            )
    return PartCellShown("", "", "", "")


def _fallen(parts: tuple[PartStanding, ...], unit: int) -> str:
    return next((vi_int(one.fallen) for one in parts if one.part.cell.unit == unit), "—")


def _sum(one: Progress) -> dict[str, str]:
    openings = [part.cell.opening for part in one.derived.parts if part.cell.opening is not None]
    fallen = None if one.opening is None or one.now is None else one.opening - one.now
    code = one.derived.cell.code
    return {
        "opening": vi_int(sum(openings)) if openings else "",
        "left": f"{code}_left",
        "whole": f"{code}_whole",
        "elsewhere": vi_int(_elsewhere(one)),
        "fallen": "—" if fallen is None else vi_int(fallen),
    }


def _elsewhere(one: Progress) -> int:
    """What has fallen at places that carry no part."""
    if one.opening is None or one.now is None or not one.parts:
        return 0
    return (one.opening - one.now) - sum(part.fallen for part in one.parts)


def live_parts(cells: Cells) -> Iterator[tuple[str, str]]:
    """The live numbers of promises in per cent and of parts, by name."""
    for one in derive(cells):
        code = one.cell.code
        if not has_rates(one.cell):
            yield f"{code}_follows", follows_of(one)
        for position, part in enumerate(one.parts, 1):
            yield f"{code}_part_{position}_rest", vi_int(part.reduction)
        if one.parts:
            yield f"{code}_left", vi_int(one.not_assigned)
            yield f"{code}_whole", vi_int(one.reduction or 0)
    if cells.lines or cells.needs:
        yield "money_sum", vi_int(sums_of(cells).total + sums_of(cells).needs_total)
        for name, amount in sums_of(cells).by_capital.items():
            yield f"{name}_sum", vi_int(amount)


def money_of(cells: Cells, names: dict[int, str]) -> dict[str, Any] | None:
    """The money rows, lines first, then what the named households need; None without any."""
    if not cells.lines and not cells.needs:
        return None
    capital, stage = dict(PlannedLine.Capital.choices), dict(PlannedLine.Stage.choices)
    source = dict(MoneySource.choices)
    lines = [
        {
            "field": line_name(one),
            "title": one.purpose,
            "about": ", ".join(filter(None, [one.project, one.organiser])),
            "kind": str(capital.get(one.capital, "")),
            "source": str(source.get(one.source, _("chưa ghi nguồn"))),
            "stage": str(stage.get(one.stage, "")),
        }
        for one in cells.lines
    ]
    needs = [
        {
            "field": need_name(one),
            "title": one.what,
            "about": names.get(one.position, ""),
            "kind": _cap(one.cap_vnd),
            "source": str(source[one.source]),
            "stage": str(stage[PlannedLine.Stage.EXPECTED]),
        }
        for one in cells.needs
    ]
    capitals = [(str(capital[name]), f"{name}_sum") for name in sums_of(cells).by_capital]
    return {"rows": lines + needs, "capitals": capitals}


def needs_by_position(cells: Cells) -> dict[int, list[NeedCell]]:
    """What each named household needs, by its position in the plan."""
    found: dict[int, list[NeedCell]] = defaultdict(list)
    for need in cells.needs:
        found[need.position].append(need)
    return found


def _cap(cap_vnd: int | None) -> str:
    if cap_vnd is None:
        return ""
    return _("không quá %(cap)s đồng") % {"cap": vi_int(cap_vnd)}
