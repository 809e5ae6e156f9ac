"""What a finding is: class, deprivations, reasons, what is missing, what would flip it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from chungtay.rulebook.lawbook import Reference
from chungtay.rulebook.once import once
from chungtay.rulebook.wording import Sentence, catalogued

if TYPE_CHECKING:
    from chungtay.rulebook.deprivations import DeprivationFinding

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
class IncomeFinding:
    """Income against the line: VND a month per person, or B1 points; `low` is None if not known."""

    low: bool | None
    per_person_vnd: int | None
    line_vnd: int | None
    points: Decimal | None
    points_line: Decimal | None
    reasons: tuple[Sentence, ...]
    reference: Reference | None


class Behind(Protocol):
    """What stands behind a finding, worked out when it is asked for."""

    def income(self) -> IncomeFinding:
        """Income against the line."""

    def deprivations(self) -> tuple[DeprivationFinding, ...]:
        """Every indicator with its reasons."""

    def deprivation_points(self) -> tuple[int, int] | None:
        """The least and the most points of form B2; None where the standard counts none."""

    def reasons(self) -> tuple[Sentence, ...]:
        """Why it is this class."""

    def missing(self) -> tuple[Missing, ...]:
        """What must be asked to decide the class."""

    def flips(self) -> tuple[Flip, ...]:
        """What single change would make it another class."""

    def notes(self) -> tuple[Sentence, ...]:
        """What must be known of the standard itself."""

    def references(self) -> tuple[Reference, ...]:
        """The articles it rests on."""


class Finding:
    """The class of a household under a standard on a date, computed, with everything behind it.

    The class and the indicators are decided when it is made; sentences are put together when they
    are read, because most findings are only counted.
    """

    def __init__(
        self,
        *,
        standard_id: str,
        on: date,
        possible_classes: tuple[str, ...],
        income_low: bool | None,
        codes: Sequence[str],
        deprived: Sequence[bool | None],
        deprivation_count: tuple[int, int],
        behind: Behind,
    ) -> None:
        self.standard_id, self.on = standard_id, on
        self.possible_classes = possible_classes
        self.household_class = possible_classes[0] if len(possible_classes) == 1 else "unknown"
        self.income_low = income_low
        self.codes, self.deprived = codes, deprived
        self.deprivation_count = deprivation_count
        self._behind = behind

    @once
    def income(self) -> IncomeFinding:
        """Income against the line."""
        return self._behind.income()

    @once
    def deprivations(self) -> tuple[DeprivationFinding, ...]:
        """Every indicator of the standard, in its order."""
        return self._behind.deprivations()

    @once
    def deprivation_points(self) -> tuple[int, int] | None:
        """The least and the most points of form B2; None where the standard counts none."""
        return self._behind.deprivation_points()

    @once
    def reasons(self) -> tuple[Sentence, ...]:
        """Why it is this class, in sentences with their articles."""
        return self._behind.reasons()

    @once
    def missing(self) -> tuple[Missing, ...]:
        """What must be asked to decide the class; nothing if it is decided."""
        return self._behind.missing()

    @once
    def flips(self) -> tuple[Flip, ...]:
        """What single change would make a decided class another one."""
        return self._behind.flips()

    @once
    def notes(self) -> tuple[Sentence, ...]:
        """What must be known of the standard itself."""
        return self._behind.notes()

    @once
    def references(self) -> tuple[Reference, ...]:
        """The articles it rests on."""
        return self._behind.references()

    @property
    def verified(self) -> bool:
        """Whether the text of every article it rests on was compared."""
        return all(reference.verified for reference in self.references)

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
        return tuple(
            code for code, deprived in zip(self.codes, self.deprived, strict=True) if deprived
        )
