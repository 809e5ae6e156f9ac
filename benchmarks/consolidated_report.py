"""The consolidated report of a province: up to 100 communes of 15 villages, 20 poor a village.

    python -m benchmarks.consolidated_report

Every commune has sent its six-month report; the sum is made anew each time beside what the
register says now, and written as a Word file by its child.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import time
from collections.abc import Callable

from benchmarks.cascade_board import COMMUNES, FIRST, ON
from benchmarks.world import new_folder, start_django

ROUNDS = 5


def measure(communes: int) -> None:
    """Fill a folder, then say how long the sum, the look at the register and the paper take."""
    from django.db import transaction  # noqa: PLC0415 after start_django

    from benchmarks import cascade_filling, reports_filling  # noqa: PLC0415 after start_django
    from chungtay.commands.database import prepare  # noqa: PLC0415 after start_django
    from chungtay.reports.consolidating import (  # noqa: PLC0415 after start_django
        beside_register,
        consolidated,
        frozen_sum,
    )
    from chungtay.reports.report_paper import write_report_paper  # noqa: PLC0415 after start_django

    prepare()
    with transaction.atomic():
        plan = cascade_filling.fill(communes)
        actor = reports_filling.send_all(plan.unit, FIRST.year, ON)
    asked = (plan.unit, "six_month", FIRST, ON)
    below = consolidated(*asked)
    paper = reports_filling.paper_of(plan.unit, frozen_sum(below))
    standard = below.standards[0]
    print(f"units {len(below.sent)}, silent {len(below.silent)}")
    _say("sum", lambda: frozen_sum(consolidated(*asked)))
    _say("sum beside the register", lambda: beside_register(consolidated(*asked), standard, ON))
    _say("Word file", lambda: write_report_paper(actor=actor, paper=paper))


def _say(what: str, do: Callable[[], object]) -> None:
    from chungtay.acts.remembering import forget_all  # noqa: PLC0415 after start_django

    taken = []
    for _round in range(ROUNDS):
        forget_all()
        begun = time.perf_counter()
        do()
        taken.append((time.perf_counter() - begun) * 1000)
    print(f"{what}: p50 {statistics.median(taken):.0f} ms, most {max(taken):.0f} ms")


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
