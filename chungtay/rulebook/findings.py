"""What a finding is: class, deprivations, reasons, what is missing, what would flip it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chungtay.rulebook.lawbook import Reference
from chungtay.rulebook.wording import Sentence, catalogued

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


@dataclass(frozen=True)
class Flip:
    """One change that would move the household into another class."""

    kind: str
    codes: tuple[str, ...]
    to_classes: tuple[str, ...]
    sentence: Sentence

    @property
    def to_class(self) -> str:
        """The class after the change, "unknown" if several remain possible."""
        return self.to_classes[0] if len(self.to_classes) == 1 else "unknown"


@dataclass(frozen=True)
class DeprivationFinding:
    """One indicator of one household; `deprived` is None where it is not known."""

    code: str
    name: str
    dimension: str
    deprived: bool | None
    reasons: tuple[Sentence, ...]
    missing: tuple[Missing, ...]
    reference: Reference
    verified: bool


@dataclass(frozen=True)
class IncomeFinding:
    """Income against the line: VND a month per person, or B1 points; `low` is None if not known."""

    low: bool | None
    per_person_vnd: int | None
    line_vnd: int | None
    points: Decimal | None
    points_line: Decimal | None
    reasons: tuple[Sentence, ...]
    reference: Reference | None


@dataclass(frozen=True)
class Finding:
    """The class of a household under a standard on a date, computed, with everything behind it."""

    standard_id: str
    on: date
    household_class: str
    possible_classes: tuple[str, ...]
    income: IncomeFinding
    deprivation_count: tuple[int, int]
    deprivation_points: tuple[int, int] | None
    deprivations: tuple[DeprivationFinding, ...]
    reasons: tuple[Sentence, ...]
    missing: tuple[Missing, ...]
    flips: tuple[Flip, ...]
    notes: tuple[Sentence, ...]
    references: tuple[Reference, ...]
    verified: bool

    @property
    def income_low(self) -> bool | None:
        """Whether income is at or below the line."""
        return self.income.low

    @property
    def income_per_person_vnd(self) -> int | None:
        """Income per person, VND a month, if it was given."""
        return self.income.per_person_vnd

    @property
    def income_line_vnd(self) -> int | None:
        """The income line of the area, VND per person a month, if both are known."""
        return self.income.line_vnd

    @property
    def income_points(self) -> Decimal | None:
        """Form B1 points, if they were given."""
        return self.income.points

    @property
    def deprived_codes(self) -> tuple[str, ...]:
        """The codes of the indicators that are surely deprived."""
        return tuple(one.code for one in self.deprivations if one.deprived)
