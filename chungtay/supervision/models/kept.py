"""What every record of supervision has: who wrote it, its version, its withdrawal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kept(models.Model):
    """A record that is withdrawn with its reason, never deleted."""

    recorded_by = models.CharField(_("người ghi"), max_length=200)
    withdrawn = models.BooleanField(_("đã rút"), default=False)
    withdrawn_why = models.CharField(_("lý do rút"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(withdrawn=False) | ~Q(withdrawn_why=""),
                name="%(class)s_withdrawn_has_its_reason",
            ),
        ]
