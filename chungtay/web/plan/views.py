"""The plan: its sentences with live numbers, its arithmetic, its official paper."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.households.models import HouseholdClass
from chungtay.plans.blanks import blank_sentences
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.models import Plan, PlanHousehold
from chungtay.plans.naming import Reasons, reasons_of, remarks_of
from chungtay.plans.progress import progress_of, standings_of
from chungtay.plans.queries import (
    candidates,
    findings_of,
    named_households,
    plan_of,
    plans_beside,
    plans_seen_by,
)
from chungtay.plans.services import change_cells, right_to_change
from chungtay.plans.states import is_open, standing
from chungtay.plans.values import values_of
from chungtay.reports.plan_annexes import annexes_of
from chungtay.reports.plan_content import ContentError
from chungtay.reports.plan_document import Annex
from chungtay.reports.plan_paper import paper_name, write_plan_paper
from chungtay.reports.rendering import RenderingError
from chungtay.reports.tokens import TokenError
from chungtay.rulebook.wording import Sentence
from chungtay.web.here import Here, viewing_day
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.plan.amending import editions_shown
from chungtay.web.plan.cells import CellsForm, form_of, has_rates, read_form, total_shown
from chungtay.web.plan.duties import followed
from chungtay.web.plan.following_up import lights_of
from chungtay.web.plan.life import life_of
from chungtay.web.plan.papers import papers_of
from chungtay.web.plan.promises import (
    label_of,
    money_of,
    needs_by_position,
    promise_rows,
    split_of,
)
from chungtay.web.plan.reasons import shown_shortages
from chungtay.web.plan.scans import scans_of
from chungtay.web.plan.seen import CONFLICT, seen_plan, version_of
from chungtay.web.plan.sentences import ShownPaper, live_numbers, paper_of
from chungtay.web.plan.spending import lines_of
from chungtay.web.plan.starting import may_start, started_from
from chungtay.web.templating import said

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

log = logging.getLogger(__name__)


@page("plans.see")
def plan(request: HttpRequest, here: Here) -> HttpResponse:
    """The plan of the viewing year, or the list of those there are."""
    found = plan_of(here.place, here.year)
    if found is not None:
        return redirect("plan_page", plan_id=found.pk)
    plans = sorted(standing(plans_seen_by(here.actor)), key=lambda one: -one.year)
    may_open = here.actor.may("plans.change", here.place)
    context = {"plans": plans, "may_open": may_open, "may_start": may_start(here)}
    return show(request, "plan/none.html", context)


@page("plans.see", "GET", "HEAD", "POST")
def plan_page(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """The plan with its cells; a POST saves them."""
    shown = seen_plan(here, plan_id)
    kept = Cells.of(shown)
    if request.method != "POST":
        return _plan_page(request, here, shown, form_of(kept))
    form = read_form(request.POST, kept)
    if form.cells is None:
        return _plan_page(request, here, shown, form, status=422)
    try:
        change_cells(
            actor=here.actor,
            plan=shown,
            cells=form.cells,
            expected_version=version_of(request),
            key=one_time_key(request),
        )
    except Stale as stale:
        form.errors.append({"field": "total", "text": said(stale.sentence)})
        return _plan_page(request, here, seen_plan(here, plan_id), form, status=CONFLICT)
    except Refused as refusal:
        form.errors.append({"field": "total", "text": said(refusal.sentence)})
        return _plan_page(request, here, shown, form, status=422)
    tell(request, _("Đã ghi các con số của kế hoạch."))
    return redirect("plan_page", plan_id=shown.pk)


@page("plans.see", "POST")
def plan_compute(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """What follows from the cells as they are typed; nothing is saved."""
    shown = seen_plan(here, plan_id)
    kept = Cells.of(shown)
    form = read_form(request.POST, kept)
    return show(request, "plan/following.html", _numbers(shown, form, kept) | {"alone": True})


@page("plans.write", "POST")
def plan_word(request: HttpRequest, here: Here, plan_id: int) -> HttpResponse:
    """The official paper as a Word file."""
    shown = seen_plan(here, plan_id)
    try:
        content = write_plan_paper(actor=here.actor, plan=shown)
    except (ContentError, TokenError, Refused) as error:
        warn(request, said(error.sentence))
        return redirect("plan_page", plan_id=shown.pk)
    except RenderingError as error:
        log.error("plan %s: %s", shown.pk, error.detail)
        warn(request, said(error.sentence))
        return redirect("plan_page", plan_id=shown.pk)
    response = HttpResponse(content, content_type=WORD)
    response.headers["Content-Disposition"] = f'attachment; filename="{paper_name(shown)}"'
    return response


def _plan_page(
    request: HttpRequest, here: Here, shown: Plan, form: CellsForm, status: int = 200
) -> HttpResponse:
    may_change = is_open(shown) and here.actor.may(right_to_change(shown.unit), shown.unit)
    kept = Cells.of(shown)
    on = viewing_day(shown.unit, shown.year)
    rows = named_households(shown)
    cells = form.cells or kept
    paper, unfilled, annexes = _paper(shown, cells)
    progress = progress_of(shown, on, cells)
    papers = papers_of(shown)
    numbers = _numbers(shown, form, kept)
    context = numbers | {
        "shortages": shown_shortages(numbers["reasons"], kept, rows),
        "errors": form.errors,
        "kept": form_of(kept).typed if status == CONFLICT else None,
        "key": fresh_key(),
        "may_change": may_change,
        "may_open": here.actor.may("plans.change", shown.unit),
        "may_write": here.actor.may("plans.write", shown.unit),
        "rows": rows,
        "promised": [_promised(cell, rows) for cell in kept.targets if cell.is_count],
        "needs": needs_by_position(cells),
        "beside": plans_beside(here.actor, shown),
        "promises": promise_rows(progress),
        "split": split_of(progress),
        "money": money_of(cells, {row.position: str(row) for row in rows}),
        "annexes": annexes,
        "candidates": _choices(here, shown, kept) if may_change else [],
        "paper": paper,
        "unfilled": unfilled,
        "standings": standings_of(progress, cells),
        "lights": lights_of(shown, progress, on),
        "on": on,
        "life": life_of(here, shown),
        "money_lines": lines_of(shown) if may_change else None,
        "started": started_from(here, shown) if may_change else None,
        "editions": editions_shown(here, shown),
        "scans": scans_of(here, shown),
        **papers,
        **followed(here, shown, papers),
    }
    return show(request, "plan/plan.html", context, status)


def _paper(shown: Plan, cells: Cells) -> tuple[ShownPaper | None, str, tuple[Annex, ...]]:
    """The text of the plan with its annexes, or the sentence that says why it cannot be filled."""
    try:
        return paper_of(shown, cells), "", annexes_of(shown, values_of(shown, cells), cells)
    except (ContentError, TokenError) as error:
        return None, said(error.sentence), ()


def _numbers(shown: Plan, form: CellsForm, kept: Cells) -> dict[str, Any]:
    """The cells, what follows from them, and what there is to say."""
    live = live_numbers(form.cells, kept)
    reasons = reasons_of(shown)
    return {
        "plan": shown,
        "entry": form,
        "populations": [cell.code for cell in kept.targets if has_rates(cell)],
        "total_shown": total_shown(kept),
        "live": {one.name: one for one in live},
        "unsaved": form.cells is None or form.cells != kept,
        "findings": _findings(shown, form.cells, reasons) if form.cells is not None else [],
        "remarks": list(remarks_of(shown, form.cells or kept, reasons)),
        "reasons": reasons,
        "labels": {cell.code: label_of(cell) for cell in kept.targets}
        | dict(HouseholdClass.choices),
        "alone": False,
    }


def _findings(shown: Plan, cells: Cells, reasons: Reasons) -> list[Sentence]:
    return [*findings_of(shown, cells, reasons), *blank_sentences(shown, cells)]


def _promised(cell: TargetCell, rows: list[PlanHousehold]) -> dict[str, Any]:
    """How many households of a promise are known by name."""
    named = sum(row.population == cell.population for row in rows)
    return {"label": label_of(cell), "named": named, "reduction": cell.reduction}


def _choices(here: Here, shown: Plan, kept: Cells) -> list[tuple[str, str]]:
    """The households that may be put behind the promise, by population and name."""
    return [
        (f"{cell.population}:{household.id}", _choice(household, cell.population))
        for cell in kept.targets
        if cell.is_count and cell.population in PlanHousehold.Population.values
        for household in candidates(here.actor, shown, cell.population)
    ]


def _choice(household: Any, population: str) -> str:
    village = household.village.name if household.village else _("chưa rõ thôn")
    return f"{household.head_name}, {village} ({str(HouseholdClass(population).label).lower()})"
