"""Random cubes and measures for the tests of the measuring."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from chungtay.rulebook.measuring import Count, Cube, Key, Measure

NAMES = ("a", "b", "c", "d")
PLACES = st.tuples(st.sampled_from(["p", "q"]), st.sampled_from([1, 2, None]))


def keys(count: int = len(NAMES), *, unknowns: bool = True) -> st.SearchStrategy[Key]:
    """Cells by a place and a number; without `unknowns` everything is known."""

    def key(by: tuple[str, int | None], low: bool | None, mask: int, unknown: int) -> Key:
        return Key(by, low, mask & ~unknown, unknown)

    bits = st.integers(0, 2**count - 1)
    lows = st.sampled_from([True, True, False, None] if unknowns else [True, False])
    return st.builds(key, PLACES, lows, bits, bits if unknowns else st.just(0))


def households(*, unknowns: bool = True, most: int = 12) -> st.SearchStrategy[list]:
    """Households one by one: a key and the number of persons."""
    one = st.tuples(keys(unknowns=unknowns), st.integers(0, 7))
    return st.lists(one, max_size=most)


def cube_of(rows: list[tuple[Key, int]]) -> Cube:
    """The cube of households one by one."""
    return Cube.counted(("place", "number"), ((key, Count(1, size)) for key, size in rows))


@st.composite
def measures(draw: st.DrawFn, count: int = len(NAMES)) -> Measure:
    """Measures with exact weights, some of them 0, and cut-offs that lie on a possible score."""
    parts = draw(st.lists(st.integers(0, 5), min_size=count, max_size=count).filter(any))
    weights = tuple(Fraction(part, sum(parts)) for part in parts)
    on_score = st.sampled_from([one for one in weights if one] + [Fraction(1)])
    cutoff = draw(on_score | st.fractions(Fraction(1, 50), 1, max_denominator=50))
    dimensions = draw(st.sampled_from([(), (("x", ("a", "b")), ("y", ("c", "d")))]))
    return Measure(NAMES[:count], weights, cutoff, draw(st.booleans()), dimensions)
