"""What changed between two versions of a plan: rows old and new, names, paragraphs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chungtay.plans.cells import Cells, LineCell, NeedCell, PartCell, TargetCell
from chungtay.plans.changes import changes_between
from chungtay.plans.life import submit_plan, take_plan_back
from chungtay.plans.models import Plan
from chungtay.plans.services import change_cells, drop_household
from chungtay.plans.versions import Said, last_version, said_now, said_then
from tests.plans.conftest import cells_of

WORDING = {
    "head": {"symbol": "KH-UBND", "place": "Quang Trung"},
    "wording": {"title": "Kế hoạch", "subject": "Giảm nghèo", "lead_in": "UBND xã ban hành:"},
    "legal_bases": [{"text": "Căn cứ Luật A"}],
    "sections": [
        {
            "level": 1,
            "number": "I",
            "title": "Chỉ tiêu",
            "paragraphs": [{"text": "Giảm {{ poor_reduction }} hộ."}, {"text": "Giữ nguyên."}],
        }
    ],
    "signature": {"position": "CHỦ TỊCH"},
    "recipients": {"lines": ["Lưu: VT"]},
}
CELLS = Cells(
    1411,
    (TargetCell("poor", 21, 5, parts=(PartCell(7, "Thôn 1", None, 3),)),),
    (LineCell("houses", "Nhà ở", 40_000_000, "mobilised", "expected"),),
    (NeedCell(2, "cow", "bò giống", 15_000_000, "mobilised"),),
)


def said(cells: Cells = CELLS, wording: object = WORDING, named: tuple[int, ...] = (1, 2)) -> Said:
    return Said(Plan(), cells, wording, named)  # type: ignore[arg-type]


def rows(changes):
    return [(str(one.where), one.before, one.after) for one in changes]


def test_the_same_plan_has_not_changed():
    assert not changes_between(said(), said())


def test_numbers_stand_old_and_new_with_what_they_count():
    target = replace(
        CELLS.targets[0], reduction=6, parts=(PartCell(7, "Thôn 1", None, 4),), opening=None
    )
    money = (replace(CELLS.lines[0], amount_vnd=45_000_000),)
    needs = (replace(CELLS.needs[0], amount_vnd=16_000_000),)
    found = changes_between(said(), said(Cells(1412, (target,), money, needs)))
    assert rows(found.numbers) == [
        ("Tổng số hộ dân cư", "1.411", "1.412"),
        ("Hộ nghèo: giảm trong năm", "5", "6"),
        ("Hộ nghèo: phần của Thôn 1", "3", "4"),
        ("Hộ nghèo: đầu năm", "21", ""),
    ]
    assert rows(found.money) == [
        ("Nhà ở, đồng", "40.000.000", "45.000.000"),
        ("Hộ thứ 2, bò giống, đồng", "15.000.000", "16.000.000"),
    ]
    assert found.wording == ()


def test_paragraphs_replaced_added_and_gone_are_told_apart():
    section = WORDING["sections"][0]
    paragraphs = [{"text": "Giảm ít nhất {{ poor_reduction }} hộ."}, *section["paragraphs"][1:]]
    after = WORDING | {
        "sections": [section | {"paragraphs": paragraphs}],
        "legal_bases": [*WORDING["legal_bases"], {"text": "Căn cứ Luật B"}],
        "recipients": {"lines": []},
    }
    found = changes_between(said(), said(wording=after))
    assert rows(found.wording) == [
        ("Căn cứ", "", "Căn cứ Luật B"),
        (
            "Mục I Chỉ tiêu",
            "Giảm {{ poor_reduction }} hộ.",
            "Giảm ít nhất {{ poor_reduction }} hộ.",
        ),
        ("Nơi nhận", "Lưu: VT", ""),
    ]


def test_households_named_anew_and_no_longer():
    found = changes_between(said(), said(named=(2, 3)))
    assert (found.named, found.dropped) == ((3,), (1,))


@pytest.mark.django_db
@pytest.mark.database
def test_a_kept_version_is_read_as_it_was(plan, as_account):
    """Cells of every kind come back from the database as they were typed."""
    officer = as_account("canbo.quangtrung")
    submit_plan(actor=officer, plan=plan, expected_version=plan.version)
    then = said_now(plan)
    kept = last_version(plan)
    assert kept is not None
    assert said_then(kept) == then
    fresh = Plan.objects.select_related("unit").get()
    take_plan_back(actor=officer, plan=fresh, expected_version=fresh.version)
    fresh.refresh_from_db()
    change_cells(
        actor=officer,
        plan=fresh,
        cells=cells_of(poor=(21, 6), poor_closing_rate=None),
        expected_version=fresh.version,
    )
    row = fresh.named_households.first()
    drop_household(actor=officer, plan=fresh, row_id=row.pk)
    fresh.refresh_from_db()
    found = changes_between(said_then(kept), said_now(fresh))
    assert ("Hộ nghèo: giảm trong năm", "5", "6") in rows(found.numbers)
    assert found.dropped == (row.position,)
    assert found.wording == ()
