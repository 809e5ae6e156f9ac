"""Imports from a file: staged, looked at, applied or not, and undone if need be."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from chungtay.acts.sealing import new_salt
from chungtay.places.models import Unit


class ImportBatch(models.Model):
    """One file read for one commune as of a day, with what it would do and what it did.

    ``staged`` (the list as read) and ``undo`` (what to put back) hold personal data and are sealed.
    ``terms`` are what an officer said of a list of an earlier year: the year, standard and paper.
    """

    class State(models.TextChoices):
        STAGED = "staged", _("chờ ghi")
        APPLIED = "applied", _("đã ghi")
        UNDONE = "undone", _("đã hoàn tác")

    class ListKind(models.TextChoices):
        PRESENT = "present_list", _("danh sách hộ")
        EARLIER = "earlier_list", _("danh sách hộ của năm trước")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="import_batches")
    kind = models.CharField(
        _("loại danh sách"), max_length=12, choices=ListKind.choices, default=ListKind.PRESENT
    )
    terms = models.JSONField(_("năm, chuẩn, quyết định"), default=dict)
    on = models.DateField(_("tại ngày"))
    file_name = models.CharField(_("tên tệp"), max_length=200)
    file_digest = models.CharField(max_length=64)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices)
    staged = models.BinaryField()
    undo = models.BinaryField(null=True)
    salt = models.BinaryField(default=new_salt)
    counts = models.JSONField(_("số hộ theo kết quả"), default=dict)
    staged_by = models.CharField(_("người tải lên"), max_length=200)
    staged_at = models.DateTimeField(_("tải lên lúc"), auto_now_add=True)
    settled_by = models.CharField(_("người ghi"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("ghi lúc"), null=True)

    class Meta:
        ordering: ClassVar = ["-staged_at"]

    def __str__(self) -> str:
        return f"{self.file_name} → {self.commune}"
