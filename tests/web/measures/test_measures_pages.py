"""The profile of a place: its figures, the households behind each, its years."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from chungtay.acts.services import System
from chungtay.households.models import Household
from chungtay.households.queries.findings import findings_of_many
from chungtay.households.services import record_answers
from chungtay.measures.charts.drawing import ChartError
from chungtay.rulebook.loading import law
from chungtay.web.measures import counting, pictures
from chungtay.web.measures import paper as paper_page

pytestmark = pytest.mark.django_db

ON = date(2023, 12, 31)
LINK = re.compile(r'href="(/do-luong/ho\?[^"]+)"[^>]*>([^<]+)<')
HOME = re.compile(r'href="/ho/([0-9a-f-]{36})"')
SYSTEM = System(system_user="tests")


@pytest.fixture
def officer(demo, client_of):
    return client_of(demo("canbo.quangtrung"))


def body(response):
    assert response.status_code == 200
    return response.content.decode().replace("&amp;", "&")


def opened(client, href):
    """Every household of a list, page by page."""
    found, number = set(), 1
    while True:
        text = body(client.get(f"{href}&page={number}"))
        found |= set(HOME.findall(text))
        if 'rel="next"' not in text:
            return found
        number += 1


def findings(commune="14824"):
    households = Household.objects.filter(commune__code=commune, withdrawn=False, valid_to=None)
    return {str(pk): one for pk, one in findings_of_many(households, ON).items()}


def poor_found():
    return {pk for pk, one in findings().items() if one.household_class == "poor"}


def test_every_count_opens_exactly_the_households_behind_it(officer):
    links = LINK.findall(body(officer.get("/do-luong")))
    counted = [(href, text) for href, text in links if text.replace(".", "").isdecimal()]
    assert len(counted) > 8
    for href, text in counted:
        assert len(opened(officer, href)) == int(text.replace(".", "")), href


def test_the_poor_are_those_the_law_finds_poor(officer):
    assert poor_found()
    assert opened(officer, "/do-luong/ho?figure=poor") == poor_found()


def test_the_households_that_lack_an_indicator(officer):
    codes = {code for one in findings().values() for code in one.deprived_codes}
    code = sorted(codes)[0]
    lacking = {pk for pk, one in findings().items() if code in one.deprived_codes}
    assert opened(officer, f"/do-luong/ho?figure=lacking&indicator={code}") == lacking


def test_a_changed_answer_changes_the_figure(officer):
    pk = sorted(poor_found())[0]
    before = body(officer.get("/do-luong"))
    record_answers(
        actor=SYSTEM,
        household=Household.objects.select_related("commune", "village").get(pk=pk),
        on=ON,
        answers={"income_per_person_vnd": 90_000_000, "income_points": None},
        members={},
        expected_version=None,
    )
    assert pk not in opened(officer, "/do-luong/ho?figure=poor")
    assert body(officer.get("/do-luong")) != before


def test_the_groups_add_up_to_the_sum(officer):
    for by in ("place", "ethnicity", "class"):
        text = body(officer.get(f"/do-luong?by={by}"))
        links = [
            int(number.replace(".", ""))
            for href, number in LINK.findall(text)
            if f"figure=all&by={by}&" in href and number.replace(".", "").isdecimal()
        ]
        assert len(links) > 1
        assert sum(links) == len(findings())


@pytest.mark.parametrize(
    "asked",
    ["figure=nothing", "figure=lacking", "figure=poor&indicator=x", "figure=all&by=name", ""],
)
def test_what_there_is_not_is_answered_like_a_missing_page(officer, asked):
    assert officer.get(f"/do-luong/ho?{asked}").status_code == 404


def test_the_district_sees_its_units_and_the_neighbour_only_its_own(demo_of, client_of):
    user = demo_of("quang_trung")
    text = body(client_of(user("phong.bimson")).get("/do-luong"))
    assert "Quang Trung" in text
    neighbour = client_of(user("canbo.phuson"))
    assert not opened(neighbour, "/do-luong/ho?figure=all") & set(findings())


def test_who_does_not_see_sensitive_fields_gets_figures_without_links(demo, client_of):
    finance = client_of(demo("ketoan.quangtrung"))
    text = body(finance.get("/do-luong"))
    assert not LINK.findall(text)
    assert "by=ethnicity" not in text
    assert not opened(finance, "/do-luong/ho?figure=all")
    assert finance.get("/do-luong/ho?figure=all&by=ethnicity&group=Kinh").status_code == 404


def test_each_year_of_a_place_is_measured_by_the_standard_of_its_day(officer):
    text = body(officer.get("/do-luong/cac-nam"))
    for standard in ("qd-59-2015", "nd-07-2021"):
        assert law().standard(standard).name in text
    assert "không đo được" not in text


def test_a_place_without_households_says_so(officer, client_of, demo):
    text = body(client_of(demo("canbo.quangtrung"), 2022).get("/do-luong"))
    assert "do-luong" in text


def test_in_english(officer):
    officer.post("/ngon-ngu", {"language": "en"})
    text = body(officer.get("/do-luong"))
    assert "<h1>Multidimensional poverty measured</h1>" in text
    assert "Households not known to be poor or not" in text


def test_charts_say_what_the_page_says(officer):
    text = body(officer.get("/do-luong"))
    assert 'src="/do-luong/bieu-do/contributions"' in text
    drawn = officer.get("/do-luong/bieu-do/contributions")
    assert drawn["Content-Type"] == "image/svg+xml"
    said = drawn.content.decode()
    told = re.search(r'class="chart"[^>]*alt="[^:]*: ([^"]+)\."', text).group(1)
    for row in told.split("; "):
        dimension, share = row.rsplit(" ", 1)
        assert dimension in said
        assert share in said
    assert "<svg" in body(officer.get("/do-luong/bieu-do/trend"))
    assert officer.get("/do-luong/bieu-do/khong-co").status_code == 404


def test_the_word_file_holds_the_figures_and_the_charts(officer):
    answer = officer.get("/do-luong/word")
    assert answer.status_code == 200
    assert 'filename="do-luong-2023-xa-quang-trung.docx"' in answer["Content-Disposition"]
    paper = Document(BytesIO(answer.content))
    assert len(paper.inline_shapes) == 2
    general, lacking, places = paper.tables
    page = body(officer.get("/do-luong"))
    for table in (general, lacking, places):
        for row in table.rows[1:]:
            for cell in row.cells:
                assert cell.text.replace("\n", "") in page, cell.text
    assert len(lacking.rows) == 13
    assert places.rows[-1].cells[0].text == "Cộng"


def test_the_word_file_names_nobody(officer):
    paper = Document(BytesIO(officer.get("/do-luong/word").content))
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    heads = set(Household.objects.values_list("head_name", flat=True))
    assert heads
    assert not heads & cells


def test_a_chart_that_cannot_be_drawn_leaves_the_page_and_says_why(officer, monkeypatch):
    def broken(*_args):
        raise ChartError("no child")

    monkeypatch.setattr(pictures, "picture", broken)
    monkeypatch.setattr(paper_page, "picture", broken)
    assert officer.get("/do-luong").status_code == 200
    assert officer.get("/do-luong/bieu-do/trend").status_code == 503
    told = officer.get("/do-luong/word", follow=True).content.decode()
    assert "Chưa vẽ được biểu đồ" in told


def test_a_large_place_is_counted_a_second_at_a_time(officer, monkeypatch):
    monkeypatch.setattr(counting, "SECONDS", -1)
    for page in ("/do-luong", "/do-luong/cac-nam"):
        waits = officer.get(page)
        assert waits["Refresh"] == "0"
        assert "chưa tính" in body(waits)
    monkeypatch.setattr(counting, "SECONDS", 60)
    shown = officer.get("/do-luong")
    assert "Refresh" not in shown
    assert "chưa tính" not in body(shown)
    monkeypatch.setattr(counting, "SECONDS", -1)
    assert "Refresh" not in officer.get("/do-luong")
