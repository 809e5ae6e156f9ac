"""Acts on the typed progress of promises: noting it, taking it back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.plans.models import Plan, PlanTarget, TypedProgress
from chungtay.plans.progress import progress_of
from chungtay.plans.services import right_to_change
from chungtay.rulebook.promises import COUNT, HUNDRED
from chungtay.rulebook.wording import Sentence, vi_date


def note_progress(
    *,
    actor: Actor,
    plan: Plan,
    code: str,
    value: Decimal,
    on: date,
    source: str,
    today: date,
    key: str = "",
) -> int:
    """Note what was reached of a promise by a day, and how it is known; the entry's id.

    Refused without a source, for a day outside the year or still to come, for a number that cannot
    be, and for a promise the register measures itself.
    """
    _refuse_unsourced(source)
    _refuse_day(plan, on, today)

    def write(line: OpenLine) -> int:
        target = plan.targets.get(code=code)
        _refuse_number(target, value)
        _refuse_measured(plan, code, on)
        row = TypedProgress.objects.create(
            target=target, value=value, on=on, source=source, by=actor.name, at=timezone.now()
        )
        line.details = {"target": code, "value": str(value), "on": on.isoformat(), "entry": row.pk}
        return row.pk

    return perform(actor, _deed("plans.note_progress", plan, key), write)


def withdraw_progress(
    *, actor: Actor, plan: Plan, entry_id: int, withdrawn: bool, key: str = ""
) -> int:
    """Take back an entry that was noted by mistake, or put it back; it stays in the history."""

    def write(line: OpenLine) -> int:
        rows = TypedProgress.objects.select_for_update().filter(target__plan=plan)
        row = rows.get(pk=entry_id)
        row.withdrawn = withdrawn
        row.save(update_fields=["withdrawn"])
        line.details = {"entry": row.pk, "withdrawn": withdrawn}
        return row.pk

    return perform(actor, _deed("plans.withdraw_progress", plan, key), write)


def _refuse_unsourced(source: str) -> None:
    if not source.strip():
        raise Refused(
            Sentence("Chưa ghi nguồn số liệu. Hãy nói số này lấy ở đâu, ví dụ báo cáo của ai.")
        )


def _refuse_day(plan: Plan, on: date, today: date) -> None:
    if on.year != plan.year:
        raise Refused(
            Sentence(
                "Ngày {day} không thuộc năm {year} của kế hoạch. Hãy ghi một ngày trong năm ấy.",
                day=vi_date(on),
                year=str(plan.year),
            )
        )
    if on > today:
        raise Refused(Sentence("Ngày {day} chưa tới, nên chưa có kết quả để ghi.", day=vi_date(on)))


def _refuse_number(target: PlanTarget, value: Decimal) -> None:
    whole = target.measure == COUNT
    if value < 0 or (not whole and value > HUNDRED) or (whole and value != int(value)):
        raise Refused(Sentence("Số đã đạt không thể là {value}. Hãy ghi lại.", value=str(value)))


def _refuse_measured(plan: Plan, code: str, on: date) -> None:
    measured = {one.derived.cell.code for one in progress_of(plan, on) if one.measured is not None}
    if code in measured:
        raise Refused(
            Sentence("Chỉ tiêu này máy tính được từ sổ hộ, nên không ghi tay. Hãy cập nhật sổ.")
        )


def _deed(act: str, plan: Plan, key: str) -> Deed:
    return Deed(act, right_to_change(plan.unit), plan.unit, subject=f"plan:{plan.pk}", key=key)
