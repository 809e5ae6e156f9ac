"""Correcting one person, and reading a whole ID number: both leave a line in the journal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.acts.refusing import Refused, Stale
from chungtay.acts.sealing import Unreadable
from chungtay.households.models import Household, Person
from chungtay.households.services import correct_person, read_citizen_id
from chungtay.rulebook.folding import tidy
from chungtay.web.here import Here, today
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.register.person_form import (
    PersonForm,
    changes_of,
    ethnicity_choices,
    fill_from,
    form_of,
    read_person,
    sex_choices,
    shown_field,
)
from chungtay.web.register.reaching import (
    CHANGE,
    member_of,
    seen_household,
    sees_whole,
    version_of,
)
from chungtay.web.register.scanning import Scan, read_scan
from chungtay.web.register.words import place_of, relation_word, warnings_of_stored
from chungtay.web.templating import said

REASON_LENGTH = 300
ASK_REASON = gettext_lazy("Hãy ghi lý do sửa, ví dụ “theo giấy khai sinh”.")


@page(CHANGE, "GET", "HEAD", "POST")
def register_person(
    request: HttpRequest, here: Here, household_id: UUID, person_id: UUID
) -> HttpResponse:
    """One person's fields; a POST corrects what differs, with a reason."""
    household = seen_household(here, household_id, CHANGE)
    person = member_of(household, person_id).person
    if request.method != "POST":
        return _page(request, here, household, person, form_of(person))
    form = read_person(request.POST, "", today(), person.ethnicity)
    scan = read_scan(request)
    if scan.came:
        if scan.card is not None:
            fill_from(form, scan.card)
            scan.said = _("Đã điền từ thẻ. Hãy xem lại, ghi lý do rồi lưu.")
        return _page(request, here, household, person, form, scan.wrong(), scan=scan)
    errors = form.said()
    if not _reason(request):
        errors.append({"field": "reason", "text": str(ASK_REASON)})
    if errors:
        return _page(request, here, household, person, form, errors)
    return _correct(request, here, household, person, form)


def _correct(
    request: HttpRequest, here: Here, household: Household, person: Person, form: PersonForm
) -> HttpResponse:
    changes = changes_of(person, form, sensitive=sees_whole(here, household))
    version = version_of(request)
    if not changes and version == household.version:
        tell(request, _("Không có gì thay đổi, nên chưa ghi gì."))
        return redirect("register_household", household_id=household.id)
    try:
        correct_person(
            actor=here.actor,
            household=household,
            person=person,
            changes=changes,
            expected_version=version,
            reason=_reason(request),
            key=one_time_key(request),
        )
    except Stale as stale:
        return _stale(request, here, household, person, form, stale)
    except Refused as refusal:
        errors = [{"field": "full_name", "text": said(refusal.sentence)}]
        return _page(request, here, household, person, form, errors)
    tell(request, _("Đã sửa thông tin của %(who)s.") % {"who": form.typed["full_name"]})
    for text in form.warnings:
        warn(request, text)
    return redirect("register_household", household_id=household.id)


def _stale(
    request: HttpRequest,
    here: Here,
    household: Household,
    person: Person,
    form: PersonForm,
    stale: Stale,
) -> HttpResponse:
    """Somebody saved in between: what is kept now stands beside what was typed."""
    household.refresh_from_db()
    person.refresh_from_db()
    kept = {
        name: shown_field(name, getattr(person, name))
        for name in changes_of(person, form, sensitive=sees_whole(here, household))
        if name != "citizen_id"
    }
    errors = [{"field": "full_name", "text": said(stale.sentence)}]
    return _page(request, here, household, person, form, errors, status=409, kept=kept)


def _reason(request: HttpRequest) -> str:
    return tidy(request.POST.get("reason", ""))[:REASON_LENGTH]


def _page(
    request: HttpRequest,
    here: Here,
    household: Household,
    person: Person,
    form: PersonForm,
    errors: list[dict[str, str]] | None = None,
    status: int = 422,
    kept: dict[str, str] | None = None,
    scan: Scan | None = None,
) -> HttpResponse:
    errors = errors or []
    row = member_of(household, person.id)
    context: dict[str, Any] = {
        "household": household,
        "person": person,
        "relation": relation_word(row.relation),
        "entry": form,
        "errors": errors,
        "wrong": {error["field"]: error["text"] for error in errors},
        "kept": kept or {},
        "scan": scan or Scan(),
        "stored_warnings": _of_stored_number(here, household, person),
        "reason": request.POST.get("reason", ""),
        "sexes": sex_choices(),
        "ethnicities": ethnicity_choices(person.ethnicity),
        "whole": sees_whole(here, household),
        "key": fresh_key(),
    }
    return show(request, "register/person.html", context, status if errors else 200)


def _of_stored_number(here: Here, household: Household, person: Person) -> list[str]:
    """What looks odd of the number kept, for those who see its last digits; none of it is said."""
    if not here.actor.sees_fields("id_tail", place_of(household)):
        return []
    return warnings_of_stored([person])[person.id]


@page("households.read_id", "POST")
def register_read_id(
    request: HttpRequest, here: Here, household_id: UUID, person_id: UUID
) -> HttpResponse:
    """The whole ID number of a person, shown once on a page that is not kept; a reason is asked."""
    household = seen_household(here, household_id, "households.read_id")
    person = member_of(household, person_id).person
    try:
        number = read_citizen_id(
            actor=here.actor, household=household, person=person, reason=_reason(request)
        )
    except Refused as refusal:
        warn(request, said(refusal.sentence))
        return redirect("register_household", household_id=household.id)
    except Unreadable as error:
        warn(request, str(error))
        return redirect("register_household", household_id=household.id)
    context = {"household": household, "person": person, "number": number}
    return show(request, "register/read_id.html", context)
