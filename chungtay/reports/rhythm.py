"""The usual rhythm of reports, read from its data file: practice, not law."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

FILE = Path(__file__).parent / "rhythm.toml"


class Beat(msgspec.Struct, frozen=True, rename={"who": "from"}, forbid_unknown_fields=True):
    """One report of the rhythm: who sends it, about what, by which day of the year."""

    who: Literal["village", "office", "commune"]
    kind: Literal["six_month", "year"]
    due: str
    rule: Literal["before", "on_or_before"]

    @property
    def month_and_day(self) -> tuple[int, int]:
        """The due day within a year."""
        month, day = self.due.split("-")
        return int(month), int(day)


class RhythmFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data file."""

    reports: tuple[Beat, ...]


@cache
def rhythm() -> tuple[Beat, ...]:
    """The usual rhythm."""
    return msgspec.toml.decode(FILE.read_bytes(), type=RhythmFile).reports
