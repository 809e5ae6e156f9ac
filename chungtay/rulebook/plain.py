"""One household in plain values: three-valued logic with exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from chungtay.rulebook.conditions import Compare, Condition, Includes, Is
from chungtay.rulebook.evaluating import Algebra, Who
from chungtay.rulebook.household import (
    Answer,
    HouseholdFacts,
    MemberFacts,
    household_answer,
    member_answer,
)
from chungtay.rulebook.lawbook import Law, Standard, Threshold

Kleene = bool | None
Interval = tuple[Decimal, Decimal]
MONTHS_PER_YEAR = 12
NOTHING_DERIVED: Mapping[str, Interval | Kleene] = {}
ONE = Decimal(1)
ONCE = (ONE, ONE)


class Kept:
    """What one household's algebra has worked out already, so that no answer is read twice."""

    __slots__ = ("answers", "found", "scopes")

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.scopes: dict[int, tuple[Plain, ...]] = {}
        self.found: dict[int, tuple[Condition, Sequence[Kleene]]] = {}


class Plain:
    """The algebra over one household, or over one member of it at one possible age."""

    __slots__ = ("derived", "facts", "kept", "law", "member", "thresholds")

    def __init__(
        self,
        law: Law,
        thresholds: Mapping[str, Threshold],
        facts: HouseholdFacts,
        derived: Mapping[str, Interval | Kleene] = NOTHING_DERIVED,
        member: MemberFacts | None = None,
        kept: Kept | None = None,
    ) -> None:
        self.law, self.thresholds, self.facts = law, thresholds, facts
        self.derived, self.member = derived, member
        self.kept = Kept() if kept is None else kept

    @classmethod
    def of(cls, law: Law, standard: Standard, facts: HouseholdFacts) -> Plain:
        """The algebra of a household under a standard on the day of its facts."""
        return cls(law, standard.thresholds_on(facts.on), facts)

    def with_derived(self, **derived: Interval | Kleene) -> Plain:
        """The same household with findings (income_low, deprivations) as facts.

        They are facts of the household: what is found of its members stays as it is.
        """
        all_derived = {**self.derived, **derived}
        return Plain(self.law, self.thresholds, self.facts, all_derived, kept=self.kept)

    def answer(self, name: str) -> Answer:
        """The answer to a fact in this scope; None if not known."""
        answers = self.kept.answers
        if name not in answers:
            fact = self.law.facts[name]
            if self.member is not None:
                answers[name] = member_answer(fact, self.member)
            else:
                answers[name] = household_answer(fact, self.facts)
        return answers[name]

    def number(self, name: str) -> Interval | None:
        """The bounds of a number in this scope; None if not known."""
        if name in self.derived:
            found = self.derived[name]
            return found if isinstance(found, tuple) else None
        answer = self.answer(name)
        return (answer, answer) if isinstance(answer, Decimal) else None

    def bounds(self, value: str, times: Decimal = ONE) -> Interval | None:
        """The least and greatest a value of the law may be here; None if it is not known."""
        spans = self.thresholds[value].spans
        area = self.facts.area
        found = spans[area] if area in spans else spans[None]
        if found is None or times is ONE:
            return found
        return found[0] * times, found[1] * times

    def compare(self, condition: Compare) -> Kleene:
        """Hold the bounds of a number against the bounds of a value of the law."""
        number = self.number(condition.fact)
        size = self.number("household_size") if condition.per_member else ONCE
        limit = self.bounds(condition.value, size[0]) if number and size else None
        if number is None or limit is None:
            return None
        if condition.times != 1:
            number = (number[0] * condition.times, number[1] * condition.times)
        match condition.comparison:
            case "below":
                return _decided(number[1] < limit[0], number[0] >= limit[1])
            case "at_least":
                return _decided(number[0] >= limit[1], number[1] < limit[0])
            case "above":
                return _decided(number[0] > limit[1], number[1] <= limit[0])
            case "at_most":
                return _decided(number[1] <= limit[0], number[0] > limit[1])

    def matches(self, condition: Is) -> Kleene:
        """Whether the answer is one of the options."""
        if condition.fact in self.derived:
            found = self.derived[condition.fact]
            return found in condition.options if isinstance(found, bool) else None
        answer = self.answer(condition.fact)
        return None if answer is None else answer in condition.options

    def includes(self, condition: Includes) -> Kleene:
        """Whether the list of choices holds one of the options."""
        answer = self.answer(condition.fact)
        if not isinstance(answer, frozenset):
            return None
        return not answer.isdisjoint(condition.options)

    def every(self, parts: Iterable[Kleene]) -> Kleene:
        """Kleene's and; stops at the first false."""
        return _joined(parts, decisive=False)

    def some(self, parts: Iterable[Kleene]) -> Kleene:
        """Kleene's or; stops at the first true."""
        return _joined(parts, decisive=True)

    def negate(self, part: Kleene) -> Kleene:
        """Kleene's not."""
        return None if part is None else not part

    def count_at_least(self, parts: Sequence[Kleene], value: str) -> Kleene:
        """Whether enough parts are true, by the bounds of the count."""
        limit = self.bounds(value)
        least, most = count_bounds(parts)
        if limit is None:
            return None
        return _decided(least >= limit[1], most < limit[0])

    def any_member(self, who: Callable[[Algebra[Kleene]], Kleene]) -> Kleene:
        """Whether one member is so; not known while no member is listed."""
        found = self.each_member(who)
        return self.some(found) if found else None

    def share_above(self, who: Callable[[Algebra[Kleene]], Kleene], value: str) -> Kleene:
        """Whether the share of members who are so exceeds the value, in per cent."""
        found = self.each_member(who)
        limit = self.bounds(value, Decimal(len(found)))
        if not found or limit is None:
            return None
        least, most = (100 * one for one in count_bounds(found))
        return _decided(least > limit[1], most <= limit[0])

    def each_member(self, who: Callable[[Algebra[Kleene]], Kleene]) -> Sequence[Kleene]:
        """The truth for each member: decided only if every possible age says the same."""
        if not isinstance(who, Who):
            return self._each_member(who)
        kept = self.kept.found.get(id(who.condition))
        if kept is None:
            kept = self.kept.found[id(who.condition)] = who.condition, self._each_member(who)
        return kept[1]

    def _each_member(self, who: Callable[[Algebra[Kleene]], Kleene]) -> list[Kleene]:
        return [_agreed([who(scope) for scope in self.ages(one)]) for one in self.facts.members]

    def ages(self, member: MemberFacts) -> tuple[Plain, ...]:
        """One algebra for each age in months that the member may have on the day."""
        scopes = self.kept.scopes.get(id(member))
        if scopes is None:
            scopes = self.kept.scopes[id(member)] = tuple(self._ages(member))
        return scopes

    def _ages(self, member: MemberFacts) -> Iterator[Plain]:
        span = member.age_months_on(self.facts.on)
        kept = Kept()
        for months in [None] if span is None else range(span[0], span[1] + 1):
            derived = {**self.derived, **_ages_of(months)}
            yield Plain(self.law, self.thresholds, self.facts, derived, member, kept)


@lru_cache(maxsize=2048)
def _ages_of(months: int | None) -> Mapping[str, Interval | None]:
    """An age in completed months as the two numbers a rule may ask for."""
    if months is None:
        return {"age_years": None, "age_months": None}
    years, in_months = Decimal(months // MONTHS_PER_YEAR), Decimal(months)
    return {"age_years": (years, years), "age_months": (in_months, in_months)}


def count_bounds(parts: Sequence[Kleene]) -> Interval:
    """The least and the greatest number of true parts, whatever the unknown ones are."""
    least = sum(1 for part in parts if part is True)
    return Decimal(least), Decimal(least + sum(1 for part in parts if part is None))


def _joined(parts: Iterable[Kleene], *, decisive: bool) -> Kleene:
    result: Kleene = not decisive
    for part in parts:
        if part is decisive:
            return decisive
        if part is None:
            result = None
    return result


def _decided(yes: bool, no: bool) -> Kleene:
    return True if yes else False if no else None


def _agreed(found: Sequence[Kleene]) -> Kleene:
    return found[0] if all(one == found[0] for one in found) else None
