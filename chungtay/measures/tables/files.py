"""The files of a table: which they are, how they are written, and what their header says."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from chungtay.measures.refusing import NotMeasurable

PARQUET_MARK = b"PAR1"
ZIP_MARK = b"PK"
DELIMITERS = ",;\t|"
HEADER_BYTES = 2**20

Kind = Literal["csv", "parquet"]


@dataclass(frozen=True)
class Source:
    """Files that are read as one table: their kind and, of text, its header and delimiter."""

    paths: tuple[Path, ...]
    kind: Kind
    header: tuple[str, ...] = ()
    delimiter: str = ","

    @property
    def parts(self) -> list[Source]:
        """Each file for itself."""
        return [Source((path,), self.kind, self.header, self.delimiter) for path in self.paths]


def sources(paths: Iterable[Path]) -> list[Source]:
    """The files (those of a folder too), alike ones together; NotMeasurable names a wrong one."""
    alike: dict[tuple[Kind, tuple[str, ...], str], list[Path]] = {}
    for path in _files(paths):
        one = _source(path)
        alike.setdefault((one.kind, one.header, one.delimiter), []).append(path)
    return [Source(tuple(found), *key) for key, found in alike.items()]


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.suffix in (".parquet", ".csv"))
            if not inside:
                raise NotMeasurable(
                    "thư mục {path} không có tệp .parquet hay .csv nào; hãy xem lại đường dẫn.",
                    path=path,
                )
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            raise NotMeasurable("không có tệp {path}; hãy xem lại đường dẫn.", path=path)
    return found


def _source(path: Path) -> Source:
    try:
        with path.open("rb") as file:
            start = file.read(HEADER_BYTES)
            file.seek(max(path.stat().st_size - len(PARQUET_MARK), 0))
            end = file.read()
    except OSError as error:
        raise NotMeasurable(
            "không mở được tệp {name} ({why}); hãy xem lại quyền đọc.",
            name=path.name,
            why=error.strerror,
        ) from error
    if not start.strip():
        raise NotMeasurable("tệp {name} trống; hãy xuất lại tệp ấy.", name=path.name)
    if start.startswith(PARQUET_MARK):
        if end != PARQUET_MARK or path.stat().st_size <= 2 * len(PARQUET_MARK):
            raise broken(path)
        return Source((path,), "parquet")
    if start.startswith(ZIP_MARK) or b"\0" in start:
        raise NotMeasurable(
            "tệp {name} không phải CSV hay Parquet; hãy lưu bảng thành .csv (UTF-8) rồi đo lại.",
            name=path.name,
        )
    return _text(path, start)


def _text(path: Path, start: bytes) -> Source:
    try:
        line = start.partition(b"\n")[0].decode("utf-8-sig").rstrip("\r")
    except UnicodeDecodeError as error:
        raise NotMeasurable(
            "tệp {name} không theo bảng mã UTF-8; hãy lưu lại thành “CSV UTF-8”.", name=path.name
        ) from error
    delimiter = max(DELIMITERS, key=line.count)
    header = tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter)))
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise NotMeasurable(
            "tệp {name}, dòng 1: cột {column} đứng hai lần; hãy giữ một cột.",
            name=path.name,
            column=f"“{twice}”",
        )
    return Source((path,), "csv", header, delimiter)


def broken(path: Path) -> NotMeasurable:
    """That a file cannot be read to its end."""
    return NotMeasurable(
        "tệp {name} hỏng hoặc chưa được chép hết nên không đọc được; hãy chép hoặc xuất lại.",
        name=path.name,
    )
