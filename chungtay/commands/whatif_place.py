"""Two standards over the register of a place: the part of ``whatif`` that asks the database."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from chungtay.acts.refusing import NotAllowed
from chungtay.commands.actors import actor_named
from chungtay.commands.speaking import _
from chungtay.households.queries.what_if import Unfinished, side_by_side_of
from chungtay.places.models import Level, Unit
from chungtay.places.queries import unit_by_code
from chungtay.reports.foresight_files import RIGHT, write_foresight
from chungtay.rulebook.folding import fold
from chungtay.rulebook.foresight import Foresight, Part
from chungtay.rulebook.lawbook import Standard
from chungtay.rulebook.loading import law
from chungtay.rulebook.side_by_side import SideBySide
from chungtay.rulebook.wording import Sentence, vi_int


def of_place(
    arguments: argparse.Namespace,
    standards: tuple[Standard, Standard],
    on: date,
    progress: Any,
) -> tuple[Foresight, Callable[[Path], int]]:
    """The households of a place under both standards, and how they are written to a file."""
    place = unit_by_code(arguments.where, on, arguments.level)
    actor = actor_named(arguments.username)
    if not actor.may(RIGHT, place):
        raise NotAllowed(Sentence("Tài khoản này không được xuất biểu của địa bàn này."))
    first, second = standards
    found = _found(place, on, (first.id, second.id), progress)
    parts = _parts(found, place, on)
    shown = Foresight(law(), place.name_on(on), on, first, second, found, parts)

    def write(target: Path) -> int:
        return write_foresight(actor=actor, place=place, shown=shown, target=target)

    return shown, write


def _found(place: Unit, on: date, standards: tuple[str, str], progress: Any) -> SideBySide:
    """The households of a place, go by go, saying between them what is left."""
    while True:
        try:
            return side_by_side_of([place], on, *standards, progress.due)
        except Unfinished as far:
            households, communes = (vi_int(number) for number in far.left)
            text = _("Còn {households} hộ và {communes} xã, phường chưa tính")
            progress.say(text.format(households=households, communes=communes))


def _parts(found: SideBySide, place: Unit, on: date) -> list[Part]:
    """A commune by its villages, what stands above it by its communes, in order of their names."""
    at = 1 if place.level == Level.COMMUNE else 0
    parts = found.by_place(lambda where: where[at])
    units = Unit.objects.in_bulk([pk for pk in parts if pk is not None])
    names = {pk: one.name_on(on) for pk, one in units.items()}
    named = [Part(pk, names.get(pk, _("chưa rõ thôn")), one) for pk, one in parts.items()]
    return sorted(named, key=lambda part: (part.place is None, fold(part.name)))
