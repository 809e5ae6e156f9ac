"""Members of households from files of their own: the law's conditions on each, added up.

Every condition that the law asks of members is evaluated for each of them, at every age the member
may have; what is kept of a household is how many members it has, and for each condition how many
surely are so and how many may be.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil, floor
from typing import Any

import ibis

from chungtay.measures.question import Question
from chungtay.measures.tables.births import ages_in_months
from chungtay.measures.tables.cells import Beside, bad_row
from chungtay.measures.tables.columns import HOUSEHOLD, OWN, Check, Columns
from chungtay.measures.tables.truths import Counted, Truths, member_facts_of
from chungtay.rulebook.conditions import (
    AnyMember,
    Compare,
    Condition,
    Includes,
    Is,
    ShareAbove,
    leaves,
    parts_of,
)
from chungtay.rulebook.evaluating import truth
from chungtay.rulebook.lawbook import Law, Threshold
from chungtay.rulebook.plain import MONTHS_PER_YEAR
from chungtay.rulebook.wording import catalogued

ID, SIZE, BAD = f"{OWN}household", f"{OWN}size", f"{OWN}bad"
BIRTH, AGE = "birth", "age_years"
UNITS = {"age_years": MONTHS_PER_YEAR, "age_months": 1}


@dataclass(frozen=True)
class Answers(Truths):
    """The algebra over what is noted of members, ages left out."""

    def area(self) -> Any:
        """Not known: the area is the household's."""
        return ibis.null("string")


@dataclass(frozen=True)
class AtAge(Answers):
    """The algebra over members at one age in months, on answers that have been judged before."""

    months: Any = None
    judged: Mapping[Condition, Any] = field(default_factory=dict)

    def number(self, name: str) -> Any:
        """The age."""
        return self.months if name == "age_months" else (self.months / MONTHS_PER_YEAR).floor()

    def compare(self, condition: Compare) -> Any:
        """Hold the age against a value of the law."""
        return super().compare(condition) if condition.fact in UNITS else self.judged[condition]

    def matches(self, condition: Is) -> Any:
        """As judged before."""
        return self.judged[condition]

    def includes(self, condition: Includes) -> Any:
        """As judged before."""
        return self.judged[condition]


def asked_of_members(question: Question) -> tuple[Condition, ...]:
    """What the indicators of a question ask of single members, each once."""
    rules = [rule for one in question.indicators for rule in (one.when, one.unless) if rule]
    return tuple(dict.fromkeys(who for rule in rules for who in _within(rule)))


def _within(condition: Condition) -> Iterable[Condition]:
    if isinstance(condition, AnyMember | ShareAbove):
        return (condition.who,)
    return (who for part in parts_of(condition) for who in _within(part))


@dataclass(frozen=True)
class Listed:
    """Rows of members, ready to be added up by household, and what may be wrong in them."""

    rows: Any
    checks: tuple[Check, ...]


def listed(question: Question, law: Law, columns: Columns) -> Listed:
    """Judge every member; NotMeasurable where the file says nothing of whose member it is.

    Step by step, each one on the columns of the one before: first the answers, then the ages at
    which a truth may turn, then the truth at each of them.
    """
    thresholds = question.standard.thresholds_on(question.on) if question.standard else {}
    asked = asked_of_members(question)
    turns = {who: sorted(set(_turns(who, thresholds))) for who in asked}
    answers = Answers(law, thresholds, columns)
    answered = dict.fromkeys(leaf for who in asked for leaf in leaves(who) if not _of_age(leaf))
    youngest, oldest = _ages(columns, question.on)
    fields = {f"{OWN}answer{at}": truth(leaf, answers) for at, leaf in enumerate(answered)}
    fields |= {ID: columns.identifier(HOUSEHOLD), f"{OWN}youngest": youngest}
    fields |= {} if oldest is None else {f"{OWN}oldest": oldest}
    checks = tuple(columns.checks)
    rows = columns.table.select(**fields, **{BAD: bad_row(checks)})
    if oldest is not None:
        every = sorted({turn for each in turns.values() for turn in each})
        rows = rows.mutate(**{f"{OWN}age{turn}": _at_turn(rows, turn) for turn in every})
    judged = {leaf: rows[f"{OWN}answer{at}"] for at, leaf in enumerate(answered)}
    held = {
        f"{OWN}held{place}_{name}": truth(
            who, AtAge(law, thresholds, columns, months=rows[OWN + name], judged=judged)
        )
        for place, who in enumerate(asked)
        for name in _names(turns[who], oldest)
    }
    rows = rows.mutate(**held)
    agreed = {
        f"{OWN}agreed{place}": _agreed(
            [rows[f"{OWN}held{place}_{name}"] for name in _names(turns[who], oldest)]
        )
        for place, who in enumerate(asked)
    }
    rows = rows.select(ID, BAD, **agreed)
    counts = {
        f"{OWN}{kind}{place}": ibis.ifelse(one, 1, 0)
        for place in range(len(asked))
        for kind, one in (
            ("yes", rows[f"{OWN}agreed{place}"]),
            ("open", rows[f"{OWN}agreed{place}"].isnull()),
        )
    }
    return Listed(rows.select(ID, BAD, **counts), checks)


