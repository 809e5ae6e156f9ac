"""Code lists: the rows of a file held against what the index says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from chungtay.rulebook.compiling import Shelf, check_span
from chungtay.rulebook.lawbook import Code, CodeList, Scheme
from chungtay.rulebook.refusing import LawError
from chungtay.rulebook.schema_lists import RawCodeList, RawScheme
from chungtay.rulebook.workdays import DayOff, WorkCalendar

Row = Mapping[str, str]
MARKS = ("V", "V2", "D", "M", "unknown")
SEEN = "V"
KEY_JOINT = "/"
DECIDED = "decided"


def bind_code_list(
    index: str, file: str, raw: RawCodeList, header: Sequence[str], rows: Iterable[tuple[int, Row]]
) -> CodeList:
    """Check a code list whole (rows with their line numbers); LawError with the mend if bad."""
    shelf = Shelf(index, {}, {}, {})
    _check_columns(shelf, raw)
    _check_header(file, raw.columns, header)
    numbered = list(rows)
    codes: dict[str, Code] = {}
    for line, row in numbered:
        key = KEY_JOINT.join(row[column].strip() for column in raw.key)
        if not key.strip(KEY_JOINT) or key in codes:
            problem = f"“{key}” được khai báo hai lần." if key in codes else "ô khóa đang trống."
            raise LawError(file, f"dòng {line}", problem, "Hãy giữ lại một dòng, có đủ khóa.")
        codes[key] = Code(key, row[raw.label], _mark(raw.schemes[-1], row), row)
    _check_marks(shelf, file, raw, numbered)
    return CodeList(
        id=raw.id,
        name=raw.name,
        use=raw.use,
        codes=codes,
        schemes=tuple(_scheme(one) for one in raw.schemes),
        note=raw.note,
    )


def _check_columns(shelf: Shelf, raw: RawCodeList) -> None:
    """Refuse an index entry that names a column its own list of columns does not have."""
    if not raw.schemes or not raw.key:
        raise shelf.refuse(
            raw.id,
            "danh mục cần ít nhất một khóa và một hệ mã.",
            "Hãy ghi key và [[lists.schemes]].",
        )
    known: set[str] = set()
    for scheme in raw.schemes:
        key = f"{raw.id}.schemes.{scheme.id}"
        if scheme.id in known:
            raise shelf.refuse(key, "hệ mã được khai báo hai lần.", "Hãy giữ lại một mục.")
        known.add(scheme.id)
        check_span(shelf, key, scheme.from_, scheme.to)
        if bool(scheme.mark) == bool(scheme.every_mark):
            raise shelf.refuse(
                key,
                "cần đúng một trong hai: mark hoặc every_mark.",
                "Hãy ghi cột mang mức đối chiếu.",
            )
    named = [*raw.key, raw.label]
    for scheme in raw.schemes:
        named += [scheme.code, scheme.mark, scheme.source]
    for column in named:
        if column and column not in raw.columns:
            raise shelf.refuse(
                f"{raw.id}.columns",
                f"không có cột “{column}” trong columns.",
                f"Hãy dùng một trong: {', '.join(raw.columns)}.",
            )


def _check_header(file: str, wanted: Sequence[str], header: Sequence[str]) -> None:
    for column in wanted:
        if column not in header:
            raise LawError(file, column, f"thiếu cột “{column}”.", "Hãy thêm lại cột đó.")
    for column in header:
        if column not in wanted:
            raise LawError(
                file,
                column,
                f"cột “{column}” chưa khai báo.",
                "Hãy thêm vào columns của index.toml.",
            )


def _check_marks(
    shelf: Shelf, file: str, raw: RawCodeList, rows: Sequence[tuple[int, Row]]
) -> None:
    """Refuse an unknown mark, and a scheme that claims more than the marks of its rows."""
    for scheme in raw.schemes:
        for line, row in rows:
            mark = _mark(scheme, row)
            if mark not in MARKS:
                raise LawError(
                    file,
                    f"dòng {line}",
                    f"mức đối chiếu “{mark}” không có trong danh sách.",
                    f"Hãy ghi một trong: {', '.join(MARKS)}.",
                )
            if scheme.verified and mark != SEEN:
                raise shelf.refuse(
                    f"{raw.id}.schemes.{scheme.id}.verified",
                    f"ghi verified = true nhưng dòng {line} của {file} mang mức {mark}.",
                    "Hãy ghi false cho đến khi mọi dòng đã đối chiếu văn bản.",
                )


def _mark(scheme: RawScheme, row: Row) -> str:
    """The mark of a row; what follows it in brackets says how it was found."""
    return scheme.every_mark or row[scheme.mark].split(" ", 1)[0]


def _scheme(raw: RawScheme) -> Scheme:
    return Scheme(
        id=raw.id,
        name=raw.name,
        column=raw.code,
        mark_column=raw.mark,
        every_mark=raw.every_mark,
        source_column=raw.source,
        valid_from=raw.from_,
        valid_to=raw.to,
        verified=raw.verified,
        note=raw.note,
    )


def bind_calendar(file: str, rows: Mapping[str, Mapping[str, str]]) -> WorkCalendar:
    """The calendar of a list of days off; LawError with the row where a day is none."""
    days_off: dict[date, DayOff] = {}
    worked: set[date] = set()
    for key, row in rows.items():
        days_off[_day(file, key, "date", key)] = DayOff(row["name"], row["status"] == DECIDED)
        if row["worked_instead"]:
            worked.add(_day(file, key, "worked_instead", row["worked_instead"]))
    return WorkCalendar(days_off, frozenset(worked))


def _day(file: str, key: str, column: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LawError(
            file,
            f"{key}.{column}",
            f"“{text}” không phải một ngày.",
            "Hãy ghi theo dạng 2026-12-31.",
        ) from None
