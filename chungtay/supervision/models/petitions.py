"""A difficulty or a petition of a unit, where it lies on its way up, and each step of that way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.places.models import Unit
from chungtay.supervision.models.kept import Kept


class PetitionKind(models.TextChoices):
    """Whether something stands in the way, or something is asked for."""

    DIFFICULTY = "difficulty", _("khó khăn, vướng mắc")
    PETITION = "petition", _("kiến nghị, đề xuất")


class PetitionState(models.TextChoices):
    """How far it has come; of a step, what the step made of it."""

    WRITTEN = "written", _("chưa gửi lên")
    PASSED_UP = "passed_up", _("chờ trả lời")
    ANSWERED = "answered", _("đã trả lời")


class Petition(Kept):
    """What a unit has to say to those above; ``at`` is the unit it lies with."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="petitions")
    at = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="petitions_held")
    kind = models.CharField(_("loại"), max_length=10, choices=PetitionKind.choices)
    about = models.CharField(_("việc gì"), max_length=200)
    text = models.TextField(_("nội dung"))
    on = models.DateField(_("ngày ghi"))
    state = models.CharField(
        _("tình trạng"),
        max_length=9,
        choices=PetitionState.choices,
        default=PetitionState.WRITTEN,
    )

    class Meta(Kept.Meta):
        constraints: ClassVar = [
            *Kept.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(state="written") | Q(at=F("unit")),
                name="petition_not_sent_lies_with_its_unit",
            ),
            models.CheckConstraint(
                condition=~Q(about="") & ~Q(text=""), name="petition_says_something"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["at", "state"], name="petition_by_holder_and_state"),
        ]

    def __str__(self) -> str:
        return self.about


class PetitionStep(models.Model):
    """A step of a petition: written, passed up, answered; what was said with it stays."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(_("bước"), max_length=9, choices=PetitionState.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("lời"), blank=True)
    by = models.CharField(_("người làm"), max_length=200)
    post_title = models.CharField(_("chức danh"), max_length=200, blank=True)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="answered") | ~Q(text=""), name="answer_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition}: {self.state}"
