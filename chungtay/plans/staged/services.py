"""Acts on a plan that was read: keep it, and say of each datum whether it is so."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.files.storing import display_name
from chungtay.places.models import Unit
from chungtay.plans.models import PlanReading, ReadDatum
from chungtay.plans.reading.apart import read_file
from chungtay.plans.reading.offers import Offered
from chungtay.plans.services import right_to_change
from chungtay.plans.staged.groups import GROUPS
from chungtay.plans.staged.queries import may_read, opened, seal
from chungtay.rulebook.wording import Sentence

SETTLED = frozenset({ReadDatum.State.CONFIRMED, ReadDatum.State.DISCARDED, ReadDatum.State.READ})


def stage_reading(
    *, actor: Actor, unit: Unit, file_name: str, content: bytes, key: str = ""
) -> str:
    """Read a plan's file for a place and keep what was read, sealed; the reading's id.

    NotAllowed before any work for someone who may not; UnfriendlyFile says why a file is not read.
    """
    if not may_read(actor, unit):
        raise NotAllowed(
            Sentence("Tài khoản này không được đọc kế hoạch cho {unit}.", unit=unit.name)
        )
    read, _notes = read_file(content)
    digest = hashlib.sha256(content).hexdigest()
    once = f"{key}:{digest}" if key else ""

    def write(line: OpenLine) -> str:
        reading = PlanReading(unit=unit, file_name=display_name(file_name), file_digest=digest)
        reading.state, reading.staged_by = PlanReading.State.STAGED, actor.name
        reading.sealed = seal(reading, read)
        reading.save()
        ReadDatum.objects.bulk_create(_rows(reading, read))
        line.subject = f"plan_reading:{reading.id}"
        line.details = {"file": digest, "read": dict(Counter(one.group for one in read.offers))}
        return str(reading.id)

    return perform(actor, Deed("plans.stage_reading", right_to_change(unit), unit, key=once), write)


def _rows(reading: PlanReading, read: Offered) -> list[ReadDatum]:
    return [
        ReadDatum(
            reading=reading,
            group=one.group,
            position=at,
            start=one.start,
            end=one.end,
            was=seal(reading, one.values),
        )
        for at, one in enumerate(read.offers, 1)
    ]


def settle_datum(
    *,
    actor: Actor,
    reading: PlanReading,
    datum_id: int,
    state: str,
    expected_version: int | None = None,
    key: str = "",
) -> dict[str, Any]:
    """Say of a datum that it is right, or that it is not to be used, or that it is still open."""
    if state not in SETTLED:
        raise Refused(Sentence("Hãy chọn một mục trong danh sách."))

    def write(line: OpenLine) -> dict[str, Any]:
        row = _lock_datum(_lock(reading), datum_id, expected_version)
        line.details = {"datum": row.position, "group": row.group, "state": state}
        row.state = state
        return _step(row, actor)

    return perform(actor, _deed("plans.settle_datum", reading, key), write)


def correct_datum(
    *,
    actor: Actor,
    reading: PlanReading,
    datum_id: int,
    values: Mapping[str, Any],
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Keep other values beside those that were read, and count the datum as right.

    Stale if somebody changed the datum since the form was opened.
    """

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = _lock(reading)
        row = _lock_datum(fresh, datum_id, expected_version)
        before = opened(fresh, row).values
        row.became, row.state = seal(fresh, dict(values)), ReadDatum.State.CONFIRMED
        line.details = {"datum": row.position, "group": row.group}
        line.trace(fresh.id, fresh.salt, before=before, after=dict(values))
        return _step(row, actor)

    return perform(actor, _deed("plans.correct_datum", reading, key), write)


def add_datum(
    *,
    actor: Actor,
    reading: PlanReading,
    group: str,
    values: Mapping[str, Any],
    place: tuple[int, int] | None = None,
    key: str = "",
) -> int:
    """Add a datum the reader did not find, at its place in the text where it has one; its id."""
    if group not in GROUPS or GROUPS[group].single:
        raise Refused(Sentence("Hãy chọn một mục trong danh sách."))

    def write(line: OpenLine) -> int:
        fresh = _lock(reading)
        last = fresh.data.order_by("-position").first()
        row = ReadDatum.objects.create(
            reading=fresh,
            group=group,
            position=(last.position if last else 0) + 1,
            start=place[0] if place else None,
            end=place[1] if place else None,
            became=seal(fresh, dict(values)),
            state=ReadDatum.State.CONFIRMED,
            changed_by=actor.name,
        )
        line.details = {"datum": row.position, "group": group}
        line.trace(fresh.id, fresh.salt, before=None, after=dict(values))
        return row.pk

    return perform(actor, _deed("plans.add_datum", reading, key), write)


def confirm_rest(
    *, actor: Actor, reading: PlanReading, group: str = "", key: str = ""
) -> dict[str, int]:
    """Count as right what nobody has looked at yet, of one group or of all."""

    def write(line: OpenLine) -> dict[str, int]:
        rows = _lock(reading).data.filter(state=ReadDatum.State.READ)
        rows = rows.filter(group=group) if group else rows
        changed = list(rows.select_for_update())
        for row in changed:
            row.state = ReadDatum.State.CONFIRMED
            row.changed_by = actor.name
            row.version += 1
        ReadDatum.objects.bulk_update(changed, ["state", "changed_by", "version"])
        line.details = {"group": group, "confirmed": len(changed)}
        return {"confirmed": len(changed)}

    return perform(actor, _deed("plans.confirm_rest", reading, key), write)


def lock_reading(reading_id: UUID, wanted: str) -> PlanReading:
    """A reading locked in a state; Refused with what became of it if it is in another."""
    rows = PlanReading.objects.select_for_update(of=("self",)).select_related("unit", "plan")
    fresh = rows.get(pk=reading_id)
    if fresh.state == wanted:
        return fresh
    said = {
        PlanReading.State.STAGED: "Bản đọc này chưa được ghi thành kế hoạch. Hãy tải lại trang.",
        PlanReading.State.APPLIED: "Bản đọc này đã được {who} ghi thành kế hoạch. "
        "Hãy mở kế hoạch ấy, hoặc hoàn tác nếu chưa ai sửa gì.",
        PlanReading.State.UNDONE: "Bản đọc này đã được {who} hoàn tác. Hãy đọc lại tệp gốc.",
    }[PlanReading.State(fresh.state)]
    raise Refused(Sentence(said, who=fresh.settled_by))


def _lock(reading: PlanReading) -> PlanReading:
    return lock_reading(reading.pk, PlanReading.State.STAGED)


def _lock_datum(reading: PlanReading, datum_id: int, expected_version: int | None) -> ReadDatum:
    row = reading.data.select_for_update().filter(pk=datum_id).first()
    if row is None:
        raise Refused(Sentence("Điều này không còn trong bản đọc. Hãy tải lại trang."))
    if expected_version is not None and row.version != expected_version:
        raise Stale(
            Sentence(
                "{who} vừa sửa điều này trong lúc trang đang mở. Bản vừa gõ vẫn còn bên dưới; "
                "hãy so với bản đang lưu rồi ghi lại.",
                who=row.changed_by,
            )
        )
    return row


def _step(row: ReadDatum, actor: Actor) -> dict[str, Any]:
    row.version += 1
    row.changed_by = actor.name
    row.save()
    return {"datum": row.pk, "version": row.version}


def _deed(act: str, reading: PlanReading, key: str) -> Deed:
    subject = f"plan_reading:{reading.pk}"
    return Deed(act, right_to_change(reading.unit), reading.unit, subject=subject, key=key)
