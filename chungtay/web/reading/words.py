"""A datum in a few words: what an officer compares with the sentence beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from chungtay.plans.models import ReadDatum
from chungtay.plans.staged.boxes import shown
from chungtay.plans.staged.groups import CHOICE, LINES, Group
from chungtay.plans.staged.queries import Read
from chungtay.web.templating import said

# The values that make the first line of a datum; the others stand beneath it with their labels.
FIRST = {
    "head": ("subject",),
    "basis": ("text",),
    "money": ("amount_vnd",),
    "deadline": ("date",),
    "duty": ("text",),
    "household": ("head",),
    "recipient": ("name",),
    "signature": ("name",),
}
NOT_TOLD = {"target": ("kind", "value", "value_to", "unit", "measure", "comparator", "population")}
LONGEST_FIRST = 220


@dataclass(frozen=True)
class Shown:
    """One datum as it stands in the list."""

    id: int
    first: str
    more: list[tuple[str, str, bool]]
    state: str
    state_word: str
    added: bool
    was: str
    version: int
    changed_by: str
    start: int | None


def shown_datum(one: Read) -> Shown:
    """A datum with its words; ``was`` says what was read where it was corrected."""
    row = one.row
    return Shown(
        id=row.pk,
        first=first_of(one.group, one.values),
        more=_more(one.group, one.values),
        state=row.state,
        state_word=str(ReadDatum.State(row.state).label),
        added=one.added,
        was=whole_of(one.group, one.was) if one.corrected and one.was is not None else "",
        version=row.version,
        changed_by=row.changed_by,
        start=row.start,
    )


def first_of(group: Group, values: dict[str, Any]) -> str:
    """The first line of a datum."""
    if group.name == "target":
        return _target(group, values)
    text = " ".join(_value(group, name, values) for name in FIRST[group.name]).strip()
    if group.name == "money":
        text = _("%(amount)s đồng") % {"amount": text}
    if not text:
        return _("chưa đọc được")
    return text if len(text) <= LONGEST_FIRST else f"{text[:LONGEST_FIRST].rstrip()}…"


def whole_of(group: Group, values: dict[str, Any]) -> str:
    """A datum in one line, every value told."""
    told = [f"{label}: {text}" for label, text, _own in _more(group, values)]
    return " · ".join([first_of(group, values), *told])


def _more(group: Group, values: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """Label, value, and whether the value stands in the plan's own words."""
    first = FIRST.get(group.name, ()) or NOT_TOLD.get(group.name, ())
    told = (
        (said(field.label), _value(group, field.name, values), field.kind != CHOICE)
        for field in group.fields
        if field.name not in first
    )
    return [(label.partition(" (")[0], text, own) for label, text, own in told if text]


def _value(group: Group, name: str, values: dict[str, Any]) -> str:
    field, value = group.of(name), values.get(name)
    if value in (None, "", []):
        return ""
    if field.kind == CHOICE:
        return said(field.choices.get(value, str(value)))
    if field.kind == LINES:
        return ", ".join(value)
    return shown(field, value)


def _target(group: Group, values: dict[str, Any]) -> str:
    """ "giảm ít nhất 35 % (phần của một số gốc), hộ nghèo"."""
    told = {name: _value(group, name, values) for name in NOT_TOLD["target"]}
    compared = "" if values["comparator"] in ("=", "range") else told["comparator"]
    number = f"{told['value']}–{told['value_to']}" if told["value_to"] else told["value"]
    counted = values["measure"] == "count"
    words = [told["kind"], compared, number, told["unit"] if counted else "%"]
    line = " ".join(filter(None, words))
    measured = "" if counted else told["measure"].removesuffix(", %")
    return ", ".join(filter(None, [line, told["population"], measured]))
