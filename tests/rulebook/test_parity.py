"""One household at a time or many in columns: the same conditions give the same findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import find as hypothesis_find
from hypothesis import strategies as st

from chungtay.rulebook.asking import indicator_missing
from chungtay.rulebook.classifying import find
from chungtay.rulebook.columns import Table, find_classes
from chungtay.rulebook.conditions import AnyMember, ShareAbove
from chungtay.rulebook.deprivations import deprived
from chungtay.rulebook.evaluating import Who, truth
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.household import HouseholdFacts
from chungtay.rulebook.lawbook import CLASS_NAMES, Standard
from chungtay.rulebook.loading import law
from chungtay.rulebook.plain import Plain, count_bounds
from chungtay.rulebook.rules import rules_of
from chungtay.rulebook.wording import Joined, Sentence
from tests.rulebook.strategies import households, tables

STANDARDS = st.sampled_from(sorted(law().standards))


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(rows=tables, standard_id=STANDARDS)
def test_columns_say_what_single_findings_say(rows: list[HouseholdFacts], standard_id: str) -> None:
    standard = law().standard(standard_id)
    found = find_classes(law(), standard, Table(law(), rows))
    names = found.names()
    for place, row in enumerate(rows):
        try:
            finding = find(law(), standard, row)
        except Contradiction:
            assert found.contradiction[place]
            assert names[place] == "unknown"
            continue
        assert not found.contradiction[place]
        assert names[place] == finding.household_class
        possible = [
            rule.name
            for rule, kept in zip(standard.classes, found.possible[place], strict=True)
            if kept
        ]
        assert tuple(possible) == finding.possible_classes
        assert bool(found.income_low.yes[place]) == (finding.income_low is True)
        assert bool(found.income_low.no[place]) == (finding.income_low is False)
        for column, one in enumerate(finding.deprivations):
            assert bool(found.deprived[place, column]) == (one.deprived is True)
            assert bool(found.not_deprived[place, column]) == (one.deprived is False)


@settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
@given(rows=tables, standard_id=STANDARDS)
def test_rules_made_into_functions_say_what_is_interpreted(
    rows: list[HouseholdFacts], standard_id: str
) -> None:
    standard = law().standard(standard_id)
    for row in rows:
        plain = Plain.of(law(), standard, row)
        lows = {truth(test.low, plain) for test in standard.income} - {None}
        if len(lows) > 1:
            with pytest.raises(Contradiction):
                find(law(), standard, row)
            continue
        finding = find(law(), standard, row)
        assert finding.income_low == (lows.pop() if lows else None)
        assert list(finding.deprived) == [deprived(one, plain) for one in standard.indicators]
        count = count_bounds(finding.deprived)
        judged = plain.with_derived(income_low=finding.income_low, deprivations=count)
        assert finding.deprivation_count == count
        assert finding.possible_classes == tuple(
            rule.name for rule in standard.classes if truth(rule.when, judged) is not False
        )
        for one in finding.deprivations:
            asked = () if one.deprived is not None else indicator_missing(one.indicator, plain)
            assert one.missing == asked
        assert finding.reasons
        assert bool(finding.missing) == (len(finding.possible_classes) > 1)


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(rows=tables, standard_id=STANDARDS)
def test_what_is_remembered_is_what_is_said_afresh(
    rows: list[HouseholdFacts], standard_id: str
) -> None:
    standard = law().standard(standard_id)
    remembered = [_said(standard, row) for row in rows]
    for row, said in zip(rows, remembered, strict=True):
        standard.prepared.clear()
        assert _said(standard, row) == said


def _said(standard: Standard, row: HouseholdFacts) -> list[Any]:
    try:
        finding = find(law(), standard, row)
    except Contradiction as refused:
        return [refused.facts, str(refused.sentence)]
    whole = [finding.income, finding.reasons, finding.flips, finding.notes, finding.references]
    return [*map(_words, whole), *(_words(one.reasons) for one in finding.deprivations)]


def _words(said: Sequence[Any]) -> list[Any]:
    return [_words(one) if isinstance(one, tuple) else str(one) for one in said]


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(rows=tables)
def test_the_members_named_are_those_the_interpreter_finds(rows: list[HouseholdFacts]) -> None:
    standard = law().standard("nd-07-2021")
    for row in rows:
        plain = Plain.of(law(), standard, row)
        try:
            finding = find(law(), standard, row)
        except Contradiction:
            continue
        for one in finding.deprivations:
            named = [part for said in one.reasons for part in _members_of(said)]
            if not named:
                continue
            assert isinstance(one.indicator.when, AnyMember | ShareAbove)
            found = plain.each_member(Who(one.indicator.when.who))
            both = zip(row.members, found, strict=True)
            assert [str(part.values["who"]) for part in named] == [
                str(member.called) for member, so in both if so
            ]


def _members_of(said: Any) -> list[Sentence]:
    match said:
        case Sentence(text="{who} ({age})"):
            return [said]
        case Sentence():
            return [part for value in said.values.values() for part in _members_of(value)]
        case Joined():
            return [part for value in said.parts for part in _members_of(value)]
    return []


def test_days_of_the_same_values_share_their_functions() -> None:
    standard = law().standard("nd-07-2021")
    one, other = (rules_of(law(), standard, date(2023, 3, day), "rural") for day in (1, 2))
    assert one.judge is other.judge
    assert one.judge is not rules_of(law(), standard, date(2023, 3, 1), "urban").judge


def completions(answers: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [{**answers, name: value} for value in (False, True)]


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(row=households(date(2023, 3, 1)), name=st.sampled_from([f"d{n:02d}" for n in range(1, 13)]))
def test_answering_a_blank_never_leads_outside_the_possible_classes(
    row: HouseholdFacts, name: str
) -> None:
    standard = law().standard_on(row.on)
    bare = {key: value for key, value in row.answers.items() if key != name}
    try:
        before = find(law(), standard, HouseholdFacts(row.on, row.area, bare, row.members))
    except Contradiction:
        return
    for answers in completions(bare, name):
        after = find(law(), standard, HouseholdFacts(row.on, row.area, answers, row.members))
        assert set(after.possible_classes) <= set(before.possible_classes)


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(row=households(date(2023, 3, 1)))
def test_a_finding_explains_itself(row: HouseholdFacts) -> None:
    standard = law().standard_on(row.on)
    try:
        finding = find(law(), standard, row)
    except Contradiction:
        return
    assert bool(finding.missing) == (finding.household_class == "unknown")
    assert finding.household_class in (*finding.possible_classes, "unknown")
    assert str(finding.reasons[-1])
    for one in finding.deprivations:
        assert (one.deprived is None) == bool(one.missing)
        assert (one.deprived is None) != bool(one.reasons)
    for flip in finding.flips:
        assert finding.household_class not in flip.to_classes
        assert str(flip.sentence).endswith(".")


@pytest.mark.parametrize("wanted", CLASS_NAMES)
def test_the_random_households_reach_every_class(wanted: str) -> None:
    on = date(2023, 3, 1)

    def is_wanted(row: HouseholdFacts) -> bool:
        try:
            return find(law(), law().standard_on(on), row).household_class == wanted
        except Contradiction:
            return False

    quick = settings(
        max_examples=2000,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # one is enough: the simplest one takes a hundred times as long
    )
    assert is_wanted(hypothesis_find(households(on), is_wanted, settings=quick))


def test_a_table_holds_one_day_only() -> None:
    rows = [HouseholdFacts(date(2023, 1, day), "rural") for day in (1, 2)]
    with pytest.raises(ValueError, match="one day"):
        Table(law(), rows)
