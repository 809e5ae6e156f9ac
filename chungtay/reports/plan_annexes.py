"""The annex tables of a plan, made from the same cells as its sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from chungtay.plans.arithmetic import DerivedTarget, derive, sums_of
from chungtay.plans.assigning import BY_HAND, assigned_rows
from chungtay.plans.cells import Cells, LineCell
from chungtay.plans.models import MoneySource, Plan, PlanDeadline, PlanDuty
from chungtay.plans.queries import named_households
from chungtay.plans.staged.boxes import shown_day
from chungtay.plans.structure import ROMAN
from chungtay.plans.values import million
from chungtay.reports.plan_document import Annex, Column
from chungtay.reports.tokens import fill_tokens
from chungtay.rulebook.promise_words import base_words, population_words
from chungtay.rulebook.wording import NO_BREAK_SPACE, official_count, vi_int

ILLUSTRATIVE = "Ghi chú: số liệu minh họa."
ORDER = Column("TT", "middle", 6)
TOGETHER = "Cộng"
ASSIGNED = "assigned"

Table = tuple[tuple[Column, ...], tuple[tuple[str, ...], ...], tuple[str, ...], str]


def annexes_of(
    plan: Plan, values: Mapping[str, str], cells: Cells | None = None
) -> tuple[Annex, ...]:
    """The annexes a plan's content announces, those without any row left out.

    TokenError if a title asks for an unknown value.
    """
    rows = [*plan.content.get("annexes", []), *_assigned_annex(plan)]
    if not rows:
        return ()
    typed = cells or Cells.of(plan)
    issuer = f"Ủy ban nhân dân {plan.unit.name[:1].lower()}{plan.unit.name[1:]}"
    found = (_annex(row, plan, typed, values, issuer) for row in rows)
    return tuple(one for one in found if one.rows)


def _assigned_annex(plan: Plan) -> list[dict[str, str]]:
    """The duties and deadlines, once they were changed by hand: the sentences no longer say all."""
    if not plan.content.get(BY_HAND):
        return []
    kept = plan.content.get("annexes", [])
    if any(one["kind"] == ASSIGNED for one in kept):
        return []
    label = f"Phụ lục {ROMAN[len(kept)]}" if kept else "Phụ lục"
    return [{"kind": ASSIGNED, "label": label, "title": "Phân công nhiệm vụ và thời hạn"}]


def _annex(
    row: Mapping[str, Any], plan: Plan, cells: Cells, values: Mapping[str, str], issuer: str
) -> Annex:
    columns, rows, total, measure = TABLES[row["kind"]](plan, cells)
    return Annex(
        label=row["label"],
        title=fill_tokens(row["title"], values),
        issuer=issuer,
        columns=columns,
        rows=rows,
        total=total,
        measure=measure,
        note=f"{ILLUSTRATIVE} {row['made_up_reason']}" if row.get("made_up") else "",
    )


def _lines(_plan: Plan, cells: Cells) -> Table:
    """The money lines by capital, in million đồng."""
    columns = (
        ORDER,
        Column("Nội dung", "text", 28),
        Column("Thuộc", "middle", 11),
        Column("Tổng số", "number", 10),
        Column("Vốn đầu tư", "number", 10),
        Column("Vốn sự nghiệp", "number", 11),
        Column("Đơn vị chủ trì", "text", 26),
    )
    rows = tuple(_line(number, line) for number, line in enumerate(cells.lines, 1))
    sums = sums_of(cells)
    by_capital = [million(sums.by_capital.get(name, 0)) for name in ("investment", "recurrent")]
    total = ("", TOGETHER, "", million(sums.total), *by_capital, "")
    return columns, rows, total, "Đơn vị tính: triệu đồng"


def _line(number: int, line: LineCell) -> tuple[str, ...]:
    amount = million(line.amount_vnd)
    invested = amount if line.capital == "investment" else ""
    recurrent = amount if line.capital == "recurrent" else ""
    project = line.project.replace(" ", NO_BREAK_SPACE)
    return (str(number), line.purpose, project, amount, invested, recurrent, line.organiser)


def _needs(plan: Plan, cells: Cells) -> Table:
    """What each named household needs, in đồng."""
    columns = (
        ORDER,
        Column("Chủ hộ", "text", 20),
        Column("Nơi ở", "text", 13),
        Column("Nhu cầu", "text", 16),
        Column("Số lượng", "middle", 10),
        Column("Kinh phí", "number", 15),
        Column("Nguồn, nơi vận động", "text", 25),
    )
    named = {row.position: row for row in named_households(plan)}
    rows = []
    for number, need in enumerate(cells.needs, 1):
        row = named[need.position]
        village = row.household.village.name if row.household.village else ""
        head = f"{row.salutation} {row.household.head_name}"
        source = MoneySource(need.source).label
        where = f"{source[:1].upper()}{source[1:]}; {need.organiser}".rstrip("; ")
        rows.append((str(number), head, village, need.what, "01", vi_int(need.amount_vnd), where))
    total = vi_int(sum(need.amount_vnd for need in cells.needs))
    count = official_count(len(cells.needs))
    last = ("", TOGETHER, "", "", count, total, "")
    return columns, tuple(rows), last, "Đơn vị tính: đồng"


def _parts(_plan: Plan, cells: Cells) -> Table:
    """What each place below carries of every target that is split; the last row ties."""
    split = [one for one in derive(cells) if one.parts]
    width = 64 // max(1, 2 * len(split))
    columns = [ORDER, Column("Đơn vị", "text", 26)]
    for one in split:
        columns.append(Column(_opening_title(one), "number", width))
        columns.append(
            Column(f"Giảm {population_words(one.cell.kind.population)}", "number", width)
        )
    rows = [
        (str(number), name, *_numbers_of(split, unit))
        for number, (unit, name) in enumerate(_units(split).items(), 1)
    ]
    if any(one.not_assigned for one in split):
        left = [text for one in split for text in ("", vi_int(one.not_assigned))]
        rows.append(("", "Chưa giao cho nơi nào", *left))
    return tuple(columns), tuple(rows), ("", TOGETHER, *_totals(split)), "Đơn vị tính: hộ"


def _opening_title(one: DerivedTarget) -> str:
    words = population_words(one.cell.kind.population)
    base = one.cell.kind.base
    return f"Số {base_words(base) if base else f'{words} đầu năm'}"


def _units(split: list[DerivedTarget]) -> dict[int, str]:
    return {part.cell.unit: part.cell.name for one in split for part in one.parts}


def _numbers_of(split: list[DerivedTarget], unit: int) -> Iterator[str]:
    for one in split:
        part = next((part for part in one.parts if part.cell.unit == unit), None)
        opening = part.cell.opening if part else None
        yield "" if opening is None else vi_int(opening)
        yield vi_int(part.reduction) if part else ""


def _totals(split: list[DerivedTarget]) -> Iterator[str]:
    for one in split:
        openings = [part.cell.opening for part in one.parts if part.cell.opening is not None]
        yield vi_int(sum(openings)) if openings else ""
        yield vi_int(sum(part.reduction for part in one.parts) + one.not_assigned)


def _assigned(plan: Plan, _cells: Cells) -> Table:
    """Who does what in which role, then by when."""
    columns = (
        ORDER,
        Column("Đơn vị", "text", 24),
        Column("Vai trò, thời hạn", "text", 20),
        Column("Nhiệm vụ", "text", 50),
    )
    duties = [
        (", ".join(one.offices), str(one.get_role_display()), one.text)
        for one in assigned_rows(plan, PlanDuty)
    ]
    deadlines = [(one.who, _due(one), one.what) for one in assigned_rows(plan, PlanDeadline)]
    rows = [(str(at), *one) for at, one in enumerate([*duties, *deadlines], 1)]
    return columns, tuple(rows), (), ""


def _due(one: PlanDeadline) -> str:
    """By when: "trước ngày 20/06/2024, hằng quý"."""
    day = f"{one.get_comparator_display()} {shown_day(one.due)}".strip() if one.due else ""
    return ", ".join(filter(None, [day, str(one.get_recurrence_display())]))


TABLES: dict[str, Callable[[Plan, Cells], Table]] = {
    "lines": _lines,
    "needs": _needs,
    "parts": _parts,
    ASSIGNED: _assigned,
}
