"""Invented plans of other places, years and layouts, and any text at all."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.plans.reading.shapes import Structure
from chungtay.plans.reading.whole import as_object, read_plan
from tests.plans.reading.seeds import NAMES, seed

FOLDER = Path(__file__).parent / "plans"
WORD = re.compile(r"[^\W_]+")
PROMISED = (
    "title subject number symbol authority place date parent legal_bases sections targets money "
    "deadlines assignments households annexes recipients signature findings"
)
KEYS = PROMISED.split()
SEEN = st.characters(exclude_categories=["Cc", "Cf", "Cs"])


def read(name: str) -> Structure:
    (path,) = FOLDER.glob(f"{name}.*")
    return read_plan(path.read_text(encoding="utf-8")).structure


def test_a_province_in_two_columns_after_2025() -> None:
    plan = read("province_2026")
    head = plan.head
    assert (head.number, head.place, head.date) == ("1027/KH-UBND", "Sơn Hải", "2026-02-09")
    assert head.authority == "Ủy ban nhân dân tỉnh Sơn Hải"
    assert head.subject is not None
    assert head.subject.endswith("năm 2026 trên địa bàn tỉnh Sơn Hải")
    assert [(one.kind, one.number, one.date) for one in plan.legal_bases] == [
        ("Luật", None, "2025-06-16"),
        ("Nghị định", "07/2021/NĐ-CP", "2021-01-27"),
        ("Nghị định", "30/2025/NĐ-CP", "2025-02-24"),
        ("Nghị quyết", "88/NQ-HĐND", "2025-12-10"),
        ("Tờ trình", "215/TTr-SNNMT", "2026-01-20"),
    ]
    assert plan.legal_bases[-1].issuer == "Sở Nông nghiệp và Môi trường"
    assert plan.parent is None
    assert [one.name for one in plan.recipients] == [
        "Bộ Nông nghiệp và Môi trường",
        "TT. Tỉnh ủy, TT. HĐND tỉnh",
        "Các sở, ban, ngành",
        "UBND các xã, phường, đặc khu",
        "Lưu: VT, NN",
    ]
    signed = plan.signature
    assert signed.on_behalf == "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH"
    assert (signed.position, signed.name) == ("PHÓ CHỦ TỊCH", "Trương Thị Bích Đào")


def test_letters_below_an_office_are_its_duties() -> None:
    plan = read("province_2026")
    assert [(one.number, len(one.duties)) for one in plan.assignments] == [
        ("1", 2),
        ("2", 1),
        ("3", 1),
        ("4", 1),
        ("5", 2),
    ]
    assert plan.assignments[1].offices == (
        "Sở Tài chính",
        "Sở Xây dựng",
        "Sở Y tế",
        "Sở Giáo dục và Đào tạo",
    )


def test_days_of_the_province() -> None:
    found = [(one.date, one.comparator, one.recurrence) for one in read("province_2026").deadlines]
    assert found == [
        ("2026-09-01", "from", None),
        ("2026-12-14", "on_or_before", None),
        ("2026-06-15", "before", "six_monthly"),
        ("2026-12-15", "before", "yearly"),
        (None, "on_or_before", "quarterly"),
        (None, None, "monthly"),
        ("2026-02-28", "before", None),
        ("2026-06-10", "before", None),
        ("2026-12-10", "before", None),
    ]


def test_an_annex_that_is_there_and_one_that_is_not() -> None:
    plan = read("province_2026")
    assert [(one.label, one.attached) for one in plan.annexes] == [
        ("Phụ lục I", True),
        ("Phụ lục II", False),
    ]
    assert plan.annexes[0].title == "CHỈ TIÊU GIẢM HỘ NGHÈO NĂM 2026 THEO ĐƠN VỊ"
    assert [one.code for one in plan.findings] == ["annex_missing"]


def test_a_commune_in_parts() -> None:
    plan = read("commune_parts_2025")
    head = plan.head
    assert (head.number, head.date) == ("15/KH-UBND", "2025-03-03")
    assert head.authority == "Ủy ban nhân dân xã Suối Vàng"
    assert plan.parent == "21/KH-UBND"
    assert [(s.level, s.number, s.title) for s in plan.sections if s.number][:4] == [
        (1, "PHẦN THỨ NHẤT", "ĐÁNH GIÁ KẾT QUẢ NĂM 2024"),
        (1, "PHẦN THỨ HAI", "NHIỆM VỤ NĂM 2025"),
        (2, "I", "Mục tiêu"),
        (2, "II", "Giải pháp"),
    ]
    assert [(a.offices[0], a.duties[0].role) for a in plan.assignments] == [
        ("Công chức Văn hoá - Xã hội", "lead"),
        ("Công chức Tài chính - Kế toán", "advise"),
        ("Trưởng các thôn", "do"),
        ("Uỷ ban Mặt trận Tổ quốc Việt Nam xã", "request"),
    ]
    assert [(d.date, d.comparator, d.recurrence) for d in plan.deadlines] == [
        (None, "before", "monthly"),
        ("2025-12-31", "before", None),
        ("2025-04-15", "before", None),
    ]
    assert [one.name for one in plan.recipients] == [
        "UBND huyện",
        "Đảng uỷ, HĐND xã",
        "Các thôn",
        "Lưu VT",
    ]
    assert plan.signature.name == "Lý Văn Tám"


def test_a_union_with_bullets_alone() -> None:
    plan = read("union_2024")
    head = plan.head
    assert (head.number, head.place, head.date) == ("07/KH-BCH", "Đông Lĩnh", "2024-03-12")
    assert head.authority == "Ban chấp hành Hội LHPN xã Đông Lĩnh"
    assert plan.parent == "05/KH-BTV"
    assert [(a.offices, a.duties[0].role) for a in plan.assignments] == [
        (("Ban Thường vụ Hội",), "lead"),
        (("Các chi hội phụ nữ",), "do"),
        (("UBND xã",), "request"),
    ]
    assert [(d.date, d.comparator, d.who) for d in plan.deadlines] == [
        ("2024-11-20", "before", "Ban Thường vụ Hội"),
        ("2024-04-30", "on_or_before", "Các chi hội phụ nữ"),
    ]
    assert plan.signature.on_behalf == "TM. BAN CHẤP HÀNH"


def test_a_plan_without_head_bases_or_foot() -> None:
    plan = read("ward_bare_2025")
    assert plan.head.subject == "Giảm nghèo phường Hải Vân giai đoạn 2025 - 2026"
    assert plan.head.authority is None
    assert [(a.number, a.offices) for a in plan.assignments] == [
        ("3.1", ("Phòng Kinh tế, Hạ tầng và Đô thị",)),
        ("3.2", ("Phòng Văn hoá - Xã hội",)),
        ("3.3", ("Tổ dân phố 1, 2, 3",)),
    ]
    assert [(d.date, d.comparator) for d in plan.deadlines] == [
        ("2025-03", "in"),
        ("2025-10", "in"),
    ]
    assert "authority_missing" in {one.code for one in plan.findings}


def test_a_committee_whose_head_and_foot_stand_at_tabs() -> None:
    plan = read("committee_2025")
    head = plan.head
    assert (head.number, head.symbol, head.date) == (None, "KH-BCĐ", "2025-01")
    assert [one.number for one in plan.legal_bases] == ["90/QĐ-TTg", "1120/UBND-LĐTBXH"]
    assert [one.offices for one in plan.assignments] == [
        ("Ủy ban nhân dân xã",),
        ("Công chức VH-XH",),
        ("Các ông (bà) Trưởng thôn",),
        ("Mặt trận", "các đoàn thể xã"),
    ]
    assert [(d.date, d.comparator, d.recurrence) for d in plan.deadlines] == [
        ("2025-06-30", "before", "six_monthly"),
        ("2025-12-15", "before", "yearly"),
        (None, "before", "quarterly"),
        ("2025-02-10", "before", None),
    ]
    assert len(plan.recipients) == 3
    assert (plan.signature.position, plan.signature.name) == ("TRƯỞNG BAN", "Nguyễn Văn Ba")


def test_a_party_committee() -> None:
    plan = read("party_2025")
    head = plan.head
    assert (head.number, head.authority) == ("12-KH/ĐU", "Đảng uỷ xã Tân Lập")
    assert plan.parent == "45-KH/HU"
    assert [one.offices for one in plan.assignments] == [
        ("UBND xã",),
        ("Khối Dân vận", "UBMTTQ Việt Nam xã"),
        ("Các chi bộ trực thuộc",),
    ]
    assert [(d.date, d.recurrence) for d in plan.deadlines] == [
        (None, "monthly"),
        ("2025-03", None),
    ]
    assert plan.recipients[0].note == "b/c"
    assert plan.signature.position == "PHÓ BÍ THƯ"


def test_a_plan_in_articles() -> None:
    plan = read("articles")
    assert [one.number for one in plan.sections if one.level == 2] == [
        "Điều 1",
        "Điều 2",
        "Điều 3",
        "Điều 4",
    ]
    assert [one.offices for one in plan.assignments] == [("Trạm Y tế",), ("Công an xã",)]
    assert plan.signature.name == "Đỗ Minh"


def test_a_table_of_tasks() -> None:
    plan = read("district_table_2023")
    found = {a.offices[0]: [(d.role, d.text) for d in a.duties] for a in plan.assignments}
    assert found["Phòng Lao động - Thương binh và Xã hội"] == [
        ("lead", "Rà soát hộ nghèo, hộ cận nghèo cuối năm"),
        ("cooperate", "Hỗ trợ nhà ở cho hộ nghèo"),
    ]
    assert found["UBND các xã"] == [("cooperate", "Rà soát hộ nghèo, hộ cận nghèo cuối năm")]
    assert [(d.date, d.comparator, d.recurrence, d.who) for d in plan.deadlines] == [
        ("2023-11-30", "before", None, "Phòng Lao động - Thương binh và Xã hội"),
        ("2023-09", "in", None, "Phòng Kinh tế và Hạ tầng"),
        (None, None, "quarterly", "Phòng Tài chính - Kế hoạch"),
    ]


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.stem)
def test_no_word_of_a_plan_is_dropped(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert words(text) - words(kept(text)) <= {"nhận", "nơi", "br"}


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_five_is_dropped(name: str) -> None:
    assert words(seed(name)) - words(kept(seed(name))) <= {"nhận", "nơi"}


def test_the_keys_are_those_promised_in_their_order() -> None:
    assert list(as_object(read_plan(""))) == KEYS
    assert list(as_object(read_plan(seed("lao_cai")))) == KEYS


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([line for name in NAMES for line in seed(name).splitlines()]),
            st.text(SEEN, max_size=40),
            st.text(alphabet="IVX.1)-|#* ađ:;\tngày/thán", max_size=25),
        ),
        max_size=20,
    ).map("\n".join)
)
def test_any_text_is_read_and_its_words_are_kept(text: str) -> None:
    # Signs between two letters may go, so words are looked for in what runs together.
    said = "".join(WORD.findall(unicodedata.normalize("NFC", kept(text)))).casefold()
    lost = {word for word in words(text) if word not in said}
    assert lost <= {"nhận", "nơi", "nhan", "noi"}


def words(text: str) -> set[str]:
    return {word.casefold() for word in WORD.findall(unicodedata.normalize("NFC", text))}


def kept(text: str) -> str:
    """Every text of what was read where words may stand."""
    plan = as_object(read_plan(text))
    parts = [f"{one['number'] or ''} {one['title']} {one['text']}" for one in plan["sections"]]
    parts += [f"{one['name']} {one['note'] or ''}" for one in plan["recipients"]]
    parts += [part or "" for part in plan["signature"].values()]
    return " ".join(parts)
