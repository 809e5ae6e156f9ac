"""Village names as lists write them, held against the villages a commune has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import process

from chungtay.places.models import AreaType, Unit
from chungtay.rulebook.folding import fold, tidy

KINDS = (
    "to dan pho",
    "khu dan cu",
    "khu pho",
    "tieu khu",
    "thon",
    "ban",
    "buon",
    "lang",
    "xom",
    "soc",
    "khom",
    "khu",
    "tdp",
    "ap",
    "kp",
    "to",
)
LEAST_LIKENESS = 60
MOST_OFFERED = 3


@dataclass
class Villages:
    """The villages of a commune on a day, found by any usual spelling."""

    commune: Unit
    standing: list[Unit]
    _by_key: dict[str, list[Unit]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_key = {}
        for unit in self.standing:
            self._by_key.setdefault(village_key(unit.name), []).append(unit)

    def find(self, name: str) -> Unit | None:
        """The one village a name means; None if none or several."""
        folded = fold(name)
        exact = [unit for unit in self.standing if unit.folded == folded]
        found = exact or self._by_key.get(village_key(name), [])
        return found[0] if len(found) == 1 else None

    def nearest(self, name: str) -> list[str]:
        """The names nearest to one that is not known, best first."""
        names = {unit.name: unit.folded for unit in self.standing}
        found = process.extract(fold(name), names, limit=MOST_OFFERED, score_cutoff=LEAST_LIKENESS)
        return [key for _, _, key in found] or list(names)[:MOST_OFFERED]

    def new_name(self, name: str) -> str:
        """How a village that is to be made would be called: a bare number gets its kind."""
        clean = tidy(name)
        if village_key(clean) == _plain(clean):
            kind = "Thôn" if self.commune.area_type == AreaType.RURAL else "Tổ dân phố"
            clean = f"{kind} {clean}"
        return clean[:1].upper() + clean[1:]


def village_key(name: str) -> str:
    """What tells a village from its neighbours: its name without kind and leading zeros."""
    plain = _plain(name)
    for kind in KINDS:
        if plain.startswith(f"{kind} "):
            return plain[len(kind) + 1 :]
    return plain


def _plain(name: str) -> str:
    words = fold(name).replace(".", " ").replace("-", " ").split()
    return " ".join(_number(word) for word in words)


def _number(word: str) -> str:
    return str(int(word)) if word.isdecimal() else word


def new_villages(villages: Villages, names: Iterable[str | None]) -> dict[str, str]:
    """The villages a first list would make: what each would be called, by its key."""
    made: dict[str, str] = {}
    for name in names:
        if name and tidy(name):
            made.setdefault(village_key(name), villages.new_name(name))
    return made
