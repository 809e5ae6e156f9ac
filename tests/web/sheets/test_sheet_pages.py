"""Year sheets on screen: every number opens what is behind it, within what its reader may see."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from chungtay.acts.models import JournalLine
from chungtay.reports.sheets.models import SheetRemark
from chungtay.staff.models import User

pytestmark = pytest.mark.django_db


def text_of(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_officer_reads_all_and_opens_a_number(
    demo: Callable[[str], User], client_of: Callable[..., Client]
) -> None:
    client = client_of(demo("canbo.quangtrung"))
    shown = text_of(client, "sheets")
    assert "Thôn 1" in shown
    assert "không xếp hạng" in shown
    people = text_of(client, "sheets", query="?xem=nguoi")
    assert "Tống Minh Châu" in people
    assert "chưa có số" in people
    behind = text_of(client, "sheets_behind", "co-quan", "finance_officer", "tasks_led")
    assert behind.count("Đối chiếu kinh phí hỗ trợ hộ nghèo theo quý") == 4


def test_a_village_head_reads_her_own_alone(
    demo: Callable[[str], User], client_of: Callable[..., Client]
) -> None:
    head = demo("truongthon1.quangtrung")
    client = client_of(head)
    village = text_of(client, "sheets", query="?xem=thon")
    assert "Thôn 1" in village
    assert "Thôn 2" not in village
    assert "Tống Minh Châu" not in text_of(client, "sheets", query="?xem=nguoi")
    other = demo("ketoan.quangtrung")
    for user, status in ((head, 200), (other, 404)):
        address = reverse("sheets_one", args=["nguoi", user.pk])
        assert client.get(address).status_code == status
    assert client.post(reverse("sheets_excel", args=["nguoi"])).status_code == 404


def test_numbers_stay_though_their_rows_are_closed_to_the_reader(
    demo: Callable[[str], User], client_of: Callable[..., Client]
) -> None:
    """The chairman of a commune sees families; the accountant reads no village's sheet at all."""
    village = demo("truongthon1.quangtrung").holdings.get().post.unit_id
    opening = ("thon", village, "poor_opening")
    assert "Hộ nghèo đầu năm: " in text_of(
        client_of(demo("chutich.quangtrung")), "sheets_behind", *opening
    )
    for name in ("ketoan.quangtrung", "canbo.phuson", "phong.bimson"):
        answer = client_of(demo(name)).get(reverse("sheets_behind", args=opening))
        assert answer.status_code == 404


def test_a_remark_is_written_kept_and_read(
    demo: Callable[[str], User], client_of: Callable[..., Client]
) -> None:
    head = demo("truongthon1.quangtrung")
    client, form = client_of(head), {"text": "Tháng tư tôi nghỉ ốm.", "version": "0", "key": "k1"}
    assert client.post(reverse("sheets_remark"), form).status_code == 302
    assert SheetRemark.objects.get().user_id == head.pk
    again = client.post(reverse("sheets_remark"), form | {"text": "Sửa", "key": "k2"})
    assert again.status_code == 409
    assert "Sửa" in again.content.decode()
    officer = client_of(demo("canbo.quangtrung"))
    read = text_of(officer, "sheets_one", "nguoi", head.pk)
    assert "Tháng tư tôi nghỉ ốm." in read
    assert "Ý kiến của tôi về phiếu này" not in read


def test_the_list_leaves_as_excel_with_a_line_in_the_journal(
    demo: Callable[[str], User], client_of: Callable[..., Client]
) -> None:
    client = client_of(demo("canbo.quangtrung"))
    answer = client.post(reverse("sheets_excel", args=["thon"]))
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "Phiếu năm của các thôn, tổ, năm 2023"
    assert "Hộ nghèo đầu năm" in rows[4]
    assert rows[5][0] == "Thôn 1"
    assert "chưa có số" in rows[5]
    assert JournalLine.objects.filter(act="reports.write_sheets").count() == 1


def test_above_the_communes_there_is_no_sheet(
    demo: Callable[[str], User], client_of: Callable[..., Client]
) -> None:
    shown = text_of(client_of(demo("phong.bimson")), "sheets")
    assert "Hãy chọn một xã, phường" in shown
