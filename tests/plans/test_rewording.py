"""A plan's wording changed by hand: versions, two people at once, nothing lost, drafts alone."""

from __future__ import annotations

import pytest

from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.plans.cells import Cells
from chungtay.plans.changes import changes_between
from chungtay.plans.models import Plan, PlanBasis, PlanRecipient, PlanVersion
from chungtay.plans.numbering import moved_block
from chungtay.plans.reading.apart import read_text
from chungtay.plans.rewording import (
    add_section,
    change_frame,
    change_section,
    frame_of,
    mark_of,
    move_section,
    remove_section,
    sections_of,
)
from chungtay.plans.services import change_cells
from chungtay.plans.typed_numbers import contradicting
from chungtay.plans.versions import said_now, said_then, steps_of
from chungtay.reports.plan_paper import write_plan_paper
from chungtay.reports.plan_text import text_of
from tests.plans.conftest import cells_of

pytestmark = pytest.mark.django_db

AIM = 5  # "2. Mục tiêu cụ thể"


@pytest.fixture
def officer(plan, as_account):
    return as_account("canbo.quangtrung")


def now(plan: Plan) -> Plan:
    return Plan.objects.select_related("unit").get(pk=plan.pk)


def reworded(plan: Plan, officer, text: str, at: int = AIM) -> Plan:
    section = sections_of(plan)[at]
    made = section | {"paragraphs": [{"kind": "text", "text": text}]}
    change_section(actor=officer, plan=plan, at=at, section=made, expected_mark=mark_of(section))
    return now(plan)


def test_a_section_says_what_was_typed_and_the_paper_too(plan, officer, docx_text):
    fresh = reworded(plan, officer, "Giảm {{ poor_reduction }} hộ nghèo bằng việc làm tại chỗ.")
    assert fresh.version == plan.version + 1
    assert sections_of(fresh)[AIM]["title"] == "Mục tiêu cụ thể"
    assert "Giảm 05 hộ nghèo bằng việc làm tại chỗ." in docx_text(
        write_plan_paper(actor=officer, plan=fresh)
    )


def test_what_changed_is_kept_and_said(plan, officer):
    fresh = reworded(plan, officer, "Câu mới.")
    kept = PlanVersion.objects.get()
    assert (kept.step, kept.number) == ("editing", plan.version)
    changes = changes_between(said_then(kept), said_now(fresh))
    (change,) = changes.wording
    assert (str(change.where), change.after) == ("Mục 2 Mục tiêu cụ thể", "Câu mới.")
    assert "{{ poor_opening }}" in change.before


def test_one_sitting_keeps_one_version_and_is_no_step_of_the_life(plan, officer, as_account):
    fresh = reworded(reworded(plan, officer, "Một."), officer, "Hai.")
    assert PlanVersion.objects.count() == 1
    assert not steps_of(fresh).exists()


def test_a_person_after_another_keeps_a_version_of_her_own(plan, officer, system):
    fresh = reworded(reworded(plan, officer, "Một."), system, "Hai.")
    said = [one.content["wording"]["sections"][AIM] for one in fresh.versions.order_by("number")]
    assert said[1]["paragraphs"][0]["text"] == "Một."


def test_two_people_in_one_section_are_told(plan, officer, system):
    section = sections_of(plan)[AIM]
    reworded(plan, system, "Của người kia.")
    with pytest.raises(Stale, match="vừa được người khác sửa"):
        change_section(
            actor=officer, plan=plan, at=AIM, section=section, expected_mark=mark_of(section)
        )
    assert sections_of(now(plan))[AIM]["paragraphs"][0]["text"] == "Của người kia."


def test_two_people_in_different_sections_do_not_meet(plan, officer, system):
    section = sections_of(plan)[1]
    reworded(plan, system, "Của người kia.")
    made = section | {"title": "Mục đích chung"}
    change_section(actor=officer, plan=plan, at=1, section=made, expected_mark=mark_of(section))
    kept = sections_of(now(plan))
    assert (kept[1]["title"], kept[AIM]["paragraphs"][0]["text"]) == (
        "Mục đích chung",
        "Của người kia.",
    )


def test_a_section_that_moved_meanwhile_is_not_written_over(plan, officer, system):
    section = sections_of(plan)[AIM]
    made = {"level": 1, "number": "0", "title": "Mở đầu", "paragraphs": []}
    add_section(actor=system, plan=plan, after=-1, section=made)
    with pytest.raises(Stale, match="không còn ở chỗ cũ"):
        change_section(
            actor=officer, plan=plan, at=AIM, section=section, expected_mark=mark_of(section)
        )
    with pytest.raises(Stale, match="nên chưa làm gì cả"):
        remove_section(actor=officer, plan=plan, at=999, expected_mark=mark_of(section))


def test_a_section_is_put_behind_what_stands_below_the_one_before(plan, officer):
    made = {"level": 1, "number": "II", "title": "Đặc điểm", "paragraphs": []}
    add_section(actor=officer, plan=plan, after=0, section=made)
    titles = [one["title"] for one in sections_of(now(plan))]
    assert titles[:4] == ["Mục đích, yêu cầu", "Mục đích", "Yêu cầu", "Đặc điểm"]


