"""What ``whatif`` says: as plain values for a program, as tables for the eye."""

from __future__ import annotations

from typing import Any

from chungtay.commands.speaking import _, in_words
from chungtay.rulebook.foresight import NO_COSTS, Foresight, GapRow, IndicatorRow
from chungtay.rulebook.side_by_side import FIRST, MOVES, SECOND, STANDS, Heads, SideBySide
from chungtay.rulebook.wording import catalogued, vi_date, vi_int

# The names of the columns, for a screen of eighty characters.
SHORT = {
    "enters": catalogued("vào"),
    "leaves": catalogued("ra"),
    "stays": catalogued("ở lại"),
    "outside": catalogued("ngoài diện"),
    "undecided": catalogued("không xác định"),
}


def as_dict(shown: Foresight) -> dict[str, Any]:
    """Everything that is counted, as plain values."""
    found = shown.found
    return {
        "place": shown.place,
        "on": shown.on.isoformat(),
        "standard": shown.first.id,
        "against": shown.second.id,
        **_counts(found, found.total),
        "moves": _moves(found),
        "matrix": [
            {"standard": first, "against": second, **_counts(found, heads)}
            for (first, second), heads in sorted(found.matrix().items())
        ],
        "places": [
            {"place": part.name, **_counts(found, part.found.total), "moves": _moves(part.found)}
            for part in shown.parts
        ],
        "indicators": [_indicator(row) for row in shown.indicators()],
        "missing": [_gap(shown, row) for row in shown.gaps()],
        "doubts": {
            standard.id: [in_words(one) for one in shown.doubts(side)]
            for side, standard in ((FIRST, shown.first), (SECOND, shown.second))
        },
        "costs": in_words(NO_COSTS),
    }


def _counts(found: SideBySide, heads: Heads) -> dict[str, int]:
    """Persons only where they are known: a table of households does not count them."""
    counts = {"households": heads.households}
    return {**counts, "persons": heads.persons} if found.total.persons else counts


def _moves(found: SideBySide) -> dict[str, dict[str, int]]:
    return {move: _counts(found, heads) for move, heads in found.moves().items()}


def _indicator(row: IndicatorRow) -> dict[str, Any]:
    one = row.figures
    return {
        "name": in_words(row.name),
        "standard": row.first,
        "against": row.second,
        "lacking_by_standard": one.lacking_first,
        "unknown_by_standard": one.unknown_first,
        "lacking_by_against": one.lacking_second,
        "unknown_by_against": one.unknown_second,
        "lacking_among_entering": one.entering,
        "lacking_among_leaving": one.leaving,
    }


def _gap(shown: Foresight, row: GapRow) -> dict[str, Any]:
    standard = shown.first if row.side == FIRST else shown.second
    return {
        "standard": standard.id,
        "name": row.gap.name,
        "of_law": row.gap.of_law,
        "sentence": in_words(row.gap.sentence),
        "households": row.households,
    }


def say(shown: Foresight) -> None:
    """Everything that is counted, as tables for the eye."""
    found = shown.found
    heads = _("{place}, tại ngày {on}: {count} hộ")
    count = vi_int(found.total.households)
    print(heads.format(place=shown.place, on=vi_date(shown.on), count=count))
    print(_("Chuẩn 1: {name}").format(name=in_words(shown.first.name)))
    print(_("Chuẩn 2: {name}").format(name=in_words(shown.second.name)))
    for side, mark in ((FIRST, 1), (SECOND, 2)):
        for doubt in shown.doubts(side):
            print(_("Lưu ý về chuẩn {mark}: {note}").format(mark=mark, note=in_words(doubt)))
    print(in_words(NO_COSTS))
    if not found.total.households:
        print(_("Không có hộ nào trong sổ tại ngày ấy; ghi ngày khác bằng --on."))
        return
    _say_places(shown)
    _say_matrix(found)
    _say_indicators(shown)
    _say_gaps(shown)


def _say_places(shown: Foresight) -> None:
    lines = [["", _("số hộ"), *(_(word) for word in SHORT.values())]]
    named = [(part.name, part.found) for part in shown.parts]
    for name, found in (*named, (_("Cộng"), shown.found)):
        moves = found.moves()
        counts = (found.total.households, *(moves[move].households for move in MOVES))
        lines.append([name, *(vi_int(one) for one in counts)])
    _table(_("Từ chuẩn 1 sang chuẩn 2, theo địa bàn"), lines)


def _say_matrix(found: SideBySide) -> None:
    matrix = found.matrix()
    rows = [one for one in STANDS if any(first == one for first, _second in matrix)]
    columns = [one for one in STANDS if any(second == one for _first, second in matrix)]
    lines = [["", *(_(STANDS[one]) for one in columns)]]
    for row in rows:
        counts = (matrix.get((row, one), Heads()).households for one in columns)
        lines.append([_(STANDS[row]), *(vi_int(one) for one in counts)])
    _table(_("Dòng theo chuẩn 1, cột theo chuẩn 2"), lines)


def _say_indicators(shown: Foresight) -> None:
    heads = (
        *(_("thiếu hụt 1"), _("chưa rõ 1"), _("thiếu hụt 2"), _("chưa rõ 2")),
        *(_("hộ vào"), _("hộ ra")),
    )
    lines = [["", *heads]]
    for row in shown.indicators():
        one = row.figures
        by_first = (one.lacking_first, one.unknown_first) if row.first else (None, None)
        by_second = (one.lacking_second, one.unknown_second) if row.second else (None, None)
        moving = (one.entering if row.second else None, one.leaving if row.first else None)
        counts = (*by_first, *by_second, *moving)
        cells = ("–" if count is None else vi_int(count) for count in counts)
        lines.append([in_words(row.name), *cells])
    _table(_("Số hộ thiếu hụt, chưa rõ theo từng chuẩn; thiếu hụt trong số hộ vào, hộ ra"), lines)


def _say_gaps(shown: Foresight) -> None:
    gaps = shown.gaps()
    if not gaps:
        return
    print()
    print(_("Còn thiếu gì để xếp loại, và giữ lại bao nhiêu hộ"))
    for row in gaps:
        side = 1 if row.side == FIRST else 2
        count = vi_int(row.households)
        line = _("  Chuẩn {side}, {count} hộ: {sentence}")
        print(line.format(side=side, count=count, sentence=in_words(row.gap.sentence)))


def _table(title: str, lines: list[list[str]]) -> None:
    print()
    print(title)
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        print("  " + "  ".join(cells).rstrip())
