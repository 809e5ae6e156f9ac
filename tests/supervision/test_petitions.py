"""Difficulties and petitions: passed up, answered, read by the writer's unit and its line only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.places.models import Unit
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor
from chungtay.supervision.models import Petition, PetitionState
from chungtay.supervision.queries.petitions import (
    counts_of,
    goes_next,
    petitions_of,
    petitions_seen_by,
    steps_of,
    waiting_at,
)
from chungtay.supervision.services.petitions import (
    PetitionInput,
    answer_petition,
    correct_petition,
    pass_up,
    restore_petition,
    withdraw_petition,
    write_petition,
)
from tests.supervision.conftest import ON

pytestmark = pytest.mark.database
Acting = Callable[[User], PostActor]
GIVEN = PetitionInput("difficulty", "Đường vào thôn", "Mùa mưa xe không vào được.")


@pytest.fixture
def written(acting: Acting) -> Callable[[User, Unit], Petition]:
    """What somebody writes for a unit of her own."""

    def write(user: User, unit: Unit) -> Petition:
        made = write_petition(actor=acting(user), unit=unit, given=GIVEN, on=ON)
        return fresh(made)

    return write


@pytest.fixture
def province_officer(quang_trung: Unit, hire: Callable[..., User]) -> User:
    assert quang_trung.parent is not None
    assert quang_trung.parent.parent is not None
    return hire("province_officer", quang_trung.parent.parent)


def fresh(pk: int) -> Petition:
    return Petition.objects.select_related("unit__parent", "at__parent").get(pk=pk)


def up(actor: PostActor, petition: Petition, text: str = "") -> Petition:
    pass_up(actor=actor, petition=petition, text=text, expected_version=petition.version)
    return fresh(petition.pk)


def answer(actor: PostActor, petition: Petition, text: str = "Đã ghi vào dự toán.") -> Petition:
    answer_petition(actor=actor, petition=petition, text=text, expected_version=petition.version)
    return fresh(petition.pk)


def test_a_village_passes_up_and_the_district_answers(
    written: Callable[[User, Unit], Petition],
    acting: Acting,
    head: User,
    village: Unit,
    officer: User,
    district_officer: User,
) -> None:
    petition = up(acting(head), written(head, village))
    assert (petition.at, petition.state) == (village.parent, PetitionState.PASSED_UP)
    petition = up(acting(officer), petition, "Vượt khả năng ngân sách xã.")
    petition = answer(acting(district_officer), petition)
    assert petition.state == PetitionState.ANSWERED
    assert [(one.state, one.unit.level, one.to.level) for one in steps_of(petition)] == [
        ("written", "village", "village"),
        ("passed_up", "village", "commune"),
        ("passed_up", "commune", "district"),
        ("answered", "district", "village"),
    ]
    assert "Vượt khả năng" in steps_of(petition)[2].text


def test_an_office_passes_to_its_own_committee_first(
    written: Callable[[User, Unit], Petition],
    acting: Acting,
    front: User,
    officer: User,
    quang_trung: Unit,
) -> None:
    petition = up(acting(front), written(front, quang_trung))
    assert (petition.at, petition.state) == (quang_trung, PetitionState.PASSED_UP)
    assert goes_next(acting(front), petition) is None
    assert goes_next(acting(officer), petition) == quang_trung.parent


def test_above_the_province_nobody_answers(
    written: Callable[[User, Unit], Petition], acting: Acting, province_officer: User
) -> None:
    province = acting(province_officer).holdings[0].post.unit
    petition = written(province_officer, province)
    with pytest.raises(Refused, match="Không còn cấp nào"):
        up(acting(province_officer), petition)


def test_who_reads_it_before_and_after_it_is_sent(
    written: Callable[[User, Unit], Petition],
    acting: Acting,
    head: User,
    other_head: User,
    village: Unit,
    officer: User,
    front: User,
    district_officer: User,
    outsider: User,
) -> None:
    petition = written(head, village)

    def readers() -> set[User]:
        everyone = (head, other_head, officer, front, district_officer, outsider)
        return {one for one in everyone if petitions_seen_by(acting(one)).exists()}

    assert readers() == {head}
    up(acting(head), petition)
    assert readers() == {head, officer, district_officer}


def test_only_where_it_lies_is_it_answered(
    written: Callable[[User, Unit], Petition],
    acting: Acting,
    head: User,
    village: Unit,
    officer: User,
    front: User,
    outsider: User,
) -> None:
    petition = up(acting(head), written(head, village))
    lines = JournalLine.objects.count()
    for user in (head, front, outsider):
        with pytest.raises(NotAllowed):
            answer(acting(user), petition)
        with pytest.raises(NotAllowed):
            up(acting(user), petition)
    with pytest.raises(Refused, match="Chưa ghi lời trả lời"):
        answer(acting(officer), petition, " ")
    assert JournalLine.objects.count() == lines


def test_nobody_writes_for_another_unit(
    written: Callable[[User, Unit], Petition], officer: User, village: Unit, outsider: User
) -> None:
    for user in (officer, outsider):
        with pytest.raises(NotAllowed):
            written(user, village)


def test_what_is_not_sent_is_corrected_and_not_answered(
    written: Callable[[User, Unit], Petition],
    acting: Acting,
    officer: User,
    quang_trung: Unit,
) -> None:
    actor, petition = acting(officer), written(officer, quang_trung)
    with pytest.raises(Refused, match="chưa được gửi"):
        answer(actor, petition)
    given = PetitionInput("petition", "Mức hỗ trợ", "Đề nghị nâng mức.")
    words = {"actor": actor, "petition": petition, "given": given}
    assert correct_petition(expected_version=1, **words) == 2
    with pytest.raises(Stale):
        correct_petition(expected_version=1, **words)
    petition = up(actor, fresh(petition.pk))
    assert petition.about == "Mức hỗ trợ"
    with pytest.raises(Refused, match="đã gửi đi"):
        correct_petition(expected_version=3, **words)


def test_it_is_withdrawn_by_its_unit_until_answered(
    written: Callable[[User, Unit], Petition],
    acting: Acting,
    head: User,
    village: Unit,
    officer: User,
) -> None:
    petition = up(acting(head), written(head, village))
    words = {"petition": petition, "reason": "Đã tự làm được"}
    with pytest.raises(NotAllowed):
        withdraw_petition(actor=acting(officer), expected_version=2, **words)
    withdraw_petition(actor=acting(head), expected_version=2, **words)
    with pytest.raises(Refused, match="đã được rút"):
        answer(acting(officer), fresh(petition.pk))
    restore_petition(actor=acting(head), petition=petition, expected_version=3)
    answer(acting(officer), fresh(petition.pk))
    with pytest.raises(Refused, match="đã được trả lời"):
        withdraw_petition(actor=acting(head), expected_version=5, **words)


def test_the_same_form_sends_once(
    written: Callable[[User, Unit], Petition], acting: Acting, head: User, village: Unit
) -> None:
    petition = written(head, village)
    versions = {
        pass_up(actor=acting(head), petition=petition, expected_version=1, key="mot-khoa")
        for _ in range(2)
    }
    assert versions == {2}
    assert len(steps_of(petition)) == 2


def test_the_list_counts_and_keeps_what_is_not_answered(
    written: Callable[[User, Unit], Petition],
    acting: Acting,
    head: User,
    village: Unit,
    officer: User,
    quang_trung: Unit,
) -> None:
    written(officer, quang_trung)
    petition = up(acting(head), written(head, village))
    found = petitions_of(acting(officer), [quang_trung], 2023)
    assert counts_of(found) == {"written": 1, "passed_up": 1, "answered": 0}
    assert waiting_at(found, [quang_trung]).get() == petition
    assert petitions_of(acting(officer), [quang_trung], 2024).count() == 2
    answer(acting(officer), petition)
    assert petitions_of(acting(officer), [quang_trung], 2024).count() == 1


def test_the_line_above_speaks_for_a_unit_that_ended(
    written: Callable[[User, Unit], Petition],
    acting: Acting,
    officer: User,
    quang_trung: Unit,
    province_officer: User,
) -> None:
    petition = up(acting(officer), written(officer, quang_trung))
    assert petition.at.valid_to == date(2025, 6, 30)
    assert answer(acting(province_officer), petition).state == PetitionState.ANSWERED


def test_the_database_holds_where_it_lies(
    written: Callable[[User, Unit], Petition], head: User, village: Unit, quang_trung: Unit
) -> None:
    petition = written(head, village)
    with pytest.raises(IntegrityError, match="lies_with_its_unit"), transaction.atomic():
        Petition.objects.filter(pk=petition.pk).update(at=quang_trung)
    with pytest.raises(IntegrityError, match="says_something"), transaction.atomic():
        Petition.objects.filter(pk=petition.pk).update(text="")
    with pytest.raises(IntegrityError, match="answer_says"), transaction.atomic():
        petition.steps.update(state="answered")
