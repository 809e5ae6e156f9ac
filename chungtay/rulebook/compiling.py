"""From the shape of a law file to the law: every name, date and reference is checked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Protocol

from chungtay.rulebook.conditions import (
    COMPARISONS,
    AnyMember,
    Compare,
    Condition,
    CountAtLeast,
    Every,
    Includes,
    Is,
    Negate,
    ShareAbove,
    Some,
)
from chungtay.rulebook.lawbook import Reference
from chungtay.rulebook.refusing import MENDS, LawError
from chungtay.rulebook.schema import (
    Conversion,
    DatedValue,
    Document,
    Fact,
    RawCondition,
    Value,
)
from chungtay.rulebook.wording import vi_date

NUMBER_TYPES = {"money", "number", "whole"}
OPERATORS = (
    *("below", "above", "at_least", "at_most", "is_", "any_of", "includes", "all", "any"),
    *("not_", "any_member", "share_of_members_above", "count_at_least"),
)
COMPANIONS = {"share_of_members_above": "who", "count_at_least": "of"}
TEMPLATE_EXTRAS = {"members", "count", "size", "area_per_person"}


class Referring(Protocol):
    """Whatever of a law file names its document and article."""

    @property
    def document(self) -> str: ...
    @property
    def article(self) -> str: ...
    @property
    def verified(self) -> bool: ...


@dataclass(frozen=True)
class Shared:
    """Numbers of the law that several standards share, and how units turn into one another."""

    values: Mapping[str, Value]
    conversions: Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Shelf:
    """What names may be used while one file is checked, and the file's name for refusals."""

    file: str
    facts: Mapping[str, Fact]
    documents: Mapping[str, Document]
    values: Mapping[str, Value]
    conversions: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def refuse(self, key: str, problem: str, mend: str) -> LawError:
        """A refusal in this file."""
        return LawError(self.file, key, problem, mend)


def check_span(shelf: Shelf, key: str, first: date | None, last: date | None) -> None:
    """Refuse a span that ends before it begins."""
    if first is not None and last is not None and last < first:
        raise shelf.refuse(
            key,
            f"ngày cuối {vi_date(last)} đứng trước ngày đầu {vi_date(first)}.",
            "Hãy đổi lại from và to (to là ngày cuối cùng còn hiệu lực).",
        )


def check_reference(shelf: Shelf, key: str, document: str, article: str) -> None:
    """Refuse a reference to an unknown document or to no article."""
    if not document.strip():
        raise shelf.refuse(f"{key}.document", "căn cứ đang để trống.", MENDS["document"])
    if not article.strip():
        raise shelf.refuse(f"{key}.article", "điều, khoản đang để trống.", MENDS["article"])
    if document not in shelf.documents:
        known = ", ".join(sorted(shelf.documents))
        raise shelf.refuse(
            f"{key}.document",
            f"văn bản “{document}” chưa có trong thư mục documents.",
            f"Hãy thêm văn bản đó, hoặc dùng một trong: {known}.",
        )


def reference_of(shelf: Shelf, key: str, raw: Referring) -> Reference:
    """The checked reference of a part of a law file."""
    check_reference(shelf, key, raw.document, raw.article)
    number = shelf.documents[raw.document].number
    return Reference(raw.document, number, raw.article, raw.verified)


def check_conversion(shelf: Shelf, key: str, one: Conversion) -> None:
    """Refuse a conversion without both units, or one that would not enlarge."""
    if not one.of.strip() or not one.to.strip() or one.times < 1:
        raise shelf.refuse(
            key,
            "cách đổi đơn vị cần of, to và times từ 1 trở lên.",
            'Ví dụ: of = "đồng/người/tháng", to = "đồng/người/năm", times = số tháng một năm.',
        )


