"""Sections as blocks: one with everything of a deeper rank below it, and their places changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def block_of(sections: Sequence[dict[str, Any]], at: int) -> Sequence[dict[str, Any]]:
    """A section and what stands below it."""
    end = at + 1
    while end < len(sections) and sections[end]["level"] > sections[at]["level"]:
        end += 1
    return sections[at:end]


def moved_block(
    sections: Sequence[dict[str, Any]], at: int, *, up: bool
) -> list[dict[str, Any]] | None:
    """The sections with a block and its neighbour of the same rank changed; None without one.

    Their numbers change places too, where both are of one row, so that the row stays in order.
    """
    first = _before(sections, at) if up else at
    if first is None:
        return None
    upper = block_of(sections, first)
    second = first + len(upper)
    if second >= len(sections) or sections[second]["level"] != sections[first]["level"]:
        return None
    lower = block_of(sections, second)
    numbers = sections[first].get("number", ""), sections[second].get("number", "")
    changed = [*_renumbered(lower, numbers[0]), *_renumbered(upper, numbers[1])]
    return [*sections[:first], *changed, *sections[second + len(lower) :]]


def _before(sections: Sequence[dict[str, Any]], at: int) -> int | None:
    """Where the neighbour of the same rank above begins; None where a higher one stands before."""
    level = sections[at]["level"]
    for place in range(at - 1, -1, -1):
        if sections[place]["level"] <= level:
            return place if sections[place]["level"] == level else None
    return None


def _renumbered(block: Sequence[dict[str, Any]], number: str) -> list[dict[str, Any]]:
    """A block under another number; numbers built upon the old one ("3.1") follow it."""
    old = block[0].get("number", "")
    made = [block[0] | {"number": number}]
    for one in block[1:]:
        said = one.get("number", "")
        follows = old and number and said.startswith(f"{old}.")
        made.append(one | {"number": f"{number}{said[len(old) :]}"} if follows else one)
    return made
