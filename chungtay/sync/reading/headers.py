"""Finding the header of a household list, wherever it stands and however it is spelled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chungtay.files.cells import Sheet, column_letter
from chungtay.sync.reading.drafts import Column
from chungtay.sync.reading.parsed import text_of
from chungtay.sync.reading.vocabulary import (
    BIRTH_PARENTS,
    COLUMNS,
    DEPRIVATION_PARENTS,
    EITHER_WAY,
    FILLERS,
    INDICATORS,
    NUMBERED,
    words,
)

SEARCHED_ROWS = 80
HIGHEST_HEADER = 3
FEWEST_COLUMNS = 2
SURE_COLUMNS = 4
NUMBERED_LEAVES = 6
NAME_KEYS = frozenset({"head_name", "full_name", "given_name"})
PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
LEADING_NUMBER = re.compile(r"^(\(?\d{1,2}\)?\s*[.)\-:]?|[ivx]+\s*\.)\s+(?=\D)", re.IGNORECASE)
ONLY_NUMBER = re.compile(r"\(?(\d{1,2})\)?")
Path = tuple[str, ...]


@dataclass(frozen=True)
class Header:
    """A header found in a sheet: its first and last row, and every column below it."""

    first_row: int
    last_row: int
    columns: tuple[Column, ...]

    @property
    def keys(self) -> frozenset[str]:
        """What the known columns mean."""
        return frozenset(column.key for column in self.columns if column.key)

    @property
    def has_name(self) -> bool:
        """Whether people can be told by a name column."""
        return bool(self.keys & NAME_KEYS)

    @property
    def believable(self) -> bool:
        """Whether enough is known for a header, and not a row of data that resembles one."""
        known = len(self.keys)
        return known >= SURE_COLUMNS or (known >= FEWEST_COLUMNS and known * 3 >= len(self.columns))

    @property
    def score(self) -> int:
        """The better of two headers knows more columns, a name column above all."""
        return len(self.keys) + (SURE_COLUMNS if self.has_name else 0)

    @property
    def rank(self) -> tuple[int, int]:
        """Of two headers that know as much, the lower one says it in fewer rows."""
        return self.score, self.first_row - self.last_row


def find_header(sheet: Sheet) -> Header | None:
    """The best header among the first rows of a sheet; None when no column is known."""
    texts = _texts(sheet)
    best: Header | None = None
    for first in sorted(texts):
        for height in range(1, HIGHEST_HEADER + 1):
            found = _header_at(texts, first, height)
            if found.keys and (best is None or found.rank > best.rank):
                best = found
    return best


def _texts(sheet: Sheet) -> dict[int, dict[int, str]]:
    """The texts of the first rows by row and column, merged cells filled in."""
    texts: dict[int, dict[int, str]] = {}
    for row in sheet.rows[:SEARCHED_ROWS]:
        filled = enumerate(row.cells, start=1)
        texts[row.number] = {number: text for number, cell in filled if (text := text_of(cell))}
    if not texts:
        return texts
    last, width = max(texts), max(max(row, default=0) for row in texts.values())
    for merge in sheet.merges:
        text = texts.get(merge.first_row, {}).get(merge.first_column, "")
        if not text:
            continue
        for row_number in range(merge.first_row, min(merge.last_row, last) + 1):
            for number in range(merge.first_column, min(merge.last_column, width) + 1):
                texts.setdefault(row_number, {})[number] = text
    return texts


def _header_at(texts: dict[int, dict[int, str]], first: int, height: int) -> Header:
    rows = [texts.get(first + step, {}) for step in range(height)]
    paths = _paths(rows)
    keys = _keys(paths)
    columns = tuple(
        Column(number, column_letter(number), " / ".join(path), keys.get(number))
        for number, path in sorted(paths.items())
    )
    return Header(first, first + height - 1, columns)


def _paths(rows: list[dict[int, str]]) -> dict[int, Path]:
    """For each column the texts from the top of the header down, without repeats."""
    leaves = rows[-1]
    paths: dict[int, list[str]] = {}
    for row in rows:
        carried: str | None = None
        for number in sorted({*row, *leaves}):
            text = row.get(number)
            if text is not None:
                carried = text if leaves.get(number, text) != text else None
            # Without merged cells (.csv) a group's title stands over its first column only.
            heading = text or (carried if row is not leaves else None)
            if heading and paths.setdefault(number, [])[-1:] != [heading]:
                paths[number].append(heading)
    return {number: tuple(path) for number, path in paths.items() if path}


def _keys(paths: dict[int, Path]) -> dict[int, str]:
    """What each column means; of two columns with one meaning the first keeps it."""
    keys: dict[int, str] = {}
    numbered = _numbered_leaves(paths)
    leaves = {words(path[-1]) for path in paths.values()}
    for number, path in sorted(paths.items()):
        key = numbered.get(number) or _sexed_or_dated(path, leaves) or _meaning(path)
        if key and (key not in keys.values() or key in EITHER_WAY):
            keys[number] = key
    _settle_either_way(keys, paths)
    return keys


def _numbered_leaves(paths: dict[int, Path]) -> dict[int, str]:
    """Columns 1 to 12 below a common title about deprivations."""
    found: dict[int, str] = {}
    for number, path in paths.items():
        hit = ONLY_NUMBER.fullmatch(path[-1].strip())
        if hit and 1 <= int(hit[1]) <= len(INDICATORS) and _below(path, DEPRIVATION_PARENTS):
            found[number] = INDICATORS[int(hit[1]) - 1]
    return found if len(set(found.values())) >= NUMBERED_LEAVES else {}


def _below(path: Path, parents: Sequence[str]) -> bool:
    above = f" {words(' '.join(path[:-1]))} "
    return any(f" {parent} " in above for parent in parents)


def _sexed_or_dated(path: Path, leaves: set[str]) -> str | None:
    """Columns named only Nam, Nữ, Ngày, Tháng, Năm; folded, Nam and Năm are the same word."""
    leaf = words(path[-1])
    if leaf == "nu" or (leaf == "nam" and "nu" in leaves):
        return "female" if leaf == "nu" else "male"
    if leaf in {"ngay", "thang", "nam"} and _below(path, BIRTH_PARENTS):
        if "thang" in leaves:
            return {"ngay": "birth_day", "thang": "birth_month", "nam": "birth_year"}[leaf]
        return "birth" if leaf == "nam" else None
    return None


def _meaning(path: Path) -> str | None:
    """What a header's texts mean: joined with the title above, or the lowest alone."""
    leaf = LEADING_NUMBER.sub("", path[-1])
    if len(path) > 1:
        above = path[-2]
        for joined in (f"{above} {leaf}", f"{leaf} {above}"):
            key = COLUMNS.get(words(joined)) or COLUMNS.get(words(PARENTHESES.sub(" ", joined)))
            if key:
                return key
    return meaning_of(leaf)


