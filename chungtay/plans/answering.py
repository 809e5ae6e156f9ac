"""The answer of a place to what it is asked: a number, a reason where it differs, households."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import Household
from chungtay.households.queries.people import of_class
from chungtay.households.queries.residences import lived_in, placed_on
from chungtay.households.queries.statuses import standard_id_on
from chungtay.places.models import Unit
from chungtay.plans.handing import HIGHEST, lock_part, step_part
from chungtay.plans.models import AskedPart, Plan, PlanHousehold, PlanTarget, PromisedHousehold
from chungtay.plans.services import NEAR, right_to_change
from chungtay.plans.states import standing
from chungtay.rulebook.promises import HOUSEHOLD
from chungtay.rulebook.wording import Sentence, vi_int
from chungtay.staff.policy import PostActor

State = AskedPart.State
# The place still owes an answer.
OPEN = frozenset({State.UNANSWERED, State.SENT_BACK})


@dataclass(frozen=True)
class Answer:
    """What a place answers: its number, why it differs, the households it names."""

    promised: Decimal
    reason: str = ""
    households: Collection[UUID] = ()


def right_to_answer(unit: Unit) -> str:
    """The right to answer for a unit; above the commune it is that of changing its plans."""
    return "plans.answer" if unit.level in NEAR else right_to_change(unit)


def parts_seen_by(actor: PostActor) -> QuerySet[AskedPart]:
    """The parts asked of the places whose plans an actor may see or for which she may answer."""
    condition = Q(pk__in=())
    for right in ("plans.see", "plans.answer"):
        for unit in actor.units_for(right):
            condition |= Q(unit__path__startswith=unit.path)
    return AskedPart.objects.filter(condition, handing__withdrawn=False).select_related(
        "unit", "handing__target__plan__unit"
    )


def asked_of(actor: PostActor, unit: Unit, year: int) -> list[AskedPart]:
    """What is asked of one place in a year, in the order of the plan above."""
    rows = parts_seen_by(actor).filter(unit=unit.pk, handing__target__plan__year=year)
    return list(rows.order_by("handing__target__plan", "handing__target__position"))


def answer(
    *, actor: Actor, part: AskedPart, given: Answer, expected_version: int, key: str = ""
) -> int:
    """Answer what is asked, or answer anew until it is accepted.

    Refused without a reason where the number differs, with more names than households promised,
    or with a household of another place or class.
    """

    def write(line: OpenLine) -> int:
        fresh = lock_part(part, expected_version)
        _check(fresh, given)
        wanted = _checked_households(fresh, given)
        fresh.promised, fresh.state = given.promised, State.ANSWERED
        fresh.reason = given.reason
        step_part(fresh)
        _write_households(fresh, wanted)
        line.details = {
            "asked": str(fresh.asked),
            "promised": str(given.promised),
            "households": sorted(str(one) for one in wanted),
        }
        return fresh.pk

    right = right_to_answer(part.unit)
    deed = Deed("plans.answer", right, part.unit, subject=f"asked_part:{part.pk}", key=key)
    return perform(actor, deed, write)


def _check(part: AskedPart, given: Answer) -> None:
    if part.state == State.ACCEPTED:
        raise Refused(
            Sentence("Số này đã được chấp nhận. Muốn sửa, hãy đề nghị nơi giao trả lại để ghi lại.")
        )
    if given.promised != part.asked and not given.reason:
        raise Refused(Sentence("Số nhận khác số được giao; hãy ghi lý do để nơi giao xét."))
    if sums(part):
        _check_count(part, given)
    elif given.promised > HIGHEST:
        raise Refused(Sentence("Chỉ tiêu phần trăm phải từ 0 đến 100; hãy ghi lại."))


def _check_count(part: AskedPart, given: Answer) -> None:
    if given.promised != int(given.promised):
        raise Refused(Sentence("Số hộ nhận phải là số nguyên; hãy ghi lại."))
    if part.base is not None and given.promised > part.base:
        raise Refused(
            Sentence(
                "Nhận giảm {promised} hộ nhưng số gốc chỉ có {base} hộ; hãy ghi lại.",
                promised=vi_int(int(given.promised)),
                base=vi_int(part.base),
            )
        )
    if len(set(given.households)) > given.promised:
        raise Refused(
            Sentence(
                "Đã chọn tên {named} hộ mà chỉ nhận {promised} hộ. Hãy nhận thêm, hoặc bỏ bớt tên.",
                named=len(set(given.households)),
                promised=vi_int(int(given.promised)),
            )
        )


def sums(part: AskedPart) -> bool:
    """Whether a part is a number of households, rather than a level to be reached."""
    measures = PlanTarget.Measure
    return part.handing.target.measure not in {measures.RATE, measures.COVERAGE}


def choices_of(part: AskedPart) -> list[Household]:
    """The households a place may name: those of the target's class there when the year began."""
    first = date(part.handing.target.plan.year, 1, 1)
    return placed_on(_may_be_named(part).order_by("head_sort_key"), first)


def _may_be_named(part: AskedPart) -> QuerySet[Household]:
    target = part.handing.target
    if not (sums(part) and target.counted == HOUSEHOLD and target.classes):
        return Household.objects.none()
    first = date(target.plan.year, 1, 1)
    standard = target.plan.standard or standard_id_on(first)
    lived = Household.objects.filter(lived_in([part.unit], first), withdrawn=False)
    found = Household.objects.none()
    for one in target.classes.split(","):
        found |= of_class(lived, one, standard, first, target.subclass)
    return found.select_related("village", "commune")


def named_behind(part: AskedPart) -> set[UUID]:
    """The households that stand behind a place's answer."""
    rows = part.households.filter(withdrawn=False)
    return set(rows.values_list("household", flat=True))


def named_before(part: AskedPart) -> set[UUID]:
    """The households the place's own plan, or the plan above, names: proposed for the answer."""
    target = part.handing.target
    own = standing(Plan.objects.filter(unit=part.unit_id, year=target.plan.year)).values("pk")
    behind = Q(plan=target.plan_id) | Q(plan__in=own)
    rows = PlanHousehold.objects.filter(behind, withdrawn=False)
    return set(rows.values_list("household", flat=True))


def _checked_households(part: AskedPart, given: Answer) -> set[UUID]:
    wanted = set(given.households)
    if not wanted:
        return wanted
    found = set(_may_be_named(part).filter(pk__in=wanted).values_list("pk", flat=True))
    if found != wanted:
        raise Refused(
            Sentence(
                "Có hộ được chọn không thuộc {unit}, hoặc đầu năm không thuộc diện của chỉ tiêu. "
                "Hãy chọn lại.",
                unit=part.unit.name,
            )
        )
    elsewhere = PromisedHousehold.objects.filter(
        handing=part.handing_id, household__in=wanted, withdrawn=False
    ).exclude(part=part.pk)
    taken = elsewhere.select_related("household", "part__unit").first()
    if taken is not None:
        raise Refused(
            Sentence(
                "Hộ {head} đã đứng tên ở {unit}; một hộ chỉ tính một lần. Hãy chọn hộ khác.",
                head=taken.household.head_name,
                unit=taken.part.unit.name,
            )
        )
    return wanted


def _write_households(part: AskedPart, wanted: set[UUID]) -> None:
    standing = part.households.filter(withdrawn=False)
    standing.exclude(household__in=wanted).update(withdrawn=True)
    kept = set(standing.values_list("household", flat=True))
    PromisedHousehold.objects.bulk_create(
        PromisedHousehold(handing_id=part.handing_id, part=part, household_id=one)
        for one in sorted(wanted - kept)
    )
