"""Whatever a list holds, the counts tie, and a second import finds nothing more to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.acts.services import OpenLine, System
from chungtay.households.models import Household, Membership, StatusSpell
from chungtay.households.queries.statuses import standard_id_on
from chungtay.places.models import Level, Unit
from chungtay.places.services import add_villages
from chungtay.rulebook.dates import PartialDate
from chungtay.sync.applying import write_proposals
from chungtay.sync.matching import preview_list
from chungtay.sync.proposals import Preview
from chungtay.sync.reading.drafts import Column, HouseholdDraft, MemberDraft, ReadList
from chungtay.sync.reading.duplicates import mark_duplicates

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ON = date(2023, 1, 1)
NAMES = ["Lưu Văn Khánh", "LƯU VĂN KHÁNH", "Lưu Văn Khanh", "Phùng Thị Sen", "Tạ Văn Đoàn"]
IDS = [None, None, "038084996102", "038186993347", "038079998821"]
BIRTHS = [None, PartialDate(1984), PartialDate(1984, 3, 15), PartialDate(1990)]


@st.composite
def member(draw: st.DrawFn, row: int, relation: str) -> MemberDraft:
    return MemberDraft(
        row=row,
        full_name=draw(st.sampled_from(NAMES)),
        relation=relation,
        birth=draw(st.sampled_from(BIRTHS)),
        citizen_id=draw(st.sampled_from(IDS)),
        ethnicity=draw(st.sampled_from([None, "Kinh", "Mường"])),
        answers=draw(st.sampled_from([{}, {"health_insurance": True}])),
    )


@st.composite
def lists(draw: st.DrawFn) -> Sequence[HouseholdDraft]:
    drafts: list[HouseholdDraft] = []
    row = 2
    for _ in range(draw(st.integers(0, 5))):
        size = draw(st.integers(1, 3))
        members = tuple(
            draw(member(row + place, "00" if place == 0 else "08")) for place in range(size)
        )
        drafts.append(
            HouseholdDraft(
                row=row,
                rows=tuple(range(row, row + size)),
                household_code=draw(st.sampled_from([None, None, "A1", "a1", "B2"])),
                village=draw(st.sampled_from([None, "Thôn 1", "2", "Thôn 9"])),
                address=draw(st.sampled_from([None, "ngõ 3"])),
                head=members[0],
                members=members,
                answers=draw(st.sampled_from([{}, {"income_per_person_vnd": 900_000}])),
                household_class=draw(st.sampled_from([None, "poor", "near_poor"])),
                decision_date=draw(st.sampled_from([None, date(2022, 12, 20), date(2023, 2, 1)])),
            )
        )
        row += size
    return drafts


def compared(commune: Unit, drafts: Sequence[HouseholdDraft]) -> Preview:
    columns = (Column(1, "A", "Họ và tên", "full_name"),)
    marked = mark_duplicates(drafts, {"full_name": "A"})
    return preview_list(ReadList("ds", 1, columns, marked), commune, ON)


@pytest.mark.parametrize("villages", [["Thôn 1", "Thôn 2"], []])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=lists(), second=lists())
def test_counts_tie_and_a_second_time_nothing_is_left(
    bare_commune: Unit, system: System, transactional_undo, villages, first, second
) -> None:
    with transactional_undo():
        if villages:
            add_villages(actor=system, commune=bare_commune, names=villages, valid_from=None)
        for drafts in (first, second):
            preview = compared(bare_commune, drafts)
            counts = preview.counts()
            assert counts["read"] == len(drafts)
            assert counts["read"] == sum(n for name, n in counts.items() if name != "read")
            written = write_proposals(
                bare_commune, ON, standard_id_on(ON), preview.chosen(None), OpenLine()
            )
            assert len(written.added) == sum(one.adds for one in preview.chosen(None))
            assert_the_register_holds_together()
        # A household named twice is refused once; which of the two is meant may be clearer later.
        twice = {said.code for one in preview.proposals for said in one.messages}
        if "same_household_twice" in twice:
            return
        after = compared(bare_commune, second)
        left = [one for one in after.proposals if one.outcome == "changed"]
        assert left == []


def assert_the_register_holds_together() -> None:
    for household in Household.objects.all():
        rows = Membership.objects.filter(household=household, valid_to=None)
        assert rows.filter(relation="00").count() == 1
        assert household.head_name == rows.get(relation="00").person.full_name
        assert StatusSpell.objects.filter(household=household, valid_to=None).count() <= 1
    assert Unit.objects.filter(level=Level.VILLAGE, name="Thôn 9").count() <= 1
