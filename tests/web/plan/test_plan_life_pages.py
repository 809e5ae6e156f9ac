"""The life of a plan on screen: what each reader is offered, and what is said when it cannot be."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chungtay.plans.life import Issue, approve_plan, submit_plan
from chungtay.plans.models import Plan
from chungtay.reports.plan_issuing import issue_with_paper
from tests.web.today.test_today import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def plan(demo):
    demo("canbo.quangtrung")
    return Plan.objects.select_related("unit").get()


@pytest.fixture
def browser_of(demo, client_of):
    return lambda name: client_of(demo(name))


@pytest.fixture
def to_state(plan, demo, acting):
    """Bring the plan to a state by its own acts."""

    def bring(state: str) -> Plan:
        officer, chairman = acting(demo("canbo.quangtrung")), acting(demo("chutich.quangtrung"))
        submit_plan(actor=officer, plan=plan, comment="Kính trình", expected_version=plan.version)
        if state in {"approved", "issued"}:
            fresh = Plan.objects.select_related("unit").get()
            approve_plan(actor=chairman, plan=fresh, expected_version=fresh.version)
        if state == "issued":
            fresh = Plan.objects.select_related("unit").get()
            issue = Issue("8", "KH-UBND", date(2023, 3, 6), "Quang Trung")
            issue_with_paper(
                actor=chairman, plan=fresh, issue=issue, expected_version=fresh.version
            )
        return Plan.objects.select_related("unit").get()

    return bring


def ask(browser, name, plan, **form):
    path = reverse(name, args=[plan.pk])
    if not form:
        return browser.get(path)
    return browser.post(path, {"version": plan.version, "key": "k", **form})


def test_each_reader_is_offered_her_own_next_step(plan, browser_of, to_state):
    officer, chairman, other = map(
        browser_of, ("canbo.quangtrung", "chutich.quangtrung", "ketoan.quangtrung")
    )
    submitting = reverse("plan_submit", args=[plan.pk])
    assert submitting in ask(officer, "plan_page", plan).content.decode()
    assert submitting not in ask(chairman, "plan_page", plan).content.decode()
    shown = to_state("submitted")
    page = text_of(ask(officer, "plan_page", shown))
    assert "Rút lại để sửa" in page
    assert "Lưu các con số" not in page
    assert "Xem và duyệt" in text_of(ask(chairman, "plan_page", shown))
    finance = text_of(ask(other, "plan_page", shown))
    assert "Kính trình" in finance
    assert "Xem và duyệt" not in finance
    assert "Rút lại để sửa" not in finance


def test_what_waits_stands_on_the_first_page_of_whom_it_waits_for(plan, browser_of, to_state):
    to_state("submitted")
    said = "Kế hoạch năm 2023 đang chờ duyệt."
    assert said in text_of(browser_of("chutich.quangtrung").get("/"))
    assert said not in text_of(browser_of("canbo.quangtrung").get("/"))
    assert said not in text_of(browser_of("canbo.phuson").get("/"))


def test_a_form_of_yesterday_changes_nothing_and_says_why(plan, browser_of, to_state):
    """A page opened before the plan was submitted: nothing is written, the way on is said."""
    to_state("submitted")
    form = {"total": "1.500", "poor_opening": "21", "poor_reduction": "5"}
    form |= {"near_poor_opening": "14", "near_poor_reduction": "2"}
    answer = ask(browser_of("canbo.quangtrung"), "plan_page", plan, **form)
    assert answer.status_code == 422
    assert "Hãy rút lại bản trình" in text_of(answer)
    assert Plan.objects.get().total_households == 1411


def test_remarks_typed_stay_where_the_plan_changed(plan, browser_of, to_state):
    shown = to_state("submitted")
    chairman = browser_of("chutich.quangtrung")
    answer = ask(chairman, "plan_decide", shown, remarks="Sửa mục 2", version="1", do="return")
    assert answer.status_code == 409
    assert "Sửa mục 2" in answer.content.decode()
    assert Plan.objects.get().state == "submitted"


def test_issuing_asks_once_more_and_loses_nothing_typed(plan, browser_of, to_state):
    shown = to_state("approved")
    chairman = browser_of("chutich.quangtrung")
    form = {"number": "8", "symbol": "KH-UBND", "place": "Quang Trung", "signer": ""}
    wrong = ask(chairman, "plan_issue", shown, **form, on_day="31", on_month="2", on_year="2023")
    assert wrong.status_code == 422
    assert "không có thật" in text_of(wrong)
    assert 'value="8"' in wrong.content.decode()
    form |= {"on_day": "6", "on_month": "3", "on_year": "2023"}
    looked = ask(chairman, "plan_issue", shown, **form)
    assert "không hoàn tác được" in text_of(looked)
    assert Plan.objects.get().state == "approved"
    assert ask(chairman, "plan_issue", shown, **form, sure="1").status_code == 302
    assert Plan.objects.get().said_number == "08/KH-UBND"


def test_the_issued_paper_is_for_those_who_may_write_it(plan, browser_of, to_state):
    shown = to_state("issued")
    papers = {
        ask(browser_of(name), "plan_word", shown, key="w").content
        for name in ("canbo.quangtrung", "chutich.quangtrung")
    }
    assert len(papers) == 1
    assert ask(browser_of("canbo.phuson"), "plan_word", shown, key="w").status_code == 404
    assert ask(browser_of("canbo.phuson"), "plan_issue", shown).status_code == 404


def test_what_changed_is_told_between_two_kept_versions(plan, browser_of, to_state):
    officer = browser_of("canbo.quangtrung")
    assert "Chưa có bản nào được giữ" in text_of(ask(officer, "plan_changes", plan))
    issued = to_state("issued")
    path = reverse("plan_changes", args=[issued.pk])
    first = issued.versions.order_by("number").first()
    assert first is not None
    page = text_of(officer.get(path, {"tu": first.number, "den": "nay"}))
    assert "8/KH-UBND" in page
    assert "Trích yếu" not in page
    assert "Hai bản giống hệt nhau" in text_of(officer.get(path, {"tu": "nay", "den": "nay"}))
    assert officer.get(path, {"tu": "99999"}).status_code == 404
    assert browser_of("canbo.phuson").get(path).status_code == 404


def test_an_issued_plan_is_amended_on_a_page_that_says_what_differs(plan, browser_of, to_state):
    issued = to_state("issued")
    officer = browser_of("canbo.quangtrung")
    assert "Lập kế hoạch sửa đổi, bổ sung" in text_of(ask(officer, "plan_page", issued))
    made = ask(officer, "plan_amend", issued, key="a")
    assert made.status_code == 302
    amendment = Plan.objects.select_related("unit").get(amends=issued)
    assert made.headers["Location"] == reverse("plan_page", args=[amendment.pk])
    page = text_of(ask(officer, "plan_page", amendment))
    assert "Kế hoạch sửa đổi, bổ sung năm 2023" in page
    assert "Khác với kế hoạch số 08/KH-UBND: 3 chỗ" in page
    assert "chưa ban hành; cho đến khi ban hành" in text_of(ask(officer, "plan_page", issued))
    finance = ask(browser_of("ketoan.quangtrung"), "plan_page", amendment).content.decode()
    assert reverse("plan_discard", args=[amendment.pk]) not in finance
    assert ask(browser_of("canbo.phuson"), "plan_page", amendment).status_code == 404
    assert ask(officer, "plan_discard", amendment, key="b").status_code == 302
    assert ask(officer, "plan_page", amendment).status_code == 404


def test_a_signed_scan_is_attached_and_downloaded_by_who_sees_the_plan(plan, browser_of, to_state):
    issued = to_state("issued")
    officer, outsider = browser_of("canbo.quangtrung"), browser_of("canbo.phuson")
    scan = SimpleUploadedFile("ban ky.pdf", b"%PDF-1.4 x", "application/pdf")
    assert ask(officer, "plan_scan_add", issued, file=scan).status_code == 302
    file = issued.files.get(role="scan")
    path = reverse("plan_scan", args=[file.pk])
    page = ask(browser_of("ketoan.quangtrung"), "plan_page", issued).content.decode()
    assert path in page
    answer = officer.get(path)
    assert answer.content == b"%PDF-1.4 x"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert outsider.get(path).status_code == 404
    paper = issued.files.get(role="as_issued")
    assert officer.get(reverse("plan_scan", args=[paper.pk])).status_code == 404
