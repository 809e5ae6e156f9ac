"""Made-up families in any number, the same ones every time, and the workbook that lists them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai Tạ Lưu"
MIDDLE = {"male": "Văn Đức Hữu Quang Minh Đình Xuân", "female": "Thị Thu Ngọc Kim"}
GIVEN = {
    "male": "An Bình Cường Dũng Đạt Hải Hùng Khải Lâm Long Mạnh Nam Phúc Quân Sơn Tâm Thắng",
    "female": "Anh Bích Cúc Dung Hà Hạnh Hoa Hồng Hương Lan Liên Mai Nga Nhung Oanh Thảo",
}
SEX_WORDS = {"male": "Nam", "female": "Nữ"}
COLUMNS = (
    "STT",
    "Mã hộ",
    "Thôn",
    "Họ và tên",
    "Quan hệ với chủ hộ",
    "Giới tính",
    "Ngày sinh",
    "Số CCCD",
    "Dân tộc",
    "Diện",
    "Thu nhập bình quân đầu người/tháng",
    "BHYT",
)
CLASS_WORDS = (("Hộ nghèo", 8), ("Hộ cận nghèo", 12), ("Hộ không nghèo", 80))


@dataclass(frozen=True)
class Person:
    """One line of the list."""

    household: int
    village: int
    name: str
    relation: str
    sex: str
    birth: str
    citizen_id: str
    ethnicity: str


def people(households: int, villages: int = 40, seed: int = 1) -> Iterator[Person]:
    """Four people a household: a couple and two children; every ID number is another one."""
    draw = random.Random(seed)
    families = FAMILIES.split()
    serial = 0
    for number in range(households):
        family = draw.choice(families)
        head = draw.choice(("male", "female"))
        other = "female" if head == "male" else "male"
        year = draw.randint(1950, 1985)
        ethnicity = draw.choices(("Kinh", "Mường", "Thái"), (8, 1, 1))[0]
        for relation, sex, born, own in (
            ("Chủ hộ", head, year, family),
            ("Vợ" if head == "male" else "Chồng", other, year + 2, draw.choice(families)),
            ("Con", draw.choice(("male", "female")), year + 26, family),
            ("Con", draw.choice(("male", "female")), year + 30, family),
        ):
            serial += 1
            middle, given = MIDDLE[sex].split(), GIVEN[sex].split()
            name = f"{own} {draw.choice(middle)} {draw.choice(given)}"
            century = (0 if born < 2000 else 2) + (sex == "female")
            yield Person(
                household=number,
                village=number % villages + 1,
                name=name,
                relation=relation,
                sex=SEX_WORDS[sex],
                birth=f"{draw.randint(1, 28):02d}/{draw.randint(1, 12):02d}/{born}",
                citizen_id=f"038{century}{born % 100:02d}{serial:06d}",
                ethnicity=ethnicity,
            )


def write_list(target: Path, households: int, villages: int = 40) -> int:
    """Write the list as an officer keeps it, .xlsx, one line a person; the lines written."""
    draw = random.Random(2)
    words, weights = zip(*CLASS_WORDS, strict=True)
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet("Danh sách")
    sheet.write_row(0, 0, ["DANH SÁCH HỘ DÂN CƯ"])
    sheet.write_row(2, 0, COLUMNS)
    line = 0
    for line, person in enumerate(people(households, villages), start=1):
        head = person.relation == "Chủ hộ"
        sheet.write_row(
            2 + line,
            0,
            [
                line,
                f"H{person.household + 1:06d}",
                f"Thôn {person.village}",
                person.name,
                person.relation,
                person.sex,
                person.birth,
                person.citizen_id,
                person.ethnicity,
                draw.choices(words, weights)[0] if head else "",
                draw.randrange(700, 6000) * 1000 if head else "",
                "x" if draw.random() < 0.9 else "",
            ],
        )
    book.close()
    return line
