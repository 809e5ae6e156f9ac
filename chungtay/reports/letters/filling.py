"""The live values of a paper: from the plan's cells, the tasks and the answers from below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chungtay.places.models import Unit
from chungtay.plans.arithmetic import DerivedTarget, derive
from chungtay.plans.cascade import boards_of
from chungtay.plans.cells import Cells
from chungtay.plans.models import AskedPart, Plan
from chungtay.plans.values import numbers_of, values_of
from chungtay.reports.letters.content import unit_words
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.printed import BLANK
from chungtay.reports.nominations.queries import accepted_of
from chungtay.reports.tokens import TokenError, fill_tokens
from chungtay.rulebook.promise_words import population_words
from chungtay.rulebook.wording import official_count, vi_date
from chungtay.staff.policy import PostActor
from chungtay.tasks.models import Task
from chungtay.tasks.queries import open_tasks, tasks_seen_by

OF_HOUSEHOLDS = "household_"


def values_for(
    actor: PostActor, unit: Unit, year: int, plan: Plan | None, on: date
) -> dict[str, str]:
    """Every value a paper may ask for, as its reader may know it; "…" where nothing is known."""
    late = _late(actor, unit, on)
    silent = _silent(plan, on) if plan else []
    return {
        **(_of_plan(plan) if plan else {"plan_name": BLANK, "targets": BLANK}),
        "year": str(year),
        "unit": unit_words(unit),
        "overdue": "\n".join(f"- {_task_line(task)}" for task in late) or BLANK,
        "overdue_count": official_count(len(late)),
        "silent_units": "\n".join(silent) or BLANK,
        "silent_count": official_count(len(silent)),
        "nominations_count": official_count(len(accepted_of(unit, year))),
    }


def values_of_paper(actor: PostActor, paper: OfficePaper, on: date) -> dict[str, str]:
    """The values of one paper, with the households it lists counted."""
    count = len(paper.content.get("households", ()))
    values = values_for(actor, paper.unit, paper.year, paper.plan, on)
    return values | {"households_count": official_count(count)}


def plan_name(plan: Plan) -> str:
    """A plan as another paper calls it; a number and a day it has not got stay blank."""
    head, issued = plan.content.get("head", {}), plan.content.get("issued", {})
    number = plan.said_number or f"{head.get('number') or BLANK}/{head.get('symbol', BLANK)}"
    day = plan.issued_on or issued.get("date")
    on = vi_date(date.fromisoformat(str(day))) if day else BLANK
    issuer = f"Ủy ban nhân dân {unit_words(plan.unit)}"
    return f"Kế hoạch số {number} ngày {on} của {issuer} {_subject(plan)}"


def _subject(plan: Plan) -> str:
    """What the plan is about, on one line, its own tokens filled."""
    wording = str(plan.content.get("wording", {}).get("subject") or plan.subject)
    try:
        filled = fill_tokens(wording, values_of(plan))
    except TokenError:
        filled = plan.subject
    words = " ".join(filled.split())
    return words if words.casefold().startswith("về ") else f"về {words[:1].lower()}{words[1:]}"


def _of_plan(plan: Plan) -> dict[str, str]:
    """The plan's name, its targets in lines and its numbers; never the name of a household."""
    cells = Cells.of(plan)
    lines = [line for one in derive(cells) for line in _target_lines(one)]
    fixed = {
        name: text for name, text in values_of(plan, cells).items() if OF_HOUSEHOLDS not in name
    }
    targets = "\n".join(f"- {line}" for line in lines) or BLANK
    return fixed | numbers_of(cells) | {"plan_name": plan_name(plan), "targets": targets}


def _target_lines(one: DerivedTarget) -> Iterator[str]:
    words = population_words(one.cell.kind.population)
    if one.cell.opening is not None and one.reduction is not None and one.closing is not None:
        opening, closing = official_count(one.cell.opening), official_count(one.closing)
        yield (
            f"Giảm {official_count(one.reduction)} {words}, "
            f"từ {opening} hộ đầu năm còn {closing} hộ cuối năm"
        )
    elif one.reduction is not None:
        yield f"Giảm {official_count(one.reduction)} {words}"


def _late(actor: PostActor, unit: Unit, on: date) -> list[Task]:
    """The duties of a place that are overdue, as far as the reader may see them."""
    return list(open_tasks(tasks_seen_by(actor).filter(unit=unit, last_day__lt=on)))


def _task_line(task: Task) -> str:
    lead = next((str(part) for part in task.parts.all() if part.leads), BLANK)
    return f"{task.title} ({lead}), hạn {vi_date(task.last_day)}"


def _silent(plan: Plan, on: date) -> list[str]:
    """The units that have not answered what was handed down to them, each once."""
    rows = [row for board in boards_of(plan, on, on) for row in board.rows]
    waited = [row.unit.name for row in rows if row.part.state == AskedPart.State.UNANSWERED]
    return list(dict.fromkeys(waited))
