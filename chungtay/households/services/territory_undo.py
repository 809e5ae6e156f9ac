"""Undoing an act on villages, as long as nothing was built on it since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import Residence
from chungtay.households.moving import batches, put_back
from chungtay.places.models import PopulationCount, Succession, Unit, VillageChange
from chungtay.places.services.changes import refuse_taken_name, village_deed_details
from chungtay.places.services.villages import CHANGE
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence

Kind = VillageChange.Kind


def undo_village_change(*, actor: Actor, change: VillageChange, key: str = "") -> int:
    """Take an act on villages back: villages, successions and the moves of households.

    Refused if it was undone already, a later act touches the same villages, or households, counts
    or posts came to a village it made.
    """

    def write(line: OpenLine) -> int:
        fresh = VillageChange.objects.select_for_update().get(pk=change.pk)
        villages = list(fresh.villages.select_related("parent").order_by("pk"))
        _refuse_undone(fresh)
        _refuse_followed(fresh, villages)
        UNDOING[Kind(fresh.kind)](fresh, villages)
        fresh.withdrawn = True
        fresh.save(update_fields=["withdrawn"])
        line.details = village_deed_details(villages, fresh.on, kind=fresh.kind)
        return fresh.pk

    deed = Deed("households.undo_village_change", CHANGE, change.commune, key=key)
    return perform(actor, deed, write)


def _refuse_undone(change: VillageChange) -> None:
    if change.withdrawn:
        raise Refused(Sentence("Việc này đã được hoàn tác rồi."))


def _refuse_followed(change: VillageChange, villages: list[Unit]) -> None:
    later = VillageChange.objects.filter(
        villages__in=villages, withdrawn=False, pk__gt=change.pk
    ).first()
    if later is not None:
        raise Refused(
            Sentence(
                "Sau đó đã có việc khác trên cùng thôn: {what}. Hãy hoàn tác việc đó trước.",
                what=Kind(later.kind).label,
            )
        )


def _undo_added(_: VillageChange, villages: list[Unit]) -> None:
    _withdraw_made(villages, expected=())


def _undo_renamed(change: VillageChange, villages: list[Unit]) -> None:
    (village,) = villages
    *rest, last = village.earlier_names
    refuse_taken_name(change.commune, last["name"], change.on or date.max, own=[village])
    village.earlier_names = rest
    _bear(village, last)


def _undo_corrected(change: VillageChange, villages: list[Unit]) -> None:
    (village,) = villages
    if village.valid_to is None:
        refuse_taken_name(
            change.commune, change.before["name"], village.valid_from or date.min, own=[village]
        )
    _bear(village, change.before)


def _bear(village: Unit, named: dict[str, Any]) -> None:
    village.name, village.folded = named["name"], fold(named["name"])
    village.kind, village.area_type = named["kind"], named["area_type"]
    village.save()


def _undo_moved(change: VillageChange, villages: list[Unit]) -> None:
    """Of a merger or a division: the households go back, then the villages."""
    before = change.before
    opened = [int(new) for new, _ in before["opened"]]
    written = [*opened, *(int(row) for row, _ in before["changed"])]
    made = [one for one in villages if one.pk in before["made"]]
    ended = [one for one in villages if one.pk in before["ended"]]
    _refuse_moved_on(written, [one for one in villages if one not in ended])
    _withdraw_made(made, expected=written)
    for one in ended:
        refuse_taken_name(change.commune, one.name, change.on or date.max, own=[*made, *ended])
    Succession.objects.filter(old__in=ended, new__in=villages, withdrawn=False).update(
        withdrawn=True
    )
    Unit.objects.filter(pk__in=[one.pk for one in ended]).update(valid_to=None)
    put_back(before)


def _refuse_moved_on(written: list[int], villages: list[Unit]) -> None:
    """Refused if a residence the act wrote has been changed since."""
    here = {one.pk for one in villages}
    standing = 0
    for ids in batches(written):
        rows = Residence.objects.filter(pk__in=ids, withdrawn=False, village__in=here)
        standing += rows.count()
    if standing != len(written):
        raise Refused(
            Sentence(
                "Sau đó đã có hộ chuyển đi nơi khác hoặc được ghi lại, nên không hoàn tác được nữa."
            )
        )


def _withdraw_made(villages: list[Unit], expected: Any) -> None:
    """Withdraw villages an act made; Refused if anything came to them since."""
    if not villages:
        return
    known = set(expected)
    lived = Residence.objects.filter(village__in=villages, withdrawn=False)
    foreign = [pk for pk in lived.values_list("pk", flat=True) if pk not in known]
    if foreign:
        raise Refused(
            Sentence(
                "Đã có {count} hộ được ghi vào thôn mới, nên không hoàn tác được. "
                "Hãy chuyển các hộ đó trước.",
                count=len(foreign),
            )
        )
    if PopulationCount.objects.filter(unit__in=villages).exists():
        raise Refused(Sentence("Thôn mới đã có tổng số hộ, số khẩu, nên không hoàn tác được."))
    if any(one.posts.exists() for one in villages):
        raise Refused(Sentence("Thôn mới đã có người giữ chức danh, nên không hoàn tác được."))
    Unit.objects.filter(pk__in=[one.pk for one in villages]).update(withdrawn=True)


def _undo_ended(change: VillageChange, villages: list[Unit]) -> None:
    (village,) = villages
    refuse_taken_name(change.commune, village.name, change.on or date.max, own=[village])
    village.valid_to = None
    village.save(update_fields=["valid_to"])


UNDOING: dict[Kind, Callable[[VillageChange, list[Unit]], None]] = {
    Kind.ADDED: _undo_added,
    Kind.RENAMED: _undo_renamed,
    Kind.CORRECTED: _undo_corrected,
    Kind.MERGED: _undo_moved,
    Kind.SPLIT: _undo_moved,
    Kind.ENDED: _undo_ended,
}
