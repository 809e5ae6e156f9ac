"""A household moves: within its commune, out of it, and in at the other side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import Household, LifeEvent, Residence
from chungtay.households.queries.slips import slip_of
from chungtay.households.services.answers import subject_of
from chungtay.households.services.checks import (
    check_code_is_free,
    check_day,
    check_lengths,
    check_standing_village,
    check_village,
)
from chungtay.households.services.life.ending import end_household, end_residence
from chungtay.households.services.life.ledger import Ledger
from chungtay.households.services.life.occasions import Occasion
from chungtay.households.services.life.opening import (
    RIGHT,
    held_by_the_database,
    open_rows,
    perform_event,
    refuse_later_changes,
)
from chungtay.households.services.life.undoing import lock_waiting, undo_steps
from chungtay.households.services.versions import lock_household
from chungtay.households.writing import household_values
from chungtay.places.models import Level, Succession, Unit
from chungtay.places.queries import standing, unit_by_code
from chungtay.rulebook.wording import Sentence, vi_date

ONE_DAY = timedelta(days=1)
RETURN_LENGTH = 300


def move_within(
    *,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    village: Unit | None,
    address: str,
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Let a household live in another village of its commune from a day on."""
    check_village(village, household.commune_id)
    check_standing_village(village)
    check_lengths("", address)

    def write(ledger: Ledger) -> None:
        fresh = ledger.household
        if village is not None and not _stands(village, ledger.day):
            raise Refused(
                Sentence(
                    "{name} không có vào ngày {day}. Hãy chọn thôn khác hoặc ngày khác.",
                    name=village.name,
                    day=vi_date(ledger.day),
                )
            )
        if fresh.village_id == (village.pk if village else None):
            raise Refused(Sentence("Hộ đang ở chính thôn này. Hãy chọn thôn khác."))
        before = household_values(fresh)
        ledger.begin(LifeEvent.Kind.MOVE_WITHIN)
        end_residence(ledger, fresh, ledger.day - ONE_DAY)
        _settle_at(ledger, fresh, fresh.commune, village, ledger.day)
        ledger.change(fresh, address=address)
        ledger.line.trace(fresh.id, fresh.trace_salt, before=before, after=household_values(fresh))

    return perform_event(
        act="households.move_within",
        actor=actor,
        household=household,
        occasion=occasion,
        expected_version=expected_version,
        key=key,
        write=write,
    )


def _stands(unit: Unit, day: date) -> bool:
    return Unit.objects.filter(standing(day), Q(pk=unit.pk)).exists()


def _settle_at(
    ledger: Ledger, household: Household, commune: Unit, village: Unit | None, day: date
) -> None:
    ledger.make(Residence(household=household, commune=commune, village=village, valid_from=day))
    ledger.change(household, commune_id=commune.pk, village_id=village.pk if village else None)
    household.commune, household.village = commune, village


def move_out(
    *,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    to_code: str = "",
    gone_to: str = "",
    expected_version: int | None,
    key: str = "",
) -> dict[str, Any]:
    """Let a household leave its commune from a day on, for another of the country or elsewhere.

    ``to_code`` names a commune standing on that day, which has to accept it; gone abroad or to a
    place not known (``gone_to``), the household ends.
    """
    if bool(to_code) == bool(gone_to) or (gone_to and gone_to not in LifeEvent.GoneTo.values):
        raise Refused(
            Sentence("Hãy chọn nơi đến trong danh mục, hoặc chọn ra nước ngoài, chưa rõ nơi đến.")
        )
    to_commune = unit_by_code(to_code, occasion.day, Level.COMMUNE) if to_code else None
    if to_commune is not None and to_commune.pk == household.commune_id:
        raise Refused(
            Sentence("{name} là nơi hộ đang ở. Hãy ghi “Chuyển trong xã”.", name=to_commune.name)
        )

    def write(ledger: Ledger) -> None:
        fresh, last = ledger.household, ledger.day - ONE_DAY
        refuse_later_changes(fresh, ledger.day)
        rows = open_rows(fresh)
        slip = slip_of(fresh, rows, last)
        ledger.begin(LifeEvent.Kind.MOVE_OUT, to_commune=to_commune, gone_to=gone_to, slip=slip)
        if to_commune is None:
            for row in rows:
                ledger.end_membership(row, last)
            end_household(ledger, fresh, last)
        else:
            end_residence(ledger, fresh, last)
            ledger.change(fresh, away_from=ledger.day)

    return perform_event(
        act="households.move_out",
        actor=actor,
        household=household,
        occasion=occasion,
        expected_version=expected_version,
        key=key,
        write=write,
    )


