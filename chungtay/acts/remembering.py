"""Answers kept in this process until an act is done that could change them.

Every change of the register is an act, and every act adds a line to its commune's chain. So the
number of a chain's last line says, in one cheap question, whether an answer made at that number
still holds; nothing has to be told when it does not.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from chungtay.acts.models import Chain, JournalLine

Answer = TypeVar("Answer")
MOST_KEPT = 256

_kept: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
_lock = Lock()


def version_of(chain: str) -> int:
    """The number of a chain's last line; 0 before its first."""
    return Chain.objects.filter(name=chain).values_list("number", flat=True).first() or 0


def version_of_all() -> int:
    """A number that grows with every act anywhere: for places with many chains below them."""
    newest = JournalLine.objects.order_by("-id").values_list("id", flat=True).first()
    return newest or 0


def remembered(key: Hashable, version: int, make: Callable[[], Answer]) -> Answer:
    """The answer kept under a key for a version, or made now and kept.

    The key names everything the answer depends on besides the register: place, day, rights,
    language. The answer is shared by later requests, so nobody may change it.
    """
    with _lock:
        kept = _kept.get(key)
        if kept is not None and kept[0] == version:
            _kept.move_to_end(key)
            answer: Answer = kept[1]
            return answer
    made = make()
    with _lock:
        _kept[key] = (version, made)
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def forget_all() -> None:
    """Drop every kept answer: for tests, whose databases are put back without an act."""
    with _lock:
        _kept.clear()
