"""The desk of ordinary papers: begun with everything put in, refused in words, seen by its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chungtay.places.models import Unit
from chungtay.plans.models import Plan
from chungtay.reports.letters.kinds import kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.staff.models import User
from tests.reports.letters.conftest import HEAD, handed, plan

__all__ = ["handed", "plan"]

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"0" * 40
DAY = {"on_day": "4", "on_month": "5", "on_year": "2023"}


def begun(client: Client, kind: str, **typed: Any) -> OfficePaper:
    """A paper kept as it was offered, but for what was typed."""
    form = {"subject": "Họp giao ban", "symbol": kinds()[kind].symbol, "key": kind} | typed
    answer = client.post(f"{reverse('papers_new')}?loai={kind}", form)
    assert answer.status_code == 302, answer.content.decode()
    return OfficePaper.objects.latest("pk")


def text_of(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_offered_with_what_is_known(
    kind: str, client_of: Callable[..., Client], officer: User, handed: Plan
) -> None:
    client = client_of(officer)
    form = client.get(f"{reverse('papers_new')}?loai={kind}").content.decode()
    assert kinds()[kind].name in form
    assert kinds()[kind].symbol in form
    shown = text_of(client, "papers_page", begun(client, kind).pk)
    assert "XÃ QUANG TRUNG" in shown
    assert "{{" not in shown


def test_the_list_says_what_there_is_and_what_to_do(
    client_of: Callable[..., Client], officer: User, plan: Plan
) -> None:
    client = client_of(officer)
    assert "Chưa có văn bản nào trong năm này" in text_of(client, "papers")
    begun(client, "minutes")
    shown = text_of(client, "papers")
    assert "Họp giao ban" in shown
    assert "chưa có số" in shown


def test_issued_with_the_number_of_the_register_and_the_scan(
    client_of: Callable[..., Client], officer: User, plan: Plan
) -> None:
    client = client_of(officer)
    paper = begun(client, "minutes")
    issue = reverse("papers_issue", args=[paper.pk])
    form = {"number": "07", "symbol": "BB-UBND", "version": "1", "key": "i", "sure": "1"} | DAY
    for changed, said in (
        ({"sure": ""}, "đánh dấu ô xác nhận"),
        ({"number": "bảy"}, "chưa đúng"),
        ({"on_day": "31", "on_month": "2"}, "không có thật"),
        ({"on_year": "2099"}, "chưa tới"),
        ({"symbol": " "}, "Chưa có ký hiệu"),
    ):
        answer = client.post(issue, form | changed | {"key": said})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert f'value="{(form | changed)["number"]}"' in answer.content.decode()
    assert client.post(issue, form).status_code == 302
    shown = text_of(client, "papers_page", paper.pk)
    assert "Số: 07/BB-UBND" in shown
    assert "<dd>07/BB-UBND" in shown
    assert client.get(issue).url == reverse("papers_page", args=[paper.pk])
    upload = {"file": SimpleUploadedFile("ban-ky.pdf", PDF), "key": "s"}
    client.post(reverse("papers_attach", args=[paper.pk]), upload)
    scan = paper.scans.get()
    answer = client.get(reverse("papers_scan", args=[paper.pk, scan.pk]))
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    client.post(reverse("papers_scan_withdraw", args=[paper.pk, scan.pk]), {"key": "w"})
    assert paper.scans.get().withdrawn


def test_what_is_refused_keeps_everything_typed(
    client_of: Callable[..., Client], officer: User, plan: Plan
) -> None:
    client = client_of(officer)
    paper = begun(client, "minutes")
    edit = reverse("papers_edit", args=[paper.pk])
    typed = {"symbol": "BB-UBND", "b_course": "Đã bàn ba việc.", "version": "1"}
    answer = client.post(edit, typed | {"subject": " ", "key": "a"})
    assert answer.status_code == 422
    assert "chưa có trích yếu" in answer.content.decode()
    assert "Đã bàn ba việc." in answer.content.decode()
    assert client.post(edit, typed | {"subject": "Họp", "key": "b"}).status_code == 302
    late = client.post(edit, typed | {"subject": "Họp lần hai", "key": "c", "b_course": "Khác"})
    assert late.status_code == 409
    for words in ("Người khác vừa lưu", "Đã bàn ba việc.", "Họp lần hai", 'value="2"'):
        assert words in late.content.decode()


def test_a_text_that_cannot_be_filled_says_so(
    client_of: Callable[..., Client], officer: User, plan: Plan
) -> None:
    client = client_of(officer)
    paper = begun(client, "minutes", b_course="Có {{ khong_co }} hộ")
    assert "Chưa có giá trị cho ô" in text_of(client, "papers_page", paper.pk)
    answer = client.post(reverse("papers_word", args=[paper.pk]), follow=True)
    assert "Chưa có giá trị cho ô" in answer.content.decode()


def test_households_are_chosen_by_name_and_hidden_from_who_may_not_see_them(
    client_of: Callable[..., Client],
    officer: User,
    plan: Plan,
    quang_trung: Unit,
    hire: Callable[..., User],
) -> None:
    client = client_of(officer)
    row = str(plan.named_households.get().pk)
    paper = begun(client, "helping_decision", rows_shown="1", households=[row])
    assert HEAD in text_of(client, "papers_page", paper.pk)
    assert HEAD in text_of(client, "papers_edit", paper.pk)
    front = client_of(hire("front", quang_trung))
    shown = text_of(front, "papers_page", paper.pk)
    assert HEAD not in shown
    assert "chỉ hiện với người được xem" in shown
    assert front.post(reverse("papers_word", args=[paper.pk])).status_code == 404
    none = begun(client, "helping_decision", rows_shown="1", key="none")
    assert none.content["households"] == []


def test_withdrawn_with_its_reason_and_taken_up_again(
    client_of: Callable[..., Client], officer: User, plan: Plan
) -> None:
    client = client_of(officer)
    paper = begun(client, "minutes")
    withdraw = reverse("papers_withdraw", args=[paper.pk])
    assert client.post(withdraw, {"reason": "", "version": "1"}).status_code == 422
    client.post(withdraw, {"reason": "lập trùng", "version": "1", "key": "w"})
    assert "Văn bản đã được rút: lập trùng" in text_of(client, "papers_page", paper.pk)
    client.post(reverse("papers_restore", args=[paper.pk]), {"key": "r"})
    assert "đã được rút" not in text_of(client, "papers_page", paper.pk)


def test_an_outsider_finds_nothing(
    client_of: Callable[..., Client], officer: User, outsider: User, plan: Plan
) -> None:
    paper = begun(client_of(officer), "minutes")
    stranger = client_of(outsider)
    assert "Họp giao ban" not in text_of(stranger, "papers")
    for name in ("papers_page", "papers_edit", "papers_issue"):
        assert stranger.get(reverse(name, args=[paper.pk])).status_code == 404
    assert stranger.get(f"{reverse('papers_new')}?loai=khac").status_code == 404


def test_the_plan_and_the_reports_lead_to_the_papers(
    client_of: Callable[..., Client], officer: User, plan: Plan
) -> None:
    client = client_of(officer)
    for name, args in (("plan_page", [plan.pk]), ("reports", [])):
        assert f'href="{reverse("papers")}"' in text_of(client, name, *args)
