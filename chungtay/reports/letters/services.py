"""Acts on the ordinary papers: opening, writing, issuing, withdrawing, and the Word file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import msgspec
from django.utils import translation

from chungtay.acts import sealing
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.acts.services import Deed, OpenLine, perform
from chungtay.places.models import Unit
from chungtay.plans.models import Plan
from chungtay.plans.queries import named_households
from chungtay.plans.services import right_to_change
from chungtay.reports.letters.content import MOST_SIGNS, PaperContent
from chungtay.reports.letters.document import document_of
from chungtay.reports.letters.filling import values_of_paper
from chungtay.reports.letters.kinds import kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.queries import PURPOSE, WRITE, bound_to, may_read_names, whole
from chungtay.reports.letters.rendering import render_letter
from chungtay.rulebook.folding import fold
from chungtay.rulebook.paper_numbers import register_number
from chungtay.rulebook.wording import Sentence, vi_date
from chungtay.staff.policy import PostActor

State = OfficePaper.State


@dataclass(frozen=True)
class PaperInput:
    """What is written of a paper."""

    subject: str
    symbol: str
    content: PaperContent


@dataclass(frozen=True)
class Registered:
    """Number, symbol and day as they stand in the office's register."""

    number: str
    symbol: str
    issued_on: date


def open_paper(
    *,
    actor: PostActor,
    unit: Unit,
    year: int,
    kind: str,
    plan: Plan | None,
    given: PaperInput,
    key: str = "",
) -> int:
    """Begin a paper of a kind for a place and a year; its number."""
    _refuse_unfit(given, plan)

    def write(line: OpenLine) -> int:
        paper = OfficePaper.objects.create(
            unit=unit,
            year=year,
            kind=kind,
            plan=plan,
            subject=given.subject,
            symbol=given.symbol,
            content=given.content.as_json(),
            written_by=actor.name,
        )
        line.subject = f"office_paper:{paper.pk}"
        line.details = {"kind": kind, "year": year}
        return paper.pk

    deed = Deed("reports.open_office_paper", right_to_change(unit), unit, key=key)
    return perform(actor, deed, write)


def change_paper(
    *,
    actor: PostActor,
    paper: OfficePaper,
    given: PaperInput,
    expected_version: int,
    key: str = "",
) -> int:
    """Write a draft anew; its new version. Stale if it changed, Refused once it was issued."""
    _refuse_unfit(given, paper.plan)

    def write(fresh: OfficePaper, line: OpenLine) -> None:
        line.details = {"kind": fresh.kind}
        fresh.subject, fresh.symbol = given.subject, given.symbol
        fresh.content = given.content.as_json()

    return _on_draft(actor, "reports.change_office_paper", paper, expected_version, key, write)


def issue_paper(
    *,
    actor: PostActor,
    paper: OfficePaper,
    registered: Registered,
    expected_version: int,
    key: str = "",
) -> int:
    """Put a paper under its number and freeze it as it reads today; its new version.

    Refused for a number that is none, a day that is still to come, or a number given already;
    TokenError if its text asks for a value that is not there.
    """
    number = read_number(registered.number)
    _refuse_unready(paper, registered, actor.today)

    def write(fresh: OfficePaper, line: OpenLine) -> None:
        fresh.number, fresh.symbol = number, registered.symbol
        fresh.issued_on, fresh.register_year = registered.issued_on, registered.issued_on.year
        _refuse_taken(fresh)
        with translation.override("vi"):
            document = document_of(fresh, values_of_paper(actor, fresh, actor.today))
        plain = msgspec.json.encode(document)
        salt = bytes(fresh.salt)
        fresh.printed = sealing.seal(PURPOSE, plain, bound_to=bound_to(fresh.pk), salt=salt)
        fresh.state = State.ISSUED
        line.details = {
            "number": f"{number}/{fresh.symbol}",
            "issued_on": registered.issued_on.isoformat(),
        }

    return _on_draft(actor, "reports.issue_office_paper", paper, expected_version, key, write)


def withdraw_paper(
    *, actor: PostActor, paper: OfficePaper, reason: str, expected_version: int, key: str = ""
) -> int:
    """Withdraw a paper with its reason; it stays kept. Its number may be given anew."""
    if not reason.strip():
        raise Refused(Sentence("Chưa ghi lý do rút văn bản. Hãy ghi lý do để người sau biết."))

    def write(line: OpenLine) -> int:
        fresh = _lock(paper, expected_version)
        line.details = {"state": fresh.state}
        fresh.withdrawn, fresh.withdrawn_why = True, reason
        return _save(fresh)

    return perform(actor, _deed("reports.withdraw_office_paper", paper, key, reason), write)


def restore_paper(*, actor: PostActor, paper: OfficePaper, key: str = "") -> int:
    """Take a withdrawn paper up again; Refused if its number was given to another meanwhile."""

    def write(line: OpenLine) -> int:
        fresh = OfficePaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        line.details = {"withdrawn_why": fresh.withdrawn_why}
        fresh.withdrawn, fresh.withdrawn_why = False, ""
        _refuse_taken(fresh)
        return _save(fresh)

    return perform(actor, _deed("reports.restore_office_paper", paper, key), write)


