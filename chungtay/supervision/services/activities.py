"""Acts on communication and training: recording, correcting, seating people, withdrawing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence, vi_date
from chungtay.staff.models import Holding
from chungtay.supervision.models import Activity, ActivityKind, TrainingSeat
from chungtay.supervision.queries.activities import ORGANISE
from chungtay.supervision.services import rows


@dataclass(frozen=True)
class ActivityInput:
    """What was done or is planned: its day, topic and form; numbers where they are known."""

    kind: str
    on: date
    topic: str
    form: str = ""
    reached: int | None = None
    cost_vnd: int | None = None


def record_activity(*, actor: Actor, unit: Unit, given: ActivityInput, key: str = "") -> int:
    """Record an activity of a unit."""
    _check(given)

    def write(line: OpenLine) -> int:
        made = Activity(unit=unit, recorded_by=actor.name)
        _fill(made, given)
        made.save(force_insert=True)
        line.subject = f"activity:{made.pk}"
        line.details = _details(made)
        return made.pk

    return perform(actor, Deed("supervision.record_activity", ORGANISE, unit, key=key), write)


def correct_activity(
    *, actor: Actor, activity: Activity, given: ActivityInput, expected_version: int, key: str = ""
) -> int:
    """Correct what was recorded; its new version. A training with people seated stays one."""
    _check(given)

    def write(line: OpenLine) -> int:
        fresh = rows.standing(activity, expected_version)
        seated = fresh.seats.filter(withdrawn=False).exists()
        if given.kind != ActivityKind.TRAINING and seated:
            raise Refused(
                Sentence(
                    "Lớp tập huấn này đã có người được đề cử nên không đổi thành tuyên truyền."
                )
            )
        before = _details(fresh)
        _fill(fresh, given)
        line.details = {"before": before, "after": _details(fresh)}
        return rows.saved(fresh)

    return perform(actor, _deed("supervision.correct_activity", activity, key), write)


def seat_people(
    *,
    actor: Actor,
    activity: Activity,
    nominated: Collection[Holding],
    attended: Collection[int],
    today: date,
    expected_version: int,
    key: str = "",
) -> int:
    """Say who is nominated for a training and which of them, by account, came; its new version.

    Who came was nominated. Refused for attendance at a training whose day has not come.
    """
    if activity.kind != ActivityKind.TRAINING:
        raise Refused(Sentence("Chỉ lớp tập huấn mới có danh sách đề cử."))
    if attended and activity.on > today:
        raise Refused(
            Sentence(
                "Lớp tập huấn đến ngày {on} mới mở nên chưa ghi được ai đã dự.",
                on=vi_date(activity.on),
            )
        )

    def write(line: OpenLine) -> int:
        fresh = rows.standing(activity, expected_version)
        _seat(fresh, nominated, frozenset(attended))
        line.details = {"nominated": len(nominated), "attended": len(attended)}
        return rows.saved(fresh)

    return perform(actor, _deed("supervision.seat_people", activity, key), write)


def withdraw_activity(
    *, actor: Actor, activity: Activity, reason: str, expected_version: int, key: str = ""
) -> int:
    """Withdraw an activity recorded by mistake or not held, with its reason; its new version."""
    rows.need_reason(reason)

    def write(_line: OpenLine) -> int:
        return rows.withdraw(activity, reason, expected_version)

    return perform(actor, _deed("supervision.withdraw_activity", activity, key, reason), write)


def restore_activity(
    *, actor: Actor, activity: Activity, expected_version: int, key: str = ""
) -> int:
    """Use a withdrawn activity again; its new version."""

    def write(_line: OpenLine) -> int:
        return rows.restore(activity, expected_version)

    return perform(actor, _deed("supervision.restore_activity", activity, key), write)


def _deed(act: str, activity: Activity, key: str, reason: str = "") -> Deed:
    return Deed(act, ORGANISE, activity.unit, f"activity:{activity.pk}", key, reason)


def _check(given: ActivityInput) -> None:
    if not given.topic.strip():
        raise Refused(Sentence("Chưa ghi chủ đề."))


def _fill(row: Activity, given: ActivityInput) -> None:
    row.kind, row.on, row.topic, row.form = given.kind, given.on, given.topic, given.form
    row.reached, row.cost_vnd = given.reached, given.cost_vnd


def _details(row: Activity) -> dict[str, str | int | None]:
    return {
        "kind": row.kind,
        "on": row.on.isoformat(),
        "topic": row.topic,
        "reached": row.reached,
        "cost_vnd": row.cost_vnd,
    }


def _seat(activity: Activity, nominated: Collection[Holding], attended: frozenset[int]) -> None:
    kept = {holding.user_id for holding in nominated}
    activity.seats.exclude(user__in=kept).update(withdrawn=True, attended=False)
    for holding in nominated:
        TrainingSeat.objects.update_or_create(
            activity=activity,
            user_id=holding.user_id,
            defaults={
                "post_id": holding.post_id,
                "attended": holding.user_id in attended,
                "withdrawn": False,
            },
        )
