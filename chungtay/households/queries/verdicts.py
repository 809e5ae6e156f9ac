"""What the law finds of many households, in short, remembered until the next act.

Reading a household's facts costs half a millisecond, and a first page asks for those of a whole
commune at every request. The short of a finding is the class and the lacking indicators: nothing
personal stays in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chungtay.acts.remembering import remembered, version
from chungtay.households.models import Household
from chungtay.households.queries.nameless import short_findings
from chungtay.rulebook.classifying import Finding
from chungtay.rulebook.findings import Contradiction

CONTRADICTION = "contradiction"


@dataclass(frozen=True)
class Verdict:
    """A finding in short: the class found, "unknown" or "contradiction", and what is lacking."""

    found: str
    lacking: tuple[str, ...]

    @classmethod
    def of(cls, finding: Finding | Contradiction) -> Verdict:
        """The short of a finding."""
        if isinstance(finding, Contradiction):
            return cls(CONTRADICTION, ())
        return cls(finding.household_class, finding.deprived_codes)


def verdicts_of(households: Iterable[Household], on: date, standard: str) -> Mapping[UUID, Verdict]:
    """The findings of several households on a day by a standard, in short."""
    listed = list(households)

    def make() -> Mapping[UUID, Verdict]:
        found = short_findings(listed, on, standard)
        return {pk: Verdict.of(finding) for pk, finding in found.items()}

    key = ("verdicts", on, standard, frozenset(one.pk for one in listed))
    return remembered(key, version(), make)
