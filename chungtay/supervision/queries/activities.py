"""Questions about communication and training: who sees them, who should be trained, who was."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.db.models import Q, QuerySet

from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence, vi_int, vi_percent
from chungtay.staff.models import Holding
from chungtay.staff.policy import PostActor
from chungtay.supervision.models import Activity, ActivityKind, TrainingSeat
from chungtay.supervision.queries.inspections import NOBODY, SEE

ORGANISE = "supervision.organise"


@cache
def poverty_roles() -> frozenset[str]:
    """The roles whose posts count as poverty work."""
    with (Path(__file__).parent.parent / "poverty_posts.toml").open("rb") as file:
        return frozenset(tomllib.load(file)["roles"])


def activities_seen_by(actor: PostActor) -> QuerySet[Activity]:
    """The one gate: those of the actor's places, and trainings the actor is nominated for."""
    seats = TrainingSeat.objects.filter(user=actor.user_id, withdrawn=False)
    condition = _of_places(actor.units_for(SEE)) | Q(pk__in=seats.values("activity"))
    return Activity.objects.filter(condition).select_related("unit__parent")


def activities_of(
    actor: PostActor, units: Iterable[Unit], year: int, kind: str = ""
) -> QuerySet[Activity]:
    """Those of some places in a year, and the actor's own trainings; of one kind or of both."""
    own = TrainingSeat.objects.filter(user=actor.user_id, withdrawn=False).values("activity")
    found = activities_seen_by(actor).filter(
        _of_places(units) | Q(pk__in=own), on__year=year, withdrawn=False
    )
    if kind in ActivityKind.values:
        found = found.filter(kind=kind)
    return found.order_by("-on", "-pk")


def poverty_holdings(units: Iterable[Unit], year: int) -> list[Holding]:
    """Who held a poverty post in some places during a year, each person once."""
    condition = NOBODY
    for unit in units:
        if unit.path:
            condition |= Q(post__unit__path__startswith=unit.path)
    during = Q(valid_from__lte=date(year, 12, 31)) & (
        Q(valid_to=None) | Q(valid_to__gte=date(year, 1, 1))
    )
    rows = Holding.objects.filter(condition, during, post__role__in=poverty_roles())
    ordered = rows.select_related("user", "post__unit").order_by(
        "post__unit__level", "post__unit__folded", "valid_from", "pk"
    )
    once: dict[int, Holding] = {}
    for holding in ordered:
        once.setdefault(holding.user_id, holding)
    return list(once.values())


def seats_of(activity: Activity) -> list[TrainingSeat]:
    """Who is nominated for a training, with who came."""
    rows = TrainingSeat.objects.filter(activity=activity, withdrawn=False)
    return list(rows.select_related("user", "post__unit").order_by("pk"))


@dataclass(frozen=True)
class Trained:
    """How many of those who held a poverty post in a year were trained in it."""

    year: int
    trained: int
    holders: int

    def words(self) -> Sentence:
        """The share with its two numbers."""
        if not self.holders:
            return Sentence(
                "Năm {year} chưa có ai giữ chức danh làm công tác giảm nghèo ở đây.",
                year=str(self.year),
            )
        return Sentence(
            "{trained} trên {holders} người giữ chức danh làm công tác giảm nghèo năm {year} đã "
            "dự tập huấn trong năm, bằng {share}.",
            trained=vi_int(self.trained),
            holders=vi_int(self.holders),
            year=str(self.year),
            share=vi_percent(Decimal(100 * self.trained) / self.holders),
        )


def trained_in(units: Iterable[Unit], year: int) -> Trained:
    """Trained this year over holding a poverty post this year, whoever gave the training."""
    holders = {holding.user_id for holding in poverty_holdings(units, year)}
    came = TrainingSeat.objects.filter(
        user__in=holders,
        attended=True,
        activity__kind=ActivityKind.TRAINING,
        activity__on__year=year,
        activity__withdrawn=False,
    )
    return Trained(year, came.values("user").distinct().count(), len(holders))


def _of_places(units: Iterable[Unit]) -> Q:
    condition = NOBODY
    for unit in units:
        if unit.path:
            condition |= Q(unit__path__startswith=unit.path)
    return condition
