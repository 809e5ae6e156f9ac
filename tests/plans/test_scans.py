"""The signed scan of an issued plan: kept sealed, given back as it came."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.files.refusals import UnfriendlyFile
from chungtay.plans.life import (
    Issue,
    approve_plan,
    content_of,
    issue_plan,
    issued_paper,
    submit_plan,
)
from chungtay.plans.models import Plan, PlanFile
from chungtay.plans.scans import MOST_SCANS, add_scan, withdraw_scan

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PDF = b"%PDF-1.4 " + b"x" * 200


def now(plan: Plan) -> Plan:
    return Plan.objects.select_related("unit").get(pk=plan.pk)


@pytest.fixture
def issued(plan, system) -> Plan:
    submit_plan(actor=system, plan=plan, expected_version=plan.version)
    approve_plan(actor=system, plan=plan, expected_version=now(plan).version)
    issue_plan(
        actor=system,
        plan=plan,
        issue=Issue("8", "KH-UBND", date(2023, 3, 6), "Quang Trung"),
        paper=b"PK",
        paper_name="kh.docx",
        expected_version=now(plan).version,
    )
    return now(plan)


@pytest.fixture
def officer(plan, as_account):
    return as_account("canbo.quangtrung")


def test_a_scan_is_sealed_and_given_back_as_it_came(issued, officer):
    given = {"actor": officer, "plan": issued, "file_name": "ban ky.pdf", "content": PDF}
    made = add_scan(**given, key="k")
    assert add_scan(**given, key="k") == made
    file = PlanFile.objects.get(pk=made)
    assert (file.name, file.kind, file.by) == ("ban ky.pdf", "pdf", officer.name)
    assert PDF not in bytes(file.sealed)
    assert content_of(file) == PDF
    assert now(issued).version == issued.version


def test_only_an_issued_plan_has_a_scan(plan, officer):
    with pytest.raises(Refused, match="chưa ban hành"):
        add_scan(actor=officer, plan=plan, file_name="a.pdf", content=PDF)


@pytest.mark.parametrize("content", [b"", b"MZ" + b"0" * 60])
def test_what_is_no_file_of_a_known_kind_is_not_kept(issued, officer, content):
    with pytest.raises(UnfriendlyFile):
        add_scan(actor=officer, plan=issued, file_name="a.pdf", content=content)
    assert PlanFile.objects.filter(role="scan").count() == 0


def test_a_word_file_is_no_scan(issued, officer):
    word = b"PK\x03\x04[Content_Types].xml word/document.xml" + b"0" * 40
    with pytest.raises(Refused, match="PDF, JPG hoặc PNG"):
        add_scan(actor=officer, plan=issued, file_name="a.docx", content=word)


def test_who_may_not_change_the_plan_attaches_nothing(issued, as_account):
    for name in ("chutich.quangtrung", "ketoan.quangtrung", "canbo.phuson"):
        with pytest.raises(NotAllowed):
            add_scan(actor=as_account(name), plan=issued, file_name="a.pdf", content=PDF)


def test_a_scan_is_taken_back_and_put_back_the_issued_paper_is_not(issued, officer):
    made = add_scan(actor=officer, plan=issued, file_name="a.pdf", content=PDF)
    file = PlanFile.objects.select_related("plan__unit").get(pk=made)
    for withdrawn in (True, False):
        withdraw_scan(actor=officer, file=file, withdrawn=withdrawn)
        file.refresh_from_db()
        assert file.withdrawn is withdrawn
    paper = issued_paper(issued)
    assert paper is not None
    with pytest.raises(Refused, match="giữ mãi"):
        withdraw_scan(actor=officer, file=paper, withdrawn=True)


def test_scans_have_an_end(issued, officer):
    for at in range(MOST_SCANS):
        add_scan(actor=officer, plan=issued, file_name=f"{at}.pdf", content=PDF)
    with pytest.raises(Refused, match="rút bớt"):
        add_scan(actor=officer, plan=issued, file_name="them.pdf", content=PDF)