def write_paper_word(*, actor: PostActor, paper: OfficePaper) -> bytes:
    """The paper as a Word file; one journal line.

    NotAllowed without the right, or for a paper that names households to who may not see them.
    """
    if not actor.may(WRITE, paper.unit) or not may_read_names(actor, paper):
        raise NotAllowed(Sentence("Tài khoản này không được xuất văn bản này."))
    with translation.override("vi"):
        document = whole(actor, paper, actor.today)
    subject = f"office_paper:{paper.pk}"
    content = render_letter(document, properties={"identifier": f"{subject}:{paper.version}"})

    def write(line: OpenLine) -> None:
        line.details = {"kind": paper.kind, "version": paper.version, "bytes": len(content)}

    perform(actor, Deed("reports.write_office_paper", WRITE, paper.unit, subject), write)
    return content


def paper_file_name(paper: OfficePaper) -> str:
    """A file name without diacritics: "quyet-dinh-giao-chi-tieu-2023-xa-quang-trung.docx"."""
    words = f"{kinds()[paper.kind].name} {paper.number} {paper.year} {paper.unit.name}"
    return f"{'-'.join(fold(words).split())}.docx"


def read_number(text: str) -> str:
    """A number of the register without its leading zeros: "07" is 7; Refused if it is none."""
    number = register_number(text)
    if number is None:
        raise Refused(
            Sentence(
                "Số văn bản “{number}” chưa đúng. Hãy ghi số trong sổ đăng ký, ví dụ 15 hoặc 15a.",
                number=text.strip(),
            )
        )
    return number


def _refuse_unready(paper: OfficePaper, registered: Registered, today: date) -> None:
    if not registered.symbol.strip():
        raise Refused(Sentence("Chưa có ký hiệu văn bản. Hãy ghi như trong sổ đăng ký."))
    if registered.issued_on > today:
        raise Refused(
            Sentence(
                "Ngày ban hành {day} chưa tới. Hãy ghi ngày trong sổ đăng ký.",
                day=vi_date(registered.issued_on),
            )
        )
    if paper.kind not in kinds():
        raise Refused(Sentence("Loại văn bản này không còn trong máy."))


def _refuse_taken(fresh: OfficePaper) -> None:
    others = OfficePaper.objects.filter(
        unit=fresh.unit_id,
        register_year=fresh.register_year,
        symbol=fresh.symbol,
        number=fresh.number,
        state=State.ISSUED,
        withdrawn=False,
    ).exclude(pk=fresh.pk)
    if fresh.number and others.exists():
        raise Refused(
            Sentence(
                "Số {number}/{symbol} năm {year} đã cấp cho một văn bản khác. "
                "Hãy xem lại sổ đăng ký.",
                number=fresh.number,
                symbol=fresh.symbol,
                year=fresh.register_year,
            )
        )


def _refuse_unfit(given: PaperInput, plan: Plan | None) -> None:
    """A paper says what it is about, is not endless, and lists households of its own plan only."""
    if not given.subject.strip():
        raise Refused(Sentence("Văn bản chưa có trích yếu. Hãy ghi ngắn gọn văn bản về việc gì."))
    if not given.symbol.strip():
        raise Refused(Sentence("Văn bản chưa có ký hiệu. Hãy ghi, ví dụ QĐ-UBND."))
    if any(len(text) > MOST_SIGNS for text in given.content.texts()):
        raise Refused(
            Sentence("Một ô dài quá {most} ký tự. Hãy chia bớt sang phụ lục.", most=MOST_SIGNS)
        )
    known = {row.pk for row in named_households(plan)} if plan else set()
    if not set(given.content.households) <= known:
        raise Refused(
            Sentence("Có hộ không còn trong kế hoạch. Hãy mở lại trang rồi chọn lại các hộ.")
        )


def _on_draft(
    actor: PostActor,
    act: str,
    paper: OfficePaper,
    expected_version: int,
    key: str,
    write: Callable[[OfficePaper, OpenLine], None],
) -> int:
    def written(line: OpenLine) -> int:
        fresh = _lock(paper, expected_version)
        if fresh.state != State.DRAFT:
            raise Refused(
                Sentence("Văn bản đã ban hành nên không sửa được nữa. Nếu ghi nhầm, hãy rút lại.")
            )
        write(fresh, line)
        return _save(fresh)

    return perform(actor, _deed(act, paper, key), written)


def _deed(act: str, paper: OfficePaper, key: str, reason: str = "") -> Deed:
    right, subject = right_to_change(paper.unit), f"office_paper:{paper.pk}"
    return Deed(act, right, paper.unit, subject, key, reason=reason)


def _lock(paper: OfficePaper, expected_version: int) -> OfficePaper:
    rows = OfficePaper.objects.select_for_update(of=("self",))
    fresh = rows.select_related("unit__parent", "plan__unit").get(pk=paper.pk)
    if fresh.version != expected_version:
        raise Stale(
            Sentence("Văn bản vừa được người khác cập nhật. Hãy xem lại rồi làm lại nếu vẫn cần.")
        )
    if fresh.withdrawn:
        raise Refused(Sentence("Văn bản đã được rút nên không cập nhật nữa."))
    return fresh


def _save(paper: OfficePaper) -> int:
    paper.version += 1
    paper.save()
    return paper.version
