"""Taking a life event back while nothing was built upon it; where that stands in the way, why."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model, Q

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import AnswerSheet, Household, LifeEvent, Membership, Residence
from chungtay.households.models.people import HEAD
from chungtay.households.moving import follow_successors
from chungtay.households.services.answers import subject_of
from chungtay.households.services.life.ledger import MADE, MODELS, owners, plain
from chungtay.households.services.life.opening import RIGHT, held_by_the_database
from chungtay.households.services.life.wholeness import check_whole
from chungtay.households.services.versions import step_version
from chungtay.households.writing import describe_again
from chungtay.rulebook.wording import Sentence, vi_date

DATES = frozenset({"valid_from", "valid_to", "died_on", "away_from"})
WHOLE_MOVES = (LifeEvent.Kind.MOVE_OUT, LifeEvent.Kind.MOVE_IN)


def undo_event(*, actor: Actor, event: LifeEvent, reason: str = "", key: str = "") -> int:
    """Take an event back: what it made is withdrawn, what it changed is as it was before.

    Refused while a later event or anything else was built upon it.
    """

    def write(line: OpenLine) -> int:
        fresh = lock_event(event.pk)
        undo_steps(fresh, line)
        return fresh.pk

    deed = Deed(
        "households.undo_event",
        RIGHT,
        event.commune,
        subject=subject_of(event.household_id),
        key=key,
        reason=reason,
    )
    return perform(actor, deed, write)


def lock_event(pk: int) -> LifeEvent:
    """An event that still holds, locked."""
    event = LifeEvent.objects.select_for_update().filter(pk=pk, withdrawn=False).first()
    if event is None:
        raise Refused(Sentence("Việc này đã được hoàn tác rồi. Hãy mở lại trang của hộ."))
    return event


def lock_waiting(pk: int) -> LifeEvent:
    """A move out that waits to be taken in, locked."""
    move = lock_event(pk)
    if move.to_commune_id is None or move.acceptances.filter(withdrawn=False).exists():
        raise Refused(Sentence("Hộ này đã được nhận. Hãy mở lại danh sách chờ nhận."))
    return move


def undo_steps(event: LifeEvent, line: OpenLine) -> None:
    """Take back what an event did, the last step first, and check its households whole."""
    households = _lock_households(event)
    _refuse_built_upon(event)
    with held_by_the_database():
        for step in reversed(event.steps):
            _undo_step(step)
        _follow_villages(event)
        for household in households:
            household.refresh_from_db()
            if not household.withdrawn:
                describe_again(household)
                step_version(household)
                check_whole(household, event.day)
    event.withdrawn, event.version = True, event.version + 1
    event.save(update_fields=["withdrawn", "version"])
    line.details = {"event": event.pk, "kind": event.kind, "on": event.day.isoformat()}


def _follow_villages(event: LifeEvent) -> None:
    """Whoever lives again in a village that was merged meanwhile lives in what became of it."""
    homes = [one for one in (event.household_id, event.other_household_id) if one is not None]
    rows = Residence.objects.filter(household__in=homes, valid_to=None, withdrawn=False)
    follow_successors(rows.select_related("village", "commune"))


def _lock_households(event: LifeEvent) -> list[Household]:
    ids = [one for one in (event.household_id, event.other_household_id) if one is not None]
    rows = Household.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    return list(rows.select_related("commune", "village").order_by("pk"))


def _undo_step(step: list[Any]) -> None:
    what, name, pk = step[:3]
    row = MODELS[name].objects.get(pk=pk)
    if what == MADE:
        if row.withdrawn or owners(row) != step[3]:
            raise Refused(_CHANGED_SINCE)
        _set(row, {"withdrawn": True})
        return
    for column, (_, after) in step[3].items():
        if plain(getattr(row, column)) != after:
            raise Refused(_CHANGED_SINCE)
    _set(row, {column: before for column, (before, _) in step[3].items()})


def _set(row: Model, values: dict[str, Any]) -> None:
    for column, value in values.items():
        setattr(row, column, date.fromisoformat(value) if column in DATES and value else value)
    row.save(update_fields=list(values))


_CHANGED_SINCE = Sentence(
    "Không hoàn tác được: những gì việc này ghi đã được sửa sau đó. Hãy sửa tay điều cần sửa."
)


def _refuse_built_upon(event: LifeEvent) -> None:
    """Refused if a later event, answers or anything else stands on what this event wrote."""
    if (later := later_event(event)) is not None:
        raise Refused(
            Sentence(
                "Không hoàn tác được vì sau đó đã ghi “{what}” ngày {day} cho cùng người hoặc hộ. "
                "Hãy hoàn tác việc đó trước.",
                what=str(LifeEvent.Kind(later.kind).label),
                day=vi_date(later.day),
            )
        )
    if event.kind == LifeEvent.Kind.MOVE_IN:
        _refuse_written_here(event)
    made = {(step[1], step[2]) for step in event.steps if step[0] == MADE}
    for name, pk in made:
        if name == "person" and _answered(event, pk):
            raise Refused(
                Sentence(
                    "Không hoàn tác được vì sau đó đã ghi câu trả lời của người này. "
                    "Hãy sửa tay điều cần sửa."
                )
            )
        if name == "household":
            _refuse_used(Household.objects.get(pk=pk), made)


def _refuse_written_here(event: LifeEvent) -> None:
    """Refused if the commune that took a household in has written answers or classes since."""
    sheets = AnswerSheet.objects.filter(household=event.household_id, withdrawn=False)
    spells = event.household.statuses.filter(withdrawn=False, valid_from__gte=event.day)
    if sheets.filter(written_at__gt=event.recorded_at).exists() or spells.exists():
        raise Refused(
            Sentence(
                "Không hoàn tác được vì xã đã ghi câu trả lời hoặc diện cho hộ từ khi nhận hộ. "
                "Nếu hộ không ở đây, hãy ghi hộ chuyển đi."
            )
        )


def later_event(event: LifeEvent) -> LifeEvent | None:
    """A later event that changed a row this one wrote, or moved somebody this one moved."""
    people = Membership.objects.filter(Q(begun_by=event) | Q(ended_by=event)).values("person")
    moved = Membership.objects.filter(person__in=people, withdrawn=False)
    ids = set(moved.values_list("begun_by", flat=True)) | set(
        moved.values_list("ended_by", flat=True)
    )
    homes = [one for one in (event.household_id, event.other_household_id) if one is not None]
    here = Q(household__in=homes) | Q(other_household__in=homes)
    rows = _rows(event)
    held = LifeEvent.objects.filter(pk__gt=event.pk, withdrawn=False)
    for other in held.filter(Q(pk__in=ids - {None}) | here).order_by("pk"):
        built = other.pk in ids or event.kind in WHOLE_MOVES or rows & _rows(other)
        if built or _turned(other, homes):
            return other
    return None


def _turned(event: LifeEvent, homes: list[Any]) -> bool:
    """Whether an event ended or moved one of some households, or gave it another head.

    A person put back before that would stand in a household that is no more, or in a relation to
    somebody who is not its head.
    """
    if event.kind in (*WHOLE_MOVES, LifeEvent.Kind.CHANGE_OF_HEAD):
        return True
    if Household.objects.filter(pk__in=homes, ended_by=event).exists():
        return True
    heads = Membership.objects.filter(begun_by=event, relation=HEAD, withdrawn=False)
    return heads.filter(household__in=homes).exists()


def _rows(event: LifeEvent) -> set[tuple[str, str]]:
    """The rows an event wrote."""
    return {(step[1], step[2]) for step in event.steps}


def _answered(event: LifeEvent, person: str) -> bool:
    sheets = AnswerSheet.objects.filter(household=event.household_id, withdrawn=False)
    return any(person in sheet.answers.get("members", {}) for sheet in sheets)


def _refuse_used(household: Household, made: set[tuple[str, str]]) -> None:
    """Refused if anything but the event's own rows hangs on a household it made, in any room."""
    names = {model: name for name, model in MODELS.items()}
    for relation in household._meta.related_objects:
        model: Any = relation.related_model
        if model is LifeEvent:
            continue
        rows = model.objects.filter(**{relation.field.name: household})
        if hasattr(model, "withdrawn"):
            rows = rows.filter(withdrawn=False)
        own = {pk for name, pk in made if name == names.get(model)}
        if any(str(pk) not in own for pk in rows.values_list("pk", flat=True)):
            raise Refused(
                Sentence(
                    "Không hoàn tác được vì hộ mới {head} đã có ghi chép khác (câu trả lời, diện, "
                    "kế hoạch hoặc người mới). Hãy sửa tay điều cần sửa.",
                    head=household.head_name,
                )
            )
