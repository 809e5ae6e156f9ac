"""What a household is known to have answered on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from chungtay.households.models import AnswerSheet


@dataclass
class Answers:
    """Answers merged over all sheets up to a day; a value of None says "chưa rõ"."""

    household: dict[str, Any] = field(default_factory=dict)
    members: dict[str, dict[str, Any]] = field(default_factory=dict)

    def overlay(self, sheet: Mapping[str, Any]) -> None:
        """Let a later sheet override single answers."""
        self.household.update(sheet.get("household", {}))
        for person, values in sheet.get("members", {}).items():
            self.members.setdefault(person, {}).update(values)

    def difference(
        self, answers: Mapping[str, Any], members: Mapping[str, Mapping[str, Any]]
    ) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        """Of some new answers, those that differ from what is known."""
        changed = _differing(self.household, answers)
        changed_members = {
            person: differing
            for person, values in members.items()
            if (differing := _differing(self.members.get(person, {}), values))
        }
        return changed, changed_members

    def values_of(
        self, answers: Mapping[str, Any], members: Mapping[str, Mapping[str, Any]]
    ) -> dict[str, Any]:
        """What is known now of the facts named."""
        return {
            "household": {name: self.household.get(name) for name in answers},
            "members": {
                person: {name: self.members.get(person, {}).get(name) for name in values}
                for person, values in members.items()
            },
        }


def _differing(known: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if known.get(name) != value}


def answers_on(household_id: UUID, on: date) -> Answers:
    """The answers of one household as known on a day."""
    return answers_of_many([household_id], on)[household_id]


def answers_of_many(household_ids: Iterable[UUID], on: date) -> dict[UUID, Answers]:
    """The answers of several households as known on a day, in one query."""
    merged: dict[UUID, Answers] = defaultdict(Answers)
    sheets = (
        AnswerSheet.objects.filter(household__in=list(household_ids), on__lte=on, withdrawn=False)
        .order_by("on", "id")
        .values_list("household_id", "answers")
    )
    for household_id, sheet in sheets:
        merged[household_id].overlay(sheet)
    return merged
