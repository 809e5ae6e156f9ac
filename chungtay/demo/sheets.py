"""Household lists as they really come, to try the import with: two workbooks and a CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import xlsxwriter

from chungtay.demo.communes import demo_communes
from chungtay.demo.families import DemoHousehold, birth_of, read_data
from chungtay.demo.workbook import (
    MARK,
    Formats,
    Line,
    Merged,
    open_sheet,
    write_lines,
    write_merged,
    write_titles,
)
from chungtay.households.writing import PersonInput
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date

REGISTER_FILE = "Danh sach ho ngheo 2023 - xa Quang Trung.xlsx"
ASKED_FILE = "Ho de nghi bo sung 2023.xlsx"
NEIGHBOUR_FILE = "Danh sach ho phuong Phu Son 2023.csv"
CLASS_WORDS = {"poor": "Hộ nghèo", "near_poor": "Hộ cận nghèo"}
SEX_WORDS = {"male": "Nam", "female": "Nữ", "": ""}
INCOME = "income_per_person_vnd"
INDICATORS = 12


def write_sample_files(folder: Path) -> list[Path]:
    """Write the sample lists into a folder, made if need be, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    samples = read_data("sample_lists.toml")
    files: list[tuple[str, Callable[[Path, dict[str, Any]], None]]] = [
        (REGISTER_FILE, _write_register),
        (ASKED_FILE, _write_asked),
        (NEIGHBOUR_FILE, _write_neighbour),
    ]
    for name, write in files:
        write(folder / name, samples)
    return [folder / name for name, _ in files]


def _relation(code: str) -> str:
    return law().codes["relation_to_head_bhxh"][code].label


# The register's own list: a header of two rows, the head's name repeated or left blank.

REGISTER_TITLES = (
    "ỦY BAN NHÂN DÂN XÃ QUANG TRUNG",
    "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO ĐẦU NĂM 2023",
    "(Kèm theo Quyết định số {number} ngày {day} - số liệu dùng thử, tên người là đặt ra)",
)
REGISTER_COLUMNS = (
    ("TT", 5),
    ("Mã hộ", 10),
    ("Họ và tên chủ hộ", 24),
    ("Họ và tên các thành viên\ntrong hộ", 26),
    ("Quan hệ với\nchủ hộ", 12),
    ("Nam", 12),
    ("Nữ", 12),
    ("Số CCCD", 16),
    ("Dân tộc", 9),
    ("Thôn", 9),
    ("Diện", 14),
    ("Thu nhập BQ/người/tháng (đồng)", 14),
    ("Ghi chú", 12),
)
BIRTH_COLUMNS = (5, 6)


def _write_register(path: Path, samples: dict[str, Any]) -> None:
    households = _listed_households(samples["register_differences"])
    decision = demo_communes()[0].opening_decision
    said = {"number": decision.number, "day": vi_date(decision.issued_on)}
    titles = [title.format(**said) for title in REGISTER_TITLES]
    top = len(REGISTER_TITLES) + 1
    merged = [
        Merged(top, column, top + 1, column, title)
        for column, (title, _) in enumerate(REGISTER_COLUMNS)
        if column not in BIRTH_COLUMNS
    ]
    merged.append(Merged(top, BIRTH_COLUMNS[0], top, BIRTH_COLUMNS[-1], "Ngày sinh"))
    lines = [
        line
        for place, household in enumerate(households, start=1)
        for line in _register_lines(place, household)
    ]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, formats = open_sheet(book, "Danh sách", REGISTER_COLUMNS)
        write_titles(sheet, formats, titles, len(REGISTER_COLUMNS))
        write_merged(sheet, formats, merged)
        for column in BIRTH_COLUMNS:
            sheet.write_string(top + 1, column, REGISTER_COLUMNS[column][0], formats["head"])
        write_lines(sheet, formats, lines, top + 2)


def _listed_households(differences: Sequence[Mapping[str, Any]]) -> list[DemoHousehold]:
    by_code = {one["household"]: one for one in differences}
    return [
        _differing(household, by_code[household.code]) if household.code in by_code else household
        for household in demo_communes()[0].households
        if household.household_class is not None
    ]


def _differing(household: DemoHousehold, difference: Mapping[str, Any]) -> DemoHousehold:
    income = {name: difference[name] for name in (INCOME,) if name in difference}
    members = tuple(
        _differing_member(member, difference)
        if member.full_name == difference.get("member")
        else member
        for member in household.members
    )
    return replace(household, answers={**household.answers, **income}, members=members)


def _differing_member(member: PersonInput, difference: Mapping[str, Any]) -> PersonInput:
    birth = birth_of(difference["birth"]) if "birth" in difference else member.birth
    return replace(member, birth=birth, citizen_id=difference.get("citizen_id", member.citizen_id))


