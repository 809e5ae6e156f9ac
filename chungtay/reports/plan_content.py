"""A plan's written content (the shape of its TOML file) made into the document to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import msgspec

from chungtay.reports.plan_document import Annex, Paragraph, PlanDocument, Section, Signature
from chungtay.reports.tokens import fill_tokens
from chungtay.rulebook.wording import Sentence


@dataclass(frozen=True)
class Head:
    """The two authorities, number, symbol and place at the head of the paper."""

    superior_authority: tuple[str, ...]
    issuing_authority: tuple[str, ...]
    symbol: str
    place: str
    number: str | None = None


@dataclass(frozen=True)
class Issued:
    """The date of issue, None while it is not known, and what of it is printed anyway."""

    year: int
    date: date | None = None
    month: int | None = None


@dataclass(frozen=True)
class Wording:
    """Title, subject and the paragraph that leads in the sections."""

    title: str
    subject: str
    lead_in: str


@dataclass(frozen=True)
class LegalBasis:
    """One line of the legal bases as printed."""

    text: str


@dataclass(frozen=True)
class Recipients:
    """The lines under "Nơi nhận"."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class PlanContent:
    """The printed part of a plan's content; other tables of the file are for other rooms."""

    head: Head
    issued: Issued
    wording: Wording
    sections: tuple[Section, ...]
    signature: Signature
    recipients: Recipients
    legal_bases: tuple[LegalBasis, ...] = field(default=())


class ContentError(ValueError):
    """A plan's content cannot be read: the sentence names the section and the key."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def read_content(raw: Mapping[str, Any]) -> PlanContent:
    """Check a plan's content and give it typed; ContentError names the faulty key."""
    for section in raw.get("sections", ()):
        _refuse_unknown_keys(section, Section, section.get("number"))
        for paragraph in section.get("paragraphs", ()):
            _refuse_unknown_keys(paragraph, Paragraph, section.get("number"))
    try:
        return msgspec.convert(raw, type=PlanContent)
    except msgspec.ValidationError as error:
        raise ContentError(
            Sentence(
                "Nội dung kế hoạch chưa đúng mẫu: {error}. Hãy sửa chỗ được chỉ ra.",
                error=str(error),
            )
        ) from error


def _refuse_unknown_keys(table: Mapping[str, Any], kind: type, number: object) -> None:
    known = {each.name for each in fields(kind)}
    for key in table.keys() - known:
        raise ContentError(
            Sentence(
                "Mục {number} của kế hoạch có khóa lạ “{key}”. Chỉ dùng các khóa: {known}.",
                number=number,
                key=key,
                known=", ".join(sorted(known)),
            )
        )


def build_document(
    content: PlanContent, values: Mapping[str, str], annexes: tuple[Annex, ...] = ()
) -> PlanDocument:
    """Fill every live value into the plan's sentences; TokenError names a missing value."""
    head, wording = content.head, content.wording
    return PlanDocument(
        superior_authority=head.superior_authority,
        issuing_authority=head.issuing_authority,
        number=head.number,
        symbol=head.symbol,
        place=head.place,
        year=content.issued.year,
        issued_on=content.issued.date,
        title=fill_tokens(wording.title, values),
        subject=fill_tokens(wording.subject, values),
        legal_bases=tuple(fill_tokens(basis.text, values) for basis in content.legal_bases),
        opening=fill_tokens(wording.lead_in, values),
        sections=tuple(_filled(section, values) for section in content.sections),
        signature=content.signature,
        recipients=content.recipients.lines,
        month=content.issued.month,
        annexes=annexes,
    )


def _filled(section: Section, values: Mapping[str, str]) -> Section:
    return Section(
        level=section.level,
        number=section.number,
        title=fill_tokens(section.title, values),
        paragraphs=tuple(
            Paragraph(each.kind, fill_tokens(each.text, values)) for each in section.paragraphs
        ),
        run_in=section.run_in,
    )
