"""The calendar of reports: who owes what to whom by when; opened for a year, asked on demand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.places.models import Level, Unit
from chungtay.places.queries import units_on
from chungtay.plans.queries import plan_of
from chungtay.reports.calendar import Proposed, calendar_of
from chungtay.reports.models import OwedReport
from chungtay.reports.owing import Demand, ask_for_report, open_calendar
from chungtay.reports.planned import offices_of
from chungtay.reports.queries import FOLLOW, OPEN, TO_SEND, calendar_rows, stands_at
from chungtay.rulebook.folding import tidy
from chungtay.tasks.models import Rule
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.reports.words import due_words, kind_words, rows_of
from chungtay.web.templating import said

VIEWS = ("tat-ca", "phai-gui", "cho-nhan")
WRONG = 422
MOST_OFFICES, OFFICE_LENGTH, SUBJECT_LENGTH = 60, 200, 300


@page(FOLLOW)
def reports_calendar(request: HttpRequest, here: Here) -> HttpResponse:
    """Every report owed by the place and to it in the viewing year."""
    view = request.GET.get("xem", "")
    view = view if view in VIEWS else VIEWS[0]
    state = request.GET.get("tinh-trang", "")
    everything = rows_of(calendar_rows(here.actor, here.place, here.year), here.on)
    rows = [
        row for row in everything if _in_view(row["owed"], here, view) and _in_state(row, state)
    ]
    context = {
        "rows": rows,
        "count": len(everything),
        "overdue": sum(row["overdue"] for row in everything),
        "view": view,
        "state": state,
        "states": _states(),
        "tabs": _tabs(here, view, state),
        "may_open": stands_at(here.actor, OPEN, here.place),
        "may_see_tables": here.actor.may("reports.see", here.place),
    }
    return show(request, "reports/calendar.html", context)


def _in_view(owed: OwedReport, here: Here, view: str) -> bool:
    own = owed.unit_id == here.place.pk
    return view == "tat-ca" or own == (view == "phai-gui")


def _states() -> list[tuple[str, str]]:
    return [
        ("", _("mọi tình trạng")),
        ("tre", _("quá hạn hoặc gửi trễ")),
        ("con", _("còn phải gửi")),
        ("cho-xet", _("đã gửi, chờ xét")),
        ("xong", _("đã chấp nhận")),
    ]


def _in_state(row: dict[str, Any], state: str) -> bool:
    owed: OwedReport = row["owed"]
    match state:
        case "tre":
            return bool(row["late"])
        case "con":
            return owed.state in TO_SEND and not owed.withdrawn
        case "cho-xet":
            return owed.state == OwedReport.State.SUBMITTED
        case "xong":
            return owed.state == OwedReport.State.ACCEPTED
    return True


def _tabs(here: Here, view: str, state: str) -> list[dict[str, Any]]:
    if here.place.level == Level.VILLAGE:
        return []
    labels = (_("Tất cả"), _("Nơi này phải gửi"), _("Nơi khác gửi đến"))
    return [
        {
            "label": label,
            "href": f"{reverse('reports_calendar')}?xem={one}&tinh-trang={state}",
            "current": one == view,
        }
        for one, label in zip(VIEWS, labels, strict=True)
    ]


@page(OPEN, "GET", "HEAD", "POST")
def reports_open(request: HttpRequest, here: Here) -> HttpResponse:
    """The calendar of the year as it would be opened; a POST opens it."""
    if request.method == "POST":
        offices = _lines(request.POST.get("offices", ""))
        if "look" not in request.POST:
            opened = open_calendar(
                actor=here.actor,
                place=here.place,
                year=here.year,
                offices=offices,
                key=one_time_key(request),
            )
            tell(request, _opened_words(opened))
            return redirect("reports_calendar")
    else:
        offices = offices_of(plan_of(here.place, here.year))
    proposed = calendar_of(here.place, here.year, offices)
    context = {
        "rows": [_proposed_row(one) for one in proposed],
        "new": sum(not one.stands for one in proposed),
        "offices": "\n".join(offices),
        "asks_offices": here.place.level == Level.COMMUNE,
        "key": fresh_key(),
    }
    return show(request, "reports/open.html", context)


def _opened_words(opened: int) -> str:
    if not opened:
        return _("Lịch báo cáo đã mở từ trước; không có gì thay đổi.")
    return _("Đã mở %(count)d báo cáo. Ngày nào khác thực tế thì mở báo cáo đó để sửa hạn.") % {
        "count": opened
    }


def _proposed_row(one: Proposed) -> dict[str, Any]:
    return {
        "title": kind_words(one.kind, one.span[1], one.subject),
        "debtor": one.debtor,
        "receivers": list(one.receivers) or [one.to.name_on(one.last_day)],
        "via": one.via,
        "due": due_words(one.due_on, one.rule),
        "from_plan": one.source == OwedReport.Source.PLAN,
        "stands": one.stands,
    }


def _lines(text: str) -> list[str]:
    """The lines somebody typed, each once."""
    lines = [tidy(line)[:OFFICE_LENGTH] for line in text.splitlines()]
    return list(dict.fromkeys(filter(None, lines)))[:MOST_OFFICES]


@page(OPEN, "GET", "HEAD", "POST")
def reports_ask(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask for a report out of turn, with a deadline of its own."""
    units = {str(one.pk): one for one in _units_below(here)}
    if request.method != "POST":
        first, today = date(here.year, 1, 1), here.on
        blank = {"opening": first, "closing": max(first, today), "due": None}
        return _ask_page(request, units, {name: boxes_of(day) for name, day in blank.items()}, {})
    days, wrong = _days(request)
    rule = request.POST.get("rule", "")
    if rule not in Rule.values:
        wrong["rule"] = _("Hãy chọn cách tính hạn.")
    if not wrong:
        given = Demand(
            subject=tidy(request.POST.get("subject", ""))[:SUBJECT_LENGTH],
            opening=days["opening"][1],
            closing=days["closing"][1],
            due_on=days["due"][1],
            rule=rule,
            units=[units[one] for one in request.POST.getlist("units") if one in units],
            offices=_lines(request.POST.get("offices", "")),
            via=tidy(request.POST.get("via", ""))[:SUBJECT_LENGTH],
        )
        try:
            made = ask_for_report(
                actor=here.actor, place=here.place, given=given, key=one_time_key(request)
            )
        except Refused as refusal:
            wrong["subject"] = said(refusal.sentence)
        else:
            tell(request, _("Đã yêu cầu %(count)d nơi báo cáo.") % {"count": len(made)})
            return redirect("reports_calendar")
    boxes = {name: typed.boxes for name, (typed, _day) in days.items()}
    return _ask_page(request, units, boxes, wrong)


