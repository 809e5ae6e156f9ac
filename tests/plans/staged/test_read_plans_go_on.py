"""Plans that were read go on: changed by hand, written again, begun anew for the next year."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.places.queries import unit_by_code
from chungtay.plans.assigning import DutyInput, add_row
from chungtay.plans.blanks import blanks_of
from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan
from chungtay.plans.reading.apart import read_file, read_text
from chungtay.plans.reading.offers import sentence_of
from chungtay.plans.rewording import change_section, mark_of, sections_of
from chungtay.plans.staged.applying import apply_reading
from chungtay.plans.staged.queries import offered_of
from chungtay.plans.staged.services import confirm_rest
from chungtay.plans.starting.services import start_plan
from chungtay.plans.typed_numbers import contradicting
from chungtay.plans.versions import said_now
from chungtay.reports.plan_paper import write_plan_paper
from chungtay.reports.plan_text import text_of
from tests.plans.staged.test_reading_applied import PLACES, SEEDS, bare, stage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize(("seed", "code", "level", "year"), PLACES),
]

ADDED = "Câu này được viết thêm bằng tay."


@pytest.fixture
def made(seed, code, level, year, hire, acting):
    """The plan a seed became, who may change it, and what was read of it."""
    unit = unit_by_code(code, date(year, 1, 1), level)
    actor = acting(hire("officer" if level == "commune" else "district_officer", unit))
    reading = stage(actor, unit, (SEEDS / f"{seed}.txt").read_bytes())
    confirm_rest(actor=actor, reading=reading)
    plan = now(apply_reading(actor=actor, reading=reading)["plan"])
    return plan, actor, offered_of(reading)


def now(pk: int) -> Plan:
    return Plan.objects.select_related("unit").get(pk=pk)


def test_a_sentence_added_by_hand_changes_nothing_else_of_what_is_read(made) -> None:
    plan, actor, read = made
    section = sections_of(plan)[0]
    paragraphs = [*section["paragraphs"], {"kind": "text", "text": ADDED}]
    change_section(
        actor=actor,
        plan=plan,
        at=0,
        section=section | {"paragraphs": paragraphs},
        expected_mark=mark_of(section),
    )
    again, _notes = read_file(write_plan_paper(actor=actor, plan=now(plan.pk)))
    assert ADDED in again.text
    assert [bare(one) for one in again.offers] == [bare(one) for one in read.offers]


def test_a_duty_added_by_hand_stands_in_the_paper_beside_what_was_read(made) -> None:
    plan, actor, read = made
    add_row(actor=actor, plan=plan, given=DutyInput("", ("Các thôn",), "lead", ADDED))
    again, _notes = read_file(write_plan_paper(actor=actor, plan=now(plan.pk)))
    assert ADDED in again.text
    numbers = [[bare(o) for o in one.offers if o.group == "target"] for one in (again, read)]
    assert numbers[0] == numbers[1]


def test_the_numbers_of_its_own_text_are_not_told_as_contradictions(made) -> None:
    plan, _actor, _read = made
    assert contradicting(read_text(text_of(plan)), Cells.of(plan), plan.year) == []


def test_the_next_year_begins_from_it_without_a_number_of_its_promises(made, year) -> None:
    plan, actor, _read = made
    before = said_now(plan)
    unit = plan.unit
    new = now(start_plan(actor=actor, unit=unit, year=year + 1, source=plan))
    cells = Cells.of(new)
    assert len(cells.targets) == len(before.cells.targets)
    assert all(one.is_open for one in cells.targets)
    assert (cells.lines, cells.needs, new.named_households.count()) == ((), (), 0)
    assert (new.duties.count(), new.recipients.count()) == (
        plan.duties.count(),
        plan.recipients.count(),
    )
    assert all(not one.due or one.due[:4] != str(year) for one in new.deadlines.all())
    assert len(blanks_of(new)) >= len(cells.targets)
    assert write_plan_paper(actor=actor, plan=new).startswith(b"PK")
    after = said_now(now(plan.pk))
    assert (after.cells, after.wording, after.assigned) == (
        before.cells,
        before.wording,
        before.assigned,
    )
    assert all(str(sentence_of(one)) for one in (*new.start.left, *new.start.carried))
