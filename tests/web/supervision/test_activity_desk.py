"""Communication and training on screen: recorded, people nominated and seated, the share said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from chungtay.staff.models import User
from chungtay.supervision.models import Activity, TrainingSeat

FORM = {
    "kind": "training",
    "on_day": "12",
    "on_month": "4",
    "on_year": "2023",
    "topic": "Rà soát hộ nghèo",
    "form": "lớp học một ngày",
    "reached": "1.200",
    "cost": "15.000.000",
    "key": "k1",
}


def text_of(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_class_to_the_share_trained(
    client_of: Callable[..., Client], officer: User, head: User, other_head: User
) -> None:
    client = client_of(officer)
    client.post(reverse("supervision_organise"), FORM)
    activity = Activity.objects.get()
    assert (activity.reached, activity.cost_vnd) == (1200, 15_000_000)
    assert "0 trên 3 người" in text_of(client, "supervision_activities")
    form = {"nominated": [str(other_head.pk)], "attended": [str(head.pk)], "version": "1"}
    client.post(reverse("supervision_seats", args=[activity.pk]), form | {"key": "k2"})
    seats = TrainingSeat.objects.filter(activity=activity)
    assert set(seats.values_list("user", "attended")) == {(head.pk, True), (other_head.pk, False)}
    shown = text_of(client, "supervision_activities")
    assert "1 trên 3 người" in shown
    assert "33,33" in shown
    assert "15.000.000" in shown
    own = text_of(client_of(head), "supervision_activities")
    assert "Rà soát hộ nghèo" in own
    assert "trên 3 người" not in own


def test_a_wrong_number_is_told_and_nothing_lost(
    client_of: Callable[..., Client], officer: User
) -> None:
    form = FORM | {"cost": "mười lăm triệu"}
    answer = client_of(officer).post(reverse("supervision_organise"), form)
    assert answer.status_code == 422
    assert "“mười lăm triệu” không đọc được." in answer.content.decode()
    assert 'value="1.200"' in answer.content.decode()
    assert not Activity.objects.exists()


def test_corrected_withdrawn_and_used_again(
    client_of: Callable[..., Client], officer: User
) -> None:
    client = client_of(officer)
    client.post(reverse("supervision_organise"), FORM)
    activity = Activity.objects.get()
    address = reverse("supervision_amend", args=[activity.pk])
    assert 'value="15.000.000"' in client.get(address).content.decode()
    client.post(address, FORM | {"cost": "", "version": "1", "key": "k2"})
    answer = client.post(address, FORM | {"version": "1", "key": "k3"})
    assert answer.status_code == 409
    cancel = reverse("supervision_cancel", args=[activity.pk])
    client.post(cancel, {"reason": "Hoãn", "version": "2", "key": "k4"})
    assert "Chưa ghi hoạt động nào" in text_of(client, "supervision_activities")
    client.post(cancel, {"version": "3", "key": "k5"})
    activity.refresh_from_db()
    assert (activity.cost_vnd, activity.withdrawn) == (None, False)


def test_a_stranger_sees_nothing(
    client_of: Callable[..., Client], officer: User, outsider: User, other_head: User
) -> None:
    client_of(officer).post(reverse("supervision_organise"), FORM)
    activity = Activity.objects.get()
    for user in (outsider, other_head):
        client = client_of(user)
        assert "Rà soát hộ nghèo" not in text_of(client, "supervision_activities")
        assert client.get(reverse("supervision_activity", args=[activity.pk])).status_code == 404
