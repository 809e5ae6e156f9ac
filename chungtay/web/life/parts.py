"""The parts of an event's form, each read into what the act takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from chungtay.households.models import LifeEvent
from chungtay.households.queries.events import communes_named, households_named, people_named
from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.web.life.forms import FOUND, LOOK, EventForm
from chungtay.web.register.person_form import read_person
from chungtay.web.register.words import village_word

CODE_LENGTH, ADDRESS_LENGTH = 40, 200
GONE = tuple(LifeEvent.GoneTo.values)


def child(form: EventForm) -> None:
    """Somebody who is new to the register, born on the day unless another date is typed."""
    form.person = read_person(form.posted, "p_", form.on or form.viewed)
    if form.person.blank:
        form.fail("p_full_name", _("Hãy ghi họ và tên của trẻ."))
    form.given["child"] = form.person.given()
    form.given["mother"] = form.member("mother", _("Hãy chọn lại người mẹ."), needed=False)


def person(form: EventForm) -> None:
    """One of the members."""
    form.given["person"] = form.member("person", _("Hãy chọn một người trong hộ."))


def new_head(form: EventForm) -> None:
    """Who is head from then on; asked only if the head leaves."""
    form.given["new_head"] = form.member("new_head", _("Hãy chọn chủ hộ mới."), needed=False)
    form.given["relations"] = form.relations()


def head(form: EventForm) -> None:
    """Who becomes head."""
    form.given["new_head"] = form.member("new_head", _("Hãy chọn chủ hộ mới."))
    form.given["relations"] = form.relations()


def relation(form: EventForm) -> None:
    """A relation to the head."""
    form.given["relation"] = form.text("relation", 2)


def newcomer(form: EventForm) -> None:
    """Somebody new, or somebody found in the commune's register."""
    relation(form)
    if form.source != FOUND:
        form.person = read_person(form.posted, "p_", form.on or form.viewed)
        if form.person.blank:
            form.fail("p_full_name", _("Hãy ghi họ và tên, hoặc tìm người đã có trong sổ."))
        form.given["newcomer"] = form.person.given()
        return
    rows = people_named(form.household.commune, form.text("find"), form.household)
    rows = rows if form.text("find") else []
    form.found = [
        (
            str(row.person_id),
            row.person.full_name,
            _("hộ %(head)s, %(village)s, sinh %(year)s")
            % {
                "head": row.household.head_name,
                "village": village_word(row.household),
                "year": row.person.birth_year or _("chưa rõ"),
            },
        )
        for row in rows
    ]
    known = {str(row.person_id): row.person_id for row in rows}
    _chosen(form, known, "newcomer", _("Hãy tìm rồi chọn một người trong danh sách."))


def into(form: EventForm) -> None:
    """The household this one is merged into."""
    rows = households_named(form.household.commune, form.text("find"), form.household)
    rows = rows if form.text("find") else []
    form.found = [
        (str(one.pk), one.head_name, " · ".join(filter(None, [village_word(one), one.code])))
        for one in rows
    ]
    known = {str(one.pk): one for one in rows}
    _chosen(form, known, "into", _("Hãy tìm rồi chọn hộ sẽ nhập vào."))
    form.given["relations"] = form.relations()


def _chosen(form: EventForm, known: Mapping[str, object], name: str, ask: str) -> None:
    chosen = known.get(form.text("found"))
    if chosen is None:
        if LOOK not in form.posted:
            form.fail("find", ask)
        return
    form.given[name] = chosen


def people(form: EventForm) -> None:
    """Those who split off; the first of them is offered as head."""
    known = {str(row.person_id): row.person_id for row in form.members}
    form.given["people"] = [known[one] for one in form.chosen if one in known]
    if not form.given["people"]:
        form.fail("people", _("Hãy chọn những người tách ra."))


def village(form: EventForm) -> None:
    """A village of the commune, or not known, and the address there."""
    units = villages(form.household.commune, form.on or form.viewed)
    typed = form.text("village")
    chosen = next((one for one in units if str(one.pk) == typed), None)
    if typed and chosen is None:
        form.fail("village", _("Hãy chọn một thôn trong danh sách."))
    form.given["village"] = chosen
    form.given["address"] = form.text("address", ADDRESS_LENGTH)


def code(form: EventForm) -> None:
    """A household's code."""
    form.given["code"] = form.text("code", CODE_LENGTH)


def destination(form: EventForm) -> None:
    """A commune of the country standing on the day, or an answer that there is none."""
    typed = form.text("to")
    if typed in GONE:
        form.given["gone_to"] = typed
        return
    near, text = form.household.commune, form.text("find")
    units = communes_named(text, form.on or form.viewed, near) if text else []
    form.found = [(one.code, one.name, above(one)) for one in units]
    known = {one.code: one.code for one in units}
    ask = _("Hãy tìm rồi chọn nơi đến trong danh mục, hoặc chọn ra nước ngoài, chưa rõ nơi đến.")
    _chosen(form, known, "to_code", ask)


def above(unit: Unit) -> str:
    """The names of the units above a commune."""
    names = [unit.parent.name] if unit.parent else []
    if unit.parent is not None and unit.parent.parent is not None:
        names.append(unit.parent.parent.name)
    return ", ".join(name for name in names if name != "Việt Nam")


def villages(commune: Unit, on: date) -> list[Unit]:
    """The villages a household may live in on a day."""
    return list(villages_of(commune, on))


Part = Callable[[EventForm], None]