def by_household(parts: Sequence[Listed]) -> Any:
    """One row a household: its members, how many are so, how many may be, whether one is wrong."""
    rows = parts[0].rows if len(parts) == 1 else ibis.union(*(part.rows for part in parts))
    sums = {name: rows[name].sum().cast("int64") for name in rows.columns if name not in (ID, BAD)}
    return rows.group_by(ID).aggregate(**{SIZE: rows.count(), BAD: rows[BAD].max(), **sums})


def beside(question: Question, told: frozenset[str], table: Any = None) -> Beside:
    """What members tell of the rows of a table that their counts have been joined to.

    Without a table nothing is known of any member: enough to look for a wrong row.
    """
    asked = asked_of_members(question)
    if table is None:
        nothing = dict.fromkeys(asked, ibis.null("int64"))
        return Beside(told, Counted(ibis.null("int64"), nothing, nothing))
    yes, may = (
        {who: table[f"{OWN}{kind}{place}"] for place, who in enumerate(asked)}
        for kind in ("yes", "open")
    )
    return Beside(told, Counted(table[SIZE], yes, may), table[BAD])


def told_by(question: Question, columns: Columns) -> frozenset[str]:
    """The facts of members that a file tells."""
    aged = columns.has(BIRTH) or columns.has(AGE)
    asked = facts_asked(question)
    return frozenset(name for name in asked if (aged if name in UNITS else columns.has(name)))


def facts_asked(question: Question) -> set[str]:
    """The facts of members that the indicators of a question ask for."""
    rules = [one.when for one in question.indicators if one.when is not None]
    return {name for rule in rules for name in member_facts_of(rule)}


def _names(turns: Sequence[int], oldest: Any) -> list[str]:
    """The ages that a condition is looked at: it changes its truth only where an age meets a value
    of the law, so the youngest and each such age are enough, as far as the member may have it."""
    return ["youngest", *([] if oldest is None else [f"age{turn}" for turn in turns])]


def _at_turn(rows: Any, turn: int) -> Any:
    """An age in months, or the nearest to it that the member may have."""
    youngest, oldest = rows[f"{OWN}youngest"], rows[f"{OWN}oldest"]
    return ibis.cases(
        (oldest <= turn, oldest), (youngest >= turn, youngest), (youngest.notnull(), turn)
    )


def _agreed(held: Sequence[Any]) -> Any:
    """What every age says; not known where they differ."""
    if len(held) == 1:
        return held[0]
    yes = functools.reduce(operator.and_, held)
    no = functools.reduce(operator.and_, (~one for one in held))
    return ibis.cases((yes, True), (no, False))


def _of_age(leaf: Condition) -> bool:
    return isinstance(leaf, Compare) and leaf.fact in UNITS


def _turns(who: Condition, thresholds: Mapping[str, Threshold]) -> Iterable[int]:
    """The ages in months from which a comparison of the condition says otherwise than before."""
    for leaf in leaves(who):
        if not (isinstance(leaf, Compare) and leaf.fact in UNITS):
            continue
        threshold = thresholds[leaf.value]
        for value in {threshold.rural, threshold.urban} - {None}:
            limit = Decimal(value or 0) / leaf.times
            whole = floor(limit) + 1 if leaf.comparison in ("at_most", "above") else ceil(limit)
            yield whole * UNITS[leaf.fact]


def _ages(columns: Columns, on: date) -> tuple[Any, Any]:
    """The least and the greatest age in months; no greatest where every birth is a whole date."""
    if columns.has(BIRTH):
        youngest, oldest, bad = ages_in_months(columns.key(BIRTH), on)
        if bad is not None:
            allowed = catalogued("năm-tháng-ngày như 2001-05-17, 2001-05, 2001, hoặc để trống")
            columns.checks.append(Check(str(columns.called(BIRTH)), bad, allowed))
        return youngest, oldest
    if columns.has(AGE):
        years = columns.number(AGE)
        allowed = catalogued("số tuổi tròn, ví dụ 16, hoặc để trống")
        columns.checks.append(Check(str(columns.called(AGE)), years != years.floor(), allowed))
        months = years.floor().cast("int64") * MONTHS_PER_YEAR
        return months, months + MONTHS_PER_YEAR - 1
    return ibis.null("int64"), None
