"""The one door of exports: asked for a purpose, fields by right, counted, journalled."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed
from chungtay.households.models import Household
from chungtay.households.writing import PersonInput
from chungtay.staff.services import give_post
from chungtay.sync.exporting import export_households

pytestmark = pytest.mark.database

ON = date(2023, 12, 31)
HEADER_ROW = 5


def cells(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.values]


@pytest.fixture
def export(browser):
    def post(client=browser, **fields: str):
        return client.post(reverse("register_export"), {"purpose": "họp thôn", **fields})

    return post


def test_every_member_leaves_and_the_journal_counts_them(export, register):
    rows = cells(export().content)
    assert rows[0][0] == "Danh sách hộ và thành viên"
    assert any("3/3 dòng" in cell for row in rows[:4] for cell in row)
    assert len(rows) == HEADER_ROW + 3
    line = JournalLine.objects.get(act="sync.export_households")
    details = json.loads(line.details)
    assert (details["rows"], details["households"]) == (3, 2)
    assert "ethnicity" in details["fields"]
    assert line.reason == "họp thôn"


def test_ids_leave_masked_only(export, register):
    text = str(cells(export().content))
    assert "••••••••0123" in text
    assert "038074000123" not in text


def test_only_the_filtered_households_leave(export, register):
    text = str(cells(export(**{"class": "poor"}).content))
    assert "Lường Thị Quyên" in text
    assert "Trần Văn An" not in text


def test_only_the_searched_households_leave(export, browser, register):
    token = browser.post(reverse("register_search"), {"text": "tran van"})["Location"]
    text = str(cells(export(t=token.partition("t=")[2]).content))
    assert "Trần Văn An" in text
    assert "Quyên" not in text


def test_the_dialog_counts_what_leaves(export, browser, officer, phu_son, register, system):
    give_post(
        actor=system,
        user_id=officer.pk,
        unit=phu_son,
        role="officer",
        valid_from=date(2022, 1, 1),
    )
    address = browser.post(reverse("register_search"), {"text": "thi"})["Location"]
    page = browser.get(address).content.decode()
    assert "Kiều Thị Sương" in page
    assert "Xuất 1 hộ của Xã Quang Trung ra Excel" in page
    export(t=address.partition("t=")[2])
    line = JournalLine.objects.get(act="sync.export_households")
    assert json.loads(line.details)["households"] == 1


def test_without_a_purpose_nothing_leaves(export, browser, register):
    answer = export(purpose=" ")
    assert answer.status_code == 302
    assert "Hãy ghi xuất danh sách để làm gì" in browser.get(answer["Location"]).content.decode()
    assert not JournalLine.objects.filter(act="sync.export_households").exists()


def test_the_neighbours_file_holds_her_own_only(export, neighbour, register):
    text = str(cells(export(neighbour).content))
    assert "Kiều Thị Sương" in text
    assert "Quyên" not in text


@pytest.mark.parametrize("who", ["finance", "village_head"])
def test_others_may_not_export(who, request, export, register):
    assert export(request.getfixturevalue(who)).status_code == 404


def test_the_file_name_holds_no_name(export, register):
    assert export()["Content-Disposition"] == (
        'attachment; filename="ho-dan-14824-2023-12-31.xlsx"'
    )


def test_a_formula_stays_text(export, register, system, quang_trung, add):
    add(register.poor.village, PersonInput("=1+1 Văn Bảy", "00"), code="=QT")
    sheet = openpyxl.load_workbook(io.BytesIO(export().content)).active
    typed = {cell.value: cell.data_type for row in sheet for cell in row}
    assert typed["=QT"] == "s"


def test_foreign_households_handed_in_do_not_leave(register, quang_trung, system, tmp_path):
    target = tmp_path / "all.csv"
    rows = export_households(
        actor=system,
        place=quang_trung,
        households=Household.objects.order_by("head_sort_key"),
        on=ON,
        purpose="kiểm tra",
        target=target,
    )
    assert rows == 3
    assert "Sương" not in target.read_text("utf-8")


def test_the_right_is_asked_at_the_place(register, phu_son, officer, acting, tmp_path: Path):
    with pytest.raises(NotAllowed):
        export_households(
            actor=acting(officer),
            place=phu_son,
            households=Household.objects.all(),
            on=ON,
            purpose="xem",
            target=tmp_path / "a.xlsx",
        )
    assert list(tmp_path.iterdir()) == []
