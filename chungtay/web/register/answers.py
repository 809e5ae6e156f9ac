"""Ghi thay đổi: the answers of a household as of a day, with the result as it is typed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.households.models import Household
from chungtay.households.queries.answers import answers_on
from chungtay.households.queries.findings import findings_by_standard
from chungtay.households.queries.people import members_on
from chungtay.households.queries.trying import findings_if
from chungtay.households.services import record_answers
from chungtay.rulebook.classifying import Finding
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date
from chungtay.web.here import Here, today
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.register.answer_form import AnswerForm, fill, form_of, merge
from chungtay.web.register.answer_values import shown_value
from chungtay.web.register.card import UNKNOWN, counts_sentence
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.register.reaching import (
    CHANGE,
    day_shown,
    seen_household,
    sees_whole,
    version_of,
)
from chungtay.web.register.words import age_word, class_word, relation_word, village_word
from chungtay.web.templating import said

REASON_LENGTH = 300
POINTS, INCOME = "h_income_points", "h_income_per_person_vnd"


@page(CHANGE, "GET", "HEAD", "POST")
def register_answers(request: HttpRequest, here: Here, household_id: UUID) -> HttpResponse:
    """The sheet of a household; a POST records what was changed as of its day."""
    household = seen_household(here, household_id, CHANGE)
    form = _form(here, household)
    if request.method != "POST":
        typed = TypedDate(boxes_of(day_shown(household, here)))
        return _page(request, here, household, form, typed)
    fill(form, request.POST)
    typed = read_date(request.POST, "on", _("Ngày của câu trả lời"), whole=True)
    on, errors = _checked(request, household, form, typed)
    if errors or on is None:
        return _page(request, here, household, form, typed, errors)
    try:
        _record(request, here, household, form, on)
    except Stale as stale:
        return _stale(request, here, household, form, typed, stale)
    except Refused as refusal:
        errors = [{"field": "", "text": said(refusal.sentence)}]
        return _page(request, here, household, form, typed, errors)
    tell(request, _told(here, household, form, on))
    return redirect("register_household", household_id=household.id)


@page(CHANGE, "POST")
def register_answers_try(request: HttpRequest, here: Here, household_id: UUID) -> HttpResponse:
    """What the typed answers would lead to; nothing is saved."""
    household = seen_household(here, household_id, CHANGE)
    form = _form(here, household)
    fill(form, request.POST)
    return show(request, "register/running.html", _running(here, household, form))


def _form(here: Here, household: Household) -> AnswerForm:
    on = day_shown(household, here)
    members = members_on(household.id, on)
    about = {
        str(row.person_id): ", ".join(
            part for part in (relation_word(row.relation), age_word(row.person.birth, on)) if part
        )
        for row in members
    }
    whole = sees_whole(here, household)
    return form_of(members, answers_on(household.id, on), about=about, sensitive=whole)


def _checked(
    request: HttpRequest,
    household: Household,
    form: AnswerForm,
    typed: TypedDate,
) -> tuple[date | None, list[dict[str, str]]]:
    """The day the answers hold from, and everything that must be mended before saving."""
    errors = form.errors()
    on, wrong = whole_day(typed, _("Ngày của câu trả lời"))
    if on is not None:
        wrong = _day_wrong(household, on)
    if wrong:
        errors.append({"field": "on_day", "text": wrong})
    if not _reason(request):
        text = _("Hãy ghi vì sao thay đổi, ví dụ “hộ báo đã làm nhà tiêu tự hoại”.")
        errors.append({"field": "reason", "text": text})
    return on, errors


def _day_wrong(household: Household, on: date) -> str:
    if on > today():
        return _("Ngày của câu trả lời %(day)s chưa tới. Ghi ngày hôm nay hoặc trước đó.") % {
            "day": vi_date(on)
        }
    if household.valid_from is not None and on < household.valid_from:
        return _("Hộ này có trong sổ từ ngày %(day)s; hãy ghi ngày đó hoặc muộn hơn.") % {
            "day": vi_date(household.valid_from)
        }
    return ""


def _reason(request: HttpRequest) -> str:
    return tidy(request.POST.get("reason", ""))[:REASON_LENGTH]


def _record(
    request: HttpRequest, here: Here, household: Household, form: AnswerForm, on: date
) -> None:
    answers, members = form.answers()
    record_answers(
        actor=here.actor,
        household=household,
        on=on,
        answers=answers,
        members=members,
        expected_version=version_of(request),
        reason=_reason(request),
        key=one_time_key(request),
    )


def _told(here: Here, household: Household, form: AnswerForm, on: date) -> str:
    """What was recorded, and whether the viewing day shows it."""
    count = len(form.changed())
    text = _("Đã ghi %(count)d câu trả lời tại ngày %(day)s.") % {
        "count": count,
        "day": vi_date(on),
    }
    shown = day_shown(household, here)
    if on > shown:
        later = _("Ngày đó sau ngày đang xem (%(day)s); chọn năm khác ở đầu trang để thấy.")
        return f"{text} {later % {'day': vi_date(shown)}}"
    answers, members = answers_on(household.id, shown).difference(*form.answers())
    if answers or members:
        text += " " + _("Có câu trả lời muộn hơn trong sổ nên ngày đang xem vẫn theo câu sau.")
    return text


def _stale(
    request: HttpRequest,
    here: Here,
    household: Household,
    form: AnswerForm,
    typed: TypedDate,
    stale: Stale,
) -> HttpResponse:
    """Somebody saved in between: the newer answers and the typed ones side by side."""
    household.refresh_from_db()
    merge(form, _form(here, household))
    errors = [{"field": "", "text": said(stale.sentence)}]
    errors += [
        {
            "field": one.id,
            "text": _("“%(label)s”: người khác vừa ghi “%(kept)s”. Chọn lại rồi lưu.")
            % {"label": said(one.fact.label), "kept": one.kept},
        }
        for one in form.all()
        if one.kept and one.changed
    ]
    return _page(request, here, household, form, typed, errors, status=409)


def _page(
    request: HttpRequest,
    here: Here,
    household: Household,
    form: AnswerForm,
    typed: TypedDate,
    errors: list[dict[str, str]] | None = None,
    status: int = 422,
) -> HttpResponse:
    errors = errors or []
    wrong = {error["field"]: error["text"] for error in errors}
    for member in form.members:
        member.open = any(one.id in wrong or one.kept for one in member.questions)
    context = {
        "household": household,
        "village": village_word(household),
        "sheet": form,
        "date": typed.boxes,
        "reason": request.POST.get("reason", ""),
        "errors": errors,
        "wrong": wrong,
        "key": fresh_key(),
        "on": day_shown(household, here),
    }
    context |= _running(here, household, form)
    return show(request, "register/answers.html", context, status if errors else 200)


def _running(here: Here, household: Household, form: AnswerForm) -> dict[str, Any]:
    """The finding of the typed answers beside the one that holds now."""
    on = day_shown(household, here)
    now = findings_by_standard(household, on)
    then = findings_if(household, on, *form.answers())
    return {
        "sides": [
            {
                "name": law().standard(name).name if len(then) > 1 else _("Đang tính"),
                "now": _shown_finding(now[name]),
                "then": _shown_finding(finding),
            }
            for name, finding in then.items()
        ],
        "unreadable": len(form.errors()),
        "changes": [
            {
                "label": f"{_whose(form, one.member)}{said(one.fact.label)}",
                "value": shown_value(one.fact, one.value),
            }
            for one in form.changed()
        ],
    }


def _whose(form: AnswerForm, member: str) -> str:
    return next((f"{one.name}: " for one in form.members if one.id == f"m_{member}"), "")


def _shown_finding(finding: Finding | Contradiction) -> dict[str, str]:
    if isinstance(finding, Contradiction):
        return {"key": UNKNOWN, "word": class_word(UNKNOWN), "said": said(finding.sentence)}
    return {
        "key": finding.household_class,
        "word": class_word(finding.household_class),
        "said": counts_sentence(finding),
    }
