"""An import can be put back, whole, as long as nothing that holds has changed since."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.acts.refusing import Refused
from chungtay.acts.services import System
from chungtay.households.models import Household
from chungtay.households.services import add_household, record_answers
from chungtay.households.writing import HouseholdInput, PersonInput
from chungtay.places.models import Unit
from chungtay.sync.models import ImportBatch
from chungtay.sync.services import undo_import
from tests.sync.conftest import FAMILY, NEIGHBOURS, ON, Bring, person, register_rows

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CHANGED = [
    person(
        "Phùng Thị Sen",
        "Chủ hộ",
        code="H-01",
        people="Mường",
        birth="02/09/1986",
        village="Thôn 3",
        kind="Hộ cận nghèo",
    ),
    person(
        "Lưu Văn Khánh",
        "Chồng",
        code="H-01",
        number="038084996103",
        birth="15/03/1984",
        income=1_500_000,
        insured="không",
    ),
    person("Lưu Thảo Vy", "Con", code="H-01", sex="Nữ", birth="21/07/2013", insured="x"),
    person("Hồ Văn Chín", code="H-09", village="Thôn 4", birth=1960),
]


def test_what_an_import_added_and_changed_is_put_back(
    quang_trung: Unit, system: System, bring: Bring
) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    before = register_rows()
    answer = bring(quang_trung, CHANGED, date(2023, 7, 1))
    assert (answer["added"], answer["changed"]) == (1, 1)
    assert register_rows() != before
    undone = undo_import(actor=system, batch_id=answer["batch"])
    assert undone == {"withdrawn": 1, "restored": 1}
    assert register_rows() == before
    assert ImportBatch.objects.get(pk=answer["batch"]).state == "undone"


def test_the_villages_a_first_list_made_go_with_it(
    bare_commune: Unit, system: System, bring: Bring
) -> None:
    before = register_rows()
    answer = bring(bare_commune, [*FAMILY, *NEIGHBOURS])
    undo_import(actor=system, batch_id=answer["batch"])
    assert register_rows() == before
    assert bring(bare_commune, [*FAMILY, *NEIGHBOURS])["added"] == 2


def test_imports_are_undone_one_after_the_other(
    quang_trung: Unit, system: System, bring: Bring
) -> None:
    before = register_rows()
    first = bring(quang_trung, FAMILY)
    for income in (1_300_000, 1_400_000):
        rows = [person("Lưu Văn Khánh", code="H-01", income=income)]
        later = bring(quang_trung, rows, date(2023, 5, 1))
        with pytest.raises(Refused, match="đã được sửa"):
            undo_import(actor=system, batch_id=first["batch"])
        undo_import(actor=system, batch_id=later["batch"])
    undo_import(actor=system, batch_id=first["batch"])
    assert register_rows() == before


def test_nothing_is_undone_after_a_later_change(
    quang_trung: Unit, system: System, bring: Bring
) -> None:
    answer = bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    household = Household.objects.get(code="H-02")
    record_answers(
        actor=system,
        household=household,
        on=ON,
        answers={"income_points": 120},
        members={},
        expected_version=None,
    )
    before = register_rows()
    with pytest.raises(Refused, match=r"1 hộ đã được sửa .*Tạ Văn Đoàn") as refused:
        undo_import(actor=system, batch_id=answer["batch"])
    assert "Hãy sửa tay" in str(refused.value)
    assert register_rows() == before
    assert ImportBatch.objects.get(pk=answer["batch"]).state == "applied"


def test_an_undone_import_is_not_undone_again(
    quang_trung: Unit, system: System, bring: Bring
) -> None:
    answer = bring(quang_trung, FAMILY)
    undo_import(actor=system, batch_id=answer["batch"])
    with pytest.raises(Refused, match="đã được hoàn tác"):
        undo_import(actor=system, batch_id=answer["batch"])


@pytest.mark.parametrize(
    ("code", "number", "said"),
    [
        ("H-01", "038079998821", "mã hộ H-01 cần trả lại nay là của hộ Tạ Văn Đoàn"),
        ("H-05", "038084996102", "một số định danh cần trả lại .* của hộ Tạ Văn Đoàn"),
    ],
)
def test_what_another_household_has_taken_meanwhile_is_not_given_back(
    quang_trung: Unit, system: System, bring: Bring, code: str, number: str, said: str
) -> None:
    bring(quang_trung, FAMILY)
    changed = [
        person("Lưu Văn Khánh", code="H-01", birth="15/03/1984", number="038084996103"),
    ]
    first = bring(quang_trung, changed)
    moved = [person("Lưu Văn Khánh", code="H-04", number="038084996103")]
    second = bring(quang_trung, moved)
    assert (first["changed"], second["changed"]) == (1, 1)
    if code == "H-05":
        undo_import(actor=system, batch_id=second["batch"])
    head = PersonInput("Tạ Văn Đoàn", relation="00", citizen_id=number)
    given = HouseholdInput(None, [head], code=code)
    add_household(actor=system, commune=quang_trung, given=given, on=ON)
    before = register_rows()
    batch = (first if code == "H-05" else second)["batch"]
    with pytest.raises(Refused, match=said) as refused:
        undo_import(actor=system, batch_id=batch)
    assert number not in str(refused.value)
    assert register_rows() == before
    assert ImportBatch.objects.get(pk=batch).state == "applied"
