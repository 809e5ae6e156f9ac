"""Ordinary papers: filled from the data, issued once under a number, then as they were that day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.files.refusals import UnfriendlyFile
from chungtay.places.models import Unit
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.models import Plan
from chungtay.plans.services import change_cells
from chungtay.reports.letters.content import PaperContent
from chungtay.reports.letters.kinds import kinds
from chungtay.reports.letters.models import OfficePaper, PaperScan
from chungtay.reports.letters.printed import doubts_of
from chungtay.reports.letters.queries import papers_of, papers_seen_by, shown_to
from chungtay.reports.letters.scans import attach_scan, scan_content, withdraw_scan
from chungtay.reports.letters.services import (
    PaperInput,
    Registered,
    change_paper,
    issue_paper,
    read_number,
    restore_paper,
    withdraw_paper,
    write_paper_word,
)
from chungtay.reports.tokens import TokenError
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor
from tests.reports.letters.conftest import HEAD

pytestmark = pytest.mark.database
Written = Callable[..., OfficePaper]
DAY = date(2023, 5, 4)
PDF = b"%PDF-1.7\n" + b"0" * 40


def fresh(paper: OfficePaper) -> OfficePaper:
    rows = OfficePaper.objects.select_related("unit__parent", "plan__unit")
    return rows.get(pk=paper.pk)


def text_of(actor: PostActor, paper: OfficePaper) -> str:
    document = shown_to(actor, paper, actor.today)
    cells = [cell for one in document.paper.annexes for row in one.rows for cell in row]
    blocks = [f"{block.lead}{block.text}" for block in document.blocks]
    return "\n".join([*document.paper.legal_bases, *document.addressees, *blocks, *cells])


def issue(actor: PostActor, paper: OfficePaper, number: str = "12", day: date = DAY) -> OfficePaper:
    registered = Registered(number, paper.symbol, day)
    issue_paper(actor=actor, paper=paper, registered=registered, expected_version=paper.version)
    return fresh(paper)


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_fills_what_it_offers_with_and_without_a_plan(
    kind: str, written: Written, handed: Plan, writer: PostActor
) -> None:
    for plan in (handed, None):
        text = text_of(writer, written(kind, plan))
        assert "{{" not in text
        assert text.endswith("./.") or kinds()[kind].tables


def test_targets_come_from_the_plan_with_the_split_behind(
    written: Written, handed: Plan, writer: PostActor
) -> None:
    paper = written("targets_decision", handed)
    text = text_of(writer, paper)
    assert "- Giảm 05 hộ nghèo, từ 21 hộ đầu năm còn 16 hộ cuối năm" in text
    assert "Căn cứ Kế hoạch số 428/KH-UBND của UBND thị xã" in text
    assert (
        "Căn cứ Kế hoạch số 7/KH-UBND ngày 06/03/2023 của Ủy ban nhân dân xã Quang Trung "
        "về giảm nghèo năm 2023" in text
    )
    (annex,) = shown_to(writer, paper, DAY).paper.annexes
    assert [row[1] for row in annex.rows] == ["Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4"]
    assert annex.total[-1] == "5"


def test_a_reminder_names_who_is_silent_and_what_is_overdue(
    written: Written, handed: Plan, writer: PostActor
) -> None:
    document = shown_to(writer, written("reminder", handed), writer.today)
    assert document.addressees == ("Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4")
    text = text_of(writer, written("reminder", handed))
    assert "còn 04 đơn vị chưa trả lời chỉ tiêu được giao và 01 việc quá hạn" in text
    assert "- Gửi số liệu quý I (Trạm Y tế xã), hạn 01/04/2023" in text


def test_blanks_and_a_missing_annex_are_said(
    written: Written, plan: Plan, writer: PostActor
) -> None:
    document = shown_to(writer, written("committee_decision", plan), DAY)
    said = [str(one) for one in doubts_of(document)]
    assert any("chỗ để trống" in one for one in said)
    assert any("chưa có bảng nào" in one for one in said)
    members = written("committee_decision", plan, members="Lò Thị Mới; Chủ tịch UBND; Trưởng Ban")
    assert not any("bảng" in str(one) for one in doubts_of(shown_to(writer, members, DAY)))


def test_issued_once_and_frozen_as_it_read_that_day(
    written: Written, plan: Plan, writer: PostActor
) -> None:
    paper = issue(writer, written("targets_decision", plan), "07")
    assert (paper.number, paper.register_year, paper.state) == ("7", 2023, "issued")
    change_cells(
        actor=writer,
        plan=plan,
        cells=Cells(1411, (TargetCell("poor", 21, 9),)),
        expected_version=plan.version,
    )
    assert "Giảm 05 hộ nghèo" in text_of(writer, paper)
    document = shown_to(writer, paper, writer.today)
    assert (document.paper.number, document.paper.issued_on) == ("7", DAY)
    given = PaperInput("Khác", "QĐ-UBND", PaperContent())
    with pytest.raises(Refused, match="đã ban hành"):
        change_paper(actor=writer, paper=paper, given=given, expected_version=paper.version)
    with pytest.raises(Refused, match="đã ban hành"):
        issue(writer, paper, "8")


def test_a_number_is_given_once_a_year_and_symbol(
    written: Written, plan: Plan, writer: PostActor
) -> None:
    first = issue(writer, written("targets_decision", plan))
    second = written("committee_decision", plan)
    with pytest.raises(Refused, match="đã cấp cho một văn bản khác"):
        issue(writer, second, "012")
    assert issue(writer, written("conclusion", plan)).number == "12"
    assert issue(writer, second, "12", date(2024, 1, 5)).register_year == 2024
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficePaper.objects.filter(pk=second.pk).update(register_year=2023)
    withdraw_paper(actor=writer, paper=first, reason="ghi nhầm số", expected_version=first.version)
    issue(writer, written("committee_decision", plan))
    with pytest.raises(Refused, match="đã cấp"):
        restore_paper(actor=writer, paper=first)


def test_the_database_holds_issued_whole_or_not_at_all(written: Written, plan: Plan) -> None:
    rows = OfficePaper.objects.filter(pk=written("minutes", plan).pk)
    for wrong in ({"number": "5"}, {"state": "issued"}, {"withdrawn": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


@pytest.mark.parametrize("text", ["", "0", "mười", "12/QĐ-UBND", "-3", "1234567", "5 a"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="chưa đúng"):
        read_number(text)


def test_a_number_loses_its_leading_zeros() -> None:
    assert [read_number(one) for one in ("07", "15A", " 120 ")] == ["7", "15a", "120"]


def test_bad_input_is_refused(written: Written, plan: Plan, writer: PostActor) -> None:
    paper = written("minutes", plan)
    content = PaperContent.of(paper.content)
    wrong = {
        "trích yếu": PaperInput(" ", "BB-UBND", content),
        "ký hiệu": PaperInput("Họp", "", content),
        "quá": PaperInput("Họp", "BB-UBND", replace_block(content, "x" * 20_001)),
        "không còn trong kế hoạch": PaperInput("Họp", "BB", PaperContent(households=[10**6])),
    }
    for said, given in wrong.items():
        with pytest.raises(Refused, match=said):
            change_paper(actor=writer, paper=paper, given=given, expected_version=paper.version)
    with pytest.raises(Refused, match="chưa tới"):
        issue(writer, paper, day=writer.today + timedelta(days=1))
    unknown = PaperInput("Họp", "BB-UBND", replace_block(content, "{{ khong_co }}"))
    change_paper(actor=writer, paper=paper, given=unknown, expected_version=paper.version)
    with pytest.raises(TokenError):
        issue(writer, fresh(paper))
    assert fresh(paper).state == "draft"


def replace_block(content: PaperContent, text: str) -> PaperContent:
    changed = PaperContent.of(content.as_json())
    changed.blocks["course"] = text
    return changed


def test_two_people_at_once_and_one_key_twice(
    written: Written, plan: Plan, writer: PostActor
) -> None:
    paper = written("minutes", plan)
    given = PaperInput("Họp giao ban", "BB-UBND", PaperContent.of(paper.content))
    for _ in range(2):
        assert (
            change_paper(actor=writer, paper=paper, given=given, expected_version=1, key="k") == 2
        )
    with pytest.raises(Stale):
        change_paper(actor=writer, paper=paper, given=given, expected_version=1)


def test_a_family_is_named_only_to_who_may_see_it_and_never_in_the_journal(
    written: Written,
    plan: Plan,
    writer: PostActor,
    quang_trung: Unit,
    hire: Callable[..., User],
    acting: Callable[[User], PostActor],
) -> None:
    front = acting(hire("front", quang_trung))
    draft = written("helping_decision", plan)
    assert HEAD not in str(draft.content)
    assert f"bà {HEAD}" in text_of(writer, draft)
    for paper in (draft, issue(writer, draft)):
        assert HEAD not in text_of(front, paper)
    assert HEAD.encode() not in bytes(fresh(draft).printed or b"")
    assert not JournalLine.objects.filter(details__contains="Biệt Lập").exists()
    with pytest.raises(NotAllowed):
        write_paper_word(actor=front, paper=fresh(draft))


def test_an_outsider_sees_and_does_nothing(
    written: Written,
    plan: Plan,
    quang_trung: Unit,
    outsider: User,
    acting: Callable[[User], PostActor],
) -> None:
    stranger, paper = acting(outsider), written("minutes", plan)
    assert not papers_seen_by(stranger).exists()
    assert not papers_of(stranger, quang_trung, 2023)
    lines = JournalLine.objects.count()
    given = PaperInput("Họp", "BB-UBND", PaperContent())
    for act in (
        lambda: change_paper(actor=stranger, paper=paper, given=given, expected_version=1),
        lambda: issue(stranger, paper),
        lambda: withdraw_paper(actor=stranger, paper=paper, reason="x", expected_version=1),
        lambda: restore_paper(actor=stranger, paper=paper),
        lambda: write_paper_word(actor=stranger, paper=paper),
        lambda: attach_scan(actor=stranger, paper=paper, file_name="a.pdf", content=PDF),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert JournalLine.objects.count() == lines


def test_the_district_writes_none_for_the_commune(
    written: Written,
    plan: Plan,
    quang_trung: Unit,
    hire: Callable[..., User],
    acting: Callable[[User], PostActor],
) -> None:
    assert quang_trung.parent is not None
    above, paper = acting(hire("district_officer", quang_trung.parent)), written("minutes", plan)
    assert papers_seen_by(above).filter(pk=paper.pk).exists()
    with pytest.raises(NotAllowed):
        issue(above, paper)


def test_the_signed_scan_is_sealed_and_only_for_an_issued_paper(
    written: Written, plan: Plan, writer: PostActor
) -> None:
    paper = written("minutes", plan)
    with pytest.raises(Refused, match="chưa ban hành"):
        attach_scan(actor=writer, paper=paper, file_name="a.pdf", content=PDF)
    paper = issue(writer, paper)
    for content in (b"", b"MZ" + b"0" * 50, b"PK\x03\x04[Content_Types].xml word/document.xml"):
        with pytest.raises(UnfriendlyFile):
            attach_scan(actor=writer, paper=paper, file_name="a.pdf", content=content)
    made = attach_scan(actor=writer, paper=paper, file_name="/tmp/ban ky.pdf", content=PDF)
    scan = PaperScan.objects.select_related("paper__unit").get(pk=made)
    assert scan.name == "ban ky.pdf"
    assert b"%PDF" not in bytes(scan.sealed)
    assert scan_content(scan) == PDF
    withdraw_scan(actor=writer, scan=scan, withdrawn=True)
    scan.refresh_from_db()
    assert scan.withdrawn


def test_a_withdrawn_paper_says_why_and_comes_back(
    written: Written, plan: Plan, writer: PostActor
) -> None:
    paper = written("minutes", plan)
    with pytest.raises(Refused, match="Chưa ghi lý do"):
        withdraw_paper(actor=writer, paper=paper, reason=" ", expected_version=1)
    withdraw_paper(actor=writer, paper=paper, reason="lập trùng", expected_version=1)
    with pytest.raises(Refused, match="đã được rút"):
        issue(writer, fresh(paper))
    restore_paper(actor=writer, paper=paper)
    assert not fresh(paper).withdrawn
    assert JournalLine.objects.filter(act="reports.withdraw_office_paper").count() == 1
