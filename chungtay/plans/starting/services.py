"""A new year's plan begun from an earlier one, in one act; the earlier one stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Model
from django.utils import timezone

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.places.queries import origins_of
from chungtay.plans.models import (
    Plan,
    PlanBasis,
    PlanDeadline,
    PlanDuty,
    PlanRecipient,
    PlanStart,
)
from chungtay.plans.queries import plans_seen_by
from chungtay.plans.services import lock_plan, put_plan, right_to_change, standing_plans
from chungtay.plans.starting.days import moved_due, moved_in_text, renamed_year
from chungtay.plans.starting.notes import Notes
from chungtay.plans.starting.numbers import carried_cells
from chungtay.plans.starting.wording import carried_content, falls_away
from chungtay.plans.states import standing
from chungtay.rulebook.wording import Sentence
from chungtay.staff.policy import PostActor

DECEMBER = 12


def sources_for(actor: PostActor, unit: Unit, year: int) -> list[Plan]:
    """The plans a place's plan of a year may begin from: its own and those of places it succeeds.

    The latest year first, of one year those that were issued.
    """
    mine = plans_seen_by(actor).filter(unit__in=_own_and_before(unit), year__lt=year)
    rank = {Plan.State.ISSUED: 0}
    return sorted(standing(mine), key=lambda one: (-one.year, rank.get(Plan.State(one.state), 1)))


def start_plan(*, actor: Actor, unit: Unit, year: int, source: Plan, key: str = "") -> int:
    """Begin the plan of a place for a year from an earlier plan; the id of the new plan.

    Refused where the source is of another place or no earlier year, or such a plan stands already.
    """

    def write(line: OpenLine) -> int:
        fresh = lock_plan(source)
        _refuse_unfit(unit, year, fresh)
        made = Plan(
            unit=unit,
            year=year,
            subject=renamed_year(fresh.subject, fresh.year, year),
            standard=fresh.standard,
            made_up=fresh.made_up,
        )
        _refuse_second(made)
        notes, on = Notes(), _new_day(year)
        cells = carried_cells(fresh, made, notes)
        deadlines = list(fresh.deadlines.filter(withdrawn=False).order_by("position"))
        dues = [one.due for one in deadlines if one.due]
        made.content = carried_content(fresh, made, cells, dues, on, notes)
        put_plan(made, cells)
        _carry_rows(fresh, made, deadlines, on, notes)
        PlanStart.objects.create(plan=made, source=fresh, **notes.as_json())
        line.subject = f"plan:{made.pk}"
        line.details = {"source": fresh.pk, "year": year, "cells": cells.as_json()}
        return made.pk

    return perform(actor, Deed("plans.start_plan", right_to_change(unit), unit, key=key), write)


def _own_and_before(unit: Unit) -> list[int]:
    return [unit.pk, *(one.pk for one in origins_of([unit]))]


def _refuse_unfit(unit: Unit, year: int, source: Plan) -> None:
    if source.withdrawn or source.unit_id not in _own_and_before(unit):
        raise Refused(Sentence("Không thấy kế hoạch được chọn ở nơi này. Hãy chọn lại."))
    if source.year >= year:
        raise Refused(
            Sentence(
                "Kế hoạch năm {year} chỉ bắt đầu được từ kế hoạch của một năm trước đó. Hãy chọn "
                "lại, hoặc đổi năm đang xem.",
                year=str(year),
            )
        )
    if not (unit.stands_on(date(year, 1, 1)) or unit.stands_on(date(year, DECEMBER, 31))):
        raise Refused(
            Sentence(
                "{unit} không còn trong năm {year}. Hãy lập kế hoạch ở nơi tiếp nhận.",
                unit=unit.name,
                year=str(year),
            )
        )


def _refuse_second(made: Plan) -> None:
    if standing_plans(made.unit, made.year, made.subject).exists():
        raise Refused(
            Sentence(
                "{unit} đã có kế hoạch “{subject}” năm {year}. Hãy mở kế hoạch đó để sửa.",
                unit=made.unit.name,
                subject=made.subject,
                year=str(made.year),
            )
        )


def _new_day(year: int) -> date:
    """The day the new plan is looked at: today, or the end of its year that is nearest."""
    return min(max(timezone.localdate(), date(year, 1, 1)), date(year, DECEMBER, 31))


def _carry_rows(
    source: Plan, made: Plan, deadlines: list[PlanDeadline], on: date, notes: Notes
) -> None:
    """Bases that hold, duties, deadlines moved, recipients; a paper from above is of its year."""
    years = made.year - source.year
    bases = source.bases.filter(withdrawn=False).order_by("position")
    _again(PlanBasis, [one for one in bases if not falls_away(one.text, on)], made)
    _again(PlanRecipient, source.recipients.filter(withdrawn=False).order_by("position"), made)
    dues = [one.due for one in deadlines if one.due]
    duties = list(source.duties.filter(withdrawn=False).order_by("position"))
    papers = [*(one.asked_by for one in duties), *(one.asked_by for one in deadlines)]
    asked = dict.fromkeys(filter(None, papers))
    for duty in duties:
        for due in dues:
            duty.text = moved_in_text(duty.text, due, years)
        duty.asked_by = ""
    _again(PlanDuty, duties, made)
    for one in deadlines:
        one.what, one.asked_by = moved_in_text(one.what, one.due, years), ""
        one.due = moved_due(one.due, years)
    _again(PlanDeadline, deadlines, made)
    _say_rows(source, made, notes, len(duties), len(dues), list(asked))


def _again(model: type[Model], rows: Iterable[Model], made: Plan) -> None:
    copies = list(rows)
    for at, row in enumerate(copies, 1):
        row.pk, row.plan_id, row.position = None, made.pk, at  # type: ignore[attr-defined]
    model._default_manager.bulk_create(copies)


def _say_rows(
    source: Plan, made: Plan, notes: Notes, duties: int, dues: int, asked: list[str]
) -> None:
    if duties:
        notes.carried.append(
            Sentence("{count} việc phân công cho các đơn vị đã mang sang.", count=str(duties))
        )
    if dues:
        notes.carried.append(
            Sentence(
                "{count} thời hạn đã dời từ năm {before} sang năm {after}. Hãy xem lại từng ngày.",
                count=str(dues),
                before=str(source.year),
                after=str(made.year),
            )
        )
    for paper in asked:
        notes.left.append(
            Sentence(
                "Việc do {paper} giao của năm {year} đã mang sang như việc của mình; hãy đối chiếu "
                "với văn bản cấp trên của năm mới.",
                paper=paper,
                year=str(source.year),
            )
        )
    named = source.named_households.filter(withdrawn=False).count()
    if named:
        notes.left.append(
            Sentence(
                "{count} hộ có tên trong kế hoạch năm {year} không mang sang, vì danh sách của năm "
                "mới lập lại theo sổ hộ. Hãy chọn hộ ở mục Các hộ có tên trong chỉ tiêu.",
                count=str(named),
                year=str(source.year),
            )
        )
    if made.unit_id != source.unit_id:
        notes.left.append(
            Sentence(
                "Kế hoạch năm {year} là của {before}, nay là {after}. Tên nơi ở đầu đã đổi. "
                "Hãy xem lại tên nơi và đơn vị trong lời văn.",
                year=str(source.year),
                before=source.unit.name,
                after=made.unit.name,
            )
        )
