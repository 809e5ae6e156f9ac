"""A plan's file read: choose it, look at what was read, make it the plan, take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.files.refusals import UnfriendlyFile
from chungtay.plans.models import PlanReading, ReadDatum
from chungtay.plans.staged.applying import apply_reading, outcome_of, undo_reading
from chungtay.plans.staged.groups import GROUPS
from chungtay.plans.staged.households import likely, surely
from chungtay.plans.staged.queries import Read, data_of, may_read, offered_of, readings_of
from chungtay.plans.staged.services import confirm_rest, stage_reading
from chungtay.rulebook.folding import fold
from chungtay.web.here import Here
from chungtay.web.imports.choosing import Chosen, most_megabytes, read_upload, shown_for_another
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.reading.text import paragraphs
from chungtay.web.reading.words import shown_datum
from chungtay.web.templating import said

READINGS_A_PAGE = 20
EDITION_DIGITS = 2


@page("plans.see", "GET", "HEAD", "POST")
def plan_readings(request: HttpRequest, here: Here) -> HttpResponse:
    """The first step, and the files read before; a POST reads a file."""
    if not may_read(here.actor, here.place):
        raise Http404
    chosen = Chosen({})
    if request.method != "POST":
        return _choose_page(request, here, chosen)
    if text := shown_for_another(request, here.place):
        chosen.errors["place"] = text
        return _choose_page(request, here, chosen, 409)
    read_upload(request, chosen)
    if chosen.errors and not chosen.file_name:
        chosen.errors["file"] = _("Chưa chọn tệp nào. Hãy chọn kế hoạch kiểu .docx, .txt hoặc .md.")
    reading = None if chosen.errors else _stage(request, here, chosen)
    if reading is None:
        return _choose_page(request, here, chosen, 422)
    return redirect("plan_reading", reading_id=reading)


def _stage(request: HttpRequest, here: Here, chosen: Chosen) -> str | None:
    try:
        return stage_reading(
            actor=here.actor,
            unit=here.place,
            file_name=chosen.file_name,
            content=chosen.content,
            key=one_time_key(request),
        )
    except (Refused, UnfriendlyFile) as refusal:
        chosen.errors["file"] = said(refusal.sentence)
    return None


def _choose_page(
    request: HttpRequest, here: Here, chosen: Chosen, status: int = 200
) -> HttpResponse:
    found = Paginator(readings_of(here.actor).filter(unit=here.place), READINGS_A_PAGE)
    shown = found.get_page(request.GET.get("trang"))
    context = {
        "place": here.place.name,
        "place_id": here.place.pk,
        "chosen": chosen,
        "errors": chosen.shown_errors(),
        "most": most_megabytes(),
        "readings": shown.object_list,
        "found": found.count,
        "pager": {
            "page": shown.number,
            "pages": found.num_pages,
            "before": f"?trang={shown.number - 1}" if shown.has_previous() else None,
            "after": f"?trang={shown.number + 1}" if shown.has_next() else None,
        },
        "key": fresh_key(),
    }
    return show(request, "reading/choose.html", context, status)


def seen_reading(here: Here, reading_id: UUID) -> PlanReading:
    """A reading the actor may see; Http404 otherwise."""
    return get_object_or_404(readings_of(here.actor), pk=reading_id)


@page("plans.see")
def plan_reading(request: HttpRequest, here: Here, reading_id: UUID) -> HttpResponse:
    """The text with its marks, and what was read of it."""
    return _look_page(request, here, seen_reading(here, reading_id))


def _look_page(
    request: HttpRequest, here: Here, reading: PlanReading, error: str = "", status: int = 200
) -> HttpResponse:
    read, data = offered_of(reading), data_of(reading)
    staged = reading.state == PlanReading.State.STAGED
    outcome = outcome_of(reading, data) if staged else None
    waiting = sum(one.row.state == ReadDatum.State.READ for one in data)
    context = {
        "reading": reading,
        "staged": staged,
        "paragraphs": paragraphs(read, data),
        "groups": _groups(data),
        "remarks": read.remarks,
        "unplaced": [(start, read.text[start:end], end) for start, end in read.unplaced],
        "waiting": waiting,
        "outcome": outcome,
        "left": [(shown_datum(one), why) for one, why in outcome.left] if outcome else [],
        "households": _households(here, reading, data, outcome.head) if outcome else [],
        "foreign": _foreign(reading, data),
        "edition": request.POST.get("edition", "1")[:EDITION_DIGITS],
        "error": error,
        "key": fresh_key(),
    }
    return show(request, "reading/look.html", context, status)


def _groups(data: list[Read]) -> list[dict[str, Any]]:
    return [
        {
            "name": group.name,
            "label": said(group.label),
            "single": group.single,
            "data": [shown_datum(one) for one in data if one.row.group == group.name],
            "waiting": sum(
                one.row.state == ReadDatum.State.READ for one in data if one.row.group == group.name
            ),
        }
        for group in GROUPS.values()
    ]


def _foreign(reading: PlanReading, data: list[Read]) -> str:
    """The authority of the paper, where it does not name the place the plan is read for."""
    head = next((one.values for one in data if one.row.group == "head"), {})
    words = " ".join(str(head.get(name) or "") for name in ("authority", "subject", "place"))
    return "" if fold(reading.unit.name) in fold(words) else str(head.get("authority") or "")


def _households(
    here: Here, reading: PlanReading, data: list[Read], head: dict[str, Any]
) -> list[dict[str, Any]]:
    """For each named household the families of that name, the sure one chosen."""
    named = [
        one
        for one in data
        if one.row.group == "household" and one.row.state != ReadDatum.State.DISCARDED
    ]
    year = head.get("year") or here.year
    known = likely(here.actor, reading.unit, int(year), named) if named else {}
    rows = []
    for one in named:
        families = known[one.row.pk]
        sure = surely(one, families)
        options = [(str(h.pk), f"{h.head_name}, {h.village or ''}") for h in families]
        rows.append(
            {
                "name": f"household_{one.row.pk}",
                "head": one.values["head"],
                "place": one.values["place"] or "",
                "options": [("", _("không đưa vào chỉ tiêu")), *options] if options else [],
                "value": str(sure.pk) if sure else "",
            }
        )
    return rows


@page("plans.see", "POST")
def plan_reading_rest(request: HttpRequest, here: Here, reading_id: UUID) -> HttpResponse:
    """Count as right what nobody has looked at yet, of a group or of all."""
    group = request.POST.get("group", "")[:10]

    def act(reading: PlanReading) -> str:
        confirm_rest(actor=here.actor, reading=reading, group=group, key=one_time_key(request))
        return ""

    return _do(request, here, reading_id, act, f"#nhom-{group}" if group in GROUPS else "#ghi")


@page("plans.see", "POST")
def plan_reading_apply(request: HttpRequest, here: Here, reading_id: UUID) -> HttpResponse:
    """Make the reading the plan of its place; the next page is the plan."""
    reading = seen_reading(here, reading_id)
    typed = request.POST.get("edition", "1").strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= EDITION_DIGITS):
        text = _("Lần ban hành phải là một số, ví dụ 1 cho bản đầu, 2 cho bản điều chỉnh.")
        return _look_page(request, here, reading, text, 422)
    try:
        done = apply_reading(
            actor=here.actor,
            reading=reading,
            edition=int(typed),
            chosen=_chosen(request),
            key=one_time_key(request),
        )
    except Refused as refusal:
        fresh = seen_reading(here, reading_id)
        return _look_page(request, here, fresh, said(refusal.sentence), 422)
    text = _("Đã ghi kế hoạch từ bản đọc: %(targets)s chỉ tiêu, %(lines)s khoản kinh phí.")
    tell(request, text % done, reverse("plan_reading_undo", args=[reading_id]))
    return redirect("plan_page", plan_id=done["plan"])


def _chosen(request: HttpRequest) -> dict[int, UUID]:
    """Which household of the register a named one is said to be, by datum."""
    found: dict[int, UUID] = {}
    for name, text in request.POST.items():
        datum = name.removeprefix("household_")
        if datum == name or not (datum.isascii() and datum.isdecimal()):
            continue
        try:
            found[int(datum)] = UUID(str(text))
        except ValueError:
            found[int(datum)] = NOBODY
    return found


NOBODY = UUID(int=0)


@page("plans.see", "POST")
def plan_reading_undo(request: HttpRequest, here: Here, reading_id: UUID) -> HttpResponse:
    """Take back the plan a reading became."""

    def act(reading: PlanReading) -> str:
        undo_reading(actor=here.actor, reading=reading, key=one_time_key(request))
        return _("Đã hoàn tác: kế hoạch ghi từ bản đọc này không còn trong danh sách.")

    return _do(request, here, reading_id, act)


def _do(
    request: HttpRequest,
    here: Here,
    reading_id: UUID,
    act: Callable[[PlanReading], str],
    jump: str = "",
) -> HttpResponse:
    reading = seen_reading(here, reading_id)
    try:
        if text := act(reading):
            tell(request, text)
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    return redirect(reverse("plan_reading", args=[reading_id]) + jump)
