"""Lists of earlier years at the import desk: the same three steps, with what was decided then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chungtay.households.models import Household, StatusSpell
from chungtay.places.models import Level, Unit
from chungtay.places.services import add_villages
from chungtay.sync.models import ImportBatch
from tests.sync.conftest import FAMILY, HEADER, person, xlsx
from tests.web.imports.test_imports import send, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ROWS = [person("Lưu Văn Khánh", code="H-01", birth=1984, village="Thôn 1", kind="Hộ nghèo A")]
PAPER = {"number": "98/QĐ-UBND", "decided_day": "28", "decided_month": "12", "decided_year": "2021"}


@pytest.fixture
def desk(officer, client_of) -> Client:
    return client_of(officer)


def bring(client: Client, rows: Any = ROWS, header: Any = HEADER, **more: str) -> Any:
    file = SimpleUploadedFile("2022.xlsx", xlsx(rows, header))
    form = {"file": file, "year": "2022", "key": "a", **more}
    return client.post(reverse("imports_earlier"), form)


def test_from_the_choice_to_the_history_of_the_household_and_back(desk: Client, quang_trung: Unit):
    first = send(desk, FAMILY).url
    desk.post(f"{first}/ghi", {"key": "k0"})
    assert "Có danh sách của những năm trước?" in text_of(desk.get(reverse("imports")))
    assert "Để trống nếu tiêu đề ghi rõ" in text_of(desk.get(reverse("imports_earlier")))
    url = bring(desk, **PAPER).url
    look = text_of(desk.get(url))
    assert "danh sách năm 2022" in look
    assert "Quyết định số 98/QĐ-UBND ngày 28/12/2021 của cơ quan chưa rõ" in look
    assert "1 hộ đọc được = 0 thêm mới + 1 cập nhật" in look
    assert "Hộ nghèo A, từ 28/12/2021 đến hết 31/12/2022" in look
    applied = text_of(desk.post(f"{url}/ghi", {"key": "k1"}, follow=True))
    assert "Đã ghi 1 hộ cập nhật" in applied
    household = Household.objects.get()
    page = text_of(desk.get(reverse("register_household", args=[household.pk])))
    assert "Quyết định số 98/QĐ-UBND" in page
    assert "năm 2022" in text_of(desk.get(reverse("imports")))
    undone = text_of(desk.post(f"{url}/hoan-tac", {"key": "k2"}, follow=True))
    assert "Đã hoàn tác lúc" in undone
    assert StatusSpell.objects.filter(withdrawn=False).count() == 1


def test_without_a_paper_it_says_not_known(desk: Client, quang_trung: Unit) -> None:
    look = text_of(desk.get(bring(desk).url))
    assert "quyết định chưa rõ" in look
    assert "Sổ chưa có hộ Lưu Văn Khánh" in look
    assert "Đánh dấu tất cả 1 hộ nghi ngờ" in look


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"year": "21"}, "Năm ghi bằng bốn chữ số"),
        ({"year": ""}, "Chưa biết danh sách là của năm nào"),
        ({"year": "2999"}, "chưa hết"),
        ({"number": "98/QĐ"}, "cần cả số và ngày"),
        (PAPER | {"decided_day": ""}, "Ngày ký cần đủ ngày, tháng, năm"),
        ({"standard": "nd-351-2025"}, "không áp dụng"),
        ({"commune": "9" * 30}, ""),
    ],
)
def test_what_is_typed_stays_and_is_answered(desk: Client, quang_trung, more, said) -> None:
    answer = bring(desk, **more)
    if not said:
        assert answer.status_code == 302
        return
    page = answer.content.decode()
    assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert f'name="number" value="{more.get("number", "")}"' in page
    assert not ImportBatch.objects.exists()


def test_villages_that_nobody_could_map_are_chosen(quang_trung: Unit, hire, client_of, system):
    ward = quang_trung.successions.get().new
    add_villages(actor=system, commune=ward, names=["Tổ dân phố 5"], valid_from=None)
    desk = client_of(hire("officer", ward), year=2026)
    assert "Hãy thêm cột “Xã”" in text_of(desk.get(bring(desk).url))
    url = bring(desk, commune=str(quang_trung.pk), key="b").url
    page = desk.get(url)
    assert "Thôn lúc đó nay là thôn nào?" in text_of(page)
    assert "Thôn 1, Xã Quang Trung (1 hộ)" in text_of(page)
    key = page.content.decode().partition('name="old" value="')[2].partition('"')[0]
    village = Unit.objects.get(parent=ward, level=Level.VILLAGE)
    nothing = desk.post(f"{url}/thon", {"old": key, "now": ""}, follow=True)
    assert "Chưa chọn thôn nào" in text_of(nothing)
    wrong = desk.post(f"{url}/thon", {"old": key, "now": "999999"}, follow=True)
    assert "không thuộc" in text_of(wrong)
    assert desk.post(f"{url}/thon", {"old": key}).status_code == 404
    chosen = desk.post(f"{url}/thon", {"old": key, "now": str(village.pk)}, follow=True)
    assert "Đã chọn 1 thôn" in text_of(chosen)
    assert "Thôn lúc đó nay là thôn nào?" not in text_of(chosen)
    desk.post(f"{url}/ghi", {"all": "1", "key": "k"})
    assert Household.objects.get().village == village


def test_two_who_may_be_one_stand_side_by_side(desk: Client, quang_trung: Unit) -> None:
    desk.post(f"{send(desk, FAMILY).url}/ghi", {"key": "k0"})
    look = text_of(desk.get(bring(desk, [person("Lưu Văn Khánh", village="Thôn 1", kind="N")]).url))
    listed = "Danh sách, dòng 2 Lưu Văn Khánh · chưa rõ năm sinh · chưa rõ giới tính · Thôn 1"
    kept = "Trong sổ Lưu Văn Khánh · sinh 15/03/1984 · Nam · Thôn 1 · hộ Lưu Văn Khánh"
    assert f"{listed} {kept}" in look
    assert "cùng họ tên +40, cùng thôn +15, cùng chủ hộ +10: 65 điểm" in look


def test_the_marked_file_of_an_earlier_list(desk: Client, quang_trung: Unit) -> None:
    url = bring(desk).url
    answer = desk.post(f"{url}/danh-dau")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_the_outsider_finds_nothing(desk: Client, quang_trung: Unit, outsider, client_of) -> None:
    url = bring(desk).url
    other = client_of(outsider)
    assert other.get(url).status_code == 404
    assert other.post(f"{url}/thon", {"old": "1:1", "now": "0"}).status_code == 404
    assert StatusSpell.objects.filter(valid_from__lt=date(2023, 1, 1)).count() == 0
