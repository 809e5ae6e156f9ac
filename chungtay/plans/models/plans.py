"""A yearly plan of a place of any level: its wording, and the households its promise names."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.households.models import Household
from chungtay.places.models import Unit


class Plan(models.Model):
    """The plan of a place for a year on a subject.

    ``content`` is the wording (head, legal bases, sections, recipients, signature); the numbers in
    it are tokens filled from the cells and from the register. ``standard`` names the province's own
    poverty standard where the promise is read by it.
    """

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

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year", "subject", "edition"],
                condition=Q(withdrawn=False),
                name="one_plan_per_subject_and_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


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
