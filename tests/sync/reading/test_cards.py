"""Lines typed by a QR scanner: the chip card, the health-insurance card, and anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay.acts.refusing import Refused
from chungtay.sync.reading.cards import EXPECTED, read_card

LINE = (
    "038185996102|172345678|Lường Thị Quyên|12041985|Nữ|Thôn 1, Quang Trung, Bỉm Sơn, Thanh Hóa"
    "|01052021"
)
NAME, ADDRESS = "Lường Thị Quyên".encode().hex(), "Thôn 1, Quang Trung".encode().hex()
INSURANCE = f"3821234567|{NAME}|12/04/1985|2|{ADDRESS}|38 - 021|01/01/2023|31/12/2023"


def test_the_line_of_a_chip_card() -> None:
    card = read_card(LINE)
    assert (card.kind, card.citizen_id, card.full_name) == (
        *("citizen", "038185996102", "Lường Thị Quyên"),
    )
    assert (str(card.birth), card.sex) == ("12/04/1985", "female")
    assert card.address.startswith("Thôn 1, Quang Trung")
    assert "038185996102" not in repr(card)


def test_parts_that_are_not_known_stay_blank() -> None:
    card = read_card("038185996102||Lường Thị Quyên|00001985||||")
    assert (str(card.birth), card.sex, card.address) == ("1985", "", "")
    assert read_card("038185996102||Lường Thị Quyên|||").birth is None


def test_the_line_of_a_health_insurance_card() -> None:
    card = read_card(INSURANCE)
    assert (card.kind, card.full_name, str(card.birth), card.sex) == (
        *("insurance", "Lường Thị Quyên", "12/04/1985", "female"),
    )
    assert (card.address, card.citizen_id) == ("Thôn 1, Quang Trung", "")
    assert str(read_card(INSURANCE.replace("12/04/1985", "1985")).birth) == "1985"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Lường Thị Quyên", "không có dấu |"),
        ("a|b|c", "chỉ có 3 phần"),
        (LINE.replace("038185996102", "03818599610"), "Phần 1"),
        (LINE.replace("Lường Thị Quyên", ""), "Phần 3"),
        (LINE.replace("Lường Thị Quyên", "Quyên 2"), "Phần 3"),
        (LINE.replace("12041985", "30021985"), "không có thật"),
        (LINE.replace("12041985", "12/4/85"), "Phần 4"),
        (LINE.replace("|Nữ|", "|khác|"), "Phần 5"),
        (INSURANCE.replace(NAME, "ff" + NAME), "Phần 2"),
        (INSURANCE.replace("12/04/1985", "31/02/1985"), "không có thật"),
        ("|" * 2000, "dài hơn"),
    ],
)
def test_a_wrong_line_says_which_part(line: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        read_card(line)
    assert why in str(refused.value)
    assert "038185996102" not in str(refused.value)


def test_what_is_expected_is_a_whole_sentence() -> None:
    assert "gồm 7 phần" in str(EXPECTED)


def outcome(line: str) -> str:
    try:
        return read_card(line).full_name
    except Refused as refused:
        return str(refused)


@given(st.text() | st.lists(st.text(), max_size=9).map("|".join))
def test_any_line_is_read_or_refused(line: str) -> None:
    assert outcome(line)
