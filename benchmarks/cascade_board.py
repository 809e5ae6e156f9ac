"""The board of a province: up to 100 communes of 15 villages, 20 poor families a village.

    python -m benchmarks.cascade_board

A province hands its target down to 100 communes, each answers with names; the board is made
anew each time, nothing of it is remembered.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import time
from datetime import date

from benchmarks.world import new_folder, start_django

ON, FIRST = date(2026, 6, 30), date(2026, 1, 1)
BEFORE = date(2025, 12, 15)
PROVINCE = "75"
COMMUNES, VILLAGES, POOR = 100, 15, 20
ROUNDS = 15


def measure(communes: int) -> None:
    """Fill a folder, then say how long the board takes and how often it asks the database."""
    from django.db import connection, transaction  # noqa: PLC0415 after start_django
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 after start_django

    from benchmarks import cascade_filling  # noqa: PLC0415 after start_django
    from chungtay.commands.database import prepare  # noqa: PLC0415 after start_django
    from chungtay.plans.cascade import boards_of  # noqa: PLC0415 after start_django

    prepare()
    with transaction.atomic():
        plan = cascade_filling.fill(communes)
    taken = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        boards = boards_of(plan, ON, ON)
        taken.append((time.perf_counter() - begun) * 1000)
    with CaptureQueriesContext(connection) as asked:
        boards_of(plan, ON, ON)
    total = boards[0].total
    print(f"rows {len(boards[0].rows)}, asked {total.asked}, named {total.named}")
    print(f"board p50 {statistics.median(taken):.0f} ms, most {max(taken):.0f} ms")
    print(f"queries {len(asked)}")


def main() -> None:
    """Measure in a folder that is thrown away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--communes", type=int, default=COMMUNES)
    arguments = parser.parse_args()
    folder = new_folder()
    try:
        start_django(folder)
        measure(arguments.communes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
