"""The act of taking two standards side by side out as an Excel file."""

from __future__ import annotations

from pathlib import Path

from chungtay.acts.refusing import NotAllowed
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.files.writing import write_xlsx
from chungtay.places.models import Unit
from chungtay.reports.foresight_table import foresight_table
from chungtay.rulebook.foresight import Foresight
from chungtay.rulebook.wording import Sentence

RIGHT = "reports.see"


def write_foresight(*, actor: Actor, place: Unit, shown: Foresight, target: Path) -> int:
    """Write the counts of a place to an .xlsx file, with one journal line; the rows written.

    NotAllowed without the right at the place, TableRefused where it does not fit.
    """
    if not actor.may(RIGHT, place):
        raise NotAllowed(Sentence("Tài khoản này không được xuất biểu của địa bàn này."))
    rows = write_xlsx(target, foresight_table(shown, actor.name, "sổ hộ"))

    def write(line: OpenLine) -> int:
        line.details = {
            "standard": shown.first.id,
            "against": shown.second.id,
            "on": shown.on.isoformat(),
            "rows": rows,
        }
        return rows

    try:
        perform(actor, Deed("reports.write_foresight", RIGHT, place), write)
    except BaseException:
        # Without its journal line no table may leave.
        target.unlink(missing_ok=True)
        raise
    return rows
