"""Form B1 added up from a table; the shipped table is an example and says so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chungtay.rulebook.loading import law
from chungtay.rulebook.points import PointsError, income_points

TABLE = law().points_tables["b1-example"]
ANSWERS = {
    "household_size": "four_five",
    "working_members": 2,
    "house_floor": "tiled",
    "motorbikes": 5,
    "buffaloes": 0,
}


def test_points_are_added_up_and_capped() -> None:
    found = income_points(TABLE, ANSWERS)
    assert found.parts["motorbikes"] == 16
    assert found.points == Decimal("58.5")
    assert found.missing == ()


def test_the_shipped_table_is_no_official_one() -> None:
    assert not TABLE.official
    assert not TABLE.verified
    assert "VÍ DỤ" in income_points(TABLE, ANSWERS).title


def test_a_blank_item_leaves_the_total_open() -> None:
    found = income_points(TABLE, {**ANSWERS, "house_floor": None})
    assert found.points is None
    assert [str(one) for one in found.missing] == ["Cần hỏi: Nền nhà."]


@pytest.mark.parametrize(
    ("item", "answer"),
    [("house_floor", "gold"), ("motorbikes", -1), ("motorbikes", True), ("boats", 1)],
)
def test_an_answer_outside_the_table_is_refused(item: str, answer: str | int) -> None:
    with pytest.raises(PointsError, match="hãy"):
        income_points(TABLE, {**ANSWERS, item: answer})
