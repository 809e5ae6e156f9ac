"""The frame around every page: place and year, search, rooms, person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.places.models import Unit
from chungtay.rulebook.wording import vi_date
from chungtay.web.here import Here, first_year, today
from chungtay.web.tasks.soon import due_count

ROOMS = (
    ("today", gettext_lazy("Hôm nay"), "places.see"),
    ("register", gettext_lazy("Hộ dân"), "households.see"),
    ("plan", gettext_lazy("Kế hoạch"), "plans.see"),
    ("reports", gettext_lazy("Báo cáo"), "reports.see"),
    ("tasks", gettext_lazy("Công việc"), "tasks.see"),
    ("staff", gettext_lazy("Cán bộ"), "staff.see"),
)


def chrome_of(request: HttpRequest, here: Here) -> dict[str, Any]:
    """What the frame shows to this person at this place and year."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    above = here.place.parent
    return {
        "place": here.place.name,
        "above": above.name_on(here.on) if above is not None else "",
        "year": here.year,
        "years": _years(here),
        "places": _places(here),
        "place_href": reverse("places"),
        "rooms": [
            {
                "label": label,
                "href": reverse(room),
                "current": _room_of(name or "") == room,
                "count": due_count(here) if room == "tasks" else 0,
            }
            for room, label, right in ROOMS
            if here.actor.units_for(right)
        ],
        "person": here.actor.name,
        "post": here.actor.post_title,
        "menu": _menu(here),
        "search_href": reverse("register_search") if here.actor.units_for("households.see") else "",
        "logout_href": reverse("logout"),
        "printed": _("In ngày %(day)s, %(person)s. Số liệu tại ngày %(on)s.")
        % {"day": vi_date(today()), "person": here.actor.name, "on": vi_date(here.on)},
    }


def _menu(here: Here) -> list[dict[str, Any]]:
    """What is looked up now and then, behind the person's name."""
    entries = [
        ("account", _("Tài khoản"), "person", True),
        ("law", _("Luật đang dùng"), "file-earmark-text", True),
        ("journal", _("Nhật ký"), "journal-text", bool(here.actor.units_for("journal.see"))),
    ]
    return [
        {"label": label, "href": reverse(name), "icon": icon}
        for name, label, icon, offered in entries
        if offered
    ]


def _room_of(name: str) -> str:
    """The room an address belongs to: a desk without an entry of its own stands within another."""
    first = name.split("_", maxsplit=1)[0]
    homes = {
        "imports": "register",
        "life": "register",
        "measures": "today",
        "nominations": "tasks",
        "papers": "plan",
        "sheets": "tasks",
        "supervision": "tasks",
    }
    return homes.get(first, first)


def _years(here: Here) -> list[dict[str, Any]]:
    years = range(max(here.year, today().year), first_year() - 1, -1)
    return [
        {"year": year, "href": f"{reverse('choose')}?year={year}", "current": year == here.year}
        for year in years
    ]


def _places(here: Here) -> list[dict[str, Any]]:
    own = {unit.id: unit for unit in here.actor.units_for("places.see")}
    if len(own) < 2:
        return []
    return [
        {
            "name": unit.name_on(unit.valid_to or here.on),
            "ended": vi_date(unit.valid_to) if unit.valid_to else "",
            "href": f"{reverse('choose')}?place={unit.id}",
            "current": unit.id == here.place.id,
        }
        for unit in _in_order(own.values())
    ]


def _in_order(units: Iterable[Unit]) -> list[Unit]:
    """Units that stand first, as held; then the former ones, the latest ended first, by name."""
    listed = list(units)
    former = [unit for unit in listed if unit.valid_to is not None]
    former.sort(key=lambda unit: (-(unit.valid_to or date.max).toordinal(), unit.folded))
    return [unit for unit in listed if unit.valid_to is None] + former
