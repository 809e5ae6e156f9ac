"""The five plans read against what a person reads in them, and again as they may come."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest

from chungtay.plans.reading.blocks import split
from chungtay.plans.reading.shapes import Structure
from chungtay.plans.reading.whole import read_structure
from tests.plans.reading.expected import EXPECTED, Expected
from tests.plans.reading.seeds import NAMES, seed, wrapped

SLIPS = (
    ("Phấn đấu", "Phân đâu"),
    ("vốn", "vôn"),
    ("Căn cứ", "Căn cư"),
    ("Nơi nhận", "Nơi nhân"),
    ("trước ngày", "truớc ngày"),
    ("CHỦ TỊCH", "CHỦ TICH"),
)


def read(text: str) -> Structure:
    return read_structure(split(text))


def test_head_and_signature(plan: tuple[Structure, Expected]) -> None:
    read, wanted = plan
    head = read.head
    assert head.title == "KẾ HOẠCH"
    assert head.subject == wanted.subject
    assert (head.number, head.symbol) == (wanted.number, wanted.symbol)
    assert (head.authority, head.place) == (wanted.authority, wanted.place)
    assert head.date == wanted.date
    signed = read.signature
    assert (signed.on_behalf, signed.position, signed.name) == wanted.signature


def test_bases_and_the_plan_above(plan: tuple[Structure, Expected]) -> None:
    read, wanted = plan
    assert tuple((b.kind, b.number, b.date, b.issuer) for b in read.legal_bases) == wanted.bases
    assert read.parent == wanted.parent


def test_sections(plan: tuple[Structure, Expected]) -> None:
    read, wanted = plan
    assert tuple(s.number for s in read.sections if s.level == 1) == wanted.headings


def test_each_office_and_each_duty(plan: tuple[Structure, Expected]) -> None:
    read, wanted = plan
    found = [(a.number, a.offices, tuple(d.role for d in a.duties)) for a in read.assignments]
    assert found == list(wanted.duties)


def test_deadlines(plan: tuple[Structure, Expected]) -> None:
    read, wanted = plan
    assert tuple((d.date, d.comparator, d.recurrence) for d in read.deadlines) == wanted.deadlines


def test_recipients_and_annexes(plan: tuple[Structure, Expected]) -> None:
    read, wanted = plan
    assert tuple((one.name, one.note) for one in read.recipients) == wanted.recipients
    assert tuple(one.label for one in read.annexes) == wanted.annexes
    assert not any(one.attached for one in read.annexes)


def test_findings(plan: tuple[Structure, Expected]) -> None:
    read, wanted = plan
    assert tuple((one.code, one.severity) for one in read.findings) == wanted.findings


def test_who_sends_what_to_whom_and_through_whom() -> None:
    first, _, third, _ = read(seed("tu_mo_rong")).deadlines
    assert first.who == "Các cơ quan, đơn vị, ban ngành liên quan và các thôn"
    assert first.to == ("UBND xã",)
    assert first.via is not None
    assert first.via.startswith("Công chức Văn hóa – Xã hội xã, phụ trách")
    assert third.to == ("Thường trực Đảng ủy", "Thường trực HĐND xã", "UBND huyện")
    assert third.via == "Phòng Lao động – Thương binh và Xã hội huyện"


def test_the_end_of_a_benefit_is_no_deadline() -> None:
    text = seed("long_khanh")
    assert "31 tháng 12 năm 2025" in text
    assert all(one.date is None for one in read(text).deadlines)


def without_marks(text: str) -> str:
    return re.sub(r"^#+ +|\*", "", text, flags=re.MULTILINE)


def with_slips(text: str) -> str:
    for right, wrong in SLIPS:
        text = text.replace(right, wrong)
    return text


def in_capitals(text: str) -> str:
    """Headings of the second level in capitals, as some offices write them."""
    form = re.compile(r"^(\W*\d{1,2}\. )([^\n:.;,]{5,80}:?\W*)$", re.MULTILINE)
    return form.sub(lambda one: one[1] + one[2].upper(), text)


def with_odd_spaces(text: str) -> str:
    return text.replace(" năm ", "\u00a0năm\u00a0").replace("ngày ", "ngày\u2009")


def with_other_quotes(text: str) -> str:
    return text.replace("“", '"').replace("”", '"').replace("uỷ", "ủy").replace("Uỷ", "Ủy")


def with_letters_apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def with_other_ends(text: str) -> str:
    return text.replace("\n", "\r\n")


def indented(text: str) -> str:
    return "\n".join(f"      {line}" for line in text.split("\n"))


@pytest.mark.parametrize(
    "change",
    [
        wrapped,
        without_marks,
        with_slips,
        in_capitals,
        with_odd_spaces,
        with_other_quotes,
        with_letters_apart,
        with_other_ends,
        indented,
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_the_same_plan_as_it_may_come(name: str, change: Callable[[str], str]) -> None:
    assert gist(read(change(seed(name)))) == gist(read(seed(name)))


def gist(read: Structure) -> dict[str, object]:
    """What must not change with the page a plan stands on."""
    head = read.head
    return {
        "head": (head.number, head.symbol, head.date, head.year),
        "parent": read.parent,
        "bases": [(one.number, one.date) for one in read.legal_bases],
        "sections": [(one.level, one.number) for one in read.sections],
        "duties": [
            (one.number, len(one.offices), [duty.role for duty in one.duties])
            for one in read.assignments
        ],
        "deadlines": [(one.date, one.comparator, one.recurrence) for one in read.deadlines],
        "annexes": len(read.annexes),
        "recipients": len(read.recipients),
        "signed": (read.signature.on_behalf is None, read.signature.name),
        "findings": [one.code for one in read.findings],
    }


@pytest.fixture(params=NAMES)
def plan(request: pytest.FixtureRequest) -> tuple[Structure, Expected]:
    """One of the five plans, and what a person reads in it."""
    return read(seed(request.param)), EXPECTED[request.param]


def test_a_plan_all_in_capitals_keeps_its_outline() -> None:
    levels = [(one.level, (one.number or "").lower()) for one in read(seed("long_khanh")).sections]
    loud = read(seed("long_khanh").upper())
    assert [(one.level, (one.number or "").lower()) for one in loud.sections] == levels
    assert [len(one.offices) for one in loud.assignments] == [1, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 2, 1]
