"""Each row of a table to its cell: groups, low income, what it lacks, what is not known; counted.

The classification is whole-number arithmetic on bits, in one pass, with the checks beside it.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

import ibis

from chungtay.measures.question import Question, Survey
from chungtay.measures.tables.columns import HOUSEHOLD, Check, Columns
from chungtay.measures.tables.truths import Counted, Truths, deprived, needed
from chungtay.rulebook.evaluating import truth
from chungtay.rulebook.lawbook import Law
from chungtay.rulebook.measuring.standards import lower_line
from chungtay.rulebook.wording import Joined, catalogued

STRATUM, PSU, WEIGHT = "stratum", "psu", "weight"
WRONG_BITS = 8  # how far a wrong cell of eight bits may reach beyond its own
PLACES = "by"


@dataclass(frozen=True)
class Prepared:
    """A table with one row a household, ready to be grouped, and what may be wrong in it."""

    rows: Any
    checks: tuple[Check, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """What a file of members tells beside a table: which facts, what is counted of each household,
    and whether a member of it is wrong (None where the members are not looked at)."""

    told: frozenset[str]
    counted: Counted
    bad: Any = None


def prepare(
    question: Question, law: Law, columns: Columns, beside: Beside | None = None
) -> Prepared:
    """Classify every row, with what is counted of its members; NotMeasurable where the table
    lacks a column."""
    columns.require(_wanted(question, columns, beside.told if beside else ()))
    if beside is not None:
        columns.identifier(HOUSEHOLD)
    found = _deprived(question, law, columns, beside.counted if beside else None)
    fields: dict[str, Any] = {
        f"{PLACES}{place}": columns.whole(name) if name == question.over else columns.key(name)
        for place, name in enumerate(question.names)
    }
    keys = [*fields, "low", "mask", "unknown"]
    fields["low"] = low = _low(question, law, columns)
    found += _outright(question, law, columns, low)
    fields["mask"], fields["unknown"] = _masks(found, columns)
    fields["persons"] = _counted(columns, "persons", _persons_may_lack(question))
    fields["households"] = _counted(columns, "households", True)
    sample = _sample(question, columns)
    checks = tuple(columns.checks)
    fields["bad"] = bad_row(checks)
    if beside is not None and beside.bad is not None:
        fields["bad"] = ibis.greatest(fields["bad"], beside.bad.fill_null(0))
    return Prepared(columns.table.select(**fields, **sample), checks, tuple(keys))


def counted(prepared: Prepared, further: Iterable[str] = (), **sums: Any) -> Any:
    """The cells with their rows, households and persons, whether one is wrong, and further sums."""
    rows = prepared.rows
    keys = [*prepared.keys[:-3], *further, *prepared.keys[-3:]]
    return rows.group_by(keys).aggregate(
        rows=rows.count(),
        households=rows.households.sum().cast("int64"),
        persons=rows.persons.sum().cast("int64"),
        bad=rows.bad.max(),
        **sums,
    )


def bad_row(checks: Iterable[Check]) -> Any:
    """1 where any check finds a row wrong, else 0."""
    wrong = [check.bad for check in checks]
    if not wrong:
        return ibis.literal(0, "int8")
    return ibis.ifelse(functools.reduce(operator.or_, wrong), 1, 0).cast("int8")


def _wanted(question: Question, columns: Columns, told: Container[str]) -> list[str]:
    lacking = [name for one in question.indicators for name in needed(one, columns, told)]
    own = () if question.indicators else question.measure.indicators
    survey = question.survey.columns if question.survey else ()
    wanted = [*dict.fromkeys(lacking), *own, *question.names, *survey]
    if question.measure.income:
        wanted += ["area"]
        if not any(columns.has(test.fact) for test in _tests(question)):
            wanted += ["income_per_person"]
    return wanted if _persons_may_lack(question) else [*wanted, "persons"]


def _persons_may_lack(question: Question) -> bool:
    """A table of another measure may hold one person a row; one of the law holds households."""
    return not question.indicators and not question.measure.income


def _tests(question: Question) -> Any:
    return question.standard.income if question.standard else ()


def _deprived(question: Question, law: Law, columns: Columns, members: Counted | None) -> list[Any]:
    if not question.indicators or question.standard is None:
        return [columns.flag(name) for name in question.measure.indicators]
    truths = Truths(law, question.standard.thresholds_on(question.on), columns, members)
    return [deprived(one, truths) for one in question.indicators]


def _low(question: Question, law: Law, columns: Columns) -> Any:
    if not question.measure.income or question.standard is None:
        return ibis.null("boolean")
    truths = Truths(law, question.standard.thresholds_on(question.on), columns)
    tests = [test for test in question.standard.income if columns.has(test.fact)]
    found = [truth(test.low, truths) for test in tests]
    if len(found) == 1:
        return found[0]
    yes = functools.reduce(operator.or_, (one.fill_null(False) for one in found))
    no = functools.reduce(operator.or_, (~one.fill_null(True) for one in found))
    names = Joined(tuple(str(columns.called(test.fact)) for test in tests))
    both = catalogued("hai số về thu nhập cùng nói một điều")
    columns.checks.append(Check(str(names), yes & no, both))
    return ibis.coalesce(*found)


def _outright(question: Question, law: Law, columns: Columns, low: Any) -> list[Any]:
    """Whether income is at or below the lower line, where the measure knows one."""
    if not question.measure.outright or question.standard is None:
        return []
    truths = Truths(law, question.standard.thresholds_on(question.on), columns)
    line = lower_line(question.standard, question.on)
    return [] if line is None else [low & truth(line, truths)]


def _masks(found: list[Any], columns: Columns) -> tuple[Any, Any]:
    """A bit for each truth that holds, and one for each that is not known.

    Columns of whole numbers are added up as they stand: most rows know everything, and only the
    others, for which that sum is null, are looked at truth by truth.
    """
    reach = len(found) + WRONG_BITS
    width = "int32" if reach < 32 else "int64"
    mask = _bits([ibis.ifelse(one, 1 << at, 0) for at, one in enumerate(found)], width)
    unknown = _bits([ibis.ifelse(one.isnull(), 1 << at, 0) for at, one in enumerate(found)], width)
    whole = [columns.whole_flag(one) for one in found]
    if reach > 63 or any(one is None for one in whole):
        return mask, unknown
    sure = _bits([_eight_bits(one).cast(width) * (1 << at) for at, one in enumerate(whole)], width)
    nothing = ibis.literal(0, width)
    return ibis.coalesce(sure, mask), ibis.ifelse(sure.isnull(), unknown, nothing)


def _eight_bits(whole: Any) -> Any:
    """A whole number as a small one, null if it is none (a check finds it): no sum overflows."""
    return whole if whole.type().nbytes == 1 else whole.try_cast("int8")


def _bits(parts: list[Any], width: str) -> Any:
    total = functools.reduce(operator.add, (part.cast(width) for part in parts))
    return total.cast(width)


def _counted(columns: Columns, name: str, may_lack: bool) -> Any:
    if may_lack and not columns.has(name):
        return ibis.literal(1, "int64")
    return columns.whole(name)


def _sample(question: Question, columns: Columns) -> dict[str, Any]:
    """Stratum, PSU and weight; whoever is no sample is one PSU of one stratum."""
    whole, survey = ibis.literal(""), question.survey or Survey()
    weight = columns.number(survey.weight, needed=True) if survey.weight else ibis.literal(1)
    return {
        STRATUM: columns.key(survey.strata) if survey.strata else whole,
        PSU: columns.key(survey.psu) if survey.psu else whole,
        WEIGHT: weight,
    }
