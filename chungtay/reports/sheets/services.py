"""Acts on year sheets: a person's remark on her own, and taking a list of sheets out as Excel."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.utils import translation

from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.acts.services import Deed, OpenLine, perform
from chungtay.files.writing import Table, TableColumn, write_xlsx
from chungtay.places.models import Unit
from chungtay.reports.sheets.asked import Asked
from chungtay.reports.sheets.figures import CRITERIA, HOW_READ, Sheet, SheetKind
from chungtay.reports.sheets.models import SheetRemark
from chungtay.reports.sheets.queries import SEE_ALL, SEE_OWN, person_held
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence, vi_int
from chungtay.staff.policy import PostActor

MOST_SIGNS = 2000
UNKNOWN = "chưa có số"
FILE_WORDS = {"village": "thon", "office": "co-quan", "person": "can-bo"}
TITLES = {
    "village": ("Phiếu năm của các thôn, tổ", "Thôn, tổ"),
    "office": ("Phiếu năm của các cơ quan, đoàn thể", "Cơ quan, đoàn thể"),
    "person": ("Phiếu năm của cán bộ", "Họ và tên"),
}


def write_remark(
    *,
    actor: PostActor,
    place: Unit,
    commune: Unit,
    year: int,
    text: str,
    today: date,
    expected_version: int,
    key: str = "",
) -> int:
    """Write what the actor says to her own sheet; its new version. Nobody writes for another.

    ``expected_version`` is 0 where nothing was said yet.
    """
    user = actor.user_id
    if user is None or not person_held(user, commune, year):
        raise NotAllowed(Sentence("Năm này tài khoản không giữ chức danh nào ở đây."))
    if len(text) > MOST_SIGNS:
        raise Refused(
            Sentence("Ý kiến dài quá {most} ký tự. Hãy viết gọn lại.", most=vi_int(MOST_SIGNS))
        )

    def write(line: OpenLine) -> int:
        rows = SheetRemark.objects.select_for_update()
        kept = rows.filter(unit=commune, year=year, user=user).first()
        if (kept.version if kept is not None else 0) != expected_version:
            raise Stale(
                Sentence("Ý kiến vừa được ghi ở nơi khác. Hãy xem lại rồi ghi lại nếu vẫn cần.")
            )
        fresh = kept or SheetRemark(unit=commune, year=year, user_id=user, version=0)
        fresh.text, fresh.written_on, fresh.version = text, today, fresh.version + 1
        fresh.save()
        line.subject = f"sheet_remark:{fresh.pk}"
        line.details = {"year": year, "version": fresh.version}
        return fresh.version

    return perform(actor, Deed("reports.write_sheet_remark", SEE_OWN, place, key=key), write)


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
