"""The act of taking an official table out as an Excel file."""

from __future__ import annotations

from pathlib import Path

from chungtay.acts.refusing import NotAllowed
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.files.writing import Table, TableColumn, write_xlsx
from chungtay.reports.result_tables import FilledTable, Results
from chungtay.rulebook.folding import fold
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import Sentence, vi_date

RIGHT = "reports.see"


def write_result_table(*, actor: Actor, results: Results, filled: FilledTable, target: Path) -> int:
    """Write one table to an .xlsx file, numbered columns and all; the rows written.

    One journal line. NotAllowed without the right at the place, TableRefused where it does not fit.
    """
    if not actor.may(RIGHT, results.place):
        raise NotAllowed(Sentence("Tài khoản này không được xuất biểu của địa bàn này."))
    rows = write_xlsx(target, _table(actor, results, filled))

    def write(line: OpenLine) -> int:
        line.details = {
            "table": filled.table.id,
            "standard": results.standard,
            "from": results.period.opening.isoformat(),
            "to": results.period.closing.isoformat(),
            "rows": rows,
        }
        return rows

    try:
        perform(actor, Deed("reports.write_result_table", RIGHT, results.place), write)
    except BaseException:
        # Without its journal line no table may leave.
        target.unlink(missing_ok=True)
        raise
    return rows


def file_name(results: Results, filled: FilledTable) -> str:
    """A file name without diacritics: "bieu-2-xa-quang-trung-2023-06-30.xlsx"."""
    place = fold(results.place.name).replace(" ", "-")
    return f"bieu-{filled.table.number}-{place}-{results.period.closing:%Y-%m-%d}.xlsx"


def _table(actor: Actor, results: Results, filled: FilledTable) -> Table:
    lines = [
        [row.name, *(row.figures[one.figure] for one in filled.columns)]
        for row in (*filled.rows, filled.total)
    ]
    columns = [TableColumn("Địa bàn", width=24)]
    columns += [
        TableColumn(_heading(one.number, one.title, one.formula), "number", 14)
        for one in filled.columns
    ]
    opening, closing = vi_date(results.period.opening), vi_date(results.period.closing)
    return Table(
        title=f"Biểu {filled.table.number}. {filled.table.title}, từ {opening} đến {closing}",
        place=results.place.name,
        on=results.period.closing,
        who=actor.name,
        source=f"sổ hộ, {law().standard(results.standard).name}; số cột chưa đối chiếu",
        columns=columns,
        rows=lines,
        row_count=len(lines),
        sheet_name=f"Biểu {filled.table.number}",
    )


def _heading(number: str, title: str, formula: str) -> str:
    return f"({number}) {title}" + (f"\n= {formula}" if formula else "")
