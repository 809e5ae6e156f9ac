"""From which plan a plan was begun, and what was said of what came along and what did not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.plans.models.plans import Plan


class PlanStart(models.Model):
    """A plan begun from one of an earlier year.

    ``carried`` and ``left`` are sentences as JSON keeps them: what came along, what did not.
    """

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="start")
    source = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    carried = models.JSONField(_("đã mang sang"), default=list)
    left = models.JSONField(_("không mang sang được"), default=list)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(plan=F("source")), name="no_plan_begins_from_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.plan}"
