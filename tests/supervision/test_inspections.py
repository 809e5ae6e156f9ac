"""Inspections: a finding opens a task, is closed with what was done, is seen in its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.places.models import Unit
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor
from chungtay.supervision.models import Inspection, InspectionFinding
from chungtay.supervision.queries.inspections import (
    findings_seen_by,
    inspections_of,
    inspections_seen_by,
    places_to_inspect,
    task_of,
    with_counts,
)
from chungtay.supervision.services.findings import (
    FindingInput,
    add_finding,
    close_finding,
    reopen_finding,
    restore_finding,
    withdraw_finding,
)
from chungtay.supervision.services.inspections import (
    InspectionInput,
    correct_inspection,
    record_inspection,
    restore_inspection,
    withdraw_inspection,
)
from chungtay.tasks.models import Progress, Task
from tests.supervision.conftest import DUE, ON, TODAY, post_of

pytestmark = pytest.mark.database
Acting = Callable[[User], PostActor]
Recorded = Callable[..., Inspection]


@pytest.fixture
def found(
    recorded: Recorded, officer: User, head: User, acting: Acting
) -> Callable[..., InspectionFinding]:
    """Write down a finding of an inspection, to be mended by the head of Thôn 1."""

    def find(inspection: Inspection | None = None, **given: Any) -> InspectionFinding:
        words = {
            "text": "Chưa niêm yết danh sách",
            "severity": "defect",
            "due_on": DUE,
            "post": post_of(head),
        } | given
        made = add_finding(
            actor=acting(officer),
            inspection=inspection or recorded(),
            given=FindingInput(**words),
            link="/giam-sat",
        )
        rows = InspectionFinding.objects.select_related("inspection__unit", "inspection__place")
        return rows.get(pk=made)

    return find


def close(
    finding: InspectionFinding, actor: PostActor, done: str = "Đã niêm yết", version: int = 1
) -> int:
    return close_finding(
        actor=actor, finding=finding, done=done, on=TODAY, expected_version=version
    )


def task(finding: InspectionFinding) -> Task:
    known = task_of(finding)
    assert known is not None
    return known


def test_a_finding_opens_a_task_of_the_post_that_mends_it(
    found: Callable[..., InspectionFinding], head: User
) -> None:
    opened = task(found())
    assert opened.title == "Khắc phục sau kiểm tra, giám sát ngày 10/05/2023 tại Thôn 1"
    assert opened.asked == "Chưa niêm yết danh sách"
    assert (opened.due_on, opened.link) == (DUE, "/giam-sat")
    part = opened.parts.get()
    assert (part.post, part.leads, part.ordered) == (post_of(head), True, True)


def test_the_same_form_finds_once(
    recorded: Recorded, officer: User, head: User, acting: Acting
) -> None:
    inspection = recorded()
    given = FindingInput("Thiếu biên bản", "remark", DUE, post_of(head))
    made = {
        add_finding(actor=acting(officer), inspection=inspection, given=given, key="mot-khoa")
        for _ in range(2)
    }
    assert len(made) == 1
    assert Task.objects.count() == 1


def test_closing_says_what_was_done_and_ends_the_task(
    found: Callable[..., InspectionFinding], officer: User, acting: Acting
) -> None:
    finding = found()
    assert close(finding, acting(officer)) == 2
    finding.refresh_from_db()
    assert (finding.done, finding.closed_on) == ("Đã niêm yết", TODAY)
    assert (task(finding).progress, task(finding).done_on) == (Progress.DONE, TODAY)
    with pytest.raises(Refused, match="đã được khép lại"):
        close(finding, acting(officer), version=2)


def test_closing_without_words_or_over_a_newer_version_is_refused(
    found: Callable[..., InspectionFinding], officer: User, acting: Acting
) -> None:
    finding = found()
    with pytest.raises(Refused, match="Chưa ghi việc đã làm"):
        close(finding, acting(officer), done="  ")
    with pytest.raises(Stale):
        close(finding, acting(officer), version=7)
    assert task(finding).progress == Progress.NOT_OPEN


def test_opening_again_keeps_what_was_written_and_wants_the_task_done(
    found: Callable[..., InspectionFinding], officer: User, acting: Acting
) -> None:
    finding = found()
    close(finding, acting(officer))
    reopen_finding(
        actor=acting(officer), finding=finding, reason="Chưa đủ", on=TODAY, expected_version=2
    )
    finding.refresh_from_db()
    assert (finding.closed_on, finding.done) == (None, "Đã niêm yết")
    assert task(finding).progress == Progress.DOING


def test_a_withdrawn_finding_takes_its_task_along_and_back(
    found: Callable[..., InspectionFinding], officer: User, acting: Acting
) -> None:
    finding = found()
    actor = acting(officer)
    withdraw_finding(actor=actor, finding=finding, reason="Ghi nhầm thôn", expected_version=1)
    assert task(finding).withdrawn
    finding.refresh_from_db()
    restore_finding(actor=actor, finding=finding, expected_version=2)
    assert not task(finding).withdrawn


def test_an_inspection_with_findings_is_not_withdrawn(
    found: Callable[..., InspectionFinding], officer: User, acting: Acting
) -> None:
    finding, actor = found(), acting(officer)
    words = {"inspection": finding.inspection, "reason": "Ghi hai lần"}
    with pytest.raises(Refused, match="rút từng điều trước"):
        withdraw_inspection(actor=actor, expected_version=1, **words)
    withdraw_finding(actor=actor, finding=finding, reason="Ghi hai lần", expected_version=1)
    assert withdraw_inspection(actor=actor, expected_version=1, **words) == 2
    with pytest.raises(Refused, match="đã được rút"):
        found(finding.inspection)
    assert restore_inspection(actor=actor, inspection=finding.inspection, expected_version=2) == 3


def test_what_was_recorded_is_corrected(
    recorded: Recorded, officer: User, quang_trung: Unit, acting: Acting
) -> None:
    inspection = recorded()
    given = InspectionInput(
        quang_trung, "by_community", ON, "Ban Giám sát đầu tư của cộng đồng", "Đường thôn", "7/KH"
    )
    words = {"inspection": inspection, "given": given, "today": TODAY}
    correct_inspection(actor=acting(officer), expected_version=1, **words)
    inspection.refresh_from_db()
    assert (inspection.place, inspection.post, inspection.paper) == (quang_trung, None, "7/KH")
    with pytest.raises(Stale):
        correct_inspection(actor=acting(officer), expected_version=1, **words)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"on": date(2023, 7, 2)}, "chưa tới"),
        ({"about": " "}, "Chưa ghi nội dung"),
    ],
)
def test_what_cannot_be_is_refused(recorded: Recorded, given: Any, words: str) -> None:
    with pytest.raises(Refused, match=words):
        recorded(**given)
    assert not Inspection.objects.exists()


def test_a_foreign_place_and_a_day_before_are_refused(
    recorded: Recorded, phu_son: Unit, found: Callable[..., InspectionFinding]
) -> None:
    with pytest.raises(Refused, match="thuộc địa bàn của mình"):
        recorded(place=phu_son)
    with pytest.raises(Refused, match="trước ngày kiểm tra"):
        found(due_on=date(2023, 5, 9))
    assert not Task.objects.exists()


def test_who_sees_an_inspection(
    recorded: Recorded,
    acting: Acting,
    officer: User,
    head: User,
    other_head: User,
    district_officer: User,
    outsider: User,
    found: Callable[..., InspectionFinding],
) -> None:
    inspection = recorded()
    found(inspection)
    for user in (officer, head, district_officer):
        assert inspections_seen_by(acting(user)).get() == inspection
        assert findings_seen_by(acting(user)).count() == 1
    for user in (other_head, outsider):
        assert not inspections_seen_by(acting(user)).exists()
        assert not findings_seen_by(acting(user)).exists()


def test_those_who_may_not_record_are_not_allowed(
    recorded: Recorded,
    found: Callable[..., InspectionFinding],
    acting: Acting,
    head: User,
    outsider: User,
    quang_trung: Unit,
    village: Unit,
) -> None:
    finding = found()
    given = InspectionInput(village, "by_authority", ON, "Đoàn", "Việc")
    lines = JournalLine.objects.count()
    for user in (head, outsider):
        with pytest.raises(NotAllowed):
            close(finding, acting(user))
        with pytest.raises(NotAllowed):
            record_inspection(actor=acting(user), unit=quang_trung, given=given, today=TODAY)
    assert JournalLine.objects.count() == lines


def test_the_list_counts_what_is_open_and_late_and_keeps_it_over_the_year(
    found: Callable[..., InspectionFinding], acting: Acting, officer: User, quang_trung: Unit
) -> None:
    first = found()
    found(first.inspection, due_on=date(2024, 2, 1))
    listed = with_counts(inspections_of(acting(officer), [quang_trung], 2023), date(2023, 12, 31))
    counted = listed.get()
    assert (counted.found_count, counted.open_count, counted.late_count) == (2, 2, 1)
    assert inspections_of(acting(officer), [quang_trung], 2024).exists()
    for one in InspectionFinding.objects.select_related("inspection__unit"):
        close(one, acting(officer))
    assert not inspections_of(acting(officer), [quang_trung], 2024).exists()
    assert not inspections_of(acting(officer), [quang_trung], 2023, "open").exists()


def test_a_commune_inspects_itself_and_its_villages(quang_trung: Unit) -> None:
    names = [one.name for one in places_to_inspect(quang_trung, ON)]
    assert names == ["Xã Quang Trung", "Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4"]


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"body": "Đoàn"}, "inspection_by_post_or_body"),
        ({"about": ""}, "inspection_says_of_what"),
        ({"withdrawn": True}, "inspection_withdrawn_has_its_reason"),
    ],
)
def test_the_database_holds_what_an_inspection_is(
    recorded: Recorded, changed: dict[str, Any], constraint: str
) -> None:
    inspection = recorded()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Inspection.objects.filter(pk=inspection.pk).update(**changed)


def test_the_database_holds_that_what_is_closed_says_how(
    found: Callable[..., InspectionFinding],
) -> None:
    finding = found()
    with pytest.raises(IntegrityError, match="closed_says_what"), transaction.atomic():
        InspectionFinding.objects.filter(pk=finding.pk).update(closed_on=TODAY)
