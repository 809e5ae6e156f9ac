"""The second step in plain values: what a list would do, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.rulebook.wording import vi_int
from chungtay.sync.differences import class_words
from chungtay.sync.proposals import Preview, Proposal
from chungtay.sync.reading import Message
from chungtay.web.templating import said

SHOWN_AT_FIRST = {"unchanged": 5}
ROWS_AT_FIRST = 20
ROWS_ON_A_PAGE = 200
# Ticks on another page are not sent, so the doubtful ones come on pages as large as a form may be.
DOUBTFUL_ON_A_PAGE = 800


@dataclass(frozen=True)
class SectionKind:
    """One outcome as the page names it."""

    outcome: str
    slug: str
    title: Promise
    tone: str = ""


KINDS = (
    SectionKind("doubtful", "nghi-ngo", gettext_lazy("Nghi ngờ"), "needs"),
    SectionKind("refused", "tu-choi", gettext_lazy("Từ chối"), "danger"),
    SectionKind("changed", "cap-nhat", gettext_lazy("Cập nhật")),
    SectionKind("added", "them-moi", gettext_lazy("Thêm mới")),
    SectionKind("unchanged", "giu-nguyen", gettext_lazy("Giữ nguyên")),
)
KIND_OF_SLUG = {kind.slug: kind for kind in KINDS}
WRITTEN = ("households", "added", "changed", "persons")
COUNT_ORDER = ("added", "changed", "unchanged", "doubtful", "refused")


def counts_of(counts: dict[str, Any], href: str) -> list[dict[str, Any]]:
    """The five numbers that tie with the number read, each a way to its section."""
    kinds = {kind.outcome: kind for kind in KINDS}
    read = {"label": _("hộ đọc được"), "count": counts["read"]}
    return [
        read,
        *(
            {
                "label": kinds[name].title,
                "count": counts[name],
                "tone": kinds[name].tone,
                "href": f"{href}#{kinds[name].slug}" if href else None,
            }
            for name in COUNT_ORDER
        ),
    ]


def sum_of(counts: dict[str, Any]) -> str:
    """The sum said aloud: read is the rest added up."""
    text = _(
        "%(read)s hộ đọc được = %(added)s thêm mới + %(changed)s cập nhật + "
        "%(unchanged)s giữ nguyên + %(doubtful)s nghi ngờ + %(refused)s từ chối."
    )
    return text % {name: vi_int(counts[name]) for name in ("read", *COUNT_ORDER)}


def sections_of(preview: Preview, slug: str, page: int) -> list[dict[str, Any]]:
    """All sections cut to their first rows, or one of them whole."""
    whole = KIND_OF_SLUG.get(slug)
    kinds = [whole] if whole else KINDS
    made = (_section(kind, preview, page if whole else 0) for kind in kinds)
    return [section for section in made if section["total"] or section["villages"]]


def _section(kind: SectionKind, preview: Preview, page: int) -> dict[str, Any]:
    own = [one for one in preview.proposals if one.outcome == kind.outcome]
    rows = [one for one in own if not one.waits_for_village]
    size = DOUBTFUL_ON_A_PAGE if kind.outcome == "doubtful" else ROWS_ON_A_PAGE
    start = (page - 1) * size if page else 0
    first = SHOWN_AT_FIRST.get(kind.outcome, ROWS_AT_FIRST)
    shown = rows[start : start + (size if page else first)]
    return {
        "kind": kind.outcome,
        "slug": kind.slug,
        "title": kind.title,
        "total": len(own),
        "row_total": len(rows),
        "rows": [_row(one) for one in shown],
        "whole": bool(page),
        "page": page,
        "pages": max(1, -(-len(rows) // size)),
        "villages": _villages(preview) if kind.outcome == "doubtful" else [],
    }


def _villages(preview: Preview) -> list[dict[str, Any]]:
    """One line for each village that would be made, with the households that wait only for it."""
    waiting: dict[str, list[Proposal]] = {}
    for one in preview.proposals:
        if one.waits_for_village and one.new_village:
            waiting.setdefault(one.new_village, []).append(one)
    return [
        {
            "name": name,
            "households": len(households),
            "people": _people(households),
            "value": " ".join(str(one.draft.row) for one in households),
        }
        for name, households in waiting.items()
    ]


def _row(one: Proposal) -> dict[str, Any]:
    return {
        "row": one.draft.row,
        "name": one.head_name or _("(không rõ tên)"),
        "place": one.village.name if one.village else one.new_village or one.draft.village or "",
        "people": len(one.draft.members),
        "class": class_words(one.new_class, one.new_subclass) if one.new_class else "",
        "adds": one.adds,
        "changes": [
            {
                "row": change.row,
                "column": change.column,
                "label": said(change.label),
                "before": said(change.before) or _("chưa rõ"),
                "after": said(change.after),
            }
            for change in one.changes
        ],
        "sides": one.sides,
        "messages": [_message(said_of) for said_of in _gravest_first(one.messages)],
    }


def _message(message: Message) -> dict[str, Any]:
    return {"severity": message.severity, "text": said(message.sentence)}


def _gravest_first(messages: Sequence[Message]) -> list[Message]:
    order = ("refused", "doubtful", "note")
    return sorted(messages, key=lambda one: order.index(one.severity))


def notes_of(preview: Preview) -> list[str]:
    """What is to be said of the sheet as a whole."""
    return [said(note.sentence) for note in preview.notes]


def would_write(preview: Preview) -> dict[str, int]:
    """What the dialog says before anything is written."""
    sure = preview.chosen(frozenset())
    added = [one for one in sure if one.adds]
    doubtful = [one for one in preview.proposals if one.outcome == "doubtful"]
    return {
        "households": len(sure),
        "added": len(added),
        "people": _people(added),
        "changed": len(sure) - len(added),
        "doubtful": len(doubtful),
    }


def _people(proposals: Iterable[Proposal]) -> int:
    return sum(len(one.draft.members) for one in proposals)


def written_words(written: dict[str, Any]) -> str:
    """What an import wrote, in words."""
    said_of = {name: vi_int(written[name]) for name in WRITTEN}
    if written["added"] and written["changed"]:
        text = _(
            "%(households)s hộ (%(added)s thêm mới, %(changed)s cập nhật), %(persons)s người mới"
        )
    elif written["changed"]:
        text = _("%(changed)s hộ cập nhật, %(persons)s người mới")
    else:
        text = _("%(households)s hộ, %(persons)s người")
    return text % said_of
