"""The printed pages: page numbers, fonts, the head on one line each, the signature in company."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from chungtay.reports.plan_document import Paragraph, PlanDocument, Section, Signature
from chungtay.reports.plan_word import write_plan

pytestmark = pytest.mark.office

ALLOWED_FONTS = ("TimesNewRoman", "LiberationSerif")


def pages(pdf: Path) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True
    )
    return done.stdout.rstrip("\f").split("\f")


def lines(page: str) -> list[str]:
    return [line.strip() for line in page.splitlines() if line.strip()]


def test_the_number_is_on_every_page_but_the_first(pdf: Path) -> None:
    first, *others = pages(pdf)
    assert len(others) >= 2
    assert lines(first)[0].startswith("UBND THỊ XÃ BỈM SƠN")
    assert not any(line.isdecimal() for line in lines(first))
    assert [lines(page)[0] for page in others] == [str(n) for n in range(2, len(others) + 2)]


def test_the_head_stands_on_its_lines(pdf: Path) -> None:
    head = [" ".join(line.split()) for line in lines(pages(pdf)[0])[:6]]
    assert head == [
        "UBND THỊ XÃ BỈM SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN NHÂN DÂN Độc lập - Tự do - Hạnh phúc",
        "XÃ QUANG TRUNG",
        "Số: /KH-UBND Quang Trung, ngày 06 tháng 3 năm 2023",
        "KẾ HOẠCH",
        "Thực hiện công tác giảm nghèo bền vững năm 2023",
    ]


def test_only_the_official_typeface_is_used(pdf: Path) -> None:
    done = subprocess.run(["pdffonts", str(pdf)], capture_output=True, check=True, text=True)
    fonts = [line.split()[0].split("+")[-1] for line in done.stdout.splitlines()[2:]]
    assert fonts
    assert all(font.startswith(ALLOWED_FONTS) for font in fonts), fonts


def test_the_signature_stands_beside_the_recipients(pdf: Path) -> None:
    last = pages(pdf)[-1]
    beside = next(line for line in lines(last) if line.startswith("Nơi nhận:"))
    assert "TM. ỦY BAN NHÂN DÂN" in beside
    assert any(line.endswith("./.") for line in lines(last))
    assert lines(last)[-1] == "Lê Quang Hòa"


@pytest.mark.parametrize("extra", range(12, 22, 2))
def test_the_signature_never_stands_alone_on_a_page(
    document: PlanDocument, print_pages: Callable[[bytes], Path], extra: int
) -> None:
    items = tuple(Paragraph("dash", f"Nhiệm vụ thứ {n}.") for n in range(extra))
    sections = (Section(1, "I", "Nhiệm vụ", items), Section(1, "II", "Kết thúc", items[:1]))
    short = replace(document, sections=sections)
    last = lines(pages(print_pages(write_plan(short, properties={})))[-1])
    assert any("./." in line for line in last)
    signed = next(n for n, line in enumerate(last) if "TM. ỦY BAN NHÂN DÂN" in line)
    closed = next(n for n, line in enumerate(last) if "./." in line)
    assert closed < signed
    heading = next(line for line in last if line.startswith("II. KẾT THÚC"))
    assert last.index(heading) == closed - 1


def test_a_city_and_a_deputy_fit_the_same_template(
    document: PlanDocument, print_pages: Callable[[bytes], Path]
) -> None:
    other = replace(
        document,
        superior_authority=("UBND tỉnh Đồng Nai",),
        issuing_authority=("Ủy ban nhân dân", "thành phố Long Khánh"),
        number="498",
        place="Long Khánh",
        issued_on=None,
        signature=Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), "PHÓ CHỦ TỊCH", None),
    )
    printed = pages(print_pages(write_plan(other, properties={})))
    head = [" ".join(line.split()) for line in lines(printed[0])[:4]]
    assert head[2:] == [
        "THÀNH PHỐ LONG KHÁNH",
        "Số: 498/KH-UBND Long Khánh, ngày tháng năm 2023",
    ]
    assert [line for line in lines(printed[-1]) if line.endswith(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))]
