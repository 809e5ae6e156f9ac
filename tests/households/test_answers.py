"""Dated answers: a later sheet overrides single answers, null says "chưa rõ", nothing is lost."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from chungtay.acts.models import JournalLine, PersonalTrace
from chungtay.acts.queries import open_trace
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.households.models import AnswerSheet
from chungtay.households.queries.answers import answers_of_many, answers_on
from chungtay.households.queries.people import members_on
from chungtay.households.services import record_answers
from chungtay.rulebook.loading import law

pytestmark = [pytest.mark.django_db, pytest.mark.database]

JANUARY, MAY, JUNE, JULY = (date(2023, month, 1) for month in (1, 5, 6, 7))


@pytest.fixture
def household(add):
    return add(answers={"latrine": "none", "house_area_m2": 40})


@pytest.fixture
def head(household):
    return str(members_on(household.id, None)[0].person_id)


@pytest.fixture
def record(system, household):
    def record_one(on, answers=None, members=None, version=None, **more):
        return record_answers(
            **{"actor": system, "household": household, "reason": "hộ báo", **more},
            on=on,
            answers=answers or {},
            members=members or {},
            expected_version=version,
        )

    return record_one


def test_a_later_sheet_overrides_single_answers(record, household):
    record(JUNE, {"latrine": "septic"})
    assert answers_on(household.id, MAY).household == {"latrine": "none", "house_area_m2": 40}
    assert answers_on(household.id, JUNE).household == {"latrine": "septic", "house_area_m2": 40}


def test_a_sheet_of_an_earlier_day_written_later_does_not_override_the_later_day(record, household):
    record(JUNE, {"latrine": "septic"})
    record(MAY, {"latrine": "vip"})
    assert answers_on(household.id, MAY).household["latrine"] == "vip"
    assert answers_on(household.id, JULY).household["latrine"] == "septic"


def test_on_one_day_the_sheet_written_later_holds(record, household):
    record(JUNE, {"latrine": "septic"})
    record(JUNE, {"latrine": "vip"})
    assert answers_on(household.id, JUNE).household["latrine"] == "vip"


def test_null_says_not_known_any_more(record, household):
    record(JUNE, {"latrine": None})
    assert answers_on(household.id, JUNE).household["latrine"] is None
    assert answers_on(household.id, MAY).household["latrine"] == "none"


def test_only_what_differs_is_kept(record, household, head):
    record(
        JUNE,
        {"latrine": "none", "house_area_m2": 52},
        {head: {"health_insurance": True, "disabled": False}},
    )
    sheet = AnswerSheet.objects.get(on=JUNE)
    assert sheet.answers == {
        "household": {"house_area_m2": 52},
        "members": {head: {"disabled": False}},
    }


def test_nothing_new_is_refused_and_leaves_no_line(record, household, head):
    with pytest.raises(Refused, match="Không có câu trả lời nào thay đổi"):
        record(JUNE, {"latrine": "none", "water_source": None}, {head: {"health_insurance": True}})
    assert AnswerSheet.objects.count() == 1
    assert not JournalLine.objects.filter(act="households.record_answers").exists()
    household.refresh_from_db()
    assert household.version == 1


def test_a_withdrawn_sheet_says_nothing(record, household):
    record(JUNE, {"latrine": "septic"})
    AnswerSheet.objects.filter(on=JUNE).update(withdrawn=True)
    assert answers_on(household.id, JULY).household["latrine"] == "none"


def test_the_line_names_the_facts_and_the_trace_keeps_the_values(record, household, head):
    record(JUNE, {"latrine": "septic"}, {head: {"health_insurance": False}})
    line = JournalLine.objects.get(act="households.record_answers")
    assert json.loads(line.details) == {
        "on": "2023-06-01",
        "facts": ["health_insurance", "latrine"],
    }
    assert (line.subject, line.reason) == (f"household:{household.id}", "hộ báo")
    opened = open_trace(PersonalTrace.objects.get(line=line), household.trace_salt)
    assert opened["before"] == {
        "household": {"latrine": "none"},
        "members": {head: {"health_insurance": True}},
    }
    assert opened["after"]["members"] == {head: {"health_insurance": False}}


def test_the_same_key_records_once(record):
    first = record(JUNE, {"latrine": "septic"}, version=1, key="k")
    assert record(JUNE, {"latrine": "septic"}, version=1, key="k") == first
    assert AnswerSheet.objects.filter(on=JUNE).count() == 1


def test_a_form_over_a_newer_version_is_refused(record):
    record(JUNE, {"latrine": "septic"}, version=1)
    with pytest.raises(Stale):
        record(JUNE, {"latrine": "vip"}, version=1)
    assert AnswerSheet.objects.filter(on=JUNE).count() == 1


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"colour": "red"}, "Không có câu hỏi nào tên là colour"),
        ({"health_insurance": True}, "Không có câu hỏi nào tên là health_insurance"),
        ({"deprivations": 3}, "Không có câu hỏi nào tên là deprivations"),
        ({"latrine": "marble"}, "không nhận giá trị “marble”"),
        ({"house_area_m2": -4}, "không nhận giá trị “-4”"),
        ({"house_area_m2": "bốn mươi"}, "không nhận giá trị"),
        ({"information_means": ["tv", "pigeon"]}, "không nhận giá trị “pigeon”"),
    ],
)
def test_what_cannot_be_answered_is_refused(record, answers, sentence):
    with pytest.raises(Refused, match=sentence):
        record(JUNE, answers)
    assert AnswerSheet.objects.count() == 1


def test_an_answer_of_a_stranger_is_refused(record, add_head):
    stranger = str(members_on(add_head("Lê Văn An").id, None)[0].person_id)
    with pytest.raises(Refused, match="không có trong hộ này"):
        record(JUNE, members={stranger: {"disabled": True}})


def test_a_day_to_come_is_refused(record):
    with pytest.raises(Refused, match="Ngày ghi chưa tới"):
        record(timezone.localdate() + timedelta(days=1), {"latrine": "septic"})


def test_without_the_right_nothing_is_recorded(record, hire, acting, quang_trung, outsider):
    for user in (outsider, hire("chairman", quang_trung)):
        with pytest.raises(NotAllowed):
            record(JUNE, {"latrine": "septic"}, actor=acting(user))
    assert AnswerSheet.objects.count() == 1


def test_the_answers_of_many_are_one_query(record, household, add_head, django_assert_num_queries):
    others = [add_head(f"Người {at}", answers={"latrine": "vip"}) for at in range(5)]
    record(JUNE, {"latrine": "septic"})
    with django_assert_num_queries(1):
        known = answers_of_many([household.id, *(one.id for one in others)], JUNE)
    assert known[household.id].household["latrine"] == "septic"
    assert known[others[0].id].household == {"latrine": "vip"}


def test_every_fact_held_as_an_answer_may_be_recorded_as_not_known(record, head):
    facts = [fact for fact in law().facts.values() if fact.held == "answer"]
    of_household = {fact.name: None for fact in facts if fact.scope == "household"}
    of_member = {fact.name: None for fact in facts if fact.scope == "member"}
    record(JUNE, of_household, {head: of_member})
    assert AnswerSheet.objects.get(on=JUNE).answers == {
        "household": {"latrine": None, "house_area_m2": None},
        "members": {head: {"health_insurance": None}},
    }


def test_contradicting_answers_on_income_are_refused_on_the_day_they_hold(record, household):
    record(MAY, {"income_per_person_vnd": 900_000})
    with pytest.raises(Refused):
        record(JUNE, {"income_points": 175})
    assert "income_points" not in answers_on(household.id, JULY).household
    assert AnswerSheet.objects.filter(household=household).count() == 2


@pytest.mark.parametrize("after", [timedelta(1), timedelta(400)])
def test_nothing_is_recorded_once_the_commune_is_gone(record, household, after):
    on = household.commune.valid_to + after
    with pytest.raises(Refused):
        record(on, {"latrine": "septic"})
    assert AnswerSheet.objects.filter(household=household).count() == 1
