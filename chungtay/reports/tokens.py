"""Live values inside a plan's sentences: ``{{ name }}`` in the text, filled when it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chungtay.plans.tokens import TOKEN
from chungtay.rulebook.wording import Sentence

BRACES = re.compile(r"\{\{|\}\}")


class TokenError(ValueError):
    """A sentence asks for a value that is not there, or its braces do not pair."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class TextPiece:
    """Words of the sentence as typed."""

    text: str


@dataclass(frozen=True)
class ValuePiece:
    """A live value: the token's name and the text it shows now."""

    name: str
    text: str


Piece = TextPiece | ValuePiece


def split_pieces(text: str, values: Mapping[str, str]) -> tuple[Piece, ...]:
    """Cut a sentence into typed words and live values, in order; TokenError on an unknown name."""
    return tuple(_pieces(text, values))


def fill_tokens(text: str, values: Mapping[str, str]) -> str:
    """Put the live values into a sentence; TokenError names a token that has no value."""
    return "".join(piece.text for piece in _pieces(text, values))


def token_names(text: str) -> tuple[str, ...]:
    """List the names a sentence asks for, each once, in order of appearance."""
    return tuple(dict.fromkeys(TOKEN.findall(text)))


def _pieces(text: str, values: Mapping[str, str]) -> Iterator[Piece]:
    end = 0
    for found in TOKEN.finditer(text):
        if found.start() > end:
            yield TextPiece(_plain(text[end : found.start()]))
        yield ValuePiece(found[1], _value(found[1], values))
        end = found.end()
    if end < len(text):
        yield TextPiece(_plain(text[end:]))


def _value(name: str, values: Mapping[str, str]) -> str:
    if name not in values:
        raise TokenError(
            Sentence(
                "Chưa có giá trị cho ô “{name}” trong câu của kế hoạch. "
                "Hãy sửa tên ô trong câu, hoặc bổ sung dữ liệu cho ô này.",
                name=name,
            )
        )
    return values[name]


def _plain(text: str) -> str:
    if BRACES.search(text):
        raise TokenError(
            Sentence(
                "Dấu {pair} viết chưa đúng ở gần “{words}”. "
                "Hãy viết ô số liệu theo mẫu {example}, bằng chữ thường không dấu.",
                pair="{{ }}",
                example="{{ ten_o }}",
                words=text.strip()[:60],
            )
        )
    return text
