"""An ordinary paper of the office: typed, issued under a number of its register, then frozen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.acts.sealing import new_salt
from chungtay.places.models import Unit
from chungtay.plans.models import Plan

ISSUED = Q(
    ~Q(number=""),
    ~Q(symbol=""),
    state="issued",
    issued_on__isnull=False,
    register_year__isnull=False,
    printed__isnull=False,
)
DRAFT = Q(state="draft", number="", issued_on=None, register_year=None, printed=None)


class OfficePaper(models.Model):
    """One paper of a place for a year; ``content`` is what was typed, with its live tokens.

    ``printed`` is what the paper said on the day it was issued, filled and sealed: it may name
    households. ``register_year`` is the year whose register gave the number.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        ISSUED = "issued", _("đã ban hành")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="office_papers")
    year = models.PositiveSmallIntegerField(_("năm"))
    kind = models.CharField(_("loại văn bản"), max_length=30)
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, related_name="office_papers"
    )
    subject = models.CharField(_("trích yếu"), max_length=300)
    content = models.JSONField(_("nội dung"))
    state = models.CharField(
        _("tình trạng"), max_length=6, choices=State.choices, default=State.DRAFT
    )
    number = models.CharField(_("số"), max_length=8, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=40)
    issued_on = models.DateField(_("ngày ban hành"), null=True)
    register_year = models.PositiveSmallIntegerField(_("năm của sổ đăng ký"), null=True)
    printed = models.BinaryField(null=True)
    salt = models.BinaryField(default=new_salt)
    written_by = models.CharField(_("người soạn"), max_length=200)
    withdrawn = models.BooleanField(_("đã rút"), default=False)
    withdrawn_why = models.CharField(_("lý do rút"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=ISSUED | DRAFT, name="paper_issued_whole_or_draft"),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | ~Q(withdrawn_why=""),
                name="paper_withdrawn_has_its_reason",
            ),
            models.UniqueConstraint(
                fields=["unit", "register_year", "symbol", "number"],
                condition=Q(state="issued", withdrawn=False),
                name="one_paper_per_number",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "year"], name="paper_by_unit_and_year"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def said_number(self) -> str:
        """Number and symbol as papers quote them: "05/QĐ-UBND"; empty while it has none."""
        padded = self.number.zfill(2) if self.number.isdecimal() else self.number
        return f"{padded}/{self.symbol}" if self.number else ""


class PaperScan(models.Model):
    """The signed paper as it was scanned, sealed with a key part of its own."""

    paper = models.ForeignKey(OfficePaper, on_delete=models.PROTECT, related_name="scans")
    name = models.CharField(_("tên tệp"), max_length=120)
    kind = models.CharField(_("kiểu tệp"), max_length=5)
    size = models.PositiveIntegerField(_("số byte"))
    salt = models.BinaryField(default=new_salt)
    sealed = models.BinaryField()
    by = models.CharField(_("người đính kèm"), max_length=200)
    at = models.DateTimeField(_("lúc"))
    withdrawn = models.BooleanField(_("đã rút"), default=False)

    def __str__(self) -> str:
        return self.name
