"""The boxes of a datum of a plan: as typed, with what is wrong of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chungtay.plans.staged.boxes import shown
from chungtay.plans.staged.groups import CHOICE, Field, Group
from chungtay.web.templating import said

LONGEST_TYPED = 10_000


@dataclass
class Entry:
    """The boxes of a datum as typed, with what is wrong of each."""

    group: Group
    typed: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def errors(self) -> list[dict[str, str]]:
        """The errors as the summary on top shows them."""
        told = [{"field": name, "text": text} for name, text in self.wrong.items()]
        return [*told, *([{"field": "", "text": self.error}] if self.error else [])]

    def options(self, one: Field) -> list[tuple[str, str]]:
        """The choices of a field; a value outside them stands as it is."""
        offered = [(key, said(label)) for key, label in one.choices.items()]
        typed = self.typed[one.name]
        return offered if typed in one.choices else [(typed, typed or "—"), *offered]


def entry_of(group: Group, values: Mapping[str, Any]) -> Entry:
    """The boxes filled with what is kept."""
    return Entry(group, {one.name: shown(one, values.get(one.name)) for one in group.fields})


def typed_entry(posted: Mapping[str, Any], group: Group) -> Entry:
    """The boxes as they were sent."""
    typed = {one.name: str(posted.get(one.name, ""))[:LONGEST_TYPED] for one in group.fields}
    return Entry(group, {one.name: _bare(one, typed[one.name]) for one in group.fields})


def _bare(one: Field, text: str) -> str:
    return text if one.kind == CHOICE else text.replace("\r\n", "\n")
