"""How alike two records are: named parts that add up, each with its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from chungtay.rulebook.dates import PartialDate

NEAR = 88
# What speaks for one and the same, and what against; a pair is shown from ENOUGH on.
ENOUGH = 60
POINTS = {
    "same_id": 100,
    "same_name": 40,
    "near_name": 20,
    "same_birth": 40,
    "same_birth_year": 20,
    "same_village": 20,
    "same_household": 20,
    "same_head": 40,
    "same_member": 15,
    "same_address": 10,
    "other_id": -35,
    "other_birth": -40,
    "other_sex": -60,
}
WORDS: dict[str, Promise] = {
    "same_id": _("cùng số định danh"),
    "same_name": _("cùng họ tên"),
    "near_name": _("họ tên gần giống"),
    "same_birth": _("cùng ngày sinh"),
    "same_birth_year": _("cùng năm sinh"),
    "same_village": _("cùng thôn hoặc tổ"),
    "same_household": _("trong cùng một hộ"),
    "same_head": _("chủ hộ giống nhau"),
    "same_member": _("thành viên giống nhau"),
    "same_address": _("cùng địa chỉ"),
    "other_id": _("số định danh khác nhau"),
    "other_birth": _("ngày sinh khác nhau"),
    "other_sex": _("giới tính khác nhau"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person of the register when she is compared."""

    person: UUID
    household: UUID
    village: int | None
    name: str
    folded: str
    sex: str
    birth: tuple[int | None, int | None, int | None]
    id_index: bytes | None
    head: bool


@dataclass(frozen=True)
class Likeness:
    """What makes two records alike or not, by the names of the parts."""

    parts: tuple[str, ...]

    @property
    def score(self) -> int:
        """The sum of the parts."""
        return sum(POINTS[part] for part in self.parts)

    @property
    def reasons(self) -> list[str]:
        """The parts in words, what speaks for it first; what counts several times once."""
        ordered = sorted(dict.fromkeys(self.parts), key=lambda part: -POINTS[part])
        return [str(WORDS[part]) for part in ordered]


def likeness(one: Known, other: Known) -> Likeness:
    """How alike two persons are."""
    return Likeness(
        (*_of_id(one, other), *_of_name(one, other), *_of_birth(one, other), *_of_rest(one, other))
    )


def _of_id(one: Known, other: Known) -> Iterator[str]:
    if one.id_index is not None and other.id_index is not None:
        yield "same_id" if one.id_index == other.id_index else "other_id"


def _of_name(one: Known, other: Known) -> Iterator[str]:
    if one.folded == other.folded:
        yield "same_name"
    elif fuzz.ratio(one.folded, other.folded, score_cutoff=NEAR):
        yield "near_name"


def _of_birth(one: Known, other: Known) -> Iterator[str]:
    first, second = _birth(one), _birth(other)
    if first is None or second is None:
        return
    if first.earliest() > second.latest() or second.earliest() > first.latest():
        yield "other_birth"
    elif first.is_whole and second.is_whole:
        yield "same_birth"
    else:
        yield "same_birth_year"


def _of_rest(one: Known, other: Known) -> Iterator[str]:
    if one.household == other.household:
        yield "same_household"
    elif one.village is not None and one.village == other.village:
        yield "same_village"
    if one.sex and other.sex and one.sex != other.sex:
        yield "other_sex"


def _birth(known: Known) -> PartialDate | None:
    year, month, day = known.birth
    return PartialDate(year, month, day) if year is not None else None
