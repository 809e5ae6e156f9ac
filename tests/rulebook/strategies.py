"""Random households for the rulebook's tests: unknowns and partial dates included."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.household import HouseholdFacts, MemberFacts
from chungtay.rulebook.loading import law
from chungtay.rulebook.schema import Fact

NEAR_LINES = [
    *(1_500_000, 1_500_001, 2_000_000, 2_000_001, 2_250_000, 2_200_000, 2_800_000),
    # the two lines of 2016, and a year's line in months
    *(700_000, 700_001, 900_000, 1_000_000, 1_300_000, 3_833_333, 3_833_334),
]


def answer(fact: Fact) -> st.SearchStrategy[Any]:
    options = [option.code for option in fact.options]
    known: st.SearchStrategy[Any]
    match fact.type:
        case "yes_no":
            known = st.booleans()
        case "choice":
            known = st.sampled_from(options)
        case "choices":
            known = st.lists(st.sampled_from(options), unique=True)
        case "money":
            known = st.sampled_from(NEAR_LINES) | st.integers(0, 4_000_000)
        case "whole":
            known = st.integers(1, 9)
        case _:
            known = st.decimals(0, 200, places=fact.decimals) | st.sampled_from(
                [8, 16, 24, 140, 175, Decimal("140.5")]
            )
    return st.none() | known


def answers(scope: str) -> st.SearchStrategy[dict[str, Any]]:
    facts = [one for one in law().facts.values() if one.scope == scope and one.held == "answer"]
    known = {fact.name: answer(fact) for fact in facts}
    return st.fixed_dictionaries({}, optional=known)


whole_dates = st.dates(date(1940, 1, 1), date(2027, 6, 1))
births = st.none() | st.builds(
    lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]),
    whole_dates,
    st.integers(1, 3),
)
members = st.builds(
    MemberFacts,
    key=st.just("m"),
    birth=births,
    sex=st.sampled_from(["male", "female", None]),
    answers=answers("member"),
)


seldom_deprived = st.sampled_from([*[False] * 8, *[True] * 3, None])
READY_MADE = {f"d{number:02d}": seldom_deprived for number in range(1, 13)}
nearly_complete = st.fixed_dictionaries(
    {
        **READY_MADE,
        "income_per_person_vnd": st.sampled_from([*NEAR_LINES, 900_000, 1_200_000]),
    }
)


def households(on: date) -> st.SearchStrategy[HouseholdFacts]:
    """Households of every degree of completeness: from nothing known to a full list."""
    return st.builds(
        HouseholdFacts,
        on=st.just(on),
        area=st.sampled_from(["rural", "urban", None]),
        answers=nearly_complete | answers("household"),
        members=st.just(()) | st.lists(members, max_size=4).map(tuple),
    )


DAYS = [date(2021, 12, 31), date(2023, 3, 1), date(2026, 12, 31), date(2027, 1, 1)]
tables = st.sampled_from(DAYS).flatmap(lambda on: st.lists(households(on), min_size=1, max_size=6))
