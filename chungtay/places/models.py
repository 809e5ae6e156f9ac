"""Units from the country down to the village, each with the dates it exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.rulebook.folding import fold


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


@dataclass(frozen=True)
class Naming:
    """What a unit is called and which income line holds there, up to a last day (None: still)."""

    name: str
    kind: str
    area_type: str
    valid_to: date | None = None
    paper: str = ""
    verified: bool = True


class Unit(models.Model):
    """One unit during one legal existence; a code names it only together with a date.

    Name, kind and area are those of today. A unit that changed them stays the same unit:
    ``earlier_names`` keeps what they were, oldest first, each up to its last day and with the
    paper that ended it, so that a list shows last year's names without asking again.
    """

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
    earlier_names = models.JSONField(_("tên trước đây"), default=list)
    verified = models.BooleanField(_("đã đối chiếu"), default=True)
    source = models.CharField(_("nguồn"), max_length=200, blank=True)

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

    def stands_on(self, on: date) -> bool:
        """Whether the unit exists on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and not self.ended_before(on) and not self.withdrawn

    def ended_before(self, on: date) -> bool:
        """Whether the unit's last day lies before a day."""
        return self.valid_to is not None and self.valid_to < on

    @property
    def namings(self) -> list[Naming]:
        """Every name this unit has had, oldest first; the last one still holds."""
        earlier = [
            Naming(**{**row, "valid_to": date.fromisoformat(row["valid_to"])})
            for row in self.earlier_names
        ]
        return [*earlier, Naming(self.name, self.kind, self.area_type)]

    def naming_on(self, on: date) -> Naming:
        """The name, kind and area that held on a day; of a day before its begin the first."""
        return next(one for one in self.namings if one.valid_to is None or on <= one.valid_to)

    def name_on(self, on: date) -> str:
        """What the unit was called on a day."""
        return self.naming_on(on).name

    def take_name(self, new: Naming, last_day: date, paper: str, *, verified: bool = True) -> None:
        """Bear another name, kind and area from the day after ``last_day`` on; not saved."""
        ended = {"valid_to": last_day.isoformat(), "paper": paper, "verified": verified}
        old = {"name": self.name, "kind": self.kind, "area_type": self.area_type}
        self.earlier_names = [*self.earlier_names, {**old, **ended}]
        self.name, self.folded = new.name, fold(new.name)
        self.kind, self.area_type = new.kind, new.area_type


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
    paper = models.CharField(_("theo văn bản"), max_length=200, blank=True)
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["old", "new"],
                condition=Q(withdrawn=False),
                name="one_standing_succession_per_pair",
            ),
            models.CheckConstraint(condition=~Q(old=F("new")), name="nobody_succeeds_itself"),
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
            models.CheckConstraint(
                condition=Q(persons=None) | Q(persons__gte=F("households")),
                name="no_fewer_persons_than_households",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.on}: {self.households}"


class VillageChange(models.Model):
    """One act on the villages of a commune, with the paper behind it and what undoing it needs."""

    class Kind(models.TextChoices):
        ADDED = "villages_added", _("thêm thôn, tổ")
        RENAMED = "village_renamed", _("đổi tên thôn, tổ")
        CORRECTED = "village_corrected", _("đính chính thôn, tổ")
        MERGED = "villages_merged", _("sáp nhập thôn, tổ")
        SPLIT = "village_split", _("chia thôn, tổ")
        ENDED = "village_ended", _("thôi dùng thôn, tổ")

    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="village_changes")
    kind = models.CharField(_("việc"), max_length=20, choices=Kind.choices)
    on = models.DateField(_("từ ngày"), null=True)
    paper = models.CharField(_("theo văn bản"), max_length=200, blank=True)
    villages = models.ManyToManyField(Unit, related_name="changes")
    before = models.JSONField(_("trước đó"), default=dict)
    written_at = models.DateTimeField(auto_now_add=True)
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["commune", "on"], name="change_by_commune")]

    def __str__(self) -> str:
        return f"{self.commune} {self.kind}"
