"""A territory through chains of successions: whose it was, whose it is, and how exactly."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.acts.refusing import Refused
from chungtay.places.models import Level, Succession, Unit
from chungtay.places.queries import (
    heirs_on,
    like_for_like,
    origins_of,
    successors_of,
    territories_on,
    territory_on,
    unit_by_code,
)

pytestmark = pytest.mark.django_db

THREE_TIERS, TWO_TIERS = date(2025, 6, 30), date(2025, 7, 1)
IN_2026 = date(2026, 6, 1)
WARD = "Phường Quang Trung"


def words_of(territory):
    return [str(sentence) for sentence in territory.words]


def names(units):
    return {unit.name for unit in units}


@pytest.fixture
def make(db):
    """Units made up for a test, and who succeeded whom."""
    parent = Unit.objects.get(level=Level.COUNTRY)

    def make_unit(name, begin=None, end=None, code=""):
        unit = Unit.objects.create(
            level=Level.COMMUNE,
            kind="Xã",
            name=name,
            folded=name.lower(),
            code=code,
            parent=parent,
            valid_from=begin,
            valid_to=end,
        )
        unit.path = f"{parent.path}{unit.pk}/"
        unit.save()
        return unit

    return make_unit


@pytest.fixture
def follow():
    def succeed(old, new, kind="whole", on=TWO_TIERS):
        return Succession.objects.create(old=old, new=new, kind=kind, valid_from=on)

    return succeed


@pytest.fixture
def chain(make, follow):
    """A ward that ended in 2024, its heir of 2025, and that one's heir of 2026."""
    first = make("Cũ", end=date(2024, 10, 31), code="T0001")
    second = make("Giữa", date(2024, 11, 1), THREE_TIERS, "T0002")
    third = make("Mới", TWO_TIERS, date(2026, 4, 29), "T0003")
    fourth = make("Mới nhất", date(2026, 4, 30), code="T0004")
    follow(first, second, on=date(2024, 11, 1))
    follow(second, third)
    follow(third, fourth, on=date(2026, 4, 30))
    return first, second, third, fourth


def test_a_chain_is_followed_to_its_end_and_to_its_beginning(chain):
    first, second, third, fourth = chain
    assert successors_of(first) == [fourth]
    assert set(origins_of([fourth])) == {first, second, third}
    assert origins_of([first]) == []


@pytest.mark.parametrize(
    ("on", "place"),
    [
        (date(2024, 10, 31), 0),
        (date(2024, 11, 1), 1),
        (date(2025, 7, 1), 2),
        (date(2026, 4, 29), 2),
        (date(2026, 4, 30), 3),
    ],
)
def test_the_same_territory_on_every_day_from_every_member_of_the_chain(chain, on, place):
    for unit in chain:
        territory = territory_on(unit, on)
        assert territory.units == (chain[place],)
        assert territory.exact
    if place:
        assert [heir.unit for heir in heirs_on(chain[0], on)] == [chain[place]]


def test_a_code_with_a_date_names_whoever_holds_the_territory_then(chain):
    with pytest.raises(Refused, match=r"31/10/2024; nay thuộc Giữa \(mã T0002\)"):
        unit_by_code("T0001", date(2025, 1, 1))
    with pytest.raises(Refused, match=r"nay thuộc Mới nhất \(mã T0004\)"):
        unit_by_code("T0001", IN_2026)
    with pytest.raises(Refused, match=r"Ngày 01/01/2024 địa bàn này là Cũ \(mã T0001\)"):
        unit_by_code("T0004", date(2024, 1, 1))


def test_a_lesser_part_is_left_out_and_said(make, follow):
    old_whole, old_main = make("Nguyên", end=THREE_TIERS), make("Chính", end=THREE_TIERS)
    old_part = make("Phần", end=THREE_TIERS)
    new, other = make("Mới", TWO_TIERS), make("Khác", TWO_TIERS)
    follow(old_whole, new)
    follow(old_main, new, "part-main")
    follow(old_main, other, "part")
    follow(old_part, new, "part")
    follow(old_part, other, "part-main")
    territory = territory_on(new, THREE_TIERS)
    assert set(territory.units) == {old_whole, old_main}
    assert not territory.exact
    assert words_of(territory) == [
        "Chỉ phần chính của Chính vào Mới từ ngày 01/07/2025; số liệu tính cả Chính.",
        "Một phần của Phần cũng vào Mới từ ngày 01/07/2025, nhưng không tính ở đây.",
    ]
    later = territory_on(old_main, IN_2026)
    assert later.units == (new,)
    assert words_of(later) == [
        "Mới chỉ nhận phần chính của Chính.",
        "Một phần của Chính nay thuộc Khác, không tính ở đây.",
        "Mới còn gồm cả Nguyên.",
        "Mới còn gồm một phần của Phần.",
    ]
    assert [(heir.unit, heir.scope) for heir in heirs_on(old_main, IN_2026)] == [
        (new, "part-main"),
        (other, "part"),
    ]
    assert origins_of([other]) == [old_part]


