"""The pages on which a plan's wording is changed: live numbers, wrong input, two people at once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from chungtay.plans.models import Plan
from tests.web.today.test_today import text_of

pytestmark = pytest.mark.django_db

AIM = 6  # "2. Mục tiêu cụ thể", counted from 1


@pytest.fixture
def officer(demo, client_of):
    return client_of(demo("canbo.quangtrung"))


@pytest.fixture
def plan(officer) -> Plan:
    return Plan.objects.get()


@pytest.fixture
def address(plan):
    return reverse("plan_section", args=[plan.pk, AIM])


def form_of(client, address, **typed) -> dict[str, str]:
    """The form as the page sends it, some boxes typed anew."""
    page = client.get(address)
    mark = page.text.split('name="mark" value="')[1].split('"')[0]
    form = {"level": "2", "number": "2", "title": "Mục tiêu cụ thể", "mark": mark, "key": "k"}
    return form | typed


def test_a_live_number_stands_in_the_box_with_its_value(officer, address):
    page = officer.get(address).text
    assert "{21 | Hộ nghèo, đầu năm}" in page
    assert 'data-inserts="{05 | Hộ nghèo, số giảm}"' in page


def test_what_is_typed_is_kept_and_its_numbers_stay_live(officer, plan, address):
    body = "Đầu năm có {99 | Hộ nghèo, đầu năm} hộ nghèo.\n- Giảm {0 | poor_reduction} hộ."
    assert officer.post(address, form_of(officer, address, body=body)).status_code == 302
    plan.refresh_from_db()
    assert plan.content["sections"][AIM - 1]["paragraphs"] == [
        {"kind": "text", "text": "Đầu năm có {{ poor_opening }} hộ nghèo."},
        {"kind": "dash", "text": "Giảm {{ poor_reduction }} hộ."},
    ]
    shown = text_of(officer.get(reverse("plan_page", args=[plan.pk])))
    assert "Đầu năm có 21 hộ nghèo." in shown


def test_lines_that_stay_keep_their_kind(officer, plan):
    address = reverse("plan_section", args=[plan.pk, 11])
    before = plan.content["sections"][10]
    box = officer.get(address).text.split('name="body"')[1].split(">", 1)[1].split("</textarea>")[0]
    form = form_of(officer, address, level="3", number="3.1", title=before["title"], body=box)
    assert officer.post(address, form).status_code == 302
    plan.refresh_from_db()
    assert plan.content["sections"][10]["paragraphs"] == before["paragraphs"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"body": "Có {21 | hộ giàu} hộ."}, "Không có số nào trong dữ liệu tên là “hộ giàu”"),
        ({"body": "Có {21} hộ."}, "Dấu ngoặc nhọn chỉ dùng cho số lấy từ dữ liệu"),
        ({"body": "x", "number": "2/3"}, "Số mục chỉ gồm chữ và số"),
        ({"body": "", "title": ""}, "Mục chưa có tiêu đề cũng chưa có nội dung"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(officer, plan, address, typed, said):
    answer = officer.post(address, form_of(officer, address, **typed))
    assert answer.status_code == 422
    assert said in answer.text
    assert typed["body"] in answer.text
    assert plan.version == Plan.objects.get().version


def test_who_comes_second_sees_both_texts_and_may_keep_her_own(officer, plan, address, demo):
    mine = form_of(officer, address, body="Chữ của tôi.", key="một")
    officer.post(address, form_of(officer, address, body="Chữ của người kia.", key="hai"))
    answer = officer.post(address, mine)
    assert answer.status_code == 409
    assert "vừa được người khác sửa" in answer.text
    assert "Chữ của tôi." in answer.text
    assert "Chữ của người kia." in answer.text
    mark = answer.text.split('name="mark" value="')[1].split('"')[0]
    assert officer.post(address, mine | {"mark": mark, "key": "ba"}).status_code == 302
    plan.refresh_from_db()
    assert plan.content["sections"][AIM - 1]["paragraphs"][0]["text"] == "Chữ của tôi."


def test_a_section_is_added_moved_and_taken_out(officer, plan):
    add = reverse("plan_section_add", args=[plan.pk, 3])
    form = {"level": "2", "number": "3", "title": "Phạm vi", "body": "Toàn xã.", "key": "một"}
    assert officer.post(add, form).status_code == 302
    plan.refresh_from_db()
    assert plan.content["sections"][3]["title"] == "Phạm vi"
    page = officer.get(reverse("plan_wording", args=[plan.pk])).text
    row = page.split('id="muc-4"')[1].split("</li>")[0]
    mark = row.split('name="mark" value="')[1].split('"')[0]
    move = reverse("plan_section_move", args=[plan.pk, 4])
    officer.post(move, {"do": "up", "mark": mark, "key": "hai"})
    plan.refresh_from_db()
    assert plan.content["sections"][2]["title"] == "Phạm vi"
    stale = officer.post(move, {"do": "remove", "mark": mark, "key": "ba"}, follow=True)
    assert "nên chưa làm gì cả" in stale.text


def test_numbers_typed_against_the_data_are_listed(officer, plan, address):
    typed = reverse("plan_typed", args=[plan.pk])
    assert "khớp với dữ liệu" in officer.get(typed).text
    body = "Cuối năm 2023 phấn đấu toàn xã giảm 6 hộ nghèo."
    officer.post(address, form_of(officer, address, body=body))
    said = officer.get(typed).text
    assert "1 số gõ tay trong lời văn không khớp dữ liệu" in said
    assert "số giảm hộ nghèo là 6, dữ liệu của kế hoạch là 5" in said


def test_the_frame_is_kept_line_by_line(officer, plan):
    address = reverse("plan_frame", args=[plan.pk])
    mark = officer.get(address).text.split('name="mark" value="')[1].split('"')[0]
    form = {"subject": "Giảm nghèo\nnăm {2023 | năm của kế hoạch}", "lead_in": "Như sau:"}
    form |= {"bases": "Căn cứ A;\nCăn cứ B.", "recipients": "UBND thị xã (b/c);\n", "mark": mark}
    assert officer.post(address, form | {"key": "một"}).status_code == 302
    plan.refresh_from_db()
    content = plan.content
    assert content["wording"]["subject"] == "Giảm nghèo\nnăm {{ year }}"
    assert [one["text"] for one in content["legal_bases"]] == ["Căn cứ A", "Căn cứ B"]
    assert content["recipients"]["lines"] == ["UBND thị xã (b/c)"]
    late = officer.post(address, form | {"subject": "Muộn", "key": "hai"})
    assert late.status_code == 409
    assert "Muộn" in late.text
    empty = officer.post(address, form | {"recipients": " ", "key": "ba"})
    assert (empty.status_code, "Ô này không được để trống" in empty.text) == (422, True)


def test_a_closed_plan_says_why_it_is_not_changed(officer, plan, address):
    form = form_of(officer, address, body="Chữ muộn.")
    Plan.objects.update(state=Plan.State.SUBMITTED)
    page = officer.get(reverse("plan_wording", args=[plan.pk])).text
    assert "đang trình duyệt nên chưa sửa được" in page
    assert "Bỏ mục này" not in page
    answer = officer.post(address, form)
    assert (answer.status_code, "Chữ muộn." in answer.text) == (422, True)


def test_the_outsider_meets_a_missing_page(demo, plan, address, client_of):
    client = client_of(demo("canbo.phuson"))
    for one in (address, reverse("plan_wording", args=[plan.pk])):
        assert client.get(one).status_code == 404
    assert client.get(reverse("plan_typed", args=[plan.pk])).status_code == 404
