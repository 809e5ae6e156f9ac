"""A whole household list read: from an opened workbook to typed drafts with their messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chungtay.files.cells import Sheet, Workbook
from chungtay.files.refusals import UnfriendlyFile
from chungtay.rulebook.wording import Sentence
from chungtay.sync.reading.drafts import ReadList
from chungtay.sync.reading.duplicates import mark_duplicates
from chungtay.sync.reading.grouping import group_rows
from chungtay.sync.reading.headers import Header, find_header
from chungtay.sync.reading.households import custom_of, draft_household
from chungtay.sync.reading.messages import Message, quoted, say
from chungtay.sync.reading.parsed import Basis
from chungtay.sync.reading.tables import read_table, spans
from chungtay.sync.reading.titles import read_title
from chungtay.sync.reading.vocabulary import label

EXPECTED = (
    "full_name",
    "relation",
    "birth",
    "sex",
    "citizen_id",
    "code",
    "village",
    "household_class",
)


def read_household_list(
    workbook: Workbook,
    *,
    on: date,
    sheet: str | None = None,
    provinces: frozenset[str] = frozenset(),
) -> ReadList:
    """Read the list of a workbook as on a day; UnfriendlyFile when no sheet holds one.

    The sheet that looks most like a list is taken unless one is named; a visible one first.
    ``provinces`` are the codes a citizen ID may begin with; none given, none is asked.
    """
    found = [(one, header) for one in workbook.sheets if (header := find_header(one))]
    lists = [pair for pair in found if pair[1].has_name and pair[1].believable]
    if sheet is not None:
        lists = [pair for pair in lists if pair[0].name == sheet]
    if not lists:
        raise _no_list([header for _, header in found])
    chosen, header = max(lists, key=_likeness)
    others = [one.name for one, _ in lists if one is not chosen]
    return _read(workbook, chosen, header, others, Basis(on, provinces))


def _likeness(pair: tuple[Sheet, Header]) -> tuple[bool, int, int]:
    sheet, header = pair
    return not sheet.hidden, header.score, len(sheet.rows)


def _no_list(headers: Sequence[Header]) -> UnfriendlyFile:
    expected = ", ".join(f"“{label(key)}”" for key in EXPECTED)
    if any(header.believable for header in headers):
        text = (
            "Không thấy cột họ tên nên không biết mỗi dòng là ai. Hãy đặt tiêu đề “Họ và tên” "
            "hoặc “Họ và tên chủ hộ”; các cột nên có: {expected}."
        )
        return UnfriendlyFile("no_name_column", Sentence(text, expected=expected))
    text = (
        "Không trang nào có dòng tiêu đề nhận ra được. Hãy đặt một dòng tiêu đề trên danh sách, "
        "với các cột như {expected}; thứ tự cột không quan trọng. Có thể tải tệp mẫu để chép vào."
    )
    return UnfriendlyFile("no_known_column", Sentence(text, expected=expected))


def _read(
    workbook: Workbook, sheet: Sheet, header: Header, others: list[str], basis: Basis
) -> ReadList:
    table = read_table(sheet, header, basis)
    groups, layout = group_rows(table.rows)
    custom = custom_of(groups, layout)
    letters = {column.key: column.letter for column in header.columns if column.key}
    drafts = [draft_household(group, custom) for group in groups]
    messages = _about_sheet(workbook, sheet, header, others) + table.messages
    if custom.marked:
        messages.append(say("blank_means_no"))
    return ReadList(
        sheet=sheet.name,
        header_row=header.last_row,
        columns=header.columns,
        households=mark_duplicates(drafts, letters),
        messages=tuple(messages),
        title=read_title(workbook),
    )


def _about_sheet(
    workbook: Workbook, sheet: Sheet, header: Header, others: list[str]
) -> list[Message]:
    messages = [say("file_note", said=note.sentence) for note in workbook.notes]
    if sheet.hidden:
        messages.append(say("hidden_sheet", sheet=sheet.name))
    hidden = [number for number in sheet.hidden_rows if number > header.last_row]
    if hidden:
        messages.append(say("hidden_rows", count=len(hidden), rows=spans(hidden)))
    if others:
        names = ", ".join(f"“{name}”" for name in others)
        messages.append(say("other_sheets", sheet=sheet.name, others=names))
    unknown = [column for column in header.columns if column.key is None]
    if unknown:
        names = ", ".join(f"{column.letter} “{quoted(column.header)}”" for column in unknown)
        messages.append(say("unknown_columns", columns=names))
    return messages
