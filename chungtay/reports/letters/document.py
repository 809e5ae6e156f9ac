"""An ordinary paper made of what was typed and what the data say: head, body, tables and foot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan, PlanHousehold
from chungtay.plans.queries import named_households
from chungtay.reports.letters.content import PaperContent, unit_words
from chungtay.reports.letters.kinds import Kind, kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.nominated import nominated
from chungtay.reports.letters.printed import BLANK, LetterDocument
from chungtay.reports.plan_annexes import ORDER, TABLES
from chungtay.reports.plan_document import (
    CLOSING_MARK,
    Annex,
    Block,
    Column,
    PlanDocument,
    Signature,
)
from chungtay.reports.tokens import fill_tokens

Table = tuple[tuple[Column, ...], tuple[tuple[str, ...], ...], tuple[str, ...], str]

MEMBER_PARTS = 3
MEMBER_COLUMNS = (
    ORDER,
    Column("Họ và tên", "text", 28),
    Column("Chức vụ", "text", 38),
    Column("Chức danh trong Ban", "text", 28),
)
HELP_COLUMNS = (
    ORDER,
    Column("Chủ hộ", "text", 22),
    Column("Nơi ở", "text", 16),
    Column("Diện", "middle", 14),
    Column("Hình thức giúp", "text", 21),
    Column("Bên giúp", "text", 21),
)


def document_of(paper: OfficePaper, values: dict[str, str]) -> LetterDocument:
    """A paper with its live values filled in; TokenError names a value that is not there."""
    kind = kinds()[paper.kind]
    content = PaperContent.of(paper.content)
    issuing = _lines(content.issuing)
    return LetterDocument(
        kind=paper.kind,
        paper=PlanDocument(
            superior_authority=_lines(content.superior),
            issuing_authority=issuing,
            number=paper.number or None,
            symbol=paper.symbol,
            place=content.place,
            year=paper.register_year or paper.year,
            issued_on=paper.issued_on,
            title=kind.title,
            subject=fill_tokens(paper.subject, values),
            legal_bases=_lines(fill_tokens(content.bases, values)),
            opening="",
            sections=(),
            signature=Signature(_lines(content.on_behalf), content.position, content.signer),
            recipients=_lines(content.recipients),
            annexes=_annexes(kind, paper, content, values),
        ),
        blocks=_closed(tuple(_blocks(kind, content, values))),
        addressees=_lines(fill_tokens(content.addressees, values)),
        authority=" ".join(issuing) if kind.authority else "",
        secretary=content.secretary,
    )


def _blocks(kind: Kind, content: PaperContent, values: dict[str, str]) -> Iterator[Block]:
    for field in kind.blocks:
        lines = _lines(fill_tokens(content.blocks.get(field.key, ""), values))
        if lines and field.heading:
            yield Block("heading", "", field.heading)
        for at, line in enumerate(lines):
            yield Block("body", field.lead if at == 0 else "", line)


def _closed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The last paragraph ends with "./."; a paper with no word in it has one blank."""
    if not blocks:
        return (Block("body", "", BLANK),)
    last = blocks[-1]
    return (*blocks[:-1], replace(last, text=last.text.rstrip(" ./;,") + CLOSING_MARK))


def _annexes(
    kind: Kind, paper: OfficePaper, content: PaperContent, values: dict[str, str]
) -> tuple[Annex, ...]:
    made = {
        "parts": lambda: _parts(paper.plan),
        "helps": lambda: _helps(paper.plan, content.households),
        "members": lambda: _members(content.members),
        "nominations": lambda: nominated(paper.unit, paper.year),
    }
    tables = [table for name in kind.tables if (table := made[name]())[1]]
    return tuple(
        Annex(
            label="PHỤ LỤC",
            title=fill_tokens(kind.table_title, values),
            issuer=f"Ủy ban nhân dân {unit_words(paper.unit)}",
            columns=columns,
            rows=rows,
            total=total,
            measure=measure,
        )
        for columns, rows, total, measure in tables
    )


def _parts(plan: Plan | None) -> Table:
    """What each place below carries of the plan's targets."""
    return TABLES["parts"](plan, Cells.of(plan)) if plan else ((), (), (), "")


def _helps(plan: Plan | None, listed: list[int]) -> Table:
    """Who helps which household, of the rows that were chosen and still stand in the plan."""
    named = [row for row in named_households(plan) if row.pk in listed] if plan else []
    rows = tuple(_help_row(number, row) for number, row in enumerate(named, 1))
    return HELP_COLUMNS, rows, (), ""


def _help_row(number: int, row: PlanHousehold) -> tuple[str, ...]:
    village = row.household.village.name if row.household.village else ""
    head = f"{row.salutation} {row.household.head_name}".strip()
    population = PlanHousehold.Population(row.population).label
    helps, helpers = ", ".join(map(str, row.helps)), ", ".join(map(str, row.helpers))
    return str(number), head, village, str(population), helps, helpers


def _members(text: str) -> Table:
    """The members as typed, one a line: name; post; place in the committee."""
    rows = []
    for number, line in enumerate(_lines(text), 1):
        parts = [part.strip() for part in line.split(";", MEMBER_PARTS - 1)]
        rows.append((str(number), *parts, *[""] * (MEMBER_PARTS - len(parts))))
    return MEMBER_COLUMNS, tuple(rows), (), ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
