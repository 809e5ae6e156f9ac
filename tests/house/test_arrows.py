"""The arrows between rooms, as pyproject.toml states them, are held by the code."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RUN = "from importlinter.cli import lint_imports_command as run; run()"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_room_imports_one_above_it() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0 broken" in answer.stdout


def test_an_arrow_that_points_up_is_seen(tmp_path: Path) -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = contract["tool"]["importlinter"]["contracts"][0]["layers"]
    assert "rulebook" in layers[-1]
    package = tmp_path / "upside"
    for room in ("web", "rulebook"):
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "rulebook" / "wrong.py").write_text("import upside.web\n", "utf-8")
    (tmp_path / "pyproject.toml").write_text(
        f'[tool.importlinter]\nroot_package = "upside"\n\n[[tool.importlinter.contracts]]\n'
        f'name = "arrows"\ntype = "layers"\ncontainers = ["upside"]\nlayers = {layers!r}\n',
        "utf-8",
    )
    answer = lint(tmp_path)
    assert answer.returncode != 0
    assert "upside.rulebook.wrong -> upside.web" in answer.stdout


def test_every_room_stands_in_the_contract() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    arrows = contract["tool"]["importlinter"]["contracts"][0]
    named = {room.strip(" ()") for layer in arrows["layers"] for room in layer.split("|")}
    folders = {path.parent.name for path in (ROOT / "chungtay").glob("*/__init__.py")}
    assert folders <= named
