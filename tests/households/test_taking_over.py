"""On 1/7/2025 a new ward takes over the registers of the communes it was made of."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.households.models import Household
from chungtay.households.queries.people import households_seen_by
from chungtay.households.queries.residences import lived_in
from chungtay.households.services import take_over_register
from chungtay.places.models import Succession, Unit
from chungtay.places.queries import origins_of, unit_by_code, villages_of
from chungtay.places.services import add_villages
from tests.households.conftest import OPENING

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LAST_DAY, FIRST_DAY = date(2025, 6, 30), date(2025, 7, 1)
TODAY = date(2026, 3, 2)


@pytest.fixture
def ward() -> Unit:
    return unit_by_code("14818", FIRST_DAY)


@pytest.fixture
def second(ward, quang_trung, system) -> Unit:
    """Another commune the ward was made of, with a thôn 1 of its own."""
    other = Succession.objects.filter(new=ward, kind="whole").exclude(old=quang_trung).first().old
    add_villages(actor=system, commune=other, names=["Thôn 1"], valid_from=None)
    return other


@pytest.fixture
def take(system, ward):
    def take_one(old, **more):
        given = {"actor": system, "old": old, "new": ward, "on": FIRST_DAY} | more
        return take_over_register(**given)

    return take_one


def test_the_register_of_the_ward_is_whole_and_the_past_stays(
    take, add_head, ward, quang_trung, village, system
):
    households = [add_head("Lê Văn An"), add_head("Lê Văn Ba", at=None)]
    assert take(quang_trung) == {"households": 2, "villages": 4, "left": []}
    assert Household.objects.filter(lived_in([ward], TODAY)).count() == 2
    assert Household.objects.filter(lived_in([quang_trung], TODAY)).count() == 0
    assert Household.objects.filter(lived_in([quang_trung], LAST_DAY)).count() == 2
    assert {one.commune for one in Household.objects.all()} == {ward}
    heir = Household.objects.get(pk=households[0].pk).village
    assert (heir.name, heir.parent, heir.valid_from) == ("Thôn 1", ward, FIRST_DAY)
    assert heir.verified
    assert origins_of([heir]) == [village]
    assert not villages_of(quang_trung, FIRST_DAY).exists()
    assert take(quang_trung) == {"households": 0, "villages": 0, "left": []}


def test_two_villages_and_two_codes_of_the_same_name_are_kept_apart(
    take, add_head, ward, quang_trung, second, village
):
    add_head("Lê Văn An", code="H-01")
    add_head("Lê Văn Ba", code="H-01", commune=second, at=villages_of(second, OPENING).get())
    take(quang_trung)
    take(second)
    names = {unit.name: unit.verified for unit in villages_of(ward, TODAY)}
    assert names[f"Thôn 1 ({second.name})"] is False
    assert names["Thôn 1"] is True
    codes = set(Household.objects.filter(commune=ward).values_list("code", flat=True))
    assert codes == {"H-01", f"{second.code}-H-01"}


def test_of_a_lesser_part_a_person_decides_village_by_village(
    take, add_head, ward, quang_trung, village
):
    Succession.objects.filter(old=quang_trung, new=ward).update(kind="part")
    household = add_head("Lê Văn An")
    result = take(quang_trung)
    assert result["households"] == 0
    assert set(result["left"]) == set(
        villages_of(quang_trung, LAST_DAY).values_list("pk", flat=True)
    )
    household.refresh_from_db()
    assert household.commune == quang_trung
    assert take(quang_trung, villages=[village])["households"] == 1
    with pytest.raises(Refused, match="Thôn 1 không phải thôn của Xã Quang Trung, hoặc đã"):
        take(quang_trung, villages=[village])


def test_an_old_list_written_after_the_take_over_is_found_in_both(
    take, add_head, ward, quang_trung, village
):
    take(quang_trung)
    village.refresh_from_db()
    late = add_head("Lê Văn Sót", at=village)
    assert (late.commune, late.village.name) == (ward, "Thôn 1")
    loose = add_head("Lê Văn Rời", at=None)
    assert loose.commune == quang_trung
    assert take(quang_trung)["households"] == 1
    loose.refresh_from_db()
    assert loose.commune == ward
    assert Household.objects.filter(lived_in([quang_trung], LAST_DAY)).count() == 2


def test_only_a_successor_takes_over(take, quang_trung, phu_son):
    with pytest.raises(Refused, match="không nhận địa bàn của Xã Quang Trung từ ngày 01/07/2025"):
        take(quang_trung, new=unit_by_code("14812", FIRST_DAY))
    with pytest.raises(Refused, match="không nhận địa bàn"):
        take(quang_trung, on=TODAY)


def test_the_officer_of_the_ward_may_and_works_on_in_both(
    take, add_head, ward, quang_trung, hire, acting, outsider
):
    add_head("Lê Văn An")
    actor = acting(hire("officer", ward))
    with pytest.raises(NotAllowed):
        take(quang_trung, actor=acting(outsider))
    take(quang_trung, actor=actor)
    assert households_seen_by(actor).count() == 1
    seen = households_seen_by(actor, on=OPENING).filter(lived_in([quang_trung], OPENING))
    assert seen.count() == 1
    assert not households_seen_by(acting(outsider)).exists()
