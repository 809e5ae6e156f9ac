"""Commands run as a person runs them: a process of their own, a data folder of their own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the official units, made once by a command of its own."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    assert chungtay(folder, Path.cwd(), "check").code == 0
    return folder


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared data folder, for one test."""
    return shutil.copytree(prepared, tmp_path / "data")


@pytest.fixture
def run(data: Path, tmp_path: Path) -> Callable[..., Done]:
    """Run ``chungtay`` with some words over one's own data folder."""
    return lambda *words: chungtay(data, tmp_path, *words)


def chungtay(data: Path, folder: Path, *words: str | Path, **settings: str) -> Done:
    """Run a command in a folder; a traceback anywhere is a failure."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHUNGTAY_")}
    done = subprocess.run(
        [sys.executable, "-m", "chungtay", *map(str, words)],
        env=kept | {"CHUNGTAY_DATA": str(data), "PYTHONPATH": str(Path.cwd())} | settings,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def refused(run: Callable[..., Done]) -> Callable[..., str]:
    """Run words that must be refused: ends non-zero, says one sentence, prints nothing else."""

    def refuse(*words: str | Path) -> str:
        done = run(*words)
        assert done.code != 0
        assert done.out == ""
        assert done.err.count("\n") == 1
        return done.err

    return refuse
