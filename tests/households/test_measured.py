"""The stored cube of a place: after any history of acts it is what counting anew would give."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from chungtay.acts.refusing import Refused
from chungtay.acts.remembering import forget_all
from chungtay.households.marking import stand, step_aside, trigger_names
from chungtay.households.models import Decision, Household, StatusSpell
from chungtay.households.models.people import HEAD
from chungtay.households.queries.findings import findings_of_many
from chungtay.households.queries.measured import Asked, Left, count_ahead, cube_of, households_in
from chungtay.households.queries.people import members_on, standing_on
from chungtay.households.queries.residences import residences_of_many
from chungtay.households.queries.statuses import standard_id_on, statuses_of_many
from chungtay.households.services import (
    correct_person,
    decide_status,
    merge_villages,
    record_answers,
    undo_village_change,
)
from chungtay.measures.models import Change, StoredCube
from chungtay.measures.standings import BY
from chungtay.places.models import VillageChange
from chungtay.places.queries import villages_of
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.loading import law
from chungtay.rulebook.measuring import Count, Cube, Key, figures_of, measure_of
from tests.households.life.test_any_life import QUICK, START, SYSTEM, Lives, pick, steps

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STANDARD = standard_id_on(START)
BITS = {one.code: 1 << bit for bit, one in enumerate(law().standard(STANDARD).indicators)}
ANSWERS = [
    {"income_per_person_vnd": 900_000},
    {"income_per_person_vnd": 9_000_000},
    {"latrine": "none"},
    {"latrine": "septic"},
    {"latrine": None},
]


def counted_anew(communes, on):
    """The cube as slow and plain code counts it: every household of the register, one by one."""
    rows = []
    households = list(standing_on(Household.objects.filter(withdrawn=False), on))
    ids = [one.pk for one in households]
    lived, decided = residences_of_many(ids, on), statuses_of_many(ids, on, STANDARD)
    findings = findings_of_many(households, on, STANDARD)
    for pk in ids:
        home, finding, members = lived.get(pk), findings[pk], members_on(pk, on)
        if home is None or home.commune_id not in {one.pk for one in communes}:
            continue
        heads = [row.person.ethnicity for row in members if row.relation == HEAD]
        by = (
            home.commune_id,
            home.village_id,
            *(heads or [""]),
            decided[pk].household_class if pk in decided else "",
        )
        if isinstance(finding, Contradiction):
            key = Key(by, None, 0, sum(BITS.values()))
        else:
            lacking = sum(BITS[one.code] for one in finding.deprivations if one.deprived)
            open_ones = sum(BITS[one.code] for one in finding.deprivations if one.deprived is None)
            key = Key(by, finding.income_low, lacking, open_ones)
        rows.append((key, Count(1, len(members))))
    return Cube.counted(BY, rows)


class MeasuredLives(Lives):
    """Two communes; whatever is written, the cubes asked before go on saying what is true."""

    @initialize()
    def begin(self):
        forget_all()  # another life had the same numbers of acts, and was taken back

    @rule(at=pick, step=steps, which=st.integers(0, len(ANSWERS) - 1))
    def answer(self, at, step, which):
        home = self._household(at)
        self._quietly(
            lambda: record_answers(
                actor=SYSTEM,
                household=home,
                on=self._day(step),
                answers=ANSWERS[which],
                members={},
                expected_version=None,
            )
        )

    @rule(at=pick, who=pick, ethnicity=st.sampled_from(["Kinh", "Mường", ""]))
    def correct(self, at, who, ethnicity):
        home = self._household(at)
        rows = members_on(home.pk, None)
        if not rows:
            return
        row = rows[who % len(rows)]
        self._quietly(
            lambda: correct_person(
                actor=SYSTEM,
                household=home,
                person=row.person,
                changes={"ethnicity": ethnicity},
                expected_version=None,
                reason="ghi nhầm",
            )
        )

    @rule(at=pick, step=steps, given=st.sampled_from(["poor", "near_poor", "not_poor"]))
    def decide(self, at, step, given):
        home = self._household(at)
        paper, _ = Decision.objects.get_or_create(
            commune=home.commune, number="212/QĐ-UBND", issued_on=START, issuer="UBND xã"
        )
        self._quietly(
            lambda: decide_status(
                actor=SYSTEM,
                household=home,
                standard=STANDARD,
                household_class=given,
                valid_from=self._day(step),
                decision=paper,
            )
        )

    @rule(step=steps, back=st.booleans())
    def villages(self, step, back):
        commune = self.communes[0]
        changes = list(VillageChange.objects.filter(commune=commune).order_by("-pk"))
        on = self._day(step)
        first, second, *_ = [*villages_of(commune, on), None, None]
        if back and changes:
            self._quietly(lambda: undo_village_change(actor=SYSTEM, change=changes[0]))
        elif second is not None:
            self._quietly(
                lambda: merge_villages(
                    actor=SYSTEM,
                    commune=commune,
                    villages=[first],
                    into=second,
                    on=on,
                    paper="Nghị quyết số 12/NQ-HĐND ngày 15/5/2024",
                )
            )

    def _quietly(self, act):
        try:
            with transaction.atomic():
                act()
        except Refused:
            return
        self.check()

    def check(self):
        for on in (START + timedelta(days=1), self.last):
            assert cube_of(self.communes, on, STANDARD) == counted_anew(self.communes, on)


def test_after_any_history_of_acts_the_cube_is_what_counting_anew_gives(quang_trung, phu_son):
    quick = settings(QUICK, max_examples=8)
    run_machine(lambda: MeasuredLives([quang_trung, phu_son]), settings=quick)


@pytest.fixture
def home(add):
    return add(answers={"latrine": "none", "income_per_person_vnd": 900_000})


def stored():
    (one,) = StoredCube.objects.all()
    return one


def test_asked_again_without_an_act_between_the_stored_cells_answer(
    home, quang_trung, django_assert_max_num_queries
):
    first = cube_of([quang_trung], START, STANDARD)
    forget_all()
    with django_assert_max_num_queries(7):
        assert cube_of([quang_trung], START, STANDARD) == first
    assert first.total == Count(1, 3)


def test_only_the_household_that_was_changed_is_found_again(home, add_head, quang_trung):
    other = add_head("Lê Văn Bốn")
    cube_of([quang_trung], START, STANDARD)
    before = stored().standings
    record_answers(
        actor=SYSTEM,
        household=other,
        on=START,
        answers={"latrine": "none"},
        members={},
        expected_version=None,
    )
    cube = cube_of([quang_trung], START, STANDARD)
    after = stored().standings
    assert after[home.pk.hex] == before[home.pk.hex]
    assert after[other.pk.hex] != before[other.pk.hex]
    assert cube == counted_anew([quang_trung], START)


def test_a_cube_of_another_law_or_form_is_counted_anew(home, quang_trung):
    cube = cube_of([quang_trung], START, STANDARD)
    StoredCube.objects.update(ground="former", cells=[], standings={})
    forget_all()
    assert cube_of([quang_trung], START, STANDARD) == cube


def test_a_cube_speaks_of_its_day_alone(home, quang_trung):
    """A child grows over a threshold without an act: the next day is asked anew."""
    cube_of([quang_trung], START, STANDARD)
    later = START.replace(month=6)
    assert cube_of([quang_trung], later, STANDARD) == counted_anew([quang_trung], later)
    assert stored().on == later


def test_a_village_has_its_own_households_alone(home, add_head, quang_trung):
    first, second = list(villages_of(quang_trung, START))[:2]
    there = add_head("Lê Văn Bốn", at=second)
    assert cube_of([first], START, STANDARD).total == Count(1, 3)
    assert households_in([second], START, STANDARD, lambda key: True) == {there.pk}
    assert households_in([quang_trung], START, STANDARD, lambda key: True) == {home.pk, there.pk}


def times(household):
    return Change.objects.get(pk=household.pk).times


@pytest.mark.parametrize(
    "write",
    [
        lambda one: Household.objects.filter(pk=one.pk).update(address="Số 9"),
        lambda one: one.residences.update(village=None),
        lambda one: one.memberships.update(position=7),
        lambda one: one.answer_sheets.update(on=START + timedelta(days=1)),
        lambda one: members_on(one.pk, None)[0].person.save(),
        lambda one: StatusSpell.objects.create(
            household=one,
            standard=STANDARD,
            household_class="poor",
            valid_from=START,
            source="decision",
        ),
    ],
    ids=["household", "residence", "membership", "answers", "person", "status"],
)
def test_whatever_is_written_of_a_household_marks_it(home, write):
    before = times(home)
    write(home)
    assert times(home) > before


def test_a_row_that_goes_to_another_household_marks_both(home, add_head):
    other = add_head("Lê Văn Bốn")
    before = times(home), times(other)
    home.answer_sheets.update(household=other)
    assert times(home) > before[0]
    assert times(other) > before[1]


def test_the_marks_stand_after_all_migrations_and_step_aside_for_one(home):
    class Editor:
        connection = connection

        def execute(self, statement):
            with connection.cursor() as cursor:
                cursor.execute(statement)

    table = "pg_trigger" if connection.vendor == "postgresql" else "sqlite_master"
    name = "tgname" if connection.vendor == "postgresql" else "name"

    def standing():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {name} FROM {table}")
            return set(trigger_names()) & {row[0] for row in cursor.fetchall()}

    connection.check_constraints()
    assert standing() == set(trigger_names())
    step_aside(Editor())
    assert standing() == set()
    stand(Editor())
    assert standing() == set(trigger_names())


def test_counting_ahead_goes_on_where_it_stopped(add_head, quang_trung, monkeypatch):
    for name in ("Lê Văn Hai", "Lê Văn Ba", "Lê Văn Bốn"):
        add_head(name)
    monkeypatch.setattr("chungtay.households.moving.BATCH", 1)
    asked = [Asked([quang_trung], START, STANDARD)]
    one_more = iter([False, False, True])
    assert count_ahead(asked, lambda: next(one_more)) == Left(2, 0)
    assert len(stored().standings) == 1
    assert count_ahead(asked, lambda: True) == Left(0, 1)
    assert len(stored().standings) == 1
    assert cube_of([quang_trung], START, STANDARD) == counted_anew([quang_trung], START)
    assert count_ahead(asked, lambda: True) == Left(0, 0)


def test_half_a_count_is_never_taken_for_the_whole(add_head, quang_trung, monkeypatch):
    for name in ("Lê Văn Hai", "Lê Văn Ba"):
        add_head(name)
    monkeypatch.setattr("chungtay.households.moving.BATCH", 1)
    asked = [Asked([quang_trung], START, STANDARD)]
    one_more = iter([False, False, True])
    count_ahead(asked, lambda: next(one_more))
    forget_all()
    assert cube_of([quang_trung], START, STANDARD).total == Count(2, 2)


def test_below_the_lower_of_two_lines_one_is_poor_whatever_one_lacks(add_head, quang_trung):
    then = date(2021, 6, 30)
    standard = law().standard("qd-59-2015")
    begun = date(2020, 1, 1)
    home = add_head("Lê Văn Tám", on=begun, answers={"income_per_person_vnd": 600_000})
    other = add_head("Lê Văn Chín", on=begun, answers={"income_per_person_vnd": 900_000})
    classes = {
        pk: one.possible_classes
        for pk, one in findings_of_many([home, other], then, standard.id).items()
    }
    measure = measure_of(standard, then, two_lines=True)
    (figures,) = figures_of(cube_of([quang_trung], then, standard.id), measure, ())
    surely = sum(one == ("poor",) for one in classes.values())
    perhaps = sum("poor" in one for one in classes.values())
    assert surely == 1
    assert figures.bounds.poor == (surely, perhaps)
