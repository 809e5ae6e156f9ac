"""The one door of the room: blocks and head of a plan in, its numbers and their defects out."""

from __future__ import annotations

from collections.abc import Sequence

from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.numbers.checks import rates, sums, words
from chungtay.plans.reading.numbers.money import once_each, read_money
from chungtay.plans.reading.numbers.money_tables import read_money_tables
from chungtay.plans.reading.numbers.named import read_households
from chungtay.plans.reading.numbers.plain import passages_of, sentences_of
from chungtay.plans.reading.numbers.rows import Numbers
from chungtay.plans.reading.numbers.tables import read_tables
from chungtay.plans.reading.numbers.targets import once, read_targets
from chungtay.plans.reading.shapes import Finding, Head

TEXT = frozenset({"paragraph", "bullet", "heading", "row"})
COUNTED = (TEXT | {"annex"}) - {"row"}


def read_numbers(blocks: Sequence[Block], head: Head) -> Numbers:
    """The targets, money, named households and numeric defects of a plan."""
    passages = passages_of(blocks)
    everything = sentences_of(passages)
    text = [one for one in everything if one.kind in TEXT]
    basis = [one for one in everything if one.kind == "basis"]
    about = " ".join(part for part in (head.subject, head.authority, head.place) if part)
    counted = [one for one in everything if one.kind in COUNTED]
    reading = read_targets(counted, head.year, about.lower())
    targets = once([*reading.rows, *read_tables(blocks, head.year)])
    ledger = read_money(text)
    tables = [*read_money_tables(blocks)]
    money = once_each([*ledger.rows, *(row for rows, _wholes in tables for row in rows)])
    households = read_households(text)
    totals = [(total, sentence.said) for total, sentence in reading.totals]
    findings: list[Finding] = [
        *rates.of_targets(targets, totals),
        *words.of_names(targets, households),
        *sums.of_money(ledger.rows, ledger.wholes, text, head.year),
        *sums.of_tables(tables),
        *words.of_base(basis, targets),
        *words.of_promise(text, targets),
        *words.of_place(text, about),
        *words.of_headings(blocks),
    ]
    return Numbers(tuple(targets), tuple(money), tuple(households), tuple(findings))
