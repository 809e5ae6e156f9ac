"""The kinds of ordinary papers, from ``kinds.toml``: what is printed, what is offered."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

TableKind = Literal["parts", "helps", "members", "nominations"]


class KindBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of a paper's body, with the text that is offered."""

    key: str
    label: str
    text: str
    lead: str = ""
    heading: str = ""


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of paper; ``authority`` prints the issuing body above the bases of a decision."""

    name: str
    symbol: str
    subject: str
    blocks: tuple[KindBlock, ...]
    recipients: str
    title: str = ""
    addressees: str = ""
    authority: bool = False
    bases: bool = False
    secretary: bool = False
    on_behalf: str = "TM. ỦY BAN NHÂN DÂN"
    position: str = "CHỦ TỊCH"
    tables: tuple[TableKind, ...] = ()
    table_title: str = ""

    @property
    def names_households(self) -> bool:
        """Whether the paper carries names of households of the plan, which are chosen."""
        return "helps" in self.tables

    @property
    def names_people(self) -> bool:
        """Whether the paper carries names of households or people."""
        return self.names_households or "nominations" in self.tables


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its key, in the order they are offered."""
    raw = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text("utf-8"))
    return msgspec.convert(raw, type=dict[str, Kind])
