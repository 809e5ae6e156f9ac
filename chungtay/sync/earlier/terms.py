"""What an officer says of a list of an earlier year: the year, the standard, the paper, the place.

The terms of a batch are kept beside it; what she chooses for villages nobody could map is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from django.utils import timezone

from chungtay.acts.refusing import Refused
from chungtay.households.queries.statuses import standards_at
from chungtay.places.models import Level, Unit
from chungtay.places.queries import all_as_on, origins_of, successors_of, units_on
from chungtay.rulebook.folding import fold
from chungtay.rulebook.lawbook import Standard
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import Sentence, vi_date
from chungtay.sync.reading.drafts import Title
from chungtay.sync.reading.vocabulary import COMMUNES

OLDEST_YEAR = 1990
NO_VILLAGE = 0
LONGEST_NUMBER, LONGEST_ISSUER = 60, 160


class Terms(msgspec.Struct, frozen=True):
    """The year a list speaks of, by which standard and paper, and of which commune it was."""

    year: int
    standard: str
    commune: int
    decision_number: str = ""
    decision_date: date | None = None
    issuer: str = ""
    villages: dict[str, int] = {}

    @property
    def first(self) -> date:
        """The first day of what was decided: the paper's, else New Year."""
        return self.decision_date or date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """The last day of what was decided, if nothing was decided in between."""
        return date(self.year, 12, 31)

    def kept(self) -> dict[str, Any]:
        """The terms as a batch keeps them."""
        made: dict[str, Any] = msgspec.to_builtins(self)
        return made


def terms_of(kept: Mapping[str, Any]) -> Terms:
    """The terms that a batch keeps."""
    return msgspec.convert(kept, Terms)


class Asked(msgspec.Struct, frozen=True):
    """The same as it was asked for; what is left blank is found in the list or in the law."""

    year: int | None = None
    standard: str = ""
    commune: int | None = None
    decision_number: str = ""
    decision_date: date | None = None
    issuer: str = ""


def settle(asked: Asked, title: Title, commune: Unit) -> Terms:
    """Settle what was asked with what the list says; Refused where something is wanting or odd."""
    year = asked.year or title.year
    if year is None:
        text = (
            "Chưa biết danh sách là của năm nào: tiêu đề không ghi năm. Hãy ghi năm của danh sách."
        )
        raise Refused(Sentence(text))
    check_year(year)
    _check_decision(asked, year)
    terms = Terms(
        year=year,
        standard=_standard(asked.standard, year, commune),
        commune=0,
        decision_number=asked.decision_number,
        decision_date=asked.decision_date,
        issuer=asked.issuer,
    )
    then = _commune(asked.commune, title, commune, terms.first)
    return msgspec.structs.replace(terms, commune=then)


def check_year(year: int) -> None:
    """Refused for a year that is not over, or too long ago for any list."""
    now = timezone.localdate().year
    if year >= now:
        text = (
            "Năm {year} chưa hết, nên danh sách của năm ấy chưa phải danh sách của năm trước. "
            "Hãy nhập kiểu danh sách hộ hiện nay, hoặc sửa năm."
        )
        raise Refused(Sentence(text, year=str(year)))
    if year < OLDEST_YEAR:
        text = "Năm {year} quá xa, có lẽ gõ nhầm. Hãy ghi năm của danh sách bằng bốn chữ số."
        raise Refused(Sentence(text, year=str(year)))


def _check_decision(asked: Asked, year: int) -> None:
    number, day = asked.decision_number, asked.decision_date
    if bool(number) != (day is not None):
        text = (
            "Quyết định cần cả số và ngày. Hãy ghi đủ hai, hoặc để trống cả hai nếu không còn rõ."
        )
        raise Refused(Sentence(text))
    if asked.issuer and not number:
        text = "Có cơ quan ban hành mà chưa có số quyết định. Hãy ghi số và ngày, hoặc để trống."
        raise Refused(Sentence(text))
    if len(number) > LONGEST_NUMBER or len(asked.issuer) > LONGEST_ISSUER:
        text = "Số quyết định dài nhất {number} ký tự, cơ quan ban hành {issuer}. Hãy ghi gọn lại."
        raise Refused(Sentence(text, number=LONGEST_NUMBER, issuer=LONGEST_ISSUER))
    if day is not None and not date(year - 1, 1, 1) <= day <= date(year, 12, 31):
        text = (
            "Quyết định ký ngày {day} không thể là của danh sách năm {year}. "
            "Hãy xem lại ngày ký hoặc năm của danh sách."
        )
        raise Refused(Sentence(text, day=vi_date(day), year=str(year)))


def standards_of(year: int, commune: Unit) -> list[Standard]:
    """The standards that held at a place on some day of a year, the national ones first."""
    days = date(year, 1, 1), date(year, 12, 31)
    ids = dict.fromkeys(one for day in days for one in standards_at(commune, day))
    held = [law().standards[one] for one in ids]
    return sorted(held, key=lambda one: (one.scope != "national", one.valid_from))


def _standard(asked: str, year: int, commune: Unit) -> str:
    held = standards_of(year, commune)
    if not held:
        text = "Chưa nạp chuẩn nghèo nào áp dụng trong năm {year}, nên chưa ghi được diện năm ấy."
        raise Refused(Sentence(text, year=str(year)))
    if not asked:
        return held[0].id
    if asked not in {one.id for one in held}:
        text = (
            "Chuẩn “{asked}” không áp dụng ở {commune} trong năm {year}. "
            "Các chuẩn của năm ấy: {held}."
        )
        names = ", ".join(one.id for one in held)
        said = {"asked": asked, "commune": commune.name, "year": str(year), "held": names}
        raise Refused(Sentence(text, **said))
    return asked


def communes_then(commune: Unit, on: date) -> list[Unit]:
    """The communes whose lists of a day are this commune's now, called as they were that day."""
    taken = [one.pk for one in communes_taken_over(commune)]
    stood = units_on(on, Level.COMMUNE).filter(pk__in=taken).order_by("folded", "pk")
    return all_as_on(stood, on)


def communes_taken_over(commune: Unit) -> list[Unit]:
    """A commune and all it took over, directly or by others, whenever that was."""
    return [commune, *origins_of([commune])]


def _commune(asked: int | None, title: Title, commune: Unit, on: date) -> int:
    """Which of the communes of that time the list is of; 0 where each row has to say it."""
    held = communes_then(commune, on)
    if not held:
        text = (
            "Không biết xã, phường nào trước đây của {commune} có vào ngày {on}. "
            "Hãy xem lại năm, hoặc chọn đúng nơi ở đầu trang."
        )
        raise Refused(Sentence(text, commune=commune.name, on=vi_date(on)))
    if asked is None:
        said = plain_name(title.commune or "")
        named = [one for one in held if plain_name(one.name) == said]
        return (named or held)[0].pk if named or len(held) == 1 else 0
    if asked not in {one.pk for one in held}:
        text = (
            "Xã, phường đã chọn không có vào ngày {on}, hoặc không thuộc {commune}. Hãy chọn lại."
        )
        raise Refused(Sentence(text, commune=commune.name, on=vi_date(on)))
    return asked


def present_of(unit: Unit) -> Unit | None:
    """The one unit that a unit of the past is now; None where it was cut up or nobody knows."""
    if unit.valid_to is None:
        return unit
    heirs = successors_of(unit)
    return heirs[0] if len(heirs) == 1 else None


def plain_name(name: str) -> str:
    """A commune's name without its kind."""
    folded = fold(name)
    for kind in COMMUNES:
        if folded.startswith(f"{kind} "):
            return folded[len(kind) + 1 :]
    return folded
