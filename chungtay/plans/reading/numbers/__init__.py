"""The numbers of a plan that was read: targets, money, named households, and what they belie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.shapes import Finding, Head


class Numbers(NamedTuple):
    """The numeric half of a plan."""

    targets: tuple[Any, ...] = ()
    money: tuple[Any, ...] = ()
    households: tuple[Any, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_numbers(blocks: Sequence[Block], head: Head) -> Numbers:
    """What a plan counts and pays; empty until its readers stand here."""
    del blocks, head
    return Numbers()
