"""Days as plans write them, and what a sentence makes of them."""

from __future__ import annotations

import pytest

from chungtay.plans.reading.blocks import split
from chungtay.plans.reading.days import days
from chungtay.plans.reading.deadlines import deadlines


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("ngày 24/02/2023", ["2023-02-24"]),
        ("ngày 24-6-2024", ["2024-06-24"]),
        ("ngày 03.01.2025", ["2025-01-03"]),
        ("ngày 27 tháng 01 năm 2021", ["2021-01-27"]),
        ("ngày       tháng 6 năm 2024", ["2024-06"]),
        ("ngày ….. tháng 01 năm 2025", ["2025-01"]),
        ("vào tháng 9/2024", ["2024-09"]),
        ("trước ngày 20/6 và 10/12", ["2026-06-20"]),
        ("quý II năm 2024, quý IV", ["2024-06", "2026-12"]),
        ("ngày 31/02/2024, ngày 10/13/2024", []),
        ("tỷ lệ 8/8 thôn, 02/03 hộ, 24/7", []),
        ("giai đoạn 2021-2025, số 07/2021/NĐ-CP", []),
    ],
)
def test_days_in_a_text(said: str, iso: list[str]) -> None:
    assert [day.iso(2026) for day in days(said)] == iso


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Trạm Y tế báo cáo trước ngày 20/6.", ("2026-06-20", "before", None)),
        ("Các thôn nộp danh sách chậm nhất vào ngày 15/11.", ("2026-11-15", "on_or_before", None)),
        ("Hoàn thành trong quý II.", ("2026-06", "in", None)),
        ("Phòng Y tế gửi báo cáo trước ngày 15/01 năm sau.", ("2027-01-15", "before", None)),
        ("Gửi báo cáo 6 tháng trước ngày 05/6.", ("2026-06-05", "before", "six_monthly")),
        ("Báo cáo năm gửi trước ngày 05/12.", ("2026-12-05", "before", "yearly")),
        ("Tổ chức rà soát vào tháng 9 hằng năm.", ("2026-09", "in", "yearly")),
        ("Hằng quý báo cáo UBND huyện.", (None, None, "quarterly")),
    ],
)
def test_deadline_of_a_sentence(said: str, found: tuple[str | None, str, str | None]) -> None:
    (one,) = deadlines(split(f"I. TỔ CHỨC THỰC HIỆN\n\n{said}"), 2026)
    assert (one.date, one.comparator, one.recurrence) == found


@pytest.mark.parametrize(
    "said",
    [
        "Được hỗ trợ đóng bảo hiểm y tế đến ngày 31 tháng 12 năm 2025.",
        "Thực hiện theo Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ.",
        "Vận động 8/8 thôn tham gia.",
        "Năm 2024 giảm 02/03 hộ.",
    ],
)
def test_what_is_no_deadline(said: str) -> None:
    assert deadlines(split(f"I. NỘI DUNG\n\n{said}"), 2026) == ()
