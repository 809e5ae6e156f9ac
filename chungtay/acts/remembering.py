"""Answers kept in this process until an act is done, anywhere, that could change them.

Every change is an act, and every act adds a line to a chain. So the sum of the chains' lengths
says, in one cheap question, whether an answer made at that sum still holds; nothing has to be told
when it does not. (The newest line's id would not do: on PostgreSQL the act with the lower id may
be the one that is committed later.)
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.db import connection

Answer = TypeVar("Answer")
MOST_KEPT = 1000


class Memory:
    """Answers by key, each with the version it was made at; the oldest make room for new ones."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._lock = Lock()
        _memories.append(self)

    def remembered(self, key: Hashable, at: int, make: Callable[[], Answer]) -> Answer:
        """The answer kept under a key since version ``at``, or made now and kept.

        The key names everything the answer depends on besides the register: place, day, rights,
        language. The answer is shared by later requests, so nobody may change it.
        """
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[0] == at:
                self._kept.move_to_end(key)
                answer: Answer = kept[1]
                return answer
        made = make()
        self.keep(key, at, made)
        return made

    def keep(self, key: Hashable, at: int, answer: Any) -> None:
        """Keep an answer under a key for a version; the oldest make room for it."""
        with self._lock:
            self._kept[key] = (at, answer)
            self._kept.move_to_end(key)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)

    def latest(self, key: Hashable) -> Any | None:
        """What was last kept under a key, at whatever version; None where nothing is."""
        with self._lock:
            kept = self._kept.get(key)
            return None if kept is None else kept[1]

    def forget(self) -> None:
        """Drop every kept answer."""
        with self._lock:
            self._kept.clear()


_memories: list[Memory] = []
_answers = Memory(MOST_KEPT)


def version() -> int:
    """How many acts have been done: it grows with each, and stands still between them."""
    with connection.cursor() as cursor:
        # Asked at every request, so without the cost of building a query.
        cursor.execute("SELECT SUM(number) FROM acts_chain")
        return int(cursor.fetchone()[0] or 0)


def remembered(key: Hashable, at: int, make: Callable[[], Answer]) -> Answer:
    """What the common memory keeps under a key for a version, or what is made now and kept."""
    return _answers.remembered(key, at, make)


def forget_all() -> None:
    """Drop every kept answer: for tests, whose databases are put back without an act."""
    for memory in _memories:
        memory.forget()
