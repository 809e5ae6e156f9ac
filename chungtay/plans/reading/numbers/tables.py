"""Targets out of tables: columns named by their heads, one row a place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.numbers.people import HOUSEHOLD, groups_of
from chungtay.plans.reading.numbers.plain import Sentence, clean, flatten, lowered
from chungtay.plans.reading.numbers.quantities import decimal_of
from chungtay.plans.reading.numbers.rows import (
    CLOSING,
    COUNT,
    OPENING,
    POINTS,
    RATE,
    REDUCTION,
    Target,
)
from chungtay.plans.reading.numbers.times import moments_of

NAMES = re.compile(r"don vi|thon|khu pho|to dan pho|\bap\b|\bban\b|ten|dia ban|dia phuong|xa\b")
ALL = re.compile(r"(?:tong|cong|tong so|tong cong|toan xa|toan huyen|toan tinh)\b")
VALUE = re.compile(r"-?(\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d+)?)\s*%?")
FALL = re.compile(r"giam|thoat")
KINDS = (
    (CLOSING, re.compile(r"cuoi (?:nam|ky)|con lai|\bcon\b")),
    (OPENING, re.compile(r"dau (?:nam|ky)|hien co|hien nay")),
    (REDUCTION, FALL),
)


@dataclass(frozen=True)
class Column:
    """What a column of a table counts."""

    at: int
    kind: str
    population: str
    measure: str
    on: str | None


def read_tables(blocks: Iterable[Block], year: int | None) -> Iterator[Target]:
    """The targets of every table that says of whom and what its columns count."""
    columns: list[Column] = []
    named, title = 0, ""
    for number, block in enumerate(blocks):
        if not block.cells:
            columns, title = [], clean(block.text)
            continue
        cells = [clean(cell) for cell in block.cells]
        if not any(VALUE.fullmatch(cell) for cell in cells):
            columns = [*_columns(cells, title, year)] or columns
            named = next((at for at, cell in enumerate(cells) if NAMES.search(flatten(cell))), 0)
        elif columns and named < len(cells):
            yield from _row(cells, columns, cells[named], (number, 0))


def _columns(cells: list[str], title: str, year: int | None) -> Iterator[Column]:
    above = flatten(title)
    for at, cell in enumerate(cells):
        flat = flatten(cell)
        groups = groups_of(Sentence(cell, lowered(cell), flat, 0, 0))
        kind = next((name for name, words in KINDS if words.search(flat)), None)
        if kind is None and FALL.search(above):
            kind = REDUCTION
        if kind is None or not groups or not _is_short(flat):
            continue
        per_cent = bool(re.search(r"(?:ty|ti) le|%", flat))
        measure = COUNT if not per_cent else POINTS if kind == REDUCTION else RATE
        moments = moments_of(flat, year) or moments_of(above, year)
        on = moments[-1].on if moments else str(year) if year else None
        yield Column(at, kind, groups[0].population, measure, on)


def _is_short(flat: str) -> bool:
    return len(flat) <= 60


def _row(
    cells: list[str], columns: list[Column], place: str, at: tuple[int, int]
) -> Iterator[Target]:
    if VALUE.fullmatch(place) or not place:
        return
    whole = bool(ALL.match(flatten(place)))
    for column in columns:
        found = VALUE.fullmatch(cells[column.at]) if column.at < len(cells) else None
        if found is None:
            continue
        value: Decimal = decimal_of(found[1], grouped=column.measure == COUNT)
        if column.measure == COUNT and value != value.to_integral_value():
            continue
        digits = len(found[1].replace(",", ".").partition(".")[2]) if column.measure != COUNT else 0
        yield Target(
            column.kind,
            column.population,
            HOUSEHOLD,
            column.measure,
            value,
            " | ".join(cells),
            on=column.on,
            place=None if whole else place,
            digits=digits,
            at=at,
        )
