"""The profile of a place: its figures, the households behind each, its years."""

from __future__ import annotations

import re
from datetime import date

import pytest

from chungtay.acts.services import System
from chungtay.households.models import Household
from chungtay.households.queries.findings import findings_of_many
from chungtay.households.services import record_answers

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


def test_the_years_of_a_place_say_which_cannot_be_measured_so(officer):
    text = body(officer.get("/do-luong/cac-nam"))
    assert "2023" in text
    assert "không đo được" in text


def test_a_place_without_households_says_so(officer, client_of, demo):
    text = body(client_of(demo("canbo.quangtrung"), 2022).get("/do-luong"))
    assert "do-luong" in text


def test_in_english(officer):
    officer.post("/ngon-ngu", {"language": "en"})
    text = body(officer.get("/do-luong"))
    assert "<h1>Multidimensional poverty measured</h1>" in text
    assert "Households not known to be poor or not" in text
