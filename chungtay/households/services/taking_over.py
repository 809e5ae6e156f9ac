"""A new commune takes over the register of one that ended: villages and households go with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import Household
from chungtay.households.moving import (
    BATCH,
    ONE_DAY,
    Moved,
    follow_successors,
    move_residences,
    residences_from,
)
from chungtay.places.models import Level, Succession, Unit
from chungtay.places.services.changes import LONGEST_NAME
from chungtay.places.services.villages import create_village
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence, vi_date

LONGEST_CODE = 40
TAKE = "places.change"


def take_over_register(
    *,
    actor: Actor,
    old: Unit,
    new: Unit,
    on: date,
    villages: Sequence[Unit] | None = None,
    key: str = "",
) -> dict[str, Any]:
    """Let the households of a commune that ended live in its successor from a day on.

    A successor of the whole or the main part takes everything; of another part nothing unless
    ``villages`` names what a person decided on. Villages go along under their names (with that of
    their old commune where the new one has such a village already, marked as not verified), codes
    that are taken get the old commune's code before them. Lists of days before still show the old
    commune. A second call finds nothing left and changes nothing.
    """
    if not actor.may("households.change", old):
        raise NotAllowed(Sentence("Tài khoản này không có quyền làm việc đó ở địa bàn này."))

    def write(line: OpenLine) -> dict[str, Any]:
        scope = _scope(old, new, on)
        standing = list(old.children.filter(level=Level.VILLAGE, withdrawn=False, valid_to=None))
        taken = _taken(standing, villages, scope, old)
        whole = villages is None and scope != Succession.Kind.PART
        _free_codes(Q(commune=old) if whole else Q(village__in=taken), old, new)
        moved = Moved()
        for village in taken:
            heir = _carry_over(village, old, new, on)
            moved += move_residences(residences_from(Q(village=village), on), new, heir, on)
        if whole:
            loose = residences_from(Q(commune=old, village=None), on)
            moved += move_residences(loose, new, None, on)
            follow_successors(residences_from(Q(commune=old), on))
        line.details = {
            "old": old.name,
            "new": new.name,
            "on": on.isoformat(),
            "villages": [village.name for village in taken],
            "households": len(moved.households),
        }
        left = [village.pk for village in standing if village not in taken]
        return {"households": len(moved.households), "villages": len(taken), "left": left}

    deed = Deed("households.take_over_register", TAKE, new, key=key)
    return perform(actor, deed, write)


def _scope(old: Unit, new: Unit, on: date) -> str:
    row = Succession.objects.filter(old=old, new=new, valid_from=on, withdrawn=False).first()
    if row is None:
        raise Refused(
            Sentence(
                "{new} không nhận địa bàn của {old} từ ngày {day}, nên không nhận sổ hộ được.",
                new=new.name,
                old=old.name,
                day=vi_date(on),
            )
        )
    return row.kind


def _taken(
    standing: list[Unit], villages: Sequence[Unit] | None, scope: str, old: Unit
) -> list[Unit]:
    if villages is None:
        return [] if scope == Succession.Kind.PART else standing
    by_id = {unit.pk: unit for unit in standing}
    for village in villages:
        if village.pk not in by_id:
            raise Refused(
                Sentence(
                    "{name} không phải thôn của {old}, hoặc đã được chuyển đi.",
                    name=village.name,
                    old=old.name,
                )
            )
    return [by_id[village.pk] for village in villages]


def _carry_over(village: Unit, old: Unit, new: Unit, on: date) -> Unit:
    """The same village under the new commune; the old one ends the day before."""
    village.valid_to = on - ONE_DAY
    village.save(update_fields=["valid_to"])
    taken = new.children.filter(folded=village.folded, valid_to=None, withdrawn=False).exists()
    name = f"{village.name} ({old.name})"[:LONGEST_NAME] if taken else village.name
    heir = create_village(new, name, on)
    heir.kind, heir.area_type = village.kind, village.area_type
    if taken:
        heir.verified, heir.source = False, "tên đặt tạm khi nhận sổ, vì trùng tên"
    heir.save()
    Succession.objects.create(
        old=village, new=heir, kind=Succession.Kind.WHOLE, valid_from=on, paper=""
    )
    return heir


def _free_codes(places: Q, old: Unit, new: Unit) -> None:
    """Put the old commune's code before household codes that the new commune has already."""
    standing = Household.objects.filter(valid_to=None, withdrawn=False).exclude(code="")
    known = standing.filter(commune=new).values("code")
    changed = []
    for household in standing.filter(places, code__in=known):
        household.code = f"{old.code}-{household.code}"[:LONGEST_CODE]
        household.search_text = " | ".join([household.search_text, fold(household.code)])
        changed.append(household)
    Household.objects.bulk_update(changed, ["code", "search_text"], batch_size=BATCH)
