"""Vietnamese words compared and ordered: without marks for finding, by the alphabet for lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

# Đ has no decomposition; Eth and the African D look the same and are typed in its place.
D_WITH_STROKE = str.maketrans("đĐðÐɖƉ", "dDdDdD")
D_WITH_STROKE_KEPT = str.maketrans("ðÐɖƉ", "đĐđĐ")
APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
SHAPES = {"\u0306", "\u0302", "\u031b"}
SPACE_CODE, SIGN_CODE, FIRST_DIGIT, FIRST_LETTER, FOREIGN_CODE = 1, 2, 0x10, 0x20, 0xF0
END_OF_PART = "00"
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
KEPT = 2**15  # a list says "Thôn 3", "Nữ", "Nguyễn Văn An" over and over


@lru_cache(maxsize=KEPT)
def fold(text: str) -> str:
    """Bring text to the form used for finding: no marks, đ as d, lower case, single spaces.

    Hòa and Hoà, composed and decomposed letters, and odd spaces all come out the same.
    """
    if text.isascii():
        return " ".join(text.translate(APOSTROPHES).lower().split())
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES).translate(D_WITH_STROKE))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.translate(APOSTROPHES).lower().split())


@lru_cache(maxsize=KEPT)
def tidy(text: str) -> str:
    """Keep text as written but composed (NFC), with single ordinary spaces, no control signs."""
    visible = text
    if not text.isprintable():
        visible = "".join(
            sign for sign in text if sign.isspace() or unicodedata.category(sign) not in UNSEEN
        )
    return " ".join(unicodedata.normalize("NFC", visible).split())


def sort_key(full_name: str) -> str:
    """A key that orders names by given name, then middle, then family, as Vietnamese lists do.

    It is made of hexadecimal digits, so any database collation orders it alike.
    """
    words = tidy(full_name).translate(D_WITH_STROKE_KEPT).lower().split()
    if not words:
        return ""
    parts = [words[-1:], words[1:-1], words[:1] if len(words) > 1 else []]
    return "".join(_part_key(part) for part in parts)


def _part_key(words: list[str]) -> str:
    letters: list[str] = []
    tones: list[str] = []
    for word in words:
        shapes, tone = _letters_and_tone(word)
        letters.append("".join(map(_letter_code, shapes)))
        tones.append(str(tone))
    # Tones decide only between equal letters, and one tone a word makes Hòa and Hoà equal.
    return f"{SPACE_CODE:02x}".join(letters) + END_OF_PART + "".join(tones)


def _letters_and_tone(word: str) -> tuple[list[str], int]:
    letters: list[str] = []
    tone = 0
    for sign in unicodedata.normalize("NFD", word):
        if sign in SHAPES and letters:
            letters[-1] += sign
        elif unicodedata.combining(sign):
            tone = TONES.get(sign, tone)
        else:
            letters.append(sign)
    return [unicodedata.normalize("NFC", letter) for letter in letters], tone


def _letter_code(letter: str) -> str:
    place = ALPHABET.find(letter)
    if place >= 0 and len(letter) == 1:
        return f"{FIRST_LETTER + place:02x}"
    if letter.isdecimal() and letter.isascii():
        return f"{FIRST_DIGIT + int(letter):02x}"
    if letter.isalpha():
        return f"{FOREIGN_CODE:02x}{ord(letter[0]):06x}"
    return f"{SIGN_CODE:02x}"


def nearest(
    name: str, candidates: Iterable[str], *, count: int = 3, at_least: float = 60
) -> list[str]:
    """The candidates spelled most alike, best first; likeness runs from 0 to 100, marks ignored."""
    wanted = fold(name)
    scored = [(fuzz.ratio(wanted, fold(candidate)), candidate) for candidate in candidates]
    close = [pair for pair in scored if pair[0] >= at_least]
    close.sort(key=lambda pair: (-pair[0], sort_key(pair[1])))
    return [candidate for _, candidate in close[:count]]
