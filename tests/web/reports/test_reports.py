"""The tables of results on screen: they tie, lead to the households, and leave as Excel."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from chungtay.acts.models import JournalLine

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def officer_browser(demo, client_of):
    return client_of(demo("canbo.quangtrung"))


def totals(html: str, table: str) -> list[str]:
    """The figures of the last row of a table."""
    section = html.partition(f'id="{table}"')[2].partition("</section>")[0]
    foot = section.partition("<tfoot>")[2].partition("</tfoot>")[0]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", foot)
    return [re.sub(r"<[^>]+>", "", cell) for cell in cells]


def test_the_movement_of_the_demonstration_ties(officer_browser):
    html = officer_browser.get(reverse("reports")).content.decode()
    for table in ("poor_movement", "near_poor_movement"):
        numbers = [int(one.replace(".", "")) for one in totals(html, table)]
        assert numbers[0] - sum(numbers[1:4]) + sum(numbers[4:8]) == numbers[8]
    assert totals(html, "poor_movement")[0] == "21"


def test_a_half_year_closes_where_the_next_opens(officer_browser):
    first = officer_browser.get(reverse("reports"), {"part": "h1"}).content.decode()
    second = officer_browser.get(reverse("reports"), {"part": "h2"}).content.decode()
    assert totals(first, "poor_movement")[-1] == totals(second, "poor_movement")[0]


def test_a_figure_leads_to_its_households(officer_browser):
    html = officer_browser.get(reverse("reports")).content.decode()
    closing = int(totals(html, "poor_movement")[-1])
    listed = officer_browser.get(reverse("register"), {"class": "poor"}).content.decode()
    assert f"{reverse('register')}?class=poor" in html
    assert f"{closing} hộ" in re.sub(r"<[^>]+>", "", listed)


def test_no_figure_of_a_past_day_leads_to_the_list_of_another(officer_browser):
    html = officer_browser.get(reverse("reports"), {"part": "h1"}).content.decode()
    assert f"{reverse('register')}?class=" not in html


def test_the_district_sees_a_row_for_each_commune(demo, client_of):
    html = client_of(demo("phong.bimson")).get(reverse("reports")).content.decode()
    assert "Xã Quang Trung" in html


def test_what_is_not_understood_counts_as_not_chosen(officer_browser):
    answer = officer_browser.get(reverse("reports"), {"part": "'", "standard": "khong-co"})
    assert answer.status_code == 200
    assert totals(answer.content.decode(), "poor_movement")[0] == "21"


def test_excel_is_journalled(officer_browser):
    answer = officer_browser.post(reverse("reports_excel", args=["poor_movement"]), {"part": "h1"})
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert 'filename="bieu-2-xa-quang-trung-2023-06-30.xlsx"' in answer["Content-Disposition"]
    line = JournalLine.objects.filter(act="reports.write_result_table").get()
    assert '"table":"poor_movement"' in line.details


def test_an_unknown_table_is_a_missing_page(officer_browser):
    answer = officer_browser.post(reverse("reports_excel", args=["khong-co"]), {})
    assert answer.status_code == 404


def test_the_neighbour_sees_her_own_place_only(demo, client_of):
    html = client_of(demo("canbo.phuson")).get(reverse("reports")).content.decode()
    assert "Quang Trung" not in html


def test_a_village_head_has_no_such_page(demo, client_of):
    assert client_of(demo("truongthon1.quangtrung")).get(reverse("reports")).status_code == 404
