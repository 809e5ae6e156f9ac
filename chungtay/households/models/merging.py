"""Records that are one and the same: what was merged, how to put it back, what was kept apart."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.acts.sealing import new_salt
from chungtay.households.models.people import Household
from chungtay.households.sensitivity import Declared, declare


class PairKind(models.TextChoices):
    """What two records are records of."""

    PERSON = "person", _("Người")
    HOUSEHOLD = "household", _("Hộ")


class RecordMerge(models.Model):
    """That one record went into another, and, sealed, every row as it was before and left behind.

    ``household`` is where the kept record stands; ``versions`` are those the merge left behind.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("loại"), max_length=10, choices=PairKind.choices)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="merges")
    kept = models.UUIDField()
    lost = models.UUIDField()
    versions = models.JSONField(default=dict)
    undo = models.BinaryField()
    salt = models.BinaryField(default=new_salt)
    merged_by = models.CharField(_("người gộp"), max_length=200)
    merged_at = models.DateTimeField(_("gộp lúc"), auto_now_add=True)
    withdrawn = models.BooleanField(_("đã hoàn tác"), default=False)

    declarations: ClassVar[dict[str, Declared]] = declare(
        technical="id kind household kept lost versions salt merged_by merged_at withdrawn",
        sensitive="undo",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "lost"],
                condition=Q(withdrawn=False),
                name="one_standing_merge_per_lost_record",
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("lost")), name="nothing_is_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.lost} → {self.kept}"


class KeptApart(models.Model):
    """That somebody looked at two records and found them not the same; ``first`` < ``second``."""

    kind = models.CharField(_("loại"), max_length=10, choices=PairKind.choices)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="kept_apart")
    first = models.UUIDField()
    second = models.UUIDField()
    said_by = models.CharField(_("người xác nhận"), max_length=200)
    said_at = models.DateTimeField(_("xác nhận lúc"), auto_now_add=True)
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)

    declarations: ClassVar[dict[str, Declared]] = declare(
        technical="id kind household first second said_by said_at withdrawn"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "first", "second"],
                condition=Q(withdrawn=False),
                name="a_pair_is_kept_apart_once",
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="a_pair_has_a_first_and_a_second"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} ≠ {self.second}"
