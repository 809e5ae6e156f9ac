"""The import desk: choose, look, write, take back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chungtay.acts.models import JournalLine
from chungtay.acts.services import System
from chungtay.files.opening import open_sheets
from chungtay.households.models import Household
from chungtay.places.models import Level, Unit
from chungtay.staff.models import User
from chungtay.sync.models import ImportBatch
from chungtay.sync.reading import read_household_list
from tests.sync.conftest import FAMILY, NEIGHBOURS, ON, person, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = {"on_day": "01", "on_month": "01", "on_year": "2023"}
NUMBER = "038084996102"


def send(client: Client, rows: Any, name: str = "ds.xlsx", **more: str) -> Any:
    content = rows if isinstance(rows, bytes) else xlsx(rows)
    form = {"file": SimpleUploadedFile(name, content), **DAY, **more}
    return client.post(reverse("imports"), form)


def text_of(response: Any) -> str:
    """The words of a page, tags aside."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(plain.split())


@pytest.fixture
def desk(officer: User, client_of: Callable[..., Client]) -> Client:
    return client_of(officer)


def test_a_list_is_looked_at_written_and_taken_back(desk: Client) -> None:
    looked = desk.get(send(desk, [*FAMILY, *NEIGHBOURS]).url)
    said = text_of(looked)
    assert "2 hộ đọc được = 2 thêm mới + 0 cập nhật + 0 giữ nguyên + 0 nghi ngờ + 0 từ chối" in said
    assert "Sẽ ghi: 2 hộ thêm mới (4 người), 0 hộ cập nhật." in said
    assert Household.objects.count() == 0
    batch = ImportBatch.objects.get()
    applied = desk.post(reverse("imports_apply", args=[batch.pk]), {"key": "k1"}, follow=True)
    assert "Đã ghi 2 hộ, 4 người." in text_of(applied)
    assert "Hoàn tác" in text_of(applied)
    assert Household.objects.filter(withdrawn=False).count() == 2
    undone = desk.post(reverse("imports_undo", args=[batch.pk]), {"key": "k2"}, follow=True)
    assert "Đã hoàn tác lúc" in text_of(undone)
    assert Household.objects.filter(withdrawn=False).count() == 0
    listed = text_of(desk.get(reverse("imports")))
    assert "ds.xlsx" in listed
    assert "Đã hoàn tác · 2 hộ, 4 người" in listed


def test_a_second_click_writes_once(desk: Client) -> None:
    once = xlsx(FAMILY)  # a workbook made a second later is another file
    send(desk, once, key="same")
    send(desk, once, key="same")
    batch = ImportBatch.objects.get()
    for _ in range(2):
        answer = desk.post(reverse("imports_apply", args=[batch.pk]), {"key": "k1"}, follow=True)
        assert "Đã ghi 1 hộ, 2 người." in text_of(answer)
    other = desk.post(reverse("imports_apply", args=[batch.pk]), {"key": "k2"}, follow=True)
    assert "đã được ghi vào sổ (Hà Thị Mận" in text_of(other)
    assert Household.objects.count() == 1


def test_only_what_is_ticked_of_the_doubtful_is_written(desk: Client) -> None:
    rows = [person("Bùi Văn Thứ", village="Thôn 1", number=38075992264), *FAMILY]
    url = send(desk, [*rows, person("Hà Văn Tư", village="Thôn 2", number=38075992265)]).url
    page = desk.get(url)
    assert "2 nghi ngờ" in text_of(page)
    assert 'name="row" value="2" form="apply-form"' in page.content.decode()
    batch = ImportBatch.objects.get()
    desk.post(reverse("imports_apply", args=[batch.pk]), {"row": ["2"]})
    written = set(Household.objects.values_list("head_name", flat=True))
    assert written == {"Bùi Văn Thứ", "Lưu Văn Khánh"}


def test_nothing_ticked_and_nothing_sure_writes_nothing(desk: Client) -> None:
    send(desk, [person("Bùi Văn Thứ", village="Thôn 1", number=38075992264)])
    batch = ImportBatch.objects.get()
    answer = desk.post(reverse("imports_apply", args=[batch.pk]), follow=True)
    assert "Chưa ghi gì vì chưa có hộ nào được đánh dấu" in text_of(answer)
    batch.refresh_from_db()
    assert batch.state == "staged"
    desk.post(reverse("imports_apply", args=[batch.pk]), {"all": "1"})
    assert Household.objects.count() == 1


