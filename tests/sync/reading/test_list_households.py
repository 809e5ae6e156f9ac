"""Rows become households: heads found, families kept together, the same twice noticed."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from chungtay.files.cells import Limits
from chungtay.files.child import answer
from chungtay.sync.reading import HouseholdDraft, ReadList, read_household_list

ON = date(2023, 6, 5)
HEADER = ["STT", "Mã hộ", "Họ và tên", "Quan hệ", "Ngày sinh", "Số CCCD", "Thôn", "Diện"]


def shape(listed: ReadList) -> list[list[str]]:
    return [[member.full_name for member in one.members] for one in listed.households]


def codes(household: HouseholdDraft) -> list[str]:
    return [message.code for message in household.messages]


def said(household: HouseholdDraft, code: str) -> str:
    (message,) = [message for message in household.messages if message.code == code]
    return str(message.sentence)


def test_by_household_code_with_the_village_only_at_the_head(read: Any) -> None:
    listed = read(
        HEADER,
        [1, "H1", "Lê An", "Chủ hộ", 1960, None, "Thôn 4", "HN"],
        [2, "H1", "Trần Bé", "Vợ"],
        [3, "H2", "Võ Cư", "Chủ hộ", 1970, None, "Thôn 5", "HCN"],
    )
    assert shape(listed) == [["Lê An", "Trần Bé"], ["Võ Cư"]]
    assert [(one.household_code, one.village) for one in listed.households] == [
        ("H1", "Thôn 4"),
        ("H2", "Thôn 5"),
    ]
    assert [one.household_class for one in listed.households] == ["poor", "near_poor"]


def test_a_village_first_named_on_a_later_row_belongs_to_the_same_household(read: Any) -> None:
    listed = read(
        HEADER,
        [1, "H1", "Lê An", "Chủ hộ", 1960],
        [2, "H1", "Trần Bé", "Vợ", None, None, "Thôn 4"],
    )
    assert shape(listed) == [["Lê An", "Trần Bé"]]
    assert listed.households[0].village == "Thôn 4"


def test_by_merged_cells(read: Any) -> None:
    listed = read(
        ["STT", "Chủ hộ", "Họ và tên thành viên", "Năm sinh", "Thôn"],
        [1, "Lê An", "Lê An", 1960, "Thôn 4"],
        [None, None, "Trần Bé", 1962, None],
        [2, "Lê An", "Lê An", 1990, "Thôn 5"],
        [None, None, "Lê Con", 2015, None],
        merges=["A2:A3", "B2:B3", "E2:E3", "A4:A5", "B4:B5", "E4:E5"],
    )
    assert shape(listed) == [["Lê An", "Trần Bé"], ["Lê An", "Lê Con"]]
    assert [one.rows for one in listed.households] == [(2, 3), (4, 5)]
    assert all(one.head.relation == "00" for one in listed.households)


def test_by_the_heads_name_repeated_or_blank(read: Any) -> None:
    header = ["Họ và tên chủ hộ", "Họ và tên", "Quan hệ"]
    for second in ("Lê An", "LÊ AN", None):
        listed = read(
            header,
            ["Lê An", "Lê An", "Chủ hộ"],
            [second, "Trần Bé", "Vợ"],
            ["Võ Cư", "Võ Cư", "Chủ hộ"],
        )
        assert shape(listed) == [["Lê An", "Trần Bé"], ["Võ Cư"]]


def test_by_relation_alone_and_by_sparse_ordinals(read: Any) -> None:
    rows = [["Lê An", "Chủ hộ"], ["Trần Bé", "Vợ"], ["Võ Cư", "Chủ hộ"], ["Võ Em", "Con"]]
    listed = read(["Họ và tên", "Quan hệ"], *rows)
    assert shape(listed) == [["Lê An", "Trần Bé"], ["Võ Cư", "Võ Em"]]
    numbered = [[number, *row] for number, row in zip([1, None, 2, None], rows, strict=True)]
    assert shape(read(["STT", "Họ và tên", "Quan hệ"], *numbered)) == shape(listed)


def test_one_ordinal_left_out_joins_nobody(read: Any) -> None:
    rows = [[number, f"Lê {number}n", 1960] for number in range(1, 8)]
    rows[3][0] = None
    rows = [[row[0], row[1].replace(str(n), "abcdefgh"[n]), 1960 + n] for n, row in enumerate(rows)]
    assert len(read(["STT", "Họ và tên", "Năm sinh"], *rows).households) == 7


def test_one_row_per_household_with_only_the_head(read: Any) -> None:
    listed = read(
        ["STT", "Họ và tên chủ hộ", "Năm sinh", "Số nhân khẩu", "Diện"],
        [1, "Lê An", 1960, 4, "HN"],
        [2, "Võ Cư", 1970, 1, "HCN"],
    )
    assert shape(listed) == [["Lê An"], ["Võ Cư"]]
    assert [one.member_count for one in listed.households] == [4, 1]
    assert [one.severity for one in listed.households] == ["note", "note"]


def test_a_household_without_head(read: Any) -> None:
    listed = read(
        HEADER,
        [1, "H1", "Lê An", "Chủ hộ"],
        [2, "H2", "Võ Cư", "Vợ"],
        [3, "H2", "Võ Em", "Con"],
    )
    first, second = listed.households
    assert not first.refused
    assert second.refused
    assert second.head is None
    assert said(second, "head_missing") == (
        "Hộ ở dòng 3 (cột D) không có chủ hộ. Hãy ghi “Chủ hộ” ở cột quan hệ cho đúng một người."
    )


def test_two_heads(read: Any) -> None:
    listed = read(
        HEADER,
        [1, "H1", "Lê An", "Chủ hộ"],
        [2, "H1", "Võ Cư", "Chủ hộ"],
        [3, "H2", "Võ Em", "Chủ hộ"],
    )
    assert [one.refused for one in listed.households] == [True, False]
    assert said(listed.households[0], "two_heads") == (
        "Hộ này có hai chủ hộ, ở dòng 2 và dòng 3 (cột D). "
        "Hãy giữ một chủ hộ, hoặc tách thành hai hộ có mã hộ khác nhau."
    )


def test_a_head_that_is_not_among_the_members(read: Any) -> None:
    listed = read(
        ["Họ và tên chủ hộ", "Họ và tên", "Quan hệ"],
        ["Lê An", "Trần Bé", "Vợ"],
        [None, "Lê Em", "Con"],
    )
    (household,) = listed.households
    assert household.doubtful
    assert [one.full_name for one in household.members] == ["Lê An", "Trần Bé", "Lê Em"]
    assert household.head.full_name == "Lê An"
    assert "không có dòng riêng (dòng 2, cột A)" in said(household, "head_without_row")


def test_a_head_is_assumed_only_with_a_doubt(read: Any) -> None:
    listed = read(["Mã hộ", "Họ và tên"], ["H1", "Lê An"], ["H1", "Trần Bé"])
    (household,) = listed.households
    assert household.head.full_name == "Lê An"
    assert "head_assumed" in codes(household)
    assert household.doubtful


def test_the_same_id_in_two_households(read: Any) -> None:
    listed = read(
        HEADER,
        [1, "H1", "Lê An", "Chủ hộ", None, "038057000123"],
        [2, "H2", "Võ Cư", "Chủ hộ", None, 38057000123],
    )
    assert [one.doubtful for one in listed.households] == [True, True]
    assert said(listed.households[0], "id_twice") == (
        "Số định danh •••••••••123 (dòng 2, cột F) cũng ghi ở dòng 3, thuộc hộ khác. "
        "Hãy đối chiếu với thẻ; một người chỉ thuộc một hộ."
    )
    assert "cũng ghi ở dòng 2" in said(listed.households[1], "id_twice")


def test_the_same_id_in_one_household(read: Any) -> None:
    listed = read(
        HEADER,
        [1, "H1", "Lê An", "Chủ hộ", None, "038057000123"],
        [2, "H1", "Trần Bé", "Vợ", None, "038057000123"],
    )
    (household,) = listed.households
    assert household.refused
    assert "ở dòng 2 và dòng 3 (cột F)" in said(household, "id_twice_in_household")


def test_the_same_household_twice(read: Any) -> None:
    listed = read(
        HEADER,
        [1, "H1", "Lê Hòa", "Chủ hộ", "15/3/1960", None, "Thôn 4"],
        [2, "H2", "LÊ HOÀ", "Chủ hộ", 1960, None, "THÔN 4"],
        [3, "H3", "Lê Hòa", "Chủ hộ", 1961, None, "Thôn 4"],
        [4, "H4", "Lê Hòa", "Chủ hộ", 1960, None, "Thôn 5"],
    )
    assert [one.doubtful for one in listed.households] == [True, True, False, False]
    assert "giống hộ ở dòng 3" in said(listed.households[0], "household_twice")


def test_the_same_member_twice(read: Any) -> None:
    listed = read(
        HEADER,
        [1, "H1", "Lê An", "Chủ hộ", 1960],
        [2, "H1", "Lê Em", "Con", 1990],
        [3, "H1", "Lê Em", "Con", 1990],
    )
    assert codes(listed.households[0]) == ["member_twice"]


def test_rows_that_contradict_each_other(read: Any) -> None:
    listed = read(
        HEADER,
        [1, "H1", "Lê An", "Chủ hộ", 1960, None, "Thôn 4", "HN"],
        [2, "H1", "Lê Em", "Con", 1990, None, "Thôn 4", "HCN"],
    )
    assert listed.households[0].household_class == "poor"
    assert "ở dòng 2 và dòng 3 (cột H)" in said(listed.households[0], "values_differ")


def test_a_row_with_data_and_no_name(read: Any) -> None:
    listed = read(
        HEADER, [1, "H1", "Lê An", "Chủ hộ"], [2, "H1", None, "Con", 1990], [3], [4, "", "", ""]
    )
    (household,) = listed.households
    assert household.refused
    assert "Dòng 3 có dữ liệu nhưng thiếu họ tên (dòng 3, cột C)" in said(household, "name_missing")
    assert "Không đọc dòng 4–5: chỉ có số thứ tự." in [str(m.sentence) for m in listed.messages]


def test_a_count_of_members_that_does_not_fit(read: Any) -> None:
    listed = read(
        ["Mã hộ", "Họ và tên", "Quan hệ", "Số nhân khẩu"],
        ["H1", "Lê An", "Chủ hộ", 3],
        ["H1", "Lê Em", "Con", None],
    )
    assert "ghi 3 nhân khẩu nhưng danh sách có 2 người" in said(
        listed.households[0], "member_count_differs"
    )


def test_marks_in_columns_of_classes(read: Any) -> None:
    listed = read(
        ["Họ và tên chủ hộ", "Hộ nghèo", "Hộ cận nghèo"],
        ["Lê An", "x", None],
        ["Võ Cư", None, "X"],
        ["Võ Em", "x", "x"],
    )
    assert [one.household_class for one in listed.households] == ["poor", "near_poor", None]
    assert codes(listed.households[2]) == ["both_classes"]


@pytest.mark.parametrize(("blank", "answer"), [(None, False), (0, False)])
def test_blank_indicators_are_no_only_where_the_list_marks_with_x(
    read: Any, blank: object, answer: bool
) -> None:
    header = ["Họ và tên chủ hộ", "d01", "d02", "d03"]
    listed = read(header, ["Lê An", "x", blank, "x"], ["Võ Cư", None, None, None])
    assert listed.households[0].answers == {"d01": True, "d02": answer, "d03": True}
    assert listed.households[1].answers == {}


def test_blank_indicators_stay_unknown_where_the_list_says_no_itself(read: Any) -> None:
    listed = read(["Họ và tên chủ hộ", "d01", "d02"], ["Lê An", 1, None], ["Võ Cư", 0, None])
    assert [one.answers for one in listed.households] == [{"d01": True}, {"d01": False}]


def test_a_list_of_indicator_numbers(read: Any) -> None:
    listed = read(["Họ và tên chủ hộ", "Các chỉ số thiếu hụt"], ["Lê An", "1, 4, 9"])
    answers = listed.households[0].answers
    assert [name for name, lacking in answers.items() if lacking] == ["d01", "d04", "d09"]
    assert len(answers) == 12


def test_villages_and_classes_as_titles_between_rows(read: Any) -> None:
    listed = read(
        ["STT", "Họ và tên chủ hộ", "Năm sinh"],
        ["A", "THÔN 4"],
        ["I", "HỘ NGHÈO: 1 hộ"],
        [1, "Lê An", 1960],
        ["II", "HỘ CẬN NGHÈO"],
        [1, "Võ Cư", 1970],
        ["B", "Thôn 5"],
        ["I", "Hộ nghèo"],
        [1, "Lê Em", 1980],
    )
    assert [(one.village, one.household_class) for one in listed.households] == [
        ("THÔN 4", "poor"),
        ("THÔN 4", "near_poor"),
        ("Thôn 5", "poor"),
    ]


def test_the_village_of_a_title_above_the_header(read: Any) -> None:
    listed = read(
        ["DANH SÁCH HỘ NGHÈO"],
        ["Thôn: Đông Sơn - xã Quang Trung"],
        ["Họ và tên", "Năm sinh"],
        ["Lê An", 1960],
    )
    assert listed.households[0].village == "Thôn Đông Sơn"


def test_totals_and_signatures_are_left_out_with_a_note(read: Any) -> None:
    listed = read(
        HEADER,
        [1, "H1", "Tống Công Minh", "Chủ hộ", "ngày 15 tháng 3 năm 1984"],
        ["Tổng cộng", None, "1 hộ"],
        [None, None, None, None, "Quang Trung, ngày 05 tháng 6 năm 2023"],
        [None, None, "Người lập biểu", None, "TM. ỦY BAN NHÂN DÂN"],
        [None, None, "(Ký, ghi rõ họ tên)"],
        [None, None, "Hoàng Thị Lan", None, "Phạm Văn Ba"],
    )
    assert shape(listed) == [["Tống Công Minh"]]
    notes = [str(message.sentence) for message in listed.messages]
    assert "Không đọc dòng 3: dòng tổng cộng." in notes
    assert "Không đọc dòng 4–7: phần ký tên." in notes


def test_decisions_are_read(read: Any) -> None:
    listed = read(
        ["Họ và tên chủ hộ", "Quyết định", None],
        [None, "Số", "Ngày"],
        ["Lê An", "125/QĐ-UBND", "05/12/2022"],
        ["Võ Cư", "125/QĐ-UBND", "05/12/2025"],
        ["Võ Em", "125/QĐ-UBND", "31/11/2022"],
        merges=["B1:C1", "A1:A2"],
    )
    assert listed.households[0].decision_number == "125/QĐ-UBND"
    assert listed.households[0].decision_date == date(2022, 12, 5)
    assert [one.severity for one in listed.households] == ["note", "doubtful", "refused"]
    assert said(listed.households[2], "date_not_real").startswith("Ngày quyết định 31/11/2022")


def test_the_best_visible_sheet_is_read_and_the_others_are_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Hướng dẫn"
    book.active.append(["Cách điền mẫu này"])
    for name, count in (("Thôn 4", 1), ("Thôn 5", 3), ("Cũ", 9)):
        sheet = book.create_sheet(name)
        sheet.append(["Họ và tên chủ hộ", "Năm sinh"])
        for number in range(count):
            sheet.append([f"Lê {'abcdefghi'[number]}", 1960])
    book["Cũ"].sheet_state = "hidden"
    book["Thôn 5"].row_dimensions[3].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    workbook = answer(buffer.getvalue(), Limits()).workbook
    assert workbook is not None
    listed = read_household_list(workbook, on=ON)
    assert (listed.sheet, len(listed.households)) == ("Thôn 5", 3)
    notes = " ".join(str(message.sentence) for message in listed.messages)
    assert "chưa đọc: “Thôn 4”, “Cũ”" in notes
    assert "1 dòng đang ẩn vẫn được đọc: 3." in notes
    hidden = read_household_list(workbook, on=ON, sheet="Cũ")
    assert len(hidden.households) == 9
    assert "Trang “Cũ” đang ẩn" in str(hidden.messages[0].sentence)


def test_one_refused_household_does_not_stop_the_others(read: Any) -> None:
    listed = read(
        HEADER,
        [1, "H1", "Lê An", "Chủ hộ", "31/02/1980"],
        [2, "H2", "Võ Cư", "Chủ hộ", 1970],
        [3, "H3", "Võ Em", "Chủ hộ", "mùa thu"],
    )
    assert [one.refused for one in listed.households] == [True, False, True]
