"""A list of 100,000 people through the real command: read, compared, written, journalled.

``python -m benchmarks.importing [--households 25000]`` prints rows a second, the most memory any
process of the command held, and the longest time another writer waited for the database meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

from benchmarks.families import write_list
from benchmarks.world import PLACE, new_folder

VILLAGES = 100
TRY_EVERY_SECONDS = 0.02


def main() -> None:
    """Write the list, import it twice, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--households", type=int, default=25_000)
    chosen = words.parse_args()
    folder = new_folder()
    try:
        rows = write_list(folder / "danh-sach.xlsx", chosen.households, VILLAGES)
        _command(folder, "check")
        print(f"{rows:,} people in {chosen.households:,} households, .xlsx, {VILLAGES} villages")
        print("| import | seconds | rows a second | longest wait for the lock, s | counts |")
        print("|---|---|---|---|---|")
        _import(folder, rows, "new list")
        _import(folder, rows, "the same list again")
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"most memory of one process: {most:.0f} MB")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _import(folder: Path, rows: int, name: str) -> None:
    other = OtherWriter(folder / "chungtay.sqlite3")
    begun = time.perf_counter()
    words = ("--place", PLACE, "--on", "2026-01-01", "--apply", "--accept-doubtful", "--json")
    said = _command(folder, "import", "households", str(folder / "danh-sach.xlsx"), *words)
    seconds = time.perf_counter() - begun
    answer = json.loads(said)
    counts = ", ".join(f"{key} {value}" for key, value in answer["counts"].items() if value)
    print(
        f"| {name} | {seconds:.1f} | {rows / seconds:,.0f} | {other.longest():.2f} | {counts} |",
        flush=True,
    )


def _command(folder: Path, *words: str) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHUNGTAY_")}
    done = subprocess.run(
        [sys.executable, "-m", "chungtay", *words],
        env={**kept, "CHUNGTAY_DATA": str(folder), "CHUNGTAY_UPLOAD_MB": "50"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


class OtherWriter:
    """Somebody else who wants to write all the time: the longest she has to wait."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._longest = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._try, daemon=True)
        self._thread.start()

    def _try(self) -> None:
        with sqlite3.connect(self._database, timeout=120, isolation_level=None) as connection:
            while not self._done.is_set():
                begun = time.perf_counter()
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
                self._longest = max(self._longest, time.perf_counter() - begun)
                time.sleep(TRY_EVERY_SECONDS)

    def longest(self) -> float:
        """Stop trying; the longest wait in seconds."""
        self._done.set()
        self._thread.join()
        return self._longest


if __name__ == "__main__":
    main()
