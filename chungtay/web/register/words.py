"""Words the register's pages share: classes, villages, relations, ages."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from chungtay.households.models import Household, HouseholdClass, Residence, Sex, StatusSpell
from chungtay.places.models import Unit
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date
from chungtay.web.templating import said

NO_CLASS_KEY = "none"


def class_word(household_class: str | None) -> str:
    """A class in words; none and not known included."""
    if household_class is None or household_class == NO_CLASS_KEY:
        return _("Không thuộc diện")
    if household_class == "unknown":
        return _("Chưa kết luận được")
    return str(HouseholdClass(household_class).label)


def village_word(lived: Household | Residence) -> str:
    """The village of a household now, or of where it lived; or that it is not known."""
    return lived.village.name if lived.village else _("chưa rõ thôn")


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
        return _("theo danh sách nhập vào")
    return _("theo Quyết định số %(number)s ngày %(day)s của %(issuer)s") % {
        "number": spell.decision.number,
        "day": vi_date(spell.decision.issued_on),
        "issuer": spell.decision.issuer,
    }


def place_of(household: Household) -> Unit:
    """The place whose rights a household stands under."""
    return household.village or household.commune
