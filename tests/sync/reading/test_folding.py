"""Vietnamese words compared without marks and ordered by the alphabet."""

from __future__ import annotations

import random
import unicodedata

import pytest

from chungtay.rulebook.folding import fold, nearest, sort_key, tidy

VOWELS = (
    "aàảãáạăằẳẵắặâầẩẫấậ",
    "eèẻẽéẹêềểễếệ",
    "iìỉĩíị",
    "oòỏõóọôồổỗốộơờởỡớợ",
    "uùủũúụưừửữứự",
    "yỳỷỹýỵ",
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Hòa", "dang thi hoa"),
        ("ĐẶNG  THỊ HOÀ", "dang thi hoa"),
        (unicodedata.normalize("NFD", "Đặng Thị Hoà"), "dang thi hoa"),
        ("Ðặng\u00a0Thị\tHoà ", "dang thi hoa"),
        ("H’Mông", "h'mong"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_tidying_keeps_what_was_written() -> None:
    assert tidy(" NGUYỄN\u200b\u00a0VĂN \n An ") == "NGUYỄN VĂN An"
    assert tidy(unicodedata.normalize("NFD", "Nguyễn")) == "Nguyễn"


@pytest.mark.parametrize("vowels", VOWELS)
def test_tones_and_letters_stand_in_the_order_of_the_alphabet(vowels: str) -> None:
    mixed = list(vowels)
    random.Random(4).shuffle(mixed)
    assert "".join(sorted(mixed, key=sort_key)) == vowels
    assert [sort_key(letter.upper()) for letter in vowels] == [sort_key(one) for one in vowels]


def test_letters_come_before_tones_and_d_before_d_with_stroke() -> None:
    names = ["Da", "Dũng", "Đa", "Đạt", "E", "Hoa", "Hòa", "Hoan", "Hoàn", "Hô", "Hơ", "Ý"]
    mixed = names[:]
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=sort_key) == names


def test_names_go_by_given_name_then_middle_then_family() -> None:
    names = [
        "Lê An",
        "Nguyễn An",
        "Lê Văn An",
        "Trần Thị Ánh",
        "Đỗ Ân",
        "Lê Thị Bình",
        "Bùi Văn Bình",
        "Lê Văn Bình",
        "An Dương",
    ]
    mixed = names[:]
    random.Random(3).shuffle(mixed)
    assert sorted(mixed, key=sort_key) == names


def test_tone_placement_makes_no_difference() -> None:
    assert sort_key("Lê Thị Hòa") == sort_key("lê thị hoà")


def test_the_key_orders_alike_in_any_collation() -> None:
    keys = [sort_key(name) for name in ("Lê Ái", "Ng. Văn 2", "H'Mai Êban", "李", "")]
    assert all(set(key) <= set("0123456789abcdef") for key in keys)


def test_nearest_spellings() -> None:
    villages = ["Thôn Đông Sơn", "Thôn Tây Sơn", "Thôn Nam Hải", "Khu phố 3"]
    assert nearest("thon dong son", villages)[0] == "Thôn Đông Sơn"
    assert nearest("Thôn Đông Xơn", villages, count=1) == ["Thôn Đông Sơn"]
    assert nearest("Mường Lát", villages) == []
