"""Marks and words that answer a question: the class, the twelve indicators, facts of a person."""

from __future__ import annotations

import re

from chungtay.files.cells import Cell
from chungtay.rulebook.folding import fold
from chungtay.sync.reading.messages import quoted
from chungtay.sync.reading.numbers import decimal_of
from chungtay.sync.reading.parsed import Clues, Parsed, parsed, text_of
from chungtay.sync.reading.vocabulary import (
    CLASSES,
    EDUCATION,
    FLAGS,
    INDICATORS,
    SCHOOLING,
    SUBCLASSES,
    WORK,
    words,
)

YES_NO = {"yes": True, "no": False, "unknown": None}
CARD_NUMBER = re.compile(r"(?=.*\d{8})[a-z0-9]{10,20}")
GRADE = re.compile(r"(lop )?(\d{1,2})(\s*/\s*12)?")
LIST_OF_NUMBERS = re.compile(r"\s*\d{1,2}(\s*[,;.\s]\s*\d{1,2})*\s*")
LAST_GRADE = 12
LARGEST_AREA = 10**5
# The highest grade finished and the degree it gives, from the top.
DEGREES = (
    (12, "upper_secondary"),
    (9, "lower_secondary"),
    (5, "primary"),
    (1, "primary_incomplete"),
)


def read_flag(cell: Cell, clues: Clues) -> Parsed:
    """Yes or no from x, 1, 0, có, không …; other words stay unknown and doubtful."""
    text = text_of(cell)
    found = FLAGS.find(text)
    if found is not None:
        return Parsed(YES_NO[found])
    return parsed(None, "not_understood", value=quoted(text), label=clues.label)


def read_insurance(cell: Cell, clues: Clues) -> Parsed:
    """Whether somebody is insured; a card number says yes and is not kept."""
    if CARD_NUMBER.fullmatch(words(text_of(cell)).replace(" ", "")):
        return Parsed(True)
    return read_flag(cell, clues)


def read_described(cell: Cell, _clues: Clues) -> Parsed:
    """Yes for any words that do not say no, such as the kind of disability or an amount."""
    found = FLAGS.find(text_of(cell))
    return Parsed(YES_NO[found] if found is not None else True)


def read_class(cell: Cell, clues: Clues) -> Parsed:
    """The class a list gives a household: poor (or poor/A, poor/B), near_poor, average_living …"""
    text = text_of(cell)
    spoken = words(text).split()
    while spoken:
        found = CLASSES.find(" ".join(spoken))
        if found:
            return Parsed(found)
        spoken.pop()
    if FLAGS.find(text) in {"unknown", "no"}:
        return Parsed()
    return parsed(None, "not_understood", value=quoted(text), label=clues.label)


def read_subclass(cell: Cell, clues: Clues) -> Parsed:
    """A or B of a poor household."""
    text = text_of(cell)
    found = SUBCLASSES.find(text)
    if found is not None or FLAGS.find(text) in {"unknown", "no"}:
        return Parsed(found)
    return parsed(None, "not_understood", value=quoted(text), label=clues.label)


def read_indicator_list(cell: Cell, clues: Clues) -> Parsed:
    """The numbers of the indicators a household lacks, as in "1, 4, 9"; the others are no."""
    text = text_of(cell)
    if FLAGS.find(text) == "no" and not text.isdigit():
        return Parsed(dict.fromkeys(INDICATORS, False))
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if not LIST_OF_NUMBERS.fullmatch(text) or not all(1 <= n <= LAST_GRADE for n in numbers):
        return parsed(None, "not_understood", value=quoted(text), label=clues.label)
    return Parsed({name: number in numbers for number, name in enumerate(INDICATORS, start=1)})


def read_education(cell: Cell, clues: Clues) -> Parsed:
    """The highest degree; 9/12 says it by grades, even where Excel made a date of it."""
    if cell.kind == "date":
        day = cell.day
        if day.month != LAST_GRADE or day.day > LAST_GRADE:
            return _word_unknown(cell, clues)
        degree = _degree(day.day)
        return parsed(degree, "education_was_date", read=f"{day.day}/{LAST_GRADE}")
    text = text_of(cell)
    grade = GRADE.fullmatch(fold(text))
    if grade and 1 <= int(grade[2]) <= LAST_GRADE:
        return Parsed(_degree(int(grade[2])))
    found = EDUCATION.find(text)
    return Parsed(found) if found else _word_unknown(cell, clues)


def _degree(grade: int) -> str:
    return next(degree for least, degree in DEGREES if grade >= least)


def read_schooling(cell: Cell, clues: Clues) -> Parsed:
    """The level somebody now attends."""
    text = text_of(cell)
    if cell.kind == "number" and isinstance(cell.value, int) and 1 <= cell.value <= LAST_GRADE:
        text = f"Lớp {cell.value}"
    plain = re.sub(r"^(đang )?(học )?", "", text, flags=re.IGNORECASE)
    found = SCHOOLING.find(text) or SCHOOLING.find(plain) or SCHOOLING.find(_class_of(plain))
    return Parsed(found) if found else _word_unknown(cell, clues)


def _class_of(text: str) -> str:
    """Drop the letter of a school class: "Lớp 5A" -> "Lớp 5"."""
    return re.sub(r"(\d+)\s*[A-Za-z]\d?$", r"\1", text)


def read_work(cell: Cell, clues: Clues) -> Parsed:
    """The kind of work somebody has."""
    found = WORK.find(text_of(cell))
    return Parsed(found) if found else _word_unknown(cell, clues)


def _word_unknown(cell: Cell, clues: Clues) -> Parsed:
    text = text_of(cell)
    if FLAGS.find(text) == "unknown":
        return Parsed()
    return parsed(None, "word_unknown", value=quoted(text), label=clues.label)


def read_area(cell: Cell, clues: Clues) -> Parsed:
    """A house area in m²."""
    text = re.sub(r"\s*m2?²?$", "", fold(text_of(cell)))
    number = decimal_of(text)
    if number is None or not 0 <= number < LARGEST_AREA:
        return parsed(None, "not_understood", value=quoted(text_of(cell)), label=clues.label)
    return Parsed(int(number) if number == int(number) else float(number))
