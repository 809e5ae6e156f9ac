"""Adding one household by hand: forgiving of what is not known, watchful of doubles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.households.models.people import HEAD
from chungtay.households.queries.lists import likely_duplicates
from chungtay.households.services import add_household
from chungtay.households.writing import HouseholdInput
from chungtay.places.models import Unit
from chungtay.places.queries import all_as_on, villages_of
from chungtay.rulebook.folding import fold, tidy
from chungtay.rulebook.wording import vi_date
from chungtay.sync.villages import Villages
from chungtay.web.here import Here, commune_of
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.register.filters import standing_here
from chungtay.web.register.person_form import (
    PersonForm,
    blank_form,
    ethnicity_choices,
    fill_from,
    read_person,
    relation_choices,
    sex_choices,
)
from chungtay.web.register.reaching import CHANGE
from chungtay.web.register.scanning import Scan, read_scan
from chungtay.web.register.words import village_word
from chungtay.web.templating import said

CONFLICT = 409
FIRST_ROWS, MORE_ROWS, MOST_ROWS = 4, 3, 40
CODE_LENGTH, ADDRESS_LENGTH = 40, 200


@dataclass
class HouseholdForm:
    """What was typed of a new household, and the errors that do not belong to a person."""

    village: str
    code: str
    address: str
    people: list[PersonForm]
    errors: list[dict[str, str]]
    scan: Scan = field(default_factory=Scan)

    def filled(self) -> list[PersonForm]:
        """The head and the members of whom something was typed."""
        return [self.people[0], *(one for one in self.people[1:] if not one.blank)]

    def said(self) -> list[dict[str, str]]:
        """All errors, in the order of the page."""
        return [*self.errors, *(error for one in self.filled() for error in one.said())]

    def wrong(self, name: str) -> str | None:
        """The sentence at a field of the household."""
        return next((error["text"] for error in self.errors if error["field"] == name), None)


@page(CHANGE, "GET", "HEAD", "POST")
def register_add(request: HttpRequest, here: Here) -> HttpResponse:
    """A new household: village, head, members; a POST adds it to the register."""
    commune = commune_of(here.place)
    villages = all_as_on(villages_of(commune, here.on), here.on)
    if request.method != "POST":
        people = [blank_form("p0_", HEAD), *(blank_form(f"p{n}_") for n in range(1, FIRST_ROWS))]
        return _page(request, villages, HouseholdForm("", "", "", people, []))
    form = _read(request, here, villages)
    form.scan = read_scan(request)
    if form.scan.came:
        _fill(form, villages, commune)
        return _page(request, villages, form, told=False)
    if moved := _moved(request, here):
        form.errors.insert(0, {"field": "village", "text": moved})
        return _page(request, villages, form, status=CONFLICT)
    if "more" in request.POST:
        start = len(form.people)
        form.people += [blank_form(f"p{n}_") for n in range(start, start + MORE_ROWS)]
        return _page(request, villages, form, told=False)
    if form.said():
        return _page(request, villages, form)
    village = next((one for one in villages if str(one.id) == form.village), None)
    doubles = _doubles(here, village, form)
    if doubles and not request.POST.get("anyway"):
        return _page(request, villages, form, doubles=doubles)
    return _add(request, here, villages, form, village)


def _fill(form: HouseholdForm, villages: list[Unit], commune: Unit) -> None:
    """Take a scanned card into the row of its holder, else into the first row nobody stands in."""
    card = form.scan.card
    if card is None:
        return
    known = (one for one in form.people if card.citizen_id and one.citizen_id == card.citizen_id)
    row = next(known, None) or next((one for one in form.people if one.blank), None)
    if row is None:
        row = blank_form(f"p{len(form.people)}_")
        form.people.append(row)
    fill_from(row, card)
    who = card.full_name
    if row is form.people[0]:
        form.address = form.address or card.address[:ADDRESS_LENGTH]
        form.village = form.village or _village_in(card.address, villages, commune)
        form.scan.said = _("Đã điền chủ hộ %(who)s từ thẻ. Hãy xem lại rồi lưu.") % {"who": who}
    else:
        text = _("Đã điền thành viên %(who)s từ thẻ. Hãy xem lại, chọn quan hệ rồi lưu.")
        form.scan.said = text % {"who": who}


def _village_in(address: str, villages: list[Unit], commune: Unit) -> str:
    """The village that a part of an address names, where the commune's name stands there too."""
    parts = [fold(part) for part in address.split(",")]
    own = fold(commune.name)
    if not any(part and own.endswith(part) for part in parts):
        return ""
    known = Villages(commune, villages)
    found = next((unit for part in parts if part and (unit := known.find(part))), None)
    return str(found.id) if found else ""


