"""Households, the people in them and since when. Nothing is deleted: it is ended or withdrawn."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.acts.sealing import new_salt
from chungtay.households.sensitivity import Declared, declare
from chungtay.places.models import Unit
from chungtay.rulebook.dates import PartialDate

HEAD = "00"


class Sex(models.TextChoices):
    """Sex as written on the papers; blank is not known."""

    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")


class Household(models.Model):
    """A household of the register, at its present place.

    ``away_from`` is the day it left that place for another commune that has not taken it in yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commune = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="households", verbose_name=_("xã, phường")
    )
    village = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="village_households",
        verbose_name=_("thôn, tổ dân phố"),
    )
    code = models.CharField(_("mã hộ"), max_length=40, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=200, blank=True)
    head_name = models.CharField(_("chủ hộ"), max_length=120)
    head_sort_key = models.CharField(max_length=250)
    search_text = models.TextField()
    valid_from = models.DateField(_("từ ngày"), null=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True)
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)
    away_from = models.DateField(_("đã chuyển đi từ ngày"), null=True)
    begun_by = models.ForeignKey(
        "households.LifeEvent", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_by = models.ForeignKey(
        "households.LifeEvent", on_delete=models.PROTECT, null=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_from"
    )
    version = models.PositiveIntegerField(_("phiên bản"), default=1)
    trace_salt = models.BinaryField(default=new_salt)

    declarations: ClassVar[dict[str, Declared]] = declare(
        technical="id commune withdrawn merged_into version trace_salt valid_from valid_to "
        "begun_by ended_by",
        basic="village code address head_name head_sort_key search_text away_from",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["commune", "code"],
                condition=~Q(code="") & Q(valid_to=None, withdrawn=False),
                name="one_household_per_code",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(withdrawn=True),
                name="a_merged_household_is_withdrawn",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["commune", "head_sort_key"], name="household_by_head"),
            models.Index(fields=["village", "head_sort_key"], name="household_by_village"),
        ]

    def __str__(self) -> str:
        return self.head_name


class Person(models.Model):
    """A person; what is not known is left open, never guessed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    full_name = models.CharField(_("họ và tên"), max_length=120)
    folded_name = models.CharField(max_length=120)
    sex = models.CharField(_("giới tính"), max_length=6, choices=Sex.choices, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("năm sinh"), null=True)
    birth_month = models.PositiveSmallIntegerField(_("tháng sinh"), null=True)
    birth_day = models.PositiveSmallIntegerField(_("ngày sinh"), null=True)
    died_on = models.DateField(_("mất ngày"), null=True)
    ethnicity = models.CharField(_("dân tộc"), max_length=30, blank=True)
    id_sealed = models.BinaryField(_("số định danh (mã hóa)"), null=True)
    id_index = models.BinaryField(null=True)
    id_tail_index = models.BinaryField(null=True)
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_from"
    )
    trace_salt = models.BinaryField(default=new_salt)

    declarations: ClassVar[dict[str, Declared]] = declare(
        technical="id withdrawn merged_into trace_salt",
        basic="full_name folded_name sex birth_year birth_month birth_day died_on "
        "id_sealed id_index id_tail_index",
        sensitive="ethnicity",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(birth_day=None) | Q(birth_month__isnull=False),
                name="a_birth_day_needs_its_month",
            ),
            models.CheckConstraint(
                condition=Q(birth_month=None) | Q(birth_year__isnull=False),
                name="a_birth_month_needs_its_year",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(withdrawn=True),
                name="a_merged_person_is_withdrawn",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id_index"], name="person_by_id_number"),
            models.Index(fields=["id_tail_index"], name="person_by_id_tail"),
            models.Index(fields=["folded_name"], name="person_by_folded_name"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def birth(self) -> PartialDate | None:
        """The birth date as far as it is known."""
        if self.birth_year is None:
            return None
        return PartialDate(self.birth_year, self.birth_month, self.birth_day)

    @birth.setter
    def birth(self, birth: PartialDate | None) -> None:
        self.birth_year = birth.year if birth else None
        self.birth_month = birth.month if birth else None
        self.birth_day = birth.day if birth else None


class Membership(models.Model):
    """That a person belongs to a household, in which relation to its head, since when."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(_("quan hệ với chủ hộ"), max_length=2, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    valid_from = models.DateField(_("từ ngày"), null=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True)
    begun_by = models.ForeignKey(
        "households.LifeEvent", on_delete=models.PROTECT, null=True, related_name="begun"
    )
    ended_by = models.ForeignKey(
        "households.LifeEvent", on_delete=models.PROTECT, null=True, related_name="ended"
    )
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)

    declarations: ClassVar[dict[str, Declared]] = declare(
        technical="id household person position withdrawn begun_by ended_by",
        basic="relation valid_from valid_to",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(valid_to=None, withdrawn=False),
                name="one_open_membership_per_person",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(valid_to=None, withdrawn=False, relation=HEAD),
                name="one_open_head_per_household",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} / {self.household}"
