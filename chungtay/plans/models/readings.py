"""A plan that was read from a file, and what was made of each datum, before it is a plan."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.acts.sealing import new_salt
from chungtay.places.models import Unit
from chungtay.plans.models.plans import Plan


class PlanReading(models.Model):
    """One file read for a place: its text sealed, its data beside it, the plan it became.

    ``sealed`` is the text with what is to be looked at; it may name people.
    """

    class State(models.TextChoices):
        STAGED = "staged", _("chờ ghi")
        APPLIED = "applied", _("đã ghi")
        UNDONE = "undone", _("đã hoàn tác")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plan_readings")
    file_name = models.CharField(_("tên tệp"), max_length=200)
    file_digest = models.CharField(max_length=64)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices)
    sealed = models.BinaryField()
    salt = models.BinaryField(default=new_salt)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="readings")
    plan_version = models.PositiveIntegerField(_("phiên bản khi ghi"), null=True)
    staged_by = models.CharField(_("người tải lên"), max_length=200)
    staged_at = models.DateTimeField(_("tải lên lúc"), auto_now_add=True)
    settled_by = models.CharField(_("người ghi"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("ghi lúc"), null=True)

    class Meta:
        ordering: ClassVar = ["-staged_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(plan__isnull=False),
                name="applied_reading_has_its_plan",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.unit}"


class ReadDatum(models.Model):
    """One datum of a reading: as it was read, as it was corrected, where its sentence stands.

    ``was`` is empty for what an officer added, ``became`` for what nobody changed; both are sealed.
    """

    class State(models.TextChoices):
        READ = "read", _("chưa xem")
        CONFIRMED = "confirmed", _("đúng")
        DISCARDED = "discarded", _("bỏ qua")

    reading = models.ForeignKey(PlanReading, on_delete=models.PROTECT, related_name="data")
    group = models.CharField(_("nhóm"), max_length=10)
    position = models.PositiveIntegerField(_("thứ tự"))
    start = models.PositiveIntegerField(_("từ chữ thứ"), null=True)
    end = models.PositiveIntegerField(_("đến chữ thứ"), null=True)
    was = models.BinaryField(null=True)
    became = models.BinaryField(null=True)
    state = models.CharField(_("đã xem"), max_length=10, choices=State.choices, default=State.READ)
    changed_by = models.CharField(_("người sửa"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reading", "position"], name="one_datum_per_position"),
            models.CheckConstraint(
                condition=Q(was__isnull=False) | Q(became__isnull=False),
                name="datum_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.position}"
