"""Tables of a plan that give tasks to offices: one row a task, with who, with whom and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.flat import flat
from chungtay.plans.reading.offices import offices_in

COLUMNS = {
    "cooperate": re.compile(r"phoi hop"),
    "lead": re.compile(
        r"chu tri|(?:co quan|don vi|bo phan|nguoi|can bo) thuc hien|phan cong|dau moi"
    ),
    "when": re.compile(r"thoi (?:gian|han|diem)|tien do|hoan thanh"),
    "task": re.compile(r"nhiem vu|noi dung|cong viec|hoat dong|giai phap"),
}


@dataclass(frozen=True)
class Task:
    """One row of such a table."""

    text: str
    lead: tuple[str, ...]
    cooperate: tuple[str, ...]
    when: str


def tasks(blocks: Sequence[Block]) -> Iterator[Task]:
    """The tasks of every table whose head names a task and who does it."""
    columns: dict[str, int] = {}
    last = -1
    for block in blocks:
        if not block.cells:
            continue
        if block.number != last + 1:
            columns = {}
        last = block.number
        head = _columns(block.cells)
        if "task" in head and ("lead" in head or "when" in head) and not columns:
            columns = head
        elif columns:
            task = _task(block.cells, columns)
            if task is not None:
                yield task


def _columns(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = next((name for name, form in COLUMNS.items() if form.search(flat(cell))), None)
        if name is not None and len(cell) < 60:
            found.setdefault(name, at)
    return found


def _task(cells: Sequence[str], columns: dict[str, int]) -> Task | None:
    said = {name: cells[at] for name, at in columns.items() if at < len(cells)}
    text = said.get("task", "").strip()
    if not text:
        return None
    lead, cooperate = said.get("lead", ""), said.get("cooperate", "")
    return Task(
        text,
        offices_in(lead) if lead.strip(" -") else (),
        offices_in(cooperate) if cooperate.strip(" -") else (),
        said.get("when", "").strip(),
    )