def check_values(shelf: Shelf, values: Mapping[str, Value]) -> None:
    """Refuse values without unit, with bad references, reversed or overlapping dates."""
    for name, value in values.items():
        key = f"values.{name}"
        if not value.unit.strip():
            raise shelf.refuse(f"{key}.unit", "đơn vị đang để trống.", MENDS["unit"])
        if value.known != bool(value.dated):
            raise shelf.refuse(
                key,
                "known và danh sách dated không khớp nhau.",
                "Giá trị đã biết cần ít nhất một mục dated; chưa biết thì ghi known = false "
                "và không ghi mục dated nào.",
            )
        for place, dated in enumerate(value.dated):
            check_span(shelf, f"{key}.dated[{place}]", dated.from_, dated.to)
            check_reference(shelf, f"{key}.dated[{place}]", dated.document, dated.article)
        for area in ("rural", "urban"):
            check_overlap(shelf, key, [d for d in value.dated if d.area in (None, area)])


def check_overlap(shelf: Shelf, key: str, dated: Iterable[DatedValue]) -> None:
    """Refuse two values that hold on the same day for the same area."""
    ordered = sorted(dated, key=lambda one: one.from_)
    for before, after in pairwise(ordered):
        if before.to is None or after.from_ <= before.to:
            last = vi_date(before.to) if before.to else "không thời hạn"
            raise shelf.refuse(
                f"{key}.dated",
                f"hai giá trị chồng ngày nhau: một giá trị áp dụng đến {last}, "
                f"giá trị kia từ {vi_date(after.from_)}.",
                "Hãy ghi to của giá trị trước là ngày liền trước from của giá trị sau.",
            )


def compile_condition(
    shelf: Shelf, key: str, raw: RawCondition, scope: str = "household"
) -> Condition:
    """Check one written condition and make it ready for the evaluators."""
    operator = _operator(shelf, key, raw)
    if raw.fact is not None:
        return _leaf(shelf, key, raw, operator, scope)
    match operator:
        case "all":
            return Every(_parts(shelf, f"{key}.all", raw.all, scope))
        case "any":
            return Some(_parts(shelf, f"{key}.any", raw.any, scope))
        case "count_at_least":
            value = _value(shelf, f"{key}.count_at_least", raw.count_at_least)
            return CountAtLeast(value, _parts(shelf, f"{key}.of", raw.of, scope))
        case "not_" if raw.not_ is not None:
            return Negate(compile_condition(shelf, f"{key}.not", raw.not_, scope))
        case "any_member" if raw.any_member is not None and scope == "household":
            inner = compile_condition(shelf, f"{key}.any_member", raw.any_member, "member")
            return AnyMember(inner)
        case "share_of_members_above" if raw.who is not None and scope == "household":
            value = _value(shelf, f"{key}.share_of_members_above", raw.share_of_members_above)
            return ShareAbove(value, compile_condition(shelf, f"{key}.who", raw.who, "member"))
    raise shelf.refuse(
        key,
        f"phép “{operator.rstrip('_')}” không dùng được ở đây.",
        "Phép so sánh cần ghi kèm fact; phép về thành viên không được lồng trong nhau.",
    )


def _operator(shelf: Shelf, key: str, raw: RawCondition) -> str:
    used = [name for name in OPERATORS if getattr(raw, name) is not None]
    if len(used) != 1:
        written = ", ".join(name.rstrip("_") for name in used) or "không có phép nào"
        raise shelf.refuse(
            key,
            f"mỗi điều kiện cần đúng một phép, ở đây: {written}.",
            "Hãy ghép nhiều phép bằng all = [ … ] hoặc any = [ … ].",
        )
    for operator, companion in COMPANIONS.items():
        if (getattr(raw, companion) is not None) != (used[0] == operator):
            raise shelf.refuse(
                key,
                f"“{operator}” và “{companion}” phải đi cùng nhau.",
                f"Hãy ghi đủ cả {operator} và {companion}, hoặc bỏ cả hai.",
            )
    if raw.per_member and used[0] not in COMPARISONS:
        raise shelf.refuse(
            f"{key}.per_member", "per_member chỉ dùng với phép so sánh số.", "Hãy bỏ per_member."
        )
    return used[0]


