"""What the page of two standards shows: every number with the address of its households."""

from __future__ import annotations

from typing import Any

from chungtay.rulebook.foresight import NO_COSTS, IndicatorRow
from chungtay.rulebook.loading import law
from chungtay.rulebook.side_by_side import (
    ENTERS,
    FIRST,
    LEAVES,
    MOVES,
    SECOND,
    STANDS,
    Heads,
    SideBySide,
    Wanted,
)
from chungtay.rulebook.wording import vi_int
from chungtay.web.measures.foreseen import Seen, place_key, sentence_case
from chungtay.web.templating import said

Figure = dict[str, str]


def context_of(seen: Seen, *, opens: bool) -> dict[str, Any]:
    """All that the page shows; without ``opens`` no number leads to households."""
    shown, found = seen.shown, seen.shown.found
    rows = _Rows(seen, opens=opens)
    return {
        "chosen": seen.chosen,
        "options": [(one.id, said(one.name)) for one in law().standards.values()],
        "doubts": [
            {"standard": seen.chosen.of(side), "sentences": shown.doubts(side)}
            for side in ((FIRST,) if shown.first is shown.second else (FIRST, SECOND))
            if shown.doubts(side)
        ],
        "households": found.total.households,
        "persons": found.total.persons,
        "moves": rows.moves(found),
        "move_words": [sentence_case(said(word)) for word in MOVES.values()],
        "places": [
            rows.place(part.name, part.found, place_key(part.place)) for part in shown.parts
        ],
        "total": rows.place("", found, ""),
        "matrix": rows.matrix(found),
        "indicators": [rows.indicator(one) for one in shown.indicators()],
        "gaps": [rows.gaps(side) for side in (FIRST, SECOND)],
        "costs": NO_COSTS,
        "opens": opens,
    }


class _Rows:
    """Numbers of one page, each leading to its households where the reader may open them."""

    def __init__(self, seen: Seen, *, opens: bool) -> None:
        self._seen = seen
        self._opens = opens

    def figure(self, households: int, wanted: Wanted, place: str = "") -> Figure:
        """A number and where it leads."""
        leads = self._opens and households
        return {
            "text": vi_int(households),
            "href": self._seen.href(wanted, place) if leads else "",
        }

    def moves(self, found: SideBySide) -> list[dict[str, Any]]:
        """What becomes of the households, one line each."""
        return [
            {
                "label": sentence_case(said(MOVES[move])),
                "households": self.figure(heads.households, Wanted(move=move)),
                "persons": vi_int(heads.persons),
            }
            for move, heads in found.moves().items()
        ]

    def place(self, name: str, found: SideBySide, place: str) -> dict[str, Any]:
        """One place: all its households, then what becomes of them."""
        moves = found.moves()
        cells = [self.figure(moves[one].households, Wanted(move=one), place) for one in MOVES]
        return {
            "name": name,
            "all": self.figure(found.total.households, Wanted(), place),
            "cells": cells,
        }

    def matrix(self, found: SideBySide) -> dict[str, Any]:
        """Where households stand by the first standard (rows) and by the second (columns)."""
        cells = found.matrix()
        lines = [one for one in STANDS if any(first == one for first, _second in cells)]
        heads = [one for one in STANDS if any(second == one for _first, second in cells)]
        rows = []
        for line in lines:
            row = [cells.get((line, head), Heads()).households for head in heads]
            figures = [
                self.figure(count, Wanted(line, head))
                for head, count in zip(heads, row, strict=True)
            ]
            label = sentence_case(said(STANDS[line]))
            rows.append({"label": label, "cells": [*figures, self.figure(sum(row), Wanted(line))]})
        sums = [
            self.figure(
                sum(cells.get((line, head), Heads()).households for line in lines),
                Wanted(second=head),
            )
            for head in heads
        ]
        total = self.figure(found.total.households, Wanted())
        columns = [sentence_case(said(STANDS[one])) for one in heads]
        return {"columns": columns, "rows": rows, "sums": [*sums, total]}

    def indicator(self, row: IndicatorRow) -> dict[str, Any]:
        """One indicator under both standards; no figure where a standard has it not."""
        one = row.figures
        cells: list[Figure | None] = [None] * 6
        if row.first:
            cells[0] = self.figure(one.lacking_first, Wanted(side=FIRST, lacking=row.first))
            cells[1] = self.figure(one.unknown_first, Wanted(side=FIRST, unknown=row.first))
            leaving = Wanted(move=LEAVES, side=FIRST, lacking=row.first)
            cells[5] = self.figure(one.leaving, leaving)
        if row.second:
            cells[2] = self.figure(one.lacking_second, Wanted(side=SECOND, lacking=row.second))
            cells[3] = self.figure(one.unknown_second, Wanted(side=SECOND, unknown=row.second))
            entering = Wanted(move=ENTERS, side=SECOND, lacking=row.second)
            cells[4] = self.figure(one.entering, entering)
        return {"label": said(row.name), "cells": cells}

    def gaps(self, side: str) -> dict[str, Any]:
        """What keeps classes by one standard open, with the households it holds up."""
        rows = [row for row in self._seen.shown.gaps() if row.side == side]
        return {
            "standard": self._seen.chosen.of(side),
            "number": 1 if side == FIRST else 2,
            "unclear": self._seen.shown.found.unclear(side),
            "rows": [
                {
                    "sentence": row.gap.sentence,
                    "of_law": row.gap.of_law,
                    "households": self.figure(
                        row.households, Wanted(side=side, missing=row.gap.name)
                    ),
                }
                for row in rows
            ],
        }
