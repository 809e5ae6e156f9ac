"""A new year's plan begun from an earlier one: which there are, and what came along."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.plans.models import Plan, PlanStart
from chungtay.plans.queries import plan_of, plans_seen_by
from chungtay.plans.reading.offers import sentence_of
from chungtay.plans.services import right_to_change
from chungtay.plans.starting.services import sources_for, start_plan
from chungtay.plans.starting.wording import old_sentences
from chungtay.rulebook.wording import Sentence
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.templating import said


@page("plans.see", "GET", "HEAD", "POST")
def plan_start(request: HttpRequest, here: Here) -> HttpResponse:
    """The earlier plans the plan of the viewing year may begin from; a POST begins it."""
    if not here.actor.may(right_to_change(here.place), here.place):
        raise Http404
    sources = sources_for(here.actor, here.place, here.year)
    if request.method != "POST":
        return _page(request, here, sources)
    chosen = next((one for one in sources if str(one.pk) == request.POST.get("source")), None)
    if chosen is None:
        return _page(request, here, sources, _("Chưa chọn kế hoạch nào. Hãy chọn một bản."), 422)
    try:
        made = start_plan(
            actor=here.actor,
            unit=here.place,
            year=here.year,
            source=chosen,
            key=one_time_key(request),
        )
    except Refused as refusal:
        return _page(request, here, sources, said(refusal.sentence), 422)
    tell(
        request,
        _("Đã lập bản nháp kế hoạch năm %(year)s. Việc cần làm tiếp ghi ở đầu trang.")
        % {"year": here.year},
    )
    return redirect("plan_page", plan_id=made)


def may_start(here: Here) -> bool:
    """Whether the reader may begin the year's plan of the place, and there is one to begin from."""
    may_change = here.actor.may(right_to_change(here.place), here.place)
    return may_change and bool(sources_for(here.actor, here.place, here.year))


def started_from(here: Here, plan: Plan) -> dict[str, Any] | None:
    """What the page of a plan says of the one it began from; None where it began from none."""
    start = PlanStart.objects.filter(plan=plan).select_related("source").first()
    if start is None:
        return None
    return {
        "source": plans_seen_by(here.actor).filter(pk=start.source_id).first(),
        "year": start.source.year,
        "carried": [_told(one) for one in start.carried],
        "left": [_told(one) for one in start.left],
        "old": [said(one) for one in old_sentences(plan, start.source.year)],
    }


def _named(plan: Plan) -> tuple[str, str]:
    """A plan to choose: its year and subject, then of whom and how far it is."""
    name = _("Năm %(year)s: %(subject)s") % {"year": plan.year, "subject": plan.subject}
    about = [plan.unit.name, str(plan.get_state_display()), plan.said_number]
    return name, ", ".join(filter(None, about))


def _told(packed: list[Any]) -> str:
    sentence: Sentence = sentence_of(packed)
    return said(sentence)


def _page(
    request: HttpRequest, here: Here, sources: list[Plan], error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "sources": [(str(one.pk), *_named(one)) for one in sources],
        "standing": plan_of(here.place, here.year),
        "chosen": request.POST.get("source") or (str(sources[0].pk) if sources else ""),
        "error": error,
        "key": fresh_key(),
    }
    return show(request, "plan/start.html", context, status)
