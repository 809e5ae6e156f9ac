"""The paper of a report: its wording from a data file, its numbers from the frozen tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from chungtay.places.models import Unit
from chungtay.plans.models import Plan
from chungtay.reports.plan_document import Paragraph, PlanDocument, Section, Signature
from chungtay.reports.report_annexes import ROMAN, annexes_of
from chungtay.reports.statements import Figures, Frozen, FrozenResults
from chungtay.reports.tokens import fill_tokens, token_names
from chungtay.rulebook.loading import law, result_tables
from chungtay.rulebook.poverty_flows import COLUMNS, Flow
from chungtay.rulebook.wording import official_count, vi_date, vi_percent

FILE = Path(__file__).parent / "report_wording.toml"
SYMBOL = "BC-UBND"
CLASSES = {"poor": "poor_movement", "near_poor": "near_poor_movement"}
EMPTY = frozenset({"", official_count(0)})


class WordedParagraph(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence with tokens, or what was typed; printed on a condition."""

    text: str = ""
    typed: Literal["", "remarks", "difficulties"] = ""
    when: str = ""
    unless: str = ""


class WordedSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the report; left out where none of its paragraphs is printed."""

    title: str
    paragraphs: tuple[WordedParagraph, ...]


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything the paper says around its numbers."""

    title: str
    subject: str
    lead_in: str
    closing: str
    lists: dict[str, tuple[str, ...]]
    sections: tuple[WordedSection, ...]


@cache
def wording() -> Wording:
    """The wording of the data file."""
    return msgspec.toml.decode(FILE.read_bytes(), type=Wording)


@dataclass(frozen=True)
class ReportPaper:
    """What a report's paper is made of."""

    place: Unit
    above: Unit | None
    on: date
    period: str
    frozen: Frozen
    plan: Plan | None = None
    remarks: str = ""
    difficulties: str = ""
    receivers: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The place as it was called then."""
        return self.place.name_on(self.on)


def document_of(paper: ReportPaper) -> PlanDocument:
    """The document to print; TokenError where the wording asks for a value that is not there."""
    words, values = wording(), values_of(paper)
    head = _head(paper)
    return PlanDocument(
        superior_authority=tuple(head["superior_authority"]),
        issuing_authority=tuple(head["issuing_authority"]),
        number=None,
        symbol=SYMBOL,
        place=head["place"],
        year=paper.frozen.closing.year,
        issued_on=None,
        title=fill_tokens(words.title, values),
        subject=fill_tokens(words.subject, values),
        legal_bases=(),
        opening=fill_tokens(words.lead_in, values),
        sections=tuple(_sections(words, paper, values)),
        signature=_signature(paper),
        recipients=(*(paper.receivers or _above(paper)), "Lưu: VT"),
        annexes=annexes_of(paper.frozen, f"Ủy ban nhân dân {_lowered(paper.name)}"),
    )


def values_of(paper: ReportPaper) -> dict[str, str]:
    """Every live value of the text, by the standard that is shown first."""
    frozen = paper.frozen
    results = frozen.results[0] if frozen.results else None
    by_reports = frozen.basis == "reports"
    rows = results.tables[0].rows if results is not None and by_reports else ()
    values = {
        "period": paper.period,
        "place": _lowered(paper.name),
        "authority": f"Ủy ban nhân dân {_lowered(paper.name)}",
        "opening_day": vi_date(frozen.opening),
        "closing_day": vi_date(frozen.closing),
        "standard": law().standard(results.standard).name if results is not None else "",
        "sent": official_count(len(rows)),
        "silent": official_count(len(frozen.silent)),
        "silent_names": ", ".join(frozen.silent),
    }
    for name, table_id in CLASSES.items():
        moved = results.table(table_id) if results is not None else None
        values |= _moved(name, moved.total.figures if moved is not None else {})
        values[f"{name}_rate"] = _rate(results, f"{name}_rate")
    return values | {name: _listed(texts, values) for name, texts in wording().lists.items()}


def _listed(texts: Iterable[str], values: Mapping[str, str]) -> str:
    """The parts that are not nothing, each by its first token."""
    return ", ".join(
        fill_tokens(text, values) for text in texts if values[token_names(text)[0]] not in EMPTY
    )


def _moved(name: str, figures: Figures) -> dict[str, str]:
    flow = Flow(**{one: int(figures.get(one) or 0) for one in COLUMNS})
    counts = {one: getattr(flow, one) for one in COLUMNS}
    counts |= {"gone": flow.gone, "come": flow.come}
    return {f"{name}_{one}": official_count(count) for one, count in counts.items()}


def _rate(results: FrozenResults | None, name: str) -> str:
    whole = next((one.id for one in result_tables().tables if one.kind == "results"), "")
    filled = results.table(whole) if results is not None else None
    found = filled.total.figures.get(name) if filled is not None else None
    return vi_percent(Decimal(found)) if isinstance(found, str) else ""


def _sections(words: Wording, paper: ReportPaper, values: Mapping[str, str]) -> Iterator[Section]:
    found = []
    for section in words.sections:
        texts = [
            text
            for one in section.paragraphs
            if _holds(one, values)
            for text in _texts(one, paper, values)
        ]
        if texts:
            found.append((section.title, texts))
    for number, (title, texts) in zip(ROMAN, found, strict=False):
        yield Section(1, number, title, tuple(Paragraph("text", text) for text in texts))
    yield Section(1, "", "", (Paragraph("text", fill_tokens(words.closing, values)),))


def _holds(one: WordedParagraph, values: Mapping[str, str]) -> bool:
    if one.when and values[one.when] in EMPTY:
        return False
    return not (one.unless and values[one.unless] not in EMPTY)


def _texts(one: WordedParagraph, paper: ReportPaper, values: Mapping[str, str]) -> list[str]:
    if not one.typed:
        return [fill_tokens(one.text, values)]
    typed = paper.remarks if one.typed == "remarks" else paper.difficulties
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _head(paper: ReportPaper) -> Mapping[str, Any]:
    """The head of the place's plan, else one of its name and that of the unit above."""
    kept = paper.plan.content.get("head") if paper.plan is not None else None
    if kept:
        return {"superior_authority": [], "place": "", **kept}
    naming = paper.place.naming_on(paper.on)
    short = naming.name
    if short.casefold().startswith(naming.kind.casefold() + " "):
        short = short[len(naming.kind) + 1 :]
    return {
        "superior_authority": [name.replace("Ủy ban nhân dân", "UBND") for name in _above(paper)],
        "issuing_authority": ["Ủy ban nhân dân", naming.name],
        "place": short,
    }


def _above(paper: ReportPaper) -> tuple[str, ...]:
    above = paper.above
    return (f"Ủy ban nhân dân {_lowered(above.name_on(paper.on))}",) if above is not None else ()


def _lowered(name: str) -> str:
    """A unit's name within a sentence: "Xã Quang Trung" -> "xã Quang Trung"."""
    return name[:1].lower() + name[1:]


def _signature(paper: ReportPaper) -> Signature:
    kept = paper.plan.content.get("signature") if paper.plan is not None else None
    if kept:
        return msgspec.convert(kept, type=Signature)
    return Signature(("TM. Ủy ban nhân dân",), "Chủ tịch")
