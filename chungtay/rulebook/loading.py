"""Reading the law files, once and strictly; nothing else in the rulebook opens a file."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from chungtay.rulebook.binding import bind_standard, check_points
from chungtay.rulebook.cases import check_cases
from chungtay.rulebook.codelists import bind_calendar, bind_code_list
from chungtay.rulebook.compiling import (
    Shared,
    Shelf,
    check_conversion,
    check_reference,
    check_span,
    check_values,
)
from chungtay.rulebook.lawbook import Code, CodeList, Law, Standard
from chungtay.rulebook.lights import Thresholds
from chungtay.rulebook.refusing import LawError, refuse_shape, refuse_toml
from chungtay.rulebook.schema import (
    CaseHousehold,
    CasesFile,
    CausesFile,
    Document,
    DocumentsFile,
    Fact,
    FactsFile,
    Option,
    PointsFile,
    StandardFile,
    Value,
    ValuesFile,
)
from chungtay.rulebook.schema_lists import (
    CodeIndexFile,
    CoverageEntry,
    CoverageFile,
    LightsFile,
    ResultTablesFile,
)
from chungtay.rulebook.territories import refuse_overlap
from chungtay.rulebook.workdays import WorkCalendar

PACKAGE_LAW = Path(__file__).resolve().parent.parent / "law"
CODE_INDEX = "codes/index.toml"
COVERAGE = "coverage.toml"
RESULT_TABLES = "forms/result_tables.toml"
LIGHTS = "forms/lights.toml"
DAYS_OFF = "holidays_2022_2032"
# The path says who decided.
SCOPES = {"standards": "national", "provinces": "province"}
# Checked one by one first, because the decoder does not say which name of a table is wrong.
NAMED_PARTS: dict[str, type[Any]] = {"values": Value, "households": CaseHousehold}
EXACT_KEYS = {"value", "points", "points_each"}
Shape = TypeVar("Shape")


@lru_cache(maxsize=1)
def law() -> Law:
    """The law that is shipped with the product, read once."""
    return load(PACKAGE_LAW)


def load(root: Path) -> Law:
    """Read every law file below a folder; LawError names the first bad file, key and mend."""
    documents = _documents(root)
    code_lists = _code_lists(root)
    codes = {name: one.codes for name, one in code_lists.items()}
    facts = _facts(root, documents, codes)
    shared = _shared(root, facts, documents)
    return Law(
        standards=_standards(root, facts, documents, shared),
        facts=facts,
        documents=documents,
        code_lists=code_lists,
        codes=codes,
        points_tables=_points_tables(root, facts, documents),
        causes=_causes(root, facts, documents),
        coverage=_coverage(root),
        calendar=_calendar(codes),
    )


def load_cases(root: Path = PACKAGE_LAW) -> dict[str, CasesFile]:
    """Read and check the worked cases below a law folder: file name to its cases."""
    files = dict(_read_all(root, "cases", CasesFile))
    known = law() if root == PACKAGE_LAW else load(root)
    for file, content in files.items():
        check_cases(known, Shelf(file, known.facts, known.documents, {}), content)
    return files


@lru_cache(maxsize=1)
def result_tables() -> ResultTablesFile:
    """The official tables of a review's results, as the law folder gives their columns."""
    return _read(PACKAGE_LAW, PACKAGE_LAW / RESULT_TABLES, ResultTablesFile)


@lru_cache(maxsize=1)
def light_thresholds() -> Thresholds:
    """From which share on the light of a promise is green or yellow."""
    found = _read(PACKAGE_LAW, PACKAGE_LAW / LIGHTS, LightsFile).thresholds
    return Thresholds(Fraction(found["green"]), Fraction(found["yellow"]))


def _read_all(root: Path, folder: str, shape: type[Shape]) -> Iterator[tuple[str, Shape]]:
    for path in sorted((root / folder).glob("*.toml")):
        yield f"{folder}/{path.name}", _read(root, path, shape)


