"""How long a login waits after wrong tries: longer each time."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest

STEPS_MINUTES = (1, 5, 15, 60, 240)


def growing_wait(request: HttpRequest | None) -> timedelta:
    """One minute after the fifth wrong try, then 5, 15, 60 and 240 with each further one."""
    username = request.POST.get("username", "") if request is not None else ""
    failures = (
        AccessAttempt.objects.filter(username=username)
        .order_by("-failures_since_start")
        .values_list("failures_since_start", flat=True)
        .first()
    )
    over = max(0, (failures or 0) - int(settings.AXES_FAILURE_LIMIT))
    return timedelta(minutes=STEPS_MINUTES[min(over, len(STEPS_MINUTES) - 1)])
