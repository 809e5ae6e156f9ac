"""What addresses of supervision ask for: things in which the head of Thôn 1 has a part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from django.utils import timezone

from chungtay.acts.services import Actor
from chungtay.places.models import Unit
from chungtay.plans.models import Plan
from chungtay.reports.nominations.services import NominationInput, Nominee, open_nomination
from chungtay.reports.sheets.asked import Asked
from chungtay.staff.models import Holding, Post, User
from chungtay.staff.policy import actor_of
from chungtay.supervision.models import Activity, Inspection, InspectionFinding, Petition
from chungtay.supervision.services.activities import (
    ActivityInput,
    record_activity,
    seat_people,
)
from chungtay.supervision.services.comments import CommentInput, comment_on_plan
from chungtay.supervision.services.findings import FindingInput, add_finding
from chungtay.supervision.services.inspections import InspectionInput, record_inspection
from chungtay.supervision.services.petitions import PetitionInput, pass_up, write_petition
from tests.house.rights_table import SECRET

DAY, LATER = date(2023, 1, 1), date(2023, 6, 1)


class Stage(Protocol):
    """What of the world these things are made with."""

    commune: Unit
    system: Actor
    places: dict[str, Unit]
    plan: Plan

    def user(self, who: str) -> User | None: ...


def makers_of(world: Stage) -> dict[str, Callable[[], Any]]:
    """What fills the parts of an address that name a thing of supervision."""
    return {
        "inspection_id": lambda: _finding(world).inspection_id,
        "finding_id": lambda: _finding(world).pk,
        "petition_id": lambda: _petition(world),
        "activity_id": lambda: _activity(world),
        "comment_id": lambda: _comment(world),
        "sheet_kind": lambda: "thon",
        "sheet_id": lambda: world.places["village"].pk,
        "figure": lambda: "poor_opening",
        "nominee_kind": lambda: "thon",
        "nomination_id": lambda: _nomination(world),
    }


def _finding(world: Stage) -> InspectionFinding:
    """What the commune found in Thôn 1, to be mended by its head."""
    known = InspectionFinding.objects.first()
    if known is not None:
        return known
    world.user("village_head")
    village = world.places["village"]
    given = InspectionInput(village, "by_authority", DAY, "Đoàn kiểm tra", SECRET)
    made = record_inspection(actor=world.system, unit=world.commune, given=given, today=LATER)
    post = Post.objects.get(unit=village, role="village_head")
    add_finding(
        actor=world.system,
        inspection=Inspection.objects.get(pk=made),
        given=FindingInput(SECRET, "defect", LATER, post),
    )
    return InspectionFinding.objects.get()


def _petition(world: Stage) -> int:
    """What the head of Thôn 1 wrote and sent to the commune."""
    user = world.user("village_head")
    assert user is not None
    head = actor_of(user, timezone.localdate())
    given = PetitionInput("difficulty", SECRET, SECRET)
    made = write_petition(actor=head, unit=world.places["village"], given=given, on=DAY)
    petition = Petition.objects.select_related("unit__parent", "at__parent").get(pk=made)
    pass_up(actor=head, petition=petition, expected_version=1)
    return made


def _activity(world: Stage) -> int:
    """A training of the commune, for which the head of Thôn 1 is nominated."""
    user = world.user("village_head")
    given = ActivityInput("training", DAY, SECRET)
    made = record_activity(actor=world.system, unit=world.commune, given=given)
    seat_people(
        actor=world.system,
        activity=Activity.objects.select_related("unit").get(pk=made),
        nominated=list(Holding.objects.filter(user=user)),
        attended=[],
        today=LATER,
        expected_version=1,
    )
    return made


def _nomination(world: Stage) -> int:
    """A draft that nominates Thôn 1."""
    return open_nomination(
        actor=world.system,
        asked=Asked(world.commune, (world.commune,), 2023, date(2023, 12, 31), "nd-07-2021"),
        nominee=Nominee(village=world.places["village"]),
        given=NominationInput("certificate", words=SECRET),
    )


def _comment(world: Stage) -> int:
    """What somebody said of the plan."""
    given = CommentInput("Hội Nông dân", DAY, SECRET)
    return comment_on_plan(actor=world.system, plan=world.plan, given=given, today=DAY)
