"""What stands above a table: the year, the commune and the class a whole list speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chungtay.files.cells import Workbook
from chungtay.rulebook.folding import tidy
from chungtay.sync.reading.drafts import Title
from chungtay.sync.reading.headers import find_header
from chungtay.sync.reading.parsed import text_of
from chungtay.sync.reading.vocabulary import CLASSES, COMMUNES, LISTS, words

YEAR = re.compile(r"\bnam ((?:19|20)\d\d)\b")
CUT = re.compile(r"\s+[-–—]\s*|[,;(:]")
LONGEST_COMMUNE = 6


def read_title(workbook: Workbook) -> Title:
    """What stands above the tables of a workbook; of two that say a thing the first is heard."""
    lines = list(_lines(workbook))
    named = [line for line in lines if words(line).startswith(LISTS)]
    return Title(
        year=next(filter(None, map(_year, [*named, *lines])), None),
        commune=next(filter(None, map(_commune, lines)), None),
        household_class=next(filter(None, map(_class, named)), None),
    )


def _lines(workbook: Workbook) -> Iterator[str]:
    for sheet in sorted(workbook.sheets, key=lambda one: one.hidden):
        header = find_header(sheet)
        for row in sheet.rows:
            if header is None or row.number >= header.first_row:
                break
            yield from filter(None, map(text_of, row.cells))


def _year(line: str) -> int | None:
    years = {int(year) for year in YEAR.findall(words(line))}
    return years.pop() if len(years) == 1 else None


def _commune(line: str) -> str | None:
    spoken = words(line).removeprefix("uy ban nhan dan ").removeprefix("ubnd ")
    if not any(spoken.startswith(f"{kind} ") for kind in COMMUNES):
        return None
    skipped = len(words(line).split()) - len(spoken.split())
    plain = tidy(CUT.split(" ".join(tidy(line).replace(":", " ").split()[skipped:]))[0])
    return plain if len(plain.split()) <= LONGEST_COMMUNE else None


def _class(line: str) -> str | None:
    """The one class a title names: "Danh sách hộ nghèo năm 2021", but not "hộ nghèo, cận nghèo"."""
    spoken = words(line)
    found = set()
    for hit in re.finditer(r"\bho\b", spoken):
        phrase = spoken[hit.start() :].split()
        while phrase and CLASSES.find(" ".join(phrase)) is None:
            phrase.pop()
        if phrase:
            found.add(CLASSES.find(" ".join(phrase)))
    several = len(re.findall(r"ngheo", spoken)) > 1
    return found.pop() if len(found) == 1 and not several else None
