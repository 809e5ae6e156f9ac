"""What makes a household of a list doubtful or refused against the register."""

from __future__ import annotations

import pytest

from chungtay.households.models import Decision, Household, Person
from chungtay.places.models import Unit
from chungtay.sync.differences import says_more
from chungtay.sync.doubts import ROOM
from chungtay.sync.proposals import Preview
from tests.sync.conftest import FAMILY, ON, Bring, Stage, person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def codes(preview: Preview) -> list[tuple[str, set[str]]]:
    """Outcome and message names of each household."""
    return [(one.outcome, {said.code for said in one.messages}) for one in preview.proposals]


def test_an_id_of_another_household_is_doubtful(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, FAMILY)
    rows = [
        person("Hà Văn Tư", village="Thôn 4", birth=1970),
        person("Ngô Thị Lan", "Vợ", number="038186993347"),
    ]
    _, preview = stage(quang_trung, rows)
    assert codes(preview) == [("doubtful", {"id_in_register"})]
    (said,) = preview.proposals[0].messages
    assert (said.row, said.column) == (3, "G")
    assert "••••••••3347 của Ngô Thị Lan (dòng 3, cột G)" in str(said.sentence)
    assert "hộ Lưu Văn Khánh" in str(said.sentence)


def test_an_id_of_another_commune_answers_exactly_like_one_that_nobody_has(
    quang_trung: Unit, phu_son: Unit, bring: Bring, stage: Stage
) -> None:
    bring(phu_son, [person("Vũ Thị Bích", number="038180000777", village="Tổ dân phố 1")])
    rows = [
        person("Vũ Thị Bích", number="038180000777", village="Thôn 1"),
        person("Hà Thị Đông", number="038180000778", village="Thôn 2"),
    ]
    _, preview = stage(quang_trung, rows)
    assert codes(preview) == [("added", set()), ("added", set())]


def test_a_member_who_joins_with_an_id_of_another_household_is_doubtful(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, [*FAMILY, person("Tạ Văn Đoàn", number="038079998821", village="Thôn 2")])
    rows = [*FAMILY, person("Tạ Văn Hùng", "Con", code="H-01", number="038079998821")]
    _, preview = stage(quang_trung, rows)
    assert codes(preview) == [("doubtful", {"id_in_register"})]


def test_a_similar_name_in_the_same_village_is_doubtful(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, FAMILY)
    near = person("Lưu Văn Khanhh", birth=1984, village="Thôn 1")
    _, preview = stage(quang_trung, [near])
    assert codes(preview) == [("doubtful", {"alike"})]
    assert "Lưu Văn Khánh, Thôn 1" in str(preview.proposals[0].messages[0].sentence)
    _, elsewhere = stage(quang_trung, [[*near[:8], "Thôn 3", *near[9:]]])
    assert codes(elsewhere) == [("added", set())]


@pytest.mark.parametrize(
    ("birth", "number", "outcome"),
    [
        ("1990", "", "doubtful"),
        ("1990", "038090000555", "added"),
        ("15/03/1984", "038084996555", "doubtful"),
        ("15/03/1984", "", "unchanged"),
    ],
)
def test_the_same_name_in_the_same_village(
    quang_trung: Unit, bring, stage, birth, number, outcome
) -> None:
    bring(quang_trung, FAMILY)
    row = person("Lưu Văn Khánh", birth=birth, number=number, village="Thôn 1")
    _, preview = stage(quang_trung, [row])
    assert preview.proposals[0].outcome == outcome


def test_two_households_of_the_list_mean_one_of_the_register(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, FAMILY)
    rows = [
        person("Lưu Văn Khánh", number="038084996102", income=1_300_000),
        person("Lưu Văn Khánh", code="H-01", income=1_400_000),
    ]
    _, preview = stage(quang_trung, rows)
    assert [outcome for outcome, _ in codes(preview)] == ["doubtful", "refused"]
    assert "household_twice" in codes(preview)[0][1]
    said = preview.proposals[1].messages[-1]
    assert "Dòng 3 và dòng 2 cùng nói về một hộ" in str(said.sentence)


def test_the_code_of_another_household_is_refused(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, FAMILY)
    _, preview = stage(quang_trung, [person("Hồ Văn Chín", code="H-01", village="Thôn 1")])
    assert codes(preview) == [("refused", {"code_of_another", "head_unclear", "not_listed"})]
    assert Household.objects.count() == 1


