"""Wrapped lines become paragraphs again: what the width of a page broke is joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from chungtay.plans.reading.marks import (
    BOLD_LINE,
    HASHES,
    PAGE,
    RULE,
    SECOND_HALVES,
    Label,
    is_annex,
    is_basis,
    is_name,
    is_recipients,
    is_signature,
    is_title,
    label_of,
    unmarked,
    without_bullet,
)
from chungtay.rulebook.folding import fold, tidy

ENDED = re.compile(r"[.!?:;…][\"”’')\]]*$|/\.?$")
COLUMNS = re.compile(r"\s{3,}|\t+")
RIGHT_COLUMN = re.compile(
    r"cong hoa xa hoi|doc lap|dang cong san|.{0,40}ngay\b.{0,12}thang\b|mat tran"
)
CELLS = re.compile(r"\s*\|(.*\|)\s*")
OPENING = "\"'“‘(["
FEWEST_WRAPPED = 3
BROKEN_SHARE = 12  # in a wrapped text one line in so many begins within a sentence
WIDEST = 160
FULL = 0.8
BLANK_DATE = re.compile(r"ng[àa]y[\s.…_]*th[áa]ng")


@dataclass(frozen=True)
class Paragraph:
    """One logical paragraph with what its first line began with."""

    line: int
    text: str
    label: Label | None = None
    bullet: bool = False
    strong: bool = False  # marked as a heading, or bold as a whole
    cells: tuple[str, ...] = ()
    gap: bool = True
    last: str = ""  # its last line as it stood, to judge whether the page broke it
    sign: str = ""  # the sign of a bullet
    hashes: int = 0


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text, wrapped lines joined, bullets and numbered items kept apart."""
    lines = _without_needless_gaps(list(_lines(unicodedata.normalize("NFC", text))))
    width = _width(lines)
    kept: list[Paragraph] = []
    aside: list[Paragraph] = []
    for line in lines:
        if kept and PAGE.fullmatch(line.text) and not line.cells and not _ended(kept[-1].text):
            aside.append(line)  # the number of a page stands between two halves of a sentence
            continue
        if kept and _joins(kept[-1], line, width):
            kept[-1] = _joined(kept[-1], line)
        else:
            kept += [*aside, line]
            aside = []
    return kept + aside


def _lines(text: str) -> Iterator[Paragraph]:
    gap = True
    for number, raw in enumerate(text.splitlines(), start=1):
        if RULE.fullmatch(raw):
            gap = True
            continue
        for at, part in enumerate(_columns(raw)):
            line = _line(number, part, gap or at > 0)
            if line.text or line.label or line.cells:
                yield line
                gap = False


def _columns(raw: str) -> list[str]:
    """The halves of a line that two columns share, as at a paper's head and foot."""
    parts = [part for part in COLUMNS.split(raw.strip()) if part.strip()]
    if len(parts) < 2 or BLANK_DATE.search(raw):
        return [raw]
    right = " ".join(parts[1:])
    if RIGHT_COLUMN.match(fold(right)) or (is_signature(parts[-1]) and len(parts[0]) < 70):
        return [parts[0], right] if len(parts) == 2 else [" ".join(parts[:-1]), parts[-1]]
    if len(parts) == 2 and without_bullet(parts[0])[0] and is_name(parts[1]):
        return parts  # the signer's name stands beside the last recipients
    return [raw]


def _line(number: int, raw: str, gap: bool) -> Paragraph:
    row = CELLS.fullmatch(raw)
    if row is not None:
        cells = tuple(unmarked(cell) for cell in row[1].split("|")[:-1])
        return Paragraph(number, " | ".join(cells).strip(), cells=cells, gap=gap, last=raw)
    hashes = HASHES.match(raw)
    strong = bool(hashes) or bool(BOLD_LINE.fullmatch(raw.strip()))
    bullet, rest = without_bullet(tidy(HASHES.sub("", raw, count=1)))
    said = unmarked(rest)
    if not bullet:
        bullet, said = without_bullet(said)
    label, behind = (None, said) if bullet else label_of(said)
    if label is None:
        behind = said
    sign = tidy(raw).lstrip("#* ")[:1] if bullet else ""
    depth = len(hashes[1]) if hashes else 0
    return Paragraph(number, behind, label, bullet, strong, (), gap, raw.strip(), sign, depth)


