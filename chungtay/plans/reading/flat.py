"""Text without marks for searching, sign for sign as long as the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from chungtay.rulebook.folding import fold

SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZĐÀ-ÖØ-ÝĂÂÊÔƠƯẠ-Ỹ“\"(\-•+])")
ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:tt|ttr|tm|kt|tl|p|tp|tx|q|h|x|ub|ths|ts|đ/c|st|v\.v)\.$", re.I
)


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    folded = fold(sign)
    return folded if len(folded) == 1 else sign.lower()[:1] if not sign.isspace() else " "


@lru_cache(maxsize=2**12)
def flat(text: str) -> str:
    """The text in lower case without Vietnamese marks; every sign keeps its place."""
    return "".join(map(_plain, text))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph, and its parts between semicolons that begin anew."""
    start = 0
    for found in SENTENCE_END.finditer(text):
        if ABBREVIATED.search(text[start : found.start()]):
            continue
        yield text[start : found.start()].strip()
        start = found.end()
    if text[start:].strip():
        yield text[start:].strip()
