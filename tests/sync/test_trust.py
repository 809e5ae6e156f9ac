"""Who may import, what happens twice or at once or halfway, and what never shows."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from chungtay.acts.checking import check_chains
from chungtay.acts.models import DoneAct, JournalLine
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.acts.services import System
from chungtay.files.opening import open_sheets
from chungtay.files.refusals import UnfriendlyFile
from chungtay.households.models import Household
from chungtay.households.services import add_household
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.models import Level, Unit
from chungtay.staff.models import User
from chungtay.sync import applying, opening, services, updating
from chungtay.sync.answers import answer_of
from chungtay.sync.models import ImportBatch
from chungtay.sync.services import (
    DAYS_HANDED_BACK,
    apply_import,
    hand_back_marked,
    preview_of,
    preview_seen_by,
    stage_import,
    undo_import,
)
from tests.sync.conftest import FAMILY, NEIGHBOURS, ON, Bring, Stage, person, register_rows, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NUMBERS = ("038084996102", "038186993347", "038079998821", "038180000777")


def test_only_those_who_may_import_here_stage_and_apply(
    quang_trung: Unit,
    outsider: User,
    hire: Callable[..., User],
    acting: Callable,
    stage: Stage,
) -> None:
    village = Unit.objects.get(level=Level.VILLAGE, parent=quang_trung, name="Thôn 1")
    batch, _ = stage(quang_trung, FAMILY)
    lines = JournalLine.objects.count()
    for user in (outsider, hire("village_head", village), hire("chairman", quang_trung)):
        given = {"actor": acting(user), "commune": quang_trung, "on": ON, "content": xlsx(FAMILY)}
        with pytest.raises(NotAllowed):
            preview_seen_by(**given)
        with pytest.raises(NotAllowed):
            stage_import(**given, file_name="ds.xlsx")
        with pytest.raises(NotAllowed):
            apply_import(actor=acting(user), batch_id=batch, ticked=None)
        with pytest.raises(NotAllowed):
            hand_back_marked(actor=acting(user), batch_id=batch)
        with pytest.raises(NotAllowed):
            undo_import(actor=acting(user), batch_id=batch)
    assert Household.objects.count() == 0
    assert ImportBatch.objects.count() == 1
    assert JournalLine.objects.filter(chain=quang_trung.chain).count() <= lines


def test_the_officer_imports_at_home(
    quang_trung: Unit, officer: User, acting: Callable, stage: Stage
) -> None:
    batch, _ = stage(quang_trung, FAMILY, actor=acting(officer))
    assert apply_import(actor=acting(officer), batch_id=batch, ticked=None)["added"] == 1
    kept = ImportBatch.objects.get(pk=batch)
    assert (kept.staged_by, kept.settled_by) == ("Hà Thị Mận", "Hà Thị Mận")
    line = JournalLine.objects.get(act="sync.apply_import")
    assert (line.chain, line.actor_id) == (quang_trung.chain, officer.pk)


def test_a_batch_is_applied_once_whoever_comes_second(
    quang_trung: Unit, system: System, stage: Stage
) -> None:
    batch, _ = stage(quang_trung, FAMILY)
    assert apply_import(actor=system, batch_id=batch, ticked=None)["added"] == 1
    before = register_rows()
    with pytest.raises(Refused, match=r"đã được ghi vào sổ \(hệ thống, \d\d:\d\d "):
        apply_import(actor=system, batch_id=batch, ticked=None)
    assert register_rows() == before


def test_the_same_list_staged_twice_is_written_once(
    quang_trung: Unit, system: System, stage: Stage
) -> None:
    first, _ = stage(quang_trung, FAMILY)
    second, preview = stage(quang_trung, FAMILY)
    assert preview.counts()["added"] == 1
    apply_import(actor=system, batch_id=first, ticked=None)
    answer = apply_import(actor=system, batch_id=second, ticked=None)
    assert answer["households"] == 0
    assert Household.objects.count() == 1


def test_the_register_is_compared_anew_if_it_changed_while_the_list_was_read(
    quang_trung: Unit, system: System, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, _ = stage(quang_trung, FAMILY)
    village = Unit.objects.get(level=Level.VILLAGE, parent=quang_trung, name="Thôn 1")
    real = services.preview_list
    opened: list[int] = []

    def open_once(content: bytes, **limits: object) -> object:
        opened.append(len(content))
        assert len(opened) == 1, "the file was read again"
        return open_sheets(content, **limits)

    head = PersonInput("Lưu Văn Khánh", relation="00", citizen_id="038084996102")
    seen: list[int] = []

    def meanwhile(*of: object):
        preview = real(*of)
        seen.append(preview.counts()["added"])
        if len(seen) == 1:
            given = HouseholdInput(village, [head], code="H-01")
            add_household(actor=system, commune=quang_trung, given=given, on=ON)
        return preview

    monkeypatch.setattr(services, "preview_list", meanwhile)
    monkeypatch.setattr(opening, "open_sheets", open_once)
    answer = apply_import(actor=system, batch_id=batch, ticked=None)
    assert seen == [1, 0]
    assert (answer["added"], answer["changed"]) == (0, 1)
    assert Household.objects.count() == 1


def test_the_same_key_acts_once(quang_trung: Unit, system: System, stage: Stage) -> None:
    given = {"actor": system, "commune": quang_trung, "on": ON, "file_name": "ds.xlsx"}
    given["content"] = xlsx(FAMILY)  # saved once: a file says when it was saved
    first = stage_import(**given, key="k1")
    assert stage_import(**given, key="k1") == first
    batch = UUID(first)
    answer = apply_import(actor=system, batch_id=batch, ticked=None, key="k2")
    assert apply_import(actor=system, batch_id=batch, ticked=None, key="k2") == answer
    undone = undo_import(actor=system, batch_id=batch, key="k3")
    assert undo_import(actor=system, batch_id=batch, key="k3") == undone
    assert DoneAct.objects.count() == 3
    assert JournalLine.objects.filter(act="sync.apply_import").count() == 1


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (applying, "insert"),
        (applying, "follow_villages"),
        (updating.Updating, "write"),
        (services, "_settle"),
    ],
)
def test_a_fault_halfway_leaves_the_register_as_before(
    bare_commune: Unit,
    system: System,
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    name: str,
) -> None:
    batch, _ = stage(bare_commune, [*FAMILY, *NEIGHBOURS])
    before, lines = register_rows(), JournalLine.objects.count()

    def broken(*_: object, **__: object) -> None:
        raise OSError("đĩa đầy")

    with monkeypatch.context() as patch:
        patch.setattr(where, name, broken)
        with pytest.raises(OSError, match="đĩa đầy"):
            apply_import(actor=system, batch_id=batch, ticked=None)
    assert register_rows() == before
    assert JournalLine.objects.count() == lines
    assert ImportBatch.objects.get(pk=batch).state == "staged"
    assert apply_import(actor=system, batch_id=batch, ticked=None)["added"] == 2


def test_no_citizen_id_shows_anywhere(
    quang_trung: Unit,
    phu_son: Unit,
    bring: Bring,
    stage: Stage,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    bring(phu_son, [person("Vũ Thị Bích", number=NUMBERS[3], village="Tổ dân phố 1")])
    bring(quang_trung, FAMILY)
    rows = [
        person("Lưu Văn Khánh", code="H-01", birth="15/03/1984", number=NUMBERS[2]),
        person("Phùng Thị Sen", "Vợ", code="H-01", number=NUMBERS[3]),
        person("Hà Văn Tư", code=NUMBERS[2], village=NUMBERS[0], number=NUMBERS[0]),
        person(f"Ngô Lan {NUMBERS[1]}", village="Thôn 1", number=NUMBERS[1]),
        person("Bùi Văn Thứ", village="Thôn 2", number=int(NUMBERS[2])),
        person("Cao Văn Sáu", village="Thôn 2", number=NUMBERS[3]),
    ]
    batch, preview = stage(quang_trung, rows)
    kept = ImportBatch.objects.get(pk=batch)
    shown = [repr(preview), str(answer_of(preview)), repr(kept.__dict__), caplog.text]
    shown += [str(change) for one in preview.proposals for change in one.changes]
    shown += [repr(row) for row in JournalLine.objects.values()]
    for number in NUMBERS:
        spaced = f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"
        for text in shown:
            assert number not in text
            assert number.lstrip("0") not in text
            assert spaced not in text
            assert number.encode() not in bytes(kept.staged)


def test_a_file_that_is_no_list_leaves_nothing_behind(quang_trung: Unit, stage: Stage) -> None:
    for content in (b"%PDF-1.7 not a list", b"", xlsx([[1, 2]], ["A", "B"])):
        with pytest.raises(UnfriendlyFile):
            stage(quang_trung, content)
    assert ImportBatch.objects.count() == 0
    assert JournalLine.objects.filter(act="sync.stage_import").count() == 0


def test_the_staged_file_comes_back_as_it_came_and_the_chains_hold(
    quang_trung: Unit, system: System, stage: Stage
) -> None:
    content = xlsx(FAMILY)
    batch, _ = stage(quang_trung, content)
    assert services.staged_content(ImportBatch.objects.get(pk=batch)) == content
    apply_import(actor=system, batch_id=batch, ticked=None)
    undo_import(actor=system, batch_id=batch)
    assert check_chains().problems == []


def test_an_unknown_batch_is_no_batch(system: System, db: None) -> None:
    with pytest.raises(ImportBatch.DoesNotExist):
        apply_import(actor=system, batch_id=uuid4(), ticked=None)


def test_the_counts_are_kept_with_what_was_written(quang_trung: Unit, bring: Bring) -> None:
    answer = bring(quang_trung, [*FAMILY, person("Lê Văn Sáu", village="Thôn 9")])
    counts = ImportBatch.objects.get(pk=answer["batch"]).counts
    assert (counts["read"], counts["added"], counts["refused"]) == (2, 1, 1)
    assert counts["written"] == {"households": 1, "added": 1, "changed": 0, "persons": 2}
    assert preview_of(ImportBatch.objects.get(pk=answer["batch"])).counts()["unchanged"] == 1


def test_one_key_with_another_file_or_day_stages_another_list(
    quang_trung: Unit, system: System
) -> None:
    given = {"actor": system, "commune": quang_trung, "file_name": "ds.xlsx", "key": "k1"}
    staged = {
        stage_import(**given, on=on, content=content)
        for on in (ON, date(2023, 2, 1))
        for content in (xlsx(FAMILY), xlsx(NEIGHBOURS))
    }
    assert len(staged) == 4


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(9999, 12, 31), "ở sau hôm nay"),
        (date(2025, 8, 1), "chỉ có đến hết ngày 30/06/2025"),
        (date(1999, 1, 1), "1999"),
    ],
)
def test_a_day_the_commune_can_have_no_list_of_is_refused(
    quang_trung: Unit, system: System, stage: Stage, on: date, said: str
) -> None:
    given = {"actor": system, "commune": quang_trung, "on": on, "content": xlsx(FAMILY)}
    with pytest.raises(Refused, match=said):
        preview_seen_by(**given)
    with pytest.raises(Refused, match=said):
        stage_import(**given, file_name="ds.xlsx")
    batch, _ = stage(quang_trung, FAMILY)
    ImportBatch.objects.filter(pk=batch).update(on=on)
    with pytest.raises(Refused, match=said):
        apply_import(actor=system, batch_id=batch, ticked=None)
    assert Household.objects.count() == 0


def test_a_day_before_the_commune_stood_is_refused(quang_trung: Unit, system: System) -> None:
    quang_trung.valid_from = date(2023, 6, 1)
    with pytest.raises(Refused, match=r"chỉ có từ ngày 01/06/2023"):
        preview_seen_by(actor=system, commune=quang_trung, on=ON, content=xlsx(FAMILY))


def test_the_own_file_is_handed_back_with_a_line_each_time_and_not_for_ever(
    quang_trung: Unit, system: System, stage: Stage
) -> None:
    batch, _ = stage(quang_trung, FAMILY)
    for _ in range(2):
        workbook, preview = hand_back_marked(actor=system, batch_id=batch)
    assert (len(workbook.sheets[0].rows), preview.counts()["added"]) == (3, 1)
    lines = JournalLine.objects.filter(act="sync.hand_back_marked", subject=f"import:{batch}")
    assert [(line.chain, '"rows":3' in line.details) for line in lines] == [
        (quang_trung.chain, True)
    ] * 2
    apply_import(actor=system, batch_id=batch, ticked=None)
    hand_back_marked(actor=system, batch_id=batch)
    long_ago = timezone.now() - timedelta(days=DAYS_HANDED_BACK, minutes=1)
    ImportBatch.objects.filter(pk=batch).update(settled_at=long_ago)
    with pytest.raises(Refused, match="chỉ tải được trong 7 ngày"):
        hand_back_marked(actor=system, batch_id=batch)
    assert lines.all().count() == 3
