"""Where a household lived, and when: what a list of last year counts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.households.models.people import Household
from chungtay.households.sensitivity import Declared, declare
from chungtay.places.models import Unit


class Residence(models.Model):
    """That a household lived at a place from a day on; the open one is its present place."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="residences")
    commune = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="residences", verbose_name=_("xã, phường")
    )
    village = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="village_residences",
        verbose_name=_("thôn, tổ dân phố"),
    )
    valid_from = models.DateField(_("từ ngày"), null=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True)
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)

    declarations: ClassVar[dict[str, Declared]] = declare(
        technical="id household commune withdrawn", basic="village valid_from valid_to"
    )

    class Meta:
        indexes: ClassVar = [
            # Few households have left a place: every count asks which of them lived there still.
            models.Index(
                fields=["valid_to", "household"],
                condition=Q(withdrawn=False, valid_to__isnull=False),
                name="residence_left",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(valid_to=None, withdrawn=False),
                name="one_open_residence_per_household",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="residence_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household} / {self.village or self.commune}"