def _read(root: Path, path: Path, shape: type[Shape]) -> Shape:
    file = path.relative_to(root).as_posix()
    try:
        content = tomllib.loads(_text(file, path), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise refuse_toml(file, str(error)) from None
    exact = _exact(content)
    for table, part_shape in NAMED_PARTS.items():
        parts = exact.get(table)
        for name, part in parts.items() if isinstance(parts, dict) else ():
            _shaped(file, part, part_shape, f"{table}.{name}")
    return _shaped(file, exact, shape, "")


def _shaped(file: str, content: Any, shape: type[Shape], place: str) -> Shape:
    try:
        return msgspec.convert(content, shape, builtin_types=(Decimal, date))
    except msgspec.ValidationError as error:
        raise refuse_shape(file, str(error), place) from None


def _exact(content: Any, key: str = "") -> Any:
    if isinstance(content, dict):
        return {name: _exact(part, name) for name, part in content.items()}
    if isinstance(content, list):
        return [_exact(part) for part in content]
    if key in EXACT_KEYS and isinstance(content, int) and not isinstance(content, bool):
        return Decimal(content)
    return content


def _text(file: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LawError(file, "", "không tìm thấy tệp.", "Hãy đặt lại tệp vào chỗ cũ.") from None
    except UnicodeDecodeError:
        raise LawError(
            file, "", "tệp không ghi bằng mã UTF-8.", "Hãy lưu lại tệp với mã UTF-8."
        ) from None


def _refuse_repeat(file: str, name: str, known: Mapping[str, object]) -> None:
    if name in known:
        raise LawError(
            file, name, f"“{name}” được khai báo hai lần.", "Hãy giữ lại một mục và bỏ mục kia."
        )


def _documents(root: Path) -> dict[str, Document]:
    documents: dict[str, Document] = {}
    for file, content in _read_all(root, "documents", DocumentsFile):
        for document in content.documents:
            _refuse_repeat(file, document.id, documents)
            shelf = Shelf(file, {}, {}, {})
            check_span(shelf, document.id, document.in_force_from, document.in_force_to)
            documents[document.id] = document
    return documents


def _code_lists(root: Path) -> dict[str, CodeList]:
    lists: dict[str, CodeList] = {}
    for raw in _read(root, root / CODE_INDEX, CodeIndexFile).lists:
        _refuse_repeat(CODE_INDEX, raw.id, lists)
        file = f"codes/{raw.id}.csv"
        header, rows = _code_rows(root, file)
        lists[raw.id] = bind_code_list(CODE_INDEX, file, raw, header, rows)
    for path in sorted((root / "codes").glob("*.csv")):
        if path.stem not in lists:
            mend = f"Hãy thêm một mục [[lists]] có id = “{path.stem}” vào {CODE_INDEX}."
            raise LawError(f"codes/{path.name}", "", "danh mục chưa được khai báo.", mend)
    return lists


def _calendar(codes: Mapping[str, Mapping[str, Code]]) -> WorkCalendar:
    if DAYS_OFF not in codes:
        mend = "Hãy khai báo lại danh mục."
        raise LawError(CODE_INDEX, DAYS_OFF, "thiếu danh mục ngày nghỉ.", mend)
    rows = {key: code.columns for key, code in codes[DAYS_OFF].items()}
    return bind_calendar(f"codes/{DAYS_OFF}.csv", rows)


def _code_rows(root: Path, file: str) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The header and the rows of a code file, each row with its line."""
    reader = csv.DictReader(_text(file, root / file).splitlines(), strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    for row in reader:
        if None in row or None in row.values():
            raise LawError(
                file,
                f"dòng {reader.line_num}",
                "số ô không khớp với dòng tiêu đề.",
                "Hãy sửa dòng.",
            )
        rows.append((reader.line_num, dict(row)))
    return list(reader.fieldnames or ()), rows


def _facts(
    root: Path, documents: Mapping[str, Document], codes: Mapping[str, Mapping[str, Code]]
) -> dict[str, Fact]:
    file = "forms/facts.toml"
    facts: dict[str, Fact] = {}
    for fact in _read(root, root / file, FactsFile).facts:
        _refuse_repeat(file, fact.name, facts)
        shelf = Shelf(file, facts, documents, {})
        check_reference(shelf, fact.name, fact.legal_basis, fact.legal_article)
        facts[fact.name] = _with_options(shelf, fact, codes)
    return facts


def _with_options(shelf: Shelf, fact: Fact, codes: Mapping[str, Mapping[str, Code]]) -> Fact:
    if fact.code_list:
        if fact.code_list not in codes:
            raise shelf.refuse(
                f"{fact.name}.code_list",
                f"không có danh mục “{fact.code_list}” trong thư mục codes.",
                f"Các danh mục: {', '.join(sorted(codes))}.",
            )
        rows = codes[fact.code_list].values()
        options = tuple(Option(row.code, row.label, row.code == "unknown") for row in rows)
        return msgspec.structs.replace(fact, options=options)
    if fact.type in ("choice", "choices") and not fact.options:
        raise shelf.refuse(
            f"{fact.name}.options", "chưa có lựa chọn nào.", "Hãy ghi options hoặc code_list."
        )
    if fact.type in ("money", "number", "whole") and not fact.unit.strip():
        raise shelf.refuse(
            f"{fact.name}.unit", "đơn vị đang để trống.", 'Hãy ghi đơn vị, ví dụ unit = "m²".'
        )
    return fact


def _standards(
    root: Path, facts: Mapping[str, Fact], documents: Mapping[str, Document], shared: Shared
) -> dict[str, Standard]:
    """The national standards, then those of provinces, which may take indicators of theirs."""
    standards: dict[str, Standard] = {}
    for folder, scope in SCOPES.items():
        for file, raw in _read_all(root, folder, StandardFile):
            _refuse_repeat(file, raw.id, standards)
            if raw.scope != scope:
                mend = "Chuẩn quốc gia nằm trong standards/, chuẩn của tỉnh trong provinces/."
                raise LawError(file, "scope", f"scope = “{raw.scope}” đặt sai thư mục.", mend)
            standards[raw.id] = bind_standard(file, raw, facts, documents, shared, standards)
            refuse_overlap(file, standards)
    return standards


def _shared(root: Path, facts: Mapping[str, Fact], documents: Mapping[str, Document]) -> Shared:
    values: dict[str, Value] = {}
    conversions: dict[tuple[str, str], int] = {}
    for file, content in _read_all(root, "values", ValuesFile):
        shelf = Shelf(file, facts, documents, {})
        check_values(shelf, content.values)
        for name, value in content.values.items():
            _refuse_repeat(file, name, values)
            values[name] = value
        for place, one in enumerate(content.conversions):
            check_conversion(shelf, f"conversions[{place}]", one)
            if (one.of, one.to) in conversions:
                raise shelf.refuse(
                    f"conversions[{place}]",
                    f"cách đổi {one.of} ra {one.to} được khai báo hai lần.",
                    "Hãy giữ lại một mục.",
                )
            conversions[one.of, one.to] = one.times
    return Shared(values, conversions)


def _points_tables(
    root: Path, facts: Mapping[str, Fact], documents: Mapping[str, Document]
) -> dict[str, PointsFile]:
    tables: dict[str, PointsFile] = {}
    for file, table in _read_all(root, "forms/points", PointsFile):
        _refuse_repeat(file, table.id, tables)
        check_points(Shelf(file, facts, documents, {}), table)
        tables[table.id] = table
    return tables


def _causes(
    root: Path, facts: Mapping[str, Fact], documents: Mapping[str, Document]
) -> dict[str, str]:
    file = "forms/causes.toml"
    content = _read(root, root / file, CausesFile)
    shelf = Shelf(file, facts, documents, {})
    check_reference(shelf, "", content.document, content.article)
    causes: dict[str, str] = {}
    for cause in content.causes:
        _refuse_repeat(file, cause.code, causes)
        causes[cause.code] = cause.label
    return causes


def _coverage(root: Path) -> tuple[CoverageEntry, ...]:
    """What is modelled, each file at most once; what has no file must say what is missing."""
    entries = _read(root, root / COVERAGE, CoverageFile).entries
    shelf = Shelf(COVERAGE, {}, {}, {})
    known: dict[str, CoverageEntry] = {}
    for place, entry in enumerate(entries):
        key = f"entries[{place}]"
        check_span(shelf, key, entry.from_, entry.to)
        if not entry.file and (not entry.missing or entry.verified != "none"):
            raise shelf.refuse(
                key,
                f"“{entry.title}” chưa có tệp mà không nói còn thiếu gì.",
                'Hãy ghi missing, và verified = "none".',
            )
        if entry.file in known:
            raise shelf.refuse(
                f"{key}.file", f"tệp {entry.file} đứng hai lần.", "Hãy giữ lại một mục."
            )
        if entry.file and not (root / entry.file).is_file():
            raise shelf.refuse(
                f"{key}.file", f"không có tệp {entry.file}.", "Hãy xem lại chính tả, hoặc bỏ file."
            )
        if entry.file:
            known[entry.file] = entry
    return entries
