"""The promises of a plan whose number is not known yet, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from chungtay.plans.cells import Cells, TargetCell
from chungtay.rulebook.promise_words import population_words
from chungtay.rulebook.wording import Sentence


def open_promises(cells: Cells) -> Iterator[Sentence]:
    """The promises whose number is not known yet."""
    for cell in cells.targets:
        if cell.is_open:
            yield Sentence(
                "Chỉ tiêu “{what}” chưa có số. Hãy ghi số ở mục Các con số; chưa ghi thì chưa "
                "trình duyệt được.",
                what=words_of(cell),
            )


def words_of(cell: TargetCell) -> str:
    """What a promise is about, in the words of a plan."""
    words = cell.meaning.aim or population_words(cell.kind.population)
    return words[:1].upper() + words[1:]
