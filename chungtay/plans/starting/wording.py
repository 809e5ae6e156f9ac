"""The wording of last year's plan as the new year's begins with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan
from chungtay.plans.reading.numbers.checks.structure import (
    PAPER_NUMBER,
    in_force,
    paper_number,
)
from chungtay.plans.starting.days import moved_in_text, names_year, renamed_year
from chungtay.plans.starting.notes import Notes
from chungtay.plans.starting.tokens import with_live_numbers
from chungtay.plans.tokens import TOKEN, sentences_of, texts_of
from chungtay.plans.values import BLANK, numbers_of
from chungtay.rulebook.loading import law
from chungtay.rulebook.schema import Document
from chungtay.rulebook.wording import Sentence, vi_date

EXCERPT = 90
IN_NAMES = ("title", "subject", "lead_in")


def carried_content(
    source: Plan, made: Plan, cells: Cells, dues: Iterable[str], on: date, notes: Notes
) -> dict[str, Any]:
    """Every sentence of the source, its counts live, its deadlines moved; ``on``: the new day."""
    before = Cells.of(source)
    content: dict[str, Any] = deepcopy(source.content)
    moved = list(dues)
    years = made.year - source.year
    content["head"] = _head(source, made)
    content["issued"] = {"year": made.year}
    wording = content.get("wording", {})
    for name in IN_NAMES:
        wording[name] = renamed_year(wording.get(name, ""), source.year, made.year)
    content["legal_bases"] = _bases(content, on, notes)
    for section in content.get("sections", ()):
        section["title"] = renamed_year(section.get("title", ""), source.year, made.year)
        for paragraph in section.get("paragraphs", ()):
            text = with_live_numbers(paragraph["text"], before)
            for due in moved:
                text = moved_in_text(text, due, years)
            paragraph["text"] = text
    content.get("signature", {}).pop("name", None)
    _say_promised_in_words(content, source, notes)
    content["values"] = _blanks(content, cells) | content.get("values", {})
    return content


def old_sentences(plan: Plan, year: int) -> list[Sentence]:
    """The sentences of a plan that still name the year it was begun from."""
    places = [(Sentence("Căn cứ"), one["text"]) for one in plan.content.get("legal_bases", ())] + [
        (Sentence("Mục {section}", section=place), text)
        for place, text in sentences_of(plan.content)
    ]
    return [
        Sentence(
            "{place} còn nói năm {year}: “{words}”. Hãy xem lại câu này.",
            place=place,
            year=str(year),
            words=_excerpt(text, str(year)),
        )
        for place, text in places
        if names_year(text, year)
    ]


def not_in_force(text: str, on: date) -> list[Document]:
    """The documents a legal basis names that do not hold on a day; what is not known holds."""
    known = {paper_number(one.number): one for one in law().documents.values()}
    named = (known.get(found.upper()) for found in PAPER_NUMBER.findall(text))
    return [one for one in named if one is not None and not in_force(one, on.isoformat())]


def falls_away(text: str, on: date) -> bool:
    """Whether a basis names nothing that holds on a day."""
    ended = not_in_force(text, on)
    return bool(ended) and len(set(PAPER_NUMBER.findall(text))) == len(ended)


def _head(source: Plan, made: Plan) -> dict[str, Any]:
    """Without its number; another place's names where the place was taken over."""
    head = {key: one for key, one in source.content.get("head", {}).items() if key != "number"}
    if made.unit_id == source.unit_id:
        return head
    above = made.unit.parent
    return head | {
        "superior_authority": [f"UBND {above.name}".upper()] if above else [],
        "issuing_authority": [f"UBND {made.unit.name}".upper()],
        "place": made.unit.name,
    }


def _bases(content: Mapping[str, Any], on: date, notes: Notes) -> list[Any]:
    """The bases that still hold; one that names nothing else than a law out of force is left."""
    kept = []
    for basis in content.get("legal_bases", ()):
        ended, alone = not_in_force(basis["text"], on), falls_away(basis["text"], on)
        if not alone:
            kept.append(basis)
        if ended:
            notes.left.append(_said_of_basis(basis["text"], ended[0], on, alone=alone))
    return kept


def _said_of_basis(text: str, document: Document, on: date, *, alone: bool) -> Sentence:
    said = {"number": document.number, "day": vi_date(on), "words": _excerpt(text, "")}
    if alone:
        return Sentence(
            "Căn cứ “{words}” không mang sang, vì {number} không còn hiệu lực ngày {day}. Hãy thay "
            "bằng văn bản đang có hiệu lực.",
            **said,
        )
    return Sentence(
        "Căn cứ “{words}” có {number} không còn hiệu lực ngày {day}. Hãy sửa câu này.", **said
    )


def _say_promised_in_words(content: Mapping[str, Any], source: Plan, notes: Notes) -> None:
    """A number last year's sentences promised themselves stays, and is named to be looked at."""
    promised = content.get("values", {})
    for place, text in sentences_of(content):
        for name in dict.fromkeys(TOKEN.findall(text)):
            if promised.get(name, BLANK) != BLANK:
                notes.left.append(
                    Sentence(
                        "Mục {place} giữ số “{value}” mà lời văn năm {year} đã hứa. Hãy xem số ấy "
                        "còn đúng không.",
                        place=place,
                        value=promised[name],
                        year=str(source.year),
                    )
                )


def _blanks(content: Mapping[str, Any], cells: Cells) -> dict[str, str]:
    """The live numbers the sentences ask for and the new plan does not have: blanks to fill."""
    asked = {name for text in texts_of(content) for name in TOKEN.findall(text)}
    return dict.fromkeys(sorted(asked - {"year"} - set(numbers_of(cells))), BLANK)


def _excerpt(text: str, around: str) -> str:
    """The words around a place of a sentence, live numbers as blanks."""
    said = TOKEN.sub(BLANK, text)
    if len(said) <= EXCERPT:
        return said.rstrip(" .;")
    start = max(0, said.find(around) - EXCERPT // 2)
    cut = re.sub(r"^\S*\s", "", said[start:]) if start else said
    tail = "…" if len(cut) > EXCERPT else ""
    head = "…" if start else ""
    return f"{head}{cut[:EXCERPT].rsplit(' ', 1)[0].rstrip(' .,;')}{tail}"
