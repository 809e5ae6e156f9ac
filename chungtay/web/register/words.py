"""Words the register's pages share: classes, villages, relations, ages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from chungtay.acts.sealing import Unreadable
from chungtay.households.citizen_ids import number_warnings, province_codes
from chungtay.households.models import (
    Household,
    HouseholdClass,
    Person,
    PoorSubclass,
    Residence,
    Sex,
    StatusSpell,
)
from chungtay.places.models import Unit
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date
from chungtay.web.templating import said

NO_CLASS_KEY = "none"


def class_word(household_class: str | None, subclass: str = "") -> str:
    """A class in words, of a poor household with its kind; none and not known included."""
    if subclass:
        return str(PoorSubclass(subclass).label)
    if household_class is None or household_class == NO_CLASS_KEY:
        return _("Không thuộc diện")
    if household_class == "unknown":
        return _("Chưa kết luận được")
    return str(HouseholdClass(household_class).label)


def spell_word(spell: StatusSpell | None) -> str:
    """A decided class in words, with the kind of a poor household."""
    return class_word(spell.household_class, spell.subclass) if spell else class_word(None)


def standard_word(standard_id: str) -> str:
    """A standard inside a sentence: its name, or what the register calls one not loaded."""
    known = law().standards.get(standard_id)
    if known is None:
        return standard_id
    name = said(known.name)
    return name[:1].lower() + name[1:]


def village_word(lived: Household | Residence, on: date | None = None) -> str:
    """The village of a household, called as on a day (None: now); or that it is not known."""
    if lived.village is None:
        return _("chưa rõ thôn")
    return lived.village.name_on(on) if on else lived.village.name


def relation_word(code: str) -> str:
    """A relation to the head in words; empty where it is not known."""
    known = law().codes["relation_to_head_bhxh"].get(code)
    return said(known.label) if known else ""


def sex_word(sex: str) -> str:
    """A sex in words; empty where it is not known."""
    return str(Sex(sex).label) if sex else ""


def age_word(birth: PartialDate | None, on: date) -> str:
    """An age on a day: "17 tuổi", "5–6 tuổi", months for the youngest; empty if not known."""
    if birth is None:
        return ""
    low, high = (max(age, 0) for age in birth.ages_on(on))
    if high == 0:
        return _("dưới 1 tuổi")
    if low == high:
        return _("%(age)d tuổi") % {"age": low}
    return _("%(low)d–%(high)d tuổi") % {"low": low, "high": high}


def paper_of(spell: StatusSpell) -> str:
    """The paper behind a class, in words."""
    if spell.decision is None:
        return _("theo danh sách nhập vào, quyết định chưa rõ")
    return _("theo Quyết định số %(number)s ngày %(day)s của %(issuer)s") % {
        "number": spell.decision.number,
        "day": vi_date(spell.decision.issued_on),
        "issuer": spell.decision.issuer or _("cơ quan chưa rõ"),
    }


def place_of(household: Household) -> Unit:
    """The place whose rights a household stands under."""
    return household.village or household.commune


def warnings_of_stored(people: Iterable[Person]) -> dict[UUID, list[str]]:
    """What looks odd of the ID numbers kept, in words from which no digit can be read."""
    provinces = province_codes()
    found: dict[UUID, list[str]] = {}
    for person in people:
        try:
            found[person.id] = [said(one) for one in number_warnings(person, provinces)]
        except Unreadable:
            found[person.id] = []
    return found
