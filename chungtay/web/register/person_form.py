"""A person as a form: read with care, forgiving of what is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chungtay.households.citizen_ids import province_codes
from chungtay.households.models import Person, Sex
from chungtay.households.models.people import HEAD
from chungtay.households.writing import PersonInput
from chungtay.rulebook.citizen_numbers import told_to_writer
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date
from chungtay.sync.reading.cards import Card
from chungtay.web.register.dates import TypedDate, boxes_of, read_date
from chungtay.web.templating import said

TEXTS = ("full_name", "relation", "sex", "ethnicity", "citizen_id")
NAME_LENGTH = 120
ID_LENGTHS = (9, 12)
ID_SIGNS = re.compile(r"[\s.\-]")
OLD_AGE = 120


@dataclass
class PersonForm:
    """What was typed of one person, what it means, and what is wrong with it, by field."""

    prefix: str
    typed: dict[str, str]
    birth: TypedDate
    errors: dict[str, str] = field(default_factory=dict)
    asks_age: bool = False
    warnings: list[str] = field(default_factory=list)

    @property
    def blank(self) -> bool:
        """Whether nothing was typed but choices from lists."""
        boxes = any(self.birth.boxes.values())
        return not (self.typed["full_name"] or self.typed["citizen_id"] or boxes)

    @property
    def citizen_id(self) -> str:
        """The digits of the ID number typed."""
        return ID_SIGNS.sub("", self.typed["citizen_id"])

    def said(self) -> list[dict[str, str]]:
        """The errors for the summary on top."""
        return [{"field": name, "text": wrong} for name, wrong in self.errors.items()]

    def wrong(self, name: str) -> str | None:
        """The sentence at one field."""
        return self.errors.get(self.at(name))

    def at(self, name: str) -> str:
        """The name of a field on the page."""
        return f"{self.prefix}{name}"

    def given(self) -> PersonInput:
        """The person as the register takes one in."""
        return PersonInput(
            full_name=self.typed["full_name"],
            relation=self.typed["relation"],
            sex=self.typed["sex"],
            birth=self.birth.value,
            citizen_id=self.citizen_id or None,
            ethnicity=self.typed["ethnicity"],
        )


def blank_form(prefix: str, relation: str = "") -> PersonForm:
    """An empty form."""
    typed = dict.fromkeys(TEXTS, "") | {"relation": relation}
    return PersonForm(prefix, typed, TypedDate(boxes_of(None)))


def form_of(person: Person) -> PersonForm:
    """The form of a person in the register; the ID number is never shown."""
    typed = {
        "full_name": person.full_name,
        "relation": "",
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "citizen_id": "",
    }
    return PersonForm("", typed, TypedDate(boxes_of(person.birth), person.birth))


def read_person(
    posted: Mapping[str, Any], prefix: str, on: date, kept_ethnicity: str = ""
) -> PersonForm:
    """The person typed, born by a day; nothing typed is lost on an error.

    ``kept_ethnicity`` is one the register keeps as written though no list names it.
    """
    typed = {name: tidy(str(posted.get(f"{prefix}{name}", ""))) for name in TEXTS}
    who = typed["full_name"]
    label = _("Ngày sinh của %(who)s") % {"who": who} if who else _("Ngày sinh")
    form = PersonForm(prefix, typed, read_date(posted, f"{prefix}birth", label))
    if prefix and form.blank:
        return form
    _check_name(form)
    _check_choices(form, kept_ethnicity)
    _check_citizen_id(form)
    _check_birth(form, on, label, confirmed=bool(posted.get(f"{prefix}old")))
    form.warnings = warnings_of(form)
    return form


def warnings_of(form: PersonForm) -> list[str]:
    """What looks odd of the number typed, said to its writer; it is saved all the same."""
    if not form.citizen_id:
        return []
    sex, birth = form.typed["sex"], form.birth.value
    told = told_to_writer(form.citizen_id, sex, birth, province_codes())
    return [said(sentence) for sentence in told]


def fill_from(form: PersonForm, card: Card) -> None:
    """Take into a form what a card says; what it leaves out stays as typed."""
    form.typed["full_name"] = card.full_name
    if card.sex:
        form.typed["sex"] = card.sex
    if card.citizen_id:
        form.typed["citizen_id"] = card.citizen_id
    if card.birth is not None:
        form.birth = TypedDate(boxes_of(card.birth), card.birth)
    form.errors.clear()
    form.warnings = warnings_of(form)


def _check_name(form: PersonForm) -> None:
    name = form.typed["full_name"]
    if not name:
        form.errors[form.at("full_name")] = _("Họ và tên không được để trống. Hãy ghi tên.")
    elif len(name) > NAME_LENGTH or not any(sign.isalpha() for sign in name):
        form.errors[form.at("full_name")] = _("Họ và tên “%(name)s” không giống một tên người.") % {
            "name": name[:40]
        }


def _check_choices(form: PersonForm, kept_ethnicity: str) -> None:
    """What is not among the choices counts as not known."""
    if form.typed["sex"] not in Sex.values:
        form.typed["sex"] = ""
    if form.typed["relation"] not in law().codes["relation_to_head_bhxh"]:
        form.typed["relation"] = ""
    if form.typed["ethnicity"] not in {kept_ethnicity, *law().codes["ethnic_groups"]}:
        form.typed["ethnicity"] = ""


def _check_citizen_id(form: PersonForm) -> None:
    digits = form.citizen_id
    if not digits:
        return
    if not (digits.isascii() and digits.isdecimal()):
        text = _("Số định danh chỉ gồm chữ số: 12 số, hoặc 9 số của chứng minh nhân dân cũ.")
        form.errors[form.at("citizen_id")] = text
    elif len(digits) not in ID_LENGTHS:
        text = _(
            "Số định danh đang có %(count)d chữ số; cần 12 số, hoặc 9 số của chứng minh nhân dân "
            "cũ. Chưa có số thì để trống."
        )
        form.errors[form.at("citizen_id")] = text % {"count": len(digits)}


def _check_birth(form: PersonForm, on: date, label: str, *, confirmed: bool) -> None:
    at, birth = form.at("birth_day"), form.birth.value
    if form.birth.error:
        form.errors[at] = form.birth.error
    elif birth is not None and birth.earliest() > on:
        text = _("%(label)s %(birth)s sau ngày %(on)s. Hãy xem lại năm sinh.")
        form.errors[at] = text % {"label": label, "birth": birth, "on": vi_date(on)}
    elif birth is not None and birth.ages_on(on)[0] > OLD_AGE:
        form.asks_age = True
        if not confirmed:
            text = _("%(label)s %(birth)s là hơn %(age)d tuổi. Nếu đúng, tích “Vẫn ghi tuổi này”.")
            form.errors[at] = text % {"label": label, "birth": birth, "age": OLD_AGE}


def relation_choices() -> list[tuple[str, str]]:
    """The relations to the head, for those who are not the head."""
    codes = law().codes["relation_to_head_bhxh"].values()
    return [("", _("chưa rõ")), *((one.code, said(one.label)) for one in codes if one.code != HEAD)]


def sex_choices() -> list[tuple[str, str]]:
    """The sexes as written on the papers, and not known."""
    return [*((value, str(label)) for value, label in Sex.choices), ("", _("Chưa rõ"))]


def ethnicity_choices(kept: str = "") -> list[tuple[str, str]]:
    """The official names of the ethnic groups, not known, and what is kept as it was written."""
    names = dict.fromkeys([*law().codes["ethnic_groups"], *([kept] if kept else [])])
    return [("", _("chưa rõ")), *((name, name) for name in names)]


def changes_of(person: Person, form: PersonForm, *, sensitive: bool) -> dict[str, Any]:
    """What the form changes of a person; an empty ID box leaves the number as it is."""
    given: dict[str, Any] = {
        "full_name": form.typed["full_name"],
        "sex": form.typed["sex"],
        "birth": form.birth.value,
    }
    if sensitive:
        given["ethnicity"] = form.typed["ethnicity"]
    changed = {name: value for name, value in given.items() if getattr(person, name) != value}
    if form.citizen_id:
        changed["citizen_id"] = form.citizen_id
    return changed


def shown_field(name: str, value: Any) -> str:
    """A field of a person in words."""
    if name == "sex":
        return dict(sex_choices()).get(value, _("chưa rõ"))
    if isinstance(value, PartialDate):
        return str(value)
    return str(value) if value else _("chưa rõ")
