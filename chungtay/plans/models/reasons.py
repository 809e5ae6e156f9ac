"""Why a promise names fewer households than it counts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.plans.models.targets import PlanTarget


class MissingNamesReason(models.Model):
    """The reason that stands for a promise short of names; without text none stands any more."""

    target = models.OneToOneField(
        PlanTarget, on_delete=models.PROTECT, related_name="missing_names_reason"
    )
    text = models.CharField(_("lý do còn thiếu tên"), max_length=500, blank=True)
    said_by = models.CharField(_("người ghi"), max_length=200, blank=True)
    said_on = models.DateField(_("ngày ghi"), null=True)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(text="", said_by="", said_on=None)
                | (~Q(text="") & ~Q(said_by="") & Q(said_on__isnull=False)),
                name="a_reason_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.text
