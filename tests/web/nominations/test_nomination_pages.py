"""Nominations on screen: the officer writes and submits, the chairman decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chungtay.reports.nominations.models import Nomination
from chungtay.staff.models import User

pytestmark = pytest.mark.django_db


def text_of(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def begun(client: Client, demo: Callable[[str], User]) -> Nomination:
    village = demo("truongthon1.quangtrung").holdings.get().post.unit_id
    form = {"nominee": str(village), "form": "certificate", "words": "Giúp nhau dựng nhà"}
    answer = client.post(reverse("nominations_new", args=["thon"]), form | {"key": "k1"})
    assert answer.status_code == 302
    return Nomination.objects.get()


def test_from_the_sheet_to_the_decision(
    demo: Callable[[str], User], client_of: Callable[..., Client]
) -> None:
    officer = client_of(demo("canbo.quangtrung"))
    one = begun(officer, demo)
    page = text_of(officer, "nominations_page", one.pk)
    assert "Có 1 hộ thoát nghèo trên 5 hộ nghèo đầu năm." in page
    used = {"used": ["poor_left"], "form": "certificate", "words": "Giúp nhau dựng nhà"}
    change = reverse("nominations_change", args=[one.pk])
    assert officer.post(change, used | {"version": "1", "key": "k2"}).status_code == 302
    stale = officer.post(change, used | {"submit": "1", "version": "1", "key": "k3"})
    assert stale.status_code == 409
    sent = officer.post(change, used | {"submit": "1", "version": "2", "key": "k4"})
    assert sent.status_code == 302
    one.refresh_from_db()
    assert (one.version, one.state) == (4, "submitted")
    assert [row["key"] for row in one.achievements] == ["poor_left"]
    assert "Quyết định" not in text_of(officer, "nominations_page", one.pk)
    chairman = client_of(demo("chutich.quangtrung"))
    decide = reverse("nominations_decide", args=[one.pk])
    refused = chairman.post(decide, {"accepted": "", "version": "4", "key": "k5"})
    assert refused.status_code == 422
    assert "Chưa ghi lý do không đồng ý" in refused.content.decode()
    chairman.post(decide, {"accepted": "1", "version": "4", "key": "k6"})
    assert "đã đồng ý" in text_of(officer, "nominations")


def test_nobody_chosen_and_no_form_keep_what_was_typed(
    demo: Callable[[str], User], client_of: Callable[..., Client]
) -> None:
    client = client_of(demo("canbo.quangtrung"))
    address = reverse("nominations_new", args=["nguoi"])
    answer = client.post(address, {"nominee": "", "words": "Đi từng nhà", "key": "k1"})
    assert answer.status_code == 422
    assert "Đi từng nhà" in answer.content.decode()
    user = demo("ketoan.quangtrung")
    answer = client.post(address, {"nominee": str(user.pk), "words": "Đi từng nhà", "key": "k2"})
    assert answer.status_code == 422
    assert "Hãy chọn hình thức" in answer.content.decode()
    assert not Nomination.objects.exists()


def test_households_offered_are_those_that_left_or_are_named(
    demo: Callable[[str], User], client_of: Callable[..., Client]
) -> None:
    page = text_of(client_of(demo("canbo.quangtrung")), "nominations_new", "ho")
    assert page.count(", Thôn ") == page.count("<option") - 1 == 6


def test_a_stranger_finds_nothing(
    demo: Callable[[str], User], client_of: Callable[..., Client]
) -> None:
    one = begun(client_of(demo("canbo.quangtrung")), demo)
    for name in ("canbo.phuson", "truongthon1.quangtrung", "phong.bimson"):
        client = client_of(demo(name))
        assert client.get(reverse("nominations_page", args=[one.pk])).status_code == 404


def test_the_ward_that_took_the_commune_over_nominates_for_its_year(
    demo: Callable[[str], User], client_of: Callable[..., Client]
) -> None:
    client = client_of(demo("canbo.quangtrung26"))
    session = client.session
    session["place"] = demo("canbo.quangtrung26").holdings.get().post.unit_id
    session.save()
    one = begun(client, demo)
    assert "Có 1 hộ thoát nghèo trên" in text_of(client, "nominations_page", one.pk)
    assert reverse("nominations_page", args=[one.pk]) in text_of(client, "nominations")
