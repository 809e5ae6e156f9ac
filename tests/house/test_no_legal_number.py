"""No number of the law stands in the code: a decree changes a file of `law/`, never a program.

The numbers looked for: every whole number of 1,000 and more that a file of `chungtay/law` holds as
a value (at any depth), and 140 and 175, the points that part the classes. Left out are

* dates (TOML reads them as dates, not as numbers),
* whole numbers from 1,900 to 2,100 under a key that names a year (`year`, `…_year`, `years`),
* whole numbers under a key that only names a paper (`number`, `article`, `clause`, `page`).

A number is looked for in Python as a literal, whatever its spelling (`2_000_000`, `2e6`); text and
comments are free.
"""

from __future__ import annotations

import ast
import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LAW = ROOT / "chungtay" / "law"
LEAST = 1000
POINTS = {140, 175}
NAMES_OF_PAPERS = {"article", "clause", "number", "page", "point"}

# (file, number): why it is not the law's number though the law has the same
ALLOWED: dict[tuple[str, int], str] = {
    ("chungtay/acts/services.py", 1_000_000): "microseconds in a second",
}

CODE = sorted((ROOT / "chungtay").rglob("*.py"))


def is_year(key: str, value: float) -> bool:
    return 1900 <= value <= 2100 and (key in {"year", "years"} or key.endswith(("_year", "_years")))


def numbers(value: Any, key: str = "") -> Iterator[float]:
    """Every number of the law inside a value read from TOML, each under its nearest key."""
    if isinstance(value, dict):
        for inner_key, inner in value.items():
            yield from numbers(inner, inner_key)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers(inner, key)
    elif type(value) in (int, float) and value >= LEAST and key not in NAMES_OF_PAPERS:
        yield from [] if is_year(key, value) else [value]


@functools.cache
def legal_numbers() -> frozenset[float]:
    found: set[float] = set(POINTS)
    for path in sorted(LAW.rglob("*.toml")):
        found.update(numbers(tomllib.loads(path.read_text("utf-8"))))
    return frozenset(found)


def literals(source: str) -> Iterator[tuple[int, float]]:
    """Every number written out in a program, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield node.lineno, node.value


def test_the_law_holds_numbers() -> None:
    assert len(legal_numbers()) > len(POINTS) + 3


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_number_of_the_law_in_code(path: Path) -> None:
    forbidden = legal_numbers()
    file = path.relative_to(ROOT).as_posix()
    wrong = [
        f"line {line}: {number:,.0f}"
        for line, number in literals(path.read_text("utf-8"))
        if number in forbidden and (file, number) not in ALLOWED
    ]
    assert wrong == [], "take it from law/, or give the reason in ALLOWED"


def test_what_is_allowed_is_still_there() -> None:
    for file, number in ALLOWED:
        written = {value for _, value in literals((ROOT / file).read_text("utf-8"))}
        assert number in written, f"{file} no longer holds {number}: strike it from ALLOWED"


def test_the_search_itself() -> None:
    text = "line = 1_500_000\nnumber = 7021\nyear = 2022\nfrom = 2022-01-01\n"
    law = tomllib.loads(text + "steps = [2000, 5, { sum = 2.5e6 }]")
    assert set(numbers(law)) == {1_500_000, 2000, 2_500_000}
    assert [value for _, value in literals("x = 1_500_000 + 2e6  # 140\ny = '175'")] == [1.5e6, 2e6]
