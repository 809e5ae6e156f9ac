"""The four papers of 2024 as LibreOffice prints them: head, numbers of pages, signature, annex."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from chungtay.reports.plan_paper import write_plan_paper
from tests.plans.small_registers import PLACES

pytestmark = [pytest.mark.django_db, pytest.mark.office]

PAGES = {"001": range(6, 11), "002": range(4, 8), "003": range(3, 5), "004": range(9, 14)}
NAMES = {"001": "Đinh Văn Lực", "003": "Phạm Văn Bách", "004": "Huỳnh Quốc Thịnh"}
ANNEX_ENDS = {"001": ["Cộng", "2.913", "1.977", "936"], "002": ["Cộng", "04", "11.000.000"],
              "004": ["Cộng", "160", "56", "180", "63"]}  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory, django_db_setup, django_db_blocker):
    """Print several Word files with one start of LibreOffice; the pages of each by name."""

    def pages_of(words: dict[str, bytes]) -> dict[str, list[str]]:
        folder = tmp_path_factory.mktemp("four")
        for name, word in words.items():
            (folder / f"{name}.docx").write_bytes(word)
        profile = tmp_path_factory.mktemp("profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder)]
        command += [str(folder / f"{name}.docx") for name in words]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return {name: _text(folder / f"{name}.pdf") for name in words}

    return pages_of


def _text(pdf: Path) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True
    )
    return done.stdout.rstrip("\f").split("\f")


def lines(page: str) -> list[str]:
    return [line.strip() for line in page.splitlines() if line.strip()]


def test_the_four_papers_print_as_official_ones(system, printed):
    words = {
        place[:3]: write_plan_paper(actor=system, plan=make(system))
        for place, make in PLACES.items()
    }
    for seed, pages in printed(words).items():
        assert len(pages) in PAGES[seed], seed
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in lines(pages[0])[0]
        assert [lines(page)[0] for page in pages[1:]] == [
            str(number) for number in range(2, len(pages) + 1)
        ]
        signed = next(page for page in pages if "Nơi nhận:" in page)
        assert any("./." in line for line in lines(signed)), seed
        assert NAMES.get(seed, "CHỦ TỊCH") in signed
        if seed in ANNEX_ENDS:
            assert signed == pages[-2]
            assert ANNEX_ENDS[seed] in [line.split() for line in lines(pages[-1])]
