"""What a finding says: sentences, references, contradictions, answers that are not allowed."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import chungtay.rulebook
from chungtay.rulebook.classifying import Finding, find
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.household import AnswerError, HouseholdFacts, MemberFacts
from chungtay.rulebook.lawbook import LookUpError
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import Sentence

ON = date(2023, 3, 1)
ROOM = Path(chungtay.rulebook.__file__).parent
ALL_NO = {f"d{number:02d}": False for number in range(1, 13)}


def finding(area: str | None = "rural", **answers: object) -> Finding:
    return find(law(), law().standard_on(ON), HouseholdFacts(ON, area, answers))


def test_the_standard_follows_the_day() -> None:
    assert law().standard_on(date(2026, 12, 31)).id == "nd-07-2021"
    assert law().standard_on(date(2027, 1, 1)).id == "nd-351-2025"
    assert law().standard_on(date(2022, 1, 1)).id == "nd-07-2021"
    assert law().standard_on(date(2021, 12, 31)).id == "qd-59-2015"
    with pytest.raises(LookUpError, match="31/12/2015"):
        law().standard_on(date(2015, 12, 31))
    with pytest.raises(LookUpError, match="nd-07-2021, nd-351-2025"):
        law().standard("nd-1")


def test_income_figures_are_kept_with_their_line() -> None:
    found = finding(area="urban", income_per_person_vnd=2_000_000, **ALL_NO)
    assert (found.income_per_person_vnd, found.income_line_vnd) == (2_000_000, 2_000_000)
    assert found.income_points is None
    assert found.deprivation_points == (0, 0)
    assert finding(area=None, income_per_person_vnd=1).income_line_vnd is None


def test_contradicting_income_figures_are_refused() -> None:
    with pytest.raises(Contradiction, match="trái nhau") as refused:
        finding(income_per_person_vnd=1_000_000, income_points=141)
    assert refused.value.facts == ("income_per_person_vnd", "income_points")


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("water_source", "river"),
        ("d01", "yes"),
        ("income_per_person_vnd", -1),
        ("income_per_person_vnd", 1.5),
        ("income_per_person_vnd", True),
        ("information_means", "tv"),
        ("information_means", ["tv", "abacus"]),
    ],
)
def test_an_answer_outside_the_vocabulary_is_refused(name: str, answer: object) -> None:
    with pytest.raises(AnswerError, match="hãy") as refused:
        finding(**{"income_per_person_vnd": 1, name: answer})
    assert refused.value.fact == name


def test_reasons_name_their_article() -> None:
    found = finding(income_per_person_vnd=1_000_000, **ALL_NO)
    assert all(isinstance(reason, Sentence) for reason in found.reasons)
    assert all("Nghị định 07/2021/NĐ-CP" in str(reason) for reason in found.reasons)
    assert {reference.document for reference in found.references} == {"nd-07-2021"}


def test_a_finding_that_rests_on_unverified_words_says_so() -> None:
    assert not finding(income_per_person_vnd=1_000_000, **ALL_NO).verified
    assert finding(income_per_person_vnd=2_000_000).verified


def test_an_unborn_or_nameless_member_does_no_harm() -> None:
    child = MemberFacts("2", None, None, {})
    facts = HouseholdFacts(ON, "rural", {"income_per_person_vnd": 1}, (child,))
    found = find(law(), law().standard_on(ON), facts)
    assert found.household_class == "unknown"
    asked = [one for one in found.missing if one.fact == "health_insurance"]
    assert [str(one.sentence) for one in asked] == ["thành viên 2: Hiện có bảo hiểm y tế không?"]


def run_python(code: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOM.parents[1],
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def test_the_rulebook_needs_no_django() -> None:
    modules = [f"chungtay.rulebook.{path.stem}" for path in sorted(ROOM.glob("[a-z]*.py"))]
    run_python(
        "import sys, importlib\n"
        "sys.modules['django'] = None\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "from chungtay.rulebook.loading import law\n"
        "assert law().standards\n"
    )


def test_numpy_is_loaded_only_for_columns() -> None:
    run_python(
        "import sys, importlib\n"
        "for name in ('classifying', 'tables', 'targets', 'points', 'cases', 'loading'):\n"
        "    importlib.import_module('chungtay.rulebook.' + name)\n"
        "assert 'numpy' not in sys.modules\n"
    )


def test_only_loading_reads_files() -> None:
    readers = {
        path.name
        for path in ROOM.glob("*.py")
        if any(word in path.read_text() for word in ("open(", "read_text(", "read_bytes("))
    }
    assert readers == {"loading.py"}
