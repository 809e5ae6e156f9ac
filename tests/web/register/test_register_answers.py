"""Recording answers: only what was changed, the finding anew, the decided class as it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from chungtay.acts.models import JournalLine
from chungtay.households.models import AnswerSheet, StatusSpell
from chungtay.households.queries.findings import finding_of
from chungtay.households.services import record_answers

pytestmark = pytest.mark.database

ON = date(2023, 12, 31)


@pytest.fixture
def address(register) -> str:
    return reverse("register_answers", args=[register.poor.pk])


@pytest.fixture
def opened(browser, address, fields_of):
    """The form as it is opened: every field with its value, ready to be sent back."""

    def open_form(**typed):
        page = browser.get(address).content.decode()
        return {**fields_of(page), "reason": "hộ báo", **typed}

    return open_form


def new_sheets(register) -> list[AnswerSheet]:
    return list(register.poor.answer_sheets.order_by("id"))[1:]


def test_the_form_is_prefilled_in_the_order_of_the_sheet(browser, address):
    page = browser.get(address).content.decode()
    assert 'value="1.200.000"' in page
    assert 'value="unprotected" checked' in page
    assert 'value="tv" id="h_information_means" checked' in page
    first, second = page.index("h_income_per_person_vnd"), page.index("h_water_source")
    assert first < second < page.index("Của từng thành viên") < page.index('id="h_d01"')


def test_only_what_differs_is_recorded(browser, address, opened, register):
    answer = browser.post(address, opened(h_latrine="septic"))
    assert answer.status_code == 302
    (sheet,) = new_sheets(register)
    assert sheet.answers == {"household": {"latrine": "septic"}, "members": {}}
    assert sheet.on == ON


def test_the_finding_changes_and_the_decided_class_stays(browser, address, opened, register):
    assert finding_of(register.poor, ON).household_class == "poor"
    answer = browser.post(address, opened(h_income_per_person_vnd="1.600.000"), follow=True)
    assert finding_of(register.poor, ON).household_class != "poor"
    spell = StatusSpell.objects.get(household=register.poor)
    assert (spell.household_class, spell.valid_to) == ("poor", None)
    page = answer.content.decode()
    assert "Đã ghi 1 câu trả lời tại ngày 31/12/2023." in page
    assert "Diện đã quyết định là hộ nghèo, số liệu hiện có cho kết luận" in page


def test_a_members_answer_is_recorded_for_that_member(
    browser, address, opened, register, person_of
):
    person = person_of(register.poor, "Đỗ Văn Ước")
    browser.post(address, opened(**{f"m_{person.pk}_work": "paid_without_contract"}))
    (sheet,) = new_sheets(register)
    assert sheet.answers["members"] == {str(person.pk): {"work": "paid_without_contract"}}


def test_not_known_is_an_answer(browser, address, opened, register):
    typed = opened(h_latrine="")
    browser.post(address, typed)
    (sheet,) = new_sheets(register)
    assert sheet.answers["household"] == {"latrine": None}


def test_none_of_the_means_is_an_answer(browser, address, opened, register):
    browser.post(address, opened(h_information_means=["-"]))
    (sheet,) = new_sheets(register)
    assert sheet.answers["household"] == {"information_means": []}


def test_a_journal_line_names_facts_but_no_values(browser, address, opened, register):
    browser.post(address, opened(h_latrine="septic", reason="đã làm nhà tiêu"))
    line = JournalLine.objects.get(act="households.record_answers")
    assert line.reason == "đã làm nhà tiêu"
    assert "latrine" in line.details
    assert "septic" not in line.details


def test_a_double_click_acts_once(browser, address, opened, register):
    typed = opened(h_latrine="septic")
    browser.post(address, typed)
    assert browser.post(address, typed).status_code == 302
    assert len(new_sheets(register)) == 1


def test_nothing_changed_says_so(browser, address, opened, register):
    answer = browser.post(address, opened())
    assert answer.status_code == 422
    assert "Không có câu trả lời nào thay đổi, nên chưa ghi gì." in answer.content.decode()
    assert new_sheets(register) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"h_house_area_m2": "nhiều"}, "không đọc được"),
        ({"h_house_area_m2": "1.234"}, "có thể hiểu hai cách"),
        ({"h_house_area_m2": "-5"}, "không đọc được"),
        ({"h_income_per_person_vnd": "1,5"}, "không đọc được"),
        ({"h_information_means": ["tv", "-"]}, "bỏ các ô khác"),
        ({"reason": " "}, "Hãy ghi vì sao thay đổi"),
        ({"on_day": "31", "on_month": "2"}, "31/2/2023 không có thật. Sửa thành ngày đúng."),
        ({"on_day": "", "on_month": ""}, "cần đủ ngày, tháng, năm"),
        ({"on_year": "2022"}, "Hộ này có trong sổ từ ngày 01/01/2023"),
        ({"h_income_points": "200"}, "Hai số về thu nhập trái nhau"),
    ],
)
def test_bad_input_is_said_and_nothing_lost(
    browser, address, opened, register, fields_of, typed, sentence
):
    answer = browser.post(address, opened(h_latrine="septic", **typed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'role="alert"' in page
    assert fields_of(page)["h_latrine"] == ["septic"]
    assert new_sheets(register) == []


def test_a_day_to_come_is_refused(browser, address, opened, register):
    year = timezone.localdate().year + 1
    answer = browser.post(address, opened(h_latrine="septic", on_year=str(year)))
    assert "chưa tới" in answer.content.decode()
    assert new_sheets(register) == []


def test_an_earlier_day_does_not_rewrite_the_untouched_answers(
    browser, address, opened, register, system
):
    record_answers(
        actor=system,
        household=register.poor,
        on=date(2023, 6, 1),
        answers={"house_area_m2": 80},
        members={},
        expected_version=None,
    )
    browser.post(address, opened(h_latrine="septic", on_day="1", on_month="3"))
    sheet = new_sheets(register)[-1]
    assert sheet.on == date(2023, 3, 1)
    assert sheet.answers["household"] == {"latrine": "septic"}


def test_a_stale_form_shows_both_and_keeps_what_was_typed(
    browser, address, opened, register, system, fields_of
):
    typed = opened(h_latrine="septic")
    record_answers(
        actor=system,
        household=register.poor,
        on=date(2023, 6, 1),
        answers={"latrine": "two_vault", "house_area_m2": 80},
        members={},
        expected_version=None,
    )
    answer = browser.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hộ này vừa được người khác sửa" in page
    assert "Người khác vừa ghi: hai ngăn" in page
    assert fields_of(page)["h_latrine"] == ["septic"]
    assert 'name="h_house_area_m2" value="80"' in page
    assert len(new_sheets(register)) == 1

    assert browser.post(address, fields_of(page)).status_code == 302
    assert new_sheets(register)[-1].answers["household"] == {"latrine": "septic"}


def test_the_running_result_saves_nothing(browser, register, opened):
    address = reverse("register_answers_try", args=[register.poor.pk])
    answer = browser.post(address, opened(h_income_per_person_vnd="1.600.000"))
    page = answer.content.decode()
    assert "Thu nhập bình quân đầu người → 1.600.000 đồng/người/tháng" in page
    assert "class-poor" in page
    assert "class-average_living" in page
    assert new_sheets(register) == []
    assert JournalLine.objects.filter(act="households.record_answers").count() == 0


def test_the_running_result_tells_what_it_cannot_read(browser, register, opened):
    address = reverse("register_answers_try", args=[register.poor.pk])
    page = browser.post(address, opened(h_house_area_m2="x")).content.decode()
    assert "Còn 1 ô chưa đọc được." in page


def test_garbage_in_the_carried_answers_is_no_error(browser, address, opened):
    for was in ("{", "[1]", '{"h_latrine": {"a": 1}}'):
        assert browser.post(address, opened(was=was)).status_code in (302, 422)


def test_a_form_without_version_is_missing(browser, address, opened):
    assert browser.post(address, opened(h_latrine="septic", version="")).status_code == 404


def test_a_day_beyond_any_calendar_is_said(browser, address, opened, register):
    answer = browser.post(address, opened(h_latrine="septic", on_day="9999999999"))
    assert answer.status_code == 422
    assert "không có thật" in answer.content.decode()
    assert new_sheets(register) == []


@pytest.mark.parametrize("version", ["9" * 5000, "", "١"])
def test_a_version_that_is_no_number_is_answered_with_a_page(browser, address, opened, version):
    answer = browser.post(address, opened(h_latrine="septic", version=version))
    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()


def test_a_number_of_any_length_is_said_at_its_field(browser, address, opened, register):
    answer = browser.post(address, opened(h_income_per_person_vnd="1" + ".000" * 2000))
    assert answer.status_code == 422
    assert new_sheets(register) == []


def test_control_signs_in_a_reason_are_left_out(browser, address, opened):
    browser.post(address, opened(h_latrine="septic", reason="hộ\x00 báo\x1b\nlại"))
    line = JournalLine.objects.filter(act="households.record_answers").latest("id")
    assert line.reason == "hộ báo lại"


def test_incomes_that_contradict_each_other_are_kept_typed_and_not_saved(
    browser, address, opened, register
):
    answer = browser.post(address, opened(h_income_per_person_vnd="900.000", h_income_points="175"))
    assert answer.status_code == 422
    assert 'value="900.000"' in answer.content.decode()
    assert new_sheets(register) == []