def accept_move(
    *,
    actor: Actor,
    move: LifeEvent,
    commune: Unit,
    village: Unit | None,
    occasion: Occasion,
    code: str = "",
    address: str = "",
    key: str = "",
) -> dict[str, Any]:
    """Take a waiting household in from a day on; its history, answers and classes come along.

    ``commune`` is the one it was sent to, or the one that took that over.
    """
    occasion.check()
    check_day(occasion.day, commune)
    check_village(village, commune)
    check_standing_village(village)
    check_lengths(code, address)

    def write(line: OpenLine) -> dict[str, Any]:
        waiting = lock_waiting(move.pk)
        _check_receiver(waiting, commune)
        fresh = lock_household(waiting.household_id, None)
        if occasion.day < waiting.day:
            raise Refused(
                Sentence(
                    "Hộ rời nơi cũ ngày {day}; hãy chọn ngày đó hoặc muộn hơn.",
                    day=vi_date(waiting.day),
                )
            )
        check_code_is_free(commune.pk, code)
        ledger = Ledger(line, fresh, occasion)
        with held_by_the_database():
            ledger.begin(LifeEvent.Kind.MOVE_IN, move_out=waiting, commune=commune)
            ledger.change(fresh, away_from=None, code=code, address=address)
            _settle_at(ledger, fresh, commune, village, occasion.day)
            return ledger.settle()

    deed = Deed(
        "households.accept_move",
        RIGHT,
        commune,
        subject=subject_of(move.household_id),
        key=key,
        reason=occasion.note,
        paper=occasion.paper,
    )
    return perform(actor, deed, write)


def _check_receiver(move: LifeEvent, commune: Unit) -> None:
    """A household is taken in where it was sent, or by who took that place over."""
    heirs = Succession.objects.filter(old=move.to_commune_id, new=commune)
    if commune.pk != move.to_commune_id and not heirs.exists():
        raise NotAllowed(Sentence("Hộ này không chuyển đến nơi đó."))


def return_move(*, actor: Actor, move: LifeEvent, commune: Unit, reason: str, key: str = "") -> int:
    """Send a waiting household back with the reason: it lives again where it lived."""
    if not reason.strip():
        raise Refused(Sentence("Hãy ghi lý do trả lại, để nơi gửi biết phải sửa điều gì."))

    def write(line: OpenLine) -> int:
        waiting = lock_waiting(move.pk)
        _check_receiver(waiting, commune)
        undo_steps(waiting, line)
        waiting.returned_because = reason.strip()[:RETURN_LENGTH]
        waiting.save(update_fields=["returned_because"])
        return waiting.pk

    deed = Deed(
        "households.return_move",
        RIGHT,
        commune,
        subject=subject_of(move.household_id),
        key=key,
        reason=reason.strip(),
    )
    return perform(actor, deed, write)


def take_slip(*, actor: Actor, move: LifeEvent) -> int:
    """Take a household's moving paper out of the program: a line in the journal, as any export."""

    def write(line: OpenLine) -> int:
        line.details = {"event": move.pk, "persons": len(move.slip.get("members", ()))}
        return move.pk

    deed = Deed(
        "households.take_slip",
        "households.export",
        move.commune,
        subject=subject_of(move.household_id),
    )
    return perform(actor, deed, write)
