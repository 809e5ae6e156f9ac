"""What was decided of a household: its class during a span, by one standard, on one paper."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chungtay.households.models.people import Household
from chungtay.households.sensitivity import Declared, declare
from chungtay.places.models import Unit


class HouseholdClass(models.TextChoices):
    """The classes a decision may give."""

    POOR = "poor", _("Hộ nghèo")
    NEAR_POOR = "near_poor", _("Hộ cận nghèo")
    AVERAGE_LIVING = "average_living", _("Hộ có mức sống trung bình")
    NOT_POOR = "not_poor", _("Hộ không nghèo")


class PoorSubclass(models.TextChoices):
    """The two kinds of poor households that some places tell apart; what they mean is law data."""

    ABLE = "A", _("Hộ nghèo A")
    PROTECTED = "B", _("Hộ nghèo B")


class Decision(models.Model):
    """A paper that decides: its number, day and issuer."""

    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="decisions")
    number = models.CharField(_("số, ký hiệu"), max_length=60)
    issued_on = models.DateField(_("ngày ký"))
    issuer = models.CharField(_("cơ quan ban hành"), max_length=160)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["commune", "number", "issued_on"], name="one_decision_per_number_and_day"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class StatusSpell(models.Model):
    """A household's decided class from a day on, by one standard."""

    class Source(models.TextChoices):
        DECISION = "decision", _("theo quyết định")
        IMPORTED_LIST = "imported_list", _("theo danh sách nhập vào")

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="statuses")
    standard = models.CharField(_("chuẩn"), max_length=60)
    household_class = models.CharField(_("diện"), max_length=20, choices=HouseholdClass.choices)
    subclass = models.CharField(
        _("loại hộ nghèo"), max_length=1, choices=PoorSubclass.choices, blank=True, default=""
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, verbose_name=_("quyết định")
    )
    source = models.CharField(_("nguồn"), max_length=20, choices=Source.choices)
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)

    declarations: ClassVar[dict[str, Declared]] = declare(
        technical="id household standard source withdrawn decision",
        basic="household_class subclass valid_from valid_to",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "standard"],
                condition=Q(valid_to=None, withdrawn=False),
                name="one_open_status_per_standard",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="status_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(subclass="")
                | Q(subclass__in=PoorSubclass.values, household_class=HouseholdClass.POOR),
                name="only_poor_have_a_subclass",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["household_class", "valid_from", "valid_to"],
                name="status_by_class_and_span",
            ),
            # All that a count by village asks of a spell, so that it is answered from here alone.
            models.Index(
                fields=[
                    *("household", "standard", "household_class", "subclass"),
                    *("valid_from", "valid_to", "withdrawn"),
                ],
                name="status_of_household",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household}: {self.household_class}"