def _without_needless_gaps(lines: list[Paragraph]) -> list[Paragraph]:
    """A text with an empty line after every line says nothing by them."""
    gaps = sum(line.gap for line in lines)
    broken = sum(
        below.text[:1].islower() and below.label is None and not _ended(line.text)
        for line, below in pairwise(lines)
    )
    if gaps * 20 > len(lines) * 19 and broken > len(lines) // BROKEN_SHARE + FEWEST_WRAPPED:
        return [replace(line, gap=False) for line in lines]
    return lines


def _width(lines: list[Paragraph]) -> int:
    """The width a page broke its lines at; 0 where every line is a paragraph of its own."""
    broken = [
        len(one.last)
        for one, next_one in pairwise(lines)
        if not next_one.gap
        and next_one.label is None
        and not next_one.bullet
        and next_one.text[:1].islower()
        and not _ended(one.text)
    ]
    if len(broken) < max(FEWEST_WRAPPED, len(lines) // BROKEN_SHARE):
        return 0
    usual = sorted(broken)[int(len(broken) * 0.9)]
    return usual if usual <= WIDEST else 0


def _ended(text: str) -> bool:
    return bool(ENDED.search(text))


def _joins(above: Paragraph, line: Paragraph, width: int) -> bool:
    if above.cells or line.cells or line.hashes:
        return False
    if above.label is not None and not above.text:  # its number stands on a line of its own
        return line.label is None and not line.bullet
    if _opens(line) or _stands_alone(above):
        return False
    full = bool(width) and not line.gap and _is_full(above, line, width)
    if line.bullet or line.label is not None:
        return full and not _ended(above.text) and _by_chance(above, line)
    first = line.text.lstrip(OPENING)[:1]
    if not first or first.islower():
        return not line.gap or not _ended(above.text)
    if first.isdecimal():
        return not line.gap and not _ended(above.text) and (full or len(above.last) > 40)
    if above.label is not None and above.text.isupper() and line.text.isupper():
        return not line.gap and not _ended(above.text)
    return full


def _opens(line: Paragraph) -> bool:
    """Whether a line begins something of its own, whatever stands above it."""
    said = line.text
    if line.label is not None or line.bullet:
        return False
    return (
        (is_title(said) and said.isupper())
        or is_recipients(said)
        or is_signature(said)
        or (is_annex(said) and said[:3].isupper())
        or (said[:1].isupper() and is_basis(said) and fold(said).startswith("can cu"))
    )


def _stands_alone(above: Paragraph) -> bool:
    said = above.text
    if above.label is not None or above.bullet:
        return False
    return is_title(said) or is_recipients(said) or is_signature(said)


def _is_full(above: Paragraph, line: Paragraph, width: int) -> bool:
    """Whether the next word would not have fitted on the line above."""
    word = line.last.split(" ", 1)[0]
    return len(above.last) >= width * FULL or len(above.last) + 1 + len(word) > width


def _by_chance(above: Paragraph, line: Paragraph) -> bool:
    """Whether a dash or number stands first only because the page broke there."""
    if _inside_brackets(above.text):
        return True
    if line.bullet:
        halved = line.text[:1].islower() or SECOND_HALVES.match(fold(line.text))
        return line.sign in "-–—" and bool(halved)
    label = line.label
    if label is None or line.strong:
        return False
    return label.kind != "roman" and label.text not in ("1", "a", "A")


def _inside_brackets(text: str) -> bool:
    return text.count("(") > text.count(")")


def _joined(above: Paragraph, line: Paragraph) -> Paragraph:
    broken = line.bullet or line.label is not None
    rest = unmarked(line.last) if broken else line.text
    glue = "" if re.search(r"\w-$", above.text) else " "
    text = f"{above.text}{glue}{rest}" if above.text else rest
    return replace(above, text=text, last=line.last)
