"""Acts on decided statuses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import (
    Decision,
    Household,
    HouseholdClass,
    PoorSubclass,
    StatusSpell,
)
from chungtay.households.services.answers import subject_of
from chungtay.households.services.checks import check_lives_here
from chungtay.households.services.versions import lock_household, step_version
from chungtay.rulebook.wording import Sentence, vi_date


def decide_status(
    *,
    actor: Actor,
    household: Household,
    standard: str,
    household_class: str,
    valid_from: date,
    decision: Decision,
    subclass: str = "",
    key: str = "",
) -> dict[str, Any]:
    """Write a decided class from a day on; the open spell before it ends the day before."""

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = lock_household(household.id, None)
        check_lives_here(fresh, valid_from)
        spells = fresh.statuses.filter(standard=standard, valid_to=None, withdrawn=False)
        before = spells.first()
        source = StatusSpell.Source.DECISION
        spell = open_spell(
            fresh, standard, household_class, valid_from, source, decision, subclass=subclass
        )
        step_version(fresh)
        line.details = {"from": valid_from.isoformat(), "standard": standard}
        line.trace(fresh.id, fresh.trace_salt, before=_traced(before), after=_traced(spell))
        return {"spell": spell.pk, "version": fresh.version}

    deed = Deed(
        "households.decide_status",
        "households.change",
        household.village or household.commune,
        subject=subject_of(household.id),
        key=key,
        paper=f"{decision.number} {vi_date(decision.issued_on)}",
    )
    return perform(actor, deed, write)


def _traced(spell: StatusSpell | None) -> str | None:
    """A decided class as it is kept sealed: "near_poor", "poor A"; None without one."""
    return f"{spell.household_class} {spell.subclass}".rstrip() if spell else None


def open_spell(
    household: Household,
    standard: str,
    household_class: str,
    valid_from: date,
    source: str,
    decision: Decision | None,
    *,
    subclass: str = "",
) -> StatusSpell:
    """Write one spell inside an open act; Refused if it would overlap or repeat another."""
    if household_class not in HouseholdClass.values:
        raise Refused(Sentence("Diện “{name}” không có trong danh mục.", name=household_class))
    _refuse_subclass(household_class, subclass)
    spells = household.statuses.filter(standard=standard, withdrawn=False)
    if spells.filter(Q(valid_from__gte=valid_from) | Q(valid_to__gte=valid_from)).exists():
        raise Refused(
            Sentence(
                "Hộ này đã có diện được ghi vào ngày {day} hoặc muộn hơn; hãy chọn ngày sau đó.",
                day=vi_date(valid_from),
            )
        )
    spells.filter(valid_to=None).update(valid_to=valid_from - timedelta(days=1))
    return StatusSpell.objects.create(
        household=household,
        standard=standard,
        household_class=household_class,
        subclass=subclass,
        valid_from=valid_from,
        source=source,
        decision=decision,
    )


def _refuse_subclass(household_class: str, subclass: str) -> None:
    if subclass and subclass not in PoorSubclass.values:
        text = "Loại “{name}” không có; loại của hộ nghèo chỉ là A, B hoặc để trống."
        raise Refused(Sentence(text, name=subclass))
    if subclass and household_class != HouseholdClass.POOR:
        text = "Chỉ hộ nghèo mới có loại {name}; hãy bỏ loại hoặc sửa lại diện của hộ."
        raise Refused(Sentence(text, name=subclass))
