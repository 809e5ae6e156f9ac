"""Acts on villages that move no household: adding, renaming, correcting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import Level, Unit
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence


def add_villages(
    *, actor: Actor, commune: Unit, names: Sequence[str], valid_from: date | None, key: str = ""
) -> list[int]:
    """Add villages to a commune by their whole names ("Thôn 1"); Refused on a name it has."""

    def write(line: OpenLine) -> list[int]:
        villages = [create_village(commune, name, valid_from) for name in names]
        line.details = {"villages": [village.name for village in villages]}
        return [village.id for village in villages]

    return perform(actor, Deed("places.add_villages", "places.change", commune, key=key), write)


def create_village(commune: Unit, name: str, valid_from: date | None) -> Unit:
    """Write one village inside an act that is already open."""
    clean = " ".join(name.split())
    folded = fold(clean)
    if not folded:
        raise Refused(Sentence("Tên thôn, tổ dân phố không được để trống."))
    if commune.children.filter(folded=folded, valid_to=None, withdrawn=False).exists():
        raise Refused(Sentence("{commune} đã có {name}.", commune=commune.name, name=clean))
    village = Unit.objects.create(
        level=Level.VILLAGE,
        kind=village_kind(clean),
        name=clean,
        folded=folded,
        parent=commune,
        valid_from=valid_from,
    )
    village.path = f"{commune.path}{village.id}/"
    village.save(update_fields=["path"])
    return village


def village_kind(name: str) -> str:
    """The local kind of a village, read from its name; "Thôn" where the name does not say."""
    folded = fold(name)
    for kind in ("Tổ dân phố", "Khu phố", "Thôn", "Bản", "Ấp", "Sóc", "Buôn", "Làng", "Tổ", "Khu"):
        if folded.startswith(f"{fold(kind)} "):
            return kind
    return "Thôn"
