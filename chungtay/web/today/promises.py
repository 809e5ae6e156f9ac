"""What the units below promised: their parts of the place's own plan, or their own plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chungtay.plans.models import Plan, PlanTarget
from chungtay.plans.progress import Progress
from chungtay.plans.states import standing
from chungtay.rulebook.promise_words import population_words
from chungtay.rulebook.promises import Population
from chungtay.rulebook.wording import vi_int
from chungtay.web.here import Here

MINUS = "−"


@dataclass(frozen=True)
class Promise:
    """How many households fewer each unit promised, and how many fewer it has, by its id."""

    label: str
    parts: Mapping[int, tuple[int, int]]

    def said(self, units: Iterable[int]) -> str:
        """ "3/5": fallen of promised, over some units; a dash where nothing was promised."""
        found = [self.parts[unit] for unit in units if unit in self.parts]
        if not found:
            return "–"
        fallen, promised = (sum(column) for column in zip(*found, strict=True))
        return f"{vi_int(fallen)}/{vi_int(promised)}".replace("-", MINUS)


def parts_of(progress: Iterable[Progress]) -> list[Promise]:
    """The promises of a plan that are shared out over the units below."""
    return [
        Promise(
            population_words(one.derived.cell.kind.population),
            {part.part.cell.unit: (part.fallen, part.part.reduction) for part in one.parts},
        )
        for one in progress
        if one.parts
    ]


def own_promises(here: Here, poor: Mapping[int, int]) -> list[Promise]:
    """The promise of each unit's own plan about all its poor; ``poor`` says how many it has now."""
    if not here.actor.may("plans.see", here.place):
        return []
    targets = PlanTarget.objects.filter(
        plan__in=standing(Plan.objects.filter(unit__in=list(poor), year=here.year)).values("pk"),
        classes="poor",
        subclass="",
        group="",
        measure=PlanTarget.Measure.COUNT,
        opening__isnull=False,
        number_open=False,
    )
    rows = targets.order_by("plan__edition", "plan", "position")
    parts = {
        unit: ((opening or 0) - poor[unit], reduction or 0)
        for unit, opening, reduction in rows.values_list("plan__unit", "opening", "reduction")
    }
    return [Promise(population_words(Population(classes=("poor",))), parts)] if parts else []
