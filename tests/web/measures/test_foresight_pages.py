"""Two standards side by side: figures that open their households, the outsider, the Excel file."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed
from chungtay.acts.services import System
from chungtay.households.models import Household
from chungtay.households.queries import what_if
from chungtay.households.queries.findings import findings_of_many
from chungtay.households.queries.what_if import side_by_side_of
from chungtay.households.services import record_answers
from chungtay.places.models import Unit
from chungtay.reports.foresight_files import write_foresight
from chungtay.rulebook.foresight import Foresight, Part
from chungtay.rulebook.loading import law
from chungtay.rulebook.side_by_side import MOVES, move_of, side_of
from chungtay.staff.policy import actor_of
from chungtay.web.measures import counting

pytestmark = pytest.mark.django_db

ON = date(2023, 12, 31)
PAGE, LIST = "/do-luong/hai-chuan", "/do-luong/hai-chuan/ho"
EXCEL = "/do-luong/hai-chuan/excel"
LINK = re.compile(r'href="(/do-luong/hai-chuan/ho\?[^"]+)"[^>]*>([^<]+)<')
HOME = re.compile(r'href="/ho/([0-9a-f-]{36})"')
SYSTEM = System(system_user="tests")
OLD, NEW = "nd-07-2021", "nd-351-2025"


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


def moves_of_register(commune="14824"):
    """What becomes of every household, found one by one."""
    households = Household.objects.filter(commune__code=commune, withdrawn=False, valid_to=None)
    old, new = (findings_of_many(households, ON, standard) for standard in (OLD, NEW))
    return {str(pk): move_of(side_of(old[pk]).stand, side_of(new[pk]).stand) for pk in old}


def test_every_number_opens_exactly_the_households_behind_it(officer):
    links = LINK.findall(body(officer.get(PAGE)))
    assert len(links) > 40
    for href, text in links:
        assert len(opened(officer, href)) == int(text.replace(".", "")), href


def test_who_enters_and_who_stays_are_those_the_two_findings_say(officer):
    moves = moves_of_register()
    assert {"enters", "stays"} <= set(moves.values())
    for move in MOVES:
        behind = {pk for pk, one in moves.items() if one == move}
        assert opened(officer, f"{LIST}?move={move}") == behind


def test_the_national_standard_of_the_year_stands_against_the_newest(officer):
    text = body(officer.get(PAGE))
    assert f'<option value="{OLD}" selected>' in text
    assert f'<option value="{NEW}" selected>' in text
    assert "tính thử" in text
    assert "Truy cập internet" in text
    assert "Chưa tính kinh phí" in text


def test_swapped_who_entered_leaves(officer):
    turned = f"standard={NEW}&against={OLD}"
    enters = opened(officer, f"{LIST}?move=enters")
    assert enters
    assert opened(officer, f"{LIST}?{turned}&move=leaves") == enters


def test_the_same_standard_twice_moves_nobody_and_says_so(officer):
    text = body(officer.get(f"{PAGE}?standard={OLD}&against={OLD}"))
    assert "Hai chuẩn đang chọn là một" in text
    assert not opened(officer, f"{LIST}?standard={OLD}&against={OLD}&move=enters")


@pytest.mark.parametrize("standard", sorted(law().standards))
def test_any_two_standards_can_be_set_beside_each_other(officer, standard):
    assert "Theo chỉ số" in body(officer.get(f"{PAGE}?standard={standard}&against={NEW}"))


def test_a_standard_that_is_not_understood_counts_as_not_chosen(officer):
    asked = body(officer.get(f"{PAGE}?standard=x&against=y"))
    assert LINK.findall(asked) == LINK.findall(body(officer.get(PAGE)))


@pytest.mark.parametrize(
    "asked",
    ["move=x", "first=x", "side=x", "lacking=d01", "side=first&lacking=x", "side=second&missing=x"],
)
def test_what_there_is_not_is_answered_like_a_missing_page(officer, asked):
    assert officer.get(f"{LIST}?{asked}").status_code == 404


def test_a_changed_answer_changes_the_figures(officer):
    pk = sorted(pk for pk, move in moves_of_register().items() if move == "enters")[0]
    assert pk in opened(officer, f"{LIST}?move=enters")
    record_answers(
        actor=SYSTEM,
        household=Household.objects.select_related("commune", "village").get(pk=pk),
        on=ON,
        answers={"income_per_person_vnd": 90_000_000, "income_points": None},
        members={},
        expected_version=None,
    )
    assert pk not in opened(officer, f"{LIST}?move=enters")
    assert pk in opened(officer, f"{LIST}?move=outside")


def test_the_neighbour_sees_its_own_households_and_no_place_of_another(demo_of, client_of):
    user = demo_of("quang_trung")
    own = body(client_of(user("canbo.quangtrung")).get(PAGE))
    place = re.search(r"&place=(\d+)", own).group(1)
    neighbour = client_of(user("canbo.phuson"))
    assert not opened(neighbour, f"{LIST}?move=enters") & set(moves_of_register())
    assert "Thôn 1" not in body(neighbour.get(PAGE))
    assert neighbour.get(f"{LIST}?move=enters&place={place}").status_code == 404
    district = body(client_of(user("phong.bimson")).get(PAGE))
    assert "Quang Trung" in district


def test_who_does_not_see_sensitive_fields_gets_figures_without_links(demo, client_of):
    finance = client_of(demo("ketoan.quangtrung"))
    text = body(finance.get(PAGE))
    assert "Ai vào, ai ra" in text
    assert not LINK.findall(text)
    assert not opened(finance, f"{LIST}?move=enters")


def test_the_excel_file_holds_the_counts_and_leaves_a_journal_line(officer):
    answer = officer.post(EXCEL, {"standard": OLD, "against": NEW})
    assert answer.status_code == 200
    assert 'filename="hai-chuan-xa-quang-trung-2023-12-31.xlsx"' in answer["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert sum(row[4] for row in rows) == len(moves_of_register())
    entering = [row[4] for row in rows if row[3] == MOVES["enters"]]
    assert sum(entering) == list(moves_of_register().values()).count("enters")
    heads = set(Household.objects.values_list("head_name", flat=True))
    assert not heads & {cell for row in rows for cell in row}
    line = JournalLine.objects.get(act="reports.write_foresight")
    assert OLD in line.details
    assert NEW in line.details


def test_a_large_place_says_how_far_it_is_and_goes_on(officer, monkeypatch):
    monkeypatch.setattr(counting, "SECONDS", -1.0)
    monkeypatch.setattr(what_if, "batches", lambda ids: [ids[:30], ids[30:]] if ids[30:] else [ids])
    first = officer.get(PAGE)
    assert first["Refresh"] == "0"
    assert "Còn 9 hộ chưa tính" in body(first)
    assert "Ai vào, ai ra" in body(officer.get(PAGE))


def test_a_village_head_takes_no_file(demo, client_of):
    head = client_of(demo("truongthon1.quangtrung"))
    assert "Tải Excel" not in body(head.get(PAGE))
    assert head.post(EXCEL, {}).status_code == 404


def test_a_foreign_officer_takes_no_file_of_the_place(demo_of, tmp_path):
    user = demo_of("quang_trung")
    place = Unit.objects.get(code="14824", level="commune")
    found = side_by_side_of([place], ON, OLD, NEW)
    standards = (law().standard(OLD), law().standard(NEW))
    shown = Foresight(law(), place.name, ON, *standards, found, [Part(None, place.name, found)])
    foreign = actor_of(user("canbo.phuson"), ON)
    with pytest.raises(NotAllowed):
        write_foresight(actor=foreign, place=place, shown=shown, target=tmp_path / "x.xlsx")
    assert not list(tmp_path.iterdir())
    assert not JournalLine.objects.filter(act="reports.write_foresight").exists()


def test_in_english(officer):
    officer.post("/ngon-ngu", {"language": "en"})
    text = body(officer.get(PAGE))
    assert "<h1>Two poverty standards side by side</h1>" in text
