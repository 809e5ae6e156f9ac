"""The duties and deadlines of a plan taken from its own wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.plans.models import Plan, PlanDeadline, PlanDuty
from chungtay.plans.reading.apart import read_text
from chungtay.plans.reading.offers import Offered
from chungtay.plans.services import right_to_change
from chungtay.rulebook.wording import Sentence


def take_duties(*, actor: Actor, plan: Plan, text: str, key: str = "") -> dict[str, int]:
    """Read the duties and deadlines out of a plan's own text; how many of each.

    Refused where the plan has some already, or where its text names none.
    """
    offered = read_text(text)

    def write(line: OpenLine) -> dict[str, int]:
        fresh = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        if any(rows.filter(withdrawn=False).exists() for rows in (fresh.duties, fresh.deadlines)):
            raise Refused(Sentence("Kế hoạch này đã có phân công. Hãy mở lại trang để xem."))
        found = _put(fresh, offered)
        if not any(found.values()):
            raise Refused(
                Sentence(
                    "Nội dung kế hoạch chưa nói đơn vị nào làm việc gì. Hãy bổ sung phần "
                    "Tổ chức thực hiện, hoặc giao từng việc ở phòng Công việc."
                )
            )
        line.details = dict(found)
        return found

    deed = Deed("plans.take_duties", right_to_change(plan.unit), plan.unit, f"plan:{plan.pk}", key)
    return perform(actor, deed, write)


def duty_row(plan: Plan, at: int, values: Mapping[str, Any]) -> PlanDuty:
    """A duty that was read, as it is kept."""
    said = {"number": values["number"] or "", "role": values["role"], "text": values["text"]}
    return PlanDuty(plan=plan, position=at, offices=values["offices"], **said)


def deadline_row(plan: Plan, at: int, values: Mapping[str, Any]) -> PlanDeadline:
    """A deadline that was read, as it is kept."""
    names = ("comparator", "recurrence", "who", "what", "via")
    said = {name: values[name] or "" for name in names}
    due, receivers = values["date"] or "", values["to"] or []
    return PlanDeadline(plan=plan, position=at, due=due, receivers=receivers, **said)


def _put(plan: Plan, offered: Offered) -> dict[str, int]:
    of_group: dict[str, list[Mapping[str, Any]]] = {"duty": [], "deadline": []}
    for one in offered.offers:
        of_group.get(one.group, []).append(one.values)
    duties = [duty_row(plan, at, one) for at, one in enumerate(of_group["duty"], 1)]
    deadlines = [deadline_row(plan, at, one) for at, one in enumerate(of_group["deadline"], 1)]
    PlanDuty.objects.bulk_create(duties)
    PlanDeadline.objects.bulk_create(deadlines)
    return {"duties": len(duties), "deadlines": len(deadlines)}
