"""Communication and training: what was done on which day, and who was trained."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.places.models import Unit
from chungtay.staff.models import Post, User
from chungtay.supervision.models.kept import Kept


class ActivityKind(models.TextChoices):
    """Whether people are told, or those who do the work are taught."""

    COMMUNICATION = "communication", _("tuyên truyền")
    TRAINING = "training", _("tập huấn")


class Activity(Kept):
    """One activity of a unit; whom it reached and what it cost where somebody typed it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(_("loại"), max_length=13, choices=ActivityKind.choices)
    on = models.DateField(_("ngày"))
    topic = models.CharField(_("chủ đề"), max_length=200)
    form = models.CharField(_("hình thức"), max_length=120, blank=True)
    reached = models.PositiveIntegerField(_("số người được tuyên truyền, dự"), null=True)
    cost_vnd = models.PositiveBigIntegerField(_("kinh phí, đồng"), null=True)

    class Meta(Kept.Meta):
        constraints: ClassVar = [
            *Kept.Meta.constraints,
            models.CheckConstraint(condition=~Q(topic=""), name="activity_has_its_topic"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "on"], name="activity_by_unit_and_day")]

    def __str__(self) -> str:
        return self.topic


class TrainingSeat(models.Model):
    """Somebody nominated for a training, from which post, and whether she came."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="training_seats")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="training_seats")
    attended = models.BooleanField(_("đã dự"), default=False)
    withdrawn = models.BooleanField(_("đã thôi đề cử"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "user"], name="one_seat_per_person"),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(attended=False), name="who_came_keeps_the_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.activity}"
