"""The language of the command line: Vietnamese, or English where CHUNGTAY_LANGUAGE=en asks for it.

Its own small reader of the catalogue: help and `classify` speak before Django is set up.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from chungtay import catalogue
from chungtay.rulebook.wording import said_in


def speaks_english() -> bool:
    """Whether this command was asked to speak English."""
    return os.environ.get("CHUNGTAY_LANGUAGE", "") == "en"


@cache
def _english() -> dict[str, str]:
    return catalogue.english()


def _(text: str) -> str:
    """A text in the language of the command line."""
    return _english().get(text, text) if speaks_english() else text


def in_words(what: Any) -> str:
    """A sentence, or an error that carries one, in the language of the command line."""
    return said_in(_, getattr(what, "sentence", what))
