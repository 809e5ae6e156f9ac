"""Communication and training: seats, the share trained with its two numbers, who sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.places.models import Unit
from chungtay.staff.models import Holding, User
from chungtay.staff.policy import PostActor
from chungtay.supervision.models import Activity, TrainingSeat
from chungtay.supervision.queries.activities import (
    activities_of,
    activities_seen_by,
    poverty_holdings,
    seats_of,
    trained_in,
)
from chungtay.supervision.services.activities import (
    ActivityInput,
    correct_activity,
    record_activity,
    restore_activity,
    seat_people,
    withdraw_activity,
)

pytestmark = pytest.mark.database
Acting = Callable[[User], PostActor]
DAY, TODAY = date(2023, 4, 12), date(2023, 7, 1)


@pytest.fixture
def recorded(quang_trung: Unit, officer: User, acting: Acting) -> Callable[..., Activity]:
    """Record a training of the commune, unless something else is said."""

    def record(**given: Any) -> Activity:
        words = {"kind": "training", "on": DAY, "topic": "Rà soát hộ nghèo"} | given
        made = record_activity(
            actor=acting(officer), unit=quang_trung, given=ActivityInput(**words)
        )
        return Activity.objects.select_related("unit").get(pk=made)

    return record


def seat(
    actor: PostActor, activity: Activity, nominated: list[User], attended: list[User]
) -> Activity:
    holdings = list(Holding.objects.filter(user__in=nominated))
    seat_people(
        actor=actor,
        activity=activity,
        nominated=holdings,
        attended=[one.pk for one in attended],
        today=TODAY,
        expected_version=activity.version,
    )
    return Activity.objects.select_related("unit").get(pk=activity.pk)


def test_the_share_trained_says_its_two_numbers(
    recorded: Callable[..., Activity],
    acting: Acting,
    quang_trung: Unit,
    officer: User,
    head: User,
    other_head: User,
    hire: Callable[..., User],
) -> None:
    hire("finance_officer", quang_trung)
    activity = seat(acting(officer), recorded(), [officer, head, other_head], [officer, head])
    seat(acting(officer), recorded(on=date(2022, 4, 1)), [other_head], [other_head])
    share = trained_in([quang_trung], 2023)
    assert (share.trained, share.holders) == (2, 3)
    assert str(share.words()) == (
        "2 trên 3 người giữ chức danh làm công tác giảm nghèo năm 2023 đã dự tập huấn trong năm, "
        "bằng 66,67\u00a0%."
    )
    withdraw_activity(
        actor=acting(officer),
        activity=activity,
        reason="Không mở lớp",
        expected_version=activity.version,
    )
    assert trained_in([quang_trung], 2023).trained == 0
    restore_activity(
        actor=acting(officer), activity=activity, expected_version=activity.version + 1
    )
    assert trained_in([quang_trung], 2023).trained == 2


def test_who_left_before_the_year_is_not_counted(
    quang_trung: Unit, officer: User, head: User
) -> None:
    Holding.objects.filter(user=head).update(valid_to=date(2022, 12, 31))
    assert [one.user for one in poverty_holdings([quang_trung], 2023)] == [officer]
    assert "chưa có ai" in str(trained_in([quang_trung], 2021).words())


def test_who_is_not_nominated_any_more_gives_the_seat_back(
    recorded: Callable[..., Activity], acting: Acting, officer: User, head: User, other_head: User
) -> None:
    activity = seat(acting(officer), recorded(), [head, other_head], [head])
    activity = seat(acting(officer), activity, [other_head], [other_head])
    assert [one.user for one in seats_of(activity)] == [other_head]
    assert TrainingSeat.objects.filter(withdrawn=True, attended=False).get().user == head


def test_what_cannot_be_is_refused(
    recorded: Callable[..., Activity], acting: Acting, officer: User, head: User
) -> None:
    with pytest.raises(Refused, match="Chưa ghi chủ đề"):
        recorded(topic=" ")
    with pytest.raises(Refused, match="Chỉ lớp tập huấn"):
        seat(acting(officer), recorded(kind="communication"), [head], [])
    later = recorded(on=date(2023, 9, 1))
    with pytest.raises(Refused, match="đến ngày 01/09/2023"):
        seat(acting(officer), later, [head], [head])
    later = seat(acting(officer), later, [head], [])
    given = ActivityInput("communication", DAY, "Vay vốn")
    words = {"actor": acting(officer), "activity": later, "given": given}
    with pytest.raises(Refused, match="không đổi thành tuyên truyền"):
        correct_activity(expected_version=2, **words)
    with pytest.raises(Stale):
        correct_activity(expected_version=1, **words)


def test_who_sees_and_who_organises(
    recorded: Callable[..., Activity],
    acting: Acting,
    quang_trung: Unit,
    officer: User,
    head: User,
    other_head: User,
    district_officer: User,
    outsider: User,
) -> None:
    activity = seat(acting(officer), recorded(), [head], [])
    recorded(kind="communication", topic="Vay vốn", reached=120, cost_vnd=2_000_000)
    assert activities_of(acting(officer), [quang_trung], 2023).count() == 2
    assert activities_of(acting(officer), [quang_trung], 2023, "training").get() == activity
    assert activities_seen_by(acting(district_officer)).count() == 2
    assert activities_of(acting(head), [], 2023).get() == activity
    for user in (other_head, outsider):
        assert not activities_seen_by(acting(user)).exists()
    for user in (head, outsider):
        with pytest.raises(NotAllowed):
            seat(acting(user), activity, [], [])


def test_the_database_holds_seats(
    recorded: Callable[..., Activity], acting: Acting, officer: User, head: User
) -> None:
    activity = seat(acting(officer), recorded(), [head], [head])
    row = activity.seats.get()
    with pytest.raises(IntegrityError, match=r"one_seat|training_?seat"), transaction.atomic():
        TrainingSeat.objects.create(activity=activity, user=head, post=row.post)
    with pytest.raises(IntegrityError, match="keeps_the_seat"), transaction.atomic():
        activity.seats.update(withdrawn=True)
    with pytest.raises(IntegrityError, match="has_its_topic"), transaction.atomic():
        Activity.objects.update(topic="")
