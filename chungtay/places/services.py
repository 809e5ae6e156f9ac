"""Acts on units: loading the official lists, adding villages, counting the population."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import Level, PopulationCount, Unit
from chungtay.places.official import load_units
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence


class _Country:
    chain = "country:VN:"


def load_official_units(*, actor: Actor) -> dict[str, int]:
    """Write the official units once; a second call changes nothing and says so with zeros."""
    if Unit.objects.filter(level=Level.COUNTRY).exists():
        return {"old": 0, "new": 0, "successions": 0}

    def write(line: OpenLine) -> dict[str, int]:
        line.details = load_units()
        return line.details

    return perform(actor, Deed("places.load_official_units", "places.load", _Country()), write)


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


def count_population(
    *, actor: Actor, unit: Unit, on: date, households: int, persons: int | None, source: str
) -> int:
    """Write how many households and persons a unit has on a day; a later word replaces it."""
    if households < 0 or (persons is not None and persons < households):
        raise Refused(Sentence("Số khẩu không thể ít hơn số hộ; xem lại hai con số vừa nhập."))

    def write(line: OpenLine) -> int:
        before = unit.population_counts.filter(on=on).first()
        line.details = {
            "unit": unit.name,
            "on": on.isoformat(),
            "before": [before.households, before.persons] if before else None,
            "after": [households, persons],
            "source": source,
        }
        count, _ = PopulationCount.objects.update_or_create(
            unit=unit,
            on=on,
            defaults={"households": households, "persons": persons, "source": source},
        )
        return count.id

    return perform(actor, Deed("places.count_population", "places.change", unit), write)
