"""The answer of a preview as the command line prints it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chungtay.rulebook.wording import Sentence, catalogued
from chungtay.sync.proposals import Preview, Proposal
from chungtay.sync.reading.messages import Message


def answer_of(preview: Preview) -> dict[str, Any]:
    """Counts and, per outcome, one line for each household or message: row, column, message."""
    by_outcome: dict[str, list[Proposal]] = {}
    for proposal in preview.proposals:
        by_outcome.setdefault(proposal.outcome, []).append(proposal)
    return {
        "counts": preview.counts(),
        "added": [_line(one, _added(one)) for one in by_outcome.get("added", ())],
        "changed": [
            {"row": change.row, "column": "", "message": f"{one.head_name}: {change}"}
            for one in by_outcome.get("changed", ())
            for change in one.changes
        ],
        "unchanged": [_line(one, one.head_name) for one in by_outcome.get("unchanged", ())],
        "doubtful": [
            *map(_said, preview.new_villages),
            *_messages(by_outcome.get("doubtful", ()), "doubtful"),
        ],
        "refused": list(_messages(by_outcome.get("refused", ()), "refused")),
        "notes": [*map(_said, preview.notes)],
        "unmapped": [
            {"village": one.name, "commune": one.commune, "households": one.households}
            for one in preview.unmapped
        ],
    }


def _line(proposal: Proposal, text: str) -> dict[str, Any]:
    return {"row": proposal.draft.row, "column": "", "message": text}


def _added(proposal: Proposal) -> str:
    place = (
        proposal.village.name
        if proposal.village
        else proposal.new_village or catalogued("chưa rõ thôn")
    )
    text = "Hộ {name}, {place}, {count} người"
    count = len(proposal.draft.members)
    return str(Sentence(text, name=proposal.head_name, place=place, count=count))


def _messages(proposals: Iterable[Proposal], severity: str) -> Iterable[dict[str, Any]]:
    for proposal in proposals:
        yield from (_said(one) for one in proposal.messages if one.severity == severity)


def _said(message: Message) -> dict[str, Any]:
    return {"row": message.row, "column": message.column or "", "message": str(message.sentence)}
