"""Villages merged, divided, ended and taken back: households follow, last year stays as it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.households.models import Household, Residence
from chungtay.households.queries.people import households_seen_by
from chungtay.households.queries.residences import lived_in, residences_on
from chungtay.households.queries.statuses import count_by_village
from chungtay.households.services import (
    correct_household,
    end_village,
    undo_village_change,
)
from chungtay.households.writing import correct_residences
from chungtay.places.models import Succession, Unit, VillageChange
from chungtay.places.queries import like_for_like, territory_on, villages_of
from chungtay.places.services import add_villages, count_population, rename_village
from tests.households.conftest import MERGED, OPENING, PAPER

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LAST_YEAR = date(2023, 12, 31)


def lived(village, on):
    return Household.objects.filter(lived_in([village], on)).count()


def poor_on(on):
    counts = count_by_village(Household.objects.all(), on)
    return {unit: some["poor"] for unit, some in counts.items()}


def test_two_villages_become_a_new_one_and_the_households_follow(merge, families, thon):
    done = merge([thon[1], thon[2]], "Thôn Đoàn Kết")
    new = Unit.objects.get(pk=done["village"])
    assert (done["households"], new.kind, new.valid_from) == (5, "Thôn", MERGED)
    assert set(Household.objects.filter(village=new)) == set(families[:5])
    assert {one.version for one in Household.objects.filter(village=new)} == {2}
    for old in (thon[1], thon[2]):
        old.refresh_from_db()
        assert old.valid_to == MERGED - timedelta(days=1)
    row = Succession.objects.get(old=thon[1], new=new)
    assert (row.kind, row.valid_from, row.paper) == ("whole", MERGED, PAPER)


def test_last_years_figures_stay_with_the_old_villages(merge, families, thon):
    before = poor_on(LAST_YEAR)
    assert before == {thon[1].pk: 3, thon[2].pk: 2, thon[3].pk: 1}
    new = merge([thon[1], thon[2]], "Thôn Đoàn Kết")["village"]
    assert poor_on(LAST_YEAR) == before
    assert poor_on(MERGED) == {new: 5, thon[3].pk: 1}
    last_day = MERGED - timedelta(days=1)
    assert (lived(thon[1], last_day), lived(thon[1], MERGED)) == (3, 0)


def test_a_village_may_take_in_another_and_keep_its_name(merge, families, thon):
    done = merge([thon[1], thon[2]], thon[1])
    assert done["village"] == thon[1].pk
    assert lived(thon[1], MERGED) == 5
    assert lived(thon[1], LAST_YEAR) == 3
    years = like_for_like(thon[1], [2023, 2024])
    assert set(years[2023].units) == {thon[1], thon[2]}
    assert years[2023].exact
    assert years[2024].units == (thon[1],)


def test_a_new_village_may_bear_the_name_of_an_old_one(merge, families, thon):
    new = Unit.objects.get(pk=merge([thon[1], thon[2]], "Thôn 1")["village"])
    assert new.name == "Thôn 1"
    assert new.pk != thon[1].pk
    thon[1].refresh_from_db()
    assert territory_on(thon[1], MERGED).units == (new,)


def test_a_household_that_came_later_or_left_before_is_put_where_it_belongs(
    merge, add_head, families, thon
):
    late = add_head("Lê Văn Hà", at=thon[2], on=date(2024, 7, 1))
    gone = families[3]
    gone.residences.update(valid_to=date(2024, 8, 31))
    Residence.objects.create(
        household=gone, commune=gone.commune, village=thon[3], valid_from=date(2024, 9, 1)
    )
    Household.objects.filter(pk=gone.pk).update(village=thon[3])
    new = Unit.objects.get(pk=merge([thon[1], thon[2]], "Thôn Mới")["village"])
    assert [row.village for row in late.residences.all()] == [new]
    spans = gone.residences.order_by("valid_from").values_list("village__name", "valid_to")
    assert list(spans) == [
        ("Thôn 2", date(2024, 5, 31)),
        ("Thôn Mới", date(2024, 8, 31)),
        ("Thôn 3", None),
    ]
    gone.refresh_from_db()
    assert gone.village == thon[3]


def test_a_merger_is_refused_with_a_sentence(merge, thon, phu_son, quang_trung, system):
    foreign = villages_of(phu_son, OPENING).first()
    add_villages(actor=system, commune=quang_trung, names=["Thôn 9"], valid_from=MERGED)
    young = quang_trung.children.get(name="Thôn 9")
    cases = [
        ([thon[1], foreign], "Mới", {}, "Tổ dân phố 1 thuộc Phường Phú Sơn, không thuộc Xã Quang"),
        ([thon[1], thon[1]], "Mới", {}, "Thôn 1 được chọn hai lần"),
        ([thon[1]], "Mới", {}, "ít nhất hai thôn"),
        ([thon[1], young], "Mới", {}, "Thôn 9 có từ ngày 01/06/2024"),
        ([thon[1], thon[2]], "Thôn 3", {}, "Xã Quang Trung đã có Thôn 3"),
        ([thon[1], thon[2]], thon[3], {}, "Thôn 3 không nằm trong các thôn được chọn"),
        ([thon[1], thon[2]], " ", {}, "không được để trống"),
        ([thon[1], thon[2]], "Mới", {"paper": ""}, "văn bản làm căn cứ"),
        ([thon[1], thon[2]], "Mới", {"on": date(2099, 1, 1)}, "chưa tới"),
        ([thon[1], thon[2]], "Mới", {"on": date(2025, 7, 2)}, "đã kết thúc ngày 30/06/2025"),
    ]
    for villages, into, more, words in cases:
        with pytest.raises(Refused, match=words):
            merge(villages, into, **more)
    merge([thon[1], thon[2]], thon[1])
    with pytest.raises(Refused, match="Thôn 2 đã kết thúc ngày 31/05/2024"):
        merge([thon[2], thon[3]], "Mới", on=date(2024, 9, 1))
    assert VillageChange.objects.filter(kind="villages_merged").count() == 1


def test_a_merger_stands_in_the_journal_without_anybodys_name(merge, families, thon):
    merge([thon[1], thon[2]], "Thôn Mới", key="một lần")
    merge([thon[1], thon[2]], "Thôn Mới", key="một lần")
    lines = JournalLine.objects.filter(act="households.merge_villages")
    assert lines.count() == 1
    assert lines.get().paper == PAPER
    assert '"households":5' in lines.get().details
    assert "Lê Văn" not in lines.get().details


def test_the_outsider_and_those_who_only_look_cannot_change_villages(
    merge, thon, outsider, hire, acting, quang_trung
):
    for user in (outsider, hire("chairman", quang_trung), hire("village_head", thon[1])):
        for act in (
            lambda actor: merge([thon[1], thon[2]], "Mới", actor=actor),
            lambda actor: end_village(actor=actor, village=thon[4], on=MERGED, paper=PAPER),
            lambda actor: rename_village(
                actor=actor, village=thon[4], name="Thôn Bốn", on=MERGED, paper=PAPER
            ),
        ):
            with pytest.raises(NotAllowed):
                act(acting(user))
    assert not VillageChange.objects.exclude(kind="villages_added").exists()


def test_the_officer_of_the_commune_may(merge, thon, officer, acting, families):
    actor = acting(officer)
    new = Unit.objects.get(pk=merge([thon[1], thon[2]], "Thôn Mới", actor=actor)["village"])
    assert households_seen_by(actor, on=LAST_YEAR).filter(lived_in([thon[1]], LAST_YEAR)).count()
    assert actor.may("households.change", new)


def test_a_merger_is_undone_and_leaves_everything_as_it_was(merge, system, families, thon):
    before = (poor_on(LAST_YEAR), poor_on(MERGED))
    done = merge([thon[1], thon[2]], "Thôn Mới")
    change = VillageChange.objects.get(pk=done["change"])
    undo_village_change(actor=system, change=change)
    assert (poor_on(LAST_YEAR), poor_on(MERGED)) == before
    assert {unit.name for unit in villages_of(thon[1].parent, MERGED)} == {
        f"Thôn {number}" for number in range(1, 5)
    }
    assert [one.village for one in Household.objects.filter(pk=families[0].pk)] == [thon[1]]
    assert Residence.objects.filter(withdrawn=False).count() == len(families)
    with pytest.raises(Refused, match="hoàn tác rồi"):
        undo_village_change(actor=system, change=change)
    assert merge([thon[1], thon[2]], "Thôn Mới")["households"] == 5


def test_nothing_is_undone_on_which_something_was_built(merge, system, add_head, families, thon):
    done = merge([thon[1], thon[2]], "Thôn Mới")
    new = Unit.objects.get(pk=done["village"])
    change = VillageChange.objects.get(pk=done["change"])
    rename_village(actor=system, village=new, name="Thôn Đẹp", on=date(2024, 9, 1), paper=PAPER)
    with pytest.raises(Refused, match="Sau đó đã có việc khác trên cùng thôn: đổi tên"):
        undo_village_change(actor=system, change=change)
    undo_village_change(actor=system, change=new.changes.get(kind="village_renamed"))
    count_population(
        actor=system, unit=new, on=date(2024, 12, 31), households=70, persons=None, source="UBND"
    )
    with pytest.raises(Refused, match="đã có tổng số hộ"):
        undo_village_change(actor=system, change=change)
    new.population_counts.all().delete()
    add_head("Lê Văn Mới", at=new, on=date(2024, 9, 1))
    with pytest.raises(Refused, match="Đã có 1 hộ được ghi vào thôn mới"):
        undo_village_change(actor=system, change=change)


def test_a_household_recorded_anew_keeps_its_merger(merge, system, families, thon):
    done = merge([thon[1], thon[2]], "Thôn Mới")
    correct_household(
        actor=system,
        household=Household.objects.get(pk=families[0].pk),
        village=thon[3],
        code="",
        address="",
        expected_version=None,
        reason="ghi nhầm",
    )
    with pytest.raises(Refused, match="đã có hộ chuyển đi nơi khác"):
        undo_village_change(actor=system, change=VillageChange.objects.get(pk=done["change"]))


def test_an_old_list_fills_the_old_village_and_that_of_today(merge, add_head, thon):
    new = Unit.objects.get(pk=merge([thon[1], thon[2]], "Thôn Mới")["village"])
    merge([new, thon[3]], thon[3], on=date(2025, 1, 1))
    thon[1].refresh_from_db()
    found = add_head("Lê Văn Sót", at=thon[1])
    assert found.village == thon[3]
    spans = found.residences.order_by("valid_from").values_list("village__name", "valid_to")
    assert list(spans) == [
        ("Thôn 1", date(2024, 5, 31)),
        ("Thôn Mới", date(2024, 12, 31)),
        ("Thôn 3", None),
    ]


def test_nobody_is_put_back_into_a_village_that_has_ended(merge, system, families, thon):
    new = Unit.objects.get(pk=merge([thon[1], thon[2]], "Thôn Mới")["village"])
    thon[1].refresh_from_db()
    household = Household.objects.select_related("commune").get(pk=families[0].pk)
    with pytest.raises(Refused, match="Thôn 1 đã kết thúc ngày 31/05/2024"):
        correct_household(
            actor=system,
            household=household,
            village=thon[1],
            code="",
            address="",
            expected_version=None,
            reason="ghi nhầm",
        )
    Household.objects.filter(pk=household.pk).update(village=thon[1])
    household.refresh_from_db()
    version = household.version
    correct_residences([household])
    household.refresh_from_db()
    assert (household.village, household.version) == (new, version)
    spans = household.residences.order_by("valid_from").values_list("village__name", "valid_to")
    assert list(spans) == [("Thôn 1", date(2024, 5, 31)), ("Thôn Mới", None)]


def test_the_database_holds_one_open_residence_through_a_merger(merge, families, thon):
    new = merge([thon[1], thon[2]], "Thôn Mới")["village"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Residence.objects.create(
            household=families[0], commune=thon[1].parent, village_id=new, valid_from=MERGED
        )


def test_a_merger_of_many_households_costs_the_same_statements(
    merge, add_head, thon, django_assert_max_num_queries
):
    for number in range(30):
        add_head(f"Lê Văn {number}", at=thon[1 + number % 2])
    with django_assert_max_num_queries(40):
        merge([thon[1], thon[2]], "Thôn Mới")


DAYS = st.dates(date(2023, 2, 1), date(2025, 6, 29))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_sequence_of_mergers_changes_how_many_households_there_were(
    data, merge, system, families, quang_trung
):
    """On every day, before and after each act, each household lives in exactly one village."""
    days = [OPENING, LAST_YEAR, date(2024, 6, 1), date(2025, 6, 30)]
    with transaction.atomic():
        figures = {day: poor_on(day) for day in days}
        on = OPENING
        for _ in range(data.draw(st.integers(1, 3), label="mergers")):
            on = data.draw(st.dates(on + timedelta(days=2), on + timedelta(days=200)), label="on")
            standing = list(villages_of(quang_trung, on))
            chosen = data.draw(
                st.lists(st.sampled_from(standing), min_size=2, max_size=3, unique=True)
            )
            into = data.draw(st.sampled_from([chosen[0], f"Thôn mới {on:%d%m%Y}"]))
            done = merge(chosen, into, on=on)
            if data.draw(st.booleans(), label="undone"):
                change = VillageChange.objects.get(pk=done["change"])
                undo_village_change(actor=system, change=change)
            for day in (*days, on, on - timedelta(days=1)):
                rows = list(residences_on(day).values_list("household", "village"))
                assert len(rows) == len({household for household, _ in rows}) == len(families)
                assert sum(poor_on(day).values()) == len(families)
                standing_then = set(villages_of(quang_trung, day).values_list("pk", flat=True))
                assert {village for _, village in rows} <= standing_then
            assert poor_on(OPENING) == figures[OPENING]
            if len(villages_of(quang_trung, on)) < 2:
                break
        transaction.set_rollback(True)
