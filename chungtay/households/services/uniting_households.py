"""Uniting the rows of two households: members, places, classes, answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from chungtay.acts.refusing import Refused
from chungtay.households.models import (
    AnswerSheet,
    Household,
    Membership,
    Person,
    Residence,
    StatusSpell,
)
from chungtay.households.models.people import HEAD
from chungtay.households.services.changes import Changes
from chungtay.households.services.followers import follow_all
from chungtay.households.services.uniting import (
    KEPT,
    LOST,
    ONE_DAY,
    Uniting,
    first,
    last,
    overlap,
    unite,
)
from chungtay.rulebook.wording import Sentence

HOUSEHOLD_FIELDS = ("village", "code", "address")


@dataclass
class HouseholdUniting:
    """Two records of one household, and everything a person decided about them.

    ``pairs`` maps a person of the lost household to the same one of the kept; who is not in it
    comes along. ``spells`` says for each standard whose classes hold where both have one.
    """

    kept: Household
    lost: Household
    values: Mapping[str, str] = field(default_factory=dict)
    pairs: Mapping[UUID, UUID] = field(default_factory=dict)
    people: Mapping[UUID, Mapping[str, str]] = field(default_factory=dict)
    spells: Mapping[str, str] = field(default_factory=dict)


def unite_households(changes: Changes, given: HouseholdUniting) -> None:
    """Unite two households; the lost one is withdrawn and points at the kept one."""
    kept, lost = changes.touch(given.kept), changes.touch(given.lost)
    _refuse_away(kept, lost)
    _take_values(kept, lost, given.values)
    _unite_members(changes, given)
    _unite_spells(changes, given)
    _unite_residences(changes, kept, lost)
    for sheet in AnswerSheet.objects.filter(household=lost.pk, withdrawn=False):
        changes.touch(sheet).household_id = kept.pk
    follow_all(changes, kept, lost)
    lost.withdrawn, lost.merged_into_id = True, kept.pk


def _take_values(kept: Household, lost: Household, values: Mapping[str, str]) -> None:
    for name in HOUSEHOLD_FIELDS:
        if values.get(name) == LOST:
            attribute = "village_id" if name == "village" else name
            setattr(kept, attribute, getattr(lost, attribute))
    if first(lost) < first(kept):
        kept.valid_from, kept.begun_by_id = lost.valid_from, lost.begun_by_id
    if last(lost) > last(kept):
        kept.valid_to, kept.ended_by_id = lost.valid_to, lost.ended_by_id


def _refuse_away(*households: Household) -> None:
    for household in households:
        if household.away_from is not None:
            raise Refused(
                Sentence(
                    "Hộ {head} đã chuyển đi và đang chờ nơi đến nhận, nên chưa gộp. "
                    "Hãy đợi nơi đến nhận hộ, hoặc hoàn tác việc chuyển đi.",
                    head=household.head_name,
                )
            )


def _unite_members(changes: Changes, given: HouseholdUniting) -> None:
    same = {given.lost.pk: given.kept.pk}
    heads = Membership.objects.filter(relation=HEAD, valid_to=None, withdrawn=False)
    takes_head = not heads.filter(household=given.kept.pk).exists()
    people = {
        one.pk: one
        for one in Person.objects.select_for_update().filter(
            pk__in=[*given.pairs, *given.pairs.values()], withdrawn=False
        )
    }
    for lost_id, kept_id in given.pairs.items():
        if lost_id not in people or kept_id not in people:
            raise Refused(Sentence("Có thành viên không còn trong sổ. Hãy mở lại trang so sánh."))
        values = given.people.get(lost_id, {})
        uniting = Uniting(people[kept_id], people[lost_id], values, given.kept.pk, same, takes_head)
        unite(changes, uniting)
    _bring_the_others(changes, given)


def _bring_the_others(changes: Changes, given: HouseholdUniting) -> None:
    rows = Membership.objects.select_for_update().filter(withdrawn=False)
    own = [changes.touch(row) for row in rows.filter(household=given.kept.pk).order_by("pk")]
    position = max((row.position for row in own), default=0)
    come = rows.filter(household=given.lost.pk).exclude(person__in=list(given.pairs))
    for row in map(changes.touch, come.order_by("position", "pk")):
        position += 1
        row.household_id, row.position = given.kept.pk, position
    _leave_one_head(changes, own, given.kept)


def _leave_one_head(changes: Changes, own: list[Membership], kept: Household) -> None:
    """The heads of the kept record stay; whose relation to them nobody has said is left open."""
    heads = [row for row in own if row.relation == HEAD and not row.withdrawn]
    for row in changes.held(Membership):
        if row.relation != HEAD or row.withdrawn or row.household_id != kept.pk or row in heads:
            continue
        if any(overlap(row, head) for head in heads):
            row.relation = ""
        else:
            heads.append(row)


def clashes(kept: Household, lost: Household) -> dict[str, list[tuple[StatusSpell, StatusSpell]]]:
    """By standard, the classes of two households that hold on the same days and differ."""
    rows = list(
        StatusSpell.objects.filter(household__in=(kept.pk, lost.pk), withdrawn=False)
        .select_related("decision")
        .order_by("valid_from", "pk")
    )
    own = [row for row in rows if row.household_id == kept.pk]
    found: dict[str, list[tuple[StatusSpell, StatusSpell]]] = {}
    for row in rows:
        if row.household_id != lost.pk:
            continue
        for one in own:
            if one.standard == row.standard and overlap(one, row) and not _says_the_same(one, row):
                found.setdefault(row.standard, []).append((one, row))
    return found


def _says_the_same(one: StatusSpell, other: StatusSpell) -> bool:
    same = ("household_class", "subclass", "valid_from", "valid_to")
    return all(getattr(one, name, "") == getattr(other, name, "") for name in same)


def _unite_spells(changes: Changes, given: HouseholdUniting) -> None:
    """Bring the classes along; where both records have one at a time, the chosen one holds."""
    undecided = set(clashes(given.kept, given.lost)) - {
        standard for standard, side in given.spells.items() if side in (KEPT, LOST)
    }
    if undecided:
        raise Refused(
            Sentence(
                "Hai hộ cùng có diện theo chuẩn {standards} trong cùng thời gian. "
                "Hãy chọn diện của hộ nào đúng.",
                standards=", ".join(sorted(undecided)),
            )
        )
    rows = StatusSpell.objects.select_for_update().filter(withdrawn=False)
    own = [changes.touch(row) for row in rows.filter(household=given.kept.pk)]
    for row in map(changes.touch, rows.filter(household=given.lost.pk).order_by("pk")):
        twins = [one for one in own if one.standard == row.standard and overlap(one, row)]
        if twins and given.spells.get(row.standard) != LOST:
            row.withdrawn = True
            continue
        for one in twins:
            one.withdrawn = True
        row.household_id = given.kept.pk


def _unite_residences(changes: Changes, kept: Household, lost: Household) -> None:
    """The places of the kept record hold; those of the lost one tell of the time before them."""
    rows = Residence.objects.select_for_update().filter(withdrawn=False)
    own = sorted(map(changes.touch, rows.filter(household=kept.pk)), key=first)
    for row in map(changes.touch, rows.filter(household=lost.pk)):
        if own and first(row) >= first(own[0]):
            row.withdrawn = True
            continue
        row.household_id = kept.pk
        if own and last(row) >= first(own[0]):
            row.valid_to = first(own[0]) - ONE_DAY
    for row in own:
        if row.valid_to is None:
            row.village_id = kept.village_id
