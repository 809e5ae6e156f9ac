"""Whether what an undo would give back is still free: household codes and citizen IDs."""

from __future__ import annotations

from uuid import UUID

from chungtay.acts.refusing import Refused
from chungtay.households.models import Household, Membership, Person
from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence
from chungtay.sync.building import Written
from chungtay.sync.proposals import safe
from chungtay.sync.updating import chunks


def refuse_if_taken(commune: Unit, written: Written) -> None:
    """Refused where another household or person of the commune has a code or ID to be restored."""
    _refuse_taken_codes(commune, written)
    _refuse_taken_ids(commune, written)


def _refuse_taken_codes(commune: Unit, written: Written) -> None:
    touched = {UUID(one) for one in (*written.households, *written.added)}
    standing = Household.objects.filter(commune=commune, valid_to=None, withdrawn=False)
    back = sorted({kept["code"] for kept in written.households.values() if kept["code"]})
    for codes in chunks(back):
        for household in standing.filter(code__in=codes):
            if household.pk not in touched:
                raise Refused(
                    Sentence(
                        "Không hoàn tác được vì mã hộ {code} cần trả lại nay là của hộ {name}. "
                        "Hãy đổi mã của hộ đó rồi hoàn tác lại.",
                        code=safe(household.code),
                        name=safe(household.head_name),
                    )
                )


def _refuse_taken_ids(commune: Unit, written: Written) -> None:
    going = {UUID(one) for one in written.added}
    joined, restored = set(written.joined), {UUID(one) for one in written.people}
    standing = Membership.objects.filter(
        household__commune=commune,
        household__valid_to=None,
        household__withdrawn=False,
        valid_to=None,
        withdrawn=False,
    ).select_related("household")
    for indexes in chunks(_indexes_to_give_back(written)):
        for row in standing.filter(person__id_index__in=indexes):
            if row.household_id in going or row.pk in joined or row.person_id in restored:
                continue
            raise Refused(
                Sentence(
                    "Không hoàn tác được vì một số định danh cần trả lại nay đã ghi cho một người "
                    "của hộ {name}. Hãy đối chiếu và sửa số của người đó rồi hoàn tác lại.",
                    name=safe(row.household.head_name),
                )
            )


def _indexes_to_give_back(written: Written) -> list[bytes]:
    """The indexes of the IDs that the import changed; those it left alone are not restored."""
    back: list[bytes] = []
    for ids in chunks([UUID(one) for one in written.people]):
        for key, index in Person.objects.filter(pk__in=ids).values_list("pk", "id_index"):
            kept = bytes.fromhex(written.people[str(key)]["id_index"] or "")
            if kept and kept != bytes(index or b""):
                back.append(kept)
    return back
