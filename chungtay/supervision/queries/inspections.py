"""Questions about inspections: which an actor sees, what is still to be mended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chungtay.places.models import Unit
from chungtay.places.queries import standing
from chungtay.staff.policy import PostActor
from chungtay.supervision.models import Inspection, InspectionFinding
from chungtay.tasks.models import Task

SEE, INSPECT = "supervision.see", "supervision.inspect"
NOBODY = Q(pk__in=())
OPEN = Q(withdrawn=False, closed_on=None)


def inspections_seen_by(actor: PostActor) -> QuerySet[Inspection]:
    """The one gate: what the places of an actor inspected, and where they were inspected."""
    found = Inspection.objects.filter(_of_places(actor.units_for(SEE)))
    return found.select_related("unit__parent", "place__parent", "post__unit")


def findings_seen_by(actor: PostActor) -> QuerySet[InspectionFinding]:
    """What was found by the inspections an actor sees."""
    seen = inspections_seen_by(actor).values("pk")
    found = InspectionFinding.objects.filter(inspection__in=seen)
    return found.select_related("inspection__unit__parent", "inspection__place", "post__unit")


def inspections_of(
    actor: PostActor, units: Iterable[Unit], year: int, state: str = ""
) -> QuerySet[Inspection]:
    """Those of some places in a year, and earlier ones with something still to be mended."""
    left = InspectionFinding.objects.filter(OPEN, inspection=OuterRef("pk"))
    of_year = Q(on__year=year) | (Q(on__year__lt=year) & Exists(left))
    found = inspections_seen_by(actor).filter(_of_places(units), of_year, withdrawn=False)
    if state == "open":
        found = found.filter(Exists(left))
    return found.order_by("-on", "-pk")


def with_counts(found: QuerySet[Inspection], on: date) -> QuerySet[Inspection]:
    """Each with how much it found, how much is still open, and how much of it is late on a day."""
    stands = Q(findings__withdrawn=False)
    still = stands & Q(findings__closed_on=None)
    return found.annotate(
        found_count=Count("findings", filter=stands),
        open_count=Count("findings", filter=still),
        late_count=Count("findings", filter=still & Q(findings__due_on__lt=on)),
    )


def findings_of(inspection: Inspection) -> list[InspectionFinding]:
    """What an inspection found, in the order it was written."""
    rows = InspectionFinding.objects.filter(inspection=inspection)
    return list(rows.select_related("post__unit").order_by("pk"))


def task_of(finding: InspectionFinding) -> Task | None:
    """The task of mending a finding."""
    return tasks_of(finding.inspection, [finding]).get(finding.pk)


def tasks_of(inspection: Inspection, findings: Iterable[InspectionFinding]) -> dict[int, Task]:
    """The task of each finding of an inspection."""
    by_key = {finding.subject_key: finding.pk for finding in findings}
    rows = Task.objects.filter(unit=inspection.unit_id, subject_key__in=by_key)
    return {by_key[task.subject_key]: task for task in rows.select_related("unit__parent")}


def places_to_inspect(unit: Unit, on: date) -> list[Unit]:
    """A place itself and those directly below it on a day; of a commune its villages."""
    below = Unit.objects.filter(standing(on), parent=unit).select_related("parent")
    return [unit, *below.order_by("level", "folded")]


def _of_places(units: Iterable[Unit]) -> Q:
    condition = NOBODY
    for unit in units:
        if not unit.path:
            continue  # a unit without a path reaches nothing
        condition |= Q(unit__path__startswith=unit.path) | Q(place__path__startswith=unit.path)
    return condition
