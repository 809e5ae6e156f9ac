"""Acts on a plan's money: a line added by hand, taken out, put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Max

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.plans.models import Plan, PlannedLine
from chungtay.plans.services import lock_open_plan, right_to_change, step_plan
from chungtay.plans.tokens import TOKEN, texts_of
from chungtay.plans.values import BLANK, values_of
from chungtay.plans.versions import keep_before_editing
from chungtay.rulebook.wording import Sentence

MOST_LINES = 200
Answer = dict[str, Any]


@dataclass(frozen=True)
class LineInput:
    """A purpose of a plan's money as it is to be written; the amount in whole đồng."""

    purpose: str
    amount_vnd: int
    source: str = ""
    stage: str = ""
    capital: str = ""
    project: str = ""
    organiser: str = ""


def add_line(*, actor: Actor, plan: Plan, given: LineInput, key: str = "") -> Answer:
    """Add a money line behind the last."""

    def write(fresh: Plan) -> dict[str, Any]:
        if not given.purpose:
            raise Refused(Sentence("Khoản kinh phí cần nói chi cho việc gì; hãy ghi thêm."))
        rows = fresh.lines.all()
        if rows.filter(withdrawn=False).count() >= MOST_LINES:
            raise Refused(Sentence("Kế hoạch đã quá nhiều khoản kinh phí. Hãy gộp bớt rồi thêm."))
        codes = set(rows.values_list("code", flat=True))
        code = next(f"added_{at}" for at in range(1, 1000) if f"added_{at}" not in codes)
        last = rows.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        row = PlannedLine.objects.create(plan=fresh, code=code, position=position, **asdict(given))
        return {"line": row.code, "amount_vnd": row.amount_vnd}

    return _spend(actor, plan, Deed("plans.add_line", *_at(plan), key=key), write)


def withdraw_line(*, actor: Actor, plan: Plan, code: str, key: str = "") -> Answer:
    """Take a money line out; the row is kept, sentences that name its amount have a blank."""
    return _spend(
        actor, plan, Deed("plans.withdraw_line", *_at(plan), key=key), _turned(code, withdrawn=True)
    )


def restore_line(*, actor: Actor, plan: Plan, code: str, key: str = "") -> Answer:
    """Put a money line back that was taken out."""
    return _spend(
        actor, plan, Deed("plans.restore_line", *_at(plan), key=key), _turned(code, withdrawn=False)
    )


def _turned(code: str, *, withdrawn: bool) -> Callable[[Plan], dict[str, Any]]:
    def write(fresh: Plan) -> dict[str, Any]:
        row = fresh.lines.filter(code=code, withdrawn=not withdrawn).first()
        if row is None:
            raise Refused(
                Sentence("Khoản kinh phí này vừa được người khác bỏ hoặc lấy lại. Hãy xem lại.")
            )
        row.withdrawn = withdrawn
        row.save(update_fields=["withdrawn"])
        return {"line": code, "amount_vnd": row.amount_vnd}

    return write


def _spend(actor: Actor, plan: Plan, deed: Deed, write: Callable[[Plan], dict[str, Any]]) -> Answer:
    def whole(line: OpenLine) -> Answer:
        fresh = lock_open_plan(plan, None)
        keep_before_editing(actor, fresh)
        line.details = write(fresh)
        _leave_blanks(fresh)
        step_plan(fresh)
        return {"plan": fresh.pk, "version": fresh.version, "line": line.details["line"]}

    return perform(actor, deed, whole)


def _leave_blanks(plan: Plan) -> None:
    """What sentences ask for of money that is no more there is a blank to fill, not an error."""
    asked = {name for text in texts_of(plan.content) for name in TOKEN.findall(text)}
    missing = sorted(asked - set(values_of(plan)))
    if missing:
        values = dict.fromkeys(missing, BLANK) | plan.content.get("values", {})
        plan.content = plan.content | {"values": values}


def _at(plan: Plan) -> tuple[str, Any, str]:
    return right_to_change(plan.unit), plan.unit, f"plan:{plan.pk}"
