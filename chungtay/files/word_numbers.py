"""The numbers Word sets before paragraphs by itself: they are in no text and are counted here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chungtay.files.zip_parts import ZipParts

ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
PLACE = re.compile(r"%(\d)")
MOST_LEVELS = 9


@dataclass
class Level:
    """How one level of a list is numbered: "%1.%2." in a form, from a first number."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)  # number id -> list id
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, number: tuple[str, int] | None, style: str) -> str:
        """What stands before the next paragraph of a list; "" for one outside lists."""
        name, level = number or self.styles.get(style, ("", 0))
        listed = self.numbers.get(name)
        found = self.lists.get(listed or "", {}).get(level)
        if name in ("", "0") or listed is None or found is None:
            return ""
        if found.form == "bullet":
            return "- "
        counted = self.counts.setdefault(listed, {})
        counted[level] = counted.get(level, found.start - 1) + 1
        for deeper in [one for one in counted if one > level]:
            del counted[deeper]
        said = PLACE.sub(lambda one: self._said(listed, int(one[1]) - 1), found.text)
        return f"{said} " if said.strip() else ""

    def _said(self, listed: str, level: int) -> str:
        one = self.lists[listed].get(level, Level())
        return _written(self.counts[listed].get(level, one.start), one.form)


def _written(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        said = ""
        for value, sign in ROMAN:
            while number >= value:
                said, number = said + sign, number - value
        return said if form == "upperRoman" else said.lower()
    if form in ("upperLetter", "lowerLetter"):
        sign = chr(ord("a") + (number - 1) % 26)
        return sign if form == "lowerLetter" else sign.upper()
    return str(number)


def read_numbering(parts: ZipParts) -> Numbering:
    """The lists a Word file defines, and the styles that belong to one."""
    made = Numbering()
    if "word/numbering.xml" in parts:
        reader = _Lists(made)
        parts.parse("word/numbering.xml", reader.start)
    if "word/styles.xml" in parts:
        styles = _Styles(made)
        parts.parse("word/styles.xml", styles.start)
    return made


def _val(given: dict[str, str], name: str = "val") -> str:
    return next((value for key, value in given.items() if key.rpartition(":")[2] == name), "")


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


@dataclass
class _Lists:
    made: Numbering
    listed: str = ""
    level: Level = field(default_factory=Level)
    number: str = ""

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take note of one element of numbering.xml."""
        match tag:
            case "abstractNum":
                self.listed, self.number = _val(given, "abstractNumId"), ""
                self.made.lists[self.listed] = {}
            case "lvl" if not self.number:
                self.level = Level()
                at = min(_whole(_val(given, "ilvl")), MOST_LEVELS)
                self.made.lists.setdefault(self.listed, {})[at] = self.level
            case "numFmt" if not self.number:
                self.level.form = _val(given)
            case "lvlText" if not self.number:
                self.level.text = _val(given)
            case "start" if not self.number:
                self.level.start = _whole(_val(given))
            case "num":
                self.number = _val(given, "numId")
            case "abstractNumId" if self.number:
                self.made.numbers[self.number] = _val(given)


@dataclass
class _Styles:
    made: Numbering
    style: str = ""
    level: int = 0

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take note of one element of styles.xml."""
        match tag:
            case "style":
                self.style, self.level = _val(given, "styleId"), 0
            case "ilvl":
                self.level = _whole(_val(given))
            case "numId" if self.style:
                self.made.styles[self.style] = (_val(given), self.level)
