"""Acts on inspections: recording, correcting, withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence, vi_date
from chungtay.staff.models import Post
from chungtay.supervision.models import Inspection
from chungtay.supervision.queries.inspections import INSPECT
from chungtay.supervision.services import rows


@dataclass(frozen=True)
class InspectionInput:
    """What was inspected, on which day, by a post or a body by name, on which paper."""

    place: Unit
    kind: str
    on: date
    by: Post | str
    about: str
    paper: str = ""


def record_inspection(
    *, actor: Actor, unit: Unit, given: InspectionInput, today: date, key: str = ""
) -> int:
    """Record an inspection that took place; Refused for a foreign place or a day to come."""
    _check(unit, given, today)

    def write(line: OpenLine) -> int:
        made = Inspection(unit=unit, recorded_by=actor.name)
        _fill(made, given)
        made.save(force_insert=True)
        line.subject = f"inspection:{made.pk}"
        line.details = _details(made)
        return made.pk

    deed = Deed("supervision.record_inspection", INSPECT, unit, key=key, paper=given.paper)
    return perform(actor, deed, write)


def correct_inspection(
    *,
    actor: Actor,
    inspection: Inspection,
    given: InspectionInput,
    today: date,
    expected_version: int,
    key: str = "",
) -> int:
    """Correct what was recorded of an inspection; its new version."""
    _check(inspection.unit, given, today)

    def write(line: OpenLine) -> int:
        fresh = rows.standing(inspection, expected_version)
        before = _details(fresh)
        _fill(fresh, given)
        line.details = {"before": before, "after": _details(fresh)}
        return rows.saved(fresh)

    return perform(actor, _deed("supervision.correct_inspection", inspection, key), write)


def withdraw_inspection(
    *, actor: Actor, inspection: Inspection, reason: str, expected_version: int, key: str = ""
) -> int:
    """Withdraw what was recorded by mistake; Refused while something found still stands."""
    rows.need_reason(reason)

    def write(_line: OpenLine) -> int:
        version = rows.withdraw(inspection, reason, expected_version)
        if inspection.findings.filter(withdrawn=False).exists():
            raise Refused(
                Sentence(
                    "Cuộc này còn điều đã kết luận, có việc đã giao. Hãy rút từng điều trước, "
                    "rồi rút cả cuộc."
                )
            )
        return version

    deed = _deed("supervision.withdraw_inspection", inspection, key, reason)
    return perform(actor, deed, write)


def restore_inspection(
    *, actor: Actor, inspection: Inspection, expected_version: int, key: str = ""
) -> int:
    """Use an inspection again that was withdrawn; its new version."""

    def write(_line: OpenLine) -> int:
        return rows.restore(inspection, expected_version)

    return perform(actor, _deed("supervision.restore_inspection", inspection, key), write)


def _deed(act: str, inspection: Inspection, key: str, reason: str = "") -> Deed:
    subject = f"inspection:{inspection.pk}"
    return Deed(act, INSPECT, inspection.unit, subject, key, reason)


def _check(unit: Unit, given: InspectionInput, today: date) -> None:
    if not given.place.path.startswith(unit.path):
        raise Refused(Sentence("Nơi được kiểm tra phải thuộc địa bàn của mình."))
    if given.on > today:
        raise Refused(
            Sentence(
                "Ngày {on} chưa tới. Ở đây chỉ ghi cuộc kiểm tra, giám sát đã làm; cuộc sắp làm "
                "thì giao thành công việc.",
                on=vi_date(given.on),
            )
        )
    if not given.about.strip():
        raise Refused(Sentence("Chưa ghi nội dung kiểm tra, giám sát."))


def _fill(row: Inspection, given: InspectionInput) -> None:
    row.place, row.kind, row.on = given.place, given.kind, given.on
    row.post = given.by if isinstance(given.by, Post) else None
    row.body = given.by if isinstance(given.by, str) else ""
    row.about, row.paper = given.about, given.paper


def _details(row: Inspection) -> dict[str, str | int | None]:
    return {
        "place": row.place_id,
        "kind": row.kind,
        "on": row.on.isoformat(),
        "post": row.post_id,
        "body": row.body,
        "paper": row.paper,
    }
