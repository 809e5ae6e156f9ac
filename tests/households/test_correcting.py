"""Corrections: the new holds, the old stays in the journal, a newer version is not overwritten."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from chungtay.acts.models import JournalLine, PersonalTrace
from chungtay.acts.queries import open_trace
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.households.citizen_ids import citizen_id_of
from chungtay.households.models import Household, Person
from chungtay.households.queries.people import members_on
from chungtay.households.services import (
    correct_household,
    correct_person,
    read_citizen_id,
)
from chungtay.places.queries import villages_of
from chungtay.rulebook.dates import PartialDate
from tests.households.conftest import HEAD_ID, OPENING, WIFE_ID

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def household(add):
    return add(code="QT1-01")


@pytest.fixture
def head(household):
    return members_on(household.id, None)[0].person


@pytest.fixture
def correct(system, household, head):
    def correct_one(person=None, version=None, key="", actor=None, **changes):
        return correct_person(
            actor=actor or system,
            household=household,
            person=person or head,
            changes=changes,
            expected_version=version,
            reason="theo căn cước",
            key=key,
        )

    return correct_one


def test_the_heads_new_name_stands_in_the_household_too(correct, household, head):
    answer = correct(full_name="  Nguyễn   Thị Hoà ", version=1)
    household.refresh_from_db()
    head.refresh_from_db()
    assert (head.full_name, head.folded_name) == ("Nguyễn Thị Hoà", "nguyen thi hoa")
    assert household.head_name == "Nguyễn Thị Hoà"
    assert answer == {"household": str(household.id), "version": 2}
    assert household.version == 2


def test_the_old_stays_sealed_in_the_journal(correct, head):
    correct(birth=PartialDate(1975), ethnicity="Mường")
    line = JournalLine.objects.get(act="households.correct_person")
    assert json.loads(line.details) == {"fields": ["birth", "ethnicity"]}
    assert line.reason == "theo căn cước"
    trace = PersonalTrace.objects.get(line=line)
    head.refresh_from_db()
    opened = open_trace(trace, head.trace_salt)
    assert (opened["before"]["birth"], opened["after"]["birth"]) == ("12/04/1974", "1975")
    assert (opened["before"]["ethnicity"], opened["after"]["ethnicity"]) == ("Kinh", "Mường")


def test_what_is_not_known_any_more_is_left_open(correct, head):
    correct(sex=None, birth=None, ethnicity=None, citizen_id=None)
    head.refresh_from_db()
    assert (head.sex, head.birth, head.ethnicity, head.id_sealed) == ("", None, "", None)
    assert head.id_index is None
    assert head.id_tail_index is None


def test_a_form_over_a_newer_version_is_refused(correct, household, head):
    correct(full_name="Nguyễn Thị Hoa", version=1)
    with pytest.raises(Stale, match="vừa được người khác sửa"):
        correct(full_name="Nguyễn Thị Huệ", version=1)
    head.refresh_from_db()
    assert head.full_name == "Nguyễn Thị Hoa"
    assert Household.objects.get(pk=household.pk).version == 2


def test_the_same_key_corrects_once_though_the_version_moved(correct, household):
    first = correct(full_name="Nguyễn Thị Hoa", version=1, key="k")
    second = correct(full_name="Nguyễn Thị Hoa", version=1, key="k")
    assert first == second
    assert JournalLine.objects.filter(act="households.correct_person").count() == 1


def test_a_key_used_for_another_act_is_refused(correct, system, household):
    correct(full_name="Nguyễn Thị Hoa", key="k")
    with pytest.raises(Refused, match="đã được dùng cho một việc khác"):
        correct_household(
            actor=system,
            household=household,
            village=None,
            code="",
            address="",
            expected_version=None,
            reason="",
            key="k",
        )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"full_name": " "}, "chưa ghi họ và tên"),
        ({"citizen_id": "123"}, "12 chữ số"),
        ({"citizen_id": WIFE_ID}, "đang là của Đỗ Văn Ước"),
    ],
)
def test_an_impossible_correction_is_refused(correct, head, changes, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        correct(**changes)
    assert WIFE_ID not in str(refused.value)
    fresh = Person.objects.get(pk=head.pk)
    assert (fresh.full_name, citizen_id_of(fresh)) == ("Nguyễn Thị Hòa", HEAD_ID)


def test_a_birth_to_come_is_refused(correct):
    day = timezone.localdate() + timedelta(days=40)
    with pytest.raises(Refused, match="chưa tới"):
        correct(birth=PartialDate(day.year, day.month, day.day))


def test_ones_own_id_may_be_written_again(correct, head):
    correct(citizen_id=HEAD_ID)
    head.refresh_from_db()
    assert citizen_id_of(head) == HEAD_ID


def test_a_person_of_another_household_is_not_corrected_here(correct, add_head):
    other = members_on(add_head("Lê Văn An").id, None)[0].person
    with pytest.raises(Refused, match="không thuộc hộ"):
        correct(person=other, full_name="Lê Văn Ẩn")
    other.refresh_from_db()
    assert other.full_name == "Lê Văn An"


def test_another_field_is_a_mistake_of_ours(correct):
    with pytest.raises(ValueError, match="relation"):
        correct(relation="00")


def test_village_code_and_address_are_corrected(system, household, quang_trung):
    second = villages_of(quang_trung, OPENING)[1]
    correct_household(
        actor=system,
        household=household,
        village=second,
        code=" QT2-09 ",
        address="Ngõ 7",
        expected_version=1,
        reason="ghi nhầm thôn",
    )
    household.refresh_from_db()
    assert (household.village, household.code, household.address) == (second, "QT2-09", "Ngõ 7")
    assert household.search_text.endswith("| qt2-09 | ngo 7")


@pytest.mark.parametrize(
    ("code", "address", "sentence"),
    [
        ("QT1-02", "", "Mã hộ QT1-02 đang là của hộ Lê Văn An"),
        ("x" * 41, "", "Mã hộ dài 41 ký tự"),
        ("", "x" * 201, "Địa chỉ dài 201 ký tự"),
    ],
)
def test_a_household_correction_that_cannot_be_is_refused(
    system, household, village, add_head, code, address, sentence
):
    add_head("Lê Văn An", code="QT1-02")
    with pytest.raises(Refused, match=sentence):
        correct_household(
            actor=system,
            household=household,
            village=village,
            code=code,
            address=address,
            expected_version=None,
            reason="",
        )
    household.refresh_from_db()
    assert (household.code, household.version) == ("QT1-01", 1)


def test_a_village_elsewhere_is_refused(system, household, phu_son):
    with pytest.raises(Refused, match="không thuộc xã"):
        correct_household(
            actor=system,
            household=household,
            village=villages_of(phu_son, OPENING).first(),
            code="",
            address="",
            expected_version=None,
            reason="",
        )


def test_the_neighbour_corrects_nothing(correct, outsider, acting, head):
    with pytest.raises(NotAllowed):
        correct(actor=acting(outsider), full_name="Người Khác")
    head.refresh_from_db()
    assert head.full_name == "Nguyễn Thị Hòa"


def test_reading_a_whole_id_is_an_act_with_its_reason(officer, acting, household, head):
    number = read_citizen_id(
        actor=acting(officer), household=household, person=head, reason="đối chiếu thẻ BHYT"
    )
    assert number == HEAD_ID
    line = JournalLine.objects.get(act="households.read_citizen_id")
    assert line.reason == "đối chiếu thẻ BHYT"
    assert HEAD_ID not in line.details
    assert str(head.pk) in line.details


def test_reading_a_whole_id_without_reason_or_right_is_refused(
    hire, officer, acting, household, head, quang_trung, add_head
):
    with pytest.raises(Refused, match="lý do"):
        read_citizen_id(actor=acting(officer), household=household, person=head, reason=" ")
    chairman = acting(hire("chairman", quang_trung))
    with pytest.raises(NotAllowed):
        read_citizen_id(actor=chairman, household=household, person=head, reason="xem")
    stranger = members_on(add_head("Lê Văn An").id, None)[0].person
    with pytest.raises(Refused, match="không thuộc hộ"):
        read_citizen_id(actor=acting(officer), household=household, person=stranger, reason="xem")
    assert not JournalLine.objects.filter(act="households.read_citizen_id").exists()


def test_a_withdrawn_household_is_not_corrected(correct, household):
    Household.objects.filter(pk=household.pk).update(withdrawn=True)
    with pytest.raises(Refused, match="không còn trong sổ"):
        correct(full_name="Nguyễn Thị Hoa")
