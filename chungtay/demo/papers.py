"""The decisions of a made-up place: which unit signs, under which number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chungtay.demo.families import DemoDecision

TWO_TIERS = date(2025, 7, 1)

Row = Mapping[str, Any]


def stands_in(unit: Row, on: date) -> Row:
    """The unit in whose register a unit's households stand on a day: its own or its successor."""
    after: Row = unit["successor"] if on >= TWO_TIERS else unit
    return after


def paper(raw: Row, unit: Row, review: Row) -> DemoDecision:
    """The paper by which a unit, or since 1/7/2025 its successor, closes a review."""
    issued: date = review["issued_on"]
    own = stands_in(unit, issued)
    signing = dict.fromkeys(stands_in(one, issued)["code"] for one in _units_on(raw, issued))
    number = review["number"] + list(signing).index(own["code"])
    name = own.get("name", "")
    issuer = review["issuer"].format(unit=name[:1].lower() + name[1:])
    return DemoDecision(f"{number}/QĐ-UBND", issued, issuer, issued, own["code"])


def _units_on(raw: Row, on: date) -> list[Row]:
    """The units with a register on a day; two wards ended before they had a successor."""
    return [unit for unit in raw["units"] if on < TWO_TIERS or "successor" in unit]
