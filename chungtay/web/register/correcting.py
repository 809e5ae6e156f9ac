"""Correcting where a household lives and how it is numbered."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused, Stale
from chungtay.households.models import Household
from chungtay.households.services import correct_household
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.rulebook.folding import tidy
from chungtay.web.here import Here
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell
from chungtay.web.register.adding import ADDRESS_LENGTH, CODE_LENGTH
from chungtay.web.register.people import ASK_REASON, REASON_LENGTH
from chungtay.web.register.reaching import CHANGE, day_shown, seen_household, version_of
from chungtay.web.register.words import village_word
from chungtay.web.templating import said

Typed = dict[str, str]


@page(CHANGE, "GET", "HEAD", "POST")
def register_correct(request: HttpRequest, here: Here, household_id: UUID) -> HttpResponse:
    """Village, code and address of a household; a POST corrects them, with a reason."""
    household = seen_household(here, household_id, CHANGE)
    standing = villages_of(household.commune, day_shown(household, here))
    villages = [one for one in standing if one.valid_to is None]
    if request.method != "POST":
        return _page(request, household, villages, _kept(household) | {"reason": ""})
    typed = _read(request)
    errors = _errors(typed, villages)
    if errors:
        return _page(request, household, villages, typed, errors)
    try:
        _correct(request, here, household, villages, typed)
    except Stale as stale:
        household.refresh_from_db()
        errors = [{"field": "village", "text": said(stale.sentence)}]
        return _page(request, household, villages, typed, errors, status=409)
    except Refused as refusal:
        errors = [{"field": "code", "text": said(refusal.sentence)}]
        return _page(request, household, villages, typed, errors)
    tell(request, _("Đã sửa thôn, mã hộ, địa chỉ của hộ."))
    return redirect("register_household", household_id=household.id)


def _kept(household: Household) -> Typed:
    return {
        "village": str(household.village_id or ""),
        "code": household.code,
        "address": household.address,
    }


def _read(request: HttpRequest) -> Typed:
    return {
        "village": request.POST.get("village", ""),
        "code": tidy(request.POST.get("code", ""))[:CODE_LENGTH],
        "address": tidy(request.POST.get("address", ""))[:ADDRESS_LENGTH],
        "reason": tidy(request.POST.get("reason", ""))[:REASON_LENGTH],
    }


def _errors(typed: Typed, villages: list[Unit]) -> list[dict[str, str]]:
    errors = []
    if typed["village"] not in {"", *(str(one.id) for one in villages)}:
        text = _("Thôn đã chọn không thuộc xã của hộ này. Hãy chọn một thôn trong danh sách.")
        errors.append({"field": "village", "text": text})
    if not typed["reason"]:
        errors.append({"field": "reason", "text": str(ASK_REASON)})
    return errors


def _correct(
    request: HttpRequest, here: Here, household: Household, villages: list[Unit], typed: Typed
) -> None:
    correct_household(
        actor=here.actor,
        household=household,
        village=next((one for one in villages if str(one.id) == typed["village"]), None),
        code=typed["code"],
        address=typed["address"],
        expected_version=version_of(request),
        reason=typed["reason"],
        key=one_time_key(request),
    )


def _page(
    request: HttpRequest,
    household: Household,
    villages: list[Unit],
    typed: Typed,
    errors: list[dict[str, str]] | None = None,
    status: int = 422,
) -> HttpResponse:
    errors = errors or []
    shown = {
        "village": village_word(household),
        "code": household.code,
        "address": household.address,
    }
    kept = {
        name: shown[name] or _("để trống")
        for name, value in _kept(household).items()
        if status == 409 and value != typed[name]
    }
    context = {
        "household": household,
        "typed": typed,
        "kept": kept,
        "errors": errors,
        "wrong": {error["field"]: error["text"] for error in errors},
        "villages": [("", _("chưa rõ thôn")), *((str(one.id), one.name) for one in villages)],
        "key": fresh_key(),
    }
    return show(request, "register/correct.html", context, status if errors else 200)
