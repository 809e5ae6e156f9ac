"""Questions about what was done."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from chungtay.acts import sealing
from chungtay.acts.models import JournalLine, PersonalTrace


def lines_of(chains: Iterable[str]) -> QuerySet[JournalLine]:
    """The lines of some chains, newest first."""
    return JournalLine.objects.filter(chain__in=list(chains)).order_by("-at", "-id")


def lines_about(*subjects: str) -> QuerySet[JournalLine]:
    """The lines about one subject under any of its names, newest first."""
    return JournalLine.objects.filter(subject__in=subjects).order_by("-at", "-id")


def open_trace(trace: PersonalTrace, salt: bytes) -> dict[str, Any]:
    """The before and after of a personal trace; Unreadable once its salt has been destroyed."""
    subject: UUID = trace.subject
    plain = sealing.unseal("journal", bytes(trace.sealed), bound_to=subject.bytes, salt=bytes(salt))
    opened: dict[str, Any] = json.loads(plain)
    return opened
