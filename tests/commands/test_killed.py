"""The program killed in the middle of an import leaves the register as it was before."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.commands.conftest import chungtay

HOUSEHOLDS = 2_500
TABLES = ("households_household", "households_person", "households_membership")
SPILLED_BYTES = 400_000
GIVES_UP_SECONDS = 120


@pytest.fixture(scope="module")
def large_sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list large enough for its writing to be met half-way."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.append(["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Thôn", "Diện"])
    for number in range(HOUSEHOLDS):
        village, code = f"Thôn {number % 5 + 1}", f"H{number:05d}"
        sheet.append([code, f"Lò Văn Suối {code}", "Chủ hộ", "1970", village, "Hộ nghèo"])
        sheet.append([code, f"Lò Thị Sen {code}", "Vợ", "1972", village, ""])
    path = tmp_path_factory.mktemp("large") / "lon.xlsx"
    book.save(path)
    return path


def counts(data: Path) -> list[int]:
    with sqlite3.connect(data / "chungtay.sqlite3") as database:
        return [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]


def test_a_killed_import_leaves_nothing_and_can_be_done_again(data, tmp_path, large_sheet):
    on = ["--place", "14824", "--on", "2023-01-01"]
    words = ["import", "households", str(large_sheet), *on, "--apply", "--accept-doubtful"]
    process = subprocess.Popen(
        [sys.executable, "-m", "chungtay", *words],
        env=os.environ | {"CHUNGTAY_DATA": str(data), "PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.DEVNULL,
    )
    kill_while_writing(process, data)

    assert counts(data) == [0, 0, 0]
    assert chungtay(data, tmp_path, "check").code == 0
    again = chungtay(data, tmp_path, *words)
    assert again.code == 0, again.err
    assert counts(data) == [HOUSEHOLDS, 2 * HOUSEHOLDS, 2 * HOUSEHOLDS]


def kill_while_writing(process: subprocess.Popen[bytes], data: Path) -> None:
    """Kill the process once the open transaction has spilled into the write-ahead log."""
    log = data / "chungtay.sqlite3-wal"
    deadline = time.monotonic() + GIVES_UP_SECONDS
    staged = None
    while time.monotonic() < deadline:
        assert process.poll() is None, "the import ended before it could be killed"
        size = log.stat().st_size if log.exists() else 0
        if staged is None and staged_batches(data):
            staged = size
        if staged is not None and size > staged + SPILLED_BYTES:
            process.kill()
            process.wait()
            return
        time.sleep(0.002)
    pytest.fail("the import never began to write")


def staged_batches(data: Path) -> int:
    with sqlite3.connect(data / "chungtay.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM sync_importbatch").fetchone()[0])