def _moved(request: HttpRequest, here: Here) -> str:
    """Why a form opened at another place or day is not saved here; empty if it was opened here."""
    place, day = request.POST.get("place"), request.POST.get("day")
    if place in (None, str(here.place.id)) and day in (None, here.on.isoformat()):
        return ""
    text = _(
        "Chưa ghi gì: trang này được mở khi đang xem nơi khác hoặc năm khác, nay đang xem "
        "%(place)s tại ngày %(day)s (có thể đã đổi ở một thẻ khác). Những gì đã gõ vẫn còn. Nếu "
        "hộ thuộc %(place)s thì chọn lại thôn rồi bấm lưu; nếu không, đổi lại nơi và năm ở đầu "
        "trang."
    )
    return text % {"place": here.place.name, "day": vi_date(here.on)}


def _add(
    request: HttpRequest,
    here: Here,
    villages: list[Unit],
    form: HouseholdForm,
    village: Unit | None,
) -> HttpResponse:
    given = HouseholdInput(
        village=village,
        members=[one.given() for one in form.filled()],
        code=form.code,
        address=form.address,
    )
    try:
        household_id = add_household(
            actor=here.actor,
            commune=commune_of(here.place),
            given=given,
            on=here.on,
            key=one_time_key(request),
        )
    except Refused as refusal:
        form.errors.append({"field": "", "text": said(refusal.sentence)})
        return _page(request, villages, form)
    for one in form.filled():
        for text in one.warnings:
            warn(request, f"{one.typed['full_name']}: {text}")
    count = len(given.members)
    tell(
        request,
        _("Đã thêm hộ và %(count)d người vào sổ. Ghi tiếp câu trả lời của hộ khi có.")
        % {"count": count},
    )
    return redirect("register_household", household_id=household_id)


def _read(request: HttpRequest, here: Here, villages: list[Unit]) -> HouseholdForm:
    rows = sum(1 for name in request.POST if name.startswith("p") and name.endswith("_full_name"))
    people = [
        read_person(request.POST, f"p{n}_", here.on) for n in range(min(max(rows, 1), MOST_ROWS))
    ]
    head = people[0]
    head.typed["relation"] = HEAD
    if head.blank:
        head.errors[head.at("full_name")] = _("Hãy ghi họ và tên chủ hộ.")
    for one in people[1:]:
        if one.typed["relation"] == HEAD:
            one.typed["relation"] = ""
    form = HouseholdForm(
        village=request.POST.get("village", ""),
        code=tidy(request.POST.get("code", ""))[:CODE_LENGTH],
        address=tidy(request.POST.get("address", ""))[:ADDRESS_LENGTH],
        people=people,
        errors=[],
    )
    if form.village not in {str(one.id) for one in villages} and (form.village or villages):
        form.village = ""
        form.errors.append({"field": "village", "text": _("Hãy chọn thôn, tổ dân phố của hộ.")})
    _refuse_repeated_ids(form)
    return form


def _refuse_repeated_ids(form: HouseholdForm) -> None:
    seen: set[str] = set()
    for one in form.filled():
        if one.citizen_id and one.citizen_id in seen:
            text = _("Số định danh của %(who)s trùng với một người khác trong hộ. Hãy xem lại.")
            one.errors[one.at("citizen_id")] = text % {"who": one.typed["full_name"]}
        seen.add(one.citizen_id)


def _doubles(here: Here, village: Unit | None, form: HouseholdForm) -> list[dict[str, Any]]:
    head = form.people[0].typed["full_name"]
    return [
        {
            "name": household.head_name,
            "about": village_word(household),
            "href": reverse("register_household", args=[household.id]),
        }
        for household in likely_duplicates(standing_here(here), village, head)
    ]


def _page(
    request: HttpRequest,
    villages: list[Unit],
    form: HouseholdForm,
    *,
    doubles: list[dict[str, Any]] | None = None,
    told: bool = True,
    status: int = 422,
) -> HttpResponse:
    errors = form.said() if told else form.scan.wrong()
    context = {
        "entry": form,
        "scan": form.scan,
        "errors": errors,
        "doubles": doubles or [],
        "villages": [("", _("— chọn —")), *((str(one.id), one.name) for one in villages)],
        "relations": relation_choices(),
        "sexes": sex_choices(),
        "ethnicities": ethnicity_choices(),
        "key": fresh_key(),
    }
    return show(request, "register/add.html", context, status if errors or doubles else 200)
