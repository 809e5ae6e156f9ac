"""The demonstration's lists, each for the commune it belongs to."""

from __future__ import annotations

from chungtay.demo.communes import demo_communes
from chungtay.demo.sheets import ASKED_FILE, NEIGHBOUR_FILE, REGISTER_FILE
from chungtay.places.models import Unit


def samples_for(commune: Unit) -> list[str]:
    """The names of the sample lists of a commune; none where the demo holds nothing of it."""
    own, neighbour, *_ = (one.code for one in demo_communes())
    lists = {own: [REGISTER_FILE, ASKED_FILE], neighbour: [NEIGHBOUR_FILE]}
    return lists.get(commune.code, []) if commune.valid_to is not None else []
