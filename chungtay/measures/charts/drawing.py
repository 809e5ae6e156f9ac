"""A chart of some values as a picture, drawn once for the same values and words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from chungtay.acts.remembering import Memory
from chungtay.environment import ChildFailed, ask_child
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


def _draw(asked: bytes) -> bytes:
    try:
        return ask_child("chungtay.measures.charts.child", asked, seconds=SECONDS_ALLOWED)
    except ChildFailed as error:
        raise ChartError(error.detail) from error
