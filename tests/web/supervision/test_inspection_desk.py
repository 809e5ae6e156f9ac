"""The desk of supervision: an inspection recorded, a finding given out and closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from chungtay.places.models import Unit
from chungtay.staff.models import User
from chungtay.supervision.models import Inspection, InspectionFinding
from chungtay.tasks.models import Progress, Task
from tests.supervision.conftest import post_of


def record_form(place: Unit, officer: User, **changed: Any) -> dict[str, Any]:
    return {
        "kind": "by_authority",
        "place": str(place.pk),
        "on_day": "10",
        "on_month": "5",
        "on_year": "2023",
        "post": str(post_of(officer).pk),
        "paper": "12/QĐ-UBND",
        "about": "Việc bình xét",
        "key": "khoa-ghi",
    } | changed


def finding_form(head: User, **changed: Any) -> dict[str, Any]:
    return {
        "text": "Chưa niêm yết danh sách",
        "severity": "defect",
        "post": str(post_of(head).pk),
        "due_day": "20",
        "due_month": "6",
        "due_year": "2023",
        "key": "khoa-ket-luan",
    } | changed


def text_of(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_record_to_the_closed_finding(
    client_of: Callable[..., Client], officer: User, head: User, village: Unit
) -> None:
    client = client_of(officer)
    answer = client.post(reverse("supervision_record"), record_form(village, officer))
    inspection = Inspection.objects.get()
    assert answer.url == reverse("supervision_page", args=[inspection.pk])
    client.post(reverse("supervision_find", args=[inspection.pk]), finding_form(head))
    shown = text_of(client, "supervision_page", inspection.pk)
    assert "Kiểm tra tại Thôn 1, ngày 10/05/2023" in shown
    assert "Quá hạn, chưa khép lại." in shown
    task = Task.objects.get()
    assert reverse("tasks_page", args=[task.pk]) in shown
    assert task.link == answer.url
    client_of(head).post(
        reverse("tasks_progress", args=[task.pk]), {"progress": "done", "version": "1", "key": "x"}
    )
    assert "Nơi nhận báo đã xong." in text_of(client, "supervision_page", inspection.pk)
    finding = InspectionFinding.objects.get()
    form = {"done": "Đã niêm yết ở nhà văn hóa", "version": "1", "key": "khoa-khep"}
    client.post(reverse("supervision_close", args=[finding.pk]), form)
    assert "Đã niêm yết ở nhà văn hóa" in text_of(client, "supervision_page", inspection.pk)
    task.refresh_from_db()
    assert task.progress == Progress.DONE


def test_nothing_typed_is_lost_where_a_form_is_wrong(
    client_of: Callable[..., Client], officer: User, head: User, village: Unit
) -> None:
    client = client_of(officer)
    form = record_form(village, officer, on_year="2999")
    answer = client.post(reverse("supervision_record"), form)
    assert answer.status_code == 422
    assert "chưa tới" in answer.content.decode()
    assert 'value="12/QĐ-UBND"' in answer.content.decode()
    client.post(reverse("supervision_record"), record_form(village, officer))
    inspection = Inspection.objects.get()
    answer = client.post(
        reverse("supervision_find", args=[inspection.pk]), finding_form(head, due_day="45")
    )
    assert answer.status_code == 422
    assert "Chưa niêm yết danh sách" in answer.content.decode()
    assert not Task.objects.exists()


def test_a_correction_over_a_newer_one_is_told_and_may_be_repeated(
    client_of: Callable[..., Client], officer: User, recorded: Any, village: Unit
) -> None:
    inspection = recorded()
    client = client_of(officer)
    address = reverse("supervision_correct", args=[inspection.pk])
    assert "Việc bình xét hộ nghèo" in client.get(address).content.decode()
    client.post(address, record_form(village, officer, version="1", paper="1/QĐ", key="a"))
    answer = client.post(address, record_form(village, officer, version="1", paper="2/QĐ", key="b"))
    assert answer.status_code == 409
    assert 'name="version" value="2"' in answer.content.decode()
    client.post(address, record_form(village, officer, version="2", paper="2/QĐ", key="c"))
    inspection.refresh_from_db()
    assert inspection.paper == "2/QĐ"


def test_the_list_counts_what_is_left_for_its_line_only(
    client_of: Callable[..., Client], officer: User, head: User, outsider: User, recorded: Any
) -> None:
    inspection = recorded()
    client = client_of(officer)
    client.post(reverse("supervision_find", args=[inspection.pk]), finding_form(head))
    assert "1 quá hạn" in text_of(client, "supervision")
    assert "1 quá hạn" in text_of(client_of(head), "supervision")
    assert "Chưa ghi cuộc kiểm tra" in text_of(client_of(outsider), "supervision")


def test_a_commune_inspected_from_above_reads_and_changes_nothing(
    client_of: Callable[..., Client], officer: User, district_officer: User, quang_trung: Unit
) -> None:
    above = client_of(district_officer)
    above.post(reverse("supervision_record"), record_form(quang_trung, district_officer))
    inspection = Inspection.objects.get()
    assert inspection.unit_id == quang_trung.parent_id
    client = client_of(officer)
    assert "Ghi thêm một điều" not in text_of(client, "supervision_page", inspection.pk)
    for name in ("supervision_correct", "supervision_find", "supervision_withdraw"):
        answer = client.post(reverse(name, args=[inspection.pk]), {"key": "k"})
        assert answer.status_code == 404


def test_withdrawn_and_used_again(
    client_of: Callable[..., Client], officer: User, recorded: Any
) -> None:
    inspection = recorded()
    client = client_of(officer)
    address = reverse("supervision_withdraw", args=[inspection.pk])
    client.post(address, {"reason": "Ghi hai lần", "version": "1", "key": "a"})
    assert "Cuộc này đã được rút: Ghi hai lần" in text_of(client, "supervision_page", inspection.pk)
    assert "Chưa ghi cuộc kiểm tra" in text_of(client, "supervision")
    client.post(address, {"version": "2", "key": "b"})
    inspection.refresh_from_db()
    assert not inspection.withdrawn
