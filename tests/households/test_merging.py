"""Two records become one and can be two again; nobody ends in two households on one day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.acts.refusing import Refused
from chungtay.acts.rows import fields_of
from chungtay.households.citizen_ids import citizen_id_of
from chungtay.households.models import (
    Household,
    LifeEvent,
    Membership,
    Person,
    RecordMerge,
)
from chungtay.households.queries.answers import answers_on
from chungtay.households.services.followers import FOLLOWERS, UNITED
from chungtay.households.services.merging import (
    undo_merge,
)
from chungtay.households.services.uniting_households import clashes
from chungtay.households.writing import PersonInput
from chungtay.plans.models import Plan, PlanHousehold
from chungtay.rulebook.dates import PartialDate
from tests.households.conftest import HEAD_ID, OPENING
from tests.households.merging_world import (
    DAYS,
    STANDARD,
    member,
    merge_two,
    nobody_is_in_two_households,
    rows,
    spell,
    unite_two,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# The same person


def test_a_person_written_twice_in_one_household_becomes_one(add, system):
    household = add(
        members=[
            PersonInput("Lò Thị Sen", "00", birth=PartialDate(1970), answers={"disabled": True}),
            PersonInput(
                "Lò Thị Sên",
                "01",
                birth=PartialDate(1970, 3, 2),
                citizen_id=HEAD_ID,
                answers={"work": "own_account", "disabled": False},
            ),
        ]
    )
    kept, lost = member(household, "Lò Thị Sen"), member(household, "Lò Thị Sên")
    before = rows()
    done = merge_two(system, lost, kept, {"full_name": "lost"})
    person = Person.objects.get(pk=lost.person_id)
    gone = Person.objects.get(pk=kept.person_id)
    assert (person.full_name, person.birth, citizen_id_of(person)) == (
        "Lò Thị Sen", PartialDate(1970, 3, 2), HEAD_ID,
    )  # fmt: skip
    assert (gone.withdrawn, gone.merged_into) == (True, person)
    assert member(household, "Lò Thị Sen").relation == "00"
    answers = answers_on(household.pk, OPENING).members
    assert answers == {str(person.pk): {"work": "own_account", "disabled": False}}
    nobody_is_in_two_households()
    undo_merge(actor=system, merge=RecordMerge.objects.get(pk=done["merge"]))
    assert rows() == before


def test_an_id_number_moves_with_its_seal(add, system):
    household = add(
        members=[
            PersonInput("Lò Thị Sen", "00"),
            PersonInput("Lò Thị Sên", "01", citizen_id=HEAD_ID),
        ]
    )
    kept, lost = member(household, "Lò Thị Sen"), member(household, "Lò Thị Sên")
    merge_two(system, kept, lost, {"citizen_id": "lost"})
    assert citizen_id_of(Person.objects.get(pk=kept.person_id)) == HEAD_ID


def test_who_stands_in_two_households_stays_in_the_one_that_is_chosen(add, system):
    first = add(
        members=[
            PersonInput("Vi Văn Đá", "00"),
            PersonInput(
                "Vi Thị Hoa", "08", birth=PartialDate(2001), answers={"work": "own_account"}
            ),
        ]
    )
    second = add(
        on=date(2023, 6, 1),
        members=[
            PersonInput("Hà Văn Núi", "00"),
            PersonInput("Vi Thị Hoa", "01", birth=PartialDate(2001)),
        ],
    )
    kept, lost = member(second, "Vi Thị Hoa"), member(first, "Vi Thị Hoa")
    with pytest.raises(Refused, match="Hãy chọn người này thuộc hộ nào"):
        merge_two(system, kept, lost)
    before = rows()
    done = merge_two(system, kept, lost, home=second.pk)
    nobody_is_in_two_households()
    spans = Membership.objects.filter(person=kept.person_id, withdrawn=False).order_by("valid_from")
    assert [(row.household_id, row.valid_from, row.valid_to) for row in spans] == [
        (first.pk, OPENING, date(2023, 5, 31)),
        (second.pk, date(2023, 6, 1), None),
    ]
    known = answers_on(second.pk, date(2023, 12, 31)).members[str(kept.person_id)]
    assert known == {"work": "own_account"}
    assert "hoa" not in Household.objects.get(pk=first.pk).search_text
    undo_merge(actor=system, merge=RecordMerge.objects.get(pk=done["merge"]))
    assert rows() == before


def test_no_household_loses_its_head_or_everybody_by_the_way(add, system):
    alone = add(members=[PersonInput("Lò Thị Sen", "00")])
    two = add(members=[PersonInput("Hà Văn Núi", "00"), PersonInput("Lò Thị Sen", "01")])
    kept, lost = member(two, "Lò Thị Sen"), member(alone, "Lò Thị Sen")
    with pytest.raises(Refused, match="sẽ không còn ai"):
        merge_two(system, kept, lost, home=two.pk)
    three = add(members=[PersonInput("Vi Văn Đá", "00"), PersonInput("Vi Thị Hoa", "01")])
    other = add(members=[PersonInput("Vi Văn Đá", "00"), PersonInput("Lò Văn Tre", "08")])
    with pytest.raises(Refused, match="là chủ hộ"):
        merge_two(system, member(three, "Vi Văn Đá"), member(other, "Vi Văn Đá"), home=three.pk)


def test_a_death_that_either_record_knows_of_holds(add, system):
    household = add(
        members=[
            PersonInput("Vi Văn Đá", "00"),
            PersonInput("Lò Thị Sen", "01", birth=PartialDate(1970)),
            PersonInput("Lò Thị Sên", "01", birth=PartialDate(1970)),
        ]
    )
    kept, lost = member(household, "Lò Thị Sen"), member(household, "Lò Thị Sên")
    died = date(2023, 5, 4)
    lost.valid_to = lost.person.died_on = died
    lost.save()
    lost.person.save()
    before = rows()
    done = merge_two(system, kept, lost)
    held = Membership.objects.get(person=kept.person_id, withdrawn=False)
    assert (held.valid_to, held.person.died_on) == (died, died)
    assert "sen" not in Household.objects.get(pk=household.pk).search_text
    undo_merge(actor=system, merge=RecordMerge.objects.get(pk=done["merge"]))
    assert rows() == before


def test_a_household_is_not_left_without_a_head_by_a_death_of_the_other_record(add, system):
    household = add(members=[PersonInput("Lò Thị Sen", "00"), PersonInput("Lò Thị Sên", "01")])
    kept, lost = member(household, "Lò Thị Sen"), member(household, "Lò Thị Sên")
    lost.valid_to = lost.person.died_on = date(2023, 5, 4)
    lost.save()
    lost.person.save()
    with pytest.raises(Refused, match="sẽ không còn chủ hộ"):
        merge_two(system, kept, lost)


def test_what_happened_follows_and_comes_back(twice, system, quang_trung):
    kept, lost = twice
    child, same = member(kept, "Đỗ Thị Bé"), member(lost, "Đỗ Thị Bé")
    event = LifeEvent.objects.create(
        kind="birth", household=lost, person=same.person, commune=quang_trung, day=OPENING
    )
    before = rows()
    done = unite_two(system, kept, lost, pairs={same.person_id: child.person_id})
    event.refresh_from_db()
    assert (event.household_id, event.person_id) == (kept.pk, child.person_id)
    undo_merge(actor=system, merge=RecordMerge.objects.get(pk=done["merge"]))
    assert rows() == before
    event.refresh_from_db()
    assert (event.household_id, event.person_id) == (lost.pk, same.person_id)


def test_a_household_on_its_way_elsewhere_is_not_merged(twice, system):
    kept, lost = twice
    Household.objects.filter(pk=lost.pk).update(away_from=date(2023, 6, 1))
    with pytest.raises(Refused, match="đang chờ nơi đến nhận"):
        unite_two(system, kept, lost)


# The same household


def test_a_household_written_twice_becomes_one(twice, system):
    kept, lost = twice
    spell(kept, "poor", date(2023, 1, 1))
    spell(lost, "near_poor", date(2022, 1, 1), date(2022, 12, 31))
    hoa, other = member(kept, "Nguyễn Thị Hòa"), member(lost, "Nguyễn Thị Hoà")
    child, same = member(kept, "Đỗ Thị Bé"), member(lost, "Đỗ Thị Bé")
    before = rows()
    done = unite_two(
        system,
        kept,
        lost,
        values={"address": "lost"},
        pairs={other.person_id: hoa.person_id, same.person_id: child.person_id},
        people={
            other.person_id: {"ethnicity": "lost"},
            same.person_id: {"birth": "lost", "citizen_id": "lost"},
        },
    )
    now = Household.objects.get(pk=kept.pk)
    gone = Household.objects.get(pk=lost.pk)
    assert (now.code, now.address, now.head_name) == ("A1", "Số 9", "Nguyễn Thị Hòa")
    assert (gone.withdrawn, gone.merged_into) == (True, now)
    standing = now.memberships.filter(withdrawn=False, valid_to=None).order_by("position", "pk")
    names = [(row.person.full_name, row.relation) for row in standing.select_related("person")]
    assert names == [
        ("Nguyễn Thị Hòa", "00"), ("Đỗ Văn Ước", "01"), ("Đỗ Thị Bé", "08"), ("Đỗ Văn Út", "08"),
    ]  # fmt: skip
    assert "do van ut" in now.search_text
    assert Person.objects.get(pk=hoa.person_id).ethnicity == "Mường"
    assert citizen_id_of(Person.objects.get(pk=child.person_id)) == "038310000011"
    answers = answers_on(now.pk, OPENING)
    assert answers.household == {"house_area_m2": 50, "latrine": "septic"}
    assert answers.members[str(hoa.person_id)] == {"health_insurance": True, "work": "own_account"}
    classes = now.statuses.filter(withdrawn=False).order_by("valid_from")
    assert [row.household_class for row in classes] == ["near_poor", "poor"]
    assert now.residences.filter(withdrawn=False).count() == 1
    nobody_is_in_two_households()

    undo_merge(actor=system, merge=RecordMerge.objects.get(pk=done["merge"]))
    assert rows() == before


def test_classes_that_clash_are_never_settled_silently(twice, system):
    kept, lost = twice
    spell(kept, "poor", date(2023, 1, 1))
    later = spell(lost, "near_poor", date(2023, 3, 1))
    assert [len(pairs) for pairs in clashes(kept, lost).values()] == [1]
    with pytest.raises(Refused, match="Hãy chọn diện của hộ nào đúng"):
        unite_two(system, kept, lost)
    assert not Household.objects.get(pk=lost.pk).withdrawn
    unite_two(system, kept, lost, spells={STANDARD: "lost"})
    standing = kept.statuses.filter(withdrawn=False)
    assert [row.pk for row in standing] == [later.pk]


def test_the_same_class_twice_is_one(twice, system):
    kept, lost = twice
    for household in twice:
        spell(household, "poor", date(2023, 1, 1))
    assert clashes(kept, lost) == {}
    unite_two(system, kept, lost)
    assert kept.statuses.filter(withdrawn=False).count() == 1


def test_a_plan_names_the_kept_household_once(twice, system, quang_trung):
    kept, lost = twice
    both, one = (
        Plan.objects.create(unit=quang_trung, year=year, subject="Giảm nghèo", content={})
        for year in (2023, 2024)
    )
    for plan, position, household in ((both, 1, kept), (both, 2, lost), (one, 1, lost)):
        PlanHousehold.objects.create(
            plan=plan, population="poor", position=position, household=household, salutation="bà"
        )
    before = rows()
    done = unite_two(system, kept, lost)
    for plan in (both, one):
        named = plan.named_households.filter(withdrawn=False)
        assert [row.household_id for row in named] == [kept.pk]
    undo_merge(actor=system, merge=RecordMerge.objects.get(pk=done["merge"]))
    assert rows() == before


def test_every_row_that_points_at_a_household_or_a_person_follows():
    for model in (Household, Person):
        for relation in model._meta.related_objects:
            other = relation.related_model
            assert other in UNITED or other in FOLLOWERS or "id" in fields_of(other)
    assert PlanHousehold in FOLLOWERS


# Any two households, any two persons

SPAN = st.tuples(st.sampled_from([None, *DAYS]), st.sampled_from([None, *DAYS])).filter(
    lambda span: span[0] is None or span[1] is None or span[0] < span[1]
)


def pass_on_the_head(members: list[Membership], day: date) -> None:
    """From a day on the second member is the head, the first has left."""
    first, second = members[:2]
    first.valid_from, first.valid_to = None, day
    second.valid_from, second.valid_to, second.relation = day + timedelta(days=1), None, "00"
    first.save()
    second.save()


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_merge_leaves_everybody_in_one_household_and_undone_leaves_no_trace(data, add, system):
    with taken_back():
        kept, lost = (
            add(
                members=[
                    PersonInput(name, "00" if number == 0 else "08")
                    for number, name in enumerate(("Vi Văn Một", "Vi Văn Hai", "Vi Văn Ba"))
                ]
            )
            for _ in range(2)
        )
        members = [list(one.memberships.order_by("position")) for one in (kept, lost)]
        for row in (*members[0][1:], *members[1][1:]):
            row.valid_from, row.valid_to = data.draw(SPAN)
            row.save()
        if data.draw(st.booleans()):
            side, day = data.draw(st.integers(0, 1)), data.draw(st.sampled_from(DAYS))
            pass_on_the_head(members[side], day)
        for household in (kept, lost):
            spell(
                household,
                "poor",
                *data.draw(st.sampled_from([(DAYS[0], DAYS[2]), (DAYS[3], None)])),
            )
        before = rows()
        try:
            if data.draw(st.booleans()):
                chosen = data.draw(st.sets(st.integers(0, 2)))
                pairs = {members[1][n].person_id: members[0][n].person_id for n in chosen}
                side = data.draw(st.sampled_from(["kept", "lost"]))
                done = unite_two(system, kept, lost, pairs=pairs, spells={STANDARD: side})
            else:
                one, other = (
                    data.draw(st.sampled_from(members[0])),
                    data.draw(st.sampled_from(members[1])),
                )
                home = data.draw(st.sampled_from([None, kept.pk, lost.pk]))
                done = merge_two(system, one, other, home=home, versions={})
        except Refused:
            assert rows() == before
            return
        nobody_is_in_two_households()
        undo_merge(actor=system, merge=RecordMerge.objects.get(pk=done["merge"]))
        assert rows() == before
