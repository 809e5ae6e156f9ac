"""Villages renamed and corrected: what a day's papers call them."""

from datetime import date

import pytest

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.households.services import undo_village_change
from chungtay.places.models import Naming, Unit
from chungtay.places.queries import all_as_on, area_type_on, villages_of
from chungtay.places.services import add_villages, correct_village, rename_village

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LAST_YEAR, ON, LATER = date(2023, 12, 31), date(2024, 6, 1), date(2024, 9, 1)
PAPER = "Nghị quyết số 12/NQ-HĐND ngày 15/5/2024"


@pytest.fixture
def village(quang_trung) -> Unit:
    return villages_of(quang_trung, LAST_YEAR).first()


@pytest.fixture
def rename(system, village):
    def rename_it(name, on=ON, **more):
        given = {"actor": system, "village": village, "paper": PAPER} | more
        rename_village(name=name, on=on, **given)
        village.refresh_from_db()

    return rename_it


def test_last_years_papers_keep_the_old_name(rename, village, quang_trung):
    rename("Khu phố Hòa Bình")
    assert village.name_on(LAST_YEAR) == "Thôn 1"
    assert village.name_on(ON) == village.name == "Khu phố Hòa Bình"
    assert village.naming_on(ON).kind == "Khu phố"
    shown = all_as_on(villages_of(quang_trung, LAST_YEAR), LAST_YEAR)
    assert {unit.name for unit in shown} == {f"Thôn {number}" for number in range(1, 5)}
    assert village.namings[0].paper == PAPER
    line = JournalLine.objects.get(act="places.rename_village")
    assert line.paper == PAPER


def test_a_name_may_change_again_but_not_backwards(rename, village):
    rename("Thôn Hòa Bình")
    with pytest.raises(Refused, match="từ ngày 01/06/2024; lần đổi tên sau"):
        rename("Thôn Thống Nhất", on=date(2024, 6, 1))
    rename("Thôn Thống Nhất", on=LATER)
    names = [village.name_on(on) for on in (LAST_YEAR, ON, date(2024, 8, 31), LATER)]
    assert names == ["Thôn 1", "Thôn Hòa Bình", "Thôn Hòa Bình", "Thôn Thống Nhất"]


@pytest.mark.parametrize(
    ("name", "more", "words"),
    [
        ("Thôn 1", {}, "đang mang chính tên này"),
        ("THÔN 2", {}, "Xã Quang Trung đã có Thôn 2"),
        ("  ", {}, "không được để trống"),
        ("Thôn " + "dài " * 40, {}, "nhiều nhất là 120"),
        ("Thôn Mới", {"paper": " "}, "văn bản làm căn cứ"),
        ("Thôn Mới", {"on": date(2099, 1, 1)}, "chưa tới"),
        ("Thôn Mới", {"on": date(2025, 7, 1)}, "Xã Quang Trung đã kết thúc ngày 30/06/2025"),
    ],
)
def test_a_rename_is_refused_with_a_sentence(rename, village, name, more, words):
    with pytest.raises(Refused, match=words):
        rename(name, **more)
    assert village.earlier_names == []


def test_a_name_of_then_cannot_be_taken_for_then(rename, system, quang_trung):
    rename("Thôn Hòa Bình", on=LATER)
    second = quang_trung.children.get(name="Thôn 2")
    with pytest.raises(Refused, match="đã có"):
        rename_village(actor=system, village=second, name="Thôn 1", on=ON, paper=PAPER)
    rename_village(actor=system, village=second, name="Thôn 1", on=LATER, paper=PAPER)


def test_a_village_begins_before_its_name_changes(system, quang_trung):
    add_villages(actor=system, commune=quang_trung, names=["Thôn 9"], valid_from=ON)
    young = quang_trung.children.get(name="Thôn 9")
    with pytest.raises(Refused, match="Thôn 9 có từ ngày 01/06/2024"):
        rename_village(actor=system, village=young, name="Thôn Chín", on=ON, paper=PAPER)


def test_a_rename_is_undone(rename, village, system):
    rename("Thôn Hòa Bình")
    undo_village_change(actor=system, change=village.changes.get(kind="village_renamed"))
    village.refresh_from_db()
    assert (village.name, village.earlier_names) == ("Thôn 1", [])


def test_kind_and_area_are_corrected_and_taken_back(system, village):
    given = Naming("Thôn 1", "Tổ dân phố", "urban")
    correct_village(actor=system, village=village, given=given, reason="ghi nhầm loại")
    village.refresh_from_db()
    assert (village.kind, area_type_on(village, LAST_YEAR)) == ("Tổ dân phố", "urban")
    undo_village_change(actor=system, change=village.changes.get(kind="village_corrected"))
    village.refresh_from_db()
    assert (village.kind, area_type_on(village, LAST_YEAR)) == ("Thôn", "rural")


@pytest.mark.parametrize(
    ("given", "reason", "words"),
    [
        (Naming("Thôn 2", "Thôn", ""), "nhầm", "đã có Thôn 2"),
        (Naming("Thôn 1", "Quận", ""), "nhầm", "Không có loại “Quận”"),
        (Naming("Thôn 1", "Thôn", "núi"), "nhầm", "nông thôn, thành thị"),
        (Naming("Thôn Một", "Thôn", ""), " ", "vì sao đính chính"),
    ],
)
def test_a_correction_is_refused_with_a_sentence(system, village, given, reason, words):
    with pytest.raises(Refused, match=words):
        correct_village(actor=system, village=village, given=given, reason=reason)


def test_a_form_opened_before_another_change_is_stale(system, village, rename):
    seen = village.namings[-1]
    rename("Thôn Hòa Bình")
    with pytest.raises(Stale, match="nay là Thôn Hòa Bình"):
        correct_village(
            actor=system,
            village=village,
            given=Naming("Thôn Một", "Thôn", ""),
            seen=seen,
            reason="nhầm",
        )


def test_only_a_village_is_changed_and_only_by_its_commune(
    system, quang_trung, rename, acting, outsider
):
    with pytest.raises(Refused, match="Xã Quang Trung không phải là thôn"):
        rename_village(actor=system, village=quang_trung, name="Xã Mới", on=ON, paper=PAPER)
    with pytest.raises(NotAllowed):
        rename("Thôn Mới", actor=acting(outsider))


def test_added_villages_are_taken_back_while_they_are_empty(system, quang_trung):
    add_villages(actor=system, commune=quang_trung, names=["Thôn 9"], valid_from=ON)
    village = quang_trung.children.get(name="Thôn 9")
    undo_village_change(actor=system, change=village.changes.get())
    assert village not in villages_of(quang_trung, LATER)
    add_villages(actor=system, commune=quang_trung, names=["Thôn 9"], valid_from=ON)
