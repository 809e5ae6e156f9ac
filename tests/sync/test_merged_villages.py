"""A list that is older than a merger of villages finds its households where they were then."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.households.models import Household
from chungtay.households.services import merge_villages
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.places.services import rename_village
from tests.sync.conftest import FAMILY, NEIGHBOURS, ON, Bring, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MERGED = date(2024, 6, 1)
PAPER = "Nghị quyết số 12/NQ-HĐND ngày 15/5/2024"


@pytest.fixture
def merged(system, quang_trung: Unit, bring: Bring) -> Unit:
    """Two families of thôn 1 and 2, which became one village later."""
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    villages = {unit.name: unit for unit in villages_of(quang_trung, ON)}
    done = merge_villages(
        actor=system,
        commune=quang_trung,
        villages=[villages["Thôn 1"], villages["Thôn 2"]],
        into="Thôn Đoàn Kết",
        on=MERGED,
        paper=PAPER,
    )
    return Unit.objects.get(pk=done["village"])


def test_the_old_list_again_changes_nothing(merged, quang_trung, bring, stage: Stage) -> None:
    _, preview = stage(quang_trung, [*FAMILY, *NEIGHBOURS])
    assert [one.outcome for one in preview.proposals] == ["unchanged", "unchanged"]
    assert bring(quang_trung, [*FAMILY, *NEIGHBOURS])["households"] == 0
    assert set(Household.objects.values_list("village", flat=True)) == {merged.pk}


def test_a_list_of_after_the_merger_knows_the_new_village(merged, quang_trung, stage) -> None:
    rows = [[*row[:8], "Thôn Đoàn Kết" if row[8] else "", *row[9:]] for row in FAMILY]
    _, preview = stage(quang_trung, rows, date(2024, 7, 1))
    assert not [
        change for one in preview.proposals for change in one.changes if "Thôn" in str(change)
    ]


def test_an_old_list_with_a_mistaken_village_leaves_the_present_one_whole(
    merged, quang_trung, bring
) -> None:
    rows = [[*row[:8], "Thôn 2" if row[8] else "", *row[9:]] for row in FAMILY]
    bring(quang_trung, rows)
    household = Household.objects.get(code="H-01")
    assert household.village == merged


def test_a_name_of_then_is_known_then(system, quang_trung, bring, stage) -> None:
    bring(quang_trung, FAMILY)
    village = villages_of(quang_trung, ON).get(name="Thôn 1")
    rename_village(actor=system, village=village, name="Thôn Hòa Bình", on=MERGED, paper=PAPER)
    _, preview = stage(quang_trung, FAMILY)
    assert [one.outcome for one in preview.proposals] == ["unchanged"]
    rows = [[*row[:8], "Thôn Hòa Bình" if row[8] else "", *row[9:]] for row in FAMILY]
    _, later = stage(quang_trung, rows, date(2024, 7, 1))
    assert not [
        change for one in later.proposals for change in one.changes if "Thôn" in str(change)
    ]
