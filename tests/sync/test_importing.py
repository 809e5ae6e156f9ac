"""A list comes in: what the preview says of it and what is written."""

from __future__ import annotations

from datetime import date

import pytest

from chungtay.acts.models import JournalLine
from chungtay.households.citizen_ids import citizen_id_of
from chungtay.households.models import Household, Person, StatusSpell
from chungtay.households.queries.answers import answers_on
from chungtay.places.models import Level, Unit
from chungtay.sync.answers import answer_of
from tests.sync.conftest import FAMILY, NEIGHBOURS, ON, Bring, Stage, csv_file, person, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_first_list_offers_to_make_its_villages(
    bare_commune: Unit, stage: Stage, bring: Bring
) -> None:
    rows = [*FAMILY, *NEIGHBOURS, person("Lê Văn Sáu", code="H-03", village="thôn 01")]
    _, preview = stage(bare_commune, rows)
    assert preview.counts() == {
        "read": 3, "added": 0, "changed": 0, "unchanged": 0, "doubtful": 3, "refused": 0,
    }  # fmt: skip
    assert [(one.row, one.column, one.code) for one in preview.new_villages] == [
        (2, "I", "new_village"),
        (4, "I", "new_village"),
    ]
    assert all(one.waits_for_village for one in preview.proposals)
    answer = bring(bare_commune, rows)
    assert (answer["added"], answer["persons"]) == (3, 5)
    villages = Unit.objects.filter(level=Level.VILLAGE, parent=bare_commune)
    assert sorted(villages.values_list("name", flat=True)) == ["Thôn 1", "Thôn 2"]
    assert Household.objects.filter(village__name="Thôn 1").count() == 2


def test_nothing_doubtful_is_written_unless_it_is_ticked(bare_commune: Unit, bring: Bring) -> None:
    answer = bring(bare_commune, [*FAMILY, *NEIGHBOURS], ticked=frozenset({2}))
    assert answer["added"] == 1
    assert Household.objects.get().code == "H-01"
    assert Unit.objects.filter(level=Level.VILLAGE, parent=bare_commune).count() == 1


def test_everything_of_a_household_is_written(quang_trung: Unit, bring: Bring) -> None:
    assert bring(quang_trung, [*FAMILY, *NEIGHBOURS])["households"] == 2
    household = Household.objects.get(code="H-01")
    assert (household.head_name, str(household.village)) == ("Lưu Văn Khánh", "Thôn 1")
    head, wife = (row.person for row in household.memberships.order_by("position"))
    assert (head.sex, str(head.birth), head.ethnicity) == ("male", "15/03/1984", "Kinh")
    assert (citizen_id_of(head), str(wife.birth)) == ("038084996102", "1986")
    assert answers_on(household.id, ON).household == {"income_per_person_vnd": 1_200_000}
    assert answers_on(household.id, ON).members[str(head.id)] == {"health_insurance": True}
    spell = StatusSpell.objects.get(household=household)
    assert (spell.household_class, spell.valid_from, spell.source) == ("poor", ON, "imported_list")
    other = StatusSpell.objects.get(household__code="H-02")
    assert other.household_class == "near_poor"


@pytest.mark.parametrize("form", [xlsx, csv_file])
def test_the_same_list_twice_changes_nothing(quang_trung: Unit, form, bring, stage) -> None:
    rows = [*FAMILY, *NEIGHBOURS, person("Đỗ Thị Năm", village="Thôn 3", birth=1950, kind="N")]
    bring(quang_trung, form(rows))
    _, preview = stage(quang_trung, form(rows))
    assert preview.counts()["unchanged"] == preview.counts()["read"] == 3
    assert all(not one.changes for one in preview.proposals)
    assert bring(quang_trung, form(rows))["households"] == 0


def test_the_same_list_twice_changes_nothing_with_later_decisions(
    quang_trung: Unit, bring, stage
) -> None:
    header = ["Mã hộ", "Họ và tên chủ hộ", "Thôn", "Diện", "Số quyết định", "Ngày quyết định"]
    rows = [["A1", "Lê Văn Sáu", "1", "Hộ nghèo", "12/QĐ-UBND", "15/01/2023"]]
    content = xlsx(rows, header)
    bring(quang_trung, content)
    spell = StatusSpell.objects.get()
    assert spell.valid_from == date(2023, 1, 15)
    assert spell.decision is not None
    assert spell.decision.number == "12/QĐ-UBND"
    _, preview = stage(quang_trung, content)
    assert [one.outcome for one in preview.proposals] == ["unchanged"]


