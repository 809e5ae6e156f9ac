"""From one commune to the next: what each of the two sees, before and after."""

from __future__ import annotations

import pytest
from django.urls import reverse

from chungtay.acts.models import JournalLine
from chungtay.acts.remembering import forget_all
from chungtay.households.models import Household, LifeEvent, Person, Residence
from chungtay.households.services import correct_person, record_answers
from chungtay.households.services.life import Occasion, record_birth
from chungtay.households.writing import PersonInput
from chungtay.places.queries import villages_of
from tests.web.life.conftest import DAY, OPENING

pytestmark = pytest.mark.database


@pytest.fixture
def move(send, home, phu_son):
    """The family sent to Phú Sơn."""
    found = {"find": "14823", "found": "14823"}
    assert send("move_out", **found, checked="1").status_code == 302
    home.refresh_from_db()
    return LifeEvent.objects.get()


@pytest.fixture
def accept(neighbour, move, phu_son):
    def post(**fields):
        address = reverse("life_accept", args=[move.pk])
        village = str(villages_of(phu_son, OPENING)[0].pk)
        return neighbour.post(address, {**DAY, "village": village, "key": "a", **fields})

    return post


def test_the_sender_sees_it_gone_and_listed_nowhere(move, browser, home, text_of):
    page = text_of(browser, "register_household", home.pk)
    assert "ở đây đến hết ngày 14/06/2023 rồi chuyển đi" in page
    assert "đang chờ nơi đến nhận" in page
    assert "Ghi thay đổi" not in page
    assert "Lò Văn Sáng" not in text_of(browser, "register")
    assert "Đã đi, nơi đến chưa nhận" in text_of(browser, "life_waiting")


def test_the_receiver_sees_the_paper_and_no_more(move, neighbour, home, text_of):
    assert "1 hộ chuyển đến đang chờ nhận" in text_of(neighbour, "today")
    assert "Lò Văn Sáng" in text_of(neighbour, "life_waiting")
    page = text_of(neighbour, "life_accept", move.pk)
    for said in ("Hà Thị Mây", "Vợ", "1972", "Hộ nghèo từ ngày 01/01/2023", "215/QĐ-UBND"):
        assert said in page, said
    for hidden in ("12/04/1972", "Thái", "0111", "xóm Đồi", "QT-01"):
        assert hidden not in page, hidden
    assert neighbour.get(reverse("register_household", args=[home.pk])).status_code == 404
    assert "Lò Văn Sáng" not in text_of(neighbour, "register")


def test_taken_in_it_lives_there_and_its_past_stays(
    move, accept, browser, neighbour, home, text_of
):
    assert accept(code="PS-01").status_code == 302
    page = text_of(neighbour, "register_household", home.pk)
    assert "Tổ dân phố 1" in page
    assert "Hộ nghèo" in page
    assert "Chuyển đến" in page
    assert "Lò Văn Sáng" in text_of(neighbour, "register")
    assert "đã được nhận" in text_of(browser, "register_household", home.pk)
    assert "đang chờ nhận" not in text_of(neighbour, "today")


def test_the_former_place_sees_nothing_later(
    move, accept, browser, neighbour, home, text_of, system, who
):
    accept(code="PS-01", address="ngõ 9")
    fresh = Household.objects.select_related("commune", "village").get(pk=home.pk)
    record_birth(
        actor=system,
        household=fresh,
        occasion=Occasion(fresh.residences.latest("id").valid_from),
        child=PersonInput("Lò Thị Mới", "08"),
        expected_version=None,
    )
    record_answers(
        actor=system,
        household=fresh,
        on=fresh.residences.latest("id").valid_from,
        answers={"latrine": "unhygienic"},
        members={},
        expected_version=None,
        reason="điều nơi mới ghi",
    )
    correct_person(
        actor=system,
        household=fresh,
        person=Person.objects.get(pk=who("Hà Thị Mây")),
        changes={"full_name": "Hà Thị Mây Mới"},
        expected_version=None,
        reason="theo căn cước",
    )
    correct_person(
        actor=system,
        household=fresh,
        person=Person.objects.get(pk=who("Lò Văn Sáng")),
        changes={"full_name": "Lò Văn Sáng Mới"},
        expected_version=None,
        reason="theo căn cước",
    )
    fresh.statuses.update(valid_to="2023-12-30")
    here = text_of(browser, "register_household", home.pk)
    for later in (
        "Lò Thị Mới",
        "điều nơi mới ghi",
        "Mây Mới",
        "Sáng Mới",
        "30/12/2023",
        "ngõ 9",
        "PS-01",
        "Tổ dân phố 1",
        "Sửa thông tin một người",
    ):
        assert later not in here, later
    for kept in ("Hà Thị Mây", "QT-01", "xóm Đồi", "Thôn 1", "Hộ nghèo", "từ ngày 01/01/2023"):
        assert kept in here, kept
    there = text_of(neighbour, "register_household", home.pk)
    assert "Lò Thị Mới" in there
    assert "Mây Mới" in there
    for name in ("life_birth", "register_answers", "register_correct"):
        assert browser.get(reverse(name, args=[home.pk])).status_code == 404


