"""A chart of some values as a picture, drawn once for the same values and words."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chungtay.acts.remembering import Memory
from chungtay.environment import child_environment
from chungtay.measures.charts.asked import ChartRequest, Form
from chungtay.rulebook.wording import Sentence

SECONDS_ALLOWED = 30
MOST_KEPT = 200
FAILED = Sentence(
    "Chưa vẽ được biểu đồ; bảng số bên cạnh vẫn đúng. Hãy tải lại trang sau ít phút, nếu vẫn vậy "
    "thì báo người quản trị."
)
_drawn = Memory(MOST_KEPT)


class ChartError(RuntimeError):
    """A chart could not be drawn: the sentence for people, ``detail`` for the server's log."""

    def __init__(self, detail: str) -> None:
        super().__init__(str(FAILED))
        self.sentence = FAILED
        self.detail = detail


def picture(
    spec: str, values: Sequence[Mapping[str, Any]], words: Mapping[str, str], form: Form
) -> bytes:
    """A chart as SVG or PNG; ``words`` fill the titles of the spec. ChartError where it fails.

    Kept by what it shows, so that it is drawn anew exactly when a value or a word is another.
    """
    request = ChartRequest(spec, [dict(one) for one in values], dict(words), form)
    asked = msgspec.json.encode(request, order="deterministic")
    return _drawn.remembered(hashlib.sha256(asked).hexdigest(), 0, lambda: _draw(asked))


def as_address(svg: bytes) -> str:
    """A picture as the address of an image inside a page, which then asks nobody for it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def _draw(asked: bytes) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "chungtay.measures.charts.child"],
            input=asked,
            capture_output=True,
            check=True,
            timeout=SECONDS_ALLOWED,
            env=child_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise ChartError(str(error)) from error
    except subprocess.CalledProcessError as error:
        raise ChartError(error.stderr.decode("utf-8", "replace")) from error
    return done.stdout
