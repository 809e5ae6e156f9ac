"""coverage.toml says of every law file what it is, and claims no more than the file itself says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chungtay.rulebook.lawbook import CodeList
from chungtay.rulebook.loading import PACKAGE_LAW, law
from chungtay.rulebook.schema_lists import CoverageEntry

ENTRIES = law().coverage
WITH_FILE = [pytest.param(one, id=one.file) for one in ENTRIES if one.file]
STANDARD_FILES = [one for one in ENTRIES if one.kind == "standard"]


def claims(content: Any) -> Iterator[bool]:
    """Every `verified` a law file holds, at any depth."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key == "verified" and isinstance(value, bool):
                yield value
            else:
                yield from claims(value)
    elif isinstance(content, list):
        for value in content:
            yield from claims(value)


def marks(codes: CodeList) -> Iterator[bool]:
    """Whether each row of a code list was compared, in each of its schemes."""
    for scheme in codes.schemes:
        for row in codes.codes.values():
            mark = scheme.every_mark or row.columns[scheme.mark_column]
            yield mark.split(" ", 1)[0] == "V"


def said_by(path: Path) -> str:
    if path.suffix == ".csv":
        found = set(marks(law().code_lists[path.stem]))
    else:
        found = set(claims(tomllib.loads(path.read_text("utf-8"))))
    return {(True,): "all", (False,): "none", (False, True): "some", (): "no_text"}[
        tuple(sorted(found))
    ]


def test_every_law_file_stands_in_it() -> None:
    files = {
        path.relative_to(PACKAGE_LAW).as_posix()
        for path in PACKAGE_LAW.rglob("*")
        if path.is_file() and path.name != "coverage.toml"
    }
    assert files == {one.file for one in ENTRIES if one.file}


@pytest.mark.parametrize("entry", WITH_FILE)
def test_it_claims_what_the_file_says(entry: CoverageEntry) -> None:
    assert entry.verified == said_by(PACKAGE_LAW / entry.file)


@pytest.mark.parametrize("entry", STANDARD_FILES, ids=lambda entry: entry.file)
def test_the_dates_of_a_standard_are_those_of_its_file(entry: CoverageEntry) -> None:
    content = tomllib.loads((PACKAGE_LAW / entry.file).read_text("utf-8"))
    assert (entry.from_, entry.to) == (content["from"], content.get("to"))


def test_every_standard_stands_in_it_once() -> None:
    assert len(STANDARD_FILES) == len(law().standards)


def test_what_is_not_known_of_a_file_is_said() -> None:
    """A standard with an unknown value, indicator or territory says that something is missing."""
    for entry in STANDARD_FILES:
        content = tomllib.loads((PACKAGE_LAW / entry.file).read_text("utf-8"))
        standard = law().standard(content["id"])
        unknown = [one for one in standard.values.values() if not one.known]
        unknown += [one for one in standard.indicators if not one.known]
        unknown += [one for one in standard.territory if not one.known]
        assert entry.missing or not unknown, entry.file


def test_what_is_known_to_be_missing_is_listed() -> None:
    said = " ".join(text for one in ENTRIES for text in one.missing)
    for part in ("phiếu A", "B1", "13/2025/TT-BNNMT", "7.1 đến 7.10", "Giá điện năm 2026", "quỹ"):
        assert part in said


def test_the_search_itself() -> None:
    assert set(claims({"a": [{"verified": True}, {"b": {"verified": False}}]})) == {True, False}
