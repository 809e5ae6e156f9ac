"""What is kept of a plan's life: each step with what the plan said then, and its papers sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.plans.models.plans import Plan


class PlanVersion(models.Model):
    """What a plan said at one step of its life: its cells, wording, duties, places of its names.

    A draft is kept too, before somebody begins to change its wording or duties (``EDITING``).

    ``number`` is the plan's version then. ``despite`` is why it was submitted although its numbers
    contradict each other.
    """

    class Step(models.TextChoices):
        EDITING = "editing", _("trước khi sửa")
        SUBMISSION = "submission", _("trình duyệt")
        RECALL = "recall", _("rút lại")
        RETURN = "return", _("trả lại")
        APPROVAL = "approval", _("duyệt")
        ISSUING = "issuing", _("ban hành")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("phiên bản"))
    step = models.CharField(_("bước"), max_length=10, choices=Step.choices)
    content = models.JSONField(_("nội dung khi đó"))
    by = models.CharField(_("người làm"), max_length=200)
    post_title = models.CharField(_("chức danh"), max_length=200, blank=True)
    at = models.DateTimeField(_("lúc"))
    why = models.TextField(_("ý kiến"), blank=True)
    despite = models.TextField(_("vì sao vẫn trình"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_step_per_plan_version"),
            models.CheckConstraint(
                condition=~Q(step="return") | ~Q(why=""), name="a_return_has_its_remarks"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.number}"


class PlanFile(models.Model):
    """A paper of a plan as it was issued, or signed and scanned; sealed with its own key part.

    ``digest`` is the SHA-256 of what was kept.
    """

    class Role(models.TextChoices):
        AS_ISSUED = "as_issued", _("bản ban hành")
        SCAN = "scan", _("bản ký, bản quét")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="files")
    role = models.CharField(_("là gì"), max_length=10, choices=Role.choices)
    name = models.CharField(_("tên tệp"), max_length=160)
    kind = models.CharField(_("kiểu tệp"), max_length=5)
    size = models.PositiveIntegerField(_("số byte"))
    digest = models.CharField(_("dấu của tệp"), max_length=64)
    salt = models.BinaryField()
    sealed = models.BinaryField()
    by = models.CharField(_("người nộp"), max_length=200)
    at = models.DateTimeField(_("lúc"))
    withdrawn = models.BooleanField(_("đã rút"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(role="as_issued"), name="one_paper_as_issued"
            ),
            models.CheckConstraint(
                condition=Q(role="scan") | Q(withdrawn=False), name="the_issued_paper_stays"
            ),
        ]

    def __str__(self) -> str:
        return self.name
