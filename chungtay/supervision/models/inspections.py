"""An inspection or a supervision by the community, and what it found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.places.models import Unit
from chungtay.staff.models import Post
from chungtay.supervision.models.kept import Kept


class InspectionKind(models.TextChoices):
    """Whether the authority inspects or the community supervises."""

    BY_AUTHORITY = "by_authority", _("kiểm tra")
    BY_COMMUNITY = "by_community", _("giám sát của cộng đồng")


class Severity(models.TextChoices):
    """How grave a finding is."""

    REMARK = "remark", _("cần lưu ý")
    DEFECT = "defect", _("thiếu sót")
    VIOLATION = "violation", _("vi phạm")


class Inspection(Kept):
    """What was looked at, where, on which day, by whom: a post of the unit, or a body by name.

    ``unit`` keeps the record and asks for what is to be mended; ``place`` is what was inspected.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="inspections")
    place = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="inspected")
    kind = models.CharField(_("hình thức"), max_length=12, choices=InspectionKind.choices)
    on = models.DateField(_("ngày"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="inspections")
    body = models.CharField(_("đoàn, ban thực hiện"), max_length=200, blank=True)
    paper = models.CharField(_("số quyết định, kế hoạch"), max_length=120, blank=True)
    about = models.TextField(_("nội dung"))

    class Meta(Kept.Meta):
        constraints: ClassVar = [
            *Kept.Meta.constraints,
            models.CheckConstraint(
                condition=Q(post__isnull=False, body="") | (Q(post=None) & ~Q(body="")),
                name="inspection_by_post_or_body",
            ),
            models.CheckConstraint(condition=~Q(about=""), name="inspection_says_of_what"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "on"], name="inspection_by_unit_and_day")]

    def __str__(self) -> str:
        return f"{self.place}, {self.on}"


class InspectionFinding(Kept):
    """One thing found, mended by a post by a day; its task is found by its subject key.

    What was done stays when a finding is opened again, until it is closed anew.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    text = models.TextField(_("nội dung kết luận"))
    severity = models.CharField(_("mức độ"), max_length=9, choices=Severity.choices)
    due_on = models.DateField(_("hạn khắc phục"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="findings")
    closed_on = models.DateField(_("ngày khép lại"), null=True)
    closed_by = models.CharField(_("người khép lại"), max_length=200, blank=True)
    done = models.TextField(_("việc đã làm để khắc phục"), blank=True)

    class Meta(Kept.Meta):
        constraints: ClassVar = [
            *Kept.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="finding_says_what"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | (~Q(done="") & ~Q(closed_by="")),
                name="finding_closed_says_what_was_done",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def subject_key(self) -> str:
        """The name under which its task is opened."""
        return f"supervision.finding:{self.pk}"
