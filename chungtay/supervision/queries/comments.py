"""Questions about comments on drafts: which an actor sees, who may settle them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from chungtay.places.models import Unit
from chungtay.plans.models import Plan
from chungtay.plans.queries import plans_seen_by
from chungtay.staff.policy import PostActor
from chungtay.supervision.models import CommentOutcome, PlanComment
from chungtay.supervision.queries.inspections import NOBODY

STANDS = Q(draft_comments__withdrawn=False)


def comments_seen_by(actor: PostActor) -> QuerySet[PlanComment]:
    """The one gate: comments on the plans an actor sees."""
    found = PlanComment.objects.filter(plan__in=plans_seen_by(actor).values("pk"))
    return found.select_related("plan__unit__parent")


def comments_on(plan: Plan) -> list[PlanComment]:
    """What was said of a plan, in the order it came."""
    return list(PlanComment.objects.filter(plan=plan).order_by("on", "pk"))


def commented_plans(actor: PostActor, units: Iterable[Unit], year: int) -> QuerySet[Plan]:
    """The plans of some places for a year, each with its comments and those left to settle."""
    inside = NOBODY
    for unit in units:
        if unit.path:
            inside |= Q(unit__path__startswith=unit.path)
    left = STANDS & Q(draft_comments__outcome=CommentOutcome.UNSETTLED)
    counted = (
        plans_seen_by(actor)
        .filter(inside, year=year)
        .annotate(
            comment_count=Count("draft_comments", filter=STANDS),
            left_count=Count("draft_comments", filter=left),
        )
    )
    return counted.order_by("unit__path", "subject", "pk")
