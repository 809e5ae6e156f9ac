"""Reports added up: what ties in every part ties in the sum, and what is unknown stays unknown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chungtay.reports.statements import summed
from chungtay.rulebook.loading import result_tables
from chungtay.rulebook.poverty_flows import COLUMNS, Flow

MOVEMENT = next(one for one in result_tables().tables if one.id == "poor_movement")
RESULTS = next(one for one in result_tables().tables if one.kind == "results")
COUNTS = st.tuples(*[st.integers(0, 200)] * (len(COLUMNS) - 1))


def flow_of(counts: tuple[int, ...]) -> Flow:
    """A flow of one unit that ties: its closing follows from the rest."""
    bare = Flow(*counts, 0)
    return Flow(*counts, bare.opening - bare.gone + bare.come)


@given(st.lists(COUNTS, max_size=6))
def test_opening_less_out_plus_in_is_closing_in_every_sum(drawn: list[tuple[int, ...]]) -> None:
    parts = [flow_of(counts) for counts in drawn]
    rows = [{name: getattr(one, name) for name in COLUMNS} for one in parts]
    whole = Flow(**summed(MOVEMENT, rows))
    assert whole.holds
    assert whole == sum(parts, Flow())


def test_what_one_part_does_not_know_the_whole_does_not_know() -> None:
    known = {"households": 100, "poor": 5, "poor_rate": "5.00"}
    whole = summed(RESULTS, [known, known])
    assert (whole["households"], whole["poor"], whole["poor_rate"]) == (200, 10, "5.00")
    unknown = summed(RESULTS, [known, known | {"households": None, "poor_rate": None}])
    assert (unknown["households"], unknown["poor"], unknown["poor_rate"]) == (None, 10, None)
