"""The cascade on screen: hand Long Khánh's target down, answer from one ward, see the board tie."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from chungtay.plans.models import AskedPart, HandingDown, Plan
from chungtay.plans.splitting import whole_of
from tests.plans.small_registers import long_khanh
from tests.web.today.test_above import table_of
from tests.web.today.test_today import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def plan(system) -> Plan:
    return long_khanh(system)


@pytest.fixture
def target(plan):
    return plan.targets.get(code="poor_a")


@pytest.fixture
def city(plan, hire, client_of):
    return client_of(hire("district_officer", plan.unit), 2024)


@pytest.fixture
def send(city, plan, target):
    """Hand the target down as the city's officer, some numbers changed."""

    def hand(version=0, do="save", browser=None, **changes):
        parts = {f"u_{unit}": part for unit, part in whole_of(plan, target).by_base().items()}
        form = {
            **parts,
            "paper": "120/QĐ-UBND",
            "on_day": "2",
            "on_month": "4",
            "on_year": "2024",
            "version": version,
            "key": f"k{version}{changes}",
            "do": do,
            **changes,
        }
        return (browser or city).post(reverse("plan_hand_down", args=[plan.pk, target.pk]), form)

    return hand


@pytest.fixture
def ward(send, plan, hire, client_of):
    """The officer of xã Bảo Quang, once the target is handed down; and what is asked of it."""
    send()
    part = AskedPart.objects.get(unit__name="Xã Bảo Quang")
    return client_of(hire("officer", part.unit), 2024), part


def asked_of_one(plan, target):
    return next(unit for unit, part in whole_of(plan, target).by_base().items() if part)


def test_the_form_proposes_the_split_by_the_named_base(city, plan, target):
    page = city.get(reverse("plan_hand_down", args=[plan.pk, target.pk]))
    text = text_of(page)
    assert "Số gốc: hộ nghèo A giai đoạn 2022–2025." in text
    assert "Đã ghi 56 trên 56 hộ." in text
    assert "số đặt ra" in text
    typed = re.findall(r'name="u_\d+" value="(\d+)"', page.content.decode())
    assert len(typed) == 15
    assert sum(map(int, typed)) == 56


def test_the_difference_is_said_while_typing_and_nothing_is_saved(city, plan, target):
    unit = asked_of_one(plan, target)
    form = {f"u_{pk}": part for pk, part in whole_of(plan, target).by_base().items()}
    form[f"u_{unit}"] -= 1
    answer = city.post(reverse("plan_split", args=[plan.pk, target.pk]), form)
    assert "còn thiếu 1 hộ chưa giao" in answer.content.decode()
    assert not HandingDown.objects.exists()


