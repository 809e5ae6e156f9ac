"""Form B1 points computed from item answers and a points table loaded from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chungtay.rulebook.schema import PointsFile, PointsItem
from chungtay.rulebook.wording import Sentence, catalogued


class PointsError(ValueError):
    """An item answer that the points table does not allow."""

    def __init__(self, item: str, sentence: Sentence) -> None:
        self.item, self.sentence = item, sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class PointsFinding:
    """B1 points: the total (None while an item is blank), each item's points, what is missing."""

    points: Decimal | None
    parts: Mapping[str, Decimal]
    missing: tuple[Sentence, ...]
    official: bool
    title: str


def income_points(table: PointsFile, answers: Mapping[str, str | int | None]) -> PointsFinding:
    """Add up the points of form B1; PointsError for an unknown item, choice or a negative count."""
    known = {item.code: item for item in table.items}
    for code in answers:
        if code not in known:
            text = "Bảng điểm “{title}” không có mục “{code}”; hãy xem lại tên mục."
            raise PointsError(code, Sentence(text, title=table.title, code=code))
    parts: dict[str, Decimal] = {}
    missing: list[Sentence] = []
    for item in table.items:
        answer = answers.get(item.code)
        if answer is None:
            missing.append(Sentence("Cần hỏi: {label}.", label=item.label))
        else:
            parts[item.code] = _item_points(item, answer)
    total = None if missing else sum(parts.values(), Decimal(0))
    return PointsFinding(total, parts, tuple(missing), table.official, table.title)


def _item_points(item: PointsItem, answer: str | int) -> Decimal:
    for choice in item.choices:
        if choice.code == answer:
            return choice.points
    is_count = isinstance(answer, int) and not isinstance(answer, bool) and answer >= 0
    if item.points_each is None or not is_count:
        allowed = ", ".join(choice.code for choice in item.choices) or catalogued(
            "một số nguyên không âm"
        )
        text = "Mục “{label}” không nhận “{answer}”; hãy ghi: {allowed}."
        raise PointsError(
            item.code, Sentence(text, label=item.label, answer=answer, allowed=allowed)
        )
    count = int(answer)
    return item.points_each * (count if item.most is None else min(count, item.most))