def test_changed_cells_are_said_with_their_labels(quang_trung: Unit, bring, stage) -> None:
    bring(quang_trung, FAMILY)
    rows = [
        person("Lưu Văn Khánh", code="H-01", village="Thôn 3", income=1_350_000, insured="không"),
        person("Phùng Thị Sen", "Vợ", code="H-01", birth="02/09/1986", people="Mường"),
        person("Lưu Thảo Vy", "Con", code="H-01", sex="Nữ", birth="21/07/2013"),
        person("Lưu Gia Bảo", "Con", code="H-01", sex="Nam", birth="2/10/2016", insured="x"),
    ]
    _, preview = stage(quang_trung, rows, date(2023, 6, 1))
    (one,) = preview.proposals
    assert one.outcome == "changed"
    said = [(change.row, change.column, str(change)) for change in one.changes]
    assert (2, "I", "Thôn, tổ dân phố: Thôn 1 → Thôn 3") in said
    assert any(row == 2 and col == "K" and "1.200.000 → 1.350.000" in s for row, col, s in said)
    assert (3, "F", "Phùng Thị Sen – Ngày sinh: 1986 → 02/09/1986") in said
    assert (3, "H", "Phùng Thị Sen – Dân tộc: chưa rõ → Mường") in said
    assert (4, "C", "Thêm thành viên: — → Lưu Thảo Vy") in said
    answer = bring(quang_trung, rows, date(2023, 6, 1))
    assert (answer["added"], answer["changed"], answer["persons"]) == (0, 1, 2)
    household = Household.objects.get()
    assert str(household.village) == "Thôn 3"
    assert "luu thao vy | luu gia bao" in household.search_text
    assert household.memberships.count() == 4
    boy = Person.objects.get(full_name="Lưu Gia Bảo")
    told = answers_on(household.id, date(2023, 6, 1)).members[str(boy.id)]
    assert told == {"health_insurance": True}
    assert answers_on(household.id, ON).household["income_per_person_vnd"] == 1_200_000
    later = answers_on(household.id, date(2023, 6, 1)).household
    assert later["income_per_person_vnd"] == 1_350_000


def test_a_blank_never_erases(quang_trung: Unit, bring, stage) -> None:
    bring(quang_trung, FAMILY)
    _, preview = stage(quang_trung, [person("Lưu Văn Khánh", code="H-01")])
    (one,) = preview.proposals
    assert one.outcome == "unchanged"
    (note,) = [said for said in one.messages if said.code == "not_listed"]
    assert "Phùng Thị Sen" in str(note.sentence)


def test_an_unknown_village_is_refused_with_the_nearest(quang_trung: Unit, stage) -> None:
    _, preview = stage(quang_trung, [person("Lê Văn Sáu", village="Thôn 11")])
    (one,) = preview.proposals
    assert one.outcome == "refused"
    (said,) = one.messages
    assert (said.row, said.column, said.code) == (2, "I", "unknown_village")
    assert "“Thôn 11” (dòng 2, cột I). Gần nhất là: Thôn 1" in str(said.sentence)


def test_a_class_closes_the_spell_before_it(quang_trung: Unit, bring, stage) -> None:
    bring(quang_trung, FAMILY)
    changed = [person("Lưu Văn Khánh", code="H-01", kind="Hộ cận nghèo")]
    _, preview = stage(quang_trung, changed, date(2023, 7, 1))
    (one,) = preview.proposals
    assert [str(change) for change in one.changes] == ["Diện: Hộ nghèo → Hộ cận nghèo"]
    bring(quang_trung, changed, date(2023, 7, 1))
    spells = list(StatusSpell.objects.order_by("valid_from"))
    assert [(one.household_class, one.valid_from, one.valid_to) for one in spells] == [
        ("poor", ON, date(2023, 6, 30)),
        ("near_poor", date(2023, 7, 1), None),
    ]
    _, old_list = stage(quang_trung, FAMILY, ON)
    assert old_list.counts()["unchanged"] == 1


