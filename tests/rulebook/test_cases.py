"""Every worked case of the law comes out as it is written."""

from __future__ import annotations

import pytest

from chungtay.rulebook.cases import case_facts
from chungtay.rulebook.classifying import Finding, find
from chungtay.rulebook.columns import Table, find_classes
from chungtay.rulebook.loading import law, load_cases
from chungtay.rulebook.schema import Case, CasesFile

ALL = [
    pytest.param(case, file, id=f"{name}: {case.name}")
    for name, file in load_cases().items()
    for case in file.cases
]


def finding_of(case: Case, file: CasesFile) -> Finding:
    chosen = law().standard(case.standard) if case.standard else law().standard_on(case.on)
    return find(law(), chosen, case_facts(case, file))


def words_of(finding: Finding) -> str:
    sentences = [*finding.reasons, *finding.notes]
    sentences += [reason for one in finding.deprivations for reason in one.reasons]
    sentences += [missing.sentence for missing in finding.missing]
    sentences += [flip.sentence for flip in finding.flips]
    return "\n".join(map(str, sentences))


def test_there_are_at_least_eighty_cases_with_different_names() -> None:
    names = [param.values[0].name for param in ALL]
    assert len(names) >= 80
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("case", "file"), ALL)
def test_case_comes_out_as_written(case: Case, file: CasesFile) -> None:
    finding, expected = finding_of(case, file), case.expected
    found = finding.deprivations
    assert finding.household_class == expected.class_
    if expected.possible is not None:
        assert finding.possible_classes == expected.possible
    if expected.income_low is not None:
        assert finding.income_low is expected.income_low
    if expected.deprived is not None:
        assert finding.deprived_codes == expected.deprived
    if expected.undecided is not None:
        assert tuple(one.code for one in found if one.deprived is None) == expected.undecided
    if expected.missing is not None:
        asked = [one.fact + (f"@{one.member}" if one.member else "") for one in finding.missing]
        assert tuple(asked) == expected.missing
    if expected.flips is not None:
        flips = [f"{one.kind} {','.join(one.codes)} {one.to_class}" for one in finding.flips]
        assert tuple(flips) == expected.flips
    for part in expected.says:
        assert part in words_of(finding)


@pytest.mark.parametrize(("case", "file"), ALL)
def test_case_comes_out_the_same_in_columns(case: Case, file: CasesFile) -> None:
    chosen = law().standard(case.standard) if case.standard else law().standard_on(case.on)
    table = Table(law(), [case_facts(case, file)])
    assert find_classes(law(), chosen, table).names() == [case.expected.class_]


@pytest.mark.parametrize(("case", "file"), ALL)
def test_a_decided_class_asks_nothing_and_an_open_one_asks(case: Case, file: CasesFile) -> None:
    finding = finding_of(case, file)
    assert bool(finding.missing) == (finding.household_class == "unknown")
    assert len(finding.possible_classes) >= 1
