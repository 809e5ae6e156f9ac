"""From what a plan asks of offices to tasks: proposed, corrected, opened in one act, followed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.plans.due_days import Due, due_of, end_of_year
from chungtay.plans.models import Plan, PlanDeadline, PlanDuty
from chungtay.plans.offices import Answering, answering, helping_in
from chungtay.plans.reading.flat import flat
from chungtay.plans.reading.offices import offices_in
from chungtay.rulebook.wording import Sentence, catalogued
from chungtay.staff.models import Post
from chungtay.tasks.models import Task
from chungtay.tasks.queries import OPEN
from chungtay.tasks.services import TaskInput, put_tasks

TITLE_LENGTH = 120
ALIKE_LENGTH = 60
MOST_AT_ONCE = 200
UNDER_A_HEAD = catalogued("Nhiệm vụ mục {number} của kế hoạch")
UNDER_NONE = catalogued("Nhiệm vụ trong kế hoạch")
# A household is named by its head; such a sentence is no title of a task.
NAMES_A_HOUSEHOLD = re.compile(r"\bho (?:gia dinh )?(?:ong|ba|anh|chi)\b")


@dataclass(frozen=True)
class Proposal:
    """A task as the plan proposes it; ``subject_key`` is its name among the tasks of the place."""

    subject_key: str
    title: str
    asked: str
    who: Answering
    due: Due
    duty: PlanDuty | None = None
    deadline: PlanDeadline | None = None


def proposals_of(plan: Plan, posts: Iterable[Post], on: date) -> list[Proposal]:
    """The duties of a plan in their order, each with the deadlines that speak of it, then the rest.

    ``posts`` are those the place may give tasks to; ``on`` the day the plan is looked at.
    """
    known = list(posts)
    duties = list(plan.duties.filter(withdrawn=False).order_by("position"))
    deadlines = list(plan.deadlines.filter(withdrawn=False).order_by("position"))
    spoken = _deadlines_by_duty(duties, deadlines)
    taken = {one.pk for some in spoken.values() for one in some}
    found: list[Proposal] = []
    for duty in duties:
        found += _of_duty(plan, duty, spoken[duty.pk], known, on)
    rest = [one for one in deadlines if one.pk not in taken]
    found += [_of_deadline(plan, one, rest, known, on) for one in rest]
    return found


def keys_by_duty(
    plan: Plan, duties: list[PlanDuty], deadlines: list[PlanDeadline]
) -> dict[int, list[str]]:
    """The subject keys of each duty's tasks: its own, and those of the deadlines it speaks of."""
    spoken = _deadlines_by_duty(duties, deadlines)
    return {
        duty.pk: [_duty_key(plan, duty), *(deadline_key(plan, one) for one in spoken[duty.pk])]
        for duty in duties
    }


def deadline_key(plan: Plan, deadline: PlanDeadline) -> str:
    """What the task of a deadline is known by."""
    return f"{_begin(plan)}deadline:{deadline.pk}"


def _duty_key(plan: Plan, duty: PlanDuty) -> str:
    return f"{_begin(plan)}duty:{duty.pk}"


def tasks_of_plan(plan: Plan, tasks: QuerySet[Task]) -> dict[str, list[Task]]:
    """Of some tasks those opened from a plan, by their subject key, turn by turn."""
    found: dict[str, list[Task]] = {}
    rows = tasks.filter(unit=plan.unit_id, subject_key__startswith=_begin(plan))
    for task in rows.order_by("subject_key", "turn"):
        found.setdefault(task.subject_key, []).append(task)
    return found


def has_tasks(plan: Plan) -> bool:
    """Whether any task was opened from a plan."""
    return Task.objects.filter(unit=plan.unit_id, subject_key__startswith=_begin(plan)).exists()


