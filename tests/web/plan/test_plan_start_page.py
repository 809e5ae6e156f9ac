"""The page that begins a new year's plan, and what the plan's own page says of it."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from chungtay.plans.models import Plan
from chungtay.plans.states import State

pytestmark = pytest.mark.django_db

START = reverse("plan_start")


@pytest.fixture
def officer(demo, client_of):
    return client_of(demo("canbo.quangtrung"), 2024)


@pytest.fixture
def begun(officer) -> Plan:
    source = Plan.objects.get()
    answer = officer.post(START, {"source": source.pk, "key": "một"})
    made = Plan.objects.exclude(pk=source.pk).get()
    assert answer.headers["Location"] == reverse("plan_page", args=[made.pk])
    return made


def test_a_year_without_a_plan_offers_last_years(officer):
    assert "Lập từ kế hoạch năm trước" in officer.get(reverse("plan")).text
    page = officer.get(START).text
    assert "Năm 2023" in page
    assert "Lập bản nháp năm 2024" in page


def test_nothing_chosen_is_said(officer):
    answer = officer.post(START, {"source": "", "key": "một"})
    assert answer.status_code == 422
    assert "Chưa chọn kế hoạch nào" in answer.text
    assert Plan.objects.count() == 1


def test_the_page_says_what_is_to_be_done(officer, begun):
    page = officer.get(reverse("plan_page", args=[begun.pk])).text
    assert "Bản này bắt đầu từ kế hoạch năm 2023" in page
    assert "4 hộ có tên trong kế hoạch năm 2023 không mang sang" in page
    assert "Chỉ tiêu “Hộ nghèo” chưa có số" in page
    assert "có tên 0 hộ, số hứa chưa ghi" in page
    submit = officer.get(reverse("plan_submit", args=[begun.pk])).text
    assert "chỗ để trống nên chưa trình duyệt được" in submit
    assert "Lời trình" not in submit


def test_open_numbers_are_typed_one_after_the_other(officer, begun):
    address = reverse("plan_page", args=[begun.pk])
    form = {"total": "1411", "poor_opening": "19", "poor_reduction": "4", "version": begun.version}
    form |= {"near_poor_opening": "14", "near_poor_reduction": "", "key": "hai"}
    assert officer.post(address, form).status_code == 302
    targets = {row.code: row for row in begun.targets.all()}
    assert (targets["poor"].reduction, targets["poor"].number_open) == (4, False)
    assert (targets["near_poor"].reduction, targets["near_poor"].number_open) == (None, True)
    emptied = officer.post(address, form | {"poor_reduction": "", "version": 2, "key": "ba"})
    assert emptied.status_code == 422
    assert "Ô này cần một số hộ" in emptied.text


def test_the_word_file_leaves_a_blank_to_fill(officer, begun):
    content = officer.post(reverse("plan_word", args=[begun.pk])).content
    text = "\n".join(one.text for one in Document(BytesIO(content)).paragraphs)
    assert "phấn đấu toàn xã giảm …… hộ nghèo, còn …… hộ" in text
    assert "năm 2024" in text


def test_a_second_begun_by_another_window_is_answered_with_a_sentence(officer, begun):
    source = Plan.objects.exclude(pk=begun.pk).get()
    answer = officer.post(START, {"source": source.pk, "key": "khác"})
    assert answer.status_code == 422
    assert "đã có kế hoạch" in answer.text
    assert "Nơi này đã có kế hoạch năm 2024" in answer.text


def test_a_closed_plan_no_longer_says_what_to_do(officer, begun):
    Plan.objects.filter(pk=begun.pk).update(state=State.SUBMITTED)
    assert "Bản này bắt đầu từ" not in officer.get(reverse("plan_page", args=[begun.pk])).text


def test_the_outsider_begins_from_no_plan_of_another_place(demo, client_of):
    client = client_of(demo("canbo.phuson"), 2024)
    assert "chưa có kế hoạch nào của năm trước" in client.get(START).text
    assert client.post(START, {"source": Plan.objects.get().pk}).status_code == 422
    assert client.get(reverse("plan_page", args=[Plan.objects.get().pk])).status_code == 404
    assert Plan.objects.count() == 1
