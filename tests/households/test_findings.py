"""What the rulebook finds of registered households, as on a day, in few queries."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.households.models import Membership
from chungtay.households.queries.findings import facts_of_many, finding_of, findings_of_many
from chungtay.households.queries.people import members_on
from chungtay.households.services import record_answers
from chungtay.households.writing import PersonInput
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.rulebook.classifying import Finding
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.findings import Contradiction
from tests.households.conftest import OPENING

pytestmark = [pytest.mark.django_db, pytest.mark.database]

JUNE = date(2023, 6, 1)
RURAL_DAY, URBAN_DAY = date(2026, 4, 29), date(2026, 4, 30)
READY = {f"d{number:02d}": False for number in range(1, 13)}
LACKING_THREE = {**READY, "d01": True, "d02": True, "d03": True}
LOW, HIGH = 900_000, 3_000_000


def test_poor_with_low_income_and_three_deprivations(add):
    household = add(answers={**LACKING_THREE, "income_per_person_vnd": LOW})
    found = finding_of(household, OPENING)
    assert isinstance(found, Finding)
    assert found.household_class == "poor"
    assert len(found.deprived_codes) == 3


def test_the_finding_follows_the_answers_of_the_day(system, add):
    household = add(answers={**LACKING_THREE, "income_per_person_vnd": LOW})
    record_answers(
        actor=system,
        household=household,
        on=JUNE,
        answers={"income_per_person_vnd": HIGH},
        members={},
        expected_version=None,
    )
    assert finding_of(household, date(2023, 5, 31)).household_class == "poor"
    assert finding_of(household, JUNE).household_class == "not_poor"


def test_without_answers_it_is_not_known(add_head):
    assert finding_of(add_head("Lê Văn An"), OPENING).household_class == "unknown"


def test_the_area_is_that_of_the_village_or_commune(add, phu_son):
    quarter = villages_of(phu_son, OPENING).first()
    rural, without = add(code="a"), add(code="b", at=None, members=[PersonInput("A", "00")])
    urban = add(at=quarter, commune=phu_son, members=[PersonInput("B", "00")])
    facts = facts_of_many([rural, without, urban], OPENING)
    assert [facts[one.id].area for one in (rural, without, urban)] == ["rural", "rural", "urban"]


def test_the_line_turns_urban_on_the_day_a_xa_becomes_a_phuong(add):
    commune = unit_by_code("25357", date(2025, 7, 1))
    income = {**LACKING_THREE, "income_per_person_vnd": 1_700_000}
    household = add(commune=commune, at=None, on=date(2026, 1, 1), answers=income)
    found = {on: finding_of(household, on).household_class for on in (RURAL_DAY, URBAN_DAY)}
    assert found == {RURAL_DAY: "average_living", URBAN_DAY: "poor"}


def test_members_count_while_they_belong(add):
    household = add()
    child = members_on(household.id, None)[2]
    Membership.objects.filter(pk=child.pk).update(valid_to=date(2023, 5, 31))
    before = facts_of_many([household], OPENING)[household.id]
    after = facts_of_many([household], JUNE)[household.id]
    assert [len(facts.members) for facts in (before, after)] == [3, 2]
    assert before.members[0].birth == PartialDate(1974, 4, 12)
    assert before.members[0].answers == {"health_insurance": True}
    assert before.members[1].birth is None


def test_a_contradiction_is_told_and_does_not_stop_the_others(add, add_head):
    torn = add(answers={**READY, "income_per_person_vnd": HIGH, "income_points": 10})
    plain = add_head("Lê Văn An", answers={**LACKING_THREE, "income_per_person_vnd": LOW})
    found = findings_of_many([torn, plain], OPENING)
    assert isinstance(found[torn.id], Contradiction)
    assert str(found[torn.id].sentence)
    assert found[plain.id].household_class == "poor"


@pytest.mark.parametrize("number", [1, 12])
def test_many_findings_cost_the_same_queries_as_one(add_head, django_assert_num_queries, number):
    households = [
        add_head(f"Người {at}", answers={**READY, "income_per_person_vnd": LOW})
        for at in range(number)
    ]
    with django_assert_num_queries(3):
        found = findings_of_many(households, OPENING)
    assert len(found) == number


def test_an_answer_of_an_older_vocabulary_is_told_and_does_not_stop_the_others(add, add_head):
    odd, good = add(answers={**READY, "income_per_person_vnd": LOW}), add_head("Lò Văn Đá")
    odd.answer_sheets.create(
        on=JUNE, answers={"household": {"latrine": "cầu cá"}, "members": {}}, source="import"
    )
    found = findings_of_many([odd, good], JUNE)
    assert isinstance(found[odd.id], Contradiction)
    assert isinstance(found[good.id], Finding)
