"""Excel number formats: which of them show dates, and serial numbers as days."""

from __future__ import annotations

import re
from datetime import date, timedelta

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    49: "@",
}
EAST_ASIAN_DATES = (*range(27, 37), *range(50, 59))
NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
LAST_SERIAL = 2_958_465
DAY_SECONDS = 86_400


def built_in_format(number: int) -> str | None:
    """The format code behind a built-in number; None for General and unknown ones."""
    return "dd/mm/yyyy" if number in EAST_ASIAN_DATES else BUILT_IN.get(number)


def shows_date(code: str | None) -> bool:
    """Whether a format code shows a day, month or year (a time alone is no date)."""
    if not code:
        return False
    section = NOT_SHOWN.sub("", code.split(";")[0]).lower().replace("general", "")
    if "y" in section or "d" in section:
        return True
    return "m" in section and "h" not in section and "s" not in section


def serial_to_iso(serial: float, since_1904: bool) -> str | None:
    """Turn an Excel serial into ISO text; None where Excel itself shows only hash marks."""
    if not 0 <= serial <= LAST_SERIAL:
        return None
    if since_1904:
        start = date(1904, 1, 1)
    else:
        # Excel believes in 29 February 1900, so days before 1 March stand one later.
        start = date(1899, 12, 30) if serial >= 60 else date(1899, 12, 31)
    days, seconds = divmod(round(serial * DAY_SECONDS), DAY_SECONDS)
    day = (start + timedelta(days=days)).isoformat()
    if not seconds:
        return day
    minutes, second = divmod(seconds, 60)
    return f"{day}T{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}"
