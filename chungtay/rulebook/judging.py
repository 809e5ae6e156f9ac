"""The rules of a standard on a day and in an area, made into Python functions once.

A finding asks two hundred conditions of a household. Interpreted one by one they cost more than
everything else together; as functions of Python (as a template engine makes its templates) they
cost a fifth. What they say is what the interpreter says (``plain.py``): a property test holds the
two against each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any, NamedTuple

from chungtay.rulebook.conditions import Condition
from chungtay.rulebook.evaluating import truth
from chungtay.rulebook.household import HouseholdFacts, MemberFacts, checked_answer
from chungtay.rulebook.lawbook import Indicator, Law, Standard
from chungtay.rulebook.plain import MONTHS_PER_YEAR, Interval, Kleene
from chungtay.rulebook.schema import Fact
from chungtay.rulebook.source import (
    HOUSEHOLD_SIZE,
    UNKNOWN,
    Code,
    Number,
    Scope,
    Writing,
    enough,
    more_than,
    one_of,
)

TOO_LARGE = 10**16
Row = tuple[Kleene, ...]


class Judged(NamedTuple):
    """What the rules say of a household: each member, each income test, each indicator.

    ``spans`` are the members' least and greatest ages in months (None: not known); ``columns``
    hold, for each condition asked of members, what was found of each of them; ``ruled`` is what
    an indicator's rule says, ``noted`` what a list says of it, ``deprived`` the one that counts.
    ``inputs`` are the answers that the tests and the classes rest on, ``answers`` all those of
    the household that any rule rests on.
    """

    spans: list[tuple[int, int] | None]
    columns: tuple[Row, ...]
    lows: Row
    ruled: Row
    noted: Row
    deprived: Row
    inputs: tuple[Any, ...]
    answers: Mapping[str, Any]

    @property
    def simple(self) -> bool:
        """Whether the rules decide every indicator, and no list says anything of them."""
        return None not in self.ruled and self.noted.count(None) == len(self.noted)


class Judge:
    """A standard's rules on a day, in an area, as functions."""

    def __init__(self, law: Law, standard: Standard, bounds: Mapping[str, Interval | None]) -> None:
        writing = Writing(bounds)
        household = Scope(writing, "h")
        lows = [truth(test.low, household) for test in standard.income]
        derived: dict[str, Number | Code | None] = {
            "deprivations": Number("least", "most", sure=True),
            "income_low": Code("low"),
        }
        classes = Scope(writing, "h", derived)
        classes.read = household.read
        rules = [truth(rule.when, classes) for rule in standard.classes]
        if writing.asked_of_members:
            raise TypeError("income and class are asked of a household, not of its members")
        inputs = list(household.read)
        parts = [_indicator(one, household) for one in standard.indicators]
        self.asked_of_members: Sequence[Condition] = writing.asked_of_members
        self.names_of_asked = tuple(map(id, writing.asked_of_members))
        source = "\n".join(
            (
                *_lows(household, inputs, lows),
                *_classes(household, inputs, rules),
                *_household(law, writing, household, inputs, parts),
                *_members(law, writing),
            )
        )
        given = _given(law, standard, writing)
        # The source is made of the law's names and numbers alone; nothing of a household is in it.
        exec(compile(source, f"<{standard.id}>", "exec"), given)  # noqa: S102
        self.read = frozenset(household.read)
        self._inputs = {name: place for place, name in enumerate(inputs)}
        self._ages = sorted(writing.ages_in_months)
        self._lows: Callable[..., Row] = given["lows"]
        self._classes: Callable[..., tuple[str, ...]] = given["classes"]
        self._household: Callable[..., tuple[Any, ...]]
        self._household = given["household"]
        self._aged: Callable[..., Row] = given["aged"]
        self._ageless: Callable[..., Row] = given["ageless"]

    def __call__(self, facts: HouseholdFacts) -> Judged:
        """What the rules say of a household; AnswerError if an answer is not allowed."""
        on = facts.on
        spans = [one.age_months_on(on) for one in facts.members]
        rows = [self._member(*one) for one in zip(facts.members, spans, strict=True)]
        columns = tuple(zip(*rows, strict=True)) or ((),) * len(self.asked_of_members)
        return Judged(spans, columns, *self._household(facts.answers, len(rows), columns))

    def classes(self, low: Kleene, least: int, most: int, inputs: Sequence[Any]) -> tuple[str, ...]:
        """The classes not excluded at an income and at so many deprivations."""
        return self._classes(low, least, most, *inputs)

    def with_income(self, inputs: Sequence[Any], figures: Mapping[str, Any]) -> list[Any]:
        """The inputs with other figures of income."""
        changed = list(inputs)
        for name, figure in figures.items():
            if name in self._inputs:
                changed[self._inputs[name]] = figure
        return changed

    def places_besides(self, figures: Container[str]) -> list[int]:
        """Where the inputs lie that are not some figures."""
        return [place for name, place in self._inputs.items() if name not in figures]

    def lows(self, inputs: Sequence[Any]) -> Row:
        """Each income test's answer."""
        return self._lows(*inputs)

    def _member(self, member: MemberFacts, span: tuple[int, int] | None) -> Row:
        if span is None:
            return self._ageless(member.answers, member.sex)
        youngest, oldest = span
        row = self._aged(member.answers, member.sex, youngest // MONTHS_PER_YEAR, youngest)
        if youngest == oldest:
            return row
        rows, ages = [row], self._ages
        for months in ages[bisect_right(ages, youngest) : bisect_right(ages, oldest)]:
            row = self._aged(member.answers, member.sex, months // MONTHS_PER_YEAR, months)
            rows.append(row)
        return tuple(map(_agreed, zip(*rows, strict=True)))


def _given(law: Law, standard: Standard, writing: Writing) -> dict[str, Any]:
    """What the functions are made with besides their source."""
    return {
        **writing.constants,
        **{f"FACT_{one.name}": one for one in law.facts.values()},
        **{f"CODES_{one.name}": _codes(one) for one in law.facts.values()},
        "checked": checked_answer,
        "enough": enough,
        "one_of": one_of,
        "more_than": more_than,
        "TOO_LARGE": TOO_LARGE,
        "NAMES": _names([rule.name for rule in standard.classes]),
    }


def _agreed(found: Row) -> Kleene:
    return found[0] if all(one is found[0] for one in found) else None


def _indicator(indicator: Indicator, household: Scope) -> tuple[Code, str]:
    """What the rule says, and the variable of the ready-made answer where it counts."""
    ruled = truth(indicator.when, household) if indicator.when else UNKNOWN
    if indicator.unless is not None:
        unless = truth(indicator.unless, household)
        ruled = Code(f"(False if {unless.text} is True else {ruled.text})")
    if indicator.ready_made is None or indicator.when is None:
        return ruled, "None"
    return ruled, household.answer(indicator.ready_made)


def _lows(household: Scope, inputs: Sequence[str], lows: Sequence[Code]) -> list[str]:
    names = ", ".join(household.read[one] for one in inputs)
    return [f"def lows({names}):", f"    return ({_tuple(one.text for one in lows)})"]


def _classes(household: Scope, inputs: Sequence[str], rules: Sequence[Code]) -> list[str]:
    names = "".join(f", {household.read[one]}" for one in inputs)
    lines = [f"def classes(low, least, most{names}):", "    possible = 0"]
    for place, rule in enumerate(rules):
        lines += [f"    if {rule.text} is not False:", f"        possible |= {1 << place}"]
    return [*lines, "    return NAMES[possible]"]


def _household(
    law: Law,
    writing: Writing,
    household: Scope,
    inputs: Sequence[str],
    parts: Sequence[tuple[Code, str]],
) -> list[str]:
    columns = "".join(f"m{place}, " for place in range(len(writing.asked_of_members)))
    names = [household.read[one] for one in inputs]
    ruled = [f"r{place}" for place in range(len(parts))]
    deprived = (
        name if noted == "None" else f"{noted} if {name} is None else {name}"
        for name, (_, noted) in zip(ruled, parts, strict=True)
    )
    read = ", ".join(f"{fact!r}: {name}" for fact, name in household.read.items())
    rows = (ruled, [noted for _, noted in parts], deprived, names)
    found = "".join(f", ({_tuple(row)})" for row in rows)
    return [
        "def household(answers, size, columns):",
        *(f"    {line}" for line in _reads(law, household)),
        *([f"    ({columns}) = columns"] if columns else []),
        *(f"    {name} = {code.text}" for name, (code, _) in zip(ruled, parts, strict=True)),
        f"    return (lows({', '.join(names)}){found}, {{{read}}})",
    ]


def _members(law: Law, writing: Writing) -> list[str]:
    """One function for a member whose age is known, one for a member whose age is not."""
    years = Number("years", "years", sure=True), Number("months", "months", sure=True)
    known = Scope(writing, "p", dict(zip(("age_years", "age_months"), years, strict=True)))
    unknown = Scope(writing, "p", {"age_years": None, "age_months": None})
    lines: list[str] = []
    for name, scope, ages in (("aged", known, ", years, months"), ("ageless", unknown, "")):
        found = [truth(one, scope).text for one in writing.asked_of_members]
        lines += [
            f"def {name}(answers, sex{ages}):",
            *(f"    {line}" for line in _reads(law, scope)),
            f"    return ({_tuple(found)})",
        ]
    return lines


def _tuple(parts: Any) -> str:
    return "".join(f"{one}, " for one in parts)


def _reads(law: Law, scope: Scope) -> list[str]:
    """The lines that read and check the answers of a scope."""
    return [line for fact, name in scope.read.items() for line in _read(law.facts[fact], name)]


def _read(fact: Fact, name: str) -> list[str]:
    raw = "sex" if fact.name == "sex" else f"answers.get({fact.name!r})"
    if fact.name == HOUSEHOLD_SIZE:
        raw = f"size or {raw}"
    fine = {
        "yes_no": f"{name} is not True and {name} is not False",
        "choice": f"{name}.__class__ is not str or {name} not in CODES_{fact.name}",
        "choices": "True",
    }.get(fact.type, f"{name}.__class__ is not int or not 0 <= {name} < TOO_LARGE")
    return [
        f"{name} = {raw}",
        f"if {name} is not None and ({fine}):",
        f"    {name} = checked(FACT_{fact.name}, {name})",
    ]


def _codes(fact: Fact) -> frozenset[str]:
    """The answers of a fact that are known, as written."""
    return frozenset(one.code for one in fact.options if not one.not_known)


def _names(names: Sequence[str]) -> list[tuple[str, ...]]:
    """For every set of classes, as bits, their names."""
    return [
        tuple(name for place, name in enumerate(names) if possible >> place & 1)
        for possible in range(1 << len(names))
    ]