def test_a_list_that_changes_nothing_is_never_called_a_success(desk: Client) -> None:
    content = xlsx(FAMILY)
    for _ in range(2):
        send(desk, content)
    first, second = ImportBatch.objects.order_by("staged_at")
    desk.post(reverse("imports_apply", args=[first.pk]))
    page = text_of(desk.get(reverse("imports_batch", args=[second.pk])))
    assert "Không có gì để ghi" in page
    assert "Chính tệp này đã được Hà Thị Mận ghi lúc" in page
    answer = text_of(desk.post(reverse("imports_apply", args=[second.pk]), follow=True))
    assert "Không ghi hộ nào" in answer
    assert "Đã ghi" not in answer
    assert "thành công" not in answer


def test_villages_of_a_first_list_are_offered_one_by_one(
    hire: Callable[..., User], client_of: Callable[..., Client], bare_commune: Unit
) -> None:
    desk = client_of(hire("officer", bare_commune))
    page = desk.get(send(desk, [*FAMILY, *NEIGHBOURS]).url)
    assert "Tạo “Thôn 1” và ghi 1 hộ, 2 người của thôn, tổ này" in text_of(page)
    batch = ImportBatch.objects.get()
    desk.post(reverse("imports_apply", args=[batch.pk]), {"row": ["2"]})
    assert [one.village.name for one in Household.objects.select_related("village")] == ["Thôn 1"]
    assert Unit.objects.filter(parent=bare_commune, level=Level.VILLAGE).count() == 1


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"on_day": "31", "on_month": "02"}, "Ngày 31/02/2023 không có thật"),
        ({"on_day": "x"}, "Ngày x/01/2023 không có thật"),
        ({"on_year": "1999"}, "1999"),
        ({"on_year": "9" * 20}, f"Ngày 01/01/{'9' * 20} không có thật"),
        ({"on_year": "9999"}, "ở sau hôm nay"),
        ({"on_year": "2025", "on_month": "08"}, "chỉ có đến hết ngày 30/06/2025"),
    ],
)
def test_a_wrong_day_is_said_and_what_was_typed_is_kept(desk: Client, form, said) -> None:
    answer = send(desk, FAMILY, **form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in text_of(answer)
    assert "<title>Lỗi:" in page
    for name, value in {**DAY, **form}.items():
        assert f'name="{name}" type="text" inputmode="numeric" maxlength="10"' in page
        assert f'value="{value}"' in page
    assert ImportBatch.objects.count() == 0


def test_a_file_that_is_no_list_is_refused_and_the_day_is_kept(desk: Client) -> None:
    answer = send(desk, b"%PDF-1.7 hello", on_day="15")
    assert answer.status_code == 422
    assert "Đây là tệp PDF, không phải tệp Excel" in text_of(answer)
    assert 'value="15"' in answer.content.decode()
    assert "Chưa chọn tệp nào" in text_of(desk.post(reverse("imports"), DAY))
    assert ImportBatch.objects.count() == 0


def test_a_file_above_the_limit_is_refused(desk: Client, settings) -> None:
    settings.LARGEST_UPLOAD_BYTES = 2**20
    answer = send(desk, b"x" * (2**20 + 1))
    assert "Tệp lớn hơn 1 MB" in text_of(answer)


def test_long_sections_are_cut_with_their_count_and_shown_whole_on_asking(desk: Client) -> None:
    rows = [person(f"Hà Văn {'I' * place}", village="Thôn 1", birth=1950 + place, code=f"M{place}",
                   number=f"0380{50 + place}000{place:03d}") for place in range(1, 31)]  # fmt: skip
    url = send(desk, rows).url
    page = text_of(desk.get(url))
    assert "20/30 hộ" in page
    assert "Xem tất cả 30 hộ (đang hiện 20)" in page
    assert "30/30 hộ" in text_of(desk.get(f"{url}?xem=them-moi"))
    assert desk.get(f"{url}?xem=them-moi&trang=99").status_code == 200
    assert desk.get(f"{url}?xem=khong-co").status_code == 200


def test_messages_and_changes_stand_cell_by_cell(desk: Client) -> None:
    send(desk, FAMILY)
    desk.post(reverse("imports_apply", args=[ImportBatch.objects.get().pk]))
    rows = [
        person("Lưu Văn Khánh", code="H-01", income=1_350_000),
        person("Lê A", village="Thôn 9"),
    ]
    said = text_of(desk.get(send(desk, rows).url))
    assert "Thu nhập bình quân đầu người: 1.200.000 → 1.350.000 (ô K2)" in said
    assert "Xã Quang Trung không có “Thôn 9” (dòng 3, cột I)" in said


def test_no_citizen_id_stands_on_a_page(desk: Client) -> None:
    url = send(desk, [*FAMILY, person("Lê A", village="Thôn 1", number=int(NUMBER))]).url
    assert NUMBER not in desk.get(url).content.decode()
    assert NUMBER[1:] not in desk.get(url).content.decode()


def test_the_marked_file_is_the_own_sheet_with_marks(desk: Client) -> None:
    rows = [*FAMILY, person("+Lê A", village="Thôn 9", number=int(NUMBER), birth=date(1980, 2, 1))]
    send(desk, rows)
    batch = ImportBatch.objects.get()
    address = reverse("imports_marked", args=[batch.pk])
    looked = desk.get(reverse("imports_batch", args=[batch.pk])).content.decode()
    assert f'method="post" action="{address}"><input type="hidden" name="csrf' in looked
    assert desk.get(address).status_code == 405
    answer = desk.post(address)
    assert JournalLine.objects.get(act="sync.hand_back_marked").subject == f"import:{batch.pk}"
    assert "attachment" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [sheet.cell(1, 3).value, sheet.cell(2, 3).value] == ["Họ và tên", "Lưu Văn Khánh"]
    assert sheet.cell(2, 7).value == NUMBER
    assert sheet.cell(4, 3).value == "+Lê A"
    assert sheet.cell(4, 3).data_type == "s"
    assert sheet.cell(4, 3).quotePrefix
    assert sheet.cell(4, 7).value == int(NUMBER)
    assert sheet.cell(4, 6).value.date() == date(1980, 2, 1)
    assert sheet.cell(1, 13).value == "Ghi chú của Chung Tay"
    assert "Từ chối: " in sheet.cell(4, 13).value
    assert sheet.cell(4, 9).fill.start_color.rgb == "FFFDEEEC"
    assert sheet.cell(4, 7).fill.start_color.rgb == "FFFFF5DF"
    assert sheet.cell(2, 9).fill.fill_type is None


def test_the_template_is_read_without_a_doubt(desk: Client, quang_trung: Unit) -> None:
    answer = desk.get(reverse("imports_template"))
    content = b"".join(answer.streaming_content)
    read = read_household_list(open_sheets(content), on=ON)
    assert [column.header for column in read.columns if column.key is None] == []
    assert {"full_name", "birth", "citizen_id", "d01", "d12", "notes"} <= {
        column.key for column in read.columns
    }
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Danh sách"]
    rules = sheet.data_validations.dataValidation
    assert len(rules) == 4 + 15
    villages = {cell.value for cell in book["Danh mục"]["C"]}
    assert {"Thôn 1", "Thôn 4"} <= villages
    looked = desk.get(send(desk, content).url)
    assert "0 hộ đọc được" in text_of(looked)
    assert "là dòng ví dụ của tệp mẫu" in text_of(looked)


def test_a_filled_template_comes_in_whole(desk: Client) -> None:
    content = b"".join(desk.get(reverse("imports_template")).streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Danh sách"]
    places = {cell.value: cell.column for cell in sheet[1]}
    words = {"Mã hộ": "H-7", "Họ và tên": "Lê Văn Sáu", "Quan hệ với chủ hộ": "Chủ hộ",
             "Ngày, tháng, năm sinh": "1955", "Số CCCD": "038055000111",
             "Thôn, tổ dân phố": "Thôn 2", "Diện": "Hộ nghèo", "Chỉ số việc làm": "có"}  # fmt: skip
    for title, word in words.items():
        sheet.cell(4, places[title], word)
    kept = io.BytesIO()
    book.save(kept)
    send(desk, kept.getvalue())
    desk.post(reverse("imports_apply", args=[ImportBatch.objects.get().pk]))
    household = Household.objects.get()
    assert (household.code, str(household.village)) == ("H-7", "Thôn 2")
    assert household.statuses.get().household_class == "poor"
    assert household.answer_sheets.get().answers["household"]["d01"] is True


def test_what_is_not_ones_own_answers_like_what_is_not_there(
    desk: Client, outsider: User, hire: Callable[..., User], client_of, quang_trung: Unit
) -> None:
    send(desk, FAMILY)
    batch = ImportBatch.objects.get()
    village = Unit.objects.get(parent=quang_trung, name="Thôn 1")
    strangers = [outsider, hire("village_head", village), hire("chairman", quang_trung)]
    for user in strangers:
        other = client_of(user)
        assert other.get(reverse("imports_batch", args=[batch.pk])).status_code == 404
        for name in ("imports_apply", "imports_undo", "imports_marked"):
            assert other.post(reverse(name, args=[batch.pk])).status_code == 404
    assert "ds.xlsx" not in client_of(outsider).get(reverse("imports")).content.decode()
    for user in strangers[1:]:
        assert client_of(user).get(reverse("imports")).status_code == 404
        assert client_of(user).get(reverse("imports_template")).status_code == 404
    assert Client().get(reverse("imports")).status_code == 302
    assert Household.objects.count() == 0


def test_samples_are_there_only_in_the_demo(
    desk: Client, outsider: User, client_of, settings
) -> None:
    assert desk.get(reverse("imports_sample", args=[1])).status_code == 404
    settings.DEMO = True
    assert desk.get(reverse("imports_sample", args=[1])).status_code == 200
    assert desk.get(reverse("imports_sample", args=[3])).status_code == 404
    other = client_of(outsider)
    assert "Quang Trung" not in text_of(other.get(reverse("imports")))
    assert other.get(reverse("imports_sample", args=[2])).status_code == 404


def test_a_first_list_speaks_of_the_beginning_of_the_year(desk: Client, system: System) -> None:
    page = desk.get(reverse("imports")).content.decode()
    boxes = dict(re.findall(r'name="(on_\w+)"[^>]*value="(\d+)"', page))
    assert boxes == DAY


def test_a_form_shown_for_another_place_stages_nothing(
    desk: Client, quang_trung: Unit, phu_son: Unit
) -> None:
    shown = desk.get(reverse("imports")).content.decode()
    assert f'name="place" value="{quang_trung.pk}"' in shown
    answer = send(desk, FAMILY, place=str(phu_son.pk), on_day="17")
    assert answer.status_code == 409
    assert "Nơi đang xem đã đổi thành Xã Quang Trung" in text_of(answer)
    assert 'value="17"' in answer.content.decode()
    assert f'name="place" value="{quang_trung.pk}"' in answer.content.decode()
    assert ImportBatch.objects.count() == 0
    assert send(desk, FAMILY, place=str(quang_trung.pk)).status_code == 302


def test_a_row_number_that_no_sheet_has_is_left_out(desk: Client) -> None:
    send(desk, [person("Bùi Văn Thứ", village="Thôn 1", number=38075992264), *FAMILY])
    batch = ImportBatch.objects.get()
    address = reverse("imports_apply", args=[batch.pk])
    assert desk.post(address, {"row": ["9" * 5000]}).status_code == 302
    assert [one.head_name for one in Household.objects.all()] == ["Lưu Văn Khánh"]


def test_lists_of_imports_leave_their_sealed_files_where_they_are(
    desk: Client, django_assert_max_num_queries
) -> None:
    send(desk, FAMILY)
    for name in ("imports", "journal"):
        with django_assert_max_num_queries(60) as asked:
            assert "ds.xlsx" in text_of(desk.get(reverse(name))) or name == "journal"
        about = [one["sql"] for one in asked.captured_queries if "sync_importbatch" in one["sql"]]
        assert about
        assert not [sql for sql in about if '"staged"' in sql or '"undo"' in sql]


def test_a_settled_batch_offers_the_marked_file_for_some_days(desk: Client) -> None:
    send(desk, [*FAMILY, person("Lê A", village="Thôn 9")])
    batch = ImportBatch.objects.get()
    desk.post(reverse("imports_apply", args=[batch.pk]))
    settled, address = (
        reverse(name, args=[batch.pk]) for name in ("imports_batch", "imports_marked")
    )
    assert address in desk.get(settled).content.decode()
    ImportBatch.objects.update(settled_at=timezone.now() - timedelta(days=8))
    assert address not in desk.get(settled).content.decode()
    assert "chỉ tải được trong 7 ngày" in text_of(desk.post(address, follow=True))
