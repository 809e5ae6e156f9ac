"""Rows of a list: read as people write them, classed, or refused with column and mend."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from chungtay.rulebook.loading import law
from chungtay.rulebook.reading import number_readings, yes_no
from chungtay.rulebook.tables import RowRefusal, RowResult, classify_rows, known_columns

ALL_NO = {f"d{number:02d}": 0 for number in range(1, 13)}


def classify(**cells: Any) -> RowResult | RowRefusal:
    standard = law().standard_on(date(2023, 1, 1))
    (found,) = classify_rows(law(), standard, [cells])
    return found


def class_of(**cells: Any) -> str:
    found = classify(**cells)
    assert isinstance(found, RowResult), found
    return found.finding.household_class


def refusal(**cells: Any) -> RowRefusal:
    found = classify(**cells)
    assert isinstance(found, RowRefusal), found
    return found


def test_three_ready_made_deprivations_are_poor() -> None:
    row = {**ALL_NO, "d01": "1", "d05": 1.0, "d09": True}
    found = classify(area="rural", income_per_person="1.500.000", **row)
    assert isinstance(found, RowResult)
    shown = found.as_dict()
    assert shown["class"] == "poor"
    assert shown["points"] == {"b1": None, "b2": 30, "b2_range": [30, 30]}
    assert shown["deprivations"]["d05"] is True
    assert shown["deprivations"]["d02"] is False
    assert shown["income_per_person"] == 1_500_000
    assert shown["missing"] == []
    assert any("Nghị định 07/2021/NĐ-CP" in reason for reason in shown["reasons"])


def test_blanks_that_matter_are_asked_for_and_others_are_not() -> None:
    open_row = classify(area="rural", b1=120, **{**ALL_NO, "d01": 1, "d02": 1, "d03": " "})
    assert isinstance(open_row, RowResult)
    assert open_row.finding.household_class == "unknown"
    assert [one.fact for one in open_row.finding.missing] == ["d03"]
    assert class_of(area="rural", b1=120, **{**ALL_NO, "d03": None, "d04": ""}) == "near_poor"


def test_named_facts_of_the_household_decide_before_ready_made_ones() -> None:
    found = classify(
        area="Thành thị",
        income_per_person=1_900_000,
        **ALL_NO,
        household_size=4,
        house_area_m2="31,9",
        water_source="Nước máy",
        latrine="none",
        information_means="không",
    )
    assert isinstance(found, RowResult)
    assert found.finding.deprived_codes == ("d08", "d10", "d12")
    assert found.finding.household_class == "poor"
    assert "trái với các câu trả lời" in "".join(found.as_dict()["reasons"])


def test_the_form_cut_offs() -> None:
    poor = {**ALL_NO, "d01": 1, "d02": 1, "d03": 1}
    assert class_of(area="rural", b1=140, **poor) == "poor"
    assert class_of(area="urban", b1="175", **poor) == "poor"
    assert class_of(area="rural", b1=140, **ALL_NO) == "near_poor"
    above = classify(area="rural", b1="140,5", **poor)
    assert isinstance(above, RowResult)
    assert above.finding.possible_classes == ("average_living", "not_poor")


@pytest.mark.parametrize(
    ("cells", "column", "part"),
    [
        ({"area": "rural", "d03": "2"}, "d03", "ghi “2” nên không đọc được; hãy ghi 1 (có)"),
        ({"area": "rural", "d03": "#N/A"}, "d03", "#N/A"),
        ({"d03": "1"}, "area", "Thiếu cột area"),
        ({"area": "biển"}, "area", "ghi “biển” nên không biết khu vực"),
        ({"area": "rural", "income_per_person": -1}, "income_per_person", "không âm"),
        ({"area": "rural", "income_per_person": "-1.000.000"}, "income_per_person", "không âm"),
        ({"area": "rural", "income_per_person": "một triệu"}, "income_per_person", "một triệu"),
        ({"area": "rural", "income_per_person": "1,5"}, "income_per_person", "số đồng nguyên"),
        ({"area": "rural", "income_per_person": float("nan")}, "income_per_person", "nan"),
        ({"area": "rural", "income_per_person": True}, "income_per_person", "True"),
        ({"area": "rural", "water_source": "sông"}, "water_source", "unprotected"),
        ({"area": "rural", "b1": "140,5555"}, "b1", "nhiều nhất 3 chữ số lẻ"),
    ],
)
def test_a_bad_cell_is_refused_with_its_column(
    cells: dict[str, Any], column: str, part: str
) -> None:
    found = refusal(**cells)
    assert found.column == column
    assert part in str(found.message)
    assert found.as_dict()["row"] == 1


def test_points_and_income_that_contradict_are_refused() -> None:
    found = refusal(area="rural", income_per_person=1_200_000, b1=150, **ALL_NO)
    assert found.column == "income_per_person, b1"
    assert "trái nhau" in str(found.message)
    assert class_of(area="rural", income_per_person=1_200_000, b1=140, **ALL_NO) == "near_poor"


def test_a_number_that_reads_two_ways_is_asked_about_only_where_it_matters() -> None:
    row = {key: value for key, value in ALL_NO.items() if key != "d08"}
    found = refusal(
        area="rural", income_per_person=1, house_area_m2="1.234", household_size=5, **row
    )
    assert found.column == "house_area_m2"
    assert "1,234 hoặc 1.234" in str(found.message)
    assert class_of(area="rural", income_per_person="1.234", **ALL_NO) == "near_poor"


def test_one_bad_row_does_not_stop_the_others() -> None:
    standard = law().standard_on(date(2023, 1, 1))
    good = {"area": "rural", "b1": 1, **ALL_NO, "Họ và tên": "x"}
    rows = [good, {**good, "d01": "x?"}, good]
    found = list(classify_rows(law(), standard, rows))
    assert [type(one) for one in found] == [RowResult, RowRefusal, RowResult]
    assert [one.row for one in found] == [1, 2, 3]


def test_two_columns_of_one_fact_must_agree() -> None:
    cells = {"income_per_person": 1, "income_per_person_vnd": 2}
    assert "hãy giữ lại một cột" in str(refusal(area="rural", **cells).message)


def test_known_columns_are_named_for_the_help_text() -> None:
    assert {"area", "income_per_person", "b1", "d01", "water_source"} <= set(known_columns(law()))
    assert "income_low" not in known_columns(law())


@pytest.mark.parametrize(
    ("raw", "whole", "expected"),
    [
        ("1.500.000", True, ["1500000"]),
        ("1,500,000", True, ["1500000"]),
        ("1 500 000 đồng", True, ["1500000"]),
        ("1500000", True, ["1500000"]),
        (1500000.0, True, ["1500000"]),
        ("1,5", False, ["1.5"]),
        ("1.5", False, ["1.5"]),
        ("1.234", False, ["1.234", "1234"]),
        ("1,234", False, ["1.234", "1234"]),
        ("1.234,5", False, ["1234.5"]),
        ("1,234.5", False, ["1234.5"]),
        ("1.500.000,00", True, ["1500000"]),
        ("-3", True, ["-3"]),
        ("1.50.000", True, []),
        ("abc", True, []),
        ("", True, []),
        ("1e6", True, []),
        ("²", True, []),
        (float("inf"), False, []),
        (b"1", False, []),
    ],
)
def test_numbers_as_people_write_them(raw: Any, whole: bool, expected: list[str]) -> None:
    assert list(number_readings(raw, whole=whole)) == [Decimal(one) for one in expected]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (1, True), (0, False), (1.0, True), ("1", True), ("0", False), ("Có", True),
        ("không", False), (True, True), (2, None), ("2", None), ("1,0", True), ("?", None),
    ],
)  # fmt: skip
def test_yes_and_no_as_people_write_them(raw: Any, expected: bool | None) -> None:
    assert yes_no(raw) is expected
