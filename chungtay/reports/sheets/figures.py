"""What a year sheet says: its figures, what stands behind each, and the criteria in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from chungtay.rulebook.wording import Sentence, catalogued

SheetKind = Literal["village", "office", "person"]
Behind = Literal[
    "", "households", "tasks", "reports", "inspections", "findings", "petitions", "trainings"
]


@dataclass(frozen=True)
class Criterion:
    """What a figure is called, and in words what is counted."""

    label: str
    words: str
    behind: Behind = ""


@dataclass(frozen=True)
class Figure:
    """One number with the rows it counts; None where the program does not hold it."""

    key: str
    value: int | None
    ids: tuple[Any, ...] = ()

    @property
    def criterion(self) -> Criterion:
        """What is counted."""
        return CRITERIA[self.key]

    @property
    def opens(self) -> bool:
        """Whether there are rows to be shown behind it."""
        return bool(self.ids) and bool(self.criterion.behind)


@dataclass(frozen=True)
class Sheet:
    """The sheet of one village, office or person: its figures in the order they are read."""

    kind: SheetKind
    subject: str
    name: str
    about: str = ""
    figures: tuple[Figure, ...] = field(default=())

    def figure(self, key: str) -> Figure | None:
        """One of its figures; None where the sheet has none of that name."""
        return next((one for one in self.figures if one.key == key), None)


def counted(key: str, rows: Iterable[Any]) -> Figure:
    """A figure that counts rows, each once."""
    ids = tuple(dict.fromkeys(rows))
    return Figure(key, len(ids), ids)


def unknown(key: str) -> Figure:
    """A figure the program does not hold: not known, which is not 0."""
    return Figure(key, None)


PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        catalogued("Hộ nghèo, hộ cận nghèo"),
        (
            "poor_opening",
            "poor_promised",
            "poor_named",
            "poor_left",
            "poor_fallen_back",
            "poor_new",
            "poor_closing",
            "near_opening",
            "near_promised",
            "near_named",
            "near_left",
            "near_fallen_back",
            "near_new",
            "near_closing",
        ),
    ),
    (catalogued("Giúp hộ"), ("help_planned", "needs_met", "helped", "visits")),
    (
        catalogued("Công việc"),
        (
            "tasks_led",
            "tasks_cooperated",
            "tasks_in_time",
            "tasks_late",
            "late_days",
            "tasks_open",
            "tasks_overdue",
            "overdue_days",
            "tasks_asked",
            "tasks_asked_done",
        ),
    ),
    (
        catalogued("Báo cáo"),
        ("reports_in_time", "reports_late", "report_late_days", "reports_silent"),
    ),
    (
        catalogued("Kiểm tra, kiến nghị, tập huấn"),
        (
            "inspections",
            "inspected",
            "findings",
            "findings_closed",
            "petitions",
            "petitions_answered",
            "nominated",
            "trained",
        ),
    ),
)

CRITERIA: dict[str, Criterion] = {
    "poor_opening": Criterion(
        catalogued("Hộ nghèo đầu năm"),
        catalogued("Hộ có quyết định hộ nghèo, ở thôn vào ngày 01/01."),
        "households",
    ),
    "poor_promised": Criterion(
        catalogued("Hứa giảm hộ nghèo"),
        catalogued("Số thôn đã nhận trên bảng giao chỉ tiêu; chưa giao thì phần ghi ở kế hoạch."),
    ),
    "poor_named": Criterion(
        catalogued("Hộ nghèo có tên trong kế hoạch"),
        catalogued("Hộ kế hoạch hoặc thôn đã nêu tên để thoát nghèo."),
        "households",
    ),
    "poor_left": Criterion(
        catalogued("Hộ thoát nghèo"),
        catalogued("Đầu năm là hộ nghèo, cuối kỳ thuộc diện khác theo quyết định."),
        "households",
    ),
    "poor_fallen_back": Criterion(
        catalogued("Hộ tái nghèo"),
        catalogued("Từng là hộ nghèo rồi thoát, cuối kỳ lại là hộ nghèo."),
        "households",
    ),
    "poor_new": Criterion(
        catalogued("Hộ nghèo phát sinh mới"),
        catalogued("Lần đầu là hộ nghèo trong năm; không kể hộ cận nghèo chuyển sang."),
        "households",
    ),
    "poor_closing": Criterion(
        catalogued("Hộ nghèo cuối kỳ"),
        catalogued("Hộ có quyết định hộ nghèo, ở thôn vào ngày cuối kỳ."),
        "households",
    ),
    "near_opening": Criterion(
        catalogued("Hộ cận nghèo đầu năm"),
        catalogued("Hộ có quyết định hộ cận nghèo, ở thôn vào ngày 01/01."),
        "households",
    ),
    "near_promised": Criterion(
        catalogued("Hứa giảm hộ cận nghèo"),
        catalogued("Số thôn đã nhận trên bảng giao chỉ tiêu; chưa giao thì phần ghi ở kế hoạch."),
    ),
    "near_named": Criterion(
        catalogued("Hộ cận nghèo có tên trong kế hoạch"),
        catalogued("Hộ kế hoạch hoặc thôn đã nêu tên để thoát cận nghèo."),
        "households",
    ),
    "near_left": Criterion(
        catalogued("Hộ thoát cận nghèo"),
        catalogued("Đầu năm là hộ cận nghèo, cuối kỳ không còn thuộc hai diện theo quyết định."),
        "households",
    ),
    "near_fallen_back": Criterion(
        catalogued("Hộ tái cận nghèo"),
        catalogued("Từng là hộ cận nghèo rồi thoát, cuối kỳ lại là hộ cận nghèo."),
        "households",
    ),
    "near_new": Criterion(
        catalogued("Hộ cận nghèo phát sinh mới"),
        catalogued("Lần đầu là hộ cận nghèo trong năm; không kể hộ nghèo chuyển sang."),
        "households",
    ),
    "near_closing": Criterion(
        catalogued("Hộ cận nghèo cuối kỳ"),
        catalogued("Hộ có quyết định hộ cận nghèo, ở thôn vào ngày cuối kỳ."),
        "households",
    ),
    "help_planned": Criterion(
        catalogued("Hộ được phân công giúp"),
        catalogued("Hộ có tên trong kế hoạch kèm bên giúp; chưa phải là đã giúp xong."),
        "households",
    ),
    "needs_met": Criterion(
        catalogued("Nhu cầu đã đáp ứng"),
        catalogued("Phần mềm chưa ghi nhu cầu nào đã được đáp ứng nên không có số này."),
    ),
    "helped": Criterion(
        catalogued("Hộ đã giúp"),
        catalogued("Phần mềm chưa ghi từng lần giúp hộ nên không có số này."),
    ),
    "visits": Criterion(
        catalogued("Lượt thăm hộ"),
        catalogued("Phần mềm chưa ghi lượt thăm hộ nên không có số này."),
    ),
    "tasks_led": Criterion(
        catalogued("Việc chủ trì"),
        catalogued("Việc có hạn trong năm do nơi hoặc người này chủ trì; việc đã rút không tính."),
        "tasks",
    ),
    "tasks_cooperated": Criterion(
        catalogued("Việc phối hợp"),
        catalogued("Việc có hạn trong năm mà nơi hoặc người này phối hợp."),
        "tasks",
    ),
    "tasks_in_time": Criterion(
        catalogued("Việc xong đúng hạn"),
        catalogued("Trong các việc chủ trì: xong chậm nhất vào ngày cuối còn đúng hạn."),
        "tasks",
    ),
    "tasks_late": Criterion(
        catalogued("Việc xong muộn"),
        catalogued("Trong các việc chủ trì: xong sau ngày cuối còn đúng hạn."),
        "tasks",
    ),
    "late_days": Criterion(
        catalogued("Số ngày xong muộn"),
        catalogued("Cộng các ngày làm việc từ hạn đến ngày xong của những việc xong muộn."),
    ),
    "tasks_open": Criterion(
        catalogued("Việc đang làm, còn hạn"),
        catalogued("Trong các việc chủ trì: chưa xong và hạn chưa qua."),
        "tasks",
    ),
    "tasks_overdue": Criterion(
        catalogued("Việc quá hạn chưa xong"),
        catalogued("Trong các việc chủ trì: chưa xong dù hạn đã qua."),
        "tasks",
    ),
    "overdue_days": Criterion(
        catalogued("Số ngày quá hạn"),
        catalogued("Cộng các ngày làm việc từ hạn đến cuối kỳ của những việc quá hạn chưa xong."),
    ),
    "tasks_asked": Criterion(
        catalogued("Việc được đề nghị"),
        catalogued("Việc có hạn trong năm mà nơi này được đề nghị, không phải được giao."),
        "tasks",
    ),
    "tasks_asked_done": Criterion(
        catalogued("Việc được đề nghị, đã xong"),
        catalogued("Trong các việc được đề nghị: việc đã xong, đúng hạn hay muộn."),
        "tasks",
    ),
    "reports_in_time": Criterion(
        catalogued("Báo cáo gửi đúng hạn"),
        catalogued("Báo cáo của kỳ kết thúc trong năm, lần gửi đầu không quá hạn."),
        "reports",
    ),
    "reports_late": Criterion(
        catalogued("Báo cáo gửi muộn"),
        catalogued("Báo cáo của kỳ kết thúc trong năm, lần gửi đầu sau hạn."),
        "reports",
    ),
    "report_late_days": Criterion(
        catalogued("Số ngày gửi báo cáo muộn"),
        catalogued("Cộng các ngày làm việc từ hạn đến lần gửi đầu của những báo cáo gửi muộn."),
    ),
    "reports_silent": Criterion(
        catalogued("Báo cáo quá hạn chưa gửi"),
        catalogued("Báo cáo của kỳ kết thúc trong năm, hạn đã qua mà chưa gửi lần nào."),
        "reports",
    ),
    "inspections": Criterion(
        catalogued("Cuộc kiểm tra, giám sát đã làm"),
        catalogued("Cuộc ghi trong năm do chức danh này làm."),
        "inspections",
    ),
    "inspected": Criterion(
        catalogued("Lần được kiểm tra, giám sát"),
        catalogued("Cuộc trong năm ghi tại thôn này."),
        "inspections",
    ),
    "findings": Criterion(
        catalogued("Điều phải khắc phục"),
        catalogued("Kết luận của các cuộc trong năm giao cho nơi hoặc người này."),
        "findings",
    ),
    "findings_closed": Criterion(
        catalogued("Điều đã khắc phục xong"),
        catalogued("Trong các điều phải khắc phục: điều đã khép lại."),
        "findings",
    ),
    "petitions": Criterion(
        catalogued("Kiến nghị đã gửi"),
        catalogued("Khó khăn, kiến nghị thôn ghi trong năm và đã gửi lên."),
        "petitions",
    ),
    "petitions_answered": Criterion(
        catalogued("Kiến nghị được trả lời"),
        catalogued("Trong các kiến nghị đã gửi: kiến nghị đã có trả lời."),
        "petitions",
    ),
    "nominated": Criterion(
        catalogued("Lượt được cử đi tập huấn"),
        catalogued("Lớp trong năm mà người này, hoặc người của nơi này, được cử đi."),
        "trainings",
    ),
    "trained": Criterion(
        catalogued("Lượt dự tập huấn"),
        catalogued("Lớp trong năm mà người này, hoặc người của nơi này, đã dự."),
        "trainings",
    ),
}

HOW_READ = Sentence(
    "Phiếu không xếp hạng, không cho điểm. Mỗi số đếm từ sổ hộ, công việc, báo cáo và giám sát; "
    "ngày muộn là ngày làm việc theo lịch nghỉ của cả nước. Chỗ ghi “chưa có số” là điều phần mềm "
    "không giữ, không phải là 0."
)
