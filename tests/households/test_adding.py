"""Adding a household by hand: once, whole, or refused with a sentence."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from chungtay.acts.models import JournalLine, PersonalTrace
from chungtay.acts.queries import open_trace
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.households.models import AnswerSheet, Household, Membership, Person
from chungtay.households.queries.people import members_on
from chungtay.households.writing import PersonInput
from chungtay.places.queries import villages_of
from chungtay.rulebook.dates import PartialDate
from tests.households.conftest import HEAD_ID, OPENING

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def nothing_was_written():
    return not any(model.objects.exists() for model in (Household, Person, Membership, AnswerSheet))


def test_a_family_is_written_with_what_is_known_and_nothing_more(add):
    household = add(code="QT1-01", address="Ngõ 3", answers={"latrine": "septic"})
    rows = members_on(household.id, OPENING)
    assert [row.person.full_name for row in rows] == ["Nguyễn Thị Hòa", "Đỗ Văn Ước", "Đỗ Thị Bé"]
    assert [row.relation for row in rows] == ["00", "01", "08"]
    assert household.head_name == "Nguyễn Thị Hòa"
    assert household.search_text == "nguyen thi hoa | do van uoc | do thi be | qt1-01 | ngo 3"
    child = rows[2].person
    assert (child.birth, child.sex, child.id_sealed, child.ethnicity) == (None, "", None, "")
    sheet = AnswerSheet.objects.get()
    assert sheet.answers == {
        "household": {"latrine": "septic"},
        "members": {str(rows[0].person_id): {"health_insurance": True}},
    }


def test_the_same_key_adds_once(add):
    first, second = add(key="k1"), add(key="k1")
    assert first.pk == second.pk
    assert Household.objects.count() == 1
    assert JournalLine.objects.filter(act="households.add_household").count() == 1


def test_the_line_names_the_household_and_its_traces_are_sealed(add, quang_trung):
    household = add()
    line = JournalLine.objects.get(act="households.add_household")
    assert line.subject == f"household:{household.id}"
    assert line.chain == quang_trung.chain
    assert json.loads(line.details) == {"members": 3}
    trace = PersonalTrace.objects.filter(line=line).first()
    person = Person.objects.get(pk=trace.subject)
    opened = open_trace(trace, person.trace_salt)
    assert opened["before"] is None
    assert opened["after"]["full_name"] == person.full_name
    assert person.full_name.encode() not in bytes(trace.sealed)


def test_a_birth_year_alone_is_enough(add):
    add(members=[PersonInput("Trịnh Thị Hạnh", relation="00", birth=PartialDate(1946))])
    person = Person.objects.get()
    assert (person.birth_year, person.birth_month, person.birth_day) == (1946, None, None)
    assert person.birth == PartialDate(1946)


@pytest.mark.parametrize("relations", [[], ["01"], ["00", "00"]])
def test_a_household_needs_exactly_one_head(add, relations):
    members = [PersonInput(f"Người {at}", relation=one) for at, one in enumerate(relations)]
    heads = relations.count("00")
    with pytest.raises(Refused, match=f"đúng một chủ hộ; đang có {heads}"):
        add(members=members or [PersonInput("Một mình")])
    assert nothing_was_written()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"full_name": "  "}, "chưa ghi họ và tên"),
        ({"full_name": "x" * 121}, "dài 121 ký tự, nhiều nhất là 120"),
        ({"citizen_id": "03807400012"}, "12 chữ số .* đang ghi 11 ký tự"),
        ({"citizen_id": "03807400012a"}, "12 chữ số"),
        ({"answers": {"shoe_size": 40}}, "Không có câu hỏi nào tên là shoe_size"),
        ({"answers": {"latrine": "septic"}}, "Không có câu hỏi nào tên là latrine"),
        ({"answers": {"health_insurance": "có thể"}}, "không nhận giá trị “có thể”"),
    ],
)
def test_what_a_member_cannot_be_is_refused_with_a_sentence(add, more, sentence):
    head = PersonInput(**{"full_name": "Lê Văn An", "relation": "00", **more})
    with pytest.raises(Refused, match=sentence):
        add(members=[head])
    assert nothing_was_written()


def test_a_refused_id_is_not_in_the_sentence(add):
    with pytest.raises(Refused) as refused:
        add(members=[PersonInput("Lê Văn An", relation="00", citizen_id="03807400012")])
    assert "0380" not in str(refused.value)


def test_a_birth_and_a_day_to_come_are_refused(add):
    tomorrow = timezone.localdate() + timedelta(days=1)
    birth = PartialDate(tomorrow.year, tomorrow.month, tomorrow.day)
    with pytest.raises(Refused, match=r"Ngày sinh .* chưa tới"):
        add(members=[PersonInput("Lê Văn An", relation="00", birth=birth)])
    with pytest.raises(Refused, match="Ngày ghi chưa tới"):
        add(on=tomorrow)
    assert nothing_was_written()


def test_two_members_with_one_id_are_refused_with_the_number_masked(add):
    members = [
        PersonInput("Lê Văn An", relation="00", citizen_id=HEAD_ID),
        PersonInput("Lê Văn Ba", relation="08", citizen_id=HEAD_ID),
    ]
    with pytest.raises(Refused, match="••••••••0123") as refused:
        add(members=members)
    assert HEAD_ID not in str(refused.value)


def test_an_id_of_somebody_in_the_register_is_refused_saying_whose(add):
    add()
    again = [PersonInput("Lê Văn An", relation="00", citizen_id=HEAD_ID)]
    with pytest.raises(Refused, match=r"đang là của Nguyễn Thị Hòa, hộ Nguyễn Thị Hòa") as refused:
        add(members=again)
    assert HEAD_ID not in str(refused.value)
    assert Household.objects.count() == 1


def test_an_id_in_another_commune_says_nothing_about_it(add, phu_son):
    add()
    quarter = villages_of(phu_son, OPENING).first()
    again = [PersonInput("Lê Văn An", relation="00", citizen_id=HEAD_ID)]
    add(members=again, commune=phu_son, at=quarter)
    assert Household.objects.count() == 2


def test_a_village_of_another_commune_is_refused(add, phu_son):
    quarter = villages_of(phu_son, OPENING).first()
    with pytest.raises(Refused, match="Tổ dân phố 1 không thuộc xã của hộ này"):
        add(at=quarter)
    assert nothing_was_written()


def test_a_code_stands_once_in_a_commune(add, add_head):
    add(code="QT1-01")
    with pytest.raises(Refused, match="Mã hộ QT1-01 đang là của hộ Nguyễn Thị Hòa"):
        add_head("Lê Văn An", code="QT1-01")
    add_head("Lê Văn An", code="")
    add_head("Lê Văn Ba", code="")


def test_the_database_refuses_two_heads_and_two_open_memberships(add):
    household = add()
    head, wife, _child = members_on(household.id, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=wife.pk).update(relation="00")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(household=household, person=head.person)


def test_without_the_right_nothing_is_written(add, outsider, acting):
    with pytest.raises(NotAllowed):
        add(actor=acting(outsider))
    assert nothing_was_written()


def test_an_officer_adds_in_her_own_name(add, officer, acting):
    add(actor=acting(officer))
    line = JournalLine.objects.get(act="households.add_household")
    assert (line.actor_id, line.actor_name) == (officer.pk, "Hà Thị Mận")
    assert line.post_title == "Công chức Văn hóa – Xã hội"


def test_a_very_long_foreign_name_is_kept(add_head):
    name = "ﬃ" * 119
    household = add_head(name)
    household.refresh_from_db()
    assert household.head_name == name
    assert household.valid_from == date(2023, 1, 1)


def test_no_household_enters_a_commune_that_does_not_stand(add, quang_trung):
    with pytest.raises(Refused, match="chỉ có đến hết ngày"):
        add(on=quang_trung.valid_to + timedelta(1))
    quang_trung.valid_from = date(2023, 6, 1)
    with pytest.raises(Refused, match="có từ ngày 01/06/2023"):
        add(commune=quang_trung, on=date(2023, 5, 31))
    assert not Household.objects.exists()
