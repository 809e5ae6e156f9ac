"""What happened to a household on a day: born, died, married, moved, split, merged."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chungtay.households.models.people import Household, Person
from chungtay.households.sensitivity import Declared, declare
from chungtay.places.models import Unit

OF_A_PERSON = (
    "birth",
    "death",
    "marriage_in",
    "member_join",
    "member_leave",
    "change_of_head",
    "relation_change",
)
OF_TWO_HOUSEHOLDS = ("split", "merge")


class LifeEvent(models.Model):
    """One thing that happened to a household, and every row it made or changed.

    ``steps`` says what the event did, so that it can be taken back while nothing was built upon
    it; ``slip`` is what the moving paper of a ``move_out`` says. Nothing of an event is edited.
    """

    class Kind(models.TextChoices):
        BIRTH = "birth", _("Sinh")
        DEATH = "death", _("Mất")
        MARRIAGE_IN = "marriage_in", _("Kết hôn về hộ")
        MEMBER_JOIN = "member_join", _("Thêm người về hộ")
        MEMBER_LEAVE = "member_leave", _("Một người rời hộ")
        CHANGE_OF_HEAD = "change_of_head", _("Đổi chủ hộ")
        RELATION_CHANGE = "relation_change", _("Đổi quan hệ với chủ hộ")
        SPLIT = "split", _("Tách hộ")
        MERGE = "merge", _("Nhập vào hộ khác")
        MOVE_WITHIN = "move_within", _("Chuyển trong xã")
        MOVE_OUT = "move_out", _("Chuyển đi")
        MOVE_IN = "move_in", _("Chuyển đến")

    class GoneTo(models.TextChoices):
        """Where a household went that no commune of the country will take in."""

        ABROAD = "abroad", _("Ra nước ngoài")
        NOT_KNOWN = "not_known", _("Chưa rõ nơi đến")

    kind = models.CharField(_("việc"), max_length=20, choices=Kind.choices)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="events")
    other_household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, related_name="other_events"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="events")
    mother = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="births",
        verbose_name=_("người mẹ"),
    )
    commune = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="life_events")
    to_commune = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="incoming_moves",
        verbose_name=_("nơi đến"),
    )
    gone_to = models.CharField(_("đi đâu"), max_length=10, choices=GoneTo.choices, blank=True)
    move_out = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="acceptances"
    )
    day = models.DateField(_("ngày"))
    paper_number = models.CharField(_("số giấy tờ"), max_length=60, blank=True)
    paper_date = models.DateField(_("ngày giấy tờ"), null=True)
    paper_issuer = models.CharField(_("nơi cấp giấy tờ"), max_length=120, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    returned_because = models.CharField(_("lý do trả lại"), max_length=300, blank=True)
    steps = models.JSONField(default=list)
    slip = models.JSONField(_("phiếu chuyển"), default=dict)
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn = models.BooleanField(_("đã thu hồi"), default=False)
    version = models.PositiveIntegerField(_("phiên bản"), default=1)

    declarations: ClassVar[dict[str, Declared]] = declare(
        technical="id household other_household person mother commune move_out recorded_at "
        "withdrawn version",
        basic="kind day to_commune gone_to paper_number paper_date paper_issuer note "
        "returned_because steps slip",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind__in=OF_A_PERSON) | Q(person__isnull=False),
                name="an_event_of_a_person_names_the_person",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=OF_TWO_HOUSEHOLDS) | Q(other_household__isnull=False),
                name="an_event_of_two_households_names_both",
            ),
            models.CheckConstraint(
                condition=(Q(kind="move_out") & Q(to_commune__isnull=False) & Q(gone_to=""))
                | (Q(kind="move_out") & Q(to_commune=None) & ~Q(gone_to=""))
                | (~Q(kind="move_out") & Q(to_commune=None) & Q(gone_to="")),
                name="a_move_out_says_where_to",
            ),
            models.CheckConstraint(
                condition=Q(kind="move_in") & Q(move_out__isnull=False)
                | ~Q(kind="move_in") & Q(move_out=None),
                name="a_move_in_answers_a_move_out",
            ),
            models.UniqueConstraint(
                fields=["move_out"],
                condition=Q(withdrawn=False),
                name="one_acceptance_per_move",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["household", "day"], name="event_by_household"),
            models.Index(fields=["kind", "to_commune"], name="event_by_destination"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
