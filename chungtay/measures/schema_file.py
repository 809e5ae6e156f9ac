"""The file of --schema: what a table calls the columns that the measures name."""

from __future__ import annotations

import tomllib
from pathlib import Path

from chungtay.measures.refusing import NotMeasurable


def read_schema(path: Path) -> dict[str, str]:
    """The names of the file by the names of the measures; NotMeasurable says what is wrong."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise NotMeasurable(
            "--schema: không mở được tệp {path}; hãy xem lại đường dẫn.", path=path
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotMeasurable(
            "--schema: tệp {name} không đúng dạng TOML; hãy ghi mỗi dòng một cột, ví dụ "
            'persons = "so_khau".',
            name=path.name,
        ) from error
    columns = found.get("columns", found)
    wrong = next((name for name, value in columns.items() if not isinstance(value, str)), None)
    if wrong is not None:
        raise NotMeasurable(
            '--schema: “{wrong}” cần tên một cột trong dấu ngoặc kép, ví dụ persons = "so_khau".',
            wrong=wrong,
        )
    return dict(columns)
