"""The numbers of a plan carried into another year: counted anew, every promise left open.

Nothing of last year's is written as this year's: what the register does not know stays empty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from chungtay.places.queries import population_on
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.counting import Counted, countable, counted_on, groups_of
from chungtay.plans.models import Plan
from chungtay.plans.open_promises import words_of
from chungtay.plans.starting.days import moved
from chungtay.plans.starting.notes import Notes
from chungtay.rulebook.promise_words import base_words, population_words
from chungtay.rulebook.promises import CUMULATIVE, Base
from chungtay.rulebook.wording import Sentence, vi_date, vi_int


@dataclass(frozen=True)
class _Carrying:
    """What every promise is carried by: from which plan to which, the register of its first day."""

    source: Plan
    made: Plan
    counted: Counted
    notes: Notes

    @property
    def first(self) -> date:
        """The day the year opens on."""
        return date(self.made.year, 1, 1)


def carried_cells(source: Plan, made: Plan, notes: Notes) -> Cells:
    """The promises of last year's plan without their numbers, their openings from the register."""
    before = Cells.of(source)
    first = date(made.year, 1, 1)
    carrying = _Carrying(source, made, counted_on(made, first, groups_of(before)), notes)
    total = _total(carrying)
    targets = tuple(_target(carrying, cell) for cell in before.targets)
    _say_left(carrying, before)
    return Cells(total, targets)


def _total(carrying: _Carrying) -> int | None:
    counted = population_on(carrying.made.unit, carrying.first)
    if counted is not None:
        carrying.notes.carried.append(
            Sentence(
                "Tổng số hộ dân cư {count} lấy từ số đã ghi cho {unit} tại ngày {day}.",
                count=vi_int(counted.households),
                unit=carrying.made.unit.name,
                day=vi_date(carrying.first),
            )
        )
        return counted.households
    if carrying.source.total_households is not None:
        carrying.notes.left.append(
            Sentence(
                "Chưa có tổng số hộ dân cư của {unit} tại ngày {day}. Hãy ghi ở mục Các con số.",
                unit=carrying.made.unit.name,
                day=vi_date(carrying.first),
            )
        )
    return None


def _target(carrying: _Carrying, cell: TargetCell) -> TargetCell:
    base, base_count = _base(carrying, cell)
    kind = replace(cell.kind, base=base)
    return TargetCell(
        cell.code,
        opening=_opening(carrying, cell),
        base_count=base_count,
        meaning=replace(cell.meaning, kind=kind, base_said="", assigned_by=""),
    )


def _opening(carrying: _Carrying, cell: TargetCell) -> int | None:
    if cell.opening is None:
        return None
    words, day = population_words(cell.kind.population), vi_date(carrying.first)
    if countable(cell) and carrying.counted.by_class():
        count = carrying.counted.of(cell.kind.population)
        carrying.notes.carried.append(
            Sentence(
                "Đầu năm có {count} {words}, đếm từ sổ hộ tại ngày {day}.",
                count=vi_int(count),
                words=words,
                day=day,
            )
        )
        return count
    carrying.notes.left.append(
        Sentence(
            "Sổ hộ chưa nói được có bao nhiêu {words} tại ngày {day}. Hãy ghi số đầu năm ở mục Các "
            "con số.",
            words=words,
            day=day,
        )
    )
    return None


def _base(carrying: _Carrying, cell: TargetCell) -> tuple[Base | None, int | None]:
    """A base of a period that still runs stays; one of a day is counted a year on, if it can be."""
    base, made = cell.kind.base, carrying.made
    if base is None:
        return None, None
    if base.to_year is not None and base.to_year >= made.year and base.reach == CUMULATIVE:
        return base, cell.base_count
    on = base.on and moved(base.on, made.year - carrying.source.year)
    later = replace(base, on=on)
    counted = counted_on(made, on) if on and on <= carrying.first else None
    if counted is not None and counted.by_class():
        return later, counted.of(base.population)
    carrying.notes.left.append(
        Sentence(
            "Số gốc của chỉ tiêu “{what}” năm {year} ({count} {base}) không mang sang. Hãy ghi số "
            "gốc của năm mới.",
            what=words_of(cell),
            year=str(carrying.source.year),
            count=vi_int(cell.base_count or 0),
            base=base_words(base),
        )
    )
    return later, None


def _say_left(carrying: _Carrying, before: Cells) -> None:
    """Parts, money, needs and the papers that assigned a target: they belong to their year."""
    year, left = str(carrying.source.year), carrying.notes.left
    for paper in dict.fromkeys(cell.meaning.assigned_by for cell in before.targets):
        if paper:
            said = "Văn bản giao chỉ tiêu của năm {year} ({paper}) không mang sang."
            left.append(Sentence(said, year=year, paper=paper))
    if any(cell.parts for cell in before.targets):
        left.append(
            Sentence(
                "Phần giao cho từng nơi của năm {year} không mang sang. Khi chỉ tiêu đã có số, hãy "
                "chia lại ở Bảng giao chỉ tiêu.",
                year=year,
            )
        )
    if before.lines:
        left.append(
            Sentence(
                "Kinh phí của năm {year} không mang sang: {lines}. Khi có dự toán của năm mới, hãy "
                "thêm từng khoản ở mục Kinh phí.",
                year=year,
                lines="; ".join(
                    f"{one.purpose} ({vi_int(one.amount_vnd)} đồng)" for one in before.lines
                ),
            )
        )
