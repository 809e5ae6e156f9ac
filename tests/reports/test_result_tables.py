"""The official tables of a place: they tie by village and commune, on both databases."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed
from chungtay.files.opening import open_sheets
from chungtay.households.models import Decision, Household
from chungtay.households.services import add_household, decide_status
from chungtay.households.services.life import Occasion, move_out, move_within
from chungtay.households.services.territory import merge_villages
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.models import PopulationCount
from chungtay.places.queries import villages_of
from chungtay.reports.result_files import write_result_table
from chungtay.reports.result_tables import results_of
from chungtay.reports.standings import period_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NATIONAL = "nd-07-2021"
FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
CLASSES = ["poor", "near_poor", "average_living", "not_poor"]
YEAR = period_of(2023, "year", LAST)


@pytest.fixture
def family(system, quang_trung):
    """A household of a village of Quang Trung, with its class from a day on."""

    def make(village, household_class, on=FIRST):
        given = HouseholdInput(village=village, members=[PersonInput("Lò Văn Sáng", "00")])
        pk = add_household(actor=system, commune=quang_trung, given=given, on=on)
        household = Household.objects.get(pk=pk)
        decide(system, household, household_class, on)
        return household

    return make


def decide(actor, household, household_class, day):
    decision, _made = Decision.objects.get_or_create(
        commune=household.commune, number="7/QĐ-UBND", issued_on=day, issuer="UBND xã"
    )
    decide_status(
        actor=actor,
        household=household,
        standard=NATIONAL,
        household_class=household_class,
        valid_from=day,
        decision=decision,
    )


def moved(results, table="poor_movement"):
    """The rows of a table by name, each as the list of its figures."""
    filled = next(one for one in results.tables if one.table.id == table)
    return {
        row.name: [row.figures[column.figure] for column in filled.columns]
        for row in (*filled.rows, filled.total)
    }


def test_each_way_out_and_in_stands_in_its_column(system, quang_trung, family):
    first, second = villages_of(quang_trung, FIRST)[:2]
    family(first, "poor")
    decide(system, family(first, "poor"), "near_poor", date(2023, 6, 1))
    decide(system, family(first, "poor"), "not_poor", date(2023, 6, 1))
    decide(system, family(second, "near_poor"), "poor", date(2023, 6, 1))
    decide(system, family(second, "not_poor"), "poor", date(2023, 9, 1))
    gone = family(second, "poor")
    occasion = Occasion(date(2023, 5, 5))
    move_out(
        actor=system, household=gone, occasion=occasion, gone_to="abroad", expected_version=None
    )
    year = moved(results_of(quang_trung, YEAR, NATIONAL))
    assert year[first.name] == [3, 1, 1, 0, 0, 0, 0, 0, 1]
    assert year[second.name] == [1, 0, 0, 1, 1, 0, 1, 0, 2]
    assert year["Tổng cộng"] == [4, 1, 1, 1, 1, 0, 1, 0, 3]
    half = moved(results_of(quang_trung, period_of(2023, "h1", LAST), NATIONAL))
    rest = moved(results_of(quang_trung, period_of(2023, "h2", LAST), NATIONAL))
    assert half["Tổng cộng"][-1] == rest["Tổng cộng"][0] == 2


def test_a_household_that_was_poor_once_fell_back(system, quang_trung, family):
    home = family(villages_of(quang_trung, FIRST)[0], "poor", date(2022, 3, 1))
    decide(system, home, "not_poor", date(2022, 9, 1))
    decide(system, home, "poor", date(2023, 9, 1))
    total = moved(results_of(quang_trung, YEAR, NATIONAL))["Tổng cộng"]
    assert total == [0, 0, 0, 0, 0, 1, 0, 0, 1]


def test_a_move_within_the_commune_ties_by_its_own_row(system, quang_trung, family):
    first, second = villages_of(quang_trung, FIRST)[:2]
    move(system, family(first, "poor"), second, date(2023, 4, 4))
    rows = moved(results_of(quang_trung, YEAR, NATIONAL))
    assert rows["Chuyển giữa các nơi trên"] == [0, 0, 0, -1, 0, 0, 0, -1, 0]
    assert rows["Tổng cộng"] == [1, 0, 0, 0, 0, 0, 0, 0, 1]


def move(actor, household, village, day):
    move_within(
        actor=actor,
        household=household,
        occasion=Occasion(day),
        village=village,
        address="",
        expected_version=None,
    )


@pytest.mark.parametrize("seed", range(4))
def test_random_histories_tie(system, quang_trung, family, seed):
    chance, villages = Random(seed), list(villages_of(quang_trung, FIRST))
    for _number in range(12):
        home = family(chance.choice(villages), chance.choice(CLASSES))
        for month in sorted(chance.sample(range(2, 13), chance.randint(0, 3))):
            home.refresh_from_db()
            happened = chance.choice(["class", "move", "leave"])
            day = date(2023, month, 10)
            if happened == "class":
                decide(system, home, chance.choice(CLASSES), day)
            elif happened == "move":
                move(
                    system,
                    home,
                    chance.choice([one for one in villages if one.pk != home.village_id]),
                    day,
                )
            else:
                occasion = Occasion(day)
                move_out(
                    actor=system,
                    household=home,
                    occasion=occasion,
                    gone_to="abroad",
                    expected_version=None,
                )
                break
    for table in ("poor_movement", "near_poor_movement"):
        rows = moved(results_of(quang_trung, YEAR, NATIONAL), table)
        total = rows.pop("Tổng cộng")
        for one in (*rows.values(), total):
            assert one[0] - sum(one[1:4]) + sum(one[4:8]) == one[8]
        assert [sum(column) for column in zip(*rows.values(), strict=True)] == total or not rows


def test_a_village_that_went_into_another_moves_nobody(system, quang_trung, family):
    first, second = villages_of(quang_trung, FIRST)[:2]
    family(first, "poor")
    family(second, "poor")
    merge_villages(
        actor=system,
        commune=quang_trung,
        villages=[first, second],
        into=second,
        on=date(2023, 7, 1),
        paper="NQ số 7 ngày 01/07/2023",
    )
    rows = moved(results_of(quang_trung, YEAR, NATIONAL))
    assert [one for name, one in rows.items() if name != "Tổng cộng"] == [[2, *[0] * 7, 2]]


def test_the_district_counts_the_commune_as_one_row(system, quang_trung, family):
    first, second = villages_of(quang_trung, FIRST)[:2]
    move(system, family(first, "poor"), second, date(2023, 4, 4))
    rows = moved(results_of(quang_trung.parent, YEAR, NATIONAL))
    assert rows == {
        "Xã Quang Trung": [1, 0, 0, 0, 0, 0, 0, 0, 1],
        "Tổng cộng": [1, 0, 0, 0, 0, 0, 0, 0, 1],
    }


def test_a_rate_needs_its_denominator(quang_trung, family):
    family(villages_of(quang_trung, FIRST)[0], "poor")
    before = moved(results_of(quang_trung, YEAR, NATIONAL), "results")["Tổng cộng"]
    assert before[:4] == [None, None, 1, None]
    PopulationCount.objects.create(
        unit=quang_trung, on=FIRST, households=200, persons=800, source="thử"
    )
    after = moved(results_of(quang_trung, YEAR, NATIONAL), "results")["Tổng cộng"]
    assert [str(one) for one in after[:4]] == ["200", "800", "1", "0.50"]


def test_the_excel_file_holds_the_table_and_one_journal_line(
    officer, acting, quang_trung, family, tmp_path
):
    family(villages_of(quang_trung, FIRST)[0], "poor")
    results = results_of(quang_trung, YEAR, NATIONAL)
    target = tmp_path / "bieu.xlsx"
    write_result_table(
        actor=acting(officer), results=results, filled=results.tables[1], target=target
    )
    (sheet,) = open_sheets(target).sheets
    words = [str(cell.value) for row in sheet.rows for cell in row.cells]
    assert any("1 − 2 − 3 − 4 + 5 + 6 + 7 + 8" in word for word in words)
    assert "Tổng cộng" in words
    line = JournalLine.objects.latest("at")
    assert (line.act, line.actor_name) == ("reports.write_result_table", officer.full_name)


def test_an_outsider_gets_no_file(outsider, acting, quang_trung, tmp_path):
    results = results_of(quang_trung, YEAR, NATIONAL)
    target = tmp_path / "bieu.xlsx"
    with pytest.raises(NotAllowed):
        write_result_table(
            actor=acting(outsider), results=results, filled=results.tables[1], target=target
        )
    assert not target.exists()
