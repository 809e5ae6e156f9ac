"""The words of household lists (``words.toml``), read once and compared without marks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from chungtay.rulebook.folding import fold, tidy

LONGEST_SPELLING = 60
COUNTS = re.compile(r"\d+( (ho|khau|nguoi)\b)?")
NOT_WORD = re.compile(r"[^a-z0-9 ]+")
INDICATORS = tuple(f"d{number:02d}" for number in range(1, 13))
# One spelling may be a fact of a person or one of the twelve indicators; the neighbours decide.
EITHER_WAY = {
    "work": "d01",
    "health_insurance": "d04",
    "schooling": "d06",
    "education": "d05",
    "house_area": "d08",
}
HEAD = "00"


def words(text: str) -> str:
    """A text as bare words: folded, punctuation as spaces."""
    return " ".join(NOT_WORD.sub(" ", fold(text)).split())


def _load() -> dict[str, Any]:
    source = resources.files("chungtay.sync.reading").joinpath("words.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


class Lexicon:
    """Spellings and what they mean: an exact spelling first (Ba, Bà), then one without marks."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        for meaning, spellings in table.items():
            for spelling in spellings:
                self._exact.setdefault(tidy(spelling).lower(), meaning)
                self._folded.setdefault(_folded(spelling), meaning)

    def find(self, text: str) -> str | None:
        """What a text means here; None if it is not known."""
        spelled = tidy(text).lower()
        if len(spelled) > LONGEST_SPELLING:
            return None
        return self._exact.get(spelled) or self._folded.get(_folded(text))


def _folded(text: str) -> str:
    """Bare words; a text of signs alone (✓, -, ?) stays as it is."""
    return words(text) or fold(text)


class Phrases:
    """Beginnings of rows that are no people, marks counted: Tống Công Minh is no Tổng cộng."""

    def __init__(self, phrases: Sequence[str]) -> None:
        spelled = "|".join(re.escape(phrase.lower()) for phrase in phrases)
        self._start = re.compile(rf"\W*({spelled})\b")
        self._bare = frozenset(map(words, phrases))

    def begin(self, text: str) -> bool:
        """Whether a text begins so; typed without any marks it must be the phrase alone."""
        plain = tidy(text).lower()
        if plain.isascii():
            return words(COUNTS.sub(" ", plain)) in self._bare
        return self._start.match(plain) is not None


_ALL = _load()
COLUMN_SPELLINGS: dict[str, list[str]] = _ALL["columns"]
COLUMNS = {words(spelling): key for key, all_of in COLUMN_SPELLINGS.items() for spelling in all_of}
SEX = Lexicon(_ALL["sex"])
CLASSES = Lexicon(_ALL["household_class"])
SUBCLASSES = Lexicon(_ALL["subclass"])
RELATIONS = Lexicon(_ALL["relation"])
EDUCATION = Lexicon(_ALL["education"])
SCHOOLING = Lexicon(_ALL["schooling"])
WORK = Lexicon(_ALL["work"])
ETHNICITY = Lexicon(_ALL["ethnicity"])
FLAGS = Lexicon(_ALL["flags"])
FILLERS = frozenset(map(fold, _ALL["header"]["fillers"]))
NUMBERED = tuple(sorted(map(words, _ALL["header"]["numbered"]), key=len, reverse=True))
DEPRIVATION_PARENTS = tuple(map(words, _ALL["header"]["deprivation_parents"]))
BIRTH_PARENTS = tuple(map(words, _ALL["header"]["birth_parents"]))
TOTALS = Phrases(_ALL["rows"]["totals"])
SIGNATURES = Phrases(_ALL["rows"]["signatures"])
VILLAGES = tuple(sorted(map(words, _ALL["rows"]["villages"]), key=len, reverse=True))
COMMUNES = tuple(sorted(map(words, _ALL["rows"]["communes"]), key=len, reverse=True))
LISTS = tuple(map(words, _ALL["rows"]["lists"]))


def label(key: str) -> str:
    """The first spelling of a column, as a sentence names it."""
    return COLUMN_SPELLINGS[key][0]
