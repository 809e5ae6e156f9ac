"""A nomination of one village, office, person or household; frozen once it is submitted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.households.models import Household
from chungtay.places.models import Unit
from chungtay.staff.models import User

ONE_SUBJECT = (
    Q(village__isnull=False, user=None, household=None, office="")
    | Q(village=None, user__isnull=False, household=None, office="")
    | Q(village=None, user=None, household__isnull=False, office="")
    | (Q(village=None, user=None, household=None) & ~Q(office=""))
)


class Nomination(models.Model):
    """Who is nominated by a commune for a year, in which form, for what.

    ``office`` is the sheet of an office, ``office_name`` what it was called. ``left_out`` are the
    achievements the nomination does not use; ``achievements`` are those it does, in sentences with
    their numbers as they stood on ``frozen_on``.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SUBMITTED = "submitted", _("đã trình, chờ quyết định")
        ACCEPTED = "accepted", _("đã đồng ý")
        TURNED_DOWN = "turned_down", _("không đồng ý")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="nominations")
    year = models.PositiveSmallIntegerField(_("năm"))
    village = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="nominated_in"
    )
    office = models.CharField(_("cơ quan, đoàn thể"), max_length=200, blank=True)
    office_name = models.CharField(_("tên cơ quan, đoàn thể"), max_length=200, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="nominations")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, related_name="nominations"
    )
    form = models.CharField(_("hình thức"), max_length=20)
    form_words = models.CharField(_("hình thức ghi bằng chữ"), max_length=120, blank=True)
    words = models.TextField(_("thành tích ghi thêm"), blank=True)
    left_out = models.JSONField(_("thành tích không dùng"), default=list)
    achievements = models.JSONField(_("thành tích từ dữ liệu"), default=list)
    frozen_on = models.DateField(_("ngày chốt số liệu"), null=True)
    state = models.CharField(
        _("tình trạng"), max_length=11, choices=State.choices, default=State.DRAFT
    )
    submitted_by = models.CharField(_("người trình"), max_length=200, blank=True)
    decided_by = models.CharField(_("người quyết định"), max_length=200, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    written_by = models.CharField(_("người đề nghị"), max_length=200)
    withdrawn = models.BooleanField(_("đã rút"), default=False)
    withdrawn_why = models.CharField(_("lý do rút"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="nomination_of_one"),
            models.CheckConstraint(
                condition=Q(state="draft", frozen_on=None)
                | (~Q(state="draft") & Q(frozen_on__isnull=False)),
                name="nomination_frozen_once_submitted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "submitted"), decided_on=None)
                | (
                    Q(state__in=("accepted", "turned_down"), decided_on__isnull=False)
                    & ~Q(decided_by="")
                ),
                name="nomination_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="turned_down") | ~Q(reason=""),
                name="nomination_turned_down_says_why",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | ~Q(withdrawn_why=""),
                name="nomination_withdrawn_has_its_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "year"], name="nomination_by_unit_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}: {self.form}"

    @property
    def kind(self) -> str:
        """Of what it is: a village, an office, a person or a household."""
        if self.village_id is not None:
            return "village"
        if self.user_id is not None:
            return "person"
        return "household" if self.household_id is not None else "office"

    @property
    def sheet_subject(self) -> str:
        """The subject of its year sheet; a household has none."""
        return str(self.village_id or self.user_id or self.office or "")
