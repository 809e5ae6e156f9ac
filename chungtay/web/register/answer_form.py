"""The answers of a household as a form: prefilled, and only what was changed is sent on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from chungtay.households.models import Membership
from chungtay.households.queries.answers import Answers
from chungtay.rulebook.loading import law
from chungtay.rulebook.schema import Fact
from chungtay.rulebook.wording import catalogued
from chungtay.web.register.answer_values import (
    NONE_OF_THEM,
    Unreadable,
    raw_of,
    shown_value,
    value_of,
)
from chungtay.web.templating import said

MOST_BUTTONS = 8
YES_NO = (("1", catalogued("Có")), ("0", catalogued("Không")), ("", catalogued("Chưa rõ")))


@dataclass
class Question:
    """One question on the form: of the household, or of a member."""

    id: str
    fact: Fact
    member: str = ""
    was: str = ""
    typed: str = ""
    error: str = ""
    kept: str = ""

    @property
    def value(self) -> Any:
        """The answer typed; None where it is not known or not readable."""
        return _readable(self.fact, self.typed)

    @property
    def changed(self) -> bool:
        """Whether the person changed the answer she was shown."""
        return not _same(self.value, _readable(self.fact, self.was))

    @property
    def kind(self) -> str:
        """How the question is asked: radios, select, ticks or a number."""
        if self.fact.type == "choices":
            return "ticks"
        if self.fact.type in ("yes_no", "choice"):
            return "select" if len(self.fact.options) > MOST_BUTTONS else "radios"
        return "number"

    @property
    def options(self) -> list[tuple[str, str]]:
        """The answers to choose from, "chưa rõ" among them."""
        if self.fact.type == "yes_no":
            return [(value, _(word)) for value, word in YES_NO]
        known = [(one.code, said(one.label)) for one in self.fact.options if not one.not_known]
        if self.fact.type == "choices":
            return [*known, (NONE_OF_THEM, _("không có gì trong số này"))]
        return [*known, ("", _("chưa rõ"))]


@dataclass
class MemberQuestions:
    """The questions about one member."""

    id: str
    name: str
    about: str
    questions: list[Question]
    open: bool = False


@dataclass
class AnswerForm:
    """The whole sheet: the household's questions, ready-made indicators, the members'."""

    household: list[Question] = field(default_factory=list)
    noted: list[Question] = field(default_factory=list)
    members: list[MemberQuestions] = field(default_factory=list)

    def all(self) -> Iterator[Question]:
        """Every question, in the order of the sheet."""
        yield from self.household
        for member in self.members:
            yield from member.questions
        yield from self.noted

    def changed(self) -> list[Question]:
        """The questions whose answer the person changed to one that can be read."""
        return [one for one in self.all() if one.changed and not one.error]

    def errors(self) -> list[dict[str, str]]:
        """What cannot be read, field by field."""
        return [{"field": one.id, "text": one.error} for one in self.all() if one.error]

    def answers(self) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        """The changed answers, of the household and of the members by person."""
        household: dict[str, Any] = {}
        members: dict[str, dict[str, Any]] = {}
        for one in self.changed():
            target = members.setdefault(one.member, {}) if one.member else household
            target[one.fact.name] = one.value
        return household, members

    def was(self) -> str:
        """The answers as they were shown, for the form to carry along."""
        return json.dumps({one.id: one.was for one in self.all() if one.was})


def form_of(
    members: Sequence[Membership], known: Answers, *, about: dict[str, str], sensitive: bool
) -> AnswerForm:
    """The form prefilled with what is known; facts of the sensitive kind only if they are seen."""
    form = AnswerForm()
    ready_made = {one.ready_made for one in _indicators()}
    for fact in _facts("household", sensitive):
        if fact.name == "household_size" and members:
            continue
        target = form.noted if fact.name in ready_made else form.household
        target.append(_question(f"h_{fact.name}", fact, "", known.household))
    for row in members:
        person = str(row.person_id)
        values = known.members.get(person, {})
        questions = [
            _question(f"m_{person}_{fact.name}", fact, person, values)
            for fact in _facts("member", sensitive)
        ]
        name = row.person.full_name
        form.members.append(MemberQuestions(f"m_{person}", name, about[person], questions))
    return form


def fill(form: AnswerForm, posted: QueryDict) -> None:
    """Put what was typed into the form, and a sentence where it cannot be read."""
    was = _shown_before(posted)
    for one in form.all():
        one.was = was.get(one.id, "")
        one.typed = ",".join(posted.getlist(one.id)).strip()[:200]
        try:
            value_of(one.fact, one.typed)
        except Unreadable as error:
            one.error = str(error)


def merge(form: AnswerForm, current: AnswerForm) -> None:
    """After somebody else's change: keep what was typed, show what is kept now beside it.

    A question the person had not touched takes the newer answer.
    """
    now = {one.id: one.was for one in current.all()}
    for one in form.all():
        newer = now.get(one.id, "")
        moved = not _same(_readable(one.fact, newer), _readable(one.fact, one.was))
        if moved:
            one.kept = shown_value(one.fact, _readable(one.fact, newer))
            if not one.changed:
                one.typed = newer
        one.was = newer


def _question(id: str, fact: Fact, member: str, values: dict[str, Any]) -> Question:  # noqa: A002
    raw = raw_of(fact, values.get(fact.name))
    return Question(id, fact, member, raw, raw)


def _facts(scope: str, sensitive: bool) -> list[Fact]:
    return [
        fact
        for fact in law().facts.values()
        if fact.scope == scope
        and fact.held == "answer"
        and (sensitive or fact.sensitivity != "sensitive")
    ]


def _indicators() -> list[Any]:
    return [one for standard in law().standards.values() for one in standard.indicators]


def _shown_before(posted: QueryDict) -> dict[str, str]:
    try:
        was = json.loads(posted.get("was") or "{}")
    except ValueError:
        return {}
    if not isinstance(was, dict):
        return {}
    return {str(name): str(raw) for name, raw in was.items()}


def _readable(fact: Fact, raw: str) -> Any:
    try:
        return value_of(fact, raw)
    except Unreadable:
        return None


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return bool(one == other)
