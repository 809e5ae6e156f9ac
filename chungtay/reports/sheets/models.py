"""What a person says to the year sheet that speaks of her."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chungtay.places.models import Unit
from chungtay.staff.models import User


class SheetRemark(models.Model):
    """The remark of a person on her own sheet of a commune and a year; empty: taken back."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sheet_remarks")
    year = models.PositiveSmallIntegerField(_("năm"))
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sheet_remarks")
    text = models.TextField(_("ý kiến"), blank=True)
    written_on = models.DateField(_("ngày ghi"))
    version = models.PositiveIntegerField(_("phiên bản"), default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year", "user"], name="one_remark_per_person_and_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.year}"
