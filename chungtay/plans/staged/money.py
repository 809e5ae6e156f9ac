"""Money that was read made into a plan's lines; sums follow from the lines and are not kept."""

from __future__ import annotations

from typing import Any

from chungtay.plans.cells import LineCell
from chungtay.plans.models import MoneySource
from chungtay.plans.reading.numbers import rows
from chungtay.plans.staged.queries import Read
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence, vi_int

DERIVED = "Tổng này không ghi riêng: máy cộng từ các khoản chi."
SOURCES = {
    "trung uong": MoneySource.CENTRAL_BUDGET,
    "ngan sach tinh": MoneySource.PROVINCE_BUDGET,
    "ngan sach huyen": MoneySource.DISTRICT_BUDGET,
    "ngan sach xa": MoneySource.COMMUNE_BUDGET,
    "ngan sach phuong": MoneySource.COMMUNE_BUDGET,
    "xa hoi hoa": MoneySource.MOBILISED,
    "van dong": MoneySource.MOBILISED,
    "long ghep": MoneySource.INTEGRATED,
}


def carry_money(data: list[Read]) -> tuple[list[LineCell], list[tuple[Read, Sentence]]]:
    """The lines of a plan; where a plan states only its total, the total is its one line.

    A span of money is no line: which amount it will be is not known.
    """
    spans = [one for one in data if one.values.get("amount_to_vnd") is not None]
    exact = [one for one in data if one not in spans]
    chosen = _finest(exact)
    kept = {id(one) for one in chosen}
    left = [(one, Sentence(DERIVED)) for one in exact if id(one) not in kept]
    left += [(one, _span(one.values)) for one in spans]
    return [_line(at, one.values) for at, one in enumerate(chosen, 1)], left


def _span(values: dict[str, Any]) -> Sentence:
    return Sentence(
        "Câu này ghi một khoảng, từ {low} đến {high} đồng, nên chưa thành khoản chi; khi đã chốt "
        "số tiền, hãy sửa thành một số.",
        low=vi_int(values["amount_vnd"]),
        high=vi_int(values["amount_to_vnd"]),
    )


def _finest(data: list[Read]) -> list[Read]:
    """The amounts that make the whole, as finely as they are told; a whole is told twice else.

    What makes the whole is seen in the plan as it was written: one amount that the officer
    corrects does not turn the others into something else.
    """
    if len(data) < 2:
        return data
    whole = max(data, key=_written)
    rest = [one for one in data if one is not whole]
    by_kind = [[one for one in rest if bool(one.values["capital"]) == told] for told in (0, 1)]
    making = [some for some in (rest, *by_kind) if sum(map(_written, some)) == _written(whole)]
    if making:
        return max(making, key=len)
    lines = [one for one in data if one.values["role"] != rows.TOTAL]
    return lines or data


def _written(one: Read) -> int:
    """The amount as the plan has it, or as the officer added it."""
    return int((one.was or one.values)["amount_vnd"])


def _line(at: int, values: dict[str, Any]) -> LineCell:
    return LineCell(
        code=f"line_{at}",
        purpose=str(values["purpose"] or "")[:200],
        amount_vnd=values["amount_vnd"],
        source=_source(values["source"] or ""),
        stage=values["stage"] or "",
        capital=values["capital"] or "",
    )


def _source(said: str) -> str:
    """The source the words surely name; nothing where they name none or several."""
    found = {source for words, source in SOURCES.items() if words in fold(said)}
    return str(next(iter(found))) if len(found) == 1 else ""
