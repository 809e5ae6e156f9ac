"""The life events of a household in its timeline, and what a page says about them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.households.models import Household, LifeEvent
from chungtay.households.queries.events import events_of, former_members
from chungtay.rulebook.wording import vi_date
from chungtay.web.register.former import Shown
from chungtay.web.register.timeline import Entry

ICONS = {
    "birth": "person-plus",
    "death": "person",
    "marriage_in": "person-plus",
    "member_join": "person-plus",
    "member_leave": "box-arrow-right",
    "change_of_head": "people",
    "relation_change": "people",
    "split": "house",
    "merge": "house-door",
    "move_within": "geo-alt",
    "move_out": "box-arrow-right",
    "move_in": "house-door",
}


def happened(
    shown: Shown, undoable_in: Collection[int], *, whole: bool, prints: bool
) -> list[Entry]:
    """The events of a household that its reader's place may know, as entries of the timeline."""
    known = None if shown.last is None else shown.last + timedelta(days=1)
    entries = []
    for event in events_of(shown.household):
        elsewhere = known is not None and event.commune_id != shown.household.commune_id
        if elsewhere or (known is not None and event.day > known):
            continue
        entries.append(_entry(event, shown.household, undoable_in, whole=whole, prints=prints))
    return entries


def _entry(
    event: LifeEvent,
    household: Household,
    undoable_in: Collection[int],
    *,
    whole: bool,
    prints: bool,
) -> Entry:
    own = event.commune_id in undoable_in and not event.withdrawn
    text = ". ".join(filter(None, [_about(event, household), event.note if whole else ""]))
    slip = prints and own and event.kind == LifeEvent.Kind.MOVE_OUT
    return Entry(
        event.day,
        event.recorded_at.timestamp(),
        _title(event, household),
        ICONS[event.kind],
        text,
        _paper(event),
        undo=reverse("life_undo", args=[event.pk]) if own else "",
        slip=reverse("life_slip", args=[event.pk]) if slip else "",
    )


def _title(event: LifeEvent, household: Household) -> str:
    if event.withdrawn:
        return _("Chuyển đi, bị trả lại")
    if event.kind == LifeEvent.Kind.SPLIT and event.other_household_id == household.pk:
        return _("Tách ra từ hộ khác")
    if event.kind == LifeEvent.Kind.MERGE and event.other_household_id == household.pk:
        return _("Một hộ nhập vào hộ này")
    return str(LifeEvent.Kind(event.kind).label)


def _about(event: LifeEvent, household: Household) -> str:
    """Whom an event is about, or where to; another household by its head's name."""
    if event.withdrawn:
        return _("Nơi đến trả lại: %(reason)s") % {"reason": event.returned_because}
    if event.kind == LifeEvent.Kind.MOVE_OUT:
        return _destination(event)
    if event.kind == LifeEvent.Kind.MOVE_IN:
        return event.commune.name
    if event.person is not None:
        return event.person.full_name
    own = event.household_id == household.pk
    other = event.other_household if own else event.household
    return _("Hộ %(head)s") % {"head": other.head_name} if other is not None else ""


def _destination(event: LifeEvent) -> str:
    if event.to_commune is None:
        return str(LifeEvent.GoneTo(event.gone_to).label)
    taken = event.acceptances.filter(withdrawn=False).exists()
    state = _("đã được nhận") if taken else _("đang chờ nơi đến nhận")
    return f"{event.to_commune.name}: {state}"


def _paper(event: LifeEvent) -> str:
    day = vi_date(event.paper_date) if event.paper_date else ""
    return " · ".join(filter(None, [event.paper_number, day, event.paper_issuer]))


def former_shown(shown: Shown, on: date) -> list[dict[str, str]]:
    """Those who belonged to the household before a day: until when, and why no longer."""
    return [
        {
            "name": row.person.full_name,
            "until": vi_date(row.valid_to) if row.valid_to else "",
            "why": str(LifeEvent.Kind(row.ended_by.kind).label).lower() if row.ended_by else "",
        }
        for row in former_members(shown.household, on)
    ]


def notes_of(shown: Shown, *, decided: bool) -> list[str]:
    """What a reader must know of a household's beginning, end or leaving."""
    household, notes = shown.household, []
    if shown.last is not None:
        notes.append(_left(shown))
    begun: Any = household.begun_by
    if begun is not None and begun.kind == LifeEvent.Kind.SPLIT and not decided:
        text = _(
            "Hộ này tách ra từ hộ %(head)s ngày %(day)s và chưa có quyết định về diện. "
            "Diện của hộ cũ không theo sang; hãy rà soát hộ này."
        )
        notes.append(text % {"head": begun.household.head_name, "day": vi_date(begun.day)})
    if household.valid_to is not None and household.ended_by is not None:
        text = _("Hộ này kết thúc ngày %(day)s: %(what)s.")
        what = str(LifeEvent.Kind(household.ended_by.kind).label).lower()
        notes.append(text % {"day": vi_date(household.valid_to), "what": what})
    return notes


def _left(shown: Shown) -> str:
    day = vi_date(shown.last) if shown.last else ""
    where = _destination(shown.move) if shown.move is not None else ""
    if where:
        text = _("Hộ này ở đây đến hết ngày %(day)s rồi chuyển đi (%(where)s). ")
        said = text % {"day": day, "where": where}
    else:
        said = _("Hộ này ở đây đến hết ngày %(day)s. ") % {"day": day}
    return said + _("Trang này cho thấy hộ đúng như đến ngày đó.")
