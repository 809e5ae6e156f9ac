"""Citizen ID numbers: kept sealed, found by a keyed index, shown masked."""

from __future__ import annotations

from datetime import date

from chungtay.acts import sealing
from chungtay.acts.remembering import remembered, version
from chungtay.households.models import Person
from chungtay.places.models import Level
from chungtay.places.queries import units_on
from chungtay.rulebook.citizen_numbers import told_to_reader
from chungtay.rulebook.wording import Sentence

PURPOSE = "citizen_id"
TAIL_PURPOSE = "citizen_id_tail"
TAIL_DIGITS = 4
UNREADABLE = "không đọc được"
# The numbers begin with the codes of the 63 provinces that stood until this day.
LAST_DAY_OF_63_PROVINCES = date(2025, 6, 30)


def set_citizen_id(person: Person, number: str | None) -> None:
    """Seal a number into a person, with its indexes; None removes it."""
    if not number:
        person.id_sealed = person.id_index = person.id_tail_index = None
        return
    person.id_sealed = sealing.seal(PURPOSE, number.encode(), bound_to=person.id.bytes)
    person.id_index = index_of(number)
    person.id_tail_index = tail_index_of(number)


def citizen_id_of(person: Person) -> str | None:
    """The number in clear; only reading it as an act, masking, checking and importing call this."""
    if person.id_sealed is None:
        return None
    return sealing.unseal(PURPOSE, bytes(person.id_sealed), bound_to=person.id.bytes).decode()


def index_of(number: str) -> bytes:
    """The keyed index a whole number is found by."""
    return sealing.keyed_index(PURPOSE, number)


def tail_index_of(digits: str) -> bytes:
    """The keyed index the last four digits are found by."""
    return sealing.keyed_index(TAIL_PURPOSE, digits[-TAIL_DIGITS:])


def masked(number: str | None) -> str:
    """All but the last four digits hidden, those a search finds it by; empty if there is none."""
    if not number:
        return ""
    return "•" * (len(number) - TAIL_DIGITS) + number[-TAIL_DIGITS:]


def masked_id_of(person: Person) -> str:
    """The number of a person with all but its last four digits hidden; empty if there is none.

    A number sealed with a key that is gone is said to be unreadable: a list goes on without it.
    """
    try:
        return masked(citizen_id_of(person))
    except sealing.Unreadable:
        return UNREADABLE


def province_codes() -> frozenset[str]:
    """The two-digit codes of the provinces that a number may begin with."""
    units = units_on(LAST_DAY_OF_63_PROVINCES, Level.PROVINCE).select_related(None)
    return remembered(
        "province codes of citizen IDs",
        version(),
        lambda: frozenset(units.values_list("code", flat=True)),
    )


def number_warnings(person: Person, provinces: frozenset[str]) -> list[Sentence]:
    """In what a person's number disagrees with what is written, without saying a digit of it."""
    number = citizen_id_of(person)
    return told_to_reader(number, person.sex, person.birth, provinces) if number else []
