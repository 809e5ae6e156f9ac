"""What every life event asks before it writes: right, version, day; and what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import Household, LifeEvent, Membership
from chungtay.households.services.answers import subject_of
from chungtay.households.services.checks import check_day
from chungtay.households.services.life.ledger import Ledger
from chungtay.households.services.life.occasions import Occasion
from chungtay.households.services.versions import lock_household
from chungtay.rulebook.wording import Sentence, vi_date

RIGHT = "households.change"
ONE_DAY = timedelta(days=1)


def perform_event(
    *,
    act: str,
    actor: Actor,
    household: Household,
    occasion: Occasion,
    expected_version: int | None,
    key: str,
    write: Callable[[Ledger], None],
) -> dict[str, Any]:
    """Do one life event as one act; its answer names the event, the household, its version."""
    occasion.check()
    check_day(occasion.day, household.commune)

    def inner(line: OpenLine) -> dict[str, Any]:
        fresh = lock_living(household.id, expected_version)
        check_begun(fresh, occasion.day)
        ledger = Ledger(line, fresh, occasion)
        with held_by_the_database():
            write(ledger)
            return ledger.settle()

    deed = Deed(
        act,
        RIGHT,
        household.village or household.commune,
        subject=subject_of(household.id),
        key=key,
        reason=occasion.note,
        paper=occasion.paper,
    )
    return perform(actor, deed, inner)


class held_by_the_database:  # noqa: N801 reads as the words it is
    """What only the database could notice (two communes at one time) is refused in words."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, IntegrityError):
            raise Refused(
                Sentence(
                    "Chưa ghi gì: một người hoặc hộ trong việc này đã có ghi chép khác trùng ngày, "
                    "có thể ở nơi khác. Hãy mở lại trang của hộ rồi xem lại ngày."
                )
            ) from error


def lock_living(household_id: UUID, expected_version: int | None) -> Household:
    """The household locked for an event; Refused if it has ended or moved away."""
    fresh = lock_household(household_id, expected_version)
    if fresh.valid_to is not None:
        raise Refused(
            Sentence(
                "Hộ {head} chỉ có trong sổ đến hết ngày {day}, nên không ghi thêm việc cho hộ này.",
                head=fresh.head_name,
                day=vi_date(fresh.valid_to),
            )
        )
    if fresh.away_from is not None:
        raise Refused(
            Sentence(
                "Hộ {head} đã chuyển đi từ ngày {day} và đang chờ nơi đến nhận, nên không ghi thêm "
                "việc. Nếu hộ chưa đi, hãy hoàn tác việc chuyển đi.",
                head=fresh.head_name,
                day=vi_date(fresh.away_from),
            )
        )
    return fresh


def check_begun(household: Household, day: date) -> None:
    """Refused if a day lies before the household began, or before it came to where it lives."""
    came = household.events.filter(kind=LifeEvent.Kind.MOVE_IN, withdrawn=False)
    last_came = came.order_by("day").values_list("day", flat=True).last()
    first = max((one for one in (household.valid_from, last_came) if one), default=None)
    if first is not None and day < first:
        raise Refused(
            Sentence(
                "Hộ {head} ở đây từ ngày {first}, nên không ghi được việc vào ngày {day}. "
                "Hãy chọn ngày đó hoặc muộn hơn.",
                head=household.head_name,
                first=vi_date(first),
                day=vi_date(day),
            )
        )


def open_rows(household: Household) -> list[Membership]:
    """The people who belong to a household now, in their order."""
    rows = Membership.objects.select_for_update(of=("self",)).filter(
        household=household, valid_to=None, withdrawn=False
    )
    return list(rows.select_related("person").order_by("position", "id"))


def row_of(rows: list[Membership], person_id: UUID) -> Membership:
    """A person's row among those of a household; Refused if there is none."""
    found = next((row for row in rows if row.person_id == person_id), None)
    if found is None:
        raise Refused(Sentence("Người này không còn trong hộ. Hãy mở lại trang của hộ."))
    return found


def check_row_begun(row: Membership, day: date) -> None:
    """Refused if a person's place in the household began after a day, naming what began it."""
    if row.valid_from is not None and row.valid_from > day:
        raise Refused(
            Sentence(
                "{name} được ghi trong hộ từ ngày {first} ({what}), sau ngày {day}. Hãy chọn ngày "
                "đó hoặc muộn hơn, hoặc hoàn tác việc kia trước.",
                name=row.person.full_name,
                first=vi_date(row.valid_from),
                what=_what(row.begun_by_id),
                day=vi_date(day),
            )
        )


def refuse_later_changes(household: Household, day: date) -> None:
    """Refused if who belongs to a household changes on or after a day, naming the last change."""
    rows = Membership.objects.filter(household=household, withdrawn=False)
    later = rows.filter(Q(valid_from__gt=day) | Q(valid_to__gte=day))
    last: tuple[date, int | None] | None = None
    for row in later.select_related("begun_by", "ended_by"):
        for turned, event in (
            (row.valid_from, row.begun_by_id),
            (row.valid_to and row.valid_to + ONE_DAY, row.ended_by_id),
        ):
            if turned and turned > day and (last is None or turned > last[0]):
                last = (turned, event)
    if last is not None:
        raise Refused(
            Sentence(
                "Hộ {head} đã có thay đổi từ ngày {first} ({what}), sau ngày {day}. Hãy chọn ngày "
                "đó hoặc muộn hơn, hoặc hoàn tác việc kia trước.",
                head=household.head_name,
                first=vi_date(last[0]),
                what=_what(last[1]),
                day=vi_date(day),
            )
        )


def _what(event_id: int | None) -> str:
    event = LifeEvent.objects.filter(pk=event_id).first() if event_id else None
    return str(LifeEvent.Kind(event.kind).label).lower() if event else "ghi vào sổ"
