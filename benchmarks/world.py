"""A data folder with one large commune: its villages, its families, its officer."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import django

PLACE = "14818"
ON = date(2026, 1, 1)
EMPTY_PLACE = "14812"
USERNAME, EMPTY_USERNAME = "canbo.do-toc-do", "canbo.so-trong"
PASSWORD = "lua-chin-vang-dong"  # noqa: S105 of a folder that is thrown away
CHUNK = 2000
CLASSES = (("poor", 8), ("near_poor", 12), ("not_poor", 80))


@dataclass(frozen=True)
class World:
    """Where the data stands and how much of it there is."""

    folder: Path
    households: int
    persons: int


def start_django(folder: Path) -> None:
    """Let Django read its settings for a data folder; once a process."""
    os.environ["CHUNGTAY_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chungtay.settings")
    os.environ.setdefault("CHUNGTAY_UPLOAD_MB", "50")
    django.setup()


def new_folder() -> Path:
    """An empty data folder that the caller removes."""
    return Path(tempfile.mkdtemp(prefix="chungtay-benchmark-"))
