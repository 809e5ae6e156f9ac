"""The last look before an event that ends something: what will be written, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from chungtay.households.models import LifeEvent
from chungtay.rulebook.wording import vi_date
from chungtay.web.life.forms import EventForm
from chungtay.web.life.kinds import Happening
from chungtay.web.register.words import relation_word

Rows = list[dict[str, Any]]


def rows_of(form: EventForm, happening: Happening) -> Rows:
    """The answers of an event's form, for `parts/page.html` summary."""
    given = form.given
    names = {row.person_id: row.person.full_name for row in form.members}
    occasion = given["occasion"]
    rows = [
        _row(_("Việc"), happening.title),
        _row(_("Hộ"), form.household.head_name),
        _row(_("Ngày"), vi_date(occasion.day)),
    ]
    if given.get("person"):
        rows.append(_row(_("Người"), names[given["person"]]))
    if "people" in given:
        rows.append(_row(_("Những người tách ra"), ", ".join(names[p] for p in given["people"])))
    if given.get("new_head"):
        rows.append(_row(_("Chủ hộ mới"), names[given["new_head"]]))
    if "into" in given:
        rows.append(_row(_("Nhập vào hộ"), given["into"].head_name))
    if "village" in given:
        village = given["village"]
        rows.append(_row(_("Thôn"), village.name if village else _("chưa rõ thôn")))
    rows += _destination(form)
    rows += _relations(form, names)
    if occasion.paper:
        rows.append(_row(_("Giấy tờ"), occasion.paper))
    return [*rows, *_ending(form, happening)]


def _row(label: str, value: Any) -> dict[str, Any]:
    return {"label": label, "value": value}


def _destination(form: EventForm) -> Rows:
    if form.given.get("gone_to"):
        return [_row(_("Nơi đến"), LifeEvent.GoneTo(form.given["gone_to"]).label)]
    if form.given.get("to_code"):
        code = form.given["to_code"]
        names = [f"{name}, {about}" for key, name, about in form.found or [] if key == code]
        return [_row(_("Nơi đến"), names[0])]
    return []


def _relations(form: EventForm, names: dict[Any, str]) -> Rows:
    """The relations that will be written; those of people whom they do not touch are left out."""
    given = form.given
    if "into" not in given and not given.get("new_head"):
        return []
    touched = given.get("people") or [row.person_id for row in form.members]
    untouched = {given.get("new_head"), given.get("person")}
    said = [
        f"{names[one]}: {relation_word(given['relations'].get(one, '')) or _('chưa rõ')}"
        for one in touched
        if one not in untouched
    ]
    return [_row(_("Quan hệ với chủ hộ"), "; ".join(said))] if said else []


def _ending(form: EventForm, happening: Happening) -> Rows:
    """What ends with the event."""
    last_one = happening.kind == "death" and len(form.members) == 1
    if last_one or happening.kind == "merge" or form.given.get("gone_to"):
        return [_row(_("Kết thúc"), _("hộ này và diện của hộ"))]
    if happening.kind == "move_out":
        return [_row(_("Kết thúc"), _("nơi ở tại xã này; hộ chờ nơi đến nhận"))]
    return []
