"""Money against money: parts and their whole, lines and the total, caps, sources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chungtay.plans.reading.numbers.amounts import spelled_otherwise
from chungtay.plans.reading.numbers.plain import Sentence as Said
from chungtay.plans.reading.numbers.plain import flatten
from chungtay.plans.reading.numbers.rows import (
    ALLOCATED,
    ASSIGNED,
    ERROR,
    INVESTMENT,
    RECURRENT,
    TOTAL,
    WARNING,
    Money,
)
from chungtay.plans.reading.shapes import Finding, Severity
from chungtay.rulebook.wording import Sentence, vi_int

PAST_YEAR = re.compile(r"\bnam (\d{4})\b")
CAPITALS = {INVESTMENT, RECURRENT}


def of_money(
    rows: Sequence[Money],
    wholes: Sequence[tuple[Money, list[Money]]],
    sentences: Sequence[Said],
    year: int | None,
) -> Iterator[Finding]:
    """Every contradiction among the amounts of a plan."""
    for whole, parts in wholes:
        yield from _parts(whole, parts)
    yield from _lines(rows, wholes, sentences)
    yield from _caps(rows)
    for sentence in sentences:
        yield from _spelled(sentence)
    spent = {one.at for one in sentences if _is_past(one, year)}
    yield from _sourceless([row for row in rows if row.at not in spent], wholes)


def of_tables(
    tables: Sequence[tuple[Sequence[Money], Sequence[tuple[Money, list[Money]]]]],
) -> Iterator[Finding]:
    """What does not add up within a table of money, and caps it exceeds."""
    for rows, wholes in tables:
        for whole, parts in wholes:
            yield from _parts(whole, parts)
        yield from _caps(rows)


def _is_past(sentence: Said, year: int | None) -> bool:
    """Whether a sentence, or the heading above it, reports on a year gone by."""
    words = " ".join((*map(flatten, sentence.headings), sentence.flat))
    years = [int(said) for said in PAST_YEAR.findall(words)]
    return bool(year and years and max(years) < year)


def _parts(whole: Money, parts: list[Money]) -> Iterator[Finding]:
    if any(one.amount_to_vnd is not None for one in (whole, *parts)):
        yield from _spans(whole, parts)
        return
    together = sum(part.amount_vnd for part in parts)
    if not parts or together == whole.amount_vnd or _two_ways(whole, parts):
        return
    complete = {part.capital for part in parts} == CAPITALS and len(parts) == len(CAPITALS)
    if together > whole.amount_vnd or complete:
        yield _unequal("money_parts_do_not_add_up", ERROR, whole, together)
    elif len(parts) > 1:
        yield _unequal("money_parts_do_not_add_up", WARNING, whole, together)


def _spans(whole: Money, parts: list[Money]) -> Iterator[Finding]:
    """Where spans of money stand: only what no amount within them can satisfy."""
    least = sum(part.amount_vnd for part in parts)
    if least > whole.most_vnd:
        yield _unequal(
            "money_parts_do_not_add_up", ERROR, replace(whole, amount_vnd=whole.most_vnd), least
        )


def _two_ways(whole: Money, parts: list[Money]) -> bool:
    """Whether the parts are one whole parted twice, say by capital and then by source."""
    together = 0
    for part in parts:
        together += part.amount_vnd
        if together == whole.amount_vnd:
            together = 0
    return together == 0


def _unequal(code: str, severity: Severity, whole: Money, together: int) -> Finding:
    said = Sentence(
        "Tổng ghi {whole} đồng, các phần cộng lại {parts} đồng, chênh {difference} đồng; "
        "hãy xem lại từng số.",
        whole=vi_int(whole.amount_vnd),
        parts=vi_int(together),
        difference=vi_int(abs(whole.amount_vnd - together)),
    )
    return Finding(code, severity, said, whole.text)


def _lines(
    rows: Sequence[Money], wholes: Sequence[tuple[Money, list[Money]]], sentences: Sequence[Said]
) -> Iterator[Finding]:
    """Amounts under sibling headings against the total of the plan, stated elsewhere."""
    sections = {sentence.at: sentence.section for sentence in sentences}
    in_parts = {id(part) for _whole, parts in wholes for part in parts}
    families: dict[tuple[str, ...], list[Money]] = defaultdict(list)
    for row in rows:
        section = sections.get(row.at, ())
        if id(row) not in in_parts and len(section) > 1:
            families[section[:-1]].append(row)
    totals = [whole for whole, parts in wholes if len(parts) > 1 and whole.role == TOTAL]
    for parent, lines in families.items():
        own = [total for total in totals if sections.get(total.at, ())[: len(parent)] != parent]
        seen = {sections[line.at] for line in lines}
        spans = any(one.amount_to_vnd is not None for one in (*lines, *own))
        if spans or len(lines) < 2 or len(seen) < len(lines) or len(own) != 1:
            continue
        together = sum(line.amount_vnd for line in lines)
        if together != own[0].amount_vnd:
            grave: Severity = ERROR if together > own[0].amount_vnd else WARNING
            yield _unequal("money_lines_do_not_add_up", grave, own[0], together)


def _caps(rows: Sequence[Money]) -> Iterator[Finding]:
    for row in rows:
        count = row.households if row.households is not None else row.quantity
        cap = row.cap_per_household_vnd
        if cap is not None and count and row.amount_vnd > cap * count:
            said = Sentence(
                "{amount} đồng cho {count} hộ vượt mức {cap} đồng mỗi hộ; hãy xem lại.",
                amount=vi_int(row.amount_vnd),
                count=vi_int(count),
                cap=vi_int(cap),
            )
            yield Finding("money_above_cap", ERROR, said, row.text)


def _spelled(sentence: Said) -> Iterator[Finding]:
    for digits, words in spelled_otherwise(sentence):
        said = Sentence(
            "Viết bằng số là {digits} đồng, bằng chữ là {words} đồng; hãy xem lại.",
            digits=vi_int(digits),
            words=vi_int(words),
        )
        yield Finding("money_words_differ", ERROR, said, sentence.said)


def _sourceless(
    rows: Sequence[Money], wholes: Sequence[tuple[Money, list[Money]]]
) -> Iterator[Finding]:
    """Money that nobody has given yet, and no words say where it is to come from."""
    kin: dict[object, bool] = {}
    for whole, parts in wholes:
        told = any(one.source for one in (whole, *parts))
        for one in (whole, *parts):
            kin[one.at, one.amount_vnd] = kin.get((one.at, one.amount_vnd), False) or told
    for row in rows:
        told = bool(row.source) or kin.get((row.at, row.amount_vnd), False)
        if not told and row.stage not in {ASSIGNED, ALLOCATED}:
            said = Sentence(
                "{amount} đồng chưa ghi lấy từ nguồn nào; hãy ghi nguồn kinh phí.",
                amount=vi_int(row.amount_vnd),
            )
            yield Finding("money_without_source", WARNING, said, row.text)
