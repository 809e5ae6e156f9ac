"""The sheets of a commune and a year: of its villages, of its offices, of its people."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from chungtay.places.models import Unit
from chungtay.plans.offices import answering
from chungtay.reports.models import OwedReport
from chungtay.reports.sheets.asked import Asked
from chungtay.reports.sheets.figures import PARTS, Figure, Sheet, SheetKind, counted, unknown
from chungtay.reports.sheets.households import families_of, helpers_of, plan_asked
from chungtay.reports.sheets.supervising import holds, supervised
from chungtay.reports.sheets.tallies import (
    asked_figures,
    first_sent,
    parts_of_year,
    report_figures,
    reports_of_year,
    task_figures,
)
from chungtay.rulebook.folding import fold
from chungtay.staff.models import Holding, Post
from chungtay.staff.policy import roles
from chungtay.tasks.models import TaskPart

NOT_HELD = ("needs_met", "helped", "visits")
NAMED = "ten-"
WORDS = re.compile(r"[a-z0-9]+")
ORDER = [key for _title, keys in PARTS for key in keys]


@dataclass(frozen=True)
class Helped:
    """The households each office helps by the plan, and what offices without a post are called."""

    households: dict[str, list[UUID]]
    names: dict[str, str]


def sheets_of(asked: Asked, kind: SheetKind) -> list[Sheet]:
    """The sheets of one kind, in the order they are listed."""
    make = {"village": village_sheets, "office": office_sheets, "person": person_sheets}
    return list(make[kind](asked))


def village_sheets(asked: Asked) -> Iterator[Sheet]:
    """A sheet for each village: its households, its duties, its reports, its supervision."""
    villages = asked.villages()
    families, records = families_of(asked), supervised(asked)
    parts, reports = parts_of_year(asked), reports_of_year(asked)
    sent = first_sent(reports)
    for village in villages:
        mine = [part for part in parts if _at(part, village)]
        posts = {part.post_id for part in mine if part.post_id is not None}
        posts |= set(village.posts.values_list("pk", flat=True))
        seats = [one for one in records.seats if one.post.unit_id == village.pk]
        yield _sheet(
            "village",
            str(village.pk),
            village.name_on(asked.on),
            "",
            [
                *families.figures(village.pk),
                *task_figures(mine, asked.on),
                *report_figures(
                    (one for one in reports if one.unit_id == village.pk), sent, asked.on
                ),
                *records.of_place(village.pk),
                *records.to_mend(posts),
                *records.training(seats),
            ],
        )


def office_sheets(asked: Asked) -> Iterator[Sheet]:
    """A sheet for each office: the posts of one role, or an office known by its name alone."""
    posts, parts = asked.posts(), parts_of_year(asked)
    records, helped = supervised(asked), _helped_by(asked, posts)
    reports = [one for one in reports_of_year(asked) if one.office]
    by_role: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        by_role[post.role].append(post)
    for role in sorted(by_role, key=_place_of):
        own = by_role[role]
        mine = [part for part in parts if part.post_id in {post.pk for post in own}]
        seats = [one for one in records.seats if one.post_id in {post.pk for post in own}]
        yield _sheet(
            "office",
            role,
            own[0].title if len(own) == 1 else roles()[role].name_on(asked.on),
            "",
            [
                counted("help_planned", helped.households.get(role, ())),
                *task_figures(mine, asked.on),
                *asked_figures(mine),
                *records.of_posts(own),
                *records.training(seats),
            ],
        )
    yield from _by_name(asked, parts, reports, helped)


def _by_name(
    asked: Asked, parts: list[TaskPart], reports: list[OwedReport], helped: Helped
) -> Iterator[Sheet]:
    """The offices without a post here: what tasks, reports and the plan call them."""
    sent = first_sent(reports)
    called = [part.office for part in parts if part.office]
    called += [one.office for one in reports]
    names = helped.names | {_slug(one): one for one in called}
    for slug in sorted(names):
        mine = [part for part in parts if part.office and _slug(part.office) == slug]
        owed = [one for one in reports if _slug(one.office) == slug]
        yield _sheet(
            "office",
            slug,
            names[slug],
            "",
            [
                counted("help_planned", helped.households.get(slug, ())),
                *task_figures(mine, asked.on),
                *asked_figures(mine),
                *report_figures(owed, sent, asked.on),
            ],
        )


def person_sheets(asked: Asked) -> Iterator[Sheet]:
    """A sheet for each person who held a post of the commune or a village during the year."""
    records, parts = supervised(asked), parts_of_year(asked)
    by_user: dict[int, list[Holding]] = defaultdict(list)
    for holding in holdings_of(asked):
        by_user[holding.user_id].append(holding)
    for user_id, held in sorted(by_user.items(), key=lambda one: fold(one[1][0].user.full_name)):
        mine = [part for part in parts if any(_from(part, one) for one in held)]
        seats = [one for one in records.seats if one.user_id == user_id]
        yield _sheet(
            "person",
            str(user_id),
            held[0].user.full_name,
            "; ".join(dict.fromkeys(f"{one.post.title}, {one.post.unit.name}" for one in held)),
            [
                *task_figures(mine, asked.on),
                *records.of_holdings(held),
                *records.training(seats),
            ],
        )


def holdings_of(asked: Asked) -> list[Holding]:
    """Who held which post of the commune and its villages during the year."""
    posts = [*asked.posts(), *asked.posts(asked.villages())]
    during = Q(valid_from__lte=asked.on) & (Q(valid_to=None) | Q(valid_to__gte=asked.first_day))
    rows = Holding.objects.filter(during, post__in=posts)
    return list(rows.select_related("user", "post__unit").order_by("valid_from", "pk"))


def _sheet(
    kind: SheetKind, subject: str, name: str, about: str, figures: Iterable[Figure]
) -> Sheet:
    """A sheet with its figures in order; what the program does not hold stands among them."""
    found = {one.key: one for one in (*figures, *map(unknown, NOT_HELD))}
    return Sheet(kind, subject, name, about, tuple(found[key] for key in ORDER if key in found))


def _at(part: TaskPart, village: Unit) -> bool:
    return part.post is not None and part.post.unit_id == village.pk


def _from(part: TaskPart, held: Holding) -> bool:
    """Whether a task fell to somebody: its last day lies within the time the post was held."""
    return part.post_id == held.post_id and holds(held, part.task.last_day)


def _helped_by(asked: Asked, posts: list[Post]) -> Helped:
    """The households of the plan by the office that helps them: by role, or by its name."""
    households: dict[str, list[UUID]] = defaultdict(list)
    names: dict[str, str] = {}
    for helper, row in helpers_of(plan_asked(asked)):
        lead = answering(asked.place, [helper], posts, asked.on).lead
        key = lead.role if isinstance(lead, Post) else _slug(helper)
        households[key].append(row.household_id)
        if not isinstance(lead, Post):
            names[key] = helper
    return Helped(households, names)


def _slug(name: str) -> str:
    return NAMED + "-".join(WORDS.findall(fold(name)))


def _place_of(role: str) -> int:
    order = list(roles())
    return order.index(role) if role in order else len(order)
