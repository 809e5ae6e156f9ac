"""What the two sides of a comparison show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.households.citizen_ids import masked_id_of
from chungtay.households.models import AnswerSheet, Household, Membership, StatusSpell
from chungtay.households.queries.comparing import FIRST, SECOND, Difference
from chungtay.households.queries.people import members_on
from chungtay.households.queries.statuses import history_of
from chungtay.rulebook.wording import vi_date
from chungtay.web.here import Here
from chungtay.web.register.reaching import sees_whole
from chungtay.web.register.words import (
    class_word,
    paper_of,
    place_of,
    relation_word,
    sex_word,
    village_word,
)

SIDES = (FIRST, SECOND)
LABELS = {
    "full_name": gettext_lazy("Họ và tên"),
    "sex": gettext_lazy("Giới tính"),
    "birth": gettext_lazy("Ngày sinh"),
    "died_on": gettext_lazy("Mất ngày"),
    "ethnicity": gettext_lazy("Dân tộc"),
    "citizen_id": gettext_lazy("Số định danh"),
    "village": gettext_lazy("Thôn, tổ dân phố"),
    "code": gettext_lazy("Mã hộ"),
    "address": gettext_lazy("Địa chỉ"),
}


def person_values(here: Here, row: Membership) -> dict[str, str]:
    """The fields of a person as this actor sees them."""
    person, place = row.person, place_of(row.household)
    shown = {
        "full_name": person.full_name,
        "sex": sex_word(person.sex),
        "birth": str(person.birth or ""),
        **({"died_on": vi_date(person.died_on)} if person.died_on else {}),
        "citizen_id": masked_id_of(person) if here.actor.sees_fields("id_tail", place) else "",
    }
    if sees_whole(here, row.household):
        shown["ethnicity"] = person.ethnicity
    return shown


def person_side(row: Membership) -> dict[str, Any]:
    """One person: where she stands, since when."""
    return {
        "name": row.person.full_name,
        "household": row.household.head_name,
        "href": reverse("register_household", args=[row.household_id]),
        "about": " · ".join(
            part for part in (relation_word(row.relation), village_word(row.household)) if part
        ),
        "span": span_word(row),
    }


def household_side(household: Household) -> dict[str, Any]:
    """One household: members, classes, the days of its answers."""
    sheets = AnswerSheet.objects.filter(household=household, withdrawn=False).order_by("-on", "-pk")
    return {
        "id": household.pk,
        "name": household.head_name,
        "href": reverse("register_household", args=[household.pk]),
        "members": [
            {
                "name": row.person.full_name,
                "about": " · ".join(
                    part
                    for part in (relation_word(row.relation), str(row.person.birth or ""))
                    if part
                ),
            }
            for row in members_on(household.pk, None)
        ],
        "classes": [spell_word(spell) for spell in history_of(household)],
        "answers": [
            _("%(day)s (%(source)s)")
            % {"day": vi_date(sheet.on), "source": AnswerSheet.Source(sheet.source).label}
            for sheet in sheets
        ],
    }


def spell_word(spell: StatusSpell) -> str:
    """A decided class with its span and its paper."""
    return f"{class_word(spell.household_class)}, {span_word(spell)}, {paper_of(spell)}"


def span_word(row: Any) -> str:
    """Since when, until when."""
    begun = (
        _("từ ngày %(day)s") % {"day": vi_date(row.valid_from)}
        if row.valid_from
        else _("từ trước tới nay")
    )
    if row.valid_to is None:
        return begun
    return _("%(begun)s đến hết ngày %(day)s") % {"begun": begun, "day": vi_date(row.valid_to)}


def field_rows(
    here: Here, rows: Sequence[Membership], found: list[Difference], chosen: dict[str, str]
) -> list[dict[str, Any]]:
    """Every field of two persons, those that differ with the choice of the value that holds."""
    values = [person_values(here, row) for row in rows]
    differing = {one.name: one for one in found}
    return [
        _field_row(name, [one.get(name, "") for one in values], differing.get(name), chosen)
        for name in LABELS
        if any(name in one for one in values)
    ]


def household_field_rows(
    households: Sequence[Household], found: list[Difference], chosen: dict[str, str]
) -> list[dict[str, Any]]:
    """Every field of two households, those that differ with the choice."""
    values = [
        {"village": village_word(one), "code": one.code, "address": one.address}
        for one in households
    ]
    differing = {one.name: one for one in found}
    return [
        _field_row(name, [one[name] for one in values], differing.get(name), chosen)
        for name in values[0]
    ]


def _field_row(
    name: str, values: list[str], difference: Difference | None, chosen: dict[str, str]
) -> dict[str, Any]:
    holds = chosen.get(f"field_{name}") or (difference.holds if difference else FIRST)
    return {
        "name": f"field_{name}",
        "label": str(LABELS[name]),
        "values": values,
        "differs": difference is not None,
        "holds": holds,
    }
