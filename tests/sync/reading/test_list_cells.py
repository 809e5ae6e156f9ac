"""Cells as people fill them: dates, IDs, numbers, words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

BIRTHS = [
    ("15/3/1984", "15/03/1984"),
    ("15-03-1984", "15/03/1984"),
    ("15.3.1984", "15/03/1984"),
    (" 15 / 3 / 1984 ", "15/03/1984"),
    ("1984-03-15", "15/03/1984"),
    ("1984-03-15 00:00:00", "15/03/1984"),
    ("ngày 15 tháng 3 năm 1984", "15/03/1984"),
    ("Tháng 3 năm 1984", "03/1984"),
    ("3/1984", "03/1984"),
    ("1984", "1984"),
    ("năm 1984", "1984"),
    ("00/00/1984", "1984"),
    ("__/__/1984", "1984"),
    (1984, "1984"),
    (date(1984, 3, 15), "15/03/1984"),
    ("30756", "15/03/1984"),
    (30756, "15/03/1984"),
    ("chưa rõ", None),
    ("-", None),
    (None, None),
]


@pytest.mark.parametrize(("value", "birth"), BIRTHS)
def test_births_in_many_styles(cell: Any, value: object, birth: str | None) -> None:
    household, messages = cell("Ngày sinh", value)
    assert household.head.birth == birth if birth is None else str(household.head.birth) == birth
    assert {message.severity for message in messages} <= {"note"}


@pytest.mark.parametrize(
    ("value", "code", "birth"),
    [
        ("15/3/84", "two_digit_year", "15/03/1984"),
        ("15/3/10", "two_digit_year", "15/03/2010"),
        ("15031984", "crowded_date", "15/03/1984"),
        (5031984, "crowded_date", "05/03/1984"),
        (3.1984, "crowded_date", "03/1984"),
        (3.199, "crowded_date", "03/1990"),
        ("1/1/1850", "birth_too_long_ago", "01/01/1850"),
    ],
)
def test_doubtful_births(cell: Any, value: object, code: str, birth: str) -> None:
    household, messages = cell("Ngày sinh", value)
    assert [message.code for message in messages] == [code]
    assert household.doubtful
    assert str(household.head.birth) == birth


def test_a_year_typed_into_a_cell_of_dates(cell: Any) -> None:
    household, messages = cell("Ngày sinh", 1984, "dd/mm/yyyy")
    assert str(household.head.birth) == "1984"
    assert str(messages[0].sentence).startswith("Excel hiện 06/06/1905 nhưng số gõ vào là 1984")


def test_a_date_shown_as_a_year_is_a_year(cell: Any) -> None:
    assert str(cell("Ngày sinh", date(1984, 1, 1), "yyyy")[0].head.birth) == "1984"
    assert str(cell("Ngày sinh", date(1984, 3, 1), "mm/yyyy")[0].head.birth) == "03/1984"


def test_a_day_that_does_not_exist(read: Any) -> None:
    rows = [["Họ và tên", "Quan hệ", "Dân tộc", "Thôn", "Ngày sinh"]]
    rows += [[f"Lê {letter}", "Chủ hộ", "Kinh", "Thôn 4", 1960] for letter in "ABCDEFGHIK"]
    rows.append(["Lê Lan", "Chủ hộ", "Kinh", "Thôn 4", "31/02/1980"])
    listed = read(*rows)
    assert [one.severity for one in listed.households] == ["note"] * 10 + ["refused"]
    (message,) = listed.households[-1].messages
    assert (message.row, message.column, message.code) == (12, "E", "date_not_real")
    assert str(message.sentence) == (
        "Ngày sinh 31/02/1980 không có thật (dòng 12, cột E). "
        "Sửa thành ngày đúng, hoặc chỉ ghi năm 1980."
    )


@pytest.mark.parametrize("value", ["6/6/2023", date(2024, 1, 1), 2024, "15/3/2050"])
def test_a_birth_in_the_future(cell: Any, value: object) -> None:
    household, messages = cell("Ngày sinh", value)
    assert household.refused
    assert messages[0].code == "birth_in_future"
    assert "ở sau ngày 05/06/2023 (dòng 2, cột C)" in str(messages[0].sentence)


@pytest.mark.parametrize("value", ["mùa thu", "15/3", "3/15/1984", "99/99/9999"])
def test_births_nobody_understands_are_refused(cell: Any, value: str) -> None:
    household, messages = cell("Ngày sinh", value)
    assert household.refused
    assert value in str(messages[0].sentence)


@pytest.mark.parametrize(
    ("value", "shape", "kept", "code"),
    [
        ("038057000123", None, "038057000123", None),
        ("038 057 000 123", None, "038057000123", None),
        ("'038057000123", None, "038057000123", None),
        ("183456789", None, "183456789", None),
        (38057000123, None, "038057000123", "id_lost_zero"),
        (38057000123, "000000000000", "038057000123", None),
        ("38057000123", None, "038057000123", "id_lost_zero"),
        (1203000123, None, "001203000123", "id_lost_zero"),
        ("1203000123", None, None, "id_wrong_length"),
        ("0380570001234", None, None, "id_wrong_length"),
        ("3.8057E+10", None, None, "id_lost_digits"),
        ("03805700O123", None, None, "id_not_digits"),
        ("không", None, None, None),
        (0, None, None, None),
    ],
)
def test_citizen_ids(
    cell: Any, value: object, shape: str | None, kept: str | None, code: str | None
) -> None:
    household, messages = cell("Số CCCD", value, shape)
    assert household.head.citizen_id == kept
    assert [message.code for message in messages] == ([code] if code else [])
    assert household.doubtful is bool(code)


def test_an_id_is_never_said_in_clear(read: Any) -> None:
    header = ["Họ và tên", "Quan hệ", "Ngày sinh", "Số CCCD", "Diện", "Thu nhập bình quân"]
    secret = "038057000123"
    for place in range(len(header)):
        row: list[object] = ["Lê An", "Chủ hộ", 1990, secret, "Hộ nghèo", 1_200_000]
        row[place] = secret
        listed = read(header, row, [*row[:3], 38057000123, *row[4:]])
        said = [str(one.sentence) for h in listed.households for one in h.messages]
        assert secret[1:] not in " ".join(said) + repr(listed)


def test_an_id_that_disagrees_is_only_noted(read: Any) -> None:
    listed = read(
        ["Họ và tên", "Giới tính", "Ngày sinh", "CCCD"],
        ["Lê An", "Nam", 1957, "038057000123"],
        ["Lê Bé", "Nữ", 1957, "038057000124"],
        ["Lê Cư", "Nam", 1958, "038057000125"],
    )
    codes = [[message.code for message in one.messages] for one in listed.households]
    assert codes == [[], ["id_sex_differs"], ["id_year_differs"]]
    assert all(one.severity == "note" for one in listed.households)


@pytest.mark.parametrize(
    ("header", "value", "vnd"),
    [
        ("Thu nhập bình quân", 1_500_000, 1_500_000),
        ("Thu nhập bình quân", "1.500.000", 1_500_000),
        ("Thu nhập bình quân", "1,500,000 đ", 1_500_000),
        ("Thu nhập bình quân", "1.500.000đ/người/tháng", 1_500_000),
        ("Thu nhập bình quân", "1,5 triệu", 1_500_000),
        ("Thu nhập bình quân", "1.5tr", 1_500_000),
        ("Thu nhập bình quân (nghìn đồng)", 1500, 1_500_000),
        ("Thu nhập bình quân (nghìn đồng)", "1.500", 1_500_000),
        ("Thu nhập bình quân (1.000 đồng/người/tháng)", "1500", 1_500_000),
        ("Thu nhập bình quân (triệu đồng)", "1,25", 1_250_000),
        ("Thu nhập bình quân", 0, 0),
    ],
)
def test_incomes(cell: Any, header: str, value: object, vnd: int) -> None:
    household, messages = cell(header, value)
    assert household.answers["income_per_person_vnd"] == vnd
    assert messages == []


def test_an_income_too_small_to_be_in_dong(cell: Any) -> None:
    household, messages = cell("Thu nhập bình quân", "1.500")
    assert messages[0].code == "income_too_small"
    assert "income_per_person_vnd" not in household.answers
    assert household.doubtful


def test_points_with_either_separator(cell: Any) -> None:
    assert cell("Điểm B1", "142,5")[0].answers["income_points"] == 142.5
    assert cell("Điểm B1", "142.5")[0].answers["income_points"] == 142.5
    assert cell("Điểm B2", 40)[0].deprivation_points == 40
    household, messages = cell("Điểm B1", "1.234")
    assert household.answers["income_points"] == 1.234
    assert "“1.234” có thể là 1,234 hoặc 1.234" in str(messages[0].sentence)


@pytest.mark.parametrize(
    ("header", "value", "key", "answer"),
    [
        ("BHYT", "x", "health_insurance", True),
        ("BHYT", "Không", "health_insurance", False),
        ("BHYT", 0, "health_insurance", False),
        ("BHYT", "HN 4 38 0123456789", "health_insurance", True),
        ("Trình độ", "9/12", "education", "lower_secondary"),
        ("Trình độ", "Lớp 4", "education", "primary_incomplete"),
        ("Trình độ", "ĐẠI HỌC", "education", "bachelor"),
        ("Đi học", "Lớp 5A", "schooling", "primary"),
        ("Đi học", "đang học lớp 10", "schooling", "upper_secondary"),
        ("Đi học", 7, "schooling", "lower_secondary"),
        ("Việc làm", "Lao động thời vụ", "work", "seasonal"),
        ("Khuyết tật", "Nặng", "disabled", True),
        ("Trợ cấp", "không", "monthly_assistance", False),
        ("Trợ cấp", "540.000", "monthly_assistance", True),
    ],
)
def test_facts_of_a_person(cell: Any, header: str, value: object, key: str, answer: object) -> None:
    household, messages = cell(header, value)
    assert household.head.answers == {key: answer}
    assert messages == []


def test_a_grade_that_excel_made_a_date(cell: Any) -> None:
    household, messages = cell("Trình độ", date(2023, 12, 9))
    assert household.head.answers["education"] == "lower_secondary"
    assert "được hiểu là 9/12" in str(messages[0].sentence)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("Chủ hộ", "00"),
        ("con trai cả", "08"),
        ("Con dâu", "19"),
        ("CON DAU", "19"),
        ("Ba", "03"),
        ("Bà", "11"),
        ("Vợ (đã ly hôn)", "01"),
        ("hàng xóm", "99"),
    ],
)
def test_relations(read: Any, value: str, code: str) -> None:
    listed = read(
        ["Mã hộ", "Họ và tên", "Quan hệ"], ["H1", "Lê An", "CH"], ["H1", "Lê Bình", value]
    )
    assert listed.households[0].members[1].relation == code


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("kinh", "Kinh"),
        ("H’Mông", "Hmông"),
        ("Tày", "Tày"),
        ("Táy", "Thái"),
        ("Sao Hỏa", "Sao Hỏa"),
    ],
)
def test_ethnic_groups(cell: Any, value: str, name: str) -> None:
    household, messages = cell("Dân tộc", value)
    assert household.head.ethnicity == name
    assert [one.code for one in messages] == (
        ["ethnicity_unknown"] if value == name != "Tày" else []
    )


@pytest.mark.parametrize(
    ("value", "name"),
    [("HN", "poor"), ("Hộ cận nghèo", "near_poor"), ("CN", "near_poor"), ("không", "not_poor")],
)
def test_classes(cell: Any, value: str, name: str) -> None:
    assert cell("Diện", value)[0].household_class == name


def test_names_are_tidied_and_kept_as_written(read: Any) -> None:
    listed = read(["Họ và tên", "Năm sinh"], ["1.  NGUYỄN\u00a0 VĂN   AN ", 1960])
    assert listed.households[0].head.full_name == "NGUYỄN VĂN AN"


def test_error_cells_are_named(cell: Any) -> None:
    household, messages = cell("Thu nhập bình quân", "#DIV/0!")
    assert household.doubtful
    assert "đang báo lỗi #DIV/0! (dòng 2, cột C)" in str(messages[0].sentence)
    household, messages = cell("Ngày sinh", "#N/A")
    assert household.refused
    assert "đang báo lỗi #N/A (dòng 2, cột C)" in str(messages[0].sentence)


def test_a_formula_without_a_stored_value(cell: Any) -> None:
    household, messages = cell("Thu nhập bình quân", "=3000000/2")
    assert household.doubtful
    assert "công thức chưa có kết quả" in str(messages[0].sentence)