def test_a_split_that_does_not_sum_is_refused_with_everything_typed_kept(send, plan, target):
    unit = asked_of_one(plan, target)
    answer = send(**{f"u_{unit}": "40"})
    assert answer.status_code == 422
    assert "thừa" in text_of(answer)
    assert f'name="u_{unit}" value="40"' in answer.content.decode()
    assert 'value="120/QĐ-UBND"' in answer.content.decode()
    assert not HandingDown.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"paper": ""}, "Chưa ghi số của văn bản giao"),
        ({"on_day": "31", "on_month": "2"}, "không có thật"),
        ({"answer_by_day": "3"}, "Hạn trả lời"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(send, typed, said):
    answer = send(**typed)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_number_that_cannot_be_read_is_said_at_its_place(send, plan, target):
    unit = asked_of_one(plan, target)
    answer = send(**{f"u_{unit}": "mười"})
    assert "“mười” không đọc được" in text_of(answer)


def test_dividing_by_the_base_again_saves_nothing(send, plan, target):
    unit = asked_of_one(plan, target)
    answer = send(do="base", **{f"u_{unit}": "40"})
    assert "Khớp với chỉ tiêu" in text_of(answer)
    assert not HandingDown.objects.exists()


def test_saved_over_a_newer_version_both_are_shown(send, plan, target):
    send()
    unit = asked_of_one(plan, target)
    answer = send(version=7, **{f"u_{unit}": "40"})
    assert answer.status_code == 409
    text = text_of(answer)
    assert "người khác" in text
    assert "Đang giao" in text


def test_the_board_has_a_row_a_unit_and_a_sum_that_ties(send, city, plan):
    send()
    board = city.get(reverse("plan_board", args=[plan.pk]))
    head, *rows, foot = table_of(board)
    assert head[:5] == ["Đơn vị", "Giao", "Nhận", "Có tên hộ", "Kết quả"]
    assert len(rows) == 15
    assert foot[0] == "Cộng 15 đơn vị"
    assert sum(int(row[1]) for row in rows) == int(foot[1]) == 56
    text = text_of(board)
    assert "15 nơi chưa trả lời" in text
    assert "giảm 35\u00a0% của 160 hộ nghèo A giai đoạn 2022–2025".replace("\u00a0", " ") in (
        text.replace("\u00a0", " ").replace("Giảm", "giảm")
    )
    assert "style=" not in board.content.decode().partition("<main")[2]


def test_the_ward_answers_with_names_and_the_city_accepts(ward, city, plan):
    browser, part = ward
    assert "1 chỉ tiêu được giao đang chờ trả lời" in text_of(browser.get("/"))
    assert "Hộ nghèo A" in text_of(browser.get(reverse("asked")))
    page = browser.get(reverse("asked_answer", args=[part.pk])).content.decode()
    ids = re.findall(r'name="household" value="([0-9a-f-]+)"', page)
    assert len(ids) == 6
    form = {"promised": "5", "version": part.version, "key": "t1", "household": ids[:5]}
    refused = browser.post(reverse("asked_answer", args=[part.pk]), form)
    assert "hãy ghi lý do" in text_of(refused)
    assert refused.content.decode().count(" checked") == 5
    given = form | {"reason": "Hai hộ chuyển đi", "key": "t2"}
    assert browser.post(reverse("asked_answer", args=[part.pk]), given).status_code == 302
    rows = {row[0]: row for row in table_of(city.get(reverse("plan_board", args=[plan.pk])))}
    assert rows["Xã Bảo Quang"][1:4] == ["7", "5", "5"]
    assert rows["Cộng 15 đơn vị"][1:4] == ["56", "5", "5"]
    review = city.get(reverse("plan_review", args=[part.pk]))
    assert "Hai hộ chuyển đi" in text_of(review)
    assert text_of(review).count("Ngô A") == 5
    answer = city.post(
        reverse("plan_review", args=[part.pk]), {"accept": "1", "version": "2", "key": "d"}
    )
    assert answer.status_code == 302
    assert AskedPart.objects.get(pk=part.pk).state == "accepted"


def test_sent_back_it_stands_on_the_wards_first_page_again(ward, city):
    browser, part = ward
    form = {"promised": "7", "version": "1", "key": "t"}
    browser.post(reverse("asked_answer", args=[part.pk]), form)
    assert "đang chờ trả lời" not in text_of(browser.get("/"))
    path = reverse("plan_review", args=[part.pk])
    back = {"send_back": "1", "reason": "Thiếu tên hộ", "version": "2", "key": "b"}
    assert "Hạn trả lời mới" in text_of(city.post(path, back))
    day = {"by_day": "25", "by_month": "4", "by_year": "2024"}
    assert city.post(path, back | day | {"key": "c"}).status_code == 302
    assert "1 chỉ tiêu được giao đang chờ trả lời" in text_of(browser.get("/"))
    assert "Trả lại vì: Thiếu tên hộ" in text_of(browser.get(reverse("asked")))


def test_an_answer_over_a_newer_version_keeps_what_was_typed(ward):
    browser, part = ward
    form = {"promised": "6", "reason": "Ít hộ hơn", "version": "1", "key": "m"}
    browser.post(reverse("asked_answer", args=[part.pk]), form)
    again = form | {"promised": "4", "key": "n"}
    answer = browser.post(reverse("asked_answer", args=[part.pk]), again)
    assert answer.status_code == 409
    assert 'value="4"' in answer.content.decode()
    assert "Đang lưu: 6" in text_of(answer)


def test_the_officer_of_another_district_finds_nothing(ward, outsider, client_of, plan, target):
    _browser, part = ward
    foreign = client_of(outsider, 2024)
    for name, args in (
        ("plan_board", [plan.pk]),
        ("plan_hand_down", [plan.pk, target.pk]),
        ("plan_review", [part.pk]),
        ("asked_answer", [part.pk]),
    ):
        assert foreign.get(reverse(name, args=args)).status_code == 404
    assert "Bảo Quang" not in text_of(foreign.get(reverse("asked")))


def test_taken_back_with_a_reason_only(send, city, plan, target):
    send()
    path = reverse("plan_take_back", args=[plan.pk, target.pk])
    city.post(path, {"version": "1", "reason": "", "key": "x"})
    assert HandingDown.objects.get().withdrawn is False
    city.post(path, {"version": "1", "reason": "Giao nhầm", "key": "y"})
    assert HandingDown.objects.get().withdrawn is True
    assert "Chỉ tiêu chưa giao" in text_of(city.get(reverse("plan_board", args=[plan.pk])))
