"""Which households call for a second look, and what the poor ones lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chungtay.households.models import Household, HouseholdClass
from chungtay.households.queries.differences import disagrees
from chungtay.households.queries.findings import findings_of_many
from chungtay.households.queries.statuses import statuses_of_many
from chungtay.rulebook.findings import Contradiction, Finding
from chungtay.rulebook.loading import law
from chungtay.web.templating import said


@dataclass(frozen=True)
class Look:
    """A household whose decided class (none: undecided) and answers do not say the same."""

    household_id: UUID
    head_name: str
    village: str
    why: str
    undecided: bool


def look_at(
    seen: QuerySet[Household], on: date, *, sensitive: bool
) -> tuple[list[Look], list[Finding | Contradiction]]:
    """The households to look at, those with a class first, and the findings of the poor."""
    households = list(seen)
    decided = statuses_of_many([one.id for one in households], on)
    findings = findings_of_many(households, on)
    looks, poor = [], []
    for one in households:
        spell, finding = decided.get(one.id), findings[one.id]
        household_class = spell.household_class if spell is not None else None
        if household_class == HouseholdClass.POOR:
            poor.append(finding)
        if disagrees(household_class, finding):
            why = _why(household_class, finding, sensitive=sensitive)
            village = one.village.name if one.village is not None else _("chưa rõ thôn")
            looks.append(Look(one.id, one.head_name, village, why, household_class is None))
    return sorted(looks, key=lambda look: look.undecided), poor


def _why(decided: str | None, finding: Finding | Contradiction, *, sensitive: bool) -> str:
    if isinstance(finding, Contradiction):
        plain = _("Hai câu trả lời về thu nhập mâu thuẫn nhau; mở hộ để sửa.")
        return said(finding.sentence) if sensitive else plain
    if finding.household_class == "unknown":
        return _("Còn thiếu câu trả lời nên chưa tính được diện.")
    found = HouseholdClass(finding.household_class).label.lower()
    if decided is None:
        return _("Chưa có quyết định; số liệu hiện có cho kết luận %(found)s.") % {"found": found}
    return _("Diện đã quyết định là %(decided)s, số liệu hiện có cho kết luận %(found)s.") % {
        "decided": HouseholdClass(decided).label.lower(),
        "found": found,
    }


def deprivations_of(poor: Sequence[Finding | Contradiction], on: date) -> list[dict[str, Any]]:
    """How many poor households lack each indicator, in the order of the law."""
    counted = Counter(
        code for finding in poor if isinstance(finding, Finding) for code in finding.deprived_codes
    )
    indicators = law().standard_on(on).indicators if poor else ()
    return [{"label": said(one.name), "count": counted[one.code]} for one in indicators]
