"""Who is in the register, seen by whom, found by what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from chungtay.households.citizen_ids import TAIL_DIGITS, index_of, tail_index_of
from chungtay.households.models import Household, Membership, Person, StatusSpell
from chungtay.households.queries.residences import lived_in
from chungtay.households.queries.spells import spell_holds
from chungtay.places.models import Unit
from chungtay.rulebook.folding import fold
from chungtay.staff.policy import PostActor, within

WHOLE_ID_LENGTHS = (9, 12)


def households_seen_by(
    actor: PostActor, right: str = "households.see", on: date | None = None
) -> QuerySet[Household]:
    """The households an actor may see: the one gate of lists, counts, drop-downs and files.

    ``on`` asks for those that lived in her units on a day, for lists of the past; None for those
    that live there now. Whatever is shown of a household that has moved away since is as of ``on``.
    """
    seen = Household.objects.filter(lived_in(actor.units_for(right), on), withdrawn=False)
    return seen.select_related("village", "commune")


def standing_on(households: QuerySet[Household], on: date) -> QuerySet[Household]:
    """Those of some households that exist on a day and have not left for a place yet to come."""
    here = Q(away_from=None) | Q(away_from__gt=on)
    return households.filter(spell_holds(on) & here)


def of_class(
    households: QuerySet[Household],
    household_class: str,
    standard: str,
    on: date,
    subclass: str = "",
) -> QuerySet[Household]:
    """Those of some households whose decided class on a day is this one; "none" for no class.

    A subclass ("A", "B") narrows the poor to one kind.
    """
    spells = StatusSpell.objects.filter(
        spell_holds(on), household=OuterRef("pk"), standard=standard, withdrawn=False
    )
    if household_class == "none":
        return households.filter(~Exists(spells))
    wanted = spells.filter(household_class=household_class)
    return households.filter(Exists(wanted.filter(subclass=subclass) if subclass else wanted))


def matching(
    households: QuerySet[Household], text: str, *, numbers_in: Iterable[Unit]
) -> QuerySet[Household]:
    """Those of some households found by any one thing: half a name, an ID tail, a village.

    Citizen IDs are searched only in the units of ``numbers_in``, and only by the four last digits
    or a whole number: any other length would let a number be guessed digit by digit.
    """
    if asks_for_number(text):
        digits = "".join(text.split())
        by_number = _by_number(digits) & within(numbers_in)
        return households.filter(by_number | Q(search_text__contains=digits))
    whole = fold(text)
    if households.filter(village__folded=whole).exists():
        # "thôn 2" is a place: word by word it would also find house number 2 of another thôn.
        return households.filter(Q(village__folded=whole) | Q(search_text__contains=whole))
    for word in whole.split():
        households = households.filter(
            Q(search_text__contains=word) | Q(village__folded__contains=word)
        )
    return households


def asks_for_number(text: str) -> bool:
    """Whether a searched text is a number, or the end of one."""
    digits = "".join(text.split())
    return digits.isascii() and digits.isdecimal() and len(digits) >= TAIL_DIGITS


def _by_number(digits: str) -> Q:
    people = Person.objects.filter(withdrawn=False)
    if len(digits) in WHOLE_ID_LENGTHS:
        people = people.filter(id_index=index_of(digits))
    elif len(digits) == TAIL_DIGITS:
        people = people.filter(id_tail_index=tail_index_of(digits))
    else:
        return Q(pk__in=())
    rows = Membership.objects.filter(person__in=people, valid_to=None, withdrawn=False)
    return Q(pk__in=rows.values("household"))


def members_on(household_id: UUID, on: date | None) -> list[Membership]:
    """The memberships of a household on a day (None: the open ones), head first."""
    rows = (
        Membership.objects.filter(spell_holds(on), household=household_id, withdrawn=False)
        .select_related("person")
        .order_by("position", "id")
    )
    return list(rows)
