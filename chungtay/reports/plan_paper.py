"""The act of writing a plan as its official paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from chungtay.acts.models import Chain
from chungtay.acts.refusing import NotAllowed
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.plans.life import content_of, issued_paper
from chungtay.plans.models import Plan
from chungtay.plans.values import values_of
from chungtay.reports.plan_annexes import annexes_of
from chungtay.reports.plan_content import build_document, read_content
from chungtay.reports.rendering import render_in_child
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence

RIGHT = "plans.write"


def write_plan_paper(*, actor: Actor, plan: Plan) -> bytes:
    """The plan as a Word file, every number from the cells and the register; one journal line.

    The head of the place's journal goes into the file's properties: a witness outside the database.
    NotAllowed without the right, ContentError or TokenError if the wording cannot be filled,
    RenderingError if Word fails. A plan that was issued is given as it was issued, byte for byte.
    """
    if not actor.may(RIGHT, plan.unit):
        raise NotAllowed(Sentence("Tài khoản này không được xuất văn bản của kế hoạch này."))
    issued = issued_paper(plan)
    content = content_of(issued) if issued else draw_paper(plan, plan.content)

    def write(line: OpenLine) -> None:
        line.details = {"year": plan.year, "version": plan.version, "bytes": len(content)}

    deed = Deed("reports.write_plan_paper", RIGHT, plan.unit, subject=f"plan:{plan.pk}")
    perform(actor, deed, write)
    return content


def draw_paper(plan: Plan, wording: Mapping[str, Any]) -> bytes:
    """A plan's paper with some wording, its numbers as they are now; no act of its own."""
    with translation.override("vi"):  # an official paper is Vietnamese, whoever asks for it
        values = values_of(plan)
        content_read = read_content(printed_part(wording))
        document = build_document(content_read, values, annexes_of(plan, values))
    head = Chain.objects.filter(name=plan.unit.chain).values_list("head", flat=True).first()
    return render_in_child(document, properties=_properties(plan, head or "", timezone.now()))


def printed_part(content: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of a plan's content that are printed."""
    names = ("head", "issued", "wording", "legal_bases", "sections", "signature", "recipients")
    return {name: content[name] for name in names if name in content}


def paper_name(plan: Plan) -> str:
    """A file name without diacritics: "ke-hoach-giam-ngheo-2023-xa-quang-trung.docx"."""
    amended = f"-sua-doi-{plan.edition - 1}" if plan.amends_id else ""
    place = fold(plan.unit.name).replace(" ", "-")
    return f"ke-hoach-giam-ngheo-{plan.year}-{place}{amended}.docx"


def _properties(plan: Plan, head: str, at: datetime) -> dict[str, str]:
    return {
        "journal_head": head,
        "identifier": f"plan:{plan.pk}:{plan.version}",
        "written_at": at.isoformat(),
    }