def test_a_section_is_taken_out_only_with_nothing_below_it(plan, officer):
    sections = sections_of(plan)
    with pytest.raises(Refused, match="còn 2 mục nhỏ hơn"):
        remove_section(actor=officer, plan=plan, at=0, expected_mark=mark_of(sections[0]))
    remove_section(actor=officer, plan=plan, at=1, expected_mark=mark_of(sections[1]))
    assert [one["title"] for one in sections_of(now(plan))][:2] == ["Mục đích, yêu cầu", "Yêu cầu"]
    kept = plan.versions.get().content["wording"]["sections"]
    assert kept == sections


def test_sections_change_places_with_what_is_below_them_and_their_numbers(plan, officer):
    sections = sections_of(plan)
    move_section(actor=officer, plan=plan, at=0, up=False, expected_mark=mark_of(sections[0]))
    made = sections_of(now(plan))
    assert [(one["number"], one["title"]) for one in made if one["level"] == 1][:2] == [
        ("I", "Mục tiêu"),
        ("II", "Mục đích, yêu cầu"),
    ]
    with pytest.raises(Refused, match="Không có mục cùng cấp"):
        move_section(actor=officer, plan=plan, at=0, up=True, expected_mark=mark_of(made[0]))


def test_numbers_built_on_a_number_follow_it():
    rows = [(1, "1"), (2, "1.1"), (1, "2"), (2, "2.1"), (2, "a")]
    sections = [{"level": level, "number": number} for level, number in rows]
    moved = moved_block(sections, 2, up=True)
    assert [one["number"] for one in moved] == ["1", "1.1", "a", "2", "2.1"]


def test_the_frame_keeps_what_is_known_of_a_basis_and_its_rows_follow(plan, officer):
    first = plan.content["legal_bases"][0]
    PlanBasis.objects.create(plan=plan, position=1, text=first["text"], number="428/KH-UBND")
    PlanBasis.objects.create(plan=plan, position=2, text="Sẽ bỏ")
    PlanRecipient.objects.create(plan=plan, position=1, name="UBND thị xã", note="b/c")
    frame = frame_of(plan) | {
        "bases": ["Căn cứ mới", first["text"]],
        "recipients": ["UBND thị xã (b/c)", "Các thôn"],
    }
    change_frame(actor=officer, plan=plan, frame=frame, expected_mark=mark_of(frame_of(plan)))
    fresh = now(plan)
    assert fresh.content["legal_bases"][1] == first
    rows = fresh.bases.filter(withdrawn=False).order_by("position")
    assert [(row.text, row.number) for row in rows] == [
        ("Căn cứ mới", ""),
        (first["text"], "428/KH-UBND"),
    ]
    assert fresh.bases.filter(withdrawn=True).get().text == "Sẽ bỏ"
    named = fresh.recipients.filter(withdrawn=False).order_by("position")
    assert [(row.name, row.note) for row in named] == [("UBND thị xã", "b/c"), ("Các thôn", "")]
    with pytest.raises(Stale):
        change_frame(actor=officer, plan=plan, frame=frame, expected_mark="khác")


def test_an_empty_frame_or_section_is_refused(plan, officer):
    frame = frame_of(plan)
    with pytest.raises(Refused, match="không được để trống"):
        change_frame(
            actor=officer, plan=plan, frame=frame | {"subject": ""}, expected_mark=mark_of(frame)
        )
    empty = {"level": 1, "number": "V", "title": "", "paragraphs": []}
    with pytest.raises(Refused, match="chưa có tiêu đề"):
        add_section(actor=officer, plan=plan, after=0, section=empty)
    assert now(plan).version == plan.version


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_only_a_draft_is_changed(plan, officer, state):
    Plan.objects.filter(pk=plan.pk).update(state=state)
    with pytest.raises(Refused, match="sửa"):
        reworded(plan, officer, "Câu mới.")
    assert sections_of(now(plan)) == sections_of(plan)


def test_the_outsider_changes_nothing(plan, as_account):
    with pytest.raises(NotAllowed):
        reworded(plan, as_account("canbo.phuson"), "Câu mới.")
    assert now(plan).version == plan.version


def test_a_typed_number_against_the_data_is_told_with_its_place(plan, officer):
    assert contradicting(read_text(text_of(plan)), Cells.of(plan), plan.year) == []
    text = "Đầu năm 2023, xã có 22 hộ nghèo; cuối năm 2023 phấn đấu toàn xã giảm 05 hộ nghèo."
    fresh = reworded(plan, officer, text)
    (said,) = contradicting(read_text(text_of(fresh)), Cells.of(fresh), fresh.year)
    assert "Mục “2. Mục tiêu cụ thể”" in str(said)
    assert "ghi số đầu năm hộ nghèo là 22, dữ liệu của kế hoạch là 21" in str(said)


def test_a_typed_number_is_told_when_the_data_change_later(plan, officer):
    fresh = reworded(plan, officer, "Cuối năm 2023 phấn đấu toàn xã giảm 5 hộ nghèo.")
    assert contradicting(read_text(text_of(fresh)), Cells.of(fresh), fresh.year) == []
    cells = cells_of(poor=(21, 6), poor_closing_rate=None)
    change_cells(actor=officer, plan=fresh, cells=cells, expected_version=fresh.version)
    fresh = now(plan)
    (said,) = contradicting(read_text(text_of(fresh)), Cells.of(fresh), fresh.year)
    assert "số giảm hộ nghèo là 5, dữ liệu của kế hoạch là 6" in str(said)
