"""What was said of the draft of a plan, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.plans.models import Plan
from chungtay.supervision.models.kept import Kept


class CommentOutcome(models.TextChoices):
    """What became of a comment."""

    UNSETTLED = "unsettled", _("chưa xem xét")
    TAKEN_UP = "taken_up", _("đã tiếp thu")
    NOT_TAKEN_UP = "not_taken_up", _("không tiếp thu")


class PlanComment(Kept):
    """A comment of an office, a union or a village on a plan; what is not taken up says why."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="draft_comments")
    by = models.CharField(_("nơi góp ý"), max_length=200)
    on = models.DateField(_("ngày góp ý"))
    text = models.TextField(_("nội dung góp ý"))
    outcome = models.CharField(
        _("kết quả xem xét"),
        max_length=12,
        choices=CommentOutcome.choices,
        default=CommentOutcome.UNSETTLED,
    )
    reason = models.TextField(_("giải trình"), blank=True)
    settled_by = models.CharField(_("người xem xét"), max_length=200, blank=True)

    class Meta(Kept.Meta):
        constraints: ClassVar = [
            *Kept.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(by="") & ~Q(text=""), name="plan_comment_says_something"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="not_taken_up") | ~Q(reason=""),
                name="what_is_not_taken_up_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.plan}"
