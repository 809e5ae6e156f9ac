"""The act of taking a list of year sheets out as an Excel file."""

from __future__ import annotations

from pathlib import Path

from django.utils import translation

from chungtay.acts.refusing import NotAllowed
from chungtay.acts.services import Deed, OpenLine, perform
from chungtay.files.writing import Table, TableColumn, write_xlsx
from chungtay.reports.sheets.asked import Asked
from chungtay.reports.sheets.figures import CRITERIA, HOW_READ, Sheet, SheetKind
from chungtay.reports.sheets.queries import SEE_ALL
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence
from chungtay.staff.policy import PostActor

UNKNOWN = "chưa có số"
FILE_WORDS = {"village": "thon", "office": "co-quan", "person": "can-bo"}
TITLES = {
    "village": ("Phiếu năm của các thôn, tổ", "Thôn, tổ"),
    "office": ("Phiếu năm của các cơ quan, đoàn thể", "Cơ quan, đoàn thể"),
    "person": ("Phiếu năm của cán bộ", "Họ và tên"),
}


def write_sheets(
    *, actor: PostActor, asked: Asked, kind: SheetKind, sheets: list[Sheet], target: Path
) -> int:
    """Write the sheets of one kind to an .xlsx file, a row each; the rows. One journal line.

    NotAllowed without the right at the place, TableRefused where it does not fit.
    """
    if not actor.may(SEE_ALL, asked.place):
        raise NotAllowed(Sentence("Tài khoản này không được xuất phiếu năm của địa bàn này."))
    with translation.override("vi"):
        rows = write_xlsx(target, _table(actor, asked, kind, sheets))

    def write(line: OpenLine) -> int:
        line.details = {"year": asked.year, "kind": kind, "rows": rows}
        return rows

    try:
        perform(actor, Deed("reports.write_sheets", SEE_ALL, asked.place), write)
    except BaseException:
        # Without its journal line no list may leave.
        target.unlink(missing_ok=True)
        raise
    return rows


def sheets_file_name(asked: Asked, kind: SheetKind) -> str:
    """A file name without diacritics: "phieu-nam-2023-thon-xa-quang-trung.xlsx"."""
    place = "-".join(fold(asked.place.name).split())
    return f"phieu-nam-{asked.year}-{FILE_WORDS[kind]}-{place}.xlsx"


def _table(actor: PostActor, asked: Asked, kind: SheetKind, sheets: list[Sheet]) -> Table:
    title, first = TITLES[kind]
    keys = list(dict.fromkeys(one.key for sheet in sheets for one in sheet.figures))
    columns = [TableColumn(first, width=28)]
    columns += [TableColumn("Chức danh", width=32)] if kind == "person" else []
    columns += [TableColumn(CRITERIA[key].label, "number", 12) for key in keys]
    return Table(
        title=f"{title}, năm {asked.year}",
        place=asked.place.name,
        on=asked.on,
        who=actor.name,
        source=str(HOW_READ),
        columns=columns,
        rows=[_row(sheet, keys, kind) for sheet in sheets],
        row_count=len(sheets),
        sheet_name=title[:31],
    )


def _row(sheet: Sheet, keys: list[str], kind: SheetKind) -> list[str | int | None]:
    cells: list[str | int | None] = [sheet.name]
    cells += [sheet.about] if kind == "person" else []
    for key in keys:
        figure = sheet.figure(key)
        unknown = figure is not None and figure.value is None
        cells.append(UNKNOWN if unknown else figure.value if figure is not None else None)
    return cells
