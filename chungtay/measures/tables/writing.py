"""The rows of a measurement as a flat table: CSV, Excel or Parquet, by the ending of the name."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from chungtay.files.storing import write_whole
from chungtay.files.writing import SHEET_COLUMNS, SHEET_ROWS, guarded
from chungtay.measures.refusing import NotMeasurable

ENDINGS = (".csv", ".xlsx", ".parquet")
BETWEEN = "."
SHEET_OPTIONS = dict.fromkeys(
    ("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False
)


def refuse_other_endings(path: Path) -> None:
    """Refuse a name before anything is read."""
    if path.suffix.lower() not in ENDINGS:
        raise NotMeasurable(
            "--out {name}: chỉ ghi được .csv, .xlsx hoặc .parquet; hãy đổi đuôi tệp.",
            name=path.name,
        )
    if not path.parent.is_dir():
        raise NotMeasurable("--out: không có thư mục {folder}.", folder=path.parent)


def flat(row: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """A row with one value a column: censored.d01, se.H, ci.H.low."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name == "by" and not before:
            found |= value
        elif isinstance(value, Mapping):
            found |= flat(value, f"{before}{name}{BETWEEN}")
        elif isinstance(value, list | tuple):
            found |= {f"{before}{name}.low": value[0], f"{before}{name}.high": value[1]}
        else:
            found[before + name] = value
    return found


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> int:
    """Write the rows whole or not at all: the header first, one line a row; how many there are."""
    lines = [flat(row) for row in rows]
    names = list(dict.fromkeys(name for line in lines for name in line))
    columns = {name: [line.get(name) for line in lines] for name in names}
    fill = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}[path.suffix.lower()]
    return write_whole(path, lambda beside: fill(beside, columns, len(lines)))


def _csv(target: Path, columns: Mapping[str, Sequence[Any]], count: int) -> int:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([guarded(name) for name in columns])
        for values in zip(*columns.values(), strict=True):
            writer.writerow([guarded(one) if isinstance(one, str) else one for one in values])
    return count


def _xlsx(target: Path, columns: Mapping[str, Sequence[Any]], count: int) -> int:
    if count >= SHEET_ROWS or len(columns) > SHEET_COLUMNS:
        raise NotMeasurable(
            "kết quả có {rows} dòng, nhiều hơn một trang Excel chứa được; hãy ghi ra .csv hoặc "
            ".parquet.",
            rows=count,
        )
    with xlsxwriter.Workbook(str(target), SHEET_OPTIONS) as book:
        sheet = book.add_worksheet("measure")
        bold = book.add_format({"bold": True})
        for place, (name, values) in enumerate(columns.items()):
            sheet.write_string(0, place, name, bold)
            for row, value in enumerate(values, start=1):
                _write_cell(sheet, row, place, value)
        sheet.freeze_panes(1, 0)
    return count


def _write_cell(sheet: Any, row: int, place: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, int | float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value))


def _parquet(target: Path, columns: Mapping[str, Sequence[Any]], count: int) -> int:
    made = {name: pa.array(_alike(values)) for name, values in columns.items()}
    pq.write_table(pa.table(made), str(target))
    return count


def _alike(values: Sequence[Any]) -> Sequence[Any]:
    """Whole numbers beside others as floats, so that a column has one type."""
    if any(isinstance(one, float) for one in values):
        return [float(one) if isinstance(one, int) else one for one in values]
    return values
