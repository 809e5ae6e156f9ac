"""What is shown of two standards side by side, whoever shows it: words, rows, what is not known."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.rulebook.doubting import Gap, doubts_of, gap_of
from chungtay.rulebook.lawbook import Law, Standard
from chungtay.rulebook.side_by_side import FIRST, SECOND, Indicator, SideBySide
from chungtay.rulebook.wording import Sentence

NO_COSTS = Sentence(
    "Chưa tính kinh phí: các tệp luật chưa có chính sách hỗ trợ nào kèm mức tiền và điều khoản."
)


@dataclass(frozen=True)
class Part:
    """The households of one place of those shown, by the name it has on the day."""

    place: Hashable
    name: str
    found: SideBySide


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator as both standards have it; a code is None where a standard has it not."""

    name: str
    first: str | None
    second: str | None
    figures: Indicator


@dataclass(frozen=True)
class GapRow:
    """What keeps classes by one of the standards open, and of how many households."""

    side: str
    gap: Gap
    households: int


@dataclass(frozen=True)
class Foresight:
    """The households of a place on a day under two standards."""

    law: Law
    place: str
    on: date
    first: Standard
    second: Standard
    found: SideBySide
    parts: Sequence[Part]

    def indicators(self) -> list[IndicatorRow]:
        """The indicators of the first standard, then those the second alone has; same names meet.

        An indicator is the same where its name is: codes and rules may differ.
        """
        figures = self.found.indicators()
        first = {one.name: one.code for one in self.first.indicators}
        second = {one.name: one.code for one in self.second.indicators}
        none = Indicator()
        rows = []
        for name in dict.fromkeys((*first, *second)):
            one = figures.get(first.get(name, ""), none)
            other = figures.get(second.get(name, ""), none)
            figure = Indicator(
                one.lacking_first,
                one.unknown_first,
                other.lacking_second,
                other.unknown_second,
                other.entering,
                one.leaving,
            )
            rows.append(IndicatorRow(name, first.get(name), second.get(name), figure))
        return rows

    def gaps(self) -> list[GapRow]:
        """What is missing, of the law first, then by how many households it holds up."""
        rows = [
            GapRow(side, gap_of(self.law, standard, name), households)
            for side, standard in ((FIRST, self.first), (SECOND, self.second))
            for name, households in self.found.missing(side).items()
        ]
        return sorted(
            rows, key=lambda row: (row.side, not row.gap.of_law, -row.households, row.gap.name)
        )

    def doubts(self, side: str) -> tuple[Sentence, ...]:
        """What is not known or not compared of one of the standards."""
        return doubts_of(self.first if side == FIRST else self.second, self.on)
