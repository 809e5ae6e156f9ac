"""Who somebody is: names, citizen IDs, sex, relation to the head, ethnic group."""

from __future__ import annotations

import re

from chungtay.files.cells import Cell
from chungtay.rulebook.folding import tidy
from chungtay.sync.reading.messages import masked, quoted
from chungtay.sync.reading.parsed import Clues, Parsed, parsed, text_of
from chungtay.sync.reading.vocabulary import ETHNICITY, FLAGS, RELATIONS, SEX, words

LEADING_NUMBER = re.compile(r"^\d{1,4}\s*[.)/-]\s*")
SEPARATORS = re.compile(r"[\s.\-'’_]")
SHORTENED = re.compile(r"\d+([.,]\d+)?e\+?\d+", re.IGNORECASE)
FULL_ID, OLD_ID = 12, 9
MOST_LOST_ZEROS = 2
OTHER_RELATION = "99"
ZEROS_ONLY = re.compile(r"0+")


def read_name(cell: Cell, _clues: Clues) -> Parsed:
    """A full name, kept as written but composed and with single spaces."""
    name = LEADING_NUMBER.sub("", text_of(cell))
    letters = sum(sign.isalpha() for sign in name)
    if letters == 0 and not name:
        return Parsed()
    if letters == 0 or cell.kind != "text":
        return parsed(None, "name_not_words", value=quoted(name))
    if any(sign.isdigit() for sign in name):
        return parsed(name, "name_with_digits", value=quoted(name))
    return Parsed(name)


def read_citizen_id(cell: Cell, _clues: Clues) -> Parsed:
    """A citizen ID of 12 digits or an old one of 9; zeros that Excel dropped are put back."""
    text = _shown_id(cell)
    digits = SEPARATORS.sub("", text)
    if not digits or FLAGS.find(text) in {"unknown", "no"} or ZEROS_ONLY.fullmatch(digits):
        return Parsed()
    if SHORTENED.fullmatch(digits):
        return parsed(None, "id_lost_digits")
    if not (digits.isascii() and digits.isdigit()):
        return parsed(None, "id_not_digits", value=masked(digits))
    if len(digits) in {FULL_ID, OLD_ID}:
        return Parsed(digits)
    # Only a number loses more than one zero; text of ten digits is a slip of the hand.
    lost = FULL_ID - len(digits)
    if lost == 1 or (lost == MOST_LOST_ZEROS and cell.kind == "number"):
        padded = digits.zfill(FULL_ID)
        return parsed(padded, "id_lost_zero", value=masked(digits), read=masked(padded))
    return parsed(None, "id_wrong_length", value=masked(digits), length=len(digits))


def _shown_id(cell: Cell) -> str:
    """The ID as Excel shows it: a format of zeros puts the leading ones back."""
    text = text_of(cell)
    shape = cell.number_format or ""
    if cell.kind == "number" and isinstance(cell.value, int) and ZEROS_ONLY.fullmatch(shape):
        return text.zfill(len(shape))
    return text


def read_sex(cell: Cell, clues: Clues) -> Parsed:
    """male or female."""
    text = text_of(cell)
    found = SEX.find(text)
    if found is None and FLAGS.find(text) != "unknown":
        return parsed(None, "not_understood", value=quoted(text), label=clues.label)
    return Parsed(found)


def read_relation(cell: Cell, _clues: Clues) -> Parsed:
    """A code of the relations to the head ("00" the head); longer wordings by their beginning."""
    text = text_of(cell)
    if FLAGS.find(text) == "unknown":
        return Parsed()
    spoken = tidy(re.sub(r"\([^)]*\)", " ", text)).split() or text.split()
    while spoken:
        found = RELATIONS.find(" ".join(spoken))
        if found:
            return Parsed(found)
        spoken.pop()
    return parsed(OTHER_RELATION, "relation_other", value=quoted(text))


def read_ethnicity(cell: Cell, _clues: Clues) -> Parsed:
    """The official name of an ethnic group; an unknown one is kept as written."""
    text = text_of(cell)
    if FLAGS.find(text) == "unknown":
        return Parsed()
    plain = re.sub(r"^(dân tộc|người)\s+", "", text, flags=re.IGNORECASE)
    found = ETHNICITY.find(plain)
    if found:
        return Parsed(found)
    return parsed(text, "ethnicity_unknown", value=quoted(text)) if words(text) else Parsed()
