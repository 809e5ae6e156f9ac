"""Opening a list that was handed in, and reading it once where one errand needs it thrice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.conf import settings

from chungtay.files.cells import Limits, Workbook
from chungtay.files.opening import open_sheets
from chungtay.households.citizen_ids import province_codes
from chungtay.places.models import Unit
from chungtay.sync.days import ask_day
from chungtay.sync.earlier.terms import Terms
from chungtay.sync.reading import ReadList, read_household_list

_read_already: ContextVar[dict[tuple[bytes, date, str], ReadList] | None] = ContextVar(
    "_read_already", default=None
)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within it a list that was read is not read again: for whoever looks, stages and writes."""
    token = _read_already.set({})
    try:
        yield
    finally:
        _read_already.reset(token)


def read_content(content: bytes, commune: Unit, on: date, terms: Terms | None) -> ReadList:
    """Open and read a list; UnfriendlyFile says why it cannot be read."""
    known = _read_already.get()
    if known is None:
        return read_opened(opened(content), commune, on, terms)
    key = (hashlib.sha256(content).digest(), on, str(terms))
    if key not in known:
        known[key] = read_opened(opened(content), commune, on, terms)
    return known[key]


def read_opened(workbook: Workbook, commune: Unit, on: date, terms: Terms | None) -> ReadList:
    """Read the sheets of an opened list; Refused for a day on which the commune can have none."""
    if terms is None:
        ask_day(commune, on)
    day = terms.last if terms else on
    return read_household_list(workbook, on=day, provinces=province_codes())


def opened(content: bytes) -> Workbook:
    """The sheets of a file, read by a child under the limits of an upload."""
    return open_sheets(content, limits=Limits(file_bytes=settings.LARGEST_UPLOAD_BYTES))
