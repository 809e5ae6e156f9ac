"""The form of an inspection: recorded, corrected, withdrawn, used again."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.places.models import Unit
from chungtay.staff.models import Post
from chungtay.supervision.models import Inspection, InspectionKind
from chungtay.supervision.queries.inspections import INSPECT, places_to_inspect
from chungtay.supervision.services.inspections import (
    InspectionInput,
    correct_inspection,
    record_inspection,
    restore_inspection,
    withdraw_inspection,
)
from chungtay.tasks.queries import posts_to_ask
from chungtay.web.here import Here
from chungtay.web.pages import one_time_key, page
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.supervision.inspections import (
    inspection_to_change,
    seen_inspection,
    show_inspection,
)
from chungtay.web.supervision.shapes import acted, saved, show_form
from chungtay.web.supervision.shared import (
    NAME_LENGTH,
    PAPER_LENGTH,
    line_of,
    options_of,
    text_of,
    version_of,
    withdraw_or_restore,
)


@dataclass
class Typed:
    """The form as it was filled, and what is wrong with it."""

    kind: str = InspectionKind.BY_AUTHORITY
    place: str = ""
    post: str = ""
    body: str = ""
    paper: str = ""
    about: str = ""
    version: int = 0
    on: TypedDate = field(default_factory=lambda: TypedDate(boxes_of(None)))
    wrong: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Offered:
    """The places that may be inspected, and the posts that may have done it."""

    places: dict[str, Unit]
    posts: dict[str, Post]


@page(INSPECT, "GET", "HEAD", "POST")
def supervision_record(request: HttpRequest, here: Here) -> HttpResponse:
    """Record an inspection of the place looked at or of one below it."""
    offered = _offered(here, here.place)
    if request.method != "POST":
        return _form(request, offered, Typed())
    typed = _read(request)
    act = partial(
        record_inspection,
        actor=here.actor,
        unit=here.place,
        today=here.actor.today,
        key=one_time_key(request),
    )
    return saved(
        request,
        _given(typed, offered),
        lambda given: act(given=given),
        lambda refusal: _form(request, offered, typed, refusal),
        _("Đã ghi. Hãy ghi tiếp từng điều đã kết luận; mỗi điều thành một việc."),
        lambda made: reverse("supervision_page", args=[made]),
    )


@page(INSPECT, "GET", "HEAD", "POST")
def supervision_correct(request: HttpRequest, here: Here, inspection_id: int) -> HttpResponse:
    """Correct what was recorded of an inspection."""
    inspection = inspection_to_change(here, inspection_id)
    offered = _offered(here, inspection.unit, inspection)
    if request.method != "POST":
        return _form(request, offered, _typed_of(inspection), of=inspection)
    typed = _read(request)
    act = partial(
        correct_inspection,
        actor=here.actor,
        inspection=inspection,
        today=here.actor.today,
        expected_version=typed.version,
        key=one_time_key(request),
    )
    return saved(
        request,
        _given(typed, offered),
        lambda given: act(given=given),
        lambda refusal: _form(request, offered, typed, refusal, inspection),
        _("Đã sửa."),
        lambda _version: reverse("supervision_page", args=[inspection.pk]),
    )


@page(INSPECT, "POST")
def supervision_withdraw(request: HttpRequest, here: Here, inspection_id: int) -> HttpResponse:
    """Withdraw an inspection with the reason; one that is withdrawn is used again."""
    inspection = inspection_to_change(here, inspection_id)
    done = _("Đã rút. Lý do hiện ở đầu trang; rút nhầm thì dùng lại được.")
    return acted(
        request,
        lambda: withdraw_or_restore(
            request,
            inspection,
            partial(withdraw_inspection, actor=here.actor, inspection=inspection),
            partial(restore_inspection, actor=here.actor, inspection=inspection),
        ),
        lambda wrong, status: show_inspection(
            request, here, seen_inspection(here, inspection_id), wrong, status
        ),
        "reason",
        _("Đã dùng lại.") if inspection.withdrawn else done,
        reverse("supervision_page", args=[inspection.pk]),
    )


def _offered(here: Here, unit: Unit, of: Inspection | None = None) -> Offered:
    """What may be chosen; what an inspection says already stays a choice."""
    places = places_to_inspect(unit, here.on)
    posts = [one for one in posts_to_ask(unit, here.actor.today) if one.unit_id == unit.pk]
    if of is not None:
        places += [of.place] if of.place not in places else []
        posts += [of.post] if of.post is not None and of.post not in posts else []
    return Offered({str(one.pk): one for one in places}, {str(one.pk): one for one in posts})


def _typed_of(one: Inspection) -> Typed:
    return Typed(
        kind=one.kind,
        place=str(one.place_id),
        post=str(one.post_id or ""),
        body=one.body,
        paper=one.paper,
        about=one.about,
        version=one.version,
        on=TypedDate(boxes_of(one.on)),
    )


def _read(request: HttpRequest) -> Typed:
    return Typed(
        kind=request.POST.get("kind", ""),
        place=request.POST.get("place", ""),
        post=request.POST.get("post", ""),
        body=line_of(request, "body", NAME_LENGTH),
        paper=line_of(request, "paper", PAPER_LENGTH),
        about=text_of(request, "about"),
        version=version_of(request),
        on=read_date(request.POST, "on", _("Ngày kiểm tra"), whole=True),
    )


def _given(typed: Typed, offered: Offered) -> InspectionInput | None:
    """What was typed as an inspection; None with the sentences beside the fields."""
    place = offered.places.get(typed.place)
    if place is None:
        typed.wrong["place"] = _("Hãy chọn nơi được kiểm tra, giám sát.")
    if typed.kind not in InspectionKind.values:
        typed.wrong["kind"] = _("Hãy chọn kiểm tra hoặc giám sát của cộng đồng.")
    on, wrong = whole_day(typed.on, _("Ngày kiểm tra"))
    if wrong:
        typed.wrong["on"] = wrong
    by: Post | str = offered.posts.get(typed.post) or typed.body
    if not by:
        typed.wrong["post"] = _("Hãy chọn chức danh đã làm, hoặc ghi tên đoàn, ban ở ô bên dưới.")
    if not typed.about:
        typed.wrong["about"] = _("Hãy ghi đã kiểm tra, giám sát việc gì.")
    if typed.wrong or place is None or on is None:
        return None
    return InspectionInput(place, typed.kind, on, by, typed.about, typed.paper)


def _form(
    request: HttpRequest,
    offered: Offered,
    typed: Typed,
    refusal: Refused | None = None,
    of: Inspection | None = None,
) -> HttpResponse:
    places = [(key, one.name) for key, one in offered.places.items()]
    choices = {
        "kinds": [(one.value, one.label) for one in InspectionKind],
        "places": [("", _("— chọn —")), *places],
        "posts": options_of(offered.posts),
    }
    return show_form(request, "supervision/record.html", typed, choices, refusal, of)
