"""What a household answered, dated. A later sheet overrides single answers of an earlier one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chungtay.households.models.people import Household
from chungtay.households.sensitivity import Declared, declare


class AnswerSheet(models.Model):
    """Some answers of a household and its members on a date, and where they come from.

    ``answers`` is ``{"household": {fact: value}, "members": {person id: {fact: value}}}``; a value
    of null says "chưa rõ". On one date the sheet written later holds.
    """

    class Source(models.TextChoices):
        IMPORT = "import", _("nhập từ danh sách")
        OFFICER = "officer", _("công chức ghi")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="answer_sheets")
    on = models.DateField(_("tại ngày"))
    answers = models.JSONField(_("câu trả lời"))
    source = models.CharField(_("nguồn"), max_length=10, choices=Source.choices)
    written_at = models.DateTimeField(auto_now_add=True)
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)

    declarations: ClassVar[dict[str, Declared]] = declare(
        technical="id household source written_at withdrawn", basic="on", sensitive="answers"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["household", "on"], name="answers_by_household")]

    def __str__(self) -> str:
        return f"{self.household} {self.on}"
