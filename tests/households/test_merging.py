"""Two records become one and can be two again; nobody ends in two households on one day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.acts import sealing
from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.acts.rows import fields_of, row_to_json
from chungtay.households.citizen_ids import citizen_id_of
from chungtay.households.models import (
    AnswerSheet,
    Household,
    KeptApart,
    Membership,
    Merge,
    Person,
    Residence,
    StatusSpell,
)
from chungtay.households.queries.answers import answers_on
from chungtay.households.services import record_answers
from chungtay.households.services.followers import FOLLOWERS, UNITED
from chungtay.households.services.merging import (
    keep_apart,
    look_again,
    merge_households,
    merge_persons,
    undo_merge,
)
from chungtay.households.services.uniting import overlap
from chungtay.households.services.uniting_households import HouseholdUniting, clashes
from chungtay.households.writing import PersonInput
from chungtay.places.queries import villages_of
from chungtay.plans.models import Plan, PlanHousehold
from chungtay.rulebook.dates import PartialDate
from tests.households.conftest import HEAD_ID, OPENING

pytestmark = [pytest.mark.django_db, pytest.mark.database]

STANDARD = "nd-07-2021"
ALL = (Household, Person, Membership, AnswerSheet, StatusSpell, Residence, PlanHousehold)
DAYS = [date(2022, 1, 1) + timedelta(days=90 * number) for number in range(8)]


def rows() -> dict[str, dict[str, dict]]:
    """Every standing row of the register; versions only ever step on."""
    return {
        model.__name__: {
            str(row.pk): row_to_json(row, [n for n in fields_of(model) if n != "version"])
            for row in model.objects.all()
            if not row.withdrawn or model is not AnswerSheet
        }
        for model in ALL
    }


def member(household: Household, name: str) -> Membership:
    return Membership.objects.select_related(
        "person", "household__commune", "household__village"
    ).get(household=household, person__full_name=name, withdrawn=False)


def merge_two(actor, kept, lost, values=None, home=None, versions=None, **more):
    seen = {one.household_id: one.household.version for one in (kept, lost)}
    return merge_persons(
        actor=actor,
        kept=kept,
        lost=lost,
        values=values or {},
        home=home,
        versions=seen if versions is None else versions,
        **more,
    )


def unite_two(actor, kept, lost, versions=None, key="", **more):
    return merge_households(
        actor=actor,
        given=HouseholdUniting(kept, lost, **more),
        versions={kept.pk: kept.version, lost.pk: lost.version} if versions is None else versions,
        key=key,
    )


def spell(household, household_class, begin, end=None):
    return StatusSpell.objects.create(
        household=household,
        standard=STANDARD,
        household_class=household_class,
        valid_from=begin,
        valid_to=end,
        source=StatusSpell.Source.DECISION,
    )


def nobody_is_in_two_households() -> None:
    standing = Membership.objects.filter(withdrawn=False)
    for person in set(standing.values_list("person", flat=True)):
        held = list(standing.filter(person=person))
        assert not [pair for pair in combinations(held, 2) if overlap(*pair)]
    assert not standing.filter(person__withdrawn=True).exists()
    assert not standing.filter(household__withdrawn=True).exists()


@pytest.fixture
def twice(add, village):
    """One family written twice: the second time without the wife, with a child and an ID."""
    kept = add(code="A1", answers={"house_area_m2": 40})
    lost = add(
        members=[
            PersonInput(
                "Nguyễn Thị Hoà",
                "00",
                "female",
                PartialDate(1974),
                ethnicity="Mường",
                answers={"work": "own_account"},
            ),
            PersonInput("Đỗ Thị Bé", "08", birth=PartialDate(2010), citizen_id="038310000011"),
            PersonInput("Đỗ Văn Út", "08"),
        ],
        code="A2",
        address="Số 9",
        answers={"house_area_m2": 50, "latrine": "septic"},
    )
    return kept, lost


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
    undo_merge(actor=system, merge=Merge.objects.get(pk=done["merge"]))
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
    undo_merge(actor=system, merge=Merge.objects.get(pk=done["merge"]))
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

    undo_merge(actor=system, merge=Merge.objects.get(pk=done["merge"]))
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
    undo_merge(actor=system, merge=Merge.objects.get(pk=done["merge"]))
    assert rows() == before


def test_every_row_that_points_at_a_household_or_a_person_follows():
    for model in (Household, Person):
        for relation in model._meta.related_objects:
            other = relation.related_model
            assert other in UNITED or other in FOLLOWERS or "id" in fields_of(other)
    assert PlanHousehold in FOLLOWERS


# Who may, once, and only while nothing was built on it


def test_an_outsider_merges_nothing(twice, acting, outsider, officer, add, phu_son):
    kept, lost = twice
    foreign = add(commune=phu_son, at=villages_of(phu_son, OPENING).first())
    before = rows()
    for actor, one, other in ((outsider, kept, lost), (officer, kept, foreign)):
        with pytest.raises(NotAllowed):
            unite_two(acting(actor), one, other)
        pair = member(one, "Nguyễn Thị Hòa"), member(other, "Đỗ Thị Bé")
        with pytest.raises(NotAllowed):
            merge_two(acting(actor), *pair, home=one.pk)
    with pytest.raises(NotAllowed):
        keep_apart(
            actor=acting(outsider), kind="household", household=kept, one=kept.pk, other=lost.pk
        )
    done = unite_two(acting(officer), kept, lost)
    with pytest.raises(NotAllowed):
        undo_merge(actor=acting(outsider), merge=Merge.objects.get(pk=done["merge"]))
    assert before != rows()


def test_a_stale_form_merges_nothing(twice, system):
    kept, lost = twice
    versions = {kept.pk: kept.version, lost.pk: lost.version}
    record_answers(
        actor=system, household=lost, on=OPENING, answers={"latrine": "unhygienic"}, members={},
        expected_version=None,
    )  # fmt: skip
    with pytest.raises(Stale):
        unite_two(system, kept, lost, versions=versions)
    pair = member(kept, "Đỗ Thị Bé"), member(lost, "Đỗ Thị Bé")
    with pytest.raises(Stale):
        merge_two(system, *pair, home=kept.pk, versions=versions)
    assert not Merge.objects.exists()


def test_a_double_click_merges_once_and_a_second_form_is_told(twice, system):
    kept, lost = twice
    first = unite_two(system, kept, lost, key="k1")
    assert unite_two(system, kept, lost, key="k1") == first
    assert Merge.objects.count() == 1
    with pytest.raises(Refused, match="đã được gộp vào một hộ khác"):
        unite_two(system, kept, lost, key="k2", versions={})
    merge = Merge.objects.get()
    undone = undo_merge(actor=system, merge=merge, key="u1")
    assert undo_merge(actor=system, merge=merge, key="u1") == undone
    with pytest.raises(Refused, match="đã được hoàn tác rồi"):
        undo_merge(actor=system, merge=merge)


def test_what_was_built_on_is_not_undone(twice, system):
    kept, lost = twice
    done = unite_two(system, kept, lost)
    record_answers(
        actor=system,
        household=Household.objects.get(pk=kept.pk),
        on=OPENING,
        answers={"latrine": "unhygienic"},
        members={},
        expected_version=None,
    )
    with pytest.raises(Refused, match="đã được sửa tiếp sau khi gộp"):
        undo_merge(actor=system, merge=Merge.objects.get(pk=done["merge"]))


def test_a_code_that_was_given_on_is_not_taken_back(twice, system, add):
    kept, lost = twice
    done = unite_two(system, kept, lost)
    add(code="A2", members=[PersonInput("Hà Văn Núi", "00")])
    with pytest.raises(Refused, match="mã hộ A2 nay là của hộ Hà Văn Núi"):
        undo_merge(actor=system, merge=Merge.objects.get(pk=done["merge"]))


def test_nothing_personal_stands_in_the_line_or_in_the_kept_rows(twice, system):
    unite_two(system, *twice)
    line = JournalLine.objects.get(act="households.merge_households")
    assert set(json.loads(line.details)) == {"merge", "lost"}
    assert "Nguyễn" not in line.details
    merge = Merge.objects.get()
    assert "Nguyễn".encode() not in bytes(merge.undo)
    plain = sealing.unseal(
        "merge", bytes(merge.undo), bound_to=merge.pk.bytes, salt=bytes(merge.salt)
    )
    assert "Nguyễn" in json.loads(plain)["rows"]["households.Household"][str(twice[1].pk)][
        "before"
    ].get("search_text", "Nguyễn")


def test_a_pair_kept_apart_is_remembered_once_and_taken_back(twice, system):
    kept, lost = twice
    words = {"actor": system, "kind": "household", "household": kept}
    row = keep_apart(**words, one=lost.pk, other=kept.pk)
    assert keep_apart(**words, one=kept.pk, other=lost.pk) == row
    assert KeptApart.objects.get().first < KeptApart.objects.get().second
    look_again(actor=system, row=KeptApart.objects.get())
    assert not KeptApart.objects.filter(withdrawn=False).exists()


# Any two households, any two persons

SPAN = st.tuples(st.sampled_from([None, *DAYS]), st.sampled_from([None, *DAYS])).filter(
    lambda span: span[0] is None or span[1] is None or span[0] < span[1]
)


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
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
        undo_merge(actor=system, merge=Merge.objects.get(pk=done["merge"]))
        assert rows() == before
