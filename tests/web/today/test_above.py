"""Hôm nay above the commune: a row for each unit below, a sum that ties, a bounded price."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chungtay.places.queries import unit_by_code
from tests.web.today.test_today import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def table_of(answer):
    """The rows of the page's table as lists of texts, its head and its foot included."""
    rows = ROW.findall(answer.content.decode().partition("<main")[2])
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in rows]
    return [[" ".join(TAG.sub(" ", cell).split()) for cell in row] for row in cells]


def number(text):
    return int(text.replace(".", ""))


@pytest.fixture
def long_khanh(demo_of, client_of):
    held = demo_of("long_khanh")
    return lambda username, year=2024: client_of(held(username), year)


def test_the_district_sees_15_units_and_their_sum(long_khanh):
    head, *rows, foot = table_of(long_khanh("phong.longkhanh").get("/"))
    assert head == [
        *("Đơn vị", "Tổng số hộ", "Nghèo", "Loại A", "Loại B", "Cận nghèo", "Tỷ lệ nghèo"),
        *("Nghèo (quốc gia)", "Cận nghèo (quốc gia)", "Giảm hộ nghèo A", "Giảm hộ cận nghèo"),
    ]
    assert len(rows) == 15
    assert foot[0] == "Cộng 15 đơn vị"
    for column in (1, 2, 3, 4, 5, 7, 8):
        assert sum(number(row[column]) for row in rows) == number(foot[column]), head[column]
    assert foot[2:6] == ["102", "45", "57", "120"]
    # What fell of what was promised: each ward's part of the city's own plan, and their sums.
    assert foot[9:] == ["51/56", "60/63"]
    assert sum(int(row[9].split("/")[0]) for row in rows) == 51
    assert sum(int(row[10].split("/")[1]) for row in rows) == 63
    assert "−2/5" in [row[10] for row in rows]
    assert all(number(row[2]) == number(row[3]) + number(row[4]) for row in rows)
    ended = [row[0] for row in rows if "đến hết" in row[0]]
    assert ended == [
        "Phường Xuân Thanh đến hết 31/10/2024",
        "Phường Xuân Trung đến hết 31/10/2024",
    ]


def test_the_opening_of_the_year_is_last_year_s_end(long_khanh):
    answer = long_khanh("phong.longkhanh", 2023).get("/")
    assert table_of(answer)[-1][2:6] == ["156", "96", "60", "180"]
    assert "Diện theo Chuẩn nghèo của tỉnh Đồng Nai 2022–2025." in text_of(answer)


def test_each_number_opens_the_families_behind_it(long_khanh):
    district = long_khanh("phong.longkhanh")
    page = district.get("/").content.decode()
    links = re.findall(r'href="(/ho[^"]*village=[^"]*)"[^>]*>([\d.]+)</a>', page)
    assert len(links) > 60
    for href, shown in links[:12]:
        listed = district.get(href.replace("&amp;", "&")).content.decode()
        assert f"/{shown} hộ" in re.sub(r"<[^>]+>", "", listed), href
    whole = district.get(reverse("register"), {"standard": "dong-nai-2022", "class": "poor"})
    assert "102" in text_of(whole)


def test_a_commune_of_the_province_shows_its_standard_and_the_national_beside(long_khanh):
    page = text_of(long_khanh("canbo.baovinh").get("/"))
    assert "Hộ nghèo 8 hộ Loại A 3 hộ, loại B 5 hộ. Theo chuẩn quốc gia: 3 hộ." in page
    assert "Diện và kết luận trên trang này theo Chuẩn nghèo của tỉnh Đồng Nai 2022–2025." in page
    assert "Cộng 8 17" in page


def test_in_two_tiers_the_province_counts_its_communes(demo_of, client_of):
    held = demo_of("long_khanh", "tan_khai")
    answer = client_of(held("so.dongnai26"), 2026).get("/")
    _, *rows, foot = table_of(answer)
    assert {row[0].split(maxsplit=1)[1] for row in rows} == {
        *("Bảo Vinh", "Bình Lộc", "Hàng Gòn", "Long Khánh", "Tân Khai", "Xuân Lập")
    }
    assert sum(number(row[2]) for row in rows) == number(foot[2]) > 0
    assert "89 đơn vị chưa có hộ nào trong sổ" in text_of(answer)
    assert len(answer.content) < 60_000


def test_in_three_tiers_the_province_counts_its_districts(long_khanh):
    _, row, foot = table_of(long_khanh("so.dongnai").get("/"))
    assert row[:6] == ["Thành phố Long Khánh", "38.910", "102", "45", "57", "120"]
    assert foot[0] == "Cộng 1 đơn vị"


def test_where_another_standard_counts_no_number_is_shown(demo_of, client_of):
    held = demo_of("long_khanh", "tan_khai")
    rows = table_of(client_of(held("so.dongnai26"), 2025).get("/"))
    tan_khai = next(row for row in rows if "Tân Khai" in row[0])
    assert tan_khai[2:7] == ["–"] * 5
    assert tan_khai[7:] == ["5", "5"]


def test_before_it_began_a_province_shows_what_it_was_made_of(demo_of, client_of):
    held = demo_of("tu_mo_rong")
    answer = client_of(held("so.quangngai26"), 2024).get("/")
    _, row, foot = table_of(answer)
    assert row[0] == "Huyện Tu Mơ Rông"
    assert (row[2:4], foot[2:4]) == (["180", "40"], ["180", "40"])


def test_before_it_began_a_ward_shows_the_villages_of_its_origins(long_khanh):
    page = text_of(long_khanh("canbo.longkhanh26").get("/"))
    assert "Ấp 1, Xã Bàu Trâm" in page
    assert "Khu phố 1, Phường Xuân An" in page


def test_the_queries_do_not_grow_with_the_units(demo_of, client_of):
    held = demo_of("tan_khai", "long_khanh")

    def asked(username, year):
        client = client_of(held(username), year)
        client.get("/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    one, fifteen = asked("phong.honquan", 2023), asked("phong.longkhanh", 2023)
    assert fifteen <= one + 4  # the province's own standard is counted beside the national one
    assert asked("phong.longkhanh", 2024) <= 50  # with the city's own plan


def test_another_district_sees_nothing_of_it(demo_of, client_of, hire):
    demo_of("long_khanh")
    other = hire("district_officer", unit_by_code("694", date(2024, 1, 1), "district"))
    page = text_of(client_of(other, 2024).get("/"))
    for foreign in ("Bảo Vinh", "Long Khánh", "Loại A"):
        assert foreign not in page


def test_no_name_of_a_family_stands_above_the_commune(long_khanh):
    page = text_of(long_khanh("phong.longkhanh").get("/"))
    assert "Đỗ Hữu Khải" not in page
    assert "Đỗ Hữu Khải" in text_of(long_khanh("canbo.baovinh").get("/"))
