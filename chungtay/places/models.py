"""Units from the country down to the village, each with the dates it exists."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Where a unit stands in the tree; the Vietnamese kind (xã, thôn …) is data."""

    COUNTRY = "country", _("Cả nước")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")
    VILLAGE = "village", _("Thôn, tổ dân phố")


class AreaType(models.TextChoices):
    """Which income line applies; blank where no text says it (đặc khu)."""

    RURAL = "rural", _("Nông thôn")
    URBAN = "urban", _("Thành thị")


class Unit(models.Model):
    """One unit during one legal existence; a code names it only together with a date."""

    level = models.CharField(_("cấp"), max_length=10, choices=Level.choices)
    kind = models.CharField(_("loại đơn vị"), max_length=30)
    code = models.CharField(_("mã"), max_length=10, blank=True)
    name = models.CharField(_("tên"), max_length=120)
    folded = models.CharField(max_length=120, editable=False)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="children",
        verbose_name=_("thuộc"),
    )
    path = models.CharField(max_length=80, editable=False, blank=True)
    area_type = models.CharField(_("khu vực"), max_length=5, choices=AreaType.choices, blank=True)
    valid_from = models.DateField(_("từ ngày"), null=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True)
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["level", "code", "valid_to"],
                condition=~Q(code=""),
                name="one_unit_per_code_and_end",
            ),
            models.UniqueConstraint(
                fields=["level", "code"],
                condition=~Q(code="") & Q(valid_to=None),
                name="one_standing_unit_per_code",
            ),
            models.UniqueConstraint(
                fields=["parent", "folded"],
                condition=Q(level=Level.VILLAGE, valid_to=None, withdrawn=False),
                name="one_standing_village_per_name",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["code"], name="unit_by_code"),
            models.Index(fields=["path"], name="unit_by_path"),
            models.Index(fields=["folded"], name="unit_by_folded_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def chain(self) -> str:
        """The journal chain of this unit: a village writes in its commune's."""
        if self.level == Level.VILLAGE and self.parent is not None:
            return self.parent.chain
        begun = self.valid_from.isoformat() if self.valid_from else ""
        return f"{self.level}:{self.code}:{begun}"


class Succession(models.Model):
    """That one unit took over another, whole or in part, from a day on."""

    class Kind(models.TextChoices):
        WHOLE = "whole", _("toàn bộ")
        PART_MAIN = "part-main", _("phần chính")
        PART = "part", _("một phần")

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField(_("phạm vi"), max_length=10, choices=Kind.choices)
    valid_from = models.DateField(_("từ ngày"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["old", "new"], name="one_succession_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class PopulationCount(models.Model):
    """How many households and persons a unit had on a day, and who says so: a denominator."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="population_counts")
    on = models.DateField(_("tại ngày"))
    households = models.PositiveIntegerField(_("tổng số hộ"))
    persons = models.PositiveIntegerField(_("tổng số khẩu"), null=True)
    source = models.CharField(_("nguồn"), max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "on"], name="one_population_count_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.on}: {self.households}"
