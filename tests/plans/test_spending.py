"""Money lines of a plan added by hand, taken out and put back; every sum follows."""

from __future__ import annotations

import pytest

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.plans.blanks import blanks_of
from chungtay.plans.cells import Cells
from chungtay.plans.changes import changes_between
from chungtay.plans.models import Plan
from chungtay.plans.spending import LineInput, add_line, restore_line, withdraw_line
from chungtay.plans.values import BLANK, values_of
from chungtay.plans.versions import said_now, said_then

pytestmark = [pytest.mark.django_db, pytest.mark.database]

HOUSING = LineInput("Hỗ trợ nhà ở", 44_000_000, "central_budget", "expected", "recurrent")


@pytest.fixture
def officer(plan, as_account):
    return as_account("canbo.quangtrung")


def now(plan: Plan) -> Plan:
    return Plan.objects.select_related("unit").get(pk=plan.pk)


def test_a_line_added_counts_in_every_sum_and_may_stand_in_sentences(plan, officer):
    code = add_line(actor=officer, plan=plan, given=HOUSING)["line"]
    add_line(actor=officer, plan=plan, given=LineInput("Đào tạo nghề", 6_000_000))
    values = values_of(now(plan))
    assert (values[f"line_{code}_million"], values["lines_million"]) == ("44", "50")
    changes = changes_between(said_then(plan.versions.get()), said_now(now(plan)))
    assert [(str(one.where), one.after) for one in changes.money] == [
        ("Hỗ trợ nhà ở, đồng", "44.000.000"),
        ("Đào tạo nghề, đồng", "6.000.000"),
    ]


def test_a_line_taken_out_leaves_a_blank_where_a_sentence_names_it(plan, officer):
    code = add_line(actor=officer, plan=plan, given=HOUSING)["line"]
    fresh = now(plan)
    fresh.content["sections"][1]["paragraphs"][0]["text"] = f"Chi {{{{ line_{code}_million }}}} tr."
    fresh.save()
    withdraw_line(actor=officer, plan=plan, code=code)
    assert Cells.of(now(plan)).lines == ()
    assert values_of(now(plan))[f"line_{code}_million"] == BLANK
    assert "Mục I.1 còn chỗ để trống" in str(blanks_of(now(plan))[0])
    restore_line(actor=officer, plan=plan, code=code)
    assert values_of(now(plan))[f"line_{code}_million"] == "44"
    assert blanks_of(now(plan)) == []


def test_what_cannot_be_is_refused(plan, officer, as_account):
    with pytest.raises(Refused, match="chi cho việc gì"):
        add_line(actor=officer, plan=plan, given=LineInput("", 1))
    with pytest.raises(Refused, match="vừa được người khác bỏ"):
        withdraw_line(actor=officer, plan=plan, code="không có")
    with pytest.raises(NotAllowed):
        add_line(actor=as_account("canbo.phuson"), plan=plan, given=HOUSING)
    Plan.objects.filter(pk=plan.pk).update(state="approved")
    with pytest.raises(Refused, match="đã được duyệt"):
        add_line(actor=officer, plan=plan, given=HOUSING)
    assert now(plan).lines.count() == 0
