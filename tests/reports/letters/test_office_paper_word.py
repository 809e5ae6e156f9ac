"""Every kind really written in Word by the child, and printed by LibreOffice."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from chungtay.plans.models import Plan
from chungtay.reports.letters.kinds import kinds
from chungtay.reports.letters.models import OfficePaper
from chungtay.reports.letters.services import paper_file_name, write_paper_word
from chungtay.reports.nominations.models import Nomination
from chungtay.staff.policy import PostActor
from tests.reports.letters.conftest import HEAD

pytestmark = pytest.mark.django_db
Written = Callable[..., OfficePaper]
MEMBERS = "Lò Thị Mới; Chủ tịch UBND xã; Trưởng Ban\nHà Văn Cũ; Công chức; Ủy viên"
NUMBERS = {kind: f"/{one.symbol}" for kind, one in kinds().items()}


def words_of(content: bytes) -> list[str]:
    """Every paragraph as it stands on the paper, those in tables included, in order."""
    body = Document(BytesIO(content)).element.body
    found = [
        "".join(text.text or "" for text in one.iter() if text.tag.endswith("}t"))
        for one in body.iter()
        if one.tag.endswith("}p")
    ]
    return [one.strip() for one in found if one.strip()]


def accepted(paper: OfficePaper) -> None:
    """A union of the place is to be commended."""
    Nomination.objects.create(
        unit=paper.unit,
        year=paper.year,
        office="farmers_union",
        office_name="Hội Nông dân xã",
        form="certificate",
        words="Giúp hộ vay vốn nuôi bò",
        state="accepted",
        frozen_on=date(2023, 12, 31),
        decided_on=date(2023, 12, 31),
        decided_by="Hà Thị Mận",
    )


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_a_word_file_of_its_form(
    kind: str, written: Written, handed: Plan, writer: PostActor
) -> None:
    paper = written(kind, handed, members=MEMBERS, secretary="Hà Thị Mận")
    accepted(paper)
    words = words_of(write_paper_word(actor=writer, paper=paper))
    form = kinds()[kind]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words
    assert [one for one in words if one.startswith("Số:") and one.endswith(NUMBERS[kind])]
    assert form.title.upper() in words or kind == "reminder"
    assert paper.subject in words
    assert ("QUYẾT ĐỊNH:" in words) == form.authority
    assert any(one.startswith("Quang Trung, ngày") for one in words) == (kind != "minutes")
    assert ("THƯ KÝ" in words and "Hà Thị Mận" in words) == form.secretary
    assert ("PHỤ LỤC" in words) == bool(form.tables)
    assert (f"bà {HEAD}" in words) == form.names_households
    assert sum(one.endswith("./.") for one in words) == 1
    assert not [one for one in words if "{" in one]


def test_one_addressee_stands_on_the_line_and_several_below(
    written: Written, handed: Plan, writer: PostActor
) -> None:
    one = written("submission", handed, addressees="Chủ tịch UBND xã")
    assert "Kính gửi: Chủ tịch UBND xã" in words_of(write_paper_word(actor=writer, paper=one))
    words = words_of(write_paper_word(actor=writer, paper=written("reminder", handed)))
    at = words.index("Kính gửi:")
    assert words[at + 1 : at + 5] == ["- Thôn 1", "- Thôn 2", "- Thôn 3", "- Thôn 4"]


def test_the_name_of_the_file_is_plain(written: Written, handed: Plan) -> None:
    name = paper_file_name(written("targets_decision", handed))
    assert name == "quyet-dinh-giao-chi-tieu-2023-xa-quang-trung.docx"


@pytest.mark.office
def test_libreoffice_prints_a_decision_with_its_table(
    written: Written,
    handed: Plan,
    writer: PostActor,
    print_pages: Callable[[bytes], Path],
) -> None:
    pdf = print_pages(write_paper_word(actor=writer, paper=written("targets_decision", handed)))
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    )
    first, second = done.stdout.split("\f")[:2]
    assert "QUYẾT ĐỊNH:" in first
    assert "Điều 3." in first
    assert "PHỤ LỤC" in second
    assert "Thôn 4" in second
