"""What one finding costs: `python -m benchmarks.one_household`.

Made-up households of two to six members, every answer given (or one in twenty left blank), are
classed one after the other. "Everything read" also reads what is made when it is asked for:
reasons, what is missing, what would flip the class.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from chungtay.rulebook.classifying import Finding, find
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.household import HouseholdFacts, MemberFacts
from chungtay.rulebook.loading import law
from chungtay.rulebook.schema import Fact

ON = date(2023, 12, 31)
HOUSEHOLDS = 2_000
RUNS = 7
BLANK = 0.05
MILLION = 1_000_000


def households(blank: float, seed: int = 1) -> list[HouseholdFacts]:
    """Made-up households; ``blank`` is the share of answers left out."""
    draw = random.Random(seed)
    facts = [one for one in law().facts.values() if one.held == "answer"]
    return [_household(draw, facts, blank) for _ in range(HOUSEHOLDS)]


def _household(draw: random.Random, facts: list[Fact], blank: float) -> HouseholdFacts:
    own = [one for one in facts if one.scope == "household" and not one.name.startswith(("d", "q"))]
    answers = _answers(draw, own, blank)
    answers["income_per_person_vnd"] = draw.choice((900_000, 1_400_000, 1_800_000, 2_600_000))
    answers.pop("income_points", None)
    members = tuple(
        MemberFacts(
            key=str(key),
            birth=PartialDate(draw.randint(1940, 2022), draw.randint(1, 12), draw.randint(1, 28)),
            sex=draw.choice(("male", "female")),
            answers=_answers(draw, [one for one in facts if one.scope == "member"], blank),
            name=f"Người {key}",
        )
        for key in range(draw.randint(2, 6))
    )
    return HouseholdFacts(ON, draw.choice(("rural", "urban")), answers, members)


def _answers(draw: random.Random, facts: list[Fact], blank: float) -> dict[str, Any]:
    return {one.name: _answer(draw, one) for one in facts if draw.random() >= blank}


def _answer(draw: random.Random, fact: Fact) -> Any:
    codes = [one.code for one in fact.options if not one.not_known]
    match fact.type:
        case "yes_no":
            return draw.random() < 0.7
        case "choice":
            return draw.choice(codes)
        case "choices":
            return draw.sample(codes, min(2, len(codes)))
    return draw.randint(20, 90)


def _all_of(finding: Finding) -> None:
    finding.reasons, finding.missing, finding.flips, finding.notes  # noqa: B018
    for one in finding.deprivations:
        one.reasons, one.missing  # noqa: B018


def _microseconds(listed: list[HouseholdFacts], read: Callable[[Finding], Any]) -> float:
    book = law()
    standard = book.standard_on(ON)
    taken = []
    for _ in range(RUNS):
        gc.collect()
        start = time.perf_counter()
        for facts in listed:
            read(find(book, standard, facts))
        taken.append((time.perf_counter() - start) / len(listed) * MILLION)
    return statistics.median(taken)


def main() -> None:
    """Print the microseconds a household."""
    for name, blank in (("every answer given", 0.0), ("one in twenty left out", BLANK)):
        listed = households(blank)
        decided = _microseconds(listed, lambda finding: finding.household_class)
        whole = _microseconds(listed, _all_of)
        print(f"{name}: decided {decided:.0f} µs, everything read {whole:.0f} µs")


if __name__ == "__main__":
    main()
