"""What is remembered holds until the next act, and not one act longer."""

from __future__ import annotations

import pytest
from django.utils import timezone

from chungtay.acts.remembering import MOST_KEPT, remembered, version
from chungtay.acts.services import Deed, System, perform
from chungtay.staff.services import close_account


class Somewhere:
    chain = "commune:00000:"


def act() -> None:
    perform(System(system_user="tests"), Deed("tests.act", "tests.act", Somewhere()), lambda _: 1)


@pytest.mark.django_db
@pytest.mark.database
def test_every_act_makes_a_new_version() -> None:
    seen = [version()]
    for _ in range(3):
        assert version() == seen[-1]
        act()
        seen.append(version())
    assert seen == sorted(set(seen))


def test_an_answer_is_made_once_a_version() -> None:
    made: list[int] = []

    def ask(at: int) -> int:
        return remembered("question", at, lambda: made.append(at) or len(made))  # type: ignore[func-returns-value]

    assert [ask(1), ask(1), ask(2), ask(2), ask(1)] == [1, 1, 2, 2, 3]
    assert made == [1, 2, 1]


def test_none_is_an_answer_too() -> None:
    calls: list[int] = []
    for _ in range(2):
        assert remembered("nobody", 1, lambda: calls.append(1)) is None  # type: ignore[func-returns-value]
    assert calls == [1]


def test_the_oldest_answers_make_room() -> None:
    for number in range(MOST_KEPT + 1):
        remembered(number, 1, lambda number=number: number)
    assert remembered(MOST_KEPT, 1, lambda: -1) == MOST_KEPT
    assert remembered(0, 1, lambda: -1) == -1


@pytest.mark.django_db
def test_a_post_that_ended_counts_at_the_very_next_page(officer, client_of, system) -> None:
    browser = client_of(officer)
    assert browser.get("/ho").status_code == 200
    unit = officer.holdings.get().post.unit
    officer.holdings.update(valid_from=timezone.localdate())
    close_account(actor=system, user=officer, unit=unit, on=timezone.localdate())
    assert browser.get("/ho").status_code != 200
