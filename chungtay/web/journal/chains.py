"""Which chains a person reads here, and whether the place's own stands as it was written."""

from __future__ import annotations

from dataclasses import dataclass

from chungtay.acts.models import Chain, JournalLine
from chungtay.acts.services import digest_of
from chungtay.places.models import Level, Unit
from chungtay.places.queries import subtree
from chungtay.web.here import Here

LINES_CHECKED = 500
SHOWN_DIGITS = 12


@dataclass(frozen=True)
class ChainState:
    """What the check of one chain found: whole or not, how many lines were read of how many."""

    whole: bool
    checked: int
    total: int
    head: str


def chains_here(here: Here) -> list[str]:
    """The chains of the place looked at: its own, and of those below it those that are written."""
    if here.place.level in (Level.COMMUNE, Level.VILLAGE):
        return [here.place.chain]
    below = Unit.objects.filter(subtree(here.place)).exclude(level=Level.VILLAGE)
    written = set(Chain.objects.values_list("name", flat=True))
    return sorted({here.place.chain, *(unit.chain for unit in below)} & written)


def state_of(chain: str) -> ChainState:
    """Recompute the newest lines of a chain and hold them against its kept head."""
    lines = list(JournalLine.objects.filter(chain=chain).order_by("-number")[: LINES_CHECKED + 1])
    kept = Chain.objects.filter(name=chain).first()
    total = kept.number if kept else 0
    head = kept.head if kept else ""
    checked = lines[:LINES_CHECKED]
    whole = (lines[0].number, lines[0].digest) == (total, head) if lines else not head
    for place, line in enumerate(checked):
        before = lines[place + 1] if place + 1 < len(lines) else None
        whole = whole and _holds(line, before)
    return ChainState(whole, len(checked), total, head[:SHOWN_DIGITS])


def _holds(line: JournalLine, before: JournalLine | None) -> bool:
    number, digest = (before.number, before.digest) if before else (0, "")
    linked = (line.number, line.previous) == (number + 1, digest)
    return linked and line.digest == digest_of(line)
