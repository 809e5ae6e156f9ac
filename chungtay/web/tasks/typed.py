"""A task as a form gives it: read with care, each mistake a sentence at its field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from chungtay.places.models import Unit
from chungtay.rulebook.folding import fold, tidy
from chungtay.staff.models import Post
from chungtay.tasks.models import Recurrence, Rule
from chungtay.tasks.queries import is_ordered
from chungtay.tasks.services import TaskInput
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.tasks.words import post_words

TITLE_LENGTH, OFFICE_LENGTH, ASKED_LENGTH = 200, 160, 4000
MOST_OFFICES = 20
JUMPS = {"due": "due_day", "until": "until_day"}


@dataclass
class Typed:
    """The form as it was filled, and what is wrong with it."""

    title: str = ""
    asked: str = ""
    lead: str = ""
    office: str = ""
    cooperating: list[str] = field(default_factory=list)
    offices: str = ""
    rule: str = Rule.ON_OR_BEFORE
    recurrence: str = Recurrence.ONCE
    due: TypedDate = field(default_factory=lambda: TypedDate(boxes_of(None)))
    until: TypedDate = field(default_factory=lambda: TypedDate(boxes_of(None)))
    wrong: dict[str, str] = field(default_factory=dict)

    def errors(self, prefix: str = "") -> Iterator[dict[str, str]]:
        """What is wrong, with the field to jump to."""
        for name, text in self.wrong.items():
            yield {"field": f"{prefix}{JUMPS.get(name, name)}", "text": text}


def read_typed(posted: QueryDict, prefix: str = "") -> Typed:
    """The fields of one task, their names behind a prefix where a page has several."""
    return Typed(
        title=tidy(posted.get(f"{prefix}title", ""))[:TITLE_LENGTH],
        asked=posted.get(f"{prefix}asked", "").strip()[:ASKED_LENGTH],
        lead=posted.get(f"{prefix}lead", ""),
        office=tidy(posted.get(f"{prefix}office", ""))[:OFFICE_LENGTH],
        cooperating=posted.getlist(f"{prefix}cooperating"),
        offices=posted.get(f"{prefix}offices", "").strip()[: OFFICE_LENGTH * MOST_OFFICES],
        rule=posted.get(f"{prefix}rule", ""),
        recurrence=posted.get(f"{prefix}recurrence", Recurrence.ONCE),
        due=read_date(posted, f"{prefix}due", _("Hạn"), whole=True),
        until=read_date(posted, f"{prefix}until", _("Lặp lại đến ngày"), whole=True),
    )


def given_of(typed: Typed, posts: dict[str, Post], subject_key: str = "") -> TaskInput | None:
    """What was typed as a task; None with the sentences beside the fields."""
    if not typed.title:
        typed.wrong["title"] = _("Hãy ghi ngắn gọn việc phải làm.")
    lead: Post | str | None = posts.get(typed.lead) or typed.office or None
    if lead is None:
        typed.wrong["lead"] = _("Hãy chọn chức danh chủ trì, hoặc ghi tên cơ quan ở ô bên dưới.")
    due_on, wrong = whole_day(typed.due, _("Hạn"))
    if wrong:
        typed.wrong["due"] = wrong
    if typed.rule not in Rule.values:
        typed.wrong["rule"] = _("Hãy chọn cách tính hạn.")
    until = _until(typed)
    if typed.wrong or lead is None or due_on is None:
        return None
    return TaskInput(
        title=typed.title,
        due_on=due_on,
        lead=lead,
        cooperating=_cooperating(typed, posts),
        asked=typed.asked,
        rule=typed.rule,
        recurrence=typed.recurrence,
        until=until,
        subject_key=subject_key,
    )


def _until(typed: Typed) -> date | None:
    """The last day of what recurs, which must then be given."""
    if typed.recurrence not in Recurrence.values:
        typed.wrong["recurrence"] = _("Hãy chọn một cách lặp lại trong danh sách.")
    if typed.recurrence == Recurrence.ONCE:
        return None
    until, wrong = whole_day(typed.until, _("Lặp lại đến ngày"))
    if wrong:
        typed.wrong["until"] = wrong
    return until


def _cooperating(typed: Typed, posts: dict[str, Post]) -> list[Post | str]:
    """The posts ticked and the offices typed; a line that is a post's own words means the post."""
    by_words = {fold(post_words(post)): post for post in posts.values()}
    named = [tidy(line)[:OFFICE_LENGTH] for line in typed.offices.splitlines()]
    chosen = [posts[one] for one in typed.cooperating if one in posts]
    written = [by_words.get(fold(one), one) for one in named if one]
    return [*chosen, *written[:MOST_OFFICES]]


def choices_of(place: Unit, posts: Iterable[Post]) -> list[tuple[str, str]]:
    """Posts to choose from, each told whether it is ordered or asked."""
    return [(str(post.pk), _choice(place, post)) for post in posts]


def _choice(place: Unit, post: Post) -> str:
    words = {"post": post_words(post)}
    if is_ordered(place, post):
        return _("%(post)s (giao)") % words
    return _("%(post)s (đề nghị)") % words


def kinds_of() -> dict[str, Any]:
    """How a due day is counted and how a task comes again, as lists to choose from."""
    return {
        "rules": [(one.value, one.label) for one in Rule],
        "recurrences": [(one.value, one.label) for one in Recurrence],
    }
