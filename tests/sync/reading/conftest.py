"""Lists made as people make them: a real workbook is saved, opened and read."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest

from chungtay.files.cells import Limits, Workbook
from chungtay.files.child import answer
from chungtay.sync.reading import Message, ReadList, read_household_list

ON = date(2023, 6, 5)
Reader = Callable[..., ReadList]


def opened(content: bytes) -> Workbook:
    reply = answer(content, Limits())
    assert reply.workbook is not None, reply.refused
    return reply.workbook


def saved(rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), formats: Any = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for place, code in (formats or {}).items():
        sheet[place].number_format = code
    for merge in merges:
        sheet.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def read() -> Reader:
    """Read rows as a saved workbook on 5 June 2023."""

    def reader(*rows: Sequence[Any], merges: Sequence[str] = (), formats: Any = None) -> ReadList:
        return read_household_list(opened(saved(rows, merges, formats)), on=ON)

    return reader


@pytest.fixture
def cell(read: Reader) -> Callable[..., tuple[Any, list[Message]]]:
    """Read one cell of a column of the head of one household; the draft and its messages."""

    def reader(header: str, value: Any, number_format: str | None = None) -> Any:
        formats = {"C2": number_format} if number_format else None
        listed = read(["Họ và tên", "Quan hệ", header], ["Lê An", "Chủ hộ", value], formats=formats)
        (household,) = listed.households
        return household, list(household.messages)

    return reader
