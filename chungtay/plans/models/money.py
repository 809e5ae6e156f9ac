"""The money a plan speaks of: its lines, and what the named households need."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.plans.models.plans import Plan, PlanHousehold


class MoneySource(models.TextChoices):
    """Where planned money is to come from."""

    CENTRAL_BUDGET = "central_budget", _("ngân sách trung ương")
    PROVINCE_BUDGET = "province_budget", _("ngân sách tỉnh")
    DISTRICT_BUDGET = "district_budget", _("ngân sách huyện")
    COMMUNE_BUDGET = "commune_budget", _("ngân sách xã")
    MOBILISED = "mobilised", _("xã hội hóa")
    INTEGRATED = "integrated", _("lồng ghép các chương trình mục tiêu quốc gia")


class PlannedLine(models.Model):
    """One purpose of a plan with its amount in whole đồng; totals are derived, never kept.

    A plan that was read may leave source and stage unsaid; then they stay empty.
    """

    class Capital(models.TextChoices):
        INVESTMENT = "investment", _("vốn đầu tư")
        RECURRENT = "recurrent", _("vốn sự nghiệp")

    class Stage(models.TextChoices):
        EXPECTED = "expected", _("dự kiến")
        ASSIGNED = "assigned", _("được giao")
        ALLOCATED = "allocated", _("đã phân bổ")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines")
    code = models.CharField(_("tên ô"), max_length=40)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    purpose = models.CharField(_("nội dung chi"), max_length=200)
    project = models.CharField(_("dự án của chương trình"), max_length=120, blank=True)
    amount_vnd = models.PositiveBigIntegerField(_("số tiền, đồng"))
    capital = models.CharField(_("loại vốn"), max_length=10, choices=Capital.choices, blank=True)
    source = models.CharField(_("nguồn"), max_length=20, choices=MoneySource.choices, blank=True)
    stage = models.CharField(_("bước"), max_length=10, choices=Stage.choices, blank=True)
    organiser = models.CharField(_("đơn vị chủ trì"), max_length=120, blank=True)
    withdrawn = models.BooleanField(_("đã bỏ"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="one_line_per_code"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.amount_vnd}"


class PlannedNeed(models.Model):
    """One thing a named household registered to need, its cost in whole đồng and who seeks it."""

    row = models.ForeignKey(PlanHousehold, on_delete=models.PROTECT, related_name="needs")
    code = models.CharField(_("tên ô"), max_length=40)
    what = models.CharField(_("nhu cầu"), max_length=120)
    amount_vnd = models.PositiveBigIntegerField(_("kinh phí, đồng"))
    cap_vnd = models.PositiveBigIntegerField(_("không vượt quá, đồng"), null=True)
    source = models.CharField(_("nguồn"), max_length=20, choices=MoneySource.choices)
    organiser = models.CharField(_("đơn vị vận động"), max_length=160, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["row", "code"], name="one_need_of_a_kind"),
            models.CheckConstraint(
                condition=Q(cap_vnd=None) | Q(amount_vnd__lte=F("cap_vnd")),
                name="no_need_above_its_cap",
            ),
        ]

    def __str__(self) -> str:
        return self.what