def _parts(
    shelf: Shelf, key: str, parts: tuple[RawCondition, ...] | None, scope: str
) -> tuple[Condition, ...]:
    if not parts:
        raise shelf.refuse(key, "danh sách điều kiện đang trống.", "Hãy ghi ít nhất một điều kiện.")
    return tuple(
        compile_condition(shelf, f"{key}[{place}]", part, scope) for place, part in enumerate(parts)
    )


def _value(shelf: Shelf, key: str, name: object) -> str:
    if not isinstance(name, str):
        raise shelf.refuse(
            key,
            f"con số {name} được ghi thẳng vào điều kiện nên không có đơn vị và căn cứ.",
            "Hãy đặt tên cho con số trong [values] rồi ghi tên đó ở đây.",
        )
    if name not in shelf.values:
        raise shelf.refuse(
            key,
            f"không có giá trị tên “{name}” trong [values].",
            f"Hãy khai báo, hoặc dùng một trong: {', '.join(sorted(shelf.values))}.",
        )
    return name


def unit_times(shelf: Shelf, key: str, fact: Fact, value: str) -> int:
    """How many times a fact counts in the unit of a value; refuses money of another unit."""
    unit = shelf.values[value].unit
    if fact.type != "money" or fact.unit == unit:
        return 1
    if (fact.unit, unit) not in shelf.conversions:
        raise shelf.refuse(
            key,
            f"“{fact.label}” tính bằng {fact.unit}, còn giá trị “{value}” tính bằng {unit}.",
            "Hãy ghi cùng một đơn vị, hoặc thêm cách đổi vào values/units.toml.",
        )
    return shelf.conversions[fact.unit, unit]


def _leaf(shelf: Shelf, key: str, raw: RawCondition, operator: str, scope: str) -> Condition:
    name = raw.fact or ""
    fact = shelf.facts.get(name)
    if fact is None:
        raise shelf.refuse(
            f"{key}.fact",
            f"không có dữ kiện tên “{name}” trong forms/facts.toml.",
            "Hãy xem lại chính tả hoặc khai báo dữ kiện đó.",
        )
    if fact.scope != scope:
        where = "từng thành viên (any_member, who)" if fact.scope == "member" else "cả hộ"
        raise shelf.refuse(
            f"{key}.fact", f"dữ kiện “{name}” là của {where}.", "Hãy đặt nó vào đúng cấp."
        )
    for comparison in COMPARISONS:
        if operator == comparison and fact.type in NUMBER_TYPES:
            value = _value(shelf, f"{key}.{comparison}", getattr(raw, comparison))
            times = unit_times(shelf, f"{key}.{comparison}", fact, value)
            return Compare(name, comparison, value, raw.per_member, times)
    if operator == "is_" and fact.type == "yes_no" and isinstance(raw.is_, bool):
        return Is(name, (raw.is_,))
    if operator == "is_" and fact.type == "choice" and isinstance(raw.is_, str):
        return Is(name, _options(shelf, f"{key}.is", fact, (raw.is_,)))
    if operator == "any_of" and fact.type == "choice" and raw.any_of:
        return Is(name, _options(shelf, f"{key}.any_of", fact, raw.any_of))
    if operator == "includes" and fact.type == "choices" and raw.includes:
        return Includes(name, tuple(map(str, _options(shelf, key, fact, raw.includes))))
    raise shelf.refuse(
        key,
        f"phép “{operator.rstrip('_')}” không hợp với dữ kiện “{name}” (loại {fact.type}).",
        "Số dùng below, above, at_least, at_most; có/không và lựa chọn dùng is, any_of; "
        "danh sách dùng includes.",
    )


def _options(shelf: Shelf, key: str, fact: Fact, wanted: Iterable[str]) -> tuple[str, ...]:
    known = [option.code for option in fact.options if not option.not_known]
    for option in wanted:
        if option not in known:
            raise shelf.refuse(
                key,
                f"“{option}” không phải là lựa chọn của dữ kiện “{fact.name}”.",
                f"Các lựa chọn: {', '.join(known)}.",
            )
    return tuple(wanted)
