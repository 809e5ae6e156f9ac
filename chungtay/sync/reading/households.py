"""A group of rows turned into the draft of one household, with what is wrong about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from chungtay.rulebook.folding import fold
from chungtay.sync.reading.drafts import HouseholdDraft, MemberDraft
from chungtay.sync.reading.grouping import Group, Layout
from chungtay.sync.reading.messages import Message, quoted, say
from chungtay.sync.reading.rows import RowRead
from chungtay.sync.reading.vocabulary import HEAD, INDICATORS, label

MEMBER_ANSWERS = (
    "health_insurance",
    "education",
    "schooling",
    "work",
    "disabled",
    "monthly_assistance",
)
HOUSEHOLD_ANSWERS = {
    "income": "income_per_person_vnd",
    "income_points": "income_points",
    "house_area": "house_area_m2",
    **{name: name for name in INDICATORS},
}
SHARED = (
    "code",
    "village",
    "commune",
    "household_class",
    "subclass",
    "deprivation_points",
    "decision_number",
    "decision_date",
    "member_count",
    *HOUSEHOLD_ANSWERS,
)


@dataclass(frozen=True)
class Custom:
    """What holds for the whole list: how households are told apart and what a blank mark means."""

    layout: Layout
    marked: frozenset[str]
    counts_members: bool


def custom_of(groups: Sequence[Group], layout: Layout) -> Custom:
    """Look over all rows: indicators marked only with yes are taken as no where left blank."""
    rows = [row for group in groups for row in group.rows]
    columns = {name for row in rows[:1] for name in row.letters} & set(INDICATORS)
    answers = {row.get(name) for row in rows for name in columns} - {None}
    marked = frozenset(columns) if answers == {True} else frozenset()
    return Custom(layout, marked, any(len(group.rows) > 1 for group in groups))


def draft_household(group: Group, custom: Custom) -> HouseholdDraft:
    """Make the draft of a group of rows; whatever is wrong stands in its messages."""
    messages = [message for row in group.rows for message in row.messages]
    shared = _shared(group, messages)
    members = _members(group, custom.layout, messages)
    heads = [member for member in members if member.relation == HEAD]
    first = group.rows[0]
    _check_count(shared.get("member_count"), members, first, custom, messages)
    household_class, _, subclass = (_class(group, shared, messages) or "").partition("/")
    return HouseholdDraft(
        row=first.number,
        rows=tuple(row.number for row in group.rows),
        household_code=shared.get("code"),
        village=shared.get("village"),
        address=_first(group, "address"),
        head=heads[0] if heads else None,
        members=tuple(heads + [member for member in members if member.relation != HEAD]),
        answers=MappingProxyType(_household_answers(shared, custom)),
        household_class=household_class or None,
        subclass=subclass or _subclass(shared, household_class),
        commune=shared.get("commune"),
        deprivation_points=shared.get("deprivation_points"),
        member_count=shared.get("member_count"),
        decision_number=shared.get("decision_number"),
        decision_date=shared.get("decision_date"),
        messages=tuple(messages),
    )


def _first(group: Group, key: str) -> Any:
    return next((row.get(key) for row in group.rows if row.get(key) is not None), None)


def _shared(group: Group, messages: list[Message]) -> dict[str, Any]:
    """What the rows say of the household as a whole; the first row that speaks decides."""
    shared: dict[str, Any] = {}
    spoke: dict[str, RowRead] = {}
    for row in group.rows:
        for key in SHARED:
            value = row.get(key)
            if value is None:
                continue
            known = shared.setdefault(key, value)
            first = spoke.setdefault(key, row)
            if not _same(known, value):
                said = {"first": first.number, "label": label(key)}
                messages.append(say("values_differ", row.number, row.letter(key), **said))
    return shared


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return fold(one) == fold(other)
    return bool(one == other)


def _household_answers(shared: Mapping[str, Any], custom: Custom) -> dict[str, Any]:
    answers = {name: shared[key] for key, name in HOUSEHOLD_ANSWERS.items() if key in shared}
    if any(answers.get(name) for name in custom.marked):
        answers = {**dict.fromkeys(sorted(custom.marked), False), **answers}
    return answers


def _class(group: Group, shared: Mapping[str, Any], messages: list[Message]) -> str | None:
    able, protected = (_first(group, key) for key in ("class_poor_a", "class_poor_b"))
    poor, near_poor = (_first(group, key) for key in ("class_poor", "class_near_poor"))
    poor = poor or able or protected
    if poor and near_poor:
        row = group.rows[0]
        messages.append(say("both_classes", row.number, row.letter("class_near_poor")))
        return None
    kind = "" if bool(able) == bool(protected) else "/A" if able else "/B"
    marked = f"poor{kind}" if poor else "near_poor" if near_poor else None
    said: str | None = shared.get("household_class") or marked or _first(group, "section_class")
    return said


def _subclass(shared: Mapping[str, Any], household_class: str) -> str | None:
    """A or B of a column of its own; it speaks of poor households alone."""
    kind: str | None = shared.get("subclass")
    return kind if household_class == "poor" else None


def _members(group: Group, layout: Layout, messages: list[Message]) -> list[MemberDraft]:
    people: list[tuple[RowRead, str]] = []
    for row in group.rows:
        name = row.name or _standing_for_head(row, group, layout)
        if name is None:
            if not _said_of_name(row):
                messages.append(say("name_missing", row.number, row.letter(_name_key(layout))))
        else:
            people.append((row, name))
    relations = _relations(people, group, layout, messages)
    members = [
        _member(row, name, relation)
        for (row, name), relation in zip(people, relations, strict=True)
    ]
    if group.head_name and layout.has_head_name and HEAD not in relations and people:
        members.insert(0, MemberDraft(group.rows[0].number, group.head_name, HEAD))
    return members


def _name_key(layout: Layout) -> str:
    return "full_name" if layout.has_members else "head_name"


def _standing_for_head(row: RowRead, group: Group, layout: Layout) -> str | None:
    """A row without a member's name speaks of the head where the head's name stands in it."""
    if layout.has_members and row is not group.rows[0]:
        return None
    name: str | None = row.get("head_name")
    return name


def _said_of_name(row: RowRead) -> bool:
    """Whether the name's own cell has already been refused."""
    return any(
        message.severity == "refused"
        and message.column in {row.letters.get("full_name"), row.letters.get("head_name")}
        for message in row.messages
    )


