"""What is owed upwards by when, each statement as it was sent, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.places.models import Unit
from chungtay.plans.models import PlanDeadline
from chungtay.reports.letters.models import OfficePaper, PaperScan
from chungtay.reports.nominations.models import Nomination
from chungtay.reports.sheets.models import SheetRemark
from chungtay.tasks.models import Rule

__all__ = [
    "Nomination",
    "OfficePaper",
    "OwedReport",
    "PaperScan",
    "ReportStatement",
    "ReportStep",
    "SheetRemark",
]


class OwedReport(models.Model):
    """One report owed once: by a unit, or an office by name, to a unit, about a period.

    ``last_day`` is the last day in time; whether it is late follows from it and is not stored.
    """

    class Kind(models.TextChoices):
        SIX_MONTH = "six_month", _("6 tháng")
        YEAR = "year", _("năm")
        QUARTERLY = "quarterly", _("quý")
        MONTHLY = "monthly", _("tháng")
        ON_DEMAND = "on_demand", _("đột xuất")

    class Source(models.TextChoices):
        PLAN = "plan", _("kế hoạch")
        RHYTHM = "rhythm", _("nhịp thường gặp")
        DEMAND = "demand", _("yêu cầu đột xuất")

    class State(models.TextChoices):
        OWED = "owed", _("chưa gửi")
        SUBMITTED = "submitted", _("đã gửi, chờ xét")
        RETURNED = "returned", _("bị trả lại")
        ACCEPTED = "accepted", _("đã chấp nhận")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="reports_owed")
    office = models.CharField(_("cơ quan báo cáo"), max_length=200, blank=True)
    to = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports_awaited")
    receivers = models.JSONField(_("nơi nhận"), default=list)
    via = models.CharField(_("qua đầu mối"), max_length=300, blank=True)
    kind = models.CharField(_("loại báo cáo"), max_length=10, choices=Kind.choices)
    subject = models.CharField(_("nội dung báo cáo"), max_length=300, blank=True)
    opening = models.DateField(_("kỳ từ ngày"))
    closing = models.DateField(_("kỳ đến ngày"))
    due_on = models.DateField(_("hạn"))
    rule = models.CharField(_("cách tính hạn"), max_length=12, choices=Rule.choices)
    last_day = models.DateField(_("ngày cuối còn đúng hạn"))
    source = models.CharField(_("hạn lấy từ"), max_length=6, choices=Source.choices)
    deadline = models.ForeignKey(
        PlanDeadline, on_delete=models.PROTECT, null=True, related_name="reports"
    )
    state = models.CharField(
        _("tình trạng"), max_length=9, choices=State.choices, default=State.OWED
    )
    withdrawn = models.BooleanField(_("đã rút"), default=False)
    withdrawn_why = models.CharField(_("lý do rút"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, office="") | (Q(unit=None) & ~Q(office="")),
                name="report_owed_by_unit_or_office",
            ),
            models.CheckConstraint(
                condition=Q(closing__gte=F("opening")), name="report_period_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(rule=Rule.ON_OR_BEFORE, last_day=F("due_on"))
                | Q(rule=Rule.BEFORE, last_day__lt=F("due_on")),
                name="report_last_day_follows_its_rule",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | ~Q(withdrawn_why=""),
                name="report_withdrawn_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(unit=None) | ~Q(unit=F("to")), name="nobody_reports_to_itself"
            ),
            models.UniqueConstraint(
                fields=["to", "unit", "kind", "opening", "closing", "subject"],
                condition=Q(unit__isnull=False),
                name="unit_owes_a_report_once",
            ),
            models.UniqueConstraint(
                fields=["to", "office", "kind", "opening", "closing", "subject"],
                condition=Q(unit=None),
                name="office_owes_a_report_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to", "last_day"], name="report_by_receiver_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.office or self.unit}: {self.kind} {self.opening}–{self.closing}"

    @property
    def debtor(self) -> str:
        """Who owes it, as called today."""
        return self.office or (self.unit.name if self.unit is not None else "")

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be sent any more, unless it is returned."""
        return self.state in {self.State.SUBMITTED, self.State.ACCEPTED}


class ReportStatement(models.Model):
    """A report as it was sent: its figures frozen, its words as typed; a row never changes."""

    owed = models.ForeignKey(OwedReport, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField(_("lần gửi"))
    figures = models.JSONField(_("số liệu"), default=dict)
    figures_on = models.DateField(_("số liệu đến ngày"))
    remarks = models.TextField(_("kết quả, nhận xét"), blank=True)
    difficulties = models.TextField(_("khó khăn, đề xuất"), blank=True)
    submitted_on = models.DateField(_("ngày gửi"))
    by = models.CharField(_("người gửi"), max_length=200)
    post_title = models.CharField(_("chức danh"), max_length=200, blank=True)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owed", "number"], name="one_statement_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.owed} ({self.number})"


class ReportStep(models.Model):
    """What became of a report, and when: sent, returned with its reason, accepted."""

    owed = models.ForeignKey(OwedReport, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField(_("bước"))
    state = models.CharField(_("tình trạng"), max_length=9, choices=OwedReport.State.choices)
    statement = models.ForeignKey(ReportStatement, on_delete=models.PROTECT, related_name="steps")
    remark = models.CharField(_("ý kiến"), max_length=1000, blank=True)
    by = models.CharField(_("người làm"), max_length=200)
    post_title = models.CharField(_("chức danh"), max_length=200, blank=True)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owed", "number"], name="one_report_step_per_number"),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(remark=""),
                name="report_returned_with_remarks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owed}: {self.state}"
