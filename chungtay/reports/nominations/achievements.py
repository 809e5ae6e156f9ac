"""What the data say for a nomination: whole sentences with their numbers, from the year sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chungtay.households.models import StatusSpell
from chungtay.households.queries.statuses import statuses_of_many
from chungtay.plans.models import PlanHousehold
from chungtay.reports.nominations.models import Nomination
from chungtay.reports.sheets.asked import Asked
from chungtay.reports.sheets.figures import Sheet, SheetKind
from chungtay.reports.sheets.households import plan_asked
from chungtay.reports.sheets.making import sheets_of
from chungtay.rulebook.findings import CLASS_LABELS
from chungtay.rulebook.wording import Sentence, catalogued, vi_date, vi_int

NO_CLASS = catalogued("hộ chưa có diện nào được quyết định")


@dataclass(frozen=True)
class Achievement:
    """One thing the data say; ``key`` is the figure it is told by."""

    key: str
    sentence: Sentence


# A sentence is told where its first figure is known and not 0.
TOLD: tuple[tuple[Sentence, tuple[str, ...]], ...] = (
    (
        Sentence("Có {poor_left} hộ thoát nghèo trên {poor_opening} hộ nghèo đầu năm."),
        ("poor_left", "poor_opening"),
    ),
    (
        Sentence("Có {near_left} hộ thoát cận nghèo trên {near_opening} hộ cận nghèo đầu năm."),
        ("near_left", "near_opening"),
    ),
    (
        Sentence("Nêu tên {poor_named} hộ nghèo để thoát nghèo trong năm."),
        ("poor_named",),
    ),
    (
        Sentence("Có {help_planned} hộ được phân công giúp theo kế hoạch."),
        ("help_planned",),
    ),
    (
        Sentence("Làm xong đúng hạn {tasks_in_time} trên {tasks_led} việc chủ trì."),
        ("tasks_in_time", "tasks_led"),
    ),
    (Sentence("Phối hợp {tasks_cooperated} việc."), ("tasks_cooperated",)),
    (
        Sentence("Làm xong {tasks_asked_done} trên {tasks_asked} việc được đề nghị."),
        ("tasks_asked_done", "tasks_asked"),
    ),
    (Sentence("Gửi {reports_in_time} báo cáo đúng hạn."), ("reports_in_time",)),
    (Sentence("Làm {inspections} cuộc kiểm tra, giám sát."), ("inspections",)),
    (
        Sentence("Khắc phục xong {findings_closed} trên {findings} điều được kết luận."),
        ("findings_closed", "findings"),
    ),
    (Sentence("Dự {trained} lượt tập huấn."), ("trained",)),
    (
        Sentence("Có {tasks_late} việc xong muộn, cộng {late_days} ngày làm việc."),
        ("tasks_late", "late_days"),
    ),
    (Sentence("Có {tasks_overdue} việc quá hạn chưa xong."), ("tasks_overdue",)),
    (Sentence("Có {reports_late} báo cáo gửi muộn."), ("reports_late",)),
)


def achievements_of(asked: Asked, nomination: Nomination) -> list[Achievement]:
    """Everything the data say of who is nominated, good or not, as it stands now."""
    if nomination.household_id is not None:
        return list(_of_household(asked, nomination))
    sheet = sheet_of(asked, nomination)
    return list(_of_sheet(sheet)) if sheet is not None else []


def sheet_of(asked: Asked, nomination: Nomination) -> Sheet | None:
    """The year sheet of who is nominated; None for a household, or where there is none."""
    kinds: dict[str, SheetKind] = {"village": "village", "office": "office", "person": "person"}
    if nomination.kind not in kinds:
        return None
    listed = sheets_of(asked, kinds[nomination.kind])
    return next((one for one in listed if one.subject == nomination.sheet_subject), None)


def _of_sheet(sheet: Sheet) -> Iterator[Achievement]:
    for told, keys in TOLD:
        values = {key: one.value if (one := sheet.figure(key)) else None for key in keys}
        if values[keys[0]] and all(value is not None for value in values.values()):
            said = {key: vi_int(value or 0) for key, value in values.items()}
            yield Achievement(keys[0], Sentence(told.text, **said))


def _of_household(asked: Asked, nomination: Nomination) -> Iterator[Achievement]:
    """Its class at both ends of the year, and whether the plan names it; nobody is named here."""
    pk = nomination.household_id
    if pk is None:
        return
    before = statuses_of_many([pk], asked.first_day, asked.standard).get(pk)
    after = statuses_of_many([pk], asked.on, asked.standard).get(pk)
    yield Achievement(
        "classes",
        Sentence(
            "Đầu năm là {before}; ngày {day} là {after}.",
            before=_class(before),
            after=_class(after),
            day=vi_date(asked.on),
        ),
    )
    plan = plan_asked(asked)
    rows = PlanHousehold.objects.filter(plan=plan, household=pk, withdrawn=False)
    if plan is not None and rows.exists():
        yield Achievement("named", Sentence("Có tên trong kế hoạch giảm nghèo của năm."))


def _class(spell: StatusSpell | None) -> str:
    return CLASS_LABELS[spell.household_class] if spell is not None else NO_CLASS
