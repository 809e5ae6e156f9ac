"""What the desk says of reports owed: who, about which period, to whom, by when, how far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.reports.models import OwedReport
from chungtay.reports.queries import TO_SEND, late_of
from chungtay.reports.statements import Frozen, FrozenRow, FrozenTable
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date
from chungtay.tasks.models import Rule
from chungtay.web.templating import said

Kind, Source, State = OwedReport.Kind, OwedReport.Source, OwedReport.State
MONTHS_OF_QUARTER = 3
FIRST_HALF_ENDS = 6
ICONS = {
    State.OWED: "circle",
    State.SUBMITTED: "clock-history",
    State.RETURNED: "arrow-counterclockwise",
    State.ACCEPTED: "check-circle",
}


def period_words(kind: str, closing: date, subject: str = "") -> str:
    """What a report is about: "6 tháng đầu năm 2023", or the subject of one on demand."""
    values = {"year": closing.year, "month": closing.month}
    match kind:
        case Kind.SIX_MONTH if closing.month <= FIRST_HALF_ENDS:
            return _("6 tháng đầu năm %(year)d") % values
        case Kind.SIX_MONTH:
            return _("6 tháng cuối năm %(year)d") % values
        case Kind.YEAR:
            return _("năm %(year)d") % values
        case Kind.QUARTERLY:
            quarter = (closing.month + 2) // MONTHS_OF_QUARTER
            return _("quý %(quarter)d năm %(year)d") % {**values, "quarter": quarter}
        case Kind.MONTHLY:
            return _("tháng %(month)d năm %(year)d") % values
    return subject or _("đột xuất")


def kind_words(kind: str, closing: date, subject: str = "") -> str:
    """What a report is: "Báo cáo 6 tháng đầu năm 2023", or the subject of one on demand."""
    if kind == Kind.ON_DEMAND and subject:
        return subject
    return _("Báo cáo %(period)s") % {"period": period_words(kind, closing)}


def title_of(owed: OwedReport) -> str:
    """What one report is."""
    return kind_words(owed.kind, owed.closing, owed.subject)


def debtor_of(owed: OwedReport) -> str:
    """Who owes it, as called on its last day."""
    return owed.office or (owed.unit.name_on(owed.last_day) if owed.unit is not None else "")


def due_words(due_on: date, rule: str) -> str:
    """The day with the way it is counted: "trước ngày 20/06/2023"."""
    text = _("trước ngày %(day)s") if rule == Rule.BEFORE else _("chậm nhất ngày %(day)s")
    return text % {"day": vi_date(due_on)}


def source_words(owed: OwedReport) -> str:
    """Where a due day comes from."""
    if owed.source == Source.PLAN and owed.deadline is not None:
        return _("hạn ghi trong kế hoạch năm %(year)d") % {"year": owed.deadline.plan.year}
    if owed.source == Source.RHYTHM:
        return _("hạn theo nhịp thường gặp của các kế hoạch, không phải quy định")
    return _("yêu cầu đột xuất, hạn riêng")


def state_words(owed: OwedReport, on: date, *, late: bool) -> str:
    """How far a report is, and how late it is in days."""
    if owed.withdrawn:
        return _("đã thôi yêu cầu")
    if owed.state == State.OWED and late:
        return _("quá hạn %(days)d ngày, chưa gửi") % {"days": (on - owed.last_day).days}
    label = str(State(owed.state).label)
    return _("%(state)s, gửi trễ hạn") % {"state": label} if late else label


def rows_of(rows: Iterable[OwedReport], on: date) -> list[dict[str, Any]]:
    """Some reports as the tables show them, those late and not sent first."""
    listed = list(rows)
    late = late_of(listed, on)
    found = [row_of(one, on, late=one.pk in late) for one in listed]
    return sorted(found, key=lambda row: not row["overdue"])


def row_of(owed: OwedReport, on: date, *, late: bool) -> dict[str, Any]:
    """One report as a row shows it."""
    return {
        "owed": owed,
        "title": title_of(owed),
        "debtor": debtor_of(owed),
        "to": owed.to.name_on(owed.last_day),
        "receivers": receivers_of(owed),
        "due": due_words(owed.due_on, owed.rule),
        "source": source_words(owed),
        "state": state_words(owed, on, late=late),
        "icon": ICONS[State(owed.state)],
        "late": late,
        "overdue": late and owed.state in TO_SEND,
        "href": reverse("reports_owed", args=[owed.pk]),
    }


def receivers_of(owed: OwedReport) -> list[str]:
    """Everybody who receives it: those a plan names, else the place it is owed to."""
    return list(owed.receivers) or [owed.to.name_on(owed.last_day)]


def tables_of(frozen: Frozen) -> list[dict[str, Any]]:
    """Frozen figures as the page shows them: the tables of each standard."""
    several = len(frozen.results) > 1
    return [
        {
            "standard": law().standard(results.standard).name if several else "",
            "words": results.words,
            "tables": [shown_table(one) for one in results.tables],
        }
        for results in frozen.results
    ]


def shown_table(filled: FrozenTable, more: Sequence[FrozenRow] = ()) -> dict[str, Any]:
    """One table: its columns, its rows and what stands below them."""
    columns = filled.table.columns
    return {
        "table": filled.table,
        "columns": columns,
        "rows": [_shown_row(row, columns) for row in filled.rows],
        "foot": [_shown_row(row, columns) for row in (filled.total, *more)],
    }


def _shown_row(row: FrozenRow, columns: Sequence[Any]) -> dict[str, Any]:
    return {
        "name": said(row.name) if row.kind else row.name,
        "cells": [(column, _figure(row.figures.get(column.figure))) for column in columns],
    }


def _figure(value: int | str | None) -> int | Decimal | None:
    return Decimal(value) if isinstance(value, str) else value
