"""Live values in sentences: filled, shown as pieces, and refused by name when unknown."""

from __future__ import annotations

import pytest

from chungtay.reports.tokens import (
    TextPiece,
    TokenError,
    ValuePiece,
    fill_tokens,
    split_pieces,
    token_names,
)
from chungtay.rulebook.wording import official_count

SENTENCE = "giảm {{ poor_reduction }} hộ nghèo, còn {{poor_closing}} hộ"
VALUES = {"poor_reduction": "05", "poor_closing": "16"}


def test_values_stand_in_the_sentence() -> None:
    assert fill_tokens(SENTENCE, VALUES) == "giảm 05 hộ nghèo, còn 16 hộ"


def test_pieces_keep_order_and_names_and_join_to_the_sentence() -> None:
    pieces = split_pieces(SENTENCE, VALUES)
    assert pieces == (
        TextPiece("giảm "),
        ValuePiece("poor_reduction", "05"),
        TextPiece(" hộ nghèo, còn "),
        ValuePiece("poor_closing", "16"),
        TextPiece(" hộ"),
    )
    assert "".join(piece.text for piece in pieces) == fill_tokens(SENTENCE, VALUES)


def test_a_sentence_of_one_value_is_one_piece_and_an_empty_one_none() -> None:
    assert split_pieces("{{ poor_closing }}", VALUES) == (ValuePiece("poor_closing", "16"),)
    assert split_pieces("", VALUES) == ()


def test_an_unknown_name_is_said() -> None:
    with pytest.raises(TokenError, match="“poor_closing”"):
        fill_tokens(SENTENCE, {"poor_reduction": "05"})


@pytest.mark.parametrize("text", ["còn {{ poor_closing hộ", "còn }} hộ", "còn {{ Số hộ }}"])
def test_braces_that_do_not_pair_are_refused(text: str) -> None:
    with pytest.raises(TokenError, match="chưa đúng"):
        fill_tokens(text, VALUES)


def test_a_value_with_braces_is_only_a_value() -> None:
    assert fill_tokens("hộ {{ name }}", {"name": "{{ other }}"}) == "hộ {{ other }}"


def test_names_are_listed_once_in_order() -> None:
    assert token_names(SENTENCE + SENTENCE) == ("poor_reduction", "poor_closing")


@pytest.mark.parametrize(("count", "written"), [(0, "00"), (5, "05"), (10, "10"), (1411, "1.411")])
def test_counts_as_official_papers_write_them(count: int, written: str) -> None:
    assert official_count(count) == written
