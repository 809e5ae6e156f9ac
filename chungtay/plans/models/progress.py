"""How far a promise is that the register cannot measure: typed, with its source."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.plans.models.targets import PlanTarget


class TypedProgress(models.Model):
    """What was reached of a promise by a day, in its own measure; taken back, never lost."""

    target = models.ForeignKey(PlanTarget, on_delete=models.PROTECT, related_name="typed_progress")
    value = models.DecimalField(_("đã đạt"), max_digits=9, decimal_places=2)
    on = models.DateField(_("tính đến ngày"))
    source = models.CharField(_("nguồn số liệu"), max_length=300)
    by = models.CharField(_("người ghi"), max_length=200)
    at = models.DateTimeField(_("lúc"))
    withdrawn = models.BooleanField(_("đã rút"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__gte=0) & ~Q(source=""), name="typed_progress_has_its_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.value}"
