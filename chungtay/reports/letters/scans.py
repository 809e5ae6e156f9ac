"""Acts on the signed scan of a paper: attached to an issued one, taken back, kept sealed."""

from __future__ import annotations

from django.utils import timezone

from chungtay.acts import sealing
from chungtay.acts.refusing import Refused
from chungtay.acts.services import Deed, OpenLine, perform
from chungtay.files.evidence import JPEG, PDF, PNG, recognise_evidence
from chungtay.files.refusals import refusal
from chungtay.files.storing import display_name
from chungtay.plans.services import right_to_change
from chungtay.reports.letters.models import OfficePaper, PaperScan
from chungtay.reports.letters.queries import bound_to
from chungtay.rulebook.wording import Sentence
from chungtay.staff.policy import PostActor

PURPOSE = "paper_scan"
MOST_SCANS = 10
SCANNED = frozenset({PDF, PNG, JPEG})


def attach_scan(
    *, actor: PostActor, paper: OfficePaper, file_name: str, content: bytes, key: str = ""
) -> int:
    """Keep the signed scan of an issued paper, sealed; UnfriendlyFile if no PDF or picture."""
    kind = recognise_evidence(content)
    if kind not in SCANNED:
        raise refusal("no_evidence")
    salt = sealing.new_salt()

    def write(line: OpenLine) -> int:
        fresh = OfficePaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        _refuse_unfit(fresh)
        row = PaperScan.objects.create(
            paper=fresh,
            name=display_name(file_name),
            kind=kind.ending,
            size=len(content),
            salt=salt,
            sealed=sealing.seal(PURPOSE, content, bound_to=bound_to(fresh.pk), salt=salt),
            by=actor.name,
            at=timezone.now(),
        )
        line.details = {"scan": row.pk, "kind": row.kind, "size": row.size}
        return row.pk

    return perform(actor, _deed("reports.attach_paper_scan", paper, key), write)


def withdraw_scan(*, actor: PostActor, scan: PaperScan, withdrawn: bool, key: str = "") -> int:
    """Take a scan back that was attached by mistake, or put it back; it stays kept."""

    def write(line: OpenLine) -> int:
        PaperScan.objects.filter(pk=scan.pk).update(withdrawn=withdrawn)
        line.details = {"scan": scan.pk, "withdrawn": withdrawn}
        return scan.pk

    return perform(actor, _deed("reports.withdraw_paper_scan", scan.paper, key), write)


def scan_content(scan: PaperScan) -> bytes:
    """The scan as it came."""
    return sealing.unseal(
        PURPOSE, bytes(scan.sealed), bound_to=bound_to(scan.paper_id), salt=bytes(scan.salt)
    )


def _refuse_unfit(paper: OfficePaper) -> None:
    if paper.state != OfficePaper.State.ISSUED:
        raise Refused(
            Sentence("Văn bản chưa ban hành nên chưa có bản ký. Hãy ghi số, ngày ban hành trước.")
        )
    if paper.scans.filter(withdrawn=False).count() >= MOST_SCANS:
        raise Refused(
            Sentence("Văn bản này đã có {most} bản quét. Hãy rút bớt bản cũ.", most=MOST_SCANS)
        )


def _deed(act: str, paper: OfficePaper, key: str) -> Deed:
    right, subject = right_to_change(paper.unit), f"office_paper:{paper.pk}"
    return Deed(act, right, paper.unit, subject, key)
