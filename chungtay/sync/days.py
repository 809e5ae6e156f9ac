"""The day a list speaks of: not after today, under a standard, while its commune stands."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from chungtay.acts.refusing import Refused
from chungtay.households.queries.statuses import standard_id_on
from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence, vi_date


def ask_day(commune: Unit, on: date) -> None:
    """Refused with the reason where a commune can have no list of a day."""
    wrong = _wrong_day(commune, on)
    if wrong is not None:
        raise Refused(wrong)
    try:
        standard_id_on(on)
    except LookupError as unknown:
        raise Refused(unknown.args[0]) from unknown


def _wrong_day(commune: Unit, on: date) -> Sentence | None:
    if on > timezone.localdate():
        text = "Ngày {on} ở sau hôm nay. Chọn ngày mà danh sách đã có hiệu lực."
        return Sentence(text, on=vi_date(on))
    if commune.valid_to is not None and on > commune.valid_to:
        text = "{place} chỉ có đến hết ngày {end}. Chọn ngày không muộn hơn ngày đó."
        return Sentence(text, place=commune.name, end=vi_date(commune.valid_to))
    if commune.valid_from is not None and on < commune.valid_from:
        text = "{place} chỉ có từ ngày {begin}. Chọn ngày không sớm hơn ngày đó."
        return Sentence(text, place=commune.name, begin=vi_date(commune.valid_from))
    return None
