"""The wording of a plan that was read, in the shape a plan keeps it: every word stays."""

from __future__ import annotations

import re
from typing import Any

from chungtay.places.models import Unit
from chungtay.plans.reading.offers import Line, Offer, Offered
from chungtay.plans.staged.queries import Read
from chungtay.rulebook.folding import tidy

DEEPEST = 3
BRACES = re.compile(r"\{\{|\}\}")
DATE_WHOLE = re.compile(r"\d{4}-\d\d-\d\d")
CLOSING = re.compile(r"\s*\.?/\.?\s*$")
LABEL = re.compile(r"(\S+?)[.)]\s+(.*)", re.DOTALL)
IN_TEXT = frozenset({"paragraph", "bullet", "row", "annex"})


def content_of(read: Offered, data: list[Read], unit: Unit, year: int) -> dict[str, Any]:
    """Head, bases, sections, signature and recipients of a plan, ready to be kept and printed."""
    by_group: dict[str, list[dict[str, Any]]] = {}
    for one in data:
        by_group.setdefault(one.row.group, []).append(one.values)
    head = next(iter(by_group.get("head", [])), {})
    return {
        "head": _head(head, unit),
        "issued": _issued(head.get("date") or "", year),
        "wording": {
            "title": "Kế hoạch",
            "subject": _plain(head.get("subject") or ""),
            "lead_in": _plain(read.lead_in or head.get("subject") or ""),
        },
        "legal_bases": [{"text": _plain(one)} for one in _bases(read, data)],
        "sections": _sections(read.lines, read.lead_in),
        "signature": _signature(next(iter(by_group.get("signature", [])), {})),
        "recipients": {"lines": [_recipient(one) for one in by_group.get("recipient", [])]},
        "values": {},
    }


def _head(head: dict[str, Any], unit: Unit) -> dict[str, Any]:
    number, _sep, symbol = (head.get("number") or "").partition("/")
    above = unit.parent
    authority = head.get("authority") or f"UBND {unit.name}"
    found = {
        "superior_authority": [f"UBND {above.name}".upper()] if above else [],
        "issuing_authority": [authority.upper()],
        "symbol": symbol or head.get("symbol") or "KH-UBND",
        "place": head.get("place") or unit.name,
    }
    return found | ({"number": number} if number else {})


def _issued(said: str, year: int) -> dict[str, Any]:
    if DATE_WHOLE.fullmatch(said):
        return {"year": int(said[:4]), "date": said}
    if len(said) >= len("2024-06"):
        return {"year": int(said[:4]), "month": int(said[5:7])}
    return {"year": int(said[:4]) if said else year}


def _signature(signed: dict[str, Any]) -> dict[str, Any]:
    above = [signed["on_behalf"]] if signed.get("on_behalf") else []
    found = {"on_behalf": above, "position": signed.get("position") or ""}
    return found | ({"name": signed["name"]} if signed.get("name") else {})


def _recipient(values: dict[str, Any]) -> str:
    return f"{values['name']} ({values['note']})" if values.get("note") else str(values["name"])


def _bases(read: Offered, data: list[Read]) -> list[str]:
    """The bases as their lines say them; a line where something was changed by its data."""
    bases = [one for one in data if one.row.group == "basis"]
    said: list[str] = []
    end = 0
    for line in read.lines:
        start, end = end, end + len(line.text) + 1
        inside = [
            one for one in bases if one.row.start is not None and start <= one.row.start < end
        ]
        offered = [one for one in read.offers if one.group == "basis" and _within(one, start, end)]
        whole = len(inside) == len(offered) and not any(one.corrected for one in inside)
        said += [line.text] if whole and inside else [str(one.values["text"]) for one in inside]
    said += [str(one.values["text"]) for one in bases if one.row.start is None]
    return list(dict.fromkeys(said))


def _within(offer: Offer, start: int, end: int) -> bool:
    return offer.start is not None and start <= offer.start < end


def _sections(lines: list[Line], lead_in: str) -> list[dict[str, Any]]:
    """The headings with what stands beneath them; deeper ones stand as paragraphs."""
    made: list[dict[str, Any]] = []
    begun = False
    for at, line in enumerate(lines):
        begun = begun or line.kind == "heading"
        runs_in = at + 1 < len(lines) and lines[at + 1].goes_on
        if line.kind == "heading" and line.level <= DEEPEST:
            made.append(_section(line, made[-1]["level"] if made else 0, runs_in))
        elif line.kind in IN_TEXT or line.kind == "heading":
            if not begun and line.text in lead_in:
                continue
            if not made:
                made.append({"level": 1, "number": "", "title": "", "paragraphs": []})
            _grow(made[-1]["paragraphs"], line, lines[at - 1] if at else line)
    return made


def _section(line: Line, above: int, runs_in: bool) -> dict[str, Any]:
    number, title = _labelled(line.text)
    level = min(line.level, above + 1)
    made = {"level": level, "number": number, "title": _plain(title), "paragraphs": []}
    return made | ({"run_in": True} if runs_in else {})


def _grow(paragraphs: list[dict[str, str]], line: Line, before: Line) -> None:
    """A paragraph more; what went on behind a heading too deep to be one goes on behind it."""
    paragraph = _paragraph(line)
    if line.goes_on and before.level > DEEPEST and paragraphs:
        paragraphs[-1]["text"] = f"{paragraphs[-1]['text'].rstrip(' :')}: {paragraph['text']}"
    else:
        paragraphs.append(paragraph)


def _labelled(text: str) -> tuple[str, str]:
    found = LABEL.fullmatch(text)
    return (found[1], found[2].rstrip(" :")) if found else ("", text.rstrip(" :"))


def _paragraph(line: Line) -> dict[str, str]:
    dash = line.kind == "bullet" and line.text.startswith("- ")
    text = line.text.removeprefix("- ") if dash else line.text
    return {"kind": "dash" if dash else "text", "text": _plain(CLOSING.sub(".", text))}


def _plain(text: str) -> str:
    """Text that holds no live number and no mark of italics of its own."""
    return tidy(BRACES.sub(" ", text))
