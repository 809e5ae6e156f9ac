"""What supervision says of a village, an office or a person in a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chungtay.reports.sheets.asked import Asked
from chungtay.reports.sheets.figures import Figure, counted
from chungtay.staff.models import Holding, Post
from chungtay.supervision.models import (
    ActivityKind,
    Inspection,
    InspectionFinding,
    Petition,
    PetitionState,
    TrainingSeat,
)


@dataclass(frozen=True)
class Supervised:
    """The records of a year, read once for all sheets."""

    inspections: list[Inspection]
    findings: list[InspectionFinding]
    petitions: list[Petition]
    seats: list[TrainingSeat]

    def of_place(self, unit: int) -> tuple[Figure, ...]:
        """Where it was inspected, and what it sent upwards."""
        sent = [one for one in self.petitions if one.unit_id == unit]
        answered = [one.pk for one in sent if one.state == PetitionState.ANSWERED]
        return (
            counted("inspected", (one.pk for one in self.inspections if one.place_id == unit)),
            counted("petitions", (one.pk for one in sent)),
            counted("petitions_answered", answered),
        )

    def of_posts(self, posts: Iterable[Post]) -> tuple[Figure, ...]:
        """What some posts inspected and what they were to mend."""
        ids = {post.pk for post in posts}
        done = (one.pk for one in self.inspections if one.post_id in ids)
        return counted("inspections", done), *self.to_mend(ids)

    def to_mend(self, posts: set[int]) -> tuple[Figure, ...]:
        """What some posts were to mend, and what of it is mended."""
        mine = [one for one in self.findings if one.post_id in posts]
        return (
            counted("findings", (one.pk for one in mine)),
            counted("findings_closed", (one.pk for one in mine if one.closed_on is not None)),
        )

    def of_holdings(self, holdings: Iterable[Holding]) -> tuple[Figure, ...]:
        """What somebody inspected and was to mend from each post while it was held."""
        listed = list(holdings)
        done = [
            one.pk
            for one in self.inspections
            if any(one.post_id == held.post_id and holds(held, one.on) for held in listed)
        ]
        mine = [
            one
            for one in self.findings
            if any(one.post_id == held.post_id and holds(held, one.due_on) for held in listed)
        ]
        return (
            counted("inspections", done),
            counted("findings", (one.pk for one in mine)),
            counted("findings_closed", (one.pk for one in mine if one.closed_on is not None)),
        )

    def training(self, seats: Iterable[TrainingSeat]) -> tuple[Figure, ...]:
        """The trainings of some seats, and those that were attended; each seat counts."""
        listed = list(seats)
        return (
            _seats("nominated", listed),
            _seats("trained", [one for one in listed if one.attended]),
        )


def _seats(key: str, seats: list[TrainingSeat]) -> Figure:
    return Figure(key, len(seats), tuple(dict.fromkeys(one.activity_id for one in seats)))


def holds(held: Holding, on: date) -> bool:
    """Whether a post was held on a day."""
    return held.valid_from <= on and (held.valid_to is None or on <= held.valid_to)


def supervised(asked: Asked) -> Supervised:
    """The records of a commune in a year that are not withdrawn."""
    paths = [unit.path for unit in asked.units]
    inspections = [
        one
        for one in Inspection.objects.filter(
            withdrawn=False, on__year=asked.year, on__lte=asked.on
        ).select_related("place", "unit")
        if any(one.place.path.startswith(path) or one.unit.path.startswith(path) for path in paths)
    ]
    findings = InspectionFinding.objects.filter(
        withdrawn=False, inspection__in=[one.pk for one in inspections]
    )
    petitions = Petition.objects.filter(
        withdrawn=False, on__year=asked.year, unit__in=asked.villages()
    ).exclude(state=PetitionState.WRITTEN)
    seats = TrainingSeat.objects.filter(
        withdrawn=False,
        activity__withdrawn=False,
        activity__kind=ActivityKind.TRAINING,
        activity__on__year=asked.year,
    ).select_related("post__unit")
    mine = [one for one in seats if any(one.post.unit.path.startswith(p) for p in paths)]
    return Supervised(inspections, list(findings), list(petitions), mine)
