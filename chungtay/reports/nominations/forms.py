"""The forms of commendation somebody may be nominated for, from ``forms.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec


class CommendationForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form by its name; ``worded``: whoever nominates writes what it is called."""

    name: str
    verified: bool
    worded: bool = False


@cache
def forms() -> dict[str, CommendationForm]:
    """Every form by its key, in the order they are offered."""
    raw = tomllib.loads((Path(__file__).parent / "forms.toml").read_text("utf-8"))
    return msgspec.convert(raw, type=dict[str, CommendationForm])