def meaning_of(text: str) -> str | None:
    """What one header text means; words that add nothing may follow a known spelling."""
    for spelled in (words(text), words(PARENTHESES.sub(" ", text))):
        if spelled in COLUMNS:
            return COLUMNS[spelled]
        key = _numbered(spelled)
        if key:
            return key
    spoken = words(PARENTHESES.sub(" ", text)).split()
    for length in range(len(spoken) - 1, 0, -1):
        key = COLUMNS.get(" ".join(spoken[:length]))
        if key and FILLERS.issuperset(spoken[length:]):
            return key
    return None


def _numbered(spelled: str) -> str | None:
    """ "Thiếu hụt 1", "CS 01", "TH12" as indicators."""
    for start in NUMBERED:
        rest = spelled.removeprefix(start)
        hit = re.fullmatch(r"\s?(so )?0?(\d{1,2})", rest) if rest != spelled else None
        if hit and 1 <= int(hit[2]) <= len(INDICATORS):
            return INDICATORS[int(hit[2]) - 1]
    return None


def _settle_either_way(keys: dict[int, str], paths: dict[int, Path]) -> None:
    """Decide whether Việc làm, BHYT … is a fact of a person or one of the twelve indicators."""
    sure = {number for number, key in keys.items() if key in INDICATORS}
    for fact, indicator in EITHER_WAY.items():
        numbers = [number for number, key in keys.items() if key == fact]
        if indicator not in keys.values():
            below = [number for number in numbers if _below(paths[number], DEPRIVATION_PARENTS)]
            beside = [number for number in numbers if _beside(number, keys)]
            chosen = below or (beside if len(sure) >= SURE_COLUMNS else [])
            if chosen:
                keys[chosen[-1]] = indicator
                numbers.remove(chosen[-1])
        for number in numbers[1:]:
            del keys[number]


def _beside(number: int, keys: dict[int, str]) -> bool:
    kin = {*INDICATORS, *EITHER_WAY}
    return keys.get(number - 1) in kin or keys.get(number + 1) in kin
