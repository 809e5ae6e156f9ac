"""Numbers of an office's register of papers: digits, and a letter where one was put in between."""

from __future__ import annotations

import re

NUMBER = re.compile(r"0*([1-9][0-9]{0,5}[a-zđ]?)")


def register_number(text: str) -> str | None:
    """A number as it is compared ("07" and "7" are one, "15A" and "15a"); None if it is none."""
    found = NUMBER.fullmatch(text.strip().lower())
    return found[1] if found else None
