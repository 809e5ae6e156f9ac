"""A target handed down to the places below, what they answer, and the households behind it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.households.models import Household
from chungtay.places.models import Unit
from chungtay.plans.models.targets import PlanTarget


class HandingDown(models.Model):
    """A target as it was handed down: by which rule, by which paper, to be answered by when.

    ``version`` tells two people who change it at once apart. ``plan_by``: the day by which each
    place below owes a plan of its own; none where no plan is asked for.
    """

    class Rule(models.TextChoices):
        BY_BASE = "by_base", _("chia theo số gốc")
        BY_HAND = "by_hand", _("giao từng nơi một số")
        BY_NAMES = "by_names", _("chia theo hộ có tên")
        SAME_FOR_ALL = "same_for_all", _("giao như nhau")

    target = models.ForeignKey(PlanTarget, on_delete=models.PROTECT, related_name="handings")
    rule = models.CharField(_("cách chia"), max_length=12, choices=Rule.choices)
    paper = models.CharField(_("văn bản giao"), max_length=120)
    paper_on = models.DateField(_("ngày văn bản giao"))
    answer_by = models.DateField(_("trả lời trước hết ngày"), null=True)
    plan_by = models.DateField(_("lập kế hoạch riêng trước hết ngày"), null=True)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["target"], condition=Q(withdrawn=False), name="one_handing_down_per_target"
            ),
            models.CheckConstraint(condition=~Q(paper=""), name="a_handing_down_has_its_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.paper}"


class AskedPart(models.Model):
    """What one place below is asked of a target, and what it answers.

    Households where the target is a number that falls, per cent where it is a level.
    """

    class State(models.TextChoices):
        UNANSWERED = "unanswered", _("chưa trả lời")
        ANSWERED = "answered", _("đã trả lời")
        ACCEPTED = "accepted", _("đã chấp nhận")
        SENT_BACK = "sent_back", _("đã trả lại")

    handing = models.ForeignKey(HandingDown, on_delete=models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="asked_parts")
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    base = models.PositiveIntegerField(_("số gốc"), null=True)
    asked = models.DecimalField(_("giao"), max_digits=9, decimal_places=2)
    promised = models.DecimalField(_("nhận"), max_digits=9, decimal_places=2, null=True)
    reason = models.CharField(_("lý do nhận khác số giao"), max_length=500, blank=True)
    state = models.CharField(
        _("tình trạng"), max_length=10, choices=State.choices, default=State.UNANSWERED
    )
    sent_back_for = models.CharField(_("lý do trả lại"), max_length=500, blank=True)
    answer_by = models.DateField(_("trả lời lại trước hết ngày"), null=True)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handing", "unit"], name="one_asked_part_per_unit"),
            models.CheckConstraint(
                condition=Q(asked__gte=0) & (Q(promised=None) | Q(promised__gte=0)),
                name="no_part_asked_below_nothing",
            ),
            models.CheckConstraint(
                condition=Q(state="unanswered", promised=None)
                | (~Q(state="unanswered") & Q(promised__isnull=False)),
                name="an_answer_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(promised=None) | Q(promised=F("asked")) | ~Q(reason=""),
                name="another_number_has_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent_back")
                | (~Q(sent_back_for="") & Q(answer_by__isnull=False)),
                name="sent_back_with_reason_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handing} {self.unit}"


class PromisedHousehold(models.Model):
    """A household a place names behind its answer; within one handing down it stands once."""

    handing = models.ForeignKey(HandingDown, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(AskedPart, on_delete=models.PROTECT, related_name="households")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="promised_mentions"
    )
    withdrawn = models.BooleanField(_("đã bỏ khỏi danh sách"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["handing", "household"],
                condition=Q(withdrawn=False),
                name="a_promised_household_counts_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.household}"