def test_a_code_cannot_move_to_a_household_while_another_has_it(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, [*FAMILY, person("Tạ Văn Đoàn", code="H-02", number="038079998821")])
    rows = [
        person("Lưu Văn Khánh", code="H-02", number="038084996102"),
        person("Tạ Văn Đoàn", code="H-01", number="038079998821"),
    ]
    _, preview = stage(quang_trung, rows)
    assert [outcome for outcome, _ in codes(preview)] == ["refused", "refused"]
    assert bring(quang_trung, rows)["households"] == 0


def test_one_code_for_two_households_of_the_list_is_refused(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    rows = [
        person("Hà Văn Tư", code="K-1", village="Thôn 1"),
        person("Hồ Văn Chín", code="K-1", village="Thôn 2"),
    ]
    _, preview = stage(quang_trung, rows)
    assert codes(preview) == [("added", set()), ("refused", {"code_twice"})]
    assert bring(quang_trung, rows)["added"] == 1


def test_a_new_id_for_a_known_person_is_doubtful(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, FAMILY)
    _, preview = stage(
        quang_trung,
        [person("Lưu Văn Khánh", code="H-01", birth="15/03/1984", number="038084996103")],
    )
    assert codes(preview) == [("doubtful", {"other_id", "not_listed"})]
    (change,) = preview.proposals[0].changes
    assert str(change) == "Lưu Văn Khánh – Số định danh: số khác → ••••••••6103"


def test_a_joining_member_spelled_like_a_known_one_is_doubtful(
    quang_trung: Unit, bring: Bring, stage: Stage
) -> None:
    bring(quang_trung, FAMILY)
    rows = [
        person("Lưu Văn Khánh", code="H-01"),
        person("Phùng Thị Sem", "Vợ", code="H-01", birth=1986),
    ]
    _, preview = stage(quang_trung, rows)
    assert codes(preview) == [("doubtful", {"member_alike", "not_listed"})]


def test_a_text_too_long_for_the_register_is_refused(quang_trung: Unit, stage: Stage) -> None:
    _, preview = stage(quang_trung, [person("Lê Văn Sáu", code="M" * 41, village="Thôn 1")])
    assert codes(preview) == [("refused", {"too_long"})]


def test_the_room_for_texts_is_that_of_the_register() -> None:
    assert ROOM["code"] == Household._meta.get_field("code").max_length
    assert ROOM["address"] == Household._meta.get_field("address").max_length
    assert ROOM["name"] == Person._meta.get_field("full_name").max_length
    assert ROOM["ethnicity"] == Person._meta.get_field("ethnicity").max_length
    assert ROOM["decision"] == Decision._meta.get_field("number").max_length
    longest = Unit._meta.get_field("name").max_length
    assert longest is not None
    assert ROOM["village"] + len("Tổ dân phố ") == longest


def test_the_longest_bare_village_name_is_made_and_one_longer_is_refused(
    bare_commune: Unit, bring: Bring, stage: Stage
) -> None:
    bare_commune.area_type = "urban"
    bare_commune.save(update_fields=["area_type"])
    name = "B" * ROOM["village"]
    rows = [person("Lê Văn Sáu", village=f"{name}B")]
    assert codes(stage(bare_commune, rows)[1]) == [("refused", {"too_long"})]
    bring(bare_commune, [person("Lê Văn Sáu", village=name)])
    assert Household.objects.get().village.name == f"Tổ dân phố {name}"


@pytest.mark.parametrize(
    ("given", "kept", "more"),
    [
        ("LƯU VĂN KHÁNH", "Lưu Văn Khánh", False),
        ("Luu Van Khanh", "Lưu Văn Khánh", False),
        ("Lưu Văn Khánh", "LƯU VĂN KHÁNH", True),
        ("Lưu Văn Khánh", "Luu Van Khanh", True),
        ("Lưu Văn Khanh", "Lưu Văn Khánh", True),
        ("Lưu Văn Khôi", "Lưu Văn Khánh", True),
    ],
)
def test_a_name_without_marks_does_not_replace_one_with_marks(given, kept, more) -> None:
    assert says_more(given, kept) is more


def test_a_class_day_is_the_day_of_the_import(quang_trung: Unit, bring: Bring) -> None:
    bring(quang_trung, FAMILY)
    assert Household.objects.get().statuses.get().valid_from == ON
