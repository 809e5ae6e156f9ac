"""A yearly plan of a place of any level: its wording, and the households its promise names."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.households.models import Household
from chungtay.places.models import Unit
from chungtay.staff.models import User


class Plan(models.Model):
    """The plan of a place for a year on a subject.

    ``content`` is the wording (head, legal bases, sections, recipients, signature); the numbers in
    it are tokens filled from the cells and from the register. ``standard`` names the province's own
    poverty standard where the promise is read by it.

    From approval on nothing of it changes (ADR 0026): what is to be another way is an edition of
    its own, which ``amends`` the one before it. ``issued_year`` is the year whose register of
    papers gave the number.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SUBMITTED = "submitted", _("đang trình duyệt")
        RETURNED = "returned", _("bị trả lại để sửa")
        APPROVED = "approved", _("đã duyệt")
        ISSUED = "issued", _("đã ban hành")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("năm"))
    subject = models.CharField(_("trích yếu"), max_length=300)
    edition = models.PositiveSmallIntegerField(_("lần ban hành"), default=1)
    standard = models.CharField(_("chuẩn riêng của tỉnh"), max_length=60, blank=True)
    total_households = models.PositiveIntegerField(_("tổng số hộ"), null=True)
    content = models.JSONField(_("nội dung"))
    made_up = models.JSONField(_("phần đặt ra để dùng thử"), default=list)
    withdrawn = models.BooleanField(_("đã rút lại"), default=False)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)
    state = models.CharField(
        _("tình trạng"), max_length=10, choices=State.choices, default=State.DRAFT
    )
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    number = models.CharField(_("số"), max_length=10, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=40, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True)
    issued_year = models.PositiveSmallIntegerField(_("năm ban hành"), null=True)
    amends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="amendments"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year", "subject", "edition"],
                condition=Q(withdrawn=False),
                name="one_plan_per_subject_and_edition",
            ),
            models.UniqueConstraint(
                fields=["unit", "issued_year", "number"],
                condition=Q(state="issued"),
                name="one_issued_plan_per_number_and_year",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(number=""),
                    ~Q(symbol=""),
                    state="issued",
                    issued_on__isnull=False,
                    issued_year__isnull=False,
                )
                | (~Q(state="issued") & Q(number="", issued_on=None, issued_year=None)),
                name="an_issued_plan_has_its_number_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"

    @property
    def said_number(self) -> str:
        """Number and symbol as papers quote them: "05/KH-UBND"; empty while it has none."""
        padded = self.number.zfill(2) if self.number.isdecimal() else self.number
        return f"{padded}/{self.symbol}" if self.number else ""


class PlanHousehold(models.Model):
    """A household the promise rests on, with what helps it and who helps."""

    class Population(models.TextChoices):
        POOR = "poor", _("Hộ nghèo")
        NEAR_POOR = "near_poor", _("Hộ cận nghèo")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="named_households")
    population = models.CharField(max_length=10, choices=Population.choices)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="plan_mentions")
    salutation = models.CharField(_("xưng hô"), max_length=10)
    helps = models.JSONField(_("hình thức giúp"), default=list)
    helpers = models.JSONField(_("bên giúp"), default=list)
    withdrawn = models.BooleanField(_("đã bỏ khỏi danh sách"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "household"],
                condition=Q(withdrawn=False),
                name="one_mention_per_household",
            ),
            models.UniqueConstraint(fields=["plan", "position"], name="one_household_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.salutation} {self.household}"
