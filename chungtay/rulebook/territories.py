"""Where a provincial standard counts, and that no two standards of one scope meet."""

from __future__ import annotations

from collections.abc import Mapping

from chungtay.rulebook.compiling import Shelf, check_span, reference_of
from chungtay.rulebook.lawbook import Standard, Territory
from chungtay.rulebook.refusing import LawError
from chungtay.rulebook.schema import RawTerritory, StandardFile


def territory_of(shelf: Shelf, raw: StandardFile) -> tuple[Territory, ...]:
    """The places of a provincial standard, each with its days; refuses a scope without them."""
    if (raw.scope == "province") != bool(raw.territory):
        raise shelf.refuse(
            "territory",
            f"chuẩn có scope = “{raw.scope}” nhưng phần territory không khớp.",
            "Chuẩn của tỉnh cần ghi ít nhất một mục [[territory]]; chuẩn quốc gia không ghi mục "
            "nào.",
        )
    return tuple(_part(shelf, f"territory[{n}]", one, raw) for n, one in enumerate(raw.territory))


def _part(shelf: Shelf, key: str, one: RawTerritory, raw: StandardFile) -> Territory:
    last = one.to or raw.to
    check_span(shelf, f"{key}.to", one.from_, last)
    if one.from_ < raw.from_ or (raw.to is not None and last is not None and last > raw.to):
        raise shelf.refuse(
            key,
            "thời gian áp dụng ở địa bàn này nằm ngoài thời gian áp dụng của chuẩn.",
            "Hãy ghi from và to nằm trong from và to của chuẩn.",
        )
    return Territory(
        province=one.province,
        named_on=one.named_on,
        name=one.name,
        valid_from=one.from_,
        valid_to=last,
        known=one.known,
        reference=reference_of(shelf, key, one),
        note=one.note,
    )


def refuse_overlap(file: str, standards: Mapping[str, Standard]) -> None:
    """Refuse a standard that counts on a day and in a place where one of its scope does already."""
    *earlier, newest = standards.values()
    for other in earlier:
        if newest.scope == other.scope == "national" and _meet(newest, other):
            raise LawError(
                file,
                "from",
                f"chuẩn “{newest.id}” cùng áp dụng một ngày với chuẩn “{other.id}”.",
                "Hãy ghi to của chuẩn trước là ngày liền trước from của chuẩn sau.",
            )
        for place, mine in enumerate(newest.territory):
            for theirs in other.territory:
                _refuse_shared(file, f"territory[{place}]", mine, theirs, other.id)
    for place, mine in enumerate(newest.territory):
        for theirs in newest.territory[:place]:
            _refuse_shared(file, f"territory[{place}]", mine, theirs, newest.id)


def _refuse_shared(file: str, key: str, mine: Territory, theirs: Territory, other: str) -> None:
    if mine.province == theirs.province and _meet(mine, theirs):
        raise LawError(
            file,
            f"{key}.from",
            f"tỉnh mã {mine.province} cùng ngày đã có chuẩn “{other}” ({theirs.name}).",
            "Hãy ghi to của mục trước là ngày liền trước from của mục sau.",
        )


def _meet(one: Standard | Territory, other: Standard | Territory) -> bool:
    starts_before_end = other.valid_to is None or one.valid_from <= other.valid_to
    return starts_before_end and (one.valid_to is None or other.valid_from <= one.valid_to)