def open_from_plan(
    *, actor: Actor, plan: Plan, chosen: Sequence[TaskInput], link: str, key: str = ""
) -> dict[str, int]:
    """Open the chosen tasks of a plan in one act, all or none; those that stand are left alone.

    Refused where none is chosen, where one is not of this plan, or where one cannot be.
    """
    _refuse_foreign(plan, chosen)

    def write(line: OpenLine) -> dict[str, int]:
        before = set(tasks_of_plan(plan, Task.objects.all()))
        made: list[int] = []
        for given in chosen:
            ids = put_tasks(actor=actor, unit=plan.unit, given=replace(given, link=link))
            made += ids if given.subject_key not in before else []
        line.details = {"tasks": made, "subjects": [given.subject_key for given in chosen]}
        known = sum(given.subject_key in before for given in chosen)
        return {"opened": len(made), "known": known}

    deed = Deed("plans.open_tasks", OPEN, plan.unit, subject=f"plan:{plan.pk}", key=key)
    return perform(actor, deed, write)


def _refuse_foreign(plan: Plan, chosen: Sequence[TaskInput]) -> None:
    if not chosen:
        raise Refused(Sentence("Chưa chọn việc nào. Hãy đánh dấu ít nhất một việc rồi giao."))
    begin = _begin(plan)
    if len(chosen) > MOST_AT_ONCE or not all(
        given.subject_key.startswith(begin) for given in chosen
    ):
        raise Refused(Sentence("Có việc không thuộc kế hoạch này. Hãy mở lại trang rồi chọn lại."))


def _begin(plan: Plan) -> str:
    return f"plan:{plan.pk}:"


def _deadlines_by_duty(
    duties: list[PlanDuty], deadlines: list[PlanDeadline]
) -> dict[int, list[PlanDeadline]]:
    """Which deadlines stand in the sentence of which duty; each in the first that holds it."""
    found: dict[int, list[PlanDeadline]] = {duty.pk: [] for duty in duties}
    for deadline in deadlines:
        what = _bare(deadline.what)[:ALIKE_LENGTH]
        duty = next((one for one in duties if what and what in _bare(one.text)), None)
        if duty is not None:
            found[duty.pk].append(deadline)
    return found


def _bare(text: str) -> str:
    """A sentence without what stands in brackets, in one spelling."""
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\([^)]*\)", " ", flat(text))))


def _of_duty(
    plan: Plan, duty: PlanDuty, deadlines: list[PlanDeadline], posts: list[Post], on: date
) -> Iterator[Proposal]:
    if deadlines:
        for one in deadlines:
            yield replace(_of_deadline(plan, one, deadlines, posts, on), duty=duty)
        return
    who = answering(plan.unit, duty.offices, posts, on)
    yield Proposal(
        _duty_key(plan, duty),
        _title(duty.text, duty.number),
        duty.text,
        _with_named(who, duty.text, posts),
        end_of_year(plan.year),
        duty=duty,
    )


def _of_deadline(
    plan: Plan, deadline: PlanDeadline, beside: list[PlanDeadline], posts: list[Post], on: date
) -> Proposal:
    same = [one for one in beside if one.what == deadline.what and one.who == deadline.who]
    who = answering(plan.unit, offices_in(deadline.who), posts, on)
    return Proposal(
        deadline_key(plan, deadline),
        _title(deadline.what, ""),
        deadline.what,
        who,
        due_of(deadline, plan.year, on, alone=len(same) == 1),
        deadline=deadline,
    )


def _with_named(who: Answering, text: str, posts: list[Post]) -> Answering:
    """Posts that the sentence itself names cooperate too."""
    named = [one for one in helping_in(text, posts) if one != who.lead]
    return Answering(who.lead, tuple(dict.fromkeys([*who.cooperating, *named])))


def _title(text: str, number: str) -> str:
    """The beginning of a sentence; a sentence that names a household only says where it stands."""
    said = " ".join(text.split())
    said = f"{said[:1].upper()}{said[1:]}"
    if NAMES_A_HOUSEHOLD.search(flat(said)):
        return UNDER_A_HEAD.format(number=number) if number else UNDER_NONE
    if len(said) <= TITLE_LENGTH:
        return said.rstrip(" .;,")
    return f"{said[:TITLE_LENGTH].rsplit(' ', 1)[0].rstrip(' .;,')}…"
