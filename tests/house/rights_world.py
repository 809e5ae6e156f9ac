"""The stage of the rights test: a cast of accounts, and the objects of Quang Trung they ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from chungtay.acts.services import Actor
from chungtay.households.models import Decision, Household
from chungtay.households.queries.people import members_on
from chungtay.households.queries.statuses import standard_id_on
from chungtay.households.services import add_household, decide_status
from chungtay.households.services.life import Occasion, move_out, record_birth
from chungtay.households.services.merging import keep_apart, merge_households
from chungtay.households.services.uniting_households import HouseholdUniting
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.models import Unit
from chungtay.places.queries import unit_by_code, villages_of
from chungtay.plans.answering import Answer, answer
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.handing import Assignment, hand_down
from chungtay.plans.life import keep_file
from chungtay.plans.models import AskedPart, Plan, PlanReading, TypedProgress
from chungtay.plans.services import NamedHousehold, name_household, open_plan
from chungtay.plans.staged.services import stage_reading
from chungtay.reports.letters.content import offered
from chungtay.reports.letters.kinds import kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.scans import attach_scan
from chungtay.reports.letters.services import PaperInput, Registered, issue_paper, open_paper
from chungtay.reports.models import OwedReport
from chungtay.rulebook.dates import PartialDate
from chungtay.staff.models import Holding, Post, User
from chungtay.staff.policy import PostActor, actor_of
from chungtay.staff.services import open_account
from chungtay.sync.services import stage_import
from chungtay.tasks.models import Task
from chungtay.tasks.services import TaskInput, add_evidence, open_task
from tests.house.rights_plans import duty_of
from tests.house.rights_supervision import makers_of
from tests.house.rights_table import CAST, SECRET, Row

FIRST, EVENT_DAY = date(2023, 1, 1), date(2023, 6, 1)
LIST = "Họ và tên;Quan hệ với chủ hộ;Năm sinh\nĐào Văn Thử;Chủ hộ;1970\n".encode()
PLAN_TEXT = (
    "KẾ HOẠCH\nGiảm nghèo năm 2023\nI. CHỈ TIÊU\nNăm 2023 giảm 02 hộ nghèo. "
    "Hỗ trợ hộ bà Khuất Thị Biệt Lập.\n"
).encode()
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 40
CONTENT = {
    "head": {
        "superior_authority": ["UBND THỊ XÃ BỈM SƠN"],
        "issuing_authority": ["ỦY BAN NHÂN DÂN", "XÃ QUANG TRUNG"],
        "symbol": "KH-UBND",
        "place": "Quang Trung",
    },
    "issued": {"year": 2023},
    "wording": {"title": "KẾ HOẠCH", "subject": "Giảm nghèo", "lead_in": "Kế hoạch năm 2023."},
    "sections": [
        {
            "level": 1,
            "number": "I",
            "title": "Chỉ tiêu",
            "paragraphs": [{"kind": "text", "text": "Giúp {{ household_1 }} thoát nghèo."}],
        }
    ],
    "signature": {"on_behalf": ["TM. ỦY BAN NHÂN DÂN"], "position": "CHỦ TỊCH", "name": None},
    "recipients": {"lines": ["Lưu: VT"]},
}


class World:
    """The cast with their browsers, and the objects of Quang Trung that addresses ask for."""

    def __init__(self, commune: Unit, sibling: Unit, system: Actor, hire: Callable[..., User]):
        self.commune, self.system, self.hire = commune, system, hire
        villages = {unit.name: unit for unit in villages_of(commune, FIRST)}
        district = commune.parent
        assert district is not None
        assert district.parent is not None
        self.places: dict[str, Unit] = {
            "commune": commune,
            "village": villages["Thôn 1"],
            "other_village": villages["Thôn 2"],
            "district": district,
            "province": district.parent,
            "sibling": sibling,
            "successor": unit_by_code("14818", date(2025, 7, 1)),
        }
        self.household = self._household()
        self.plan = self._plan()
        self.holding = self._holding()
        self._kept: dict[str, Any] = {}
        self._users: dict[str, User | None] = {}

    def user(self, who: str) -> User | None:
        """The account of one of the cast; None for the stranger at the door."""
        if who not in self._users:
            self._users[who] = self._open_account(who)
        return self._users[who]

    def _open_account(self, who: str) -> User | None:
        role, where = CAST[who]
        if who == "logged_out":
            return None
        if role is not None:
            return self.hire(role, self.places[where], who)
        user_id = open_account(
            actor=self.system,
            unit=self.commune,
            username=who,
            full_name="Hà Thị Mận",
            password="mua-thuan-gio-hoa",
        )
        return User.objects.get(pk=user_id)

    def _household(self) -> Household:
        head = PersonInput(
            SECRET, relation="00", birth=PartialDate(1950), citizen_id="038150000017"
        )
        given = HouseholdInput(village=self.places["village"], members=[head])
        household_id = add_household(actor=self.system, commune=self.commune, given=given, on=FIRST)
        household = Household.objects.get(pk=household_id)
        decision = Decision.objects.create(
            commune=self.commune, number="01/QĐ-UBND", issued_on=FIRST, issuer="UBND xã"
        )
        decide_status(
            actor=self.system,
            household=household,
            standard=standard_id_on(FIRST),
            household_class="poor",
            valid_from=FIRST,
            decision=decision,
        )
        return Household.objects.select_related("village", "commune").get(pk=household_id)

    def _holding(self) -> Holding:
        """What somebody of the Front holds, whom the chairman may replace."""
        user = self.hire("front", self.commune, "mat.tran")
        return Holding.objects.select_related("user", "post").get(user=user)

    def _plan(self) -> Plan:
        plan_id = open_plan(
            actor=self.system,
            unit=self.commune,
            year=FIRST.year,
            subject="Giảm nghèo",
            content=CONTENT,
            cells=Cells(100, (TargetCell("poor", 1, 1), TargetCell("near_poor", 2, 1))),
        )
        plan = Plan.objects.select_related("unit").get(pk=plan_id)
        named = NamedHousehold(self.household, "poor", "bà", ["vốn"], ["Hội Phụ nữ"])
        name_household(actor=self.system, plan=plan, named=named)
        return Plan.objects.select_related("unit").get(pk=plan_id)

    def object_id(self, name: str) -> Any:
        """The id that fills one part of an address."""
        makers: dict[str, Callable[[], Any]] = {
            "household_id": lambda: self.household.id,
            "person_id": lambda: members_on(self.household.id, None)[0].person_id,
            "other_household_id": self._other_household,
            "other_person_id": self._other_person,
            "merge_id": self._merge,
            "apart_id": self._apart,
            "plan_id": lambda: self.plan.pk,
            "target_id": lambda: self._answered().handing.target_id,
            "asked_id": lambda: self._answered().pk,
            "entry_id": self._entry,
            "code": lambda: "near_poor",
            "row_id": lambda: self.plan.named_households.get().pk,
            "batch_id": self._batch,
            "reading_id": lambda: self._reading().pk,
            "datum_id": lambda: self._reading().data.get(group="target").pk,
            "group": lambda: "target",
            "number": lambda: 1,
            "at": lambda: 1,
            "sort": lambda: "viec",
            "assigned_id": lambda: duty_of(self.plan),
            "post_id": lambda: self.holding.post_id,
            "holding_id": lambda: self.holding.pk,
            "user_id": lambda: self.holding.user_id,
            "standard": lambda: "nd-07-2021",
            "chart": lambda: "trend",
            "table": lambda: "poor_movement",
            "event_id": self._birth,
            "slip_id": lambda: self._move(self._second(self.commune), "14823"),
            "move_id": lambda: self._move(self._second(self.places["sibling"]), "14824"),
            "unit_id": lambda: self.places["village"].id,
            "commune_id": lambda: self.commune.id,
            "village_id": lambda: self.places["village"].id,
            "change_id": lambda: self.commune.village_changes.earliest("pk").pk,
            "task_id": lambda: self._task().pk,
            "part_id": lambda: self._task().parts.get().pk,
            "file_id": self._file,
            "plan_file_id": self._scan,
            "owed_id": self._owed,
            **makers_of(self),
            "paper_id": lambda: self._paper().pk,
            "scan_id": self._signed_paper,
            "succession_id": lambda: self.commune.successions.get().pk,
        }
        assert name in makers, f"teach World.object_id what {name} is"
        if name not in self._kept:
            self._kept[name] = makers[name]()
        return self._kept[name]

    def _entry(self) -> int:
        """What was typed of a promise's progress."""
        return TypedProgress.objects.create(
            target=self.plan.targets.get(code="poor"),
            value=1,
            on=FIRST,
            source="Báo cáo",
            by="Hà Thị Mận",
            at=timezone.now(),
        ).pk

    def _answered(self) -> AskedPart:
        """What is asked of Thôn 1, answered with the household."""
        kept = AskedPart.objects.filter(unit=self.places["village"]).first()
        if kept is not None:
            return kept
        target = self.plan.targets.get(code="poor")
        plan = Plan.objects.select_related("unit").get(pk=self.plan.pk)
        numbers = {unit.pk: Decimal(0) for unit in villages_of(self.commune, FIRST)}
        hand_down(
            actor=self.system,
            plan=plan,
            target=target,
            parts=numbers | {self.places["village"].pk: Decimal(1)},
            assignment=Assignment("1/QĐ-UBND", FIRST),
            expected_version=0,
        )
        part = AskedPart.objects.select_related("unit").get(unit=self.places["village"])
        given = Answer(Decimal(1), households=[self.household.id])
        answer(actor=self.system, part=part, given=given, expected_version=1)
        return part

    def _other_household(self) -> UUID:
        """A second record, in the same village, of what may be the same family."""
        members = [
            PersonInput("Khuất Thị Biệt", relation="00"),
            PersonInput("Khuất Văn Lập", relation="08"),
        ]
        given = HouseholdInput(village=self.places["village"], members=members)
        made = add_household(actor=self.system, commune=self.commune, given=given, on=FIRST)
        return UUID(str(made))

    def _other_person(self) -> UUID:
        """Not the head, so that her household stands without her."""
        return members_on(self.object_id("other_household_id"), None)[1].person_id

    def _merge(self) -> UUID:
        lost = Household.objects.get(pk=self._other_household())
        given = HouseholdUniting(self.household, lost)
        done = merge_households(actor=self.system, given=given, versions={})
        return UUID(str(done["merge"]))

    def _apart(self) -> int:
        return keep_apart(
            actor=self.system,
            kind="household",
            household=self.household,
            one=self.household.id,
            other=self.object_id("other_household_id"),
        )

    def _batch(self) -> UUID:
        batch = stage_import(
            actor=self.system, commune=self.commune, on=FIRST, file_name="ds.csv", content=LIST
        )
        return UUID(batch)

    def _reading(self) -> PlanReading:
        found = PlanReading.objects.first()
        if found is None:
            stage_reading(
                actor=self.system, unit=self.commune, file_name="kh.txt", content=PLAN_TEXT
            )
            found = PlanReading.objects.get()
        return found

    def _task(self) -> Task:
        """What the head of Thôn 1 is to do, by the order of the commune."""
        self.user("village_head")
        lead = Post.objects.get(unit=self.places["village"], role="village_head")
        given = TaskInput(SECRET, EVENT_DAY, lead, subject_key="rights")
        made = open_task(actor=self.system, unit=self.commune, given=given)
        return Task.objects.get(pk=made[0])

    def _file(self) -> int:
        user = self.user("village_head")
        assert user is not None
        return add_evidence(
            actor=actor_of(user, timezone.localdate()),
            task=self._task(),
            file_name="anh.png",
            content=PICTURE,
        )

    def _scan(self) -> int:
        kept = keep_file(self.system, self.plan, "scan", f"{SECRET}.png", "png", PICTURE)
        return kept.pk

    def _owed(self) -> int:
        """What Thôn 1 owes the commune for the first half of the year."""
        row = OwedReport.objects.create(
            unit=self.places["village"],
            to=self.commune,
            kind="six_month",
            opening=FIRST,
            closing=date(2023, 6, 30),
            due_on=date(2023, 6, 20),
            last_day=date(2023, 6, 19),
            rule="before",
            source="rhythm",
            via=SECRET,
        )
        return row.pk

    def _paper(self) -> OfficePaper:
        """A draft that says the secret."""
        found = OfficePaper.objects.select_related("unit__parent", "plan__unit").first()
        if found is None:
            kind = kinds()["minutes"]
            given = PaperInput(SECRET, "BB-UBND", offered(kind, self.commune, self.plan))
            open_paper(
                actor=self._officer(),
                unit=self.commune,
                year=FIRST.year,
                kind="minutes",
                plan=self.plan,
                given=given,
            )
            return self._paper()
        return found

    def _signed_paper(self) -> int:
        actor, paper = self._officer(), self._paper()
        registered = Registered("5", "BB-UBND", FIRST)
        issue_paper(actor=actor, paper=paper, registered=registered, expected_version=1)
        return attach_scan(actor=actor, paper=paper, file_name="anh.png", content=PICTURE)

    def _officer(self) -> PostActor:
        user = self.user("officer")
        assert user is not None
        return actor_of(user, timezone.localdate())

    def _birth(self) -> int:
        """A child born into a household of its own, so that the other stays as it is."""
        done = record_birth(
            actor=self.system,
            household=self._second(self.commune),
            occasion=Occasion(EVENT_DAY),
            child=PersonInput("Khuất Thị Bé"),
            expected_version=None,
        )
        return int(done["event"])

    def _second(self, commune: Unit) -> Household:
        given = HouseholdInput(village=None, members=[PersonInput("Mạc Văn Thứ Hai", "00")])
        household_id = add_household(actor=self.system, commune=commune, given=given, on=FIRST)
        return Household.objects.select_related("village", "commune").get(pk=household_id)

    def _move(self, household: Household, to_code: str) -> int:
        done = move_out(
            actor=self.system,
            household=household,
            occasion=Occasion(EVENT_DAY),
            to_code=to_code,
            expected_version=None,
        )
        return int(done["event"])

    def form(self, row: Row) -> dict[str, Any]:
        """The form of a row, its {names} filled in; "@list" and "@picture" stand for uploads."""
        words = {
            "household": self.household.id,
            "other_household": self.object_id("other_household_id"),
            "person": self.object_id("person_id"),
            "village": self.places["village"].id,
            "version": self.household.version,
            "other_version": 1,
            "plan_version": self.plan.version,
            "key": uuid4().hex,
        }
        uploads = {
            "@list": SimpleUploadedFile("ds.csv", LIST, content_type="text/csv"),
            "@picture": SimpleUploadedFile("anh.png", PICTURE, content_type="image/png"),
        }
        return {
            name.format(**words): uploads[value] if value in uploads else value.format(**words)
            for name, value in row.form.items()
        }
