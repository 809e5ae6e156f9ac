"""A clean list to fill in: headers the reading knows, an example, drop-downs, instructions."""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from chungtay.households.models import HouseholdClass, Sex
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.rulebook.loading import law
from chungtay.sync.matching import EXAMPLE
from chungtay.sync.reading.vocabulary import COLUMN_SPELLINGS, INDICATORS

LAST_ROW = 2000
HEADERS: dict[str, tuple[str, int]] = {
    "stt": ("STT", 6),
    "code": ("Mã hộ", 10),
    "full_name": ("Họ và tên", 26),
    "relation": ("Quan hệ với chủ hộ", 14),
    "sex": ("Giới tính", 9),
    "birth": ("Ngày, tháng, năm sinh", 14),
    "citizen_id": ("Số CCCD", 16),
    "ethnicity": ("Dân tộc", 10),
    "village": ("Thôn, tổ dân phố", 18),
    "address": ("Địa chỉ", 20),
    "household_class": ("Diện", 22),
    "decision_number": ("Số quyết định", 16),
    "decision_date": ("Ngày quyết định", 14),
    "income": ("Thu nhập bình quân đầu người/tháng", 16),
    "health_insurance": ("Bảo hiểm y tế", 10),
    "schooling": ("Đang đi học", 12),
    "education": ("Trình độ học vấn", 16),
    "disabled": ("Khuyết tật", 10),
    "monthly_assistance": ("Trợ cấp xã hội", 10),
    "notes": ("Ghi chú", 24),
}
TEXT_COLUMNS = frozenset({"code", "birth", "citizen_id", "decision_number", "decision_date"})
YES_NO = ("health_insurance", "disabled", "monthly_assistance", *INDICATORS)
EXAMPLE_ROWS: tuple[dict[str, Any], ...] = (
    {
        "stt": 1,
        "code": "H-001",
        "full_name": "Nguyễn Văn Mẫu",
        "relation": "Chủ hộ",
        "sex": "Nam",
        "birth": "15/03/1984",
        "citizen_id": "000000000000",
        "ethnicity": "Kinh",
        "household_class": "Hộ nghèo",
        "income": 1_130_000,
        "health_insurance": "có",
        "notes": f"{EXAMPLE}: xóa dòng này; nếu quên, chương trình tự bỏ qua.",
    },
    {
        "full_name": "Trần Thị Mẫu",
        "relation": "Vợ",
        "sex": "Nữ",
        "birth": "1986",
        "ethnicity": "Kinh",
        "notes": EXAMPLE,
    },
)


def write_template(target: BinaryIO, commune: Unit, on: date) -> None:
    """Write the template for a commune, its villages as they stand on a day in the drop-down."""
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    # The list is filled in and read back in Vietnamese, whoever asks for it.
    with translation.override("vi"), workbook as book:
        sheet = book.add_worksheet(_("Danh sách"))
        guide = book.add_worksheet(_("Hướng dẫn"))
        lists = book.add_worksheet("Danh mục")
        _write_headers(book, sheet)
        _write_examples(book, sheet)
        _write_choices(sheet, lists, _choices(commune, on))
        _write_guide(book, guide, commune)
        lists.hide()
        sheet.activate()


def keys() -> list[str]:
    """The meanings of the columns, in their order."""
    *first, notes = HEADERS
    return [*first, *INDICATORS, notes]


def _title(key: str) -> str:
    """The header; an indicator goes by the first spelling in words, not by its bare number."""
    return HEADERS[key][0] if key in HEADERS else COLUMN_SPELLINGS[key][1]


def _write_headers(book: Any, sheet: Any) -> None:
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
    )
    text = book.add_format({"num_format": "@"})
    for place, key in enumerate(keys()):
        width = HEADERS[key][1] if key in HEADERS else 10
        sheet.set_column(place, place, width, text if key in TEXT_COLUMNS else None)
        sheet.write_string(0, place, _title(key), head)
    sheet.set_row(0, 48)
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_examples(book: Any, sheet: Any) -> None:
    look = {"italic": True, "font_color": "#526268", "bg_color": "#F4F7F7"}
    plain, text = book.add_format(look), book.add_format(look | {"num_format": "@"})
    for row, example in enumerate(EXAMPLE_ROWS, 1):
        for place, key in enumerate(keys()):
            form = text if key in TEXT_COLUMNS else plain
            sheet.write(row, place, example.get(key, ""), form)


def _choices(commune: Unit, on: date) -> dict[str, list[str]]:
    codes = law().codes
    yes_no = {key: ["có", "không"] for key in YES_NO}
    return {
        "relation": [one.label for one in codes["relation_to_head_bhxh"].values()],
        "sex": [str(one.label) for one in Sex],
        "village": [village.name_on(on) for village in villages_of(commune, on)],
        "household_class": [str(one.label) for one in HouseholdClass],
        **yes_no,
    }


def _write_choices(sheet: Any, lists: Any, choices: dict[str, list[str]]) -> None:
    """Drop-downs that warn but let other words pass; long lists stand on a sheet of their own."""
    places = {key: place for place, key in enumerate(keys())}
    for column, (key, words) in enumerate(choices.items()):
        if not words:
            continue
        for row, word in enumerate(words):
            lists.write_string(row, column, word)
        letter = xl_col_to_name(column, col_abs=True)
        sheet.data_validation(
            1,
            places[key],
            LAST_ROW,
            places[key],
            {
                "validate": "list",
                "source": f"='Danh mục'!{letter}$1:{letter}${len(words)}",
                "error_type": "information",
                "error_title": _("Chữ khác danh mục"),
                "error_message": _(
                    "Vẫn ghi được; khi nhập, chương trình sẽ hỏi lại nếu không hiểu."
                ),
            },
        )


def _write_guide(book: Any, guide: Any, commune: Unit) -> None:
    bold = book.add_format({"bold": True, "font_size": 14})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    guide.set_column(0, 0, 110)
    guide.write_string(0, 0, _("Cách ghi danh sách hộ, %(place)s") % {"place": commune.name}, bold)
    for row, line in enumerate(_guide_lines(), 2):
        guide.write_string(row, 0, line, wrap)


def _guide_lines() -> list[str]:
    return [
        _("1. Mỗi người một dòng, chủ hộ ở dòng đầu của hộ. Các hộ ghi liền nhau."),
        _("2. Mã hộ, thôn, diện và thu nhập chỉ cần ghi ở dòng của chủ hộ."),
        _("3. Ô nào chưa rõ thì để trống; ô trống không xóa điều đã có trong sổ."),
        _("4. Ngày sinh ghi kiểu 15/3/1984; chỉ biết năm thì ghi 1984."),
        _("5. Số CCCD gồm 12 chữ số, số CMND 9 chữ số; cột này đã để kiểu chữ để giữ số 0 ở đầu."),
        _("6. Thu nhập ghi đủ số đồng một người một tháng, ví dụ 1.200.000."),
        _(
            "7. Các cột chỉ số: ghi “có” nếu hộ thiếu hụt chỉ số ấy, “không” nếu không. Nếu cả "
            "danh sách chỉ ghi “có”, ô trống của hộ đã có dấu được hiểu là không thiếu hụt."
        ),
        _("8. Được đổi thứ tự cột, xóa cột không dùng, thêm cột riêng; đừng đổi tên cột."),
        _("9. Diện tính từ ngày quyết định; nếu không ghi thì từ ngày chọn khi nhập."),
        _("10. Dòng ví dụ màu xám: xóa trước khi nhập."),
    ]
