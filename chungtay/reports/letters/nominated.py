"""The annex of a paper that nominates: whom, in which form, for what."""

from __future__ import annotations

from chungtay.places.models import Unit
from chungtay.reports.nominations.models import Nomination
from chungtay.reports.nominations.queries import accepted_of, form_of, name_of
from chungtay.reports.plan_annexes import ORDER
from chungtay.reports.plan_document import Column
from chungtay.staff.models import Holding

COLUMNS = (
    ORDER,
    Column("Tập thể, cá nhân, hộ", "text", 24),
    Column("Chức danh, nơi ở", "text", 22),
    Column("Hình thức", "text", 14),
    Column("Thành tích", "text", 34),
)


def nominated(
    unit: Unit, year: int
) -> tuple[tuple[Column, ...], tuple[tuple[str, ...], ...], tuple[str, ...], str]:
    """The nominations of a commune and a year that were accepted."""
    rows = tuple(_row(number, one) for number, one in enumerate(accepted_of(unit, year), 1))
    return COLUMNS, rows, (), ""


def _row(number: int, one: Nomination) -> tuple[str, ...]:
    said = [str(row["text"]) for row in one.achievements]
    words = " ".join([*said, " ".join(one.words.split())]).strip()
    return str(number), name_of(one), _where(one), form_of(one), words


def _where(one: Nomination) -> str:
    """The post a person held last in the year, the village of a household."""
    if one.household is not None:
        return one.household.village.name if one.household.village is not None else ""
    if one.user_id is None:
        return ""
    held = Holding.objects.filter(
        user=one.user_id,
        post__unit__path__startswith=one.unit.path,
        valid_from__year__lte=one.year,
    )
    last = held.select_related("post__unit").order_by("-valid_from", "-pk").first()
    return f"{last.post.title}, {last.post.unit.name}" if last is not None else ""
