"""The desk of reporting: what was typed is never lost, and a foreign report is a missing one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.reports.models import OwedReport, ReportStatement
from chungtay.staff.models import User

pytestmark = pytest.mark.django_db
FIRST = date(2023, 1, 1)


@pytest.fixture
def browser(officer: User, client_of: Callable[..., Client]) -> Client:
    return client_of(officer)


@pytest.fixture
def opened(browser: Client) -> Client:
    """The officer's browser, with the year's calendar open."""
    answer = browser.post(reverse("reports_open"), {"offices": "Hội Nông dân\n\nHội Nông dân"})
    assert answer.status_code == 302
    return browser


def owed(**wanted: object) -> OwedReport:
    return OwedReport.objects.get(kind="six_month", **wanted)


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_looking_at_the_calendar_opens_nothing(browser: Client):
    look = {"offices": "Hội Nông dân", "look": "1"}
    said = browser.post(reverse("reports_open"), look).content.decode()
    assert "Hội Nông dân" in said
    assert "Mở 12 báo cáo" in said
    assert not OwedReport.objects.exists()


def test_the_calendar_says_who_is_late_and_filters(opened: Client, quang_trung: Unit):
    said = text(opened, "reports_calendar")
    assert "12 báo cáo quá hạn chưa gửi" in said
    own = text(opened, "reports_calendar", query="?xem=phai-gui")
    assert own.count("quá hạn") - own.count("quá hạn hoặc") == 2 + 1
    assert "Không có báo cáo nào khớp" in text(opened, "reports_calendar", query="?tinh-trang=xong")


def test_a_refused_sending_keeps_what_was_typed(opened: Client, quang_trung: Unit):
    row = owed(unit=quang_trung)
    form = {"version": "7", "remarks": "Đã họp <xã>", "difficulties": "Thiếu vốn", "basis": "lạ"}
    answer = opened.post(reverse("reports_submit", args=[row.pk]), form)
    assert answer.status_code == 409
    assert "Đã họp &lt;xã&gt;" in answer.content.decode()
    assert "Thiếu vốn" in answer.content.decode()
    assert not ReportStatement.objects.exists()


def test_an_offices_report_needs_its_words(opened: Client):
    row = owed(office="Hội Nông dân")
    address = reverse("reports_submit", args=[row.pk])
    refused = opened.post(address, {"version": "1", "difficulties": "Giữ lại"})
    assert refused.status_code == 422
    assert "Giữ lại" in refused.content.decode()
    assert opened.post(address, {"version": "1", "remarks": "Cho vay 3 hộ"}).status_code == 302
    assert "Cho vay 3 hộ" in text(opened, "reports_owed", row.pk)


def test_the_difficulties_of_the_villages_are_not_typed_again(opened: Client, quang_trung: Unit):
    village = villages_of(quang_trung, FIRST)[0]
    row = owed(unit=village)
    form = {"version": "1", "difficulties": "Thiếu nước sạch"}
    opened.post(reverse("reports_submit", args=[row.pk]), form)
    assert f"{village.name}: Thiếu nước sạch" in text(
        opened, "reports_owed", owed(unit=quang_trung).pk
    )
    summed = text(opened, "reports_owed", owed(unit=quang_trung).pk, query="?so-lieu=reports")
    assert "cộng các báo cáo bên dưới đã gửi" in summed


@pytest.mark.parametrize("due", [("31", "2", "2023"), ("", "", ""), ("mười", "6", "2023")])
def test_a_day_that_is_none_is_said(opened: Client, quang_trung: Unit, due: tuple[str, str, str]):
    row = owed(unit=quang_trung)
    form = dict(zip(("due_day", "due_month", "due_year"), due, strict=True))
    answer = opened.post(reverse("reports_due", args=[row.pk]), form | {"rule": "before"})
    assert answer.status_code == 422
    assert owed(unit=quang_trung).due_on == row.due_on


def test_a_demand_asks_the_places_ticked(opened: Client, quang_trung: Unit):
    village = villages_of(quang_trung, FIRST)[0]
    form = {"subject": "Rét đậm", "rule": "on_or_before", "units": [str(village.pk), "999999"]}
    for name, day in {"opening": "1/1/2023", "closing": "1/2/2023", "due": "3/2/2023"}.items():
        form[f"{name}_day"] = day
    assert opened.post(reverse("reports_ask"), form).status_code == 302
    asked = OwedReport.objects.get(kind="on_demand")
    assert (asked.unit, asked.last_day) == (village, date(2023, 2, 3))


def test_the_papers_of_a_commune_leave_and_a_villages_does_not(opened: Client, quang_trung: Unit):
    own, below = owed(unit=quang_trung), owed(unit=villages_of(quang_trung, FIRST)[0])
    answer = opened.post(reverse("reports_word", args=[own.pk]))
    assert answer.content.startswith(b"PK")
    assert opened.post(reverse("reports_word", args=[below.pk])).status_code == 404
    assert opened.post(reverse("reports_book", args=[below.pk])).status_code == 404
    assert opened.post(reverse("reports_consolidated_word")).status_code == 404
    assert opened.post(reverse("reports_consolidated_book")).status_code == 404
    opened.post(reverse("reports_submit", args=[below.pk]), {"version": "1"})
    assert opened.post(reverse("reports_consolidated_word")).content.startswith(b"PK")
    assert opened.post(reverse("reports_consolidated_book")).content.startswith(b"PK")


def test_a_draft_is_the_senders_alone(
    opened: Client, quang_trung: Unit, hire: Callable[..., User], client_of: Callable[..., Client]
):
    own = owed(unit=quang_trung)
    above = client_of(hire("district_officer", quang_trung.parent))
    assert above.post(reverse("reports_word", args=[own.pk])).status_code == 404
    assert above.post(reverse("reports_book", args=[own.pk])).status_code == 404
    opened.post(reverse("reports_submit", args=[own.pk]), {"version": "1"})
    assert above.post(reverse("reports_word", args=[own.pk])).content.startswith(b"PK")
    assert above.post(reverse("reports_book", args=[own.pk])).content.startswith(b"PK")


def test_the_neighbour_sees_nothing(
    opened: Client, quang_trung: Unit, outsider: User, client_of: Callable[..., Client]
):
    neighbour = client_of(outsider)
    assert "Quang Trung" not in text(neighbour, "reports_calendar")
    assert (
        neighbour.get(reverse("reports_owed", args=[owed(unit=quang_trung).pk])).status_code == 404
    )
    assert (
        neighbour.post(reverse("reports_word", args=[owed(unit=quang_trung).pk])).status_code == 404
    )
