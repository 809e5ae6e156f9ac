"""Opens a province's calendar of reports and sends every commune's for the first half of a year.

Imported only after ``world.start_django``: the rooms below need Django's settings.
"""

from __future__ import annotations

from datetime import date

from chungtay.places.models import Unit
from chungtay.reports.models import OwedReport
from chungtay.reports.owing import open_calendar
from chungtay.reports.report_content import ReportPaper
from chungtay.reports.statements import Frozen
from chungtay.reports.submitting import Words, submit_report
from chungtay.staff.models import Holding, Post
from chungtay.staff.policy import PostActor

WORDS = Words("Đã rà soát các hộ.", "Thiếu vốn vay.")


def send_all(province: Unit, year: int, on: date) -> PostActor:
    """Send what every commune owes about the first half; the officer of the province."""
    above = _actor("province_officer", province, on)
    open_calendar(actor=above, place=province, year=year, offices=())
    rows = OwedReport.objects.filter(to=province, kind="six_month").select_related("unit", "to")
    for owed in rows:
        if owed.unit is not None:
            submit_report(
                actor=_actor("officer", owed.unit, on),
                owed=owed,
                words=WORDS,
                basis="register",
                on=on,
                expected_version=owed.version,
            )
    return above


def paper_of(province: Unit, frozen: Frozen) -> ReportPaper:
    """The sum as the paper of the province."""
    period = f"6 tháng đầu năm {frozen.closing.year}"
    return ReportPaper(province, None, frozen.closing, period, frozen)


def _actor(role: str, unit: Unit, on: date) -> PostActor:
    """Somebody who holds a post only here: it is never saved."""
    post = Post(unit=unit, role=role, title=role)
    return PostActor(None, "benchmark", on, [Holding(post=post, valid_from=on)])
