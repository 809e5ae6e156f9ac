"""Acts on records that are written twice: merged, put back, or found to be two after all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chungtay.acts import sealing
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import (
    Household,
    KeptApart,
    Membership,
    PairKind,
    Person,
    RecordMerge,
)
from chungtay.households.models.people import HEAD
from chungtay.households.services.answers import subject_of
from chungtay.households.services.changes import Changes, put_back
from chungtay.households.services.uniting import Uniting, refuse_two_heads, unite
from chungtay.households.services.uniting_households import HouseholdUniting, unite_households
from chungtay.households.services.versions import lock_household
from chungtay.households.writing import describe, household_values, personal_values
from chungtay.rulebook.wording import Sentence

RIGHT = "households.change"
PURPOSE = "merge"
Versions = Mapping[UUID, int]


def merge_persons(
    *,
    actor: Actor,
    kept: Membership,
    lost: Membership,
    values: Mapping[str, str],
    home: UUID | None,
    versions: Versions,
    key: str = "",
) -> dict[str, Any]:
    """RecordMerge two records of one person, each seen through one of its memberships.

    ``values`` names the fields whose value the lost record gives; ``home`` is the household she
    stays in where both claim her. Refused if a household would lose its head or everybody; Stale
    if a household changed since ``versions``.
    """
    _refuse_itself(kept.person_id, lost.person_id)
    places = {kept.household_id: kept.household, lost.household_id: lost.household}
    _ask_right(actor, places.values())

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = _lock_all(places, versions)
        people = _lock_people(kept.person_id, lost.person_id)
        first, second = people[kept.person_id], people[lost.person_id]
        before = personal_values(first)
        changes = Changes()
        for household in fresh.values():
            changes.touch(household)
        unite(changes, Uniting(first, second, values, home))
        merge = RecordMerge(kind=PairKind.PERSON, kept=first.pk, lost=second.pk)
        merge.household = fresh[home if home in fresh else kept.household_id]
        _settle(changes, merge, fresh, actor)
        line.trace(first.pk, first.trace_salt, before=before, after=personal_values(first))
        line.trace(second.pk, second.trace_salt, before=personal_values(second), after=None)
        line.details = {"merge": str(merge.pk), "lost": f"person:{second.pk}"}
        return _answer(merge)

    deed = _deed("households.merge_persons", kept.household, key)
    return perform(actor, deed, write)


def merge_households(
    *, actor: Actor, given: HouseholdUniting, versions: Versions, key: str = ""
) -> dict[str, Any]:
    """RecordMerge two records of one household.

    Refused if classes that clash are not decided, or a member would stand in two households; Stale
    if either household changed since ``versions``.
    """
    _refuse_itself(given.kept.pk, given.lost.pk)
    places = {one.pk: one for one in (given.kept, given.lost)}
    _ask_right(actor, places.values())

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = _lock_all(places, versions)
        changes = Changes()
        given.kept, given.lost = (changes.touch(fresh[one.pk]) for one in (given.kept, given.lost))
        before, gone = household_values(given.kept), household_values(given.lost)
        unite_households(changes, given)
        merge = RecordMerge(kind=PairKind.HOUSEHOLD, kept=given.kept.pk, lost=given.lost.pk)
        merge.household = given.kept
        _settle(changes, merge, fresh, actor)
        line.trace(
            given.kept.pk,
            given.kept.trace_salt,
            before=before,
            after=household_values(given.kept),
        )
        line.trace(given.lost.pk, given.lost.trace_salt, before=gone, after=None)
        line.details = {"merge": str(merge.pk), "lost": subject_of(given.lost.pk)}
        return _answer(merge)

    deed = _deed("households.merge_households", given.kept, key)
    return perform(actor, deed, write)


def undo_merge(*, actor: Actor, merge: RecordMerge, key: str = "") -> dict[str, Any]:
    """Put back both records as they were; Refused once anything was built on the merged one."""

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = RecordMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        if fresh.withdrawn:
            raise Refused(Sentence("Lần gộp này đã được hoàn tác rồi."))
        _refuse_if_built_on(fresh)
        kept = json.loads(_unseal(fresh))
        _refuse_if_taken(kept)
        put_back(kept)
        fresh.withdrawn = True
        fresh.save(update_fields=["withdrawn"])
        line.details = {"merge": str(fresh.pk), "kind": fresh.kind}
        return _answer(fresh)

    return perform(actor, _deed("households.undo_merge", merge.household, key), write)


def keep_apart(
    *, actor: Actor, kind: str, household: Household, one: UUID, other: UUID, key: str = ""
) -> int:
    """Remember that two records are not the same, so that the pair is not shown again."""
    _refuse_itself(one, other)
    first, second = sorted((one, other))

    def write(line: OpenLine) -> int:
        row, _ = KeptApart.objects.get_or_create(
            kind=kind,
            first=first,
            second=second,
            withdrawn=False,
            defaults={"household": household, "said_by": actor.name},
        )
        line.details = {"kind": kind, "pair": [str(first), str(second)]}
        return row.pk

    return perform(actor, _deed("households.keep_apart", household, key), write)


def look_again(*, actor: Actor, row: KeptApart, key: str = "") -> int:
    """Take back that two records are not the same: the pair is shown again."""

    def write(line: OpenLine) -> int:
        KeptApart.objects.filter(pk=row.pk).update(withdrawn=True)
        line.details = {"kind": row.kind, "pair": [str(row.first), str(row.second)]}
        return row.pk

    return perform(actor, _deed("households.look_again", row.household, key), write)


def _refuse_itself(one: UUID, other: UUID) -> None:
    if one == other:
        raise Refused(Sentence("Hai bản ghi này là một, không có gì để gộp."))


def _ask_right(actor: Actor, households: Any) -> None:
    """Both records must lie where the actor may change them; the act asks at one place only."""
    for household in households:
        if not actor.may(RIGHT, household.village or household.commune):
            raise NotAllowed(Sentence("Tài khoản này không có quyền làm việc đó ở địa bàn này."))


def _lock_all(places: Mapping[UUID, Household], versions: Versions) -> dict[UUID, Household]:
    return {one: lock_household(one, versions.get(one)) for one in sorted(places)}


def _lock_people(*ids: UUID) -> dict[UUID, Person]:
    rows = Person.objects.select_for_update().filter(pk__in=ids, withdrawn=False)
    people = {row.pk: row for row in rows.order_by("pk")}
    if len(people) != len(ids):
        raise Refused(
            Sentence("Một trong hai người không còn trong sổ. Hãy tải lại danh sách trùng.")
        )
    return people


def _settle(
    changes: Changes, merge: RecordMerge, fresh: Mapping[UUID, Household], actor: Actor
) -> None:
    """Write everything, name the households anew, and keep sealed what undoing will need."""
    headed = _with_heads(fresh)
    _refuse_two_heads(changes)
    for household in fresh.values():
        household.version += 1
    changes.write()
    _refuse_headless(fresh, headed - _with_heads(fresh))
    for household in fresh.values():
        if not household.withdrawn:
            _name_again(household)
    merge.versions = {str(one.pk): one.version for one in fresh.values()}
    merge.merged_by = actor.name
    plain = json.dumps(changes.as_json(), ensure_ascii=False).encode()
    merge.undo = sealing.seal(PURPOSE, plain, bound_to=merge.pk.bytes, salt=bytes(merge.salt))
    merge.save()


def _refuse_two_heads(changes: Changes) -> None:
    """Asked of the rows as they shall be, before the database is: it would only say no."""
    held = {row.pk: row for row in changes.held(Membership)}
    places = {row.household_id for row in held.values()}
    kept = Membership.objects.filter(household__in=places, withdrawn=False).exclude(pk__in=held)
    refuse_two_heads([*held.values(), *kept.select_related("household")])


def _with_heads(fresh: Mapping[UUID, Household]) -> set[UUID]:
    """Which of some households have a head today."""
    rows = Membership.objects.filter(
        household__in=list(fresh), relation=HEAD, valid_to=None, withdrawn=False
    )
    return set(rows.values_list("household", flat=True))


def _refuse_headless(fresh: Mapping[UUID, Household], without: set[UUID]) -> None:
    """Refused if a household that goes on loses its head, as by the death of the other record."""
    for one in sorted(without):
        household = fresh[one]
        if not household.withdrawn and household.valid_to is None:
            raise Refused(
                Sentence(
                    "Hộ {head} sẽ không còn chủ hộ. Hãy đổi chủ hộ trước, "
                    "hoặc ghi việc đã xảy ra với hộ, rồi gộp.",
                    head=household.head_name,
                )
            )


def _name_again(household: Household) -> None:
    rows = list(
        Membership.objects.filter(household=household, valid_to=None, withdrawn=False)
        .select_related("person")
        .order_by("position", "id")
    )
    heads = (row.person.full_name for row in rows if row.relation == HEAD)
    describe(household, next(heads, household.head_name), [row.person for row in rows])
    household.save()


def _refuse_if_built_on(merge: RecordMerge) -> None:
    rows = Household.objects.select_for_update().filter(pk__in=list(merge.versions))
    changed = [row.head_name for row in rows if merge.versions[str(row.pk)] != row.version]
    if changed:
        raise Refused(
            Sentence(
                "Không hoàn tác được vì hộ {name} đã được sửa tiếp sau khi gộp. "
                "Hãy sửa tay ở trang của hộ.",
                name=changed[0],
            )
        )


def _refuse_if_taken(kept: Mapping[str, Any]) -> None:
    """A code or an ID number that a record gave up may be another's by now."""
    ids = list(kept["rows"].get("households.Household", {}))
    for household in Household.objects.filter(pk__in=ids):
        code = kept["rows"]["households.Household"][str(household.pk)]["before"].get(
            "code", household.code
        )
        standing = Household.objects.filter(
            commune=household.commune_id, code=code, valid_to=None, withdrawn=False
        ).exclude(pk__in=ids)
        if code and (other := standing.first()) is not None:
            raise Refused(
                Sentence(
                    "Không hoàn tác được vì mã hộ {code} nay là của hộ {name}. "
                    "Hãy đổi mã của hộ đó rồi hoàn tác lại.",
                    code=code,
                    name=other.head_name,
                )
            )
    people = kept["rows"].get("households.Person", {})
    indexes = Person.objects.filter(pk__in=list(people)).exclude(id_index=None)
    taken = Membership.objects.filter(
        person__id_index__in=list(indexes.values_list("id_index", flat=True)),
        household__commune__in=Household.objects.filter(pk__in=ids).values("commune"),
        household__withdrawn=False,
        valid_to=None,
        withdrawn=False,
    ).exclude(person__in=list(people))
    if (row := taken.select_related("household").first()) is not None:
        raise Refused(
            Sentence(
                "Không hoàn tác được vì số định danh cần trả lại nay đã ghi cho một người của hộ "
                "{name}. Hãy đối chiếu và sửa số của người đó rồi hoàn tác lại.",
                name=row.household.head_name,
            )
        )


def _unseal(merge: RecordMerge) -> bytes:
    try:
        return sealing.unseal(
            PURPOSE, bytes(merge.undo), bound_to=merge.pk.bytes, salt=bytes(merge.salt)
        )
    except sealing.Unreadable as error:
        raise Refused(
            Sentence(
                "Không hoàn tác được: dữ liệu đã được khôi phục mà không có khóa cũ. "
                "Hãy sửa tay ở trang của hộ."
            )
        ) from error


def _answer(merge: RecordMerge) -> dict[str, Any]:
    return {"merge": str(merge.pk), "household": str(merge.household_id)}


def _deed(act: str, household: Household, key: str) -> Deed:
    place = household.village or household.commune
    return Deed(act, RIGHT, place, subject=subject_of(household.pk), key=key)
