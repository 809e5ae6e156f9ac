"""The numbers of a plan against its structure: dates, legal bases, who answers for what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from chungtay.plans.reading.numbers.rows import ERROR, REDUCTION, WARNING, Numbers
from chungtay.plans.reading.shapes import Deadline, Finding, NamedPaper, Structure
from chungtay.rulebook.schema import Document
from chungtay.rulebook.wording import Sentence

WHOLE_DAY = len("2024-06-01")
PAPER_NUMBER = re.compile(r"\d+/(?:\d{4}/)?[A-ZĐ][\w-]*")


def of_structure(
    structure: Structure, numbers: Numbers, documents: Mapping[str, Document]
) -> Iterator[Finding]:
    """Deadlines, bases, duties and targets that do not go with each other."""
    head = structure.head
    yield from _deadlines(structure.deadlines, head.date, head.year)
    yield from _bases(structure.legal_bases, head.date, head.year, documents)
    for one in structure.assignments:
        if one.duties and not one.offices:
            said = Sentence("Mục {number} giao việc mà chưa ghi giao cho ai.", number=one.number)
            yield Finding("duty_without_office", WARNING, said, one.duties[0].text)
    promised = [row for row in numbers.targets if row.kind == REDUCTION]
    if promised and not any(one.offices for one in structure.assignments):
        said = Sentence("Kế hoạch có chỉ tiêu nhưng không giao cho ai chịu trách nhiệm.")
        yield Finding("target_without_office", WARNING, said, promised[0].text)


def _deadlines(
    deadlines: Iterable[Deadline], issued: str | None, year: int | None
) -> Iterator[Finding]:
    for one in deadlines:
        if not one.date or one.comparator == "from":
            continue
        if issued and _before(one.date, issued):
            said = Sentence(
                "Hạn {day} đứng trước ngày ban hành {issued}; hãy xem lại ngày.",
                day=_written(one.date),
                issued=_written(issued),
            )
            yield Finding("deadline_before_plan", WARNING, said, one.text)
        elif year and one.date[:4].isdecimal() and int(one.date[:4]) > year and not one.recurrence:
            said = Sentence(
                "Hạn {day} ở sau năm {year} của kế hoạch; hãy xem lại ngày.",
                day=_written(one.date),
                year=year,
            )
            yield Finding("deadline_after_year", WARNING, said, one.text)


def _bases(
    papers: Iterable[NamedPaper], issued: str | None, year: int | None,
    documents: Mapping[str, Document],
) -> Iterator[Finding]:  # fmt: skip
    known = {paper_number(document.number): document for document in documents.values()}
    for paper in papers:
        if paper.date and issued and _before(issued, paper.date):
            said = Sentence(
                "Văn bản {number} đề ngày {day}, sau ngày ban hành kế hoạch; hãy xem lại.",
                number=paper.number or paper.kind,
                day=_written(paper.date),
            )
            yield Finding("basis_after_plan", ERROR, said, paper.text)
        document = known.get(paper_number(paper.number or "")) if paper.number else None
        on = issued or (str(year) if year else None)
        if document is not None and on and not in_force(document, on):
            said = Sentence(
                "Văn bản {number} không có hiệu lực vào {day}; hãy thay bằng văn bản đang có "
                "hiệu lực.",
                number=document.number,
                day=_written(on),
            )
            yield Finding("basis_not_in_force", WARNING, said, paper.text)


def paper_number(said: str) -> str:
    """The number of a paper without its kind: "07/2021/NĐ-CP"; empty where none is said."""
    found = PAPER_NUMBER.search(said)
    return found[0].upper() if found else ""


def in_force(document: Document, on: str) -> bool:
    """Whether a paper holds on a day, month or year; what is not known of it counts as holding."""
    begun = document.in_force_from or document.issued
    if begun is not None and _before(on, begun.isoformat()):
        return False
    ended: date | None = document.in_force_to
    return ended is None or not _before(ended.isoformat(), on)


def _before(one: str, other: str) -> bool:
    """Whether a date lies before another, as far as both are known."""
    both = min(len(one), len(other))
    return one[:both] < other[:both]


def _written(on: str) -> str:
    return "/".join(reversed(on.split("-")))
