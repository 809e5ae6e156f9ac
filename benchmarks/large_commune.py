"""Fills a data folder with one large commune, by the program's own services and rows.

Imported only after ``world.start_django``: the rooms below need Django's settings.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from itertools import groupby, islice

from django.db import transaction

from benchmarks.families import Person, people
from benchmarks.world import (
    CHUNK,
    CLASSES,
    EMPTY_PLACE,
    EMPTY_USERNAME,
    ON,
    PASSWORD,
    PLACE,
    USERNAME,
)
from chungtay.acts.inserting import insert, look_over_tables, ready
from chungtay.acts.remembering import forget_all
from chungtay.acts.services import System
from chungtay.commands.database import prepare
from chungtay.households.models import Household, StatusSpell
from chungtay.households.queries.measured import cube_of
from chungtay.households.queries.people import standing_on
from chungtay.households.queries.statuses import count_by_village, standard_id_on
from chungtay.households.writing import HouseholdInput, PersonInput, build_household, write_built
from chungtay.measures.models import StoredCube
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.places.services import add_villages
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.loading import law
from chungtay.rulebook.measuring import Cube, figures_of, measure_of
from chungtay.staff.services import give_post, open_account

RELATIONS = {"Chủ hộ": "00", "Vợ": "01", "Chồng": "02", "Con": "08"}
SEXES = {"Nam": "male", "Nữ": "female"}


def fill(households: int, villages: int) -> Unit:
    """Units, villages, families with a decided class each, and the officer's account."""
    prepare()
    system = System(system_user="benchmark")
    commune = unit_by_code(PLACE, ON)
    names = [f"Tổ {number}" for number in range(1, villages + 1)]
    add_villages(actor=system, commune=commune, names=names, valid_from=None)
    families = _families(households, villages)
    places = {unit.name: unit for unit in villages_of(commune, ON)}
    draw = random.Random(3)
    while some := list(islice(families, CHUNK)):
        with transaction.atomic():
            _write(commune, places, some, draw)
    look_over_tables()  # as a large import does
    _hire(system, commune, USERNAME)
    _hire(system, unit_by_code(EMPTY_PLACE, ON), EMPTY_USERNAME)
    return commune


def _hire(system: System, unit: Unit, username: str) -> None:
    user = open_account(
        actor=system, unit=unit, username=username, full_name="Đặng Thu Hà", password=PASSWORD
    )
    since = date(2025, 7, 1)
    give_post(actor=system, user_id=user, unit=unit, role="officer", valid_from=since)


def summary(commune: Unit) -> int:
    """Poor and near-poor households by village, as of the day; how many villages there are."""
    households = standing_on(Household.objects.filter(commune=commune, withdrawn=False), ON)
    return len(count_by_village(households, ON))


def some_ids(commune: Unit, count: int) -> tuple[list[str], list[int]]:
    """Ids of some households spread over the commune, and of its villages."""
    every = Household.objects.filter(commune=commune).order_by("code").values_list("id", flat=True)
    step = max(1, len(every) // count)
    villages = villages_of(commune, ON).values_list("id", flat=True)
    return [str(one) for one in every[::step][:count]], list(villages)


def _families(households: int, villages: int) -> Iterator[list[Person]]:
    for _, members in groupby(people(households, villages), key=lambda one: one.household):
        yield list(members)


def _write(
    commune: Unit, places: dict[str, Unit], families: list[list[Person]], draw: random.Random
) -> None:
    built = [build_household(commune, _given(places, one, draw), ON) for one in families]
    write_built(built)
    names, weights = zip(*CLASSES, strict=True)
    standard = standard_id_on(ON)
    spells = [
        StatusSpell(
            household=one.household,
            standard=standard,
            household_class=draw.choices(names, weights)[0],
            valid_from=ON,
            source=StatusSpell.Source.IMPORTED_LIST,
        )
        for one in built
    ]
    insert(ready(spells))


def _given(places: dict[str, Unit], family: list[Person], draw: random.Random) -> HouseholdInput:
    members = [
        PersonInput(
            one.name,
            relation=RELATIONS[one.relation],
            sex=SEXES[one.sex],
            birth=PartialDate(*(int(part) for part in reversed(one.birth.split("/")))),
            citizen_id=one.citizen_id,
            ethnicity=one.ethnicity,
            answers={"health_insurance": draw.random() < 0.9},
        )
        for one in family
    ]
    return HouseholdInput(
        places[f"Tổ {family[0].village}"],
        members,
        code=f"H{family[0].household + 1:06d}",
        answers={"income_per_person_vnd": draw.randrange(700, 6000) * 1000},
    )


def found(commune: Unit) -> Cube:
    """The cube of a commune; what was found before is taken where it holds."""
    forget_all()
    return cube_of([commune], ON, standard_id_on(ON))


def checked(commune: Unit) -> Cube:
    """The cube after an act somewhere: every household's count is compared, none found anew."""
    StoredCube.objects.update(checked_at=0)
    return found(commune)


def tables(cube: Cube) -> int:
    """The whole and every group by village, ethnicity and class, with bounds and all ratios."""
    measure = measure_of(law().standard(standard_id_on(ON)), ON)
    rows = 0
    for names in ((), ("village",), ("ethnicity",), ("class",)):
        for figures in figures_of(cube, measure, names):
            rows += len([figures.bounds.of(ratio) for ratio, _value in figures.ratios])
    return rows
