"""The act of writing a report as its official paper."""

from __future__ import annotations

from django.utils import timezone, translation

from chungtay.acts.models import Chain
from chungtay.acts.refusing import NotAllowed
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.reports.rendering import REPORT, render_in_child
from chungtay.reports.report_content import ReportPaper, document_of
from chungtay.reports.result_files import RIGHT
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence


def write_report_paper(*, actor: Actor, paper: ReportPaper, subject: str = "") -> bytes:
    """A report as a Word file, every number from its frozen tables; one journal line.

    NotAllowed without the right, TokenError if the wording cannot be filled, RenderingError if
    Word fails.
    """
    if not actor.may(RIGHT, paper.place):
        raise NotAllowed(Sentence("Tài khoản này không được xuất văn bản của báo cáo này."))
    with translation.override("vi"):  # an official paper is Vietnamese, whoever asks for it
        document = document_of(paper)
    head = Chain.objects.filter(name=paper.place.chain).values_list("head", flat=True).first()
    properties = {
        "journal_head": head or "",
        "identifier": subject,
        "written_at": timezone.now().isoformat(),
    }
    content = render_in_child(document, properties=properties, template=REPORT)

    def write(line: OpenLine) -> None:
        line.details = {
            "from": paper.frozen.opening.isoformat(),
            "to": paper.frozen.closing.isoformat(),
            "basis": paper.frozen.basis,
            "bytes": len(content),
        }

    perform(actor, Deed("reports.write_report_paper", RIGHT, paper.place, subject), write)
    return content


def paper_name(paper: ReportPaper) -> str:
    """A file name without diacritics: "bao-cao-giam-ngheo-2023-06-30-xa-quang-trung.docx"."""
    place = fold(paper.name).replace(" ", "-")
    return f"bao-cao-giam-ngheo-{paper.frozen.closing:%Y-%m-%d}-{place}.docx"
