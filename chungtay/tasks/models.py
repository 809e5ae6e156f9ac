"""A task with its due day, the posts it belongs to, what was said of it and what proves it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.places.models import Unit
from chungtay.rulebook.dues import BEFORE, ON_OR_BEFORE
from chungtay.staff.models import Post


class Rule(models.TextChoices):
    """Whether the due day itself is still in time."""

    BEFORE = BEFORE, _("trước ngày")
    ON_OR_BEFORE = ON_OR_BEFORE, _("chậm nhất ngày")


class Recurrence(models.TextChoices):
    """How a task comes again; each time is a task of its own."""

    ONCE = "once", _("một lần")
    MONTHLY = "monthly", _("hằng tháng")
    QUARTERLY = "quarterly", _("hằng quý")
    SIX_MONTHLY = "six_monthly", _("6 tháng một lần")
    YEARLY = "yearly", _("hằng năm")


class Progress(models.TextChoices):
    """How far a task is; overdue follows from the day and is not stored."""

    NOT_OPEN = "not_open", _("chưa mở")
    DOING = "doing", _("đang làm")
    DONE = "done", _("xong")


class Task(models.Model):
    """One thing due once: who asks is the unit, who does it are its parts.

    ``subject_key`` is the caller's own name for what the task is of: the same key opens once.
    ``last_day`` is the last day in time, and follows from the due day and its rule.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(_("tên việc"), max_length=200)
    asked = models.TextField(_("nội dung yêu cầu"), blank=True)
    subject_key = models.CharField(_("khóa của việc"), max_length=120, blank=True)
    link = models.CharField(_("địa chỉ liên quan"), max_length=200, blank=True)
    due_on = models.DateField(_("hạn"))
    rule = models.CharField(_("cách tính hạn"), max_length=12, choices=Rule.choices)
    last_day = models.DateField(_("ngày cuối còn đúng hạn"))
    recurrence = models.CharField(
        _("lặp lại"), max_length=12, choices=Recurrence.choices, default=Recurrence.ONCE
    )
    turn = models.PositiveSmallIntegerField(_("kỳ thứ"), default=1)
    turns = models.PositiveSmallIntegerField(_("số kỳ"), default=1)
    progress = models.CharField(
        _("tiến độ"), max_length=8, choices=Progress.choices, default=Progress.NOT_OPEN
    )
    done_on = models.DateField(_("ngày xong"), null=True)
    withdrawn = models.BooleanField(_("đã rút"), default=False)
    withdrawn_why = models.CharField(_("lý do rút"), max_length=300, blank=True)
    opened_by = models.CharField(_("người giao"), max_length=200)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "subject_key", "turn"],
                condition=~Q(subject_key=""),
                name="one_task_per_subject_and_turn",
            ),
            models.CheckConstraint(
                condition=Q(rule=ON_OR_BEFORE, last_day=F("due_on"))
                | Q(rule=BEFORE, last_day__lt=F("due_on")),
                name="task_last_day_follows_its_rule",
            ),
            models.CheckConstraint(
                condition=Q(progress="done", done_on__isnull=False)
                | (~Q(progress="done") & Q(done_on=None)),
                name="task_done_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | ~Q(withdrawn_why=""),
                name="task_withdrawn_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(turn__gte=1) & Q(turn__lte=F("turns")), name="task_turn_within_turns"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "last_day"], name="task_by_unit_and_day"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskPart(models.Model):
    """A post, or an office without an account, that leads a task or cooperates in it.

    ``passed_on``: the task was given to another post; the row stays as history.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="parts")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="task_parts")
    office = models.CharField(_("cơ quan chưa dùng phần mềm"), max_length=160, blank=True)
    leads = models.BooleanField(_("chủ trì"))
    ordered = models.BooleanField(_("được giao (không phải đề nghị)"))
    passed_on = models.BooleanField(_("đã chuyển cho chức danh khác"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, office="") | (Q(post=None) & ~Q(office="")),
                name="task_part_of_post_or_office",
            ),
            models.UniqueConstraint(
                fields=["task"], condition=Q(leads=True, passed_on=False), name="one_lead_per_task"
            ),
            models.UniqueConstraint(
                fields=["task", "post"], condition=Q(passed_on=False), name="post_once_in_a_task"
            ),
        ]

    def __str__(self) -> str:
        return self.office or str(self.post)


class TaskComment(models.Model):
    """What somebody said of a task."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(_("lời"))
    by = models.CharField(_("người nói"), max_length=200)
    post_title = models.CharField(_("chức danh"), max_length=200, blank=True)
    at = models.DateTimeField(_("lúc"))

    def __str__(self) -> str:
        return f"{self.by}: {self.task}"


class TaskFile(models.Model):
    """A file that proves a task, sealed with a key part of its own."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("tên tệp"), max_length=120)
    kind = models.CharField(_("kiểu tệp"), max_length=5)
    size = models.PositiveIntegerField(_("số byte"))
    salt = models.BinaryField()
    sealed = models.BinaryField()
    by = models.CharField(_("người nộp"), max_length=200)
    at = models.DateTimeField(_("lúc"))
    withdrawn = models.BooleanField(_("đã rút"), default=False)

    def __str__(self) -> str:
        return self.name
