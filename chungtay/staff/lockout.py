"""How long a login waits after wrong tries: longer each time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_failure_limit
from django.db.models import Max
from django.http import HttpRequest

STEPS_MINUTES = (1, 5, 15, 60, 240)

Credentials = dict[str, Any] | None


class GrowingLock(AxesDatabaseHandler):
    """Remembers wrong tries longer than it locks, so that the next wrong one locks for longer.

    Tries made while the lock holds are not looked at: they neither count nor lengthen it.
    """

    def is_locked(self, request: HttpRequest, credentials: Credentials = None) -> bool:
        """Whether this account is closed to this computer at the moment of the request."""
        until = self.locked_until(request, credentials)
        return until is not None and request.axes_attempt_time < until  # type: ignore[attr-defined]

    def locked_until(
        self, request: HttpRequest, credentials: Credentials = None
    ) -> datetime | None:
        """When the lock of the wrong tries so far ends; None if there were too few of them."""
        failures: int = self.get_failures(request, credentials)
        over = failures - int(get_failure_limit(request, credentials))
        if over < 0:
            return None
        times = (
            attempts.aggregate(last=Max("attempt_time"))["last"]
            for attempts in self.get_user_attempts(request, credentials)
        )
        last: datetime = max(filter(None, times))
        return last + wait_after(over)


def wait_after(over: int) -> timedelta:
    """One minute at the limit, then 5, 15, 60 and 240 with each further wrong try."""
    return timedelta(minutes=STEPS_MINUTES[min(over, len(STEPS_MINUTES) - 1)])


def minutes_left(request: HttpRequest, credentials: Credentials) -> int:
    """How many minutes, rounded up, until this account opens again; at least one."""
    until = GrowingLock().locked_until(request, credentials)
    if until is None:
        return 1
    left: timedelta = until - request.axes_attempt_time  # type: ignore[attr-defined]
    return max(1, -(-left // timedelta(minutes=1)))