def _register_lines(place: int, household: DemoHousehold) -> Iterator[Line]:
    """One line per member; every second household repeats the head's name on each of them."""
    repeated = place % 2 == 0
    head = household.members[0].full_name
    for number, member in enumerate(household.members):
        first = number == 0
        birth = [member.birth, None] if member.sex == "male" else [None, member.birth]
        yield [
            place if first else None,
            household.code if first or repeated else None,
            head if first or repeated else None,
            member.full_name,
            _relation(member.relation),
            *birth,
            member.citizen_id,
            member.ethnicity,
            household.village if first or repeated else None,
            CLASS_WORDS.get(household.household_class or "") if first else None,
            household.answers.get(INCOME) if first else None,
            None,
        ]


# Households that asked: typed by hand, with the traps of such lists, and a sign-off block.

ASKED_TITLES = (
    "UBND XÃ QUANG TRUNG",
    "DANH SÁCH HỘ ĐỀ NGHỊ BỔ SUNG NĂM 2023",
    "(số liệu dùng thử, tên người là đặt ra)",
)
ASKED_COLUMNS = (
    ("STT", 5),
    ("Mã hộ", 9),
    ("Họ và tên", 24),
    ("Quan hệ với chủ hộ", 11),
    ("Giới tính", 8),
    ("Ngày, tháng, năm sinh", 16),
    ("Số CCCD/CMND", 15),
    ("Thôn", 9),
    ("Thu nhập bình quân đầu người/tháng", 14),
)
ASKED_ID_COLUMN = 6
ASKED_SIGNATURES = (
    (2, ("NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)")),
    (6, ("TM. ỦY BAN NHÂN DÂN XÃ", "CHỦ TỊCH", "(Ký tên, đóng dấu)")),
)


def _write_asked(path: Path, samples: dict[str, Any]) -> None:
    columns = [*ASKED_COLUMNS, *((str(number), 4) for number in range(1, INDICATORS + 1))]
    top, own = len(ASKED_TITLES) + 1, len(ASKED_COLUMNS)
    merged = [
        Merged(top, column, top + 1, column, title)
        for column, (title, _) in enumerate(ASKED_COLUMNS)
    ]
    merged.append(Merged(top, own, top, own + INDICATORS - 1, "Chỉ số thiếu hụt (đánh dấu x)"))
    lines = [line for place, row in enumerate(samples["asked"], 1) for line in _asked(place, row)]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, formats = open_sheet(book, "Sheet1", columns)
        write_titles(sheet, formats, ASKED_TITLES, len(columns))
        write_merged(sheet, formats, merged)
        for number in range(INDICATORS):
            sheet.write_number(top + 1, own + number, number + 1, formats["head"])
        write_lines(sheet, formats, lines, top + 2, plain_numbers=ASKED_ID_COLUMN)
        _write_end(sheet, formats, top + 2 + len(lines), len(samples["asked"]))


def _asked(place: int, household: Mapping[str, Any]) -> Iterator[Line]:
    for number, member in enumerate(household["members"]):
        first = number == 0
        marks = [MARK if one in household["missing"] else None for one in range(1, INDICATORS + 1)]
        yield [
            place if first else None,
            household["code"],
            member["name"],
            member["relation"],
            member["sex"],
            member["birth"],
            member["id"] or None,
            household["village"],
            household["income"] if first else None,
            *(marks if first else [None] * INDICATORS),
        ]


def _write_end(sheet: Any, formats: Formats, row: int, households: int) -> None:
    sheet.write_string(row, 0, f"Tổng cộng: {households} hộ", formats["text"])
    sheet.write_string(row + 2, 6, "Quang Trung, ngày 12 tháng 9 năm 2023", formats["plain"])
    for column, texts in ASKED_SIGNATURES:
        for below, text in enumerate(texts, start=row + 3):
            sheet.write_string(below, column, text, formats["plain"])


# The neighbour's list: clean.

NEIGHBOUR_COLUMNS = (
    *("Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Giới tính", "Ngày sinh", "Số CCCD", "Dân tộc"),
    *("Tổ dân phố", "Diện", "Thu nhập bình quân"),
)


def _write_neighbour(path: Path, samples: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(NEIGHBOUR_COLUMNS)
        for household in demo_communes()[1].households:
            writer.writerows(_registered_neighbours(household))
        for row in samples["phu_son_new"]:
            writer.writerows(_new_neighbours(row))


def _registered_neighbours(household: DemoHousehold) -> Iterator[Line]:
    for member in household.members:
        yield [
            household.code,
            member.full_name,
            _relation(member.relation),
            SEX_WORDS[member.sex],
            member.birth,
            member.citizen_id,
            member.ethnicity,
            household.village,
            CLASS_WORDS.get(household.household_class or ""),
            household.answers.get(INCOME),
        ]


def _new_neighbours(row: Mapping[str, Any]) -> Iterator[Line]:
    for member in row["members"]:
        own = [member[name] for name in ("name", "relation", "sex", "birth", "id")]
        yield [row["code"], *own, "Kinh", row["village"], row["class"], row["income"]]