@pytest.mark.parametrize("on", [ON, date(2022, 6, 1)])
def test_a_class_from_before_the_known_one_is_refused(quang_trung, bring, stage, on) -> None:
    bring(quang_trung, FAMILY)
    _, preview = stage(quang_trung, [person("Lưu Văn Khánh", code="H-01", kind="CN")], on)
    (one,) = preview.proposals
    assert one.outcome == "refused"
    assert "class_before_status" in {said.code for said in one.messages}


def test_the_head_changes_only_when_both_are_listed(quang_trung: Unit, bring, stage) -> None:
    bring(quang_trung, FAMILY)
    _, half = stage(quang_trung, [person("Phùng Thị Sen", "Chủ hộ", number="038186993347")])
    assert [one.outcome for one in half.proposals] == ["refused"]
    assert "head_unclear" in {said.code for said in half.proposals[0].messages}
    both = [
        person("Phùng Thị Sen", "Chủ hộ", code="H-01"),
        person("Lưu Văn Khánh", "Chồng", code="H-01"),
    ]
    _, preview = stage(quang_trung, both)
    (one,) = preview.proposals
    assert one.outcome == "doubtful"
    assert "new_head" in {said.code for said in one.messages}
    bring(quang_trung, both)
    household = Household.objects.get()
    assert household.head_name == "Phùng Thị Sen"
    heads = household.memberships.filter(relation="00", valid_to=None)
    assert [row.person.full_name for row in heads] == ["Phùng Thị Sen"]


def test_a_name_alone_finds_its_household_in_the_village(quang_trung: Unit, bring, stage) -> None:
    bring(quang_trung, FAMILY)
    rows = [person("LƯU VĂN KHÁNH", birth=1984, village="1", income=1_250_000)]
    _, preview = stage(quang_trung, rows)
    (one,) = preview.proposals
    assert one.outcome == "changed"
    assert [change.column for change in one.changes] == ["K"]


def test_a_wrong_birth_under_the_same_code_is_corrected(quang_trung: Unit, bring, stage) -> None:
    bring(quang_trung, FAMILY)
    _, preview = stage(quang_trung, [person("Lưu Văn Khánh", code="H-01", birth="15/03/1985")])
    (one,) = preview.proposals
    assert one.outcome == "changed"
    assert str(one.changes[0]) == "Lưu Văn Khánh – Ngày sinh: 15/03/1984 → 15/03/1985"


def test_answers_go_to_the_right_person_where_the_head_has_no_row(
    quang_trung: Unit, bring, stage
) -> None:
    header = ["Mã hộ", "Chủ hộ", "Họ và tên thành viên", "Quan hệ", "Thôn", "BHYT"]
    rows = [["A1", "Lê Văn Sáu", "Lê Thị Bảy", "Con", "1", ""]]
    bring(quang_trung, xlsx(rows, header))
    rows = [["A1", "Lê Văn Sáu", "Lê Thị Bảy", "Con", "1", "x"]]
    bring(quang_trung, xlsx(rows, header))
    household = Household.objects.get()
    daughter = Person.objects.get(full_name="Lê Thị Bảy")
    assert answers_on(household.id, ON).members == {str(daughter.id): {"health_insurance": True}}


def test_the_journal_says_what_came_in_and_nothing_personal(quang_trung: Unit, bring) -> None:
    answer = bring(quang_trung, FAMILY)
    line = JournalLine.objects.get(act="sync.apply_import")
    assert line.subject == f"import:{answer['batch']}"
    assert '"households":1' in line.details
    assert "Khánh" not in line.details
    assert line.personal_traces.count() == 2


def test_the_answer_of_the_command_line_ties(quang_trung: Unit, stage) -> None:
    _, preview = stage(quang_trung, [*FAMILY, person("Lê Văn Sáu", village="Thôn 9")])
    answer = answer_of(preview)
    counts = answer["counts"]
    assert counts["read"] == sum(count for name, count in counts.items() if name != "read")
    assert answer["added"] == [
        {"row": 2, "column": "", "message": "Hộ Lưu Văn Khánh, Thôn 1, 2 người"}
    ]
    assert [one["column"] for one in answer["refused"]] == ["I"]
