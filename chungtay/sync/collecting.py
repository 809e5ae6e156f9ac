"""Letting Python's garbage collector rest while a list of many people is worked through."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Within it nothing is looked through for circles of garbage.

    A large list is a million live objects without a circle among them; looking through all of them
    again and again took a quarter of the time of an import. What is no longer used is freed as
    always.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
