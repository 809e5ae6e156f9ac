"""Dates of birth as a table has them to the ages in months that somebody may have on a day.

The same as the rulebook's `PartialDate` for one person: a year alone, a year and a month, a date.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis

from chungtay.rulebook.plain import MONTHS_PER_YEAR

WRITTEN = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
SHORT_MONTHS, FEBRUARY = (4, 6, 9, 11), 2


def ages_in_months(raw: Any, on: date) -> tuple[Any, Any, Any]:
    """The least and the greatest age, and where there is something that is no date.

    A column of dates leaves no doubt: then there is no greatest age (None) beside the least.
    """
    if raw.type().is_date() or raw.type().is_timestamp():
        return _months(raw.year(), raw.month(), raw.day(), on), None, None
    word = raw.cast("string").strip().nullif("")
    safe = ibis.ifelse(word.re_search(WRITTEN), word, None)
    year, month, day = (
        safe.substr(start, length).nullif("").cast("int32")
        for start, length in ((0, 4), (5, 2), (8, 2))
    )
    unreal = (year < 1) | ~month.between(1, MONTHS_PER_YEAR) | ~day.between(1, _days(year, month))
    unreal = unreal.fill_null(False)
    last = ibis.coalesce(month, MONTHS_PER_YEAR)
    youngest = _months(year, last, ibis.coalesce(day, _days(year, last)), on)
    oldest = _months(year, ibis.coalesce(month, 1), ibis.coalesce(day, 1), on)
    return youngest, oldest, word.notnull() & (safe.isnull() | unreal)


def _months(year: Any, month: Any, day: Any, on: date) -> Any:
    whole = (on.year - year) * MONTHS_PER_YEAR + (on.month - month)
    return (whole - ibis.ifelse(day > on.day, 1, 0)).cast("int64")


def _days(year: Any, month: Any) -> Any:
    """How many days a month has."""
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    return ibis.cases(
        (month == FEBRUARY, ibis.ifelse(leap, 29, 28)), (month.isin(SHORT_MONTHS), 30), else_=31
    )
