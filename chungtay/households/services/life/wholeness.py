"""What every household is on every day of its life: at least one member, exactly one head."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from chungtay.acts.refusing import Refused
from chungtay.households.models import Household, Membership
from chungtay.households.models.people import HEAD
from chungtay.rulebook.wording import Sentence, vi_date

ONE_DAY = timedelta(days=1)


def check_whole(household: Household, since: date) -> None:
    """Refused if a household lacks members, or one head, on any day from ``since`` on."""
    rows = list(Membership.objects.filter(household=household, withdrawn=False))
    for day in _turning_days(household, rows, since):
        present = [row for row in rows if holds(row, day)]
        heads = sum(1 for row in present if row.relation == HEAD)
        if not present:
            raise Refused(
                Sentence(
                    "Việc này để hộ {head} không còn ai từ ngày {day}. Hãy chọn người ở lại, hoặc "
                    "ghi cả hộ chuyển đi hay nhập vào hộ khác.",
                    head=household.head_name,
                    day=vi_date(day),
                )
            )
        if heads != 1:
            raise Refused(
                Sentence(
                    "Việc này để hộ {head} có {count} chủ hộ từ ngày {day}; mỗi hộ cần đúng một. "
                    "Hãy chọn chủ hộ.",
                    head=household.head_name,
                    count=heads,
                    day=vi_date(day),
                )
            )


def holds(row: Membership | Household, day: date) -> bool:
    """Whether a dated row holds on a day."""
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_to is None or row.valid_to >= day)


def _turning_days(household: Household, rows: Iterable[Membership], since: date) -> list[date]:
    """The days on which the members may change, while the household stands."""
    days = {since, household.valid_from or since}
    for row in rows:
        days |= {day for day in (row.valid_from, row.valid_to and row.valid_to + ONE_DAY) if day}
    return sorted(day for day in days if day >= since and holds(household, day))
