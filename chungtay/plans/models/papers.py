"""What a plan's text says beside its numbers: its bases, who does what by when, who receives it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.plans.models.plans import Plan


class PlanBasis(models.Model):
    """A document the plan rests on; the one above it in the line of plans is its parent."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="bases")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    text = models.TextField(_("câu căn cứ"))
    kind = models.CharField(_("loại văn bản"), max_length=60, blank=True)
    number = models.CharField(_("số, ký hiệu"), max_length=80, blank=True)
    issued_on = models.CharField(_("ngày ban hành"), max_length=10, blank=True)
    issuer = models.CharField(_("nơi ban hành"), max_length=200, blank=True)
    withdrawn = models.BooleanField(_("đã bỏ"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                condition=Q(withdrawn=False),
                name="one_basis_per_position",
            )
        ]

    def __str__(self) -> str:
        return self.text


class PlanDuty(models.Model):
    """One thing the offices of a numbered head are to do, and in which role.

    Offices of one's own committee are told, others are asked. ``asked_by`` is the paper from above
    that asks it, where one does.
    """

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        COOPERATE = "cooperate", _("phối hợp")
        ADVISE = "advise", _("tham mưu")
        REQUEST = "request", _("đề nghị")
        GUIDE = "guide", _("hướng dẫn")
        REPORT = "report", _("báo cáo")
        DO = "do", _("thực hiện")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="duties")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    number = models.CharField(_("số mục"), max_length=20, blank=True)
    offices = models.JSONField(_("đơn vị được giao"), default=list)
    role = models.CharField(_("vai"), max_length=10, choices=Role.choices)
    text = models.TextField(_("việc"))
    asked_by = models.CharField(_("theo văn bản cấp trên"), max_length=120, blank=True)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)
    withdrawn = models.BooleanField(_("đã bỏ"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                condition=Q(withdrawn=False),
                name="one_duty_per_position",
            )
        ]

    def __str__(self) -> str:
        return self.text


class PlanDeadline(models.Model):
    """By when who does what, once or again and again; ``due`` is a day, a month or a year."""

    class Recurrence(models.TextChoices):
        MONTHLY = "monthly", _("hằng tháng")
        QUARTERLY = "quarterly", _("hằng quý")
        SIX_MONTHLY = "six_monthly", _("6 tháng một lần")
        YEARLY = "yearly", _("hằng năm")

    class Due(models.TextChoices):
        BEFORE = "before", _("trước ngày")
        ON_OR_BEFORE = "on_or_before", _("chậm nhất ngày")
        ON = "on", _("đúng ngày")
        IN = "in", _("trong kỳ")
        FROM = "from", _("kể từ ngày")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="deadlines")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    due = models.CharField(_("thời hạn"), max_length=21, blank=True)
    comparator = models.CharField(_("tính"), max_length=12, choices=Due.choices, blank=True)
    recurrence = models.CharField(
        _("lặp lại"), max_length=11, choices=Recurrence.choices, blank=True
    )
    who = models.CharField(_("ai làm"), max_length=400, blank=True)
    what = models.TextField(_("việc"))
    receivers = models.JSONField(_("gửi tới"), default=list)
    via = models.CharField(_("qua đầu mối"), max_length=300, blank=True)
    asked_by = models.CharField(_("theo văn bản cấp trên"), max_length=120, blank=True)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)
    withdrawn = models.BooleanField(_("đã bỏ"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                condition=Q(withdrawn=False),
                name="one_deadline_per_position",
            )
        ]

    def __str__(self) -> str:
        return f"{self.due}: {self.what}"


class PlanRecipient(models.Model):
    """One line of "Nơi nhận"."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="recipients")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("nơi nhận"), max_length=300)
    note = models.CharField(_("ghi chú"), max_length=120, blank=True)
    withdrawn = models.BooleanField(_("đã bỏ"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                condition=Q(withdrawn=False),
                name="one_recipient_per_position",
            )
        ]

    def __str__(self) -> str:
        return self.name
