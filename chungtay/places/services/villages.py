"""Acts on villages that move no household: adding, renaming, correcting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chungtay.acts.refusing import Refused, Stale
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import AreaType, Level, Naming, Unit, VillageChange
from chungtay.places.services.changes import (
    clean_name,
    clean_paper,
    fresh_villages,
    record_change,
    refuse_day,
    refuse_taken_name,
    village_deed_details,
)
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence, vi_date

CHANGE = "places.change"
VILLAGE_KINDS = ("Tổ dân phố", "Khu phố", "Thôn", "Bản", "Ấp", "Sóc", "Buôn", "Làng", "Tổ", "Khu")
ONE_DAY = timedelta(days=1)


def add_villages(
    *,
    actor: Actor,
    commune: Unit,
    names: Sequence[str],
    valid_from: date | None,
    paper: str = "",
    key: str = "",
) -> list[int]:
    """Add villages to a commune by their whole names ("Thôn 1"); Refused on a name it has."""

    def write(line: OpenLine) -> list[int]:
        villages = [create_village(commune, name, valid_from) for name in names]
        record_change(
            VillageChange.Kind.ADDED, commune, villages, on=valid_from, paper=paper.strip()
        )
        line.details = village_deed_details(villages, valid_from)
        return [village.id for village in villages]

    return perform(actor, Deed("places.add_villages", CHANGE, commune, key=key, paper=paper), write)


def create_village(commune: Unit, name: str, valid_from: date | None) -> Unit:
    """Write one village inside an act that is already open."""
    clean = clean_name(name)
    if commune.children.filter(folded=fold(clean), valid_to=None, withdrawn=False).exists():
        raise Refused(Sentence("{commune} đã có {name}.", commune=commune.name, name=clean))
    village = Unit.objects.create(
        level=Level.VILLAGE,
        kind=village_kind(clean),
        name=clean,
        folded=fold(clean),
        parent=commune,
        valid_from=valid_from,
    )
    village.path = f"{commune.path}{village.id}/"
    village.save(update_fields=["path"])
    return village


def village_kind(name: str) -> str:
    """The local kind of a village, read from its name; "Thôn" where the name does not say."""
    folded = fold(name)
    return next((k for k in VILLAGE_KINDS if folded.startswith(f"{fold(k)} ")), "Thôn")


def rename_village(
    *, actor: Actor, village: Unit, name: str, on: date, paper: str, key: str = ""
) -> int:
    """Give a village another name from a day on, on a paper; papers before keep the old one.

    Refused if the day lies before its begin or an earlier change of name, or the name is taken.
    """
    commune = commune_of_village(village)
    clean, paper = clean_name(name), clean_paper(paper)

    def write(line: OpenLine) -> int:
        (fresh,) = fresh_villages(commune, [village])
        refuse_day(on, [fresh])
        _refuse_rename(fresh, clean, on)
        refuse_taken_name(commune, clean, on, own=[fresh])
        old = fresh.name
        fresh.take_name(Naming(clean, village_kind(clean), fresh.area_type), on - ONE_DAY, paper)
        fresh.save()
        record_change(VillageChange.Kind.RENAMED, commune, [fresh], on=on, paper=paper)
        line.details = village_deed_details([fresh], on, before=old)
        return fresh.pk

    deed = Deed("places.rename_village", CHANGE, commune, key=key, paper=paper)
    return perform(actor, deed, write)


def _refuse_rename(village: Unit, name: str, on: date) -> None:
    if name == village.name:
        raise Refused(Sentence("{name} đang mang chính tên này.", name=name))
    earlier = village.namings[:-1]
    last = earlier[-1].valid_to if earlier else None
    if last is not None and on <= last + ONE_DAY:
        raise Refused(
            Sentence(
                "{name} mới mang tên này từ ngày {day}; lần đổi tên sau phải từ một ngày muộn hơn.",
                name=village.name,
                day=vi_date(last + ONE_DAY),
            )
        )


def correct_village(
    *,
    actor: Actor,
    village: Unit,
    given: Naming,
    seen: Naming | None = None,
    reason: str,
    key: str = "",
) -> int:
    """Correct name, kind or area of a village that were written wrongly; the past included.

    A blank area follows the commune. ``seen`` is what the form was opened on: Stale if it changed.
    """
    commune = commune_of_village(village)
    clean = clean_name(given.name)
    _check_correction(given, reason)

    def write(line: OpenLine) -> int:
        (fresh,) = fresh_villages(commune, [village])
        now = fresh.namings[-1]
        if seen is not None and (now.name, now.kind, now.area_type) != (
            seen.name,
            seen.kind,
            seen.area_type,
        ):
            raise Stale(
                Sentence(
                    "Thôn này vừa được người khác sửa trong lúc trang đang mở, nay là {name}. "
                    "Hãy so với điều vừa nhập rồi lưu lại.",
                    name=fresh.name,
                )
            )
        if fold(clean) != fresh.folded and fresh.valid_to is None:
            refuse_taken_name(commune, clean, fresh.valid_from or date.min, own=[fresh])
        before = {"name": fresh.name, "kind": fresh.kind, "area_type": fresh.area_type}
        fresh.name, fresh.folded = clean, fold(clean)
        fresh.kind, fresh.area_type = given.kind, given.area_type
        fresh.save()
        record_change(VillageChange.Kind.CORRECTED, commune, [fresh], on=None, before=before)
        line.details = village_deed_details([fresh], None, before=before["name"])
        return fresh.pk

    deed = Deed("places.correct_village", CHANGE, commune, key=key, reason=reason.strip())
    return perform(actor, deed, write)


def _check_correction(given: Naming, reason: str) -> None:
    if not reason.strip():
        raise Refused(Sentence("Hãy ghi vì sao đính chính."))
    if given.kind not in VILLAGE_KINDS:
        raise Refused(Sentence("Không có loại “{kind}” trong danh mục.", kind=given.kind))
    if given.area_type not in {"", *AreaType.values}:
        raise Refused(Sentence("Khu vực chỉ có nông thôn, thành thị, hoặc theo xã, phường."))


def commune_of_village(village: Unit) -> Unit:
    """The commune of a village; Refused for any other unit."""
    if village.level != Level.VILLAGE or village.parent is None:
        raise Refused(Sentence("{name} không phải là thôn, tổ dân phố.", name=village.name))
    return village.parent
