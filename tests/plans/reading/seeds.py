"""The five plans of ``tests/seeds``, and the same text as it may come from elsewhere."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "seeds"
NAMES = ("quang_trung", "tu_mo_rong", "tan_khai", "lao_cai", "long_khanh")


def seed(name: str) -> str:
    """The text of one of the five plans."""
    (path,) = FOLDER.glob(f"*_{name}_*.txt")
    return path.read_text(encoding="utf-8")


def wrapped(text: str, width: int = 60) -> str:
    """A text whose lines a narrow page broke."""
    whole = re.sub(
        r"(?<=[^\n]{50}) *\n([^\W\d])", r" \1", text.replace("-\n", "-")
    )  # what another page broke
    lines = (
        textwrap.wrap(line, width, break_on_hyphens=False) or [""] for line in whole.split("\n")
    )
    return "\n".join(part for one in lines for part in one)