def test_a_list_of_an_earlier_year_names_it_as_it_was_then(
    move, accept, browser, home, text_of, system, who
):
    accept(code="PS-01", on_year="2024")
    fresh = Household.objects.select_related("commune", "village").get(pk=home.pk)
    correct_person(
        actor=system,
        household=fresh,
        person=Person.objects.get(pk=who("Lò Văn Sáng")),
        changes={"full_name": "Lò Văn Sáng Mới"},
        expected_version=None,
        reason="theo căn cước",
    )
    assert "Lò Văn Sáng" not in text_of(browser, "register")
    Residence.objects.filter(household=home, valid_to="2023-06-14").update(valid_to="2023-12-31")
    LifeEvent.objects.filter(pk=move.pk).update(day="2024-01-01")
    forget_all()  # the rows were changed without an act
    page = text_of(browser, "register")
    assert "Lò Văn Sáng" in page
    assert "Sáng Mới" not in page
    assert "QT-01" in page


def test_a_household_is_sent_back_with_the_reason(move, neighbour, browser, home, text_of):
    address = reverse("life_return", args=[move.pk])
    answer = neighbour.post(address, {"reason": " "}, follow=True)
    assert "Hãy ghi lý do trả lại" in answer.content.decode()
    assert neighbour.post(address, {"reason": "gửi nhầm xã"}).status_code == 302
    page = text_of(browser, "register_household", home.pk)
    assert "Chuyển đi, bị trả lại" in page
    assert "gửi nhầm xã" in page
    assert "Ghi thay đổi" in page
    assert "Lò Văn Sáng" not in text_of(neighbour, "life_waiting")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"on_day": "14"}, "Hộ rời nơi cũ ngày 15/06/2023"),
        ({"on_day": ""}, "Ngày nhận cần đủ"),
        ({"village": "0"}, "Hãy chọn một thôn trong danh sách."),
        ({"on_year": "2999"}, "Ngày ghi chưa tới"),
    ],
)
def test_a_bad_acceptance_changes_nothing(accept, home, fields, sentence):
    answer = accept(**fields, code="PS-07")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert 'value="PS-07"' in page
    home.refresh_from_db()
    assert home.away_from is not None


def test_the_paper_is_printed_as_an_export(move, browser, neighbour, home):
    address = reverse("life_slip", args=[move.pk])
    page = browser.post(address).content.decode()
    for said in (
        "Phiếu chuyển hộ Lò Văn Sáng",
        "Phường Phú Sơn",
        "15/06/2023",
        "ký, ghi rõ họ tên",
    ):
        assert said in page, said
    line = JournalLine.objects.get(act="households.take_slip")
    assert line.details == f'{{"event":{move.pk},"persons":4}}'
    assert neighbour.post(address).status_code == 404


def test_one_gone_abroad_waits_nowhere(send, browser, neighbour, home, text_of):
    assert send("move_out", to="abroad", checked="1").status_code == 302
    assert "Không có hộ nào đang chờ nhận" in text_of(neighbour, "life_waiting")
    page = text_of(browser, "register_household", home.pk)
    assert "Ra nước ngoài" in page
    assert "Hộ này kết thúc ngày 14/06/2023" in page


def test_another_ones_moves_are_not_there(move, browser):
    for name in ("life_accept", "life_return"):
        assert browser.post(reverse(name, args=[move.pk]), {"reason": "x"}).status_code == 404
