"""An issued plan amended: a copy of its own, the original untouched, never two editions at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.plans.amending import amend_plan, discard_amendment
from chungtay.plans.answering import Answer, answer, asked_of
from chungtay.plans.cascade import boards_of
from chungtay.plans.cells import Cells
from chungtay.plans.changes import changes_between
from chungtay.plans.handing import Assignment, hand_down, standing_handing
from chungtay.plans.life import Issue, approve_plan, issue_plan, submit_plan
from chungtay.plans.models import Plan, PlanBasis, PlanDuty
from chungtay.plans.queries import mentioned_households, plan_of, plans_beside
from chungtay.plans.services import change_cells, drop_household
from chungtay.plans.splitting import whole_of
from chungtay.plans.states import standing
from chungtay.plans.versions import said_now
from tests.plans.conftest import cells_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ASSIGNED = Assignment("9/QĐ-UBND", date(2023, 4, 1))


@pytest.fixture
def officer(plan, as_account):
    return as_account("canbo.quangtrung")


@pytest.fixture
def chairman(plan, as_account):
    return as_account("chutich.quangtrung")


@pytest.fixture
def issue(officer, chairman):
    """Bring a plan to its number by its own acts."""

    def bring(plan: Plan, number: str, on: date) -> Plan:
        submit_plan(actor=officer, plan=plan, despite="Đã rõ", expected_version=now(plan).version)
        approve_plan(actor=chairman, plan=plan, expected_version=now(plan).version)
        issue_plan(
            actor=chairman,
            plan=now(plan),
            issue=Issue(number, "KH-UBND", on, "Quang Trung"),
            paper=b"PK",
            paper_name="kh.docx",
            expected_version=now(plan).version,
        )
        return now(plan)

    return bring


@pytest.fixture
def original(plan, issue):
    return issue(plan, "8", date(2023, 3, 6))


@pytest.fixture
def amendment(original, officer):
    return now_of(amend_plan(actor=officer, plan=original))


def now(plan: Plan) -> Plan:
    return now_of(plan.pk)


def now_of(pk: int) -> Plan:
    return Plan.objects.select_related("unit", "amends__amends").get(pk=pk)


def fewer(plan: Plan, officer) -> None:
    """The amended plan promises one household more."""
    cells = cells_of(poor=(21, 6), poor_closing_rate=None)
    change_cells(actor=officer, plan=plan, cells=cells, expected_version=now(plan).version)


def test_an_amendment_begins_as_the_copy_of_what_it_amends(plan, original, officer, amendment):
    assert (amendment.amends_id, amendment.edition, amendment.state) == (original.pk, 2, "draft")
    assert (amendment.number, amendment.issued_on) == ("", None)
    found = changes_between(said_now(original), said_now(amendment))
    assert (found.numbers, found.money, found.named, found.dropped) == ((), (), (), ())
    assert [str(one.where) for one in found.wording] == ["Đầu văn bản", "Trích yếu", "Căn cứ"]
    subject = amendment.content["wording"]["subject"]
    assert subject.startswith("Sửa đổi, bổ sung Kế hoạch số 08/KH-UBND ngày 06/03/2023\n")
    assert "của UBND xã Quang Trung về thực hiện" in amendment.content["legal_bases"][-1]["text"]
    assert "number" not in amendment.content["head"]
    assert amendment.bases.get().number == "08/KH-UBND"
    named = [
        [(row.position, row.household_id, row.helps, row.withdrawn) for row in rows]
        for rows in (mentioned_households(original), mentioned_households(amendment))
    ]
    assert named[0] == named[1] != []


def test_rows_beside_the_numbers_and_needs_are_copied(plan, issue, officer):
    PlanDuty.objects.create(plan=plan, position=1, offices=["Văn hóa"], role="lead", text="Rà soát")
    PlanBasis.objects.create(plan=plan, position=4, text="Căn cứ Luật A")
    row = plan.named_households.first()
    row.needs.create(code="cow", what="bò", amount_vnd=15_000_000, source="mobilised")
    original = issue(plan, "8", date(2023, 3, 6))
    made = now_of(amend_plan(actor=officer, plan=original))
    assert [(one.offices, one.text) for one in made.duties.all()] == [(["Văn hóa"], "Rà soát")]
    assert list(made.bases.order_by("position").values_list("position", flat=True)) == [4, 5]
    assert Cells.of(made).needs[0].amount_vnd == 15_000_000
    assert plan.duties.count() == plan.bases.count() == row.needs.count() == 1


def test_the_original_stays_as_it_is(original, officer, amendment):
    before = said_now(original)
    fewer(amendment, officer)
    row = amendment.named_households.filter(withdrawn=False).first()
    drop_household(actor=officer, plan=amendment, row_id=row.pk)
    assert said_now(now(original)) == before
    assert Cells.of(now(amendment)).targets[0].reduction == 6


def test_one_edition_stands_for_the_year(original, officer, amendment, issue):
    """The issued one, until the amendment is issued; never both."""
    fewer(amendment, officer)
    assert plan_of(original.unit, 2023) == original
    assert list(standing(Plan.objects.all())) == [original]
    final = issue(amendment, "21", date(2023, 6, 1))
    assert plan_of(original.unit, 2023) == final
    assert list(standing(Plan.objects.all())) == [final]
    assert plans_beside(officer, final) == []
    assert final.said_number == "21/KH-UBND"
    assert now(original).state == "issued"


def test_what_cannot_be_amended(plan, original, officer, chairman, as_account, issue):
    for actor in (chairman, as_account("canbo.phuson")):
        with pytest.raises(NotAllowed):
            amend_plan(actor=actor, plan=original)
    made = now_of(amend_plan(actor=officer, plan=original, key="once"))
    assert amend_plan(actor=officer, plan=original, key="once") == made.pk
    with pytest.raises(Refused, match="chưa ban hành"):
        amend_plan(actor=officer, plan=original)
    with pytest.raises(Refused, match="Chỉ kế hoạch đã ban hành"):
        amend_plan(actor=officer, plan=made)
    final = issue(made, "21", date(2023, 6, 1))
    with pytest.raises(Refused, match="21/KH-UBND"):
        amend_plan(actor=officer, plan=original)
    third = now_of(amend_plan(actor=officer, plan=final))
    assert third.edition == 3
    subject = third.content["wording"]["subject"]
    assert subject.count("Sửa đổi, bổ sung") == 1
    assert "21/KH-UBND" in subject


def test_an_amendment_is_not_older_than_what_it_amends(amendment, issue):
    with pytest.raises(Refused, match="không thể trước ngày đó"):
        issue(amendment, "21", date(2023, 3, 5))


def test_an_amendment_is_discarded_until_it_is_submitted(original, officer, amendment):
    with pytest.raises(Refused, match="Chỉ bỏ được"):
        discard_amendment(actor=officer, plan=original)
    submit_plan(actor=officer, plan=amendment, expected_version=amendment.version)
    with pytest.raises(Refused, match="rút lại"):
        discard_amendment(actor=officer, plan=amendment)
    Plan.objects.filter(pk=amendment.pk).update(state="returned")
    assert discard_amendment(actor=officer, plan=amendment) == original.pk
    assert now(amendment).withdrawn
    assert not amendment.named_households.filter(withdrawn=False).exists()
    again = now_of(amend_plan(actor=officer, plan=original))
    assert again.edition == 2


def handed(plan: Plan, officer, *, more: int = 0, version: int = 0) -> None:
    """Five from the first village, and some from the second."""
    target = plan.targets.get(code="poor")
    units = whole_of(plan, target).units
    parts = {unit.pk: Decimal(0) for unit in units} | {units[0].pk: Decimal(5)}
    parts[units[1].pk] = Decimal(more)
    hand_down(
        actor=officer,
        plan=plan,
        target=target,
        parts=parts,
        assignment=ASSIGNED,
        expected_version=version,
    )


def test_what_was_handed_down_goes_on_under_the_amendment(original, officer, amendment, issue):
    """With its answers; what changed is asked anew, and no place is asked twice."""
    handed(original, officer)
    target = original.targets.get(code="poor")
    part = standing_handing(target).parts.get(asked=5)
    answer(actor=officer, part=part, given=Answer(Decimal(5)), expected_version=part.version)
    with pytest.raises(Refused, match="chưa ban hành"):
        handed(amendment, officer)
    fewer(amendment, officer)
    final = issue(amendment, "21", date(2023, 6, 1))
    assert standing_handing(target) is None
    carried = standing_handing(final.targets.get(code="poor"))
    assert carried is not None
    part.refresh_from_db()
    nothing = carried.parts.filter(asked=0).order_by("position").first()
    assert (part.handing_id, part.state, part.promised) == (carried.pk, "answered", 5)
    unit = part.unit
    assert len(asked_of(officer, unit, 2023)) == 1
    with pytest.raises(Refused, match="sửa đổi bằng kế hoạch số 21/KH-UBND"):
        handed(original, officer)
    handed(final, officer, more=1, version=carried.version)
    part.refresh_from_db()
    nothing.refresh_from_db()
    assert (part.asked, part.state) == (5, "answered")
    assert (nothing.asked, nothing.state) == (1, "unanswered")


def test_the_board_stands_with_the_edition_in_force(original, officer, amendment, issue):
    handed(original, officer)
    final = issue(amendment, "21", date(2023, 6, 1))
    year_end, today = date(2023, 12, 31), date(2023, 6, 2)
    assert [board.whole for board in boards_of(final, year_end, today)] == [5]
    assert boards_of(now(original), year_end, today) == []
