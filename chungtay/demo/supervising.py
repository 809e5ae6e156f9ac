"""The demonstration's supervision and ordinary papers, recorded once through the ordinary acts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from chungtay.demo.communes import PLACES
from chungtay.demo.families import read_data
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.plans.queries import plan_of
from chungtay.reports.letters.content import offered, subject_of
from chungtay.reports.letters.kinds import kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.services import PaperInput, Registered, issue_paper, open_paper
from chungtay.staff.models import Holding, Post
from chungtay.staff.policy import PostActor, actor_of
from chungtay.supervision.models import Activity, Inspection, InspectionFinding, Petition
from chungtay.supervision.services.activities import ActivityInput, record_activity, seat_people
from chungtay.supervision.services.findings import FindingInput, add_finding, close_finding
from chungtay.supervision.services.inspections import InspectionInput, record_inspection
from chungtay.supervision.services.petitions import (
    PetitionInput,
    answer_petition,
    pass_up,
    write_petition,
)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Stage:
    """A commune of the demonstration in its year, with those who hold its posts."""

    unit: Unit
    year: int
    today: date

    def post(self, role: str, village: str = "") -> Post:
        """The post of a role, of the commune or of a village."""
        posts = Post.objects.select_related("unit__parent").filter(role=role)
        if village:
            return posts.get(unit=self.village(village))
        return posts.get(unit=self.unit)

    def village(self, name: str) -> Unit:
        """A village of the commune."""
        return villages_of(self.unit, date(self.year, 1, 1)).get(name=name)

    def holding(self, role: str, village: str = "") -> Holding:
        """Who holds a post; the head of a village that has an account where none is named."""
        if role == "village_head" and not village:
            return Holding.objects.get(post__role=role, post__unit__parent=self.unit)
        return Holding.objects.get(post=self.post(role, village))

    def actor(self, role: str, village: str = "") -> PostActor:
        """Somebody acting from her post."""
        return actor_of(self.holding(role, village).user, self.today)


def load_supervision(*, today: date, places: Collection[str] = PLACES) -> int:
    """Record supervision and papers of some places once; how many records this call made."""
    made = 0
    for row in read_data("supervision.toml")["places"]:
        unit = unit_by_code(row["place_code"], date(row["year"], 1, 1))
        if row["place"] not in places or Inspection.objects.filter(unit=unit).exists():
            continue
        stage = Stage(unit, row["year"], today)
        for name, load in LOADED:
            for one in row.get(name, ()):
                load(stage, one)
                made += 1
    return made


def _inspection(stage: Stage, row: Row) -> None:
    officer = stage.actor("officer")
    given = InspectionInput(
        place=stage.village(row["village"]),
        kind=row["kind"],
        on=row["on"],
        by=stage.post(row["by"]) if "by" in row else row["body"],
        about=row["about"],
        paper=row.get("paper", ""),
    )
    pk = record_inspection(actor=officer, unit=stage.unit, given=given, today=stage.today)
    inspection = Inspection.objects.select_related("unit", "place").get(pk=pk)
    for found in row.get("findings", ()):
        _finding(stage, officer, inspection, found)


def _finding(stage: Stage, officer: PostActor, inspection: Inspection, row: Row) -> None:
    given = FindingInput(row["text"], row["severity"], row["due_on"], stage.post(row["post"]))
    link = reverse("supervision_page", args=[inspection.pk])
    pk = add_finding(actor=officer, inspection=inspection, given=given, link=link)
    if "done" in row:
        close_finding(
            actor=officer,
            finding=InspectionFinding.objects.select_related("inspection__unit").get(pk=pk),
            done=row["done"],
            on=row["done_on"],
            expected_version=1,
        )


def _petition(stage: Stage, row: Row) -> None:
    head = stage.actor("village_head", row["village"])
    given = PetitionInput(row["kind"], row["about"], row["text"])
    village = stage.village(row["village"])
    pk = write_petition(actor=head, unit=village, given=given, on=row["on"])
    petition = Petition.objects.select_related("unit__parent", "at__parent").get(pk=pk)
    pass_up(actor=head, petition=petition, expected_version=petition.version)
    petition = Petition.objects.select_related("unit__parent", "at__parent").get(pk=pk)
    answer_petition(
        actor=stage.actor("chairman"),
        petition=petition,
        text=row["answer"],
        expected_version=petition.version,
    )


def _activity(stage: Stage, row: Row) -> None:
    officer = stage.actor("officer")
    given = ActivityInput(
        row["kind"], row["on"], row["topic"], row["form"], row["reached"], row.get("cost_vnd")
    )
    pk = record_activity(actor=officer, unit=stage.unit, given=given)
    if "nominated" in row:
        seat_people(
            actor=officer,
            activity=Activity.objects.select_related("unit").get(pk=pk),
            nominated=[stage.holding(role) for role in row["nominated"]],
            attended=[stage.holding(role).user_id for role in row["attended"]],
            today=stage.today,
            expected_version=1,
        )


def _paper(stage: Stage, row: Row) -> None:
    officer, kind = stage.actor("officer"), kinds()[row["kind"]]
    plan = plan_of(stage.unit, stage.year)
    content = offered(kind, stage.unit, plan)
    content.blocks |= row["blocks"]
    content.signer = row["signer"]
    subject = subject_of(kind, stage.unit, stage.year)
    pk = open_paper(
        actor=officer,
        unit=stage.unit,
        year=stage.year,
        kind=row["kind"],
        plan=plan,
        given=PaperInput(subject, kind.symbol, content),
    )
    if "number" in row:
        issue_paper(
            actor=officer,
            paper=OfficePaper.objects.select_related("unit__parent", "plan__unit").get(pk=pk),
            registered=Registered(row["number"], row["symbol"], row["issued_on"]),
            expected_version=1,
        )


LOADED = (
    ("inspections", _inspection),
    ("petitions", _petition),
    ("activities", _activity),
    ("papers", _paper),
)
