"""Questions about tasks: which an actor sees, which are hers, which nobody holds any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from chungtay.places.models import Level, Unit
from chungtay.staff.models import Holding, Post
from chungtay.staff.policy import PostActor, roles
from chungtay.staff.queries import holding_on
from chungtay.tasks.models import Progress, Task, TaskPart

SEE, SEE_ALL, DO, OPEN = "tasks.see", "tasks.see_all", "tasks.do", "tasks.open"
NOBODY = Q(pk__in=())
NEAR_ROLES = ("chairman", "officer", "district_officer")


def tasks_seen_by(actor: PostActor) -> QuerySet[Task]:
    """The one gate: the tasks of places seen whole, and those of the actor's own offices."""
    whole = _within(actor.units_for(SEE_ALL), "unit__")
    given = _within(actor.units_for(SEE_ALL), "post__unit__")
    assigned = _standing(Q(post__in=office_of(actor)) | given)
    return _listed(Task.objects.filter(whole | Q(assigned)))


def tasks_of_posts(actor: PostActor, posts: QuerySet[Post]) -> QuerySet[Task]:
    """Of the tasks an actor sees those that some posts lead or cooperate in."""
    return tasks_seen_by(actor).filter(_standing(Q(post__in=posts)))


def own_posts(actor: PostActor) -> QuerySet[Post]:
    """The posts an actor holds today."""
    return Post.objects.filter(pk__in=[hold.post_id for hold in actor.holdings])


def office_of(actor: PostActor) -> QuerySet[Post]:
    """The posts of the actor's offices: the same role at the same unit; in a village all of it."""
    condition = NOBODY
    for hold in actor.holdings:
        if SEE not in roles()[hold.post.role].rights:
            continue
        same = Q(unit=hold.post.unit_id)
        if hold.post.unit.level != Level.VILLAGE:
            same &= Q(role=hold.post.role)
        condition |= same
    return Post.objects.filter(condition)


def open_tasks(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Those not done and not withdrawn, the most urgent first."""
    left = tasks.filter(withdrawn=False).exclude(progress=Progress.DONE)
    return left.order_by("last_day", "pk")


def without_holder(tasks: QuerySet[Task], on: date) -> QuerySet[Task]:
    """Open tasks of which some post has nobody on a day: it ended, or its holder left."""
    return open_tasks(tasks).filter(_standing(Q(~_held(on), post__isnull=False)))


def works_on(actor: PostActor, task: Task) -> Unit | None:
    """Where an actor works on a task: the unit of her office's post, or the task's own."""
    mine = office_of(actor).filter(task_parts__task=task, task_parts__passed_on=False)
    post = mine.select_related("unit__parent").first()
    if post is not None:
        return post.unit
    return task.unit if actor.may(OPEN, task.unit) else None


def posts_to_ask(place: Unit, on: date) -> list[Post]:
    """The posts a place may give tasks to: its own, its villages', those next below and above."""
    below = Q(unit__parent=place) & ~Q(unit__level=Level.VILLAGE) & Q(role__in=NEAR_ROLES)
    villages = Q(unit__parent=place, unit__level=Level.VILLAGE)
    near = Q(unit=place) | villages | below
    if place.level == Level.COMMUNE:
        near |= Q(unit=place.parent_id)
    standing = (Q(valid_from=None) | Q(valid_from__lte=on)) & (
        Q(valid_to=None) | Q(valid_to__gte=on)
    )
    found = Post.objects.filter(near, standing).select_related("unit__parent")
    order = list(roles())
    return sorted(
        found,
        key=lambda one: (
            one.unit_id != place.pk,
            one.unit.level,
            one.unit.folded,
            order.index(one.role) if one.role in order else len(order),
            one.title,
        ),
    )


def is_ordered(place: Unit, post: Post) -> bool:
    """Whether a place's Ủy ban nhân dân orders a post; all others it asks."""
    role = roles().get(post.role)
    own = post.unit_id == place.pk or (
        post.unit.level == Level.VILLAGE and post.unit.parent_id == place.pk
    )
    return own and role is not None and role.of_committee


def holders_of(posts: Iterable[Post], on: date) -> dict[int, list[str]]:
    """The names of who holds each post on a day."""
    found: dict[int, list[str]] = {}
    held = Holding.objects.filter(holding_on(on), post__in=list(posts))
    for post_id, name in held.values_list("post_id", "user__full_name").order_by("pk"):
        found.setdefault(post_id, []).append(name)
    return found


def _within(units: Iterable[Unit], prefix: str) -> Q:
    condition = NOBODY
    for unit in units:
        condition |= Q(**{f"{prefix}path__startswith": unit.path})
    return condition


def _standing(condition: Q) -> Exists:
    rows = TaskPart.objects.filter(condition, task=OuterRef("pk"), passed_on=False)
    return Exists(rows)


def _held(on: date) -> Exists:
    return Exists(Holding.objects.filter(holding_on(on), post=OuterRef("post")))


def _listed(tasks: QuerySet[Task]) -> QuerySet[Task]:
    standing = TaskPart.objects.filter(passed_on=False).select_related("post__unit__parent")
    ordered = standing.order_by("-leads", "pk")
    return tasks.select_related("unit__parent").prefetch_related(Prefetch("parts", ordered))
