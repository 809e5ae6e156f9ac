"""Acts on what a plan gives to offices: a duty or a deadline added, changed, taken out, moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from chungtay.acts.refusing import Refused, Stale
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.plans.models import Plan, PlanDeadline, PlanDuty
from chungtay.plans.services import lock_open_plan, right_to_change, step_plan
from chungtay.plans.versions import keep_before_editing
from chungtay.rulebook.wording import Sentence

MOST_ROWS = 500
# Tells the paper that its rows are no longer those of its sentences alone.
BY_HAND = "assigned_by_hand"

Row = PlanDuty | PlanDeadline
Model = type[PlanDuty] | type[PlanDeadline]
Answer = dict[str, Any]


@dataclass(frozen=True)
class DutyInput:
    """A duty as it is to be written."""

    number: str
    offices: tuple[str, ...]
    role: str
    text: str


@dataclass(frozen=True)
class DeadlineInput:
    """A deadline as it is to be written."""

    due: str
    comparator: str
    recurrence: str
    who: str
    what: str
    receivers: tuple[str, ...] = ()
    via: str = ""


Input = DutyInput | DeadlineInput


def assigned_rows(plan: Plan, model: Model) -> list[Any]:
    """The duties or deadlines of a plan that stand, in their order."""
    return list(model.objects.filter(plan=plan, withdrawn=False).order_by("position"))


def add_row(*, actor: Actor, plan: Plan, given: Input, key: str = "") -> Answer:
    """Add a duty or a deadline behind the last."""
    model = _model(given)

    def write(fresh: Plan) -> dict[str, Any]:
        _refuse_incomplete(given)
        if model.objects.filter(plan=fresh, withdrawn=False).count() >= MOST_ROWS:
            raise Refused(Sentence("Kế hoạch đã quá nhiều việc. Hãy bỏ bớt rồi thêm."))
        row = model(plan=fresh, position=_last(fresh, model) + 1, **_values(given))
        row.save()
        return {"row": row.pk}

    return _assign(actor, plan, f"plans.add_{_name(model)}", write, key)


def change_row(
    *, actor: Actor, plan: Plan, row: Row, given: Input, expected_version: int, key: str = ""
) -> Answer:
    """Change a duty or a deadline; Stale if somebody was faster. Its tasks stay with it."""

    def write(fresh: Plan) -> dict[str, Any]:
        kept = _locked(fresh, row, expected_version)
        _refuse_incomplete(given)
        values = _values(given)
        changed = [name for name, value in values.items() if getattr(kept, name) != value]
        for name in changed:
            setattr(kept, name, values[name])
        kept.version += 1
        kept.save()
        return {"row": kept.pk, "fields": changed}

    return _assign(actor, plan, f"plans.change_{_name(type(row))}", write, key)


def withdraw_row(
    *, actor: Actor, plan: Plan, row: Row, expected_version: int, key: str = ""
) -> Answer:
    """Take a duty or a deadline out; the row is kept, tasks opened from it stay."""

    def write(fresh: Plan) -> dict[str, Any]:
        kept = _locked(fresh, row, expected_version)
        kept.withdrawn, kept.version = True, kept.version + 1
        kept.save(update_fields=["withdrawn", "version"])
        return {"row": kept.pk}

    return _assign(actor, plan, f"plans.withdraw_{_name(type(row))}", write, key)


def restore_row(*, actor: Actor, plan: Plan, row: Row, key: str = "") -> Answer:
    """Put back a duty or a deadline that was taken out, at the end."""

    def write(fresh: Plan) -> dict[str, Any]:
        kept = type(row).objects.select_for_update().filter(plan=fresh, pk=row.pk).first()
        if kept is None or not kept.withdrawn:
            raise Refused(Sentence("Dòng này đã có lại trong kế hoạch."))
        kept.position = _last(fresh, type(row)) + 1
        kept.withdrawn, kept.version = False, kept.version + 1
        kept.save()
        return {"row": kept.pk}

    return _assign(actor, plan, f"plans.restore_{_name(type(row))}", write, key)


def move_row(
    *, actor: Actor, plan: Plan, row: Row, up: bool, expected_version: int, key: str = ""
) -> Answer:
    """Change places with the row before or behind."""
    model = type(row)

    def write(fresh: Plan) -> dict[str, Any]:
        kept = _locked(fresh, row, expected_version)
        rows = assigned_rows(fresh, model)
        at = [one.pk for one in rows].index(kept.pk)
        other = at - 1 if up else at + 1
        if not 0 <= other < len(rows):
            raise Refused(Sentence("Dòng này đã ở đầu hoặc cuối, không chuyển tiếp được."))
        _change_places(kept, rows[other], _last(fresh, model) + 1)
        return {"row": kept.pk}

    return _assign(actor, plan, f"plans.move_{_name(model)}", write, key)


def _change_places(one: Any, other: Any, free: int) -> None:
    """No two rows stand at one place, not even for a moment."""
    first, second = one.position, other.position
    for row, position in ((one, free), (other, first), (one, second)):
        row.position = position
        row.save(update_fields=["position"])


def _assign(
    actor: Actor, plan: Plan, act: str, write: Callable[[Plan], dict[str, Any]], key: str
) -> Answer:
    """Whatever is done, what the draft said before is kept, and its paper says the rows now."""

    def whole(line: OpenLine) -> Answer:
        fresh = lock_open_plan(plan, None)
        keep_before_editing(actor, fresh)
        line.details = write(fresh)
        fresh.content = fresh.content | {BY_HAND: True}
        step_plan(fresh)
        return {"plan": fresh.pk, "version": fresh.version, "row": line.details["row"]}

    right, subject = right_to_change(plan.unit), f"plan:{plan.pk}"
    return perform(actor, Deed(act, right, plan.unit, subject=subject, key=key), whole)


def _locked(plan: Plan, row: Row, expected_version: int) -> Any:
    kept = type(row).objects.select_for_update().filter(plan=plan, pk=row.pk).first()
    if kept is None or kept.withdrawn:
        raise Stale(
            Sentence(
                "Dòng này vừa được người khác bỏ khỏi kế hoạch. Chữ vừa gõ vẫn còn bên dưới; hãy "
                "lấy lại dòng ấy, hoặc thêm thành dòng mới."
            )
        )
    if kept.version != expected_version:
        raise Stale(
            Sentence(
                "Dòng này vừa được người khác sửa trong lúc trang đang mở. Chữ vừa gõ vẫn còn bên "
                "dưới, bản đang lưu ở cạnh đó; hãy so hai bản rồi ghi lại."
            )
        )
    return kept


def _refuse_incomplete(given: Input) -> None:
    if isinstance(given, DutyInput):
        if not given.text or not given.offices:
            raise Refused(Sentence("Phân công cần đơn vị được giao và việc phải làm; hãy ghi đủ."))
    elif not given.what:
        raise Refused(Sentence("Thời hạn cần nói việc gì phải xong; hãy ghi việc."))
    elif not given.due and not given.recurrence:
        raise Refused(Sentence("Hãy ghi ngày phải xong, hoặc chọn lặp lại bao lâu một lần."))


def _values(given: Input) -> Mapping[str, Any]:
    values = dict(vars(given))
    return {name: list(one) if isinstance(one, tuple) else one for name, one in values.items()}


def _model(given: Input) -> Model:
    return PlanDuty if isinstance(given, DutyInput) else PlanDeadline


def _name(model: Model) -> str:
    return "duty" if model is PlanDuty else "deadline"


def _last(plan: Plan, model: Model) -> int:
    return int(model.objects.filter(plan=plan).aggregate(last=Max("position"))["last"] or 0)
