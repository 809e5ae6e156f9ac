"""The form of a paper: its fields as typed, and what of them differs from what is kept."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from chungtay.plans.models import Plan
from chungtay.plans.queries import named_households
from chungtay.reports.letters.content import PaperContent
from chungtay.reports.letters.kinds import Kind
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.services import PaperInput
from chungtay.rulebook.folding import tidy
from chungtay.web.templating import said

SUBJECT_LENGTH, SYMBOL_LENGTH = 300, 40
MOST_DIGITS = 12
LINES = ("superior", "issuing", "addressees", "bases", "members", "recipients", "on_behalf")
WORDS = ("place", "position", "signer", "secretary")


def read_paper(posted: QueryDict, kind: Kind, kept: PaperContent) -> PaperInput:
    """What was typed; a field the kind does not show stays as it was."""
    content = PaperContent.of(kept.as_json())
    for name in (*LINES, *WORDS):
        if name in posted:
            text = str(posted[name]).replace("\r\n", "\n").strip()
            setattr(content, name, tidy(text) if name in WORDS else text)
    for block in kind.blocks:
        text = posted.get(f"b_{block.key}", content.blocks.get(block.key, ""))
        content.blocks[block.key] = text.replace("\r\n", "\n").strip()
    if kind.names_households and "rows_shown" in posted:
        chosen = posted.getlist("households")
        content.households = [int(one) for one in chosen if fits(one)]
    return PaperInput(
        subject=tidy(posted.get("subject", ""))[:SUBJECT_LENGTH],
        symbol=tidy(posted.get("symbol", ""))[:SYMBOL_LENGTH],
        content=content,
    )


def fits(text: str) -> bool:
    """Whether a text is the number of a row."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def input_of(paper: OfficePaper) -> PaperInput:
    """A paper as its form shows it."""
    return PaperInput(paper.subject, paper.symbol, PaperContent.of(paper.content))


def choices_of(plan: Plan | None) -> list[tuple[str, str, str]]:
    """The households of a plan that may be listed, with who helps them."""
    rows = named_households(plan) if plan else []
    return [(str(row.pk), _row_words(row), ", ".join(map(str, row.helpers))) for row in rows]


def _row_words(row: Any) -> str:
    village = row.household.village.name if row.household.village else _("chưa rõ thôn")
    return f"{row.salutation} {row.household.head_name}, {village}"


def differences(typed: PaperInput, kept: PaperInput, kind: Kind) -> list[tuple[str, str]]:
    """The fields somebody else has written meanwhile, with what stands there now."""
    labels = {"subject": _("Trích yếu"), "symbol": _("Ký hiệu"), **labels_of()}
    before = _flat(kept) | {
        block.key: kept.content.blocks.get(block.key, "") for block in kind.blocks
    }
    now = _flat(typed) | {
        block.key: typed.content.blocks.get(block.key, "") for block in kind.blocks
    }
    labels |= {block.key: said(block.label) for block in kind.blocks}
    return [(labels[name], text) for name, text in before.items() if text != now[name]]


def labels_of() -> dict[str, str]:
    """What the fields around the body are called."""
    return {
        "superior": _("Cơ quan cấp trên"),
        "issuing": _("Cơ quan ban hành"),
        "place": _("Địa danh"),
        "addressees": _("Kính gửi"),
        "bases": _("Căn cứ"),
        "members": _("Thành viên Ban Chỉ đạo"),
        "recipients": _("Nơi nhận"),
        "on_behalf": _("Ký thay mặt"),
        "position": _("Chức vụ người ký"),
        "signer": _("Họ và tên người ký"),
        "secretary": _("Họ và tên thư ký"),
    }


def _flat(given: PaperInput) -> dict[str, str]:
    around = {name: str(getattr(given.content, name)) for name in (*LINES, *WORDS)}
    return {"subject": given.subject, "symbol": given.symbol, **around}
