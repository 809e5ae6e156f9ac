"""Loading the official units, and bringing an earlier loading forward."""

from __future__ import annotations

from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import Level, Unit
from chungtay.places.official import load_units
from chungtay.places.official_changes import find_missing


class _Country:
    chain = "country:VN:"


def load_official_units(*, actor: Actor) -> dict[str, int]:
    """Write the official units, or what an earlier version left out; counts by kind.

    A call that finds nothing missing changes nothing, the journal included, and says zeros.
    """
    loaded = Unit.objects.filter(level=Level.COUNTRY).exists()
    counts = {"old": 0, "new": 0, "successions": 0}
    if loaded and not any((missing := find_missing().counts()).values()):
        return counts | missing

    def write(line: OpenLine) -> dict[str, int]:
        written = counts if loaded else load_units()
        missing = find_missing()
        missing.write()
        line.details = written | missing.counts()
        return line.details

    return perform(actor, Deed("places.load_official_units", "places.load", _Country()), write)
