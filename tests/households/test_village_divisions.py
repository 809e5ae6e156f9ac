"""Villages divided, and ended while nobody lives there."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.acts.refusing import Refused
from chungtay.households.models import Household
from chungtay.households.queries.residences import lived_in
from chungtay.households.services import end_village, split_village, undo_village_change
from chungtay.places.models import Succession, Unit, VillageChange
from chungtay.places.queries import territory_on, villages_of
from tests.households.conftest import MERGED, PAPER

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LAST_YEAR = date(2023, 12, 31)


def lived(village, on):
    return Household.objects.filter(lived_in([village], on)).count()


def test_a_village_is_divided_and_each_household_goes_where_it_chose(system, families, thon):
    chosen = {families[0].pk: "Thôn 1 Bắc"}
    done = split_village(
        actor=system,
        village=thon[1],
        names=["Thôn 1 Bắc", "Thôn 1 Nam"],
        chosen=chosen,
        rest="Thôn 1 Nam",
        on=MERGED,
        paper=PAPER,
    )
    north, south = (Unit.objects.get(pk=pk) for pk in done["villages"])
    assert (lived(north, MERGED), lived(south, MERGED), lived(thon[1], LAST_YEAR)) == (1, 2, 3)
    kinds = dict(Succession.objects.filter(old=thon[1]).values_list("new", "kind"))
    assert kinds == {north.pk: "part", south.pk: "part-main"}
    thon[1].refresh_from_db()
    after = territory_on(thon[1], MERGED)
    assert after.units == (south,)
    assert "Một phần của Thôn 1 nay thuộc Thôn 1 Bắc" in " ".join(map(str, after.words))
    assert territory_on(north, LAST_YEAR).units == ()
    undo_village_change(actor=system, change=VillageChange.objects.get(pk=done["change"]))
    assert lived(thon[1], MERGED) == 3


@pytest.mark.parametrize(
    ("names", "rest", "words"),
    [
        (["Thôn A"], "Thôn A", "ít nhất hai thôn mới"),
        (["Thôn A", "THÔN A"], "Thôn A", "mỗi tên một khác"),
        (["Thôn A", "Thôn B"], "Thôn C", "“Thôn C” không phải là một trong các thôn mới"),
        (["Thôn A", "Thôn 2"], "Thôn A", "đã có Thôn 2"),
    ],
)
def test_a_division_is_refused_with_a_sentence(system, thon, names, rest, words):
    with pytest.raises(Refused, match=words):
        split_village(
            actor=system,
            village=thon[1],
            names=names,
            chosen={},
            rest=rest,
            on=MERGED,
            paper=PAPER,
        )


def test_a_household_of_another_village_cannot_choose(system, families, thon):
    with pytest.raises(Refused, match="Có 1 hộ được chọn không ở Thôn 1"):
        split_village(
            actor=system,
            village=thon[1],
            names=["Thôn A", "Thôn B"],
            chosen={families[5].pk: "Thôn A"},
            rest="Thôn B",
            on=MERGED,
            paper=PAPER,
        )


def test_only_a_village_without_households_ends(system, families, thon):
    with pytest.raises(Refused, match="Thôn 1 còn 3 hộ từ ngày 01/06/2024: Lê Văn An, Lê Văn Ba"):
        end_village(actor=system, village=thon[1], on=MERGED, paper=PAPER)
    pk = end_village(actor=system, village=thon[4], on=MERGED, paper=PAPER)
    assert thon[4] not in villages_of(thon[4].parent, MERGED)
    assert thon[4] in villages_of(thon[4].parent, LAST_YEAR)
    undo_village_change(actor=system, change=VillageChange.objects.get(pk=pk))
    assert thon[4] in villages_of(thon[4].parent, MERGED)
