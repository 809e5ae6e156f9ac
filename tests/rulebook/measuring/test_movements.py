"""Who left, fell and fell back: opening + in - out = closing, whatever the moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chungtay.rulebook.measuring import Count
from chungtay.rulebook.measuring.movements import Move, Movements, movements_of

CLASSES = st.sampled_from(["poor", "near_poor", "average_living", "not_poor", "unknown", None])
MOVES = st.lists(
    st.tuples(
        st.builds(Move, CLASSES, CLASSES, st.booleans()),
        st.builds(Count, st.integers(0, 5), st.integers(0, 20)),
    )
)
HOUSEHOLD = Count(1, 4)


def test_each_way_of_a_household() -> None:
    moves = [
        Move("poor", "poor"),
        Move("poor", "near_poor"),
        Move("poor", "not_poor", earlier=True),
        Move("poor", None),
        Move("near_poor", "poor"),
        Move("near_poor", "poor", earlier=True),
        Move(None, "poor", earlier=True),
        Move("near_poor", "not_poor"),
    ]
    found = movements_of((move, HOUSEHOLD) for move in moves)
    assert found.opening == Count(4, 16)
    assert found.left == {"near_poor": HOUSEHOLD, "not_poor": HOUSEHOLD}
    assert found.gone == found.fell == found.fell_back == found.arrived == HOUSEHOLD
    assert (found.coming, found.going) == (Count(3, 12), Count(3, 12))
    assert (found.stayed, found.closing) == (HOUSEHOLD, Count(4, 16))
    assert found.as_row()["left"] == {"near_poor": [1, 4], "not_poor": [1, 4]}
    near = movements_of(((move, HOUSEHOLD) for move in moves), of="near_poor")
    assert (near.opening, near.fell, near.closing) == (Count(3, 12), HOUSEHOLD, HOUSEHOLD)


def balanced(found: Movements) -> bool:
    return all(
        found.opening[side] + found.coming[side] - found.going[side] == found.closing[side]
        for side in (0, 1)
    )


@given(moves=MOVES, split=st.integers(0, 10), of=st.sampled_from(["poor", "near_poor"]))
def test_movements_balance_and_add(moves: list[tuple[Move, Count]], split: int, of: str) -> None:
    whole = movements_of(moves, of=of)
    assert balanced(whole)
    assert min(whole.stayed) >= 0
    parts = movements_of(moves[:split], of=of) + movements_of(moves[split:], of=of)
    assert parts == whole
