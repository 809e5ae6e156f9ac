"""Nobody named in the five real plans stands in the demonstration, written or grown."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

import pytest

from chungtay.demo.communes import GROWN, demo_communes
from chungtay.demo.families import DATA, HAND_WRITTEN, read_data
from chungtay.rulebook.folding import fold

# The people named in the five real plans, as the first 16 digits of a hash of the folded name.
REAL_PEOPLE = {
    "7bce4fd39ecdcf35",
    "c1e568e63e33bc87",
    "e25b8867ed73d53e",
    "3cf2380db552891b",
    "ac1467bf633ed67d",
    "767bb44a90627857",
    "a9b88630bf07d476",
    "c7a0f33aa7fc19af",
    "09e94e6d462759f7",
    "59c1176103d14864",
    "9d750466d1234dd9",
}


def everything_written(value: Any) -> list[str]:
    """Every text that stands in a data file, however deep; the names of its keys too."""
    if isinstance(value, dict):
        return [text for key, part in value.items() for text in (key, *everything_written(part))]
    if isinstance(value, list):
        return [text for part in value for text in everything_written(part)]
    return [value] if isinstance(value, str) else []


def real_people_in(texts: Iterable[str]) -> list[str]:
    """The texts in which three or four words together are a real person's name."""
    found = []
    for text in texts:
        words = re.findall(r"[a-z]+", fold(text))
        spoken = (
            " ".join(words[start : start + size])
            for size in (3, 4)
            for start in range(len(words) - size + 1)
        )
        if any(hashlib.sha256(one.encode()).hexdigest()[:16] in REAL_PEOPLE for one in spoken):
            found.append(text[:40])
    return found


def test_the_data_files_are_all_looked_at() -> None:
    assert {*HAND_WRITTEN, *GROWN} <= {path.name for path in DATA.glob("*.toml")}


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.name)
def test_no_name_of_a_real_person_stands_in_the_data(path) -> None:
    assert real_people_in(everything_written(read_data(path.name))) == []


def test_no_name_of_a_real_person_is_grown() -> None:
    names = {
        member.full_name
        for commune in demo_communes()
        for household in commune.households
        for member in household.members
    }
    assert len(names) > 1500
    assert real_people_in(names) == []