def _units_below(here: Here) -> list[Unit]:
    level = Level.VILLAGE if here.place.level == Level.COMMUNE else Level.COMMUNE
    return list(units_on(here.on, level).filter(parent=here.place.pk).order_by("folded"))


def _days(request: HttpRequest) -> tuple[dict[str, tuple[TypedDate, Any]], dict[str, str]]:
    labels = {
        "opening": _("Kỳ báo cáo từ ngày"),
        "closing": _("Kỳ báo cáo đến ngày"),
        "due": _("Hạn"),
    }
    found: dict[str, tuple[TypedDate, Any]] = {}
    wrong: dict[str, str] = {}
    for name, label in labels.items():
        typed = read_date(request.POST, name, label, whole=True)
        day, error = whole_day(typed, label)
        found[name] = (typed, day)
        if error:
            wrong[name] = error
    return found, wrong


def _ask_page(
    request: HttpRequest, units: dict[str, Unit], boxes: dict[str, Any], wrong: dict[str, str]
) -> HttpResponse:
    posted = request.POST
    context = {
        "units": [(pk, unit.name) for pk, unit in units.items()],
        "boxes": boxes,
        "typed": {
            "subject": posted.get("subject", ""),
            "offices": posted.get("offices", ""),
            "via": posted.get("via", ""),
            "rule": posted.get("rule", Rule.ON_OR_BEFORE.value),
            "units": posted.getlist("units"),
        },
        "rules": [(one.value, one.label) for one in Rule],
        "wrong": wrong,
        "errors": [
            {"field": f"{name}_day" if name in boxes else name, "text": text}
            for name, text in wrong.items()
        ],
        "key": fresh_key(),
    }
    return show(request, "reports/ask.html", context, WRONG if wrong else 200)
