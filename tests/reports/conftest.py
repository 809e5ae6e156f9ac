"""The plan of Quang Trung as content, as a Word file and as the pages LibreOffice prints."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument

from chungtay.places.models import Unit
from chungtay.places.queries import villages_of
from chungtay.reports.plan_content import build_document, read_content
from chungtay.reports.plan_document import PlanDocument
from chungtay.reports.plan_word import write_plan
from chungtay.staff.models import User
from chungtay.staff.policy import PostActor
from tests.reports.reporting_world import FIRST, Line

ROOT = Path(__file__).resolve().parent.parent.parent
CONTENT = ROOT / "chungtay" / "demo" / "data" / "quang_trung_plan_2023.toml"
SEED = ROOT / "tests" / "seeds" / "000_quang_trung_2023.txt"
JOURNAL_HEAD = "5f2c" * 16

FIGURES = {
    "year": "2023",
    "poor_opening": "21",
    "poor_opening_rate": "1,49\u00a0%",
    "poor_reduction": "05",
    "poor_closing": "16",
    "poor_closing_rate": "1,13\u00a0%",
    "near_poor_opening": "14",
    "near_poor_opening_rate": "0,99\u00a0%",
    "near_poor_reduction": "02",
    "near_poor_closing": "12",
    "near_poor_closing_rate": "0,85\u00a0%",
    "insurance_coverage": "100%",
}


@pytest.fixture(scope="session")
def raw_content() -> dict[str, Any]:
    return tomllib.loads(CONTENT.read_text("utf-8"))


@pytest.fixture(scope="session")
def values(raw_content: dict[str, Any]) -> dict[str, str]:
    households = {
        each["token"]: f"{each['salutation']} {each['full_name']} ({each['village']})"
        for each in raw_content["households"]
    }
    return FIGURES | households


@pytest.fixture(scope="session")
def document(raw_content: dict[str, Any], values: dict[str, str]) -> PlanDocument:
    return build_document(read_content(raw_content), values)


@pytest.fixture(scope="session")
def word_file(document: PlanDocument) -> bytes:
    return write_plan(
        document, properties={"journal_head": JOURNAL_HEAD, "identifier": "quang_trung_2023"}
    )


@pytest.fixture(scope="session")
def opened(word_file: bytes) -> WordDocument:
    return Document(BytesIO(word_file))


@pytest.fixture(scope="session")
def print_pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], Path]:
    """Print a Word file with LibreOffice, in a profile of its own; gives the PDF."""
    profile = tmp_path_factory.mktemp("office_profile")

    def printed(word: bytes) -> Path:
        folder = tmp_path_factory.mktemp("printed")
        source = folder / "plan.docx"
        source.write_bytes(word)
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return source.with_suffix(".pdf")

    return printed


@pytest.fixture(scope="session")
def pdf(word_file: bytes, print_pages: Callable[[bytes], Path]) -> Path:
    return print_pages(word_file)


@pytest.fixture(scope="session")
def seed_text() -> str:
    return SEED.read_text("utf-8")


@pytest.fixture
def line(
    quang_trung: Unit,
    officer: User,
    outsider: User,
    hire: Callable[..., User],
    acting: Callable[[User], PostActor],
) -> Line:
    """Xã Quang Trung with its officer, the head of its first village, and the district above."""
    district = quang_trung.parent
    assert district is not None
    village = villages_of(quang_trung, FIRST)[0]
    people = (officer, hire("village_head", village), hire("district_officer", district), outsider)
    return Line(quang_trung, district, *(acting(one) for one in people))
