"""The form of an activity: recorded, corrected."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.rulebook.wording import vi_int
from chungtay.supervision.models import Activity, ActivityKind
from chungtay.supervision.queries.activities import ORGANISE
from chungtay.supervision.services.activities import (
    ActivityInput,
    correct_activity,
    record_activity,
)
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.supervision.activities import activity_to_change
from chungtay.web.supervision.shapes import saved, show_form
from chungtay.web.supervision.shared import (
    NAME_LENGTH,
    PAPER_LENGTH,
    line_of,
    version_of,
)

WHOLE = re.compile(r"\d{1,3}(?:[.\s]\d{3})+|\d+", re.ASCII)
MOST_PEOPLE, MOST_VND = 9, 15


@dataclass
class Typed:
    """The form as it was filled, and what is wrong with it."""

    kind: str = ActivityKind.COMMUNICATION
    topic: str = ""
    form: str = ""
    reached: str = ""
    cost: str = ""
    version: int = 0
    on: TypedDate = field(default_factory=lambda: TypedDate(boxes_of(None)))
    wrong: dict[str, str] = field(default_factory=dict)


@page(ORGANISE, "GET", "HEAD", "POST")
def supervision_organise(request: HttpRequest, here: Here) -> HttpResponse:
    """Record an activity of the place looked at."""
    if not here.actor.may(ORGANISE, here.place):
        raise Http404
    if request.method != "POST":
        return _form(request, Typed())
    typed = _read(request)
    act = partial(record_activity, actor=here.actor, unit=here.place, key=one_time_key(request))
    return saved(
        request,
        _given(typed),
        lambda given: act(given=given),
        lambda refusal: _form(request, typed, refusal),
        _("Đã ghi."),
        lambda made: reverse("supervision_activity", args=[made]),
    )


@page(ORGANISE, "GET", "HEAD", "POST")
def supervision_amend(request: HttpRequest, here: Here, activity_id: int) -> HttpResponse:
    """Correct an activity."""
    activity = activity_to_change(here, activity_id)
    if request.method != "POST":
        return _form(request, _typed_of(activity), None, activity)
    typed = _read(request)
    act = partial(
        correct_activity,
        actor=here.actor,
        activity=activity,
        expected_version=typed.version,
        key=one_time_key(request),
    )
    return saved(
        request,
        _given(typed),
        lambda given: act(given=given),
        lambda refusal: _form(request, typed, refusal, activity),
        _("Đã sửa."),
        lambda _version: reverse("supervision_activity", args=[activity.pk]),
    )


def _typed_of(one: Activity) -> Typed:
    return Typed(
        kind=one.kind,
        topic=one.topic,
        form=one.form,
        reached="" if one.reached is None else vi_int(one.reached),
        cost="" if one.cost_vnd is None else vi_int(one.cost_vnd),
        version=one.version,
        on=TypedDate(boxes_of(one.on)),
    )


def _read(request: HttpRequest) -> Typed:
    return Typed(
        kind=request.POST.get("kind", ""),
        topic=line_of(request, "topic", NAME_LENGTH),
        form=line_of(request, "form", PAPER_LENGTH),
        reached=line_of(request, "reached", NAME_LENGTH),
        cost=line_of(request, "cost", NAME_LENGTH),
        version=version_of(request),
        on=read_date(request.POST, "on", _("Ngày"), whole=True),
    )


def _given(typed: Typed) -> ActivityInput | None:
    """What was typed as an activity; None with the sentences beside the fields."""
    if typed.kind not in ActivityKind.values:
        typed.wrong["kind"] = _("Hãy chọn tuyên truyền hay tập huấn.")
    on, words = whole_day(typed.on, _("Ngày"))
    if words:
        typed.wrong["on"] = words
    if not typed.topic:
        typed.wrong["topic"] = _("Hãy ghi chủ đề.")
    reached = _number(typed, "reached", typed.reached, MOST_PEOPLE)
    cost = _number(typed, "cost", typed.cost, MOST_VND)
    if typed.wrong or on is None:
        return None
    return ActivityInput(typed.kind, on, typed.topic, typed.form, reached, cost)


def _number(typed: Typed, name: str, text: str, digits: int) -> int | None:
    """A whole number; None for an empty box, or with the sentence beside it."""
    plain = re.sub(r"\D", "", text)
    if not text:
        return None
    if not WHOLE.fullmatch(text) or len(plain) > digits:
        typed.wrong[name] = _("“%(text)s” không đọc được. Ghi số nguyên, ví dụ 1.200.") % {
            "text": text
        }
        return None
    return int(plain)


def _form(
    request: HttpRequest,
    typed: Typed,
    refusal: Refused | None = None,
    of: Activity | None = None,
) -> HttpResponse:
    offered = {"kinds": [(one.value, one.label) for one in ActivityKind]}
    return show_form(request, "supervision/organise.html", typed, offered, refusal, of, "kind")
