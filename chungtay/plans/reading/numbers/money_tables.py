"""Money out of tables: columns named by their heads, the unit said once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.numbers.amounts import BILLION, MILLION, THOUSAND
from chungtay.plans.reading.numbers.money import CAPITALS, SOURCE, STAGES, first_named
from chungtay.plans.reading.numbers.plain import clean, flatten
from chungtay.plans.reading.numbers.quantities import decimal_of
from chungtay.plans.reading.numbers.rows import LINE, PART, TOTAL, Money
from chungtay.plans.reading.numbers.tables import ALL, VALUE

UNITS = (
    (MILLION, r"trieu(?:\s*dong)?|tr\.?\s*d(?:ong)?\b|1\.?000\.?000\s*d(?:ong)?\b"),
    (BILLION, r"ty(?:\s*dong)?|ti\s*dong"),
    (THOUSAND, r"(?:nghin|ngan)(?:\s*dong)?|1\.?000\s*d(?:ong)?\b"),
    (1, r"dong\b|vnd\b"),
)
SAID_UNIT = re.compile(r"\b(?:dvt|don vi(?: tinh)?)\s*:?\s*(.{2,20})")
MONEY_HEAD = re.compile(
    r"kinh phi|so tien|thanh tien|\bvon\b|du toan|ngan sach|\bns(?:tw|dp|nn|t|h|x)?\b|dau tu"
    r"|su nghiep|nguon|huy dong|xa hoi hoa|doi ung|dong gop|\btong\b|\bcong\b"
)
PURPOSE_HEAD = re.compile(
    r"noi dung|hang muc|du an|cong trinh|\bten\b|chi tieu|mo hinh|nhiem vu|hoat dong|chinh sach"
    r"|danh muc"
)
NUMBER_HEAD = re.compile(r"\bstt\b|\btt\b|so thu tu")
HOUSEHOLDS_HEAD = re.compile(r"so ho\b")
QUANTITY_HEAD = re.compile(r"so luong|khoi luong|so (?:nha|can|nguoi|mo hinh|con|lop)\b")
NORM_HEAD = re.compile(r"dinh muc|don gia|muc ho tro|/\s*(?:ho|nha|can|nguoi|mo hinh)\b")
SUM_IN_CELL = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
OWN_SOURCE = re.compile(
    r"\bns(?:tw|dp|nn)?\b(?:\s+(?:tinh|huyen|xa|thanh pho|dia phuong|trung uong))?"
)
COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?|[a-z]|")
ROMAN = re.compile(r"[IVX]+|[A-H]")
IN_TABLE = -1  # no sentence of a passage: an amount of a row has a place of its own


@dataclass
class Table:
    """What the heads of a table say, and the rows read of it so far."""

    said: list[str]
    scale: int
    title: str
    rows: list[tuple[str, Money, list[Money]]] = field(default_factory=list)

    @cached_property
    def heads(self) -> list[str]:
        """The heads without diacritics, in lower case."""
        return [flatten(one) for one in self.said]

    @property
    def amounts(self) -> list[int]:
        """The columns that hold money of the plan."""
        return [
            at
            for at, head in enumerate(self.heads)
            if MONEY_HEAD.search(head) and not NORM_HEAD.search(head) and at != self.purpose
        ]

    @cached_property
    def whole(self) -> int | None:
        """The column that the others are parts of: called so, or the only one of no capital."""
        called = [at for at in self.amounts if re.search(r"\btong\b|\bcong\b", self.heads[at])]
        plain = [at for at in self.amounts if not _is_part(self.heads[at])]
        return called[0] if called else plain[0] if len(plain) == 1 else None

    @property
    def purpose(self) -> int:
        """The column that says what the money is for: the one named so, else the first of words."""
        named = (at for at, head in enumerate(self.heads) if PURPOSE_HEAD.search(head))
        unnumbered = (at for at, head in enumerate(self.heads) if not NUMBER_HEAD.search(head))
        return next(named, next(unnumbered, 0))

    def column(self, form: re.Pattern[str]) -> int | None:
        """The first column whose head says so."""
        return next((at for at, head in enumerate(self.heads) if form.search(head)), None)


def read_money_tables(
    blocks: Iterable[Block],
) -> Iterator[tuple[list[Money], list[tuple[Money, list[Money]]]]]:
    """Of every table of money its amounts, and which are said to be parts of which."""
    table: Table | None = None
    heads: list[str] = []
    above: list[str] = []
    for number, block in enumerate(blocks):
        if not block.cells:
            if table is not None and table.rows:
                yield _settled(table)
            table, heads = None, []
            above = [*above, flatten(clean(block.text))][-3:]
            continue
        cells = [clean(cell) for cell in block.cells]
        if all(COLUMN_NUMBER.fullmatch(flatten(cell)) for cell in cells) and table is None:
            continue  # a line that only numbers the columns
        if table is None and not any(_amount(cell, 1) is not None for cell in cells[1:]):
            heads = _joined(heads, cells)
            continue
        if table is None:
            table = _begun(heads, above)
        if table is not None:
            _take(table, cells, (number, IN_TABLE))
    if table is not None and table.rows:
        yield _settled(table)


def _is_part(head: str) -> bool:
    """Whether a column is of one capital or one source."""
    named = first_named(CAPITALS, head), SOURCE.search(head), OWN_SOURCE.search(head)
    return any(named)


def _joined(heads: list[str], cells: list[str]) -> list[str]:
    """A head of two lines, cell by cell."""
    width = max(len(heads), len(cells))
    above = [*heads, *[""] * (width - len(heads))]
    below = [*cells, *[""] * (width - len(cells))]
    return [
        one if not two or one == two else f"{one} {two}".strip()
        for one, two in zip(above, below, strict=True)
    ]


def _begun(heads: list[str], above: list[str]) -> Table | None:
    """The table, if its heads name money and its unit is said somewhere."""
    words = (*map(flatten, heads), *reversed(above))
    scale = next((found for one in words if (found := _unit(one))), None)
    table = Table(heads, scale or 1, " ".join(above))
    told = re.compile(r"kinh phi|tien|von|du toan|ngan sach|\bns")
    money = any(told.search(one) for one in (*table.heads, *above))
    return table if scale and money and table.amounts else None


def _unit(words: str) -> int | None:
    said = SAID_UNIT.search(words)
    inside = re.search(r"\(\s*(?:dvt:?\s*)?([^)]{2,20})\)", words)
    for found in (said, inside):
        if found:
            for scale, form in UNITS:
                if re.match(form, found[1].strip()):
                    return scale
    return None


def _amount(cell: str, scale: int) -> int | None:
    if not SUM_IN_CELL.fullmatch(cell):
        return None
    value: Decimal = decimal_of(cell, grouped=True) * scale
    return int(value) if value == value.to_integral_value() and value > 0 else None


def _take(table: Table, cells: list[str], at: tuple[int, int]) -> None:
    """The amounts of a row: the whole, and what it is made of."""
    found = [
        (place, value)
        for place in table.amounts
        if place < len(cells) and (value := _amount(cells[place], table.scale)) is not None
    ]
    if not found:
        return
    first = next((one for one in found if one[0] == table.whole), None)
    if first is None and len(found) == 1:
        first = found[0]
    rest = [one for one in found if one is not first]
    rows = [_row(table, cells, place, value, at) for place, value in rest]
    whole = _row(table, cells, *first, at) if first else None
    parts = [replace(row, role=PART) for row in rows] if whole else rows
    label = cells[0] if NUMBER_HEAD.search(table.heads[0]) else ""
    for row in [whole] if whole else parts:
        table.rows.append((label.strip(" ."), row, parts if whole else []))


def _row(table: Table, cells: list[str], place: int, value: int, at: tuple[int, int]) -> Money:
    head, purpose = table.heads[place], cells[table.purpose] if table.purpose < len(cells) else ""
    own = SOURCE.search(head) or OWN_SOURCE.search(head)
    words = f"{head} {table.title}"
    return Money(
        value,
        " | ".join(cells),
        purpose or None,
        first_named(CAPITALS, head),
        table.said[place][own.start() : own.end()].strip() if own else _text_of(table, cells),
        first_named(STAGES, words),
        _count(table, cells, QUANTITY_HEAD),
        _count(table, cells, HOUSEHOLDS_HEAD),
        _norm(table, cells),
        TOTAL if ALL.match(flatten(purpose)) else LINE,
        at,
    )


def _text_of(table: Table, cells: list[str]) -> str | None:
    """Whose money a column of words says it is."""
    at = table.column(re.compile(r"nguon"))
    said = cells[at].strip() if at is not None and at < len(cells) else ""
    return said if said and VALUE.fullmatch(said) is None else None


def _count(table: Table, cells: list[str], form: re.Pattern[str]) -> int | None:
    at = table.column(form)
    return _amount(cells[at], 1) if at is not None and at < len(cells) else None


def _norm(table: Table, cells: list[str]) -> int | None:
    """The most for each household, where a column says it."""
    at = table.column(NORM_HEAD)
    return _amount(cells[at], table.scale) if at is not None and at < len(cells) else None


def _settled(table: Table) -> tuple[list[Money], list[tuple[Money, list[Money]]]]:
    """The amounts of a table, the lines of its total as its parts."""
    wholes = [(row, parts) for _label, row, parts in table.rows if parts]
    rows = [one for _label, row, parts in table.rows for one in (row, *parts)]
    total = next((row for _label, row, _parts in table.rows if row.role == TOTAL), None)
    lines = [(label, row) for label, row, _parts in table.rows if row is not total]
    groups = [label for label, _row in lines if ROMAN.fullmatch(label)]
    members: dict[int, list[Money]] = {}
    group: Money | None = None
    for label, row in lines:
        if groups and ROMAN.fullmatch(label):
            group = row
        elif group is not None:
            members.setdefault(id(group), []).append(row)
    wholes += [(row, members[id(row)]) for _label, row in lines if id(row) in members]
    outer = [row for label, row in lines if not groups or ROMAN.fullmatch(label)]
    if total is not None and outer and all(row.role == LINE for row in outer):
        wholes.append((total, outer))
    return rows, wholes
