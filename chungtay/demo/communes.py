"""All communes of the demonstration: written by hand, and grown from the places' data files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from chungtay.demo.families import (
    DemoCommune,
    DemoVillage,
    hand_written_communes,
    read_change,
    read_data,
)
from chungtay.demo.growing import Place
from chungtay.demo.papers import paper

GROWN = ("tu_mo_rong.toml", "tan_khai.toml", "lao_cai.toml", "long_khanh.toml")
PLACES = ("quang_trung", "tu_mo_rong", "tan_khai", "lao_cai", "long_khanh")


@cache
def demo_communes() -> tuple[DemoCommune, ...]:
    """The communes of the demonstration, the first with its neighbour, then the other places."""
    grown = (commune for name in GROWN for commune in _communes(read_data(name)))
    return (*hand_written_communes(), *grown)


def _communes(raw: Mapping[str, Any]) -> Iterator[DemoCommune]:
    households = Place(raw).households()
    opening = raw["decisions"][0]
    for unit in raw["units"]:
        yield DemoCommune(
            code=unit["code"],
            on=raw["counted_on"],
            villages=tuple(
                DemoVillage(row["name"], row["households"], row["persons"])
                for row in unit["villages"]
            ),
            counted_on=raw["counted_on"],
            count_source=raw["count_source"],
            opening_decision=paper(raw, unit, opening),
            in_year_decision=None,
            households=households[unit["code"]],
            changes=tuple(
                read_change(row)
                for row in raw.get("changes", ())
                if row["household"] in {one.code for one in households[unit["code"]]}
            ),
            movements={},
            place=raw["place"],
            successor=unit.get("successor", {}).get("code", ""),
        )
