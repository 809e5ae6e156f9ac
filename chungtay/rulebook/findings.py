"""The parts of a finding: income, what is missing, what would flip it, what contradicts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from chungtay.rulebook.lawbook import Reference
from chungtay.rulebook.wording import Sentence, catalogued

Count = tuple[int, int]
CLASS_LABELS = {
    "poor": catalogued("hộ nghèo"),
    "near_poor": catalogued("hộ cận nghèo"),
    "average_living": catalogued("hộ có mức sống trung bình"),
    "not_poor": catalogued("hộ không nghèo"),
    "unknown": catalogued("chưa rõ"),
}


class Contradiction(ValueError):
    """Two income figures that cannot both be right; `facts` names them."""

    def __init__(self, facts: tuple[str, ...], sentence: Sentence) -> None:
        self.facts, self.sentence = facts, sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Missing:
    """What must still be asked: the fact (or the unknown value of the law), of whom, in words."""

    fact: str
    member: str | None
    sentence: Sentence
    indicator: str | None = None


class Flip(NamedTuple):
    """One change that would move the household into another class."""

    kind: str
    codes: tuple[str, ...]
    to_classes: tuple[str, ...]
    sentence: Sentence

    @property
    def to_class(self) -> str:
        """The class after the change, "unknown" if several remain possible."""
        return self.to_classes[0] if len(self.to_classes) == 1 else "unknown"


class IncomeFinding(NamedTuple):
    """Income against the line: VND a month per person, or B1 points; `low` is None if not known."""

    low: bool | None
    per_person_vnd: int | None
    line_vnd: int | None
    points: Decimal | None
    points_line: Decimal | None
    reasons: tuple[Sentence, ...]
    reference: Reference | None