def test_a_unit_that_went_on_counts_what_it_took_in_later(make, follow):
    stays, goes = make("Còn"), make("Hết", end=date(2025, 12, 31))
    follow(goes, stays, on=date(2026, 1, 1))
    assert set(territory_on(stays, date(2025, 12, 31)).units) == {stays, goes}
    assert territory_on(stays, date(2025, 12, 31)).exact
    assert territory_on(stays, IN_2026).units == (stays,)
    after = territory_on(goes, IN_2026)
    assert after.units == (stays,)
    assert words_of(after) == ["Còn vốn có địa bàn riêng, nay thêm địa bàn của Hết."]


def test_nothing_known_is_said(make):
    unit = make("Lạ", date(2026, 1, 1))
    territory = territory_on(unit, date(2024, 1, 1))
    assert (territory.units, territory.exact) == ((), False)
    assert "Chưa biết ngày 01/01/2024 địa bàn của Lạ" in words_of(territory)[0]


def test_the_ward_of_today_is_compared_with_the_units_it_was_made_of(quang_trung):
    ward = successors_of(quang_trung)[0]
    years = like_for_like(ward, [2024, 2025, 2026])
    assert quang_trung in years[2024].units
    assert len(years[2024].units) > 1
    assert names(years[2025].units) == names(years[2026].units) == {WARD}
    assert years[2026].exact


def test_a_ward_of_long_khanh_may_hold_what_nobody_has_verified():
    ward = unit_by_code("26080", date(2024, 12, 31))
    assert territory_on(ward, date(2024, 12, 31)).exact
    before = territory_on(ward, date(2024, 4, 1))
    assert before.units == (ward,)
    assert not before.exact
    assert any("Xuân Trung kết thúc ngày 31/10/2024" in one for one in words_of(before))


def test_many_territories_cost_the_same_queries_as_one(django_assert_max_num_queries):
    wards = list(Unit.objects.filter(level=Level.COMMUNE, valid_from=TWO_TIERS)[:300])
    for some in (wards[:1], wards):
        with django_assert_max_num_queries(5):
            found = territories_on(some, THREE_TIERS)
        assert len(found) == len(some)


def test_a_withdrawn_succession_counts_no_more(chain):
    Succession.objects.filter(old=chain[2]).update(withdrawn=True)
    assert successors_of(chain[0]) == []


STEPS = st.lists(st.sampled_from(["whole", "part-main", "part"]), min_size=1, max_size=5)


@settings(max_examples=25, deadline=None)
@given(kinds=STEPS)
def test_a_chain_holds_until_its_first_lesser_part(kinds):
    parent = Unit.objects.get(level=Level.COUNTRY)
    first = date(2020, 1, 1)
    units = []
    for number in range(len(kinds) + 1):
        last = number == len(kinds)
        end = None if last else first + timedelta(days=number)
        begin = first + timedelta(days=number) if number else None
        units.append(
            Unit.objects.create(
                level=Level.COMMUNE,
                kind="Xã",
                name=f"X{number}",
                folded=f"x{number}",
                parent=parent,
                valid_from=begin,
                valid_to=end,
            )
        )
    for number, kind in enumerate(kinds):
        Succession.objects.create(
            old=units[number],
            new=units[number + 1],
            kind=kind,
            valid_from=first + timedelta(days=number + 1),
        )
    reached = territory_on(units[0], date(2021, 1, 1)).units
    assert (reached == (units[-1],)) == ("part" not in kinds)
    assert territory_on(units[0], date(2021, 1, 1)).exact == (set(kinds) <= {"whole"})
    worst = max(kinds, key=["whole", "part-main", "part"].index)
    assert [heir.scope for heir in heirs_on(units[0], date(2021, 1, 1))] == [worst]
