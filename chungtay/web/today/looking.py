"""Which households call for a second look, and what the poor ones lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chungtay.households.models import Household, HouseholdClass
from chungtay.households.queries.differences import calls_for_a_look
from chungtay.households.queries.findings import findings_of_many
from chungtay.households.queries.residences import residences_of_many
from chungtay.households.queries.statuses import classes_of_many
from chungtay.households.queries.verdicts import CONTRADICTION, Verdict, verdicts_of
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.loading import law
from chungtay.web.register.words import village_word
from chungtay.web.templating import said

SHOWN = 12


@dataclass(frozen=True)
class Look:
    """A household whose decided class (none: undecided) and answers do not say the same."""

    household_id: UUID
    head_name: str
    village: str
    why: str


@dataclass(frozen=True)
class Looks:
    """The first households to look at, how many there are, and what the poor ones lack."""

    standard: str
    first: list[Look]
    differing: int
    undecided: int
    lacking: Counter[str]
    poor: int

    @property
    def count(self) -> int:
        """How many households call for a look."""
        return self.differing + self.undecided


def look_at(seen: QuerySet[Household], on: date, *, sensitive: bool, standard: str) -> Looks:
    """The households to look at by a standard, those with a class first, and what the poor lack."""
    households = list(seen)
    decided = classes_of_many(seen, on, standard)
    verdicts = verdicts_of(households, on, standard)
    wrong = [
        one for one in households if calls_for_a_look(decided.get(one.pk), verdicts[one.pk].found)
    ]
    wrong.sort(key=lambda one: one.pk not in decided)
    poor = [verdicts[pk] for pk, given in decided.items() if given == HouseholdClass.POOR]
    undecided = sum(one.pk not in decided for one in wrong)
    return Looks(
        standard=standard,
        first=_looks(wrong[:SHOWN], decided, verdicts, on, sensitive=sensitive),
        differing=len(wrong) - undecided,
        undecided=undecided,
        lacking=Counter(code for verdict in poor for code in verdict.lacking),
        poor=len(poor),
    )


def _looks(
    shown: list[Household],
    decided: Mapping[UUID, str],
    verdicts: Mapping[UUID, Verdict],
    on: date,
    *,
    sensitive: bool,
) -> list[Look]:
    lived = residences_of_many([one.pk for one in shown], on)
    torn = [one for one in shown if verdicts[one.pk].found == CONTRADICTION]
    whole = findings_of_many(torn, on) if torn and sensitive else {}
    return [
        Look(
            one.pk,
            one.head_name,
            village_word(lived.get(one.pk, one)),
            said(finding.sentence)
            if isinstance(finding := whole.get(one.pk), Contradiction)
            else _why(decided.get(one.pk), verdicts[one.pk].found),
        )
        for one in shown
    ]


def _why(decided: str | None, found: str) -> str:
    if found == CONTRADICTION:
        return _("Hai câu trả lời về thu nhập mâu thuẫn nhau; mở hộ để sửa.")
    if found == "unknown":
        return _("Còn thiếu câu trả lời nên chưa tính được diện.")
    label = HouseholdClass(found).label.lower()
    if decided is None:
        return _("Chưa có quyết định; số liệu hiện có cho kết luận %(found)s.") % {"found": label}
    return _("Diện đã quyết định là %(decided)s, số liệu hiện có cho kết luận %(found)s.") % {
        "decided": HouseholdClass(decided).label.lower(),
        "found": label,
    }


def deprivations_of(looks: Looks) -> list[dict[str, Any]]:
    """How many poor households lack each indicator, in the order of the law."""
    indicators = law().standard(looks.standard).indicators if looks.poor else ()
    return [{"label": said(one.name), "count": looks.lacking[one.code]} for one in indicators]
