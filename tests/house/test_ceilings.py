"""No file, no function grows past what one reads in a breath; no import hides in a function."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 50

PROGRAM = sorted((ROOT / "chungtay").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
# Django writes the migrations; nobody reads one as code
WRITTEN = [path for path in PROGRAM if "migrations" not in path.parts]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def own_modules(node: ast.AST) -> list[str]:
    """The modules of this program which an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name.split(".")[0] == "chungtay"]
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return [module or "."] if node.level or module.split(".")[0] == "chungtay" else []
    return []


def test_there_is_something_to_measure() -> None:
    assert len(PROGRAM) > 5
    assert Path(__file__) in TESTS


@pytest.mark.parametrize("path", [*WRITTEN, *TESTS], ids=name)
def test_a_file_has_at_most_400_lines(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LINES_OF_A_FILE, f"{name(path)} has {lines} lines: cut it by subject."


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_a_function_has_at_most_50_lines(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(tree) if f.end_lineno}
    assert {key: n for key, n in long.items() if n > LINES_OF_A_FUNCTION} == {}


@pytest.mark.parametrize("path", PROGRAM, ids=name)
def test_own_code_is_imported_at_the_top_of_the_file(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    hidden = [
        f"line {node.lineno} in {function.name}(): {module}"
        for function in functions(tree)
        for node in ast.walk(function)
        for module in own_modules(node)
        if isinstance(node, ast.stmt)
    ]
    assert hidden == []