def _relations(
    people: list[tuple[RowRead, str]], group: Group, layout: Layout, messages: list[Message]
) -> list[str | None]:
    """The relation of each person; finds the head, and says so when there is none or two."""
    relations: list[str | None] = [row.get("relation") for row, _ in people]
    heads = [row for row, _ in people if row.is_head]
    for extra in heads[1:]:
        column = extra.letter("relation")
        messages.append(say("two_heads", extra.number, column, first=heads[0].number))
    if not heads:
        place = _find_head(people, relations, group, layout, messages)
        if place is not None:
            relations[place] = HEAD
    if layout.has_relation:
        for (row, _), relation in zip(people, relations, strict=True):
            if relation is None and "relation" not in _refused_keys(row):
                messages.append(say("relation_missing", row.number, row.letter("relation")))
    return relations


def _refused_keys(row: RowRead) -> set[str]:
    columns = {message.column for message in row.messages}
    return {key for key, letter in row.letters.items() if letter in columns}


def _find_head(
    people: list[tuple[RowRead, str]],
    relations: list[str | None],
    group: Group,
    layout: Layout,
    messages: list[Message],
) -> int | None:
    """Which person is the head although no row says so; None with a message when nobody is."""
    first = group.rows[0]
    if not people:
        return None
    if group.head_name and layout.has_head_name:
        wanted = fold(group.head_name)
        same = [place for place, (_, name) in enumerate(people) if fold(name) == wanted]
        if not same:
            said = quoted(group.head_name)
            column = first.letter("head_name")
            messages.append(say("head_without_row", first.number, column, value=said))
        return same[0] if same else None
    if not layout.has_relation and len(people) == 1:
        return 0
    others_said = all(relation for relation in relations[1:])
    if relations[0] is None and (others_said or not layout.has_relation):
        row = people[0][0]
        messages.append(say("head_assumed", row.number, row.letter(_name_key(layout))))
        return 0
    messages.append(say("head_missing", first.number, first.letter("relation")))
    return None


def _member(row: RowRead, name: str, relation: str | None) -> MemberDraft:
    answers = {key: row.get(key) for key in MEMBER_ANSWERS if row.get(key) is not None}
    return MemberDraft(
        row=row.number,
        full_name=name,
        relation=relation,
        sex=row.get("sex"),
        birth=row.get("birth"),
        citizen_id=row.get("citizen_id"),
        ethnicity=row.get("ethnicity"),
        answers=MappingProxyType(answers),
        notes=row.get("notes"),
        extras=MappingProxyType(dict(row.extras)),
    )


def _check_count(
    said: int | None,
    members: list[MemberDraft],
    row: RowRead,
    custom: Custom,
    messages: list[Message],
) -> None:
    if said is not None and custom.counts_members and said != len(members):
        values = {"said": said, "found": len(members)}
        messages.append(
            say("member_count_differs", row.number, row.letter("member_count"), **values)
        )
