"""What a plan promises: a target of any kind, and its parts in the places below."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.places.models import Unit
from chungtay.plans.models.plans import Plan

# A base says when: on a day, or from a year to a year.
BASE_DATED = Q(base_on__isnull=False) | Q(base_from__isnull=False, base_to__isnull=False)


class PlanTarget(models.Model):
    """One promise: of whom, by which measure, compared how, on which base, and its numbers.

    ``code`` begins the names of its live values. A count is kept in ``opening`` and ``reduction``,
    every other measure in ``value`` (and ``value_to`` of a range), in per cent or its points.
    ``number_open``: the number is not known yet, a blank to fill before the plan is submitted.
    """

    class Counted(models.TextChoices):
        HOUSEHOLD = "household", _("hộ")
        PERSON = "person", _("người")
        CHILD = "child", _("trẻ em")
        WORKER = "worker", _("người lao động")
        POVERTY_OFFICER = "poverty_officer", _("cán bộ làm công tác giảm nghèo")

    class Measure(models.TextChoices):
        COUNT = "count", _("số hộ")
        RATE = "rate", _("tỷ lệ")
        POINTS = "points", _("điểm phần trăm")
        SHARE = "share", _("phần của một số gốc")
        COVERAGE = "coverage", _("mức bao phủ")

    class Comparator(models.TextChoices):
        EXACTLY = "exactly", _("đúng bằng")
        AT_LEAST = "at_least", _("ít nhất")
        OVER = "over", _("trên")
        ABOUT = "about", _("khoảng")
        BETWEEN = "between", _("từ … đến …")

    class Reach(models.TextChoices):
        THIS_YEAR = "this_year", _("riêng năm nay")
        CUMULATIVE = "cumulative", _("lũy kế từ đầu giai đoạn")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="targets")
    code = models.CharField(_("tên ô"), max_length=40)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    aim = models.CharField(_("nội dung chỉ tiêu"), max_length=300, blank=True)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="pieces")

    counted = models.CharField(
        _("đếm gì"), max_length=20, choices=Counted.choices, default=Counted.HOUSEHOLD
    )
    classes = models.CharField(_("các diện"), max_length=60, blank=True)
    subclass = models.CharField(_("loại A, B"), max_length=1, blank=True)
    group = models.CharField(_("riêng một dân tộc"), max_length=30, blank=True)
    registered_need = models.BooleanField(_("có nhu cầu đã đăng ký"), default=False)
    age_from = models.PositiveSmallIntegerField(_("từ tuổi"), null=True)
    age_to = models.PositiveSmallIntegerField(_("đến tuổi"), null=True)
    dimension = models.CharField(_("chiều thiếu hụt"), max_length=60, blank=True)
    indicator = models.CharField(_("chỉ số thiếu hụt"), max_length=30, blank=True)
    measure = models.CharField(
        _("đo bằng"), max_length=10, choices=Measure.choices, default=Measure.COUNT
    )
    comparator = models.CharField(
        _("so sánh"), max_length=10, choices=Comparator.choices, default=Comparator.EXACTLY
    )

    number_open = models.BooleanField(_("số chưa biết"), default=False)
    opening = models.PositiveIntegerField(_("đầu năm"), null=True)
    reduction = models.PositiveIntegerField(_("giảm trong năm"), null=True)
    stated_opening_rate = models.DecimalField(
        _("tỷ lệ đầu năm đã ghi"), max_digits=5, decimal_places=2, null=True
    )
    stated_closing_rate = models.DecimalField(
        _("tỷ lệ cuối năm đã ghi"), max_digits=5, decimal_places=2, null=True
    )
    value = models.DecimalField(_("số hứa"), max_digits=5, decimal_places=2, null=True)
    value_to = models.DecimalField(_("đến số"), max_digits=5, decimal_places=2, null=True)

    base_classes = models.CharField(_("diện của số gốc"), max_length=60, blank=True)
    base_subclass = models.CharField(_("loại A, B của số gốc"), max_length=1, blank=True)
    base_on = models.DateField(_("số gốc tại ngày"), null=True)
    base_from = models.PositiveSmallIntegerField(_("số gốc từ năm"), null=True)
    base_to = models.PositiveSmallIntegerField(_("số gốc đến năm"), null=True)
    base_reach = models.CharField(_("tính"), max_length=10, choices=Reach.choices, blank=True)
    base_count = models.PositiveIntegerField(_("số gốc"), null=True)
    base_said = models.CharField(_("số gốc theo câu văn"), max_length=160, blank=True)
    assigned_by = models.CharField(_("văn bản giao chỉ tiêu"), max_length=160, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="one_target_per_code"),
            models.CheckConstraint(
                condition=Q(opening=None) | Q(reduction=None) | Q(reduction__lte=F("opening")),
                name="no_reduction_above_opening",
            ),
            models.CheckConstraint(
                condition=Q(number_open=True, reduction=None, value=None, value_to=None)
                | Q(number_open=False, measure="count", reduction__isnull=False, value=None)
                | (~Q(measure="count") & Q(number_open=False, reduction=None, value__isnull=False)),
                name="a_target_has_its_number_or_says_it_is_open",
            ),
            models.CheckConstraint(
                condition=~Q(measure="share")
                | (
                    BASE_DATED
                    & ~Q(base_classes="")
                    & ~Q(base_reach="")
                    & Q(Q(base_count__isnull=False) | Q(number_open=True))
                ),
                name="a_share_names_its_base",
            ),
            models.CheckConstraint(
                condition=Q(comparator="between", value_to__isnull=False, value_to__gt=F("value"))
                | Q(comparator="between", number_open=True)
                | (~Q(comparator="between") & Q(value_to=None)),
                name="a_range_has_two_ends",
            ),
            models.CheckConstraint(
                condition=Q(subclass="") | Q(classes="poor"), name="only_the_poor_are_a_or_b"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0, value__lte=100),
                name="a_share_is_at_most_the_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.code}"


class PlanPart(models.Model):
    """The part of a target one place below carries: typed, or left to be derived by its opening."""

    target = models.ForeignKey(PlanTarget, on_delete=models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plan_parts")
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    opening = models.PositiveIntegerField(_("đầu kỳ"), null=True)
    reduction = models.PositiveIntegerField(_("phần được giao"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "unit"], name="one_part_per_unit"),
            models.CheckConstraint(
                condition=Q(opening__isnull=False) | Q(reduction__isnull=False),
                name="a_part_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(opening=None) | Q(reduction=None) | Q(reduction__lte=F("opening")),
                name="no_part_above_its_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.unit}"
