"""An issued plan amended: an edition of its own that begins as its copy, the original untouched."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.plans.copying import copy_plan
from chungtay.plans.models import HandingDown, Plan, PlanBasis
from chungtay.plans.services import lock_plan, right_to_change, step_plan
from chungtay.plans.states import State, editions_of, refuse_closed
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.wording import Sentence, vi_date

# Words of an official paper, which is Vietnamese whoever writes it.
SUBJECT = "Sửa đổi, bổ sung Kế hoạch số {number} ngày {day}\n{subject}"
BASIS = "Căn cứ Kế hoạch số {number} ngày {day} của UBND {place} về {subject}"


def amend_plan(*, actor: Actor, plan: Plan, key: str = "") -> int:
    """Begin the amendment of an issued plan; the id of the new edition.

    Refused unless the plan is the edition in force, and while another amendment is under way.
    """

    def write(line: OpenLine) -> int:
        fresh = lock_plan(plan)
        if fresh.state != State.ISSUED:
            raise Refused(
                Sentence("Chỉ kế hoạch đã ban hành mới cần sửa đổi, bổ sung. Hãy sửa ngay bản này.")
            )
        _refuse_amended(fresh)
        made = Plan(
            unit=fresh.unit,
            year=fresh.year,
            subject=fresh.subject,
            edition=fresh.edition + 1,
            standard=fresh.standard,
            made_up=fresh.made_up,
            content=_amended(fresh),
            amends=fresh,
        )
        copy_plan(fresh, made)
        _add_basis(fresh, made)
        line.details = {"amendment": made.pk, "edition": made.edition}
        return made.pk

    return perform(actor, _deed("plans.amend", plan, key), write)


def discard_amendment(*, actor: Actor, plan: Plan, key: str = "") -> int:
    """Take back an amendment that is not submitted; the id of the plan it was to amend."""

    def write(line: OpenLine) -> int:
        fresh = lock_plan(plan)
        if fresh.amends_id is None or fresh.withdrawn:
            raise Refused(Sentence("Chỉ bỏ được kế hoạch sửa đổi, bổ sung đang soạn."))
        refuse_closed(fresh)
        fresh.withdrawn = True
        step_plan(fresh)
        rows = fresh.named_households.filter(withdrawn=False)
        line.details = {"amends": fresh.amends_id, "households": rows.update(withdrawn=True)}
        return fresh.amends_id

    return perform(actor, _deed("plans.discard_amendment", plan, key), write)


def next_edition(plan: Plan) -> Plan | None:
    """The edition that amends a plan, under way or issued; None where there is none."""
    later = editions_of(plan.unit_id, plan.year, plan.subject).filter(edition__gt=plan.edition)
    return later.select_related("unit").order_by("edition").first()


def carry_handings(plan: Plan) -> list[str]:
    """What was handed down by the amended plan goes on under its amendment, answers and all.

    The codes of the targets carried; only ever inside the act that issues the amendment.
    """
    targets = {row.code: row for row in plan.targets.all()}
    handings = HandingDown.objects.select_for_update(of=("self",)).filter(
        target__plan=plan.amends_id, target__code__in=targets, withdrawn=False
    )
    carried = []
    for handing in handings.select_related("target"):
        handing.target = targets[handing.target.code]
        handing.version += 1
        handing.save(update_fields=["target", "version"])
        carried.append(handing.target.code)
    return sorted(carried)


def refuse_another_edition(plan: Plan) -> None:
    """Targets are handed down by the edition in force alone."""
    if plan.amends_id is not None and plan.state != State.ISSUED:
        raise Refused(
            Sentence(
                "Kế hoạch sửa đổi, bổ sung này chưa ban hành, nên chỉ tiêu còn giao theo kế hoạch "
                "đã ban hành. Hãy ban hành rồi giao ở đây."
            )
        )
    later = next_edition(plan)
    if later is not None and later.state == State.ISSUED:
        raise Refused(
            Sentence(
                "Kế hoạch này đã được sửa đổi bằng kế hoạch số {number}. Hãy giao chỉ tiêu ở đó.",
                number=later.said_number,
            )
        )


def _refuse_amended(plan: Plan) -> None:
    later = next_edition(plan)
    if later is None:
        return
    if later.state == State.ISSUED:
        raise Refused(
            Sentence(
                "Kế hoạch này đã được sửa đổi bằng kế hoạch số {number}. Hãy sửa đổi tiếp bản đó.",
                number=later.said_number,
            )
        )
    raise Refused(
        Sentence("Đang có một kế hoạch sửa đổi, bổ sung chưa ban hành. Hãy mở và sửa bản đó.")
    )


def _amended(plan: Plan) -> dict[str, Any]:
    """The wording of the amendment: its own subject and basis, no number and no day yet."""
    content = dict(plan.content)
    head = {name: value for name, value in content.get("head", {}).items() if name != "number"}
    number, day = plan.said_number, vi_date(plan.issued_on) if plan.issued_on else ""
    wording = SUBJECT.format(number=number, day=day, subject=_first_subject(plan))
    return content | {
        "head": head,
        "issued": {"year": timezone.localdate().year},
        "wording": content.get("wording", {}) | {"subject": wording},
        "legal_bases": [*content.get("legal_bases", ()), {"text": _basis(plan)}],
    }


def _basis(plan: Plan) -> str:
    subject, place = tidy(_first_subject(plan)), plan.unit.name
    return BASIS.format(
        number=plan.said_number,
        day=vi_date(plan.issued_on) if plan.issued_on else "",
        place=place[:1].lower() + place[1:],
        subject=subject[:1].lower() + subject[1:],
    )


def _first_subject(plan: Plan) -> str:
    """The subject of the first edition: an amendment of an amendment names the plan itself."""
    first = plan
    while first.amends is not None:
        first = first.amends
    return str(first.content.get("wording", {}).get("subject") or first.subject)


def _add_basis(amended: Plan, made: Plan) -> None:
    """The amended plan among the bases that are kept as rows, where they are."""
    last = made.bases.order_by("-position").first()
    PlanBasis.objects.create(
        plan=made,
        position=last.position + 1 if last else 1,
        text=_basis(amended),
        kind="Kế hoạch",
        number=amended.said_number,
        issued_on=amended.issued_on.isoformat() if amended.issued_on else "",
        issuer=f"UBND {amended.unit.name}",
    )


def _deed(act: str, plan: Plan, key: str) -> Deed:
    right, subject = right_to_change(plan.unit), f"plan:{plan.pk}"
    return Deed(act, right, plan.unit, subject=subject, key=key)
