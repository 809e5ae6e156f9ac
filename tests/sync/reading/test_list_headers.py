"""The header is found wherever it stands and however it is spelled."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from chungtay.files.refusals import UnfriendlyFile
from chungtay.sync.reading import ReadList
from chungtay.sync.reading.headers import meaning_of


def keys(listed: ReadList) -> dict[str, str | None]:
    return {column.letter: column.key for column in listed.columns}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Họ và tên", "full_name"),
        ("HỌ VÀ TÊN", "full_name"),
        ("Ho va ten", "full_name"),
        ("Họ\nvà tên ", "full_name"),
        (unicodedata.normalize("NFD", "Họ và tên"), "full_name"),
        ("Họ và tên chủ hộ", "head_name"),
        ("Họ và tên các thành viên trong hộ", "full_name"),
        ("Quan hệ với chủ hộ", "relation"),
        ("QH với chủ hộ", "relation"),
        ("Ngày, tháng, năm sinh", "birth"),
        ("Ngày sinh (dd/mm/yyyy)", "birth"),
        ("Số CCCD/CMND", "citizen_id"),
        ("Số định danh cá nhân (nếu có)", "citizen_id"),
        ("Thôn/Tổ dân phố", "village"),
        ("Khu phố", "village"),
        ("Ấp", "village"),
        ("Thu nhập bình quân (nghìn đồng/người/tháng)", "income"),
        ("Điểm B1", "income_points"),
        ("Mã số hộ", "code"),
        ("Số QĐ", "decision_number"),
        ("Thiếu hụt 1", "d01"),
        ("TH12", "d12"),
        ("Chỉ số 7", "d07"),
        ("D05", "d05"),
        ("Số nhân khẩu", "member_count"),
        ("Họ và tên vợ", None),
        ("Thu nhập bình quân năm", None),
        ("Số điện thoại", None),
    ],
)
def test_spellings(text: str, key: str | None) -> None:
    assert meaning_of(text) == key


def test_title_rows_any_order_blank_columns_and_rows(read: Any) -> None:
    listed = read(
        ["ỦY BAN NHÂN DÂN XÃ QUANG TRUNG"],
        ["DANH SÁCH HỘ NGHÈO NĂM 2023"],
        [],
        [None, "Ngày sinh", None, "HỌ VÀ TÊN", "Quan hệ với chủ hộ"],
        [],
        [None, "15/3/1984", None, "Lê An", "Chủ hộ"],
        merges=["A2:E2"],
    )
    assert listed.header_row == 4
    assert keys(listed) == {"B": "birth", "D": "full_name", "E": "relation"}
    assert listed.households[0].row == 6
    assert str(listed.households[0].members[0].birth) == "15/03/1984"


def test_birth_years_below_nam_and_nu(read: Any) -> None:
    listed = read(
        ["STT", "Họ và tên", "Năm sinh", None, "Quan hệ"],
        [None, None, "Nam", "Nữ", None],
        [1, "Lê An", 1960, None, "Chủ hộ"],
        [None, "Trần Bé", None, "1962", "Vợ"],
        merges=["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
    )
    members = listed.households[0].members
    assert [(one.sex, one.birth.year) for one in members] == [("male", 1960), ("female", 1962)]


def test_the_same_two_rows_without_merged_cells(read: Any) -> None:
    listed = read(
        ["STT", "Họ và tên", "Năm sinh", None, "Quan hệ"],
        [None, None, "Nam", "Nữ", None],
        [1, "Lê An", None, 1962, "Chủ hộ"],
    )
    assert keys(listed)["D"] == "female"
    assert keys(listed)["E"] == "relation"
    assert listed.households[0].head.sex == "female"


def test_marks_below_nam_and_nu(read: Any) -> None:
    listed = read(
        ["Họ và tên", "Giới tính", None, "Quan hệ"],
        [None, "Nam", "Nữ", None],
        ["Lê An", "x", None, "Chủ hộ"],
        merges=["B1:C1"],
    )
    assert listed.households[0].head.sex == "male"


def test_day_month_and_year_in_three_columns(read: Any) -> None:
    listed = read(
        ["Họ và tên", "Ngày sinh", None, None, "Quan hệ"],
        [None, "Ngày", "Tháng", "Năm", None],
        ["Lê An", 15, 3, 1984, "Chủ hộ"],
        ["Lê Bình", None, None, 2010, "Con"],
        merges=["B1:D1"],
    )
    births = [str(one.birth) for one in listed.households[0].members]
    assert births == ["15/03/1984", "2010"]


def test_family_and_given_name_in_two_columns(read: Any) -> None:
    listed = read(["STT", "Họ và tên đệm", "Tên", "Năm sinh"], [1, "Nguyễn Văn", "An", 1960])
    assert listed.households[0].head.full_name == "Nguyễn Văn An"


def test_twelve_numbered_columns_below_a_title(read: Any) -> None:
    listed = read(
        ["Họ và tên chủ hộ", "Năm sinh", "Các chỉ số thiếu hụt", *[None] * 11],
        [None, None, *range(1, 13)],
        ["Lê An", 1960, "x", None, 1, *[None] * 9],
        merges=["C1:N1"],
    )
    assert [keys(listed)[letter] for letter in "CDN"] == ["d01", "d02", "d12"]
    answers = listed.households[0].answers
    assert [name for name, lacking in answers.items() if lacking] == ["d01", "d03"]


def test_named_indicators_are_told_from_facts_of_a_person(read: Any) -> None:
    listed = read(
        [
            *["Họ và tên", "Quan hệ", "BHYT", "Ngày sinh", "Việc làm", "Người phụ thuộc"],
            *["Dinh dưỡng", "Bảo hiểm y tế", "Trình độ giáo dục người lớn", "Nguồn nước"],
            "Nhà tiêu hợp vệ sinh",
        ],
        ["Lê An", "Chủ hộ", "có", 1960, "x", None, None, "x", None, None, None],
    )
    assert keys(listed)["C"] == "health_insurance"
    assert [keys(listed)[letter] for letter in "EFGHIJK"] == [
        *["d01", "d02", "d03", "d04", "d05", "d09", "d10"]
    ]


def test_without_other_indicators_they_are_facts_of_a_person(read: Any) -> None:
    listed = read(["Họ và tên", "Việc làm", "BHYT"], ["Lê An", "thời vụ", "x"])
    assert dict(listed.households[0].head.answers) == {"work": "seasonal", "health_insurance": True}


def test_unknown_columns_are_named_and_kept(read: Any) -> None:
    listed = read(
        ["Họ và tên", "Quan hệ", "Số điện thoại", "Năm sinh"],
        ["Lê An", "Chủ hộ", "0900 000 000", 1960, "ngoài bảng"],
    )
    (note,) = [message for message in listed.messages if message.code == "unknown_columns"]
    assert "C “Số điện thoại”" in str(note.sentence)
    extras = listed.households[0].head.extras
    assert extras == {"Số điện thoại": "0900 000 000", "Cột E": "ngoài bảng"}
    assert "0900" not in repr(listed.households[0])


def test_repeated_headers_and_column_numbers_are_no_people(read: Any) -> None:
    header = ["STT", "Họ và tên", "Quan hệ", "Năm sinh"]
    listed = read(
        header,
        ["(1)", "(2)", "(3)", "(4)"],
        [1, "Lê An", "Chủ hộ", 1960],
        header,
        [2, "Lê Bình", "Chủ hộ", 1970],
    )
    assert [one.row for one in listed.households] == [3, 5]
    said = [str(message.sentence) for message in listed.messages]
    assert "Không đọc dòng 2: đánh số cột." in said
    assert "Không đọc dòng 4: lặp lại tiêu đề." in said


def test_a_sheet_without_any_known_column(read: Any) -> None:
    with pytest.raises(UnfriendlyFile) as caught:
        read(["Mặt hàng", "Đơn giá"], ["Gạo", 15], ["Muối", 5])
    assert caught.value.code == "no_known_column"
    assert "“Họ và tên”, “Quan hệ với chủ hộ”, “Ngày sinh”" in str(caught.value)


def test_a_list_without_names(read: Any) -> None:
    with pytest.raises(UnfriendlyFile) as caught:
        read(["Mã hộ", "Ngày sinh", "Thôn"], ["H1", 1960, "Thôn 4"])
    assert caught.value.code == "no_name_column"
    assert "Không thấy cột họ tên" in str(caught.value)
