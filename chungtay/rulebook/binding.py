"""Making a standard out of its file: income tests, indicators, classes, with their articles."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from chungtay.rulebook.compiling import (
    NUMBER_TYPES,
    TEMPLATE_EXTRAS,
    Shelf,
    check_reference,
    check_span,
    check_values,
    compile_condition,
)
from chungtay.rulebook.lawbook import (
    ClassRule,
    IncomeTest,
    Indicator,
    Reference,
    Standard,
    Territory,
)
from chungtay.rulebook.refusing import MENDS, LawError
from chungtay.rulebook.schema import (
    Document,
    Fact,
    PointsFile,
    RawClass,
    RawIncome,
    RawIndicator,
    RawTerritory,
    StandardFile,
    Value,
)

Referring = StandardFile | RawIndicator | RawClass | RawTerritory


def bind_standard(
    file: str,
    raw: StandardFile,
    facts: Mapping[str, Fact],
    documents: Mapping[str, Document],
    shared: Mapping[str, Value],
) -> Standard:
    """Check a whole standard and return it ready for use; LawError with the mend if it is bad."""
    shelf = Shelf(file, facts, documents, {**shared, **raw.values})
    for name in raw.values:
        if name in shared:
            raise shelf.refuse(
                f"values.{name}",
                "giá trị này đã được khai báo trong thư mục values.",
                "Hãy bỏ một trong hai nơi, để một con số chỉ có một nguồn.",
            )
    check_span(shelf, "to", raw.from_, raw.to)
    check_reference(shelf, "", raw.document, raw.article)
    check_values(shelf, raw.values)
    _refuse_repeats(shelf, "indicators", [indicator.code for indicator in raw.indicators])
    _refuse_repeats(shelf, "classes", [rule.name for rule in raw.classes])
    return Standard(
        id=raw.id,
        name=raw.name,
        scope=raw.scope,
        valid_from=raw.from_,
        valid_to=raw.to,
        reference=_reference(shelf, "", raw),
        values=shelf.values,
        income=tuple(
            _income(shelf, f"income[{place}]", one) for place, one in enumerate(raw.income)
        ),
        indicators=tuple(
            _indicator(shelf, f"indicators[{place}]", one)
            for place, one in enumerate(raw.indicators)
        ),
        classes=tuple(
            _class_rule(shelf, f"classes[{place}]", one) for place, one in enumerate(raw.classes)
        ),
        documents=documents,
        territory=_territory(shelf, raw),
        note=raw.note,
    )


def _territory(shelf: Shelf, raw: StandardFile) -> tuple[Territory, ...]:
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
        reference=_reference(shelf, key, one),
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


def check_points(shelf: Shelf, table: PointsFile) -> None:
    """Refuse a points table without unit or reference, or an item that cannot be scored."""
    if not table.unit.strip():
        raise shelf.refuse("unit", "đơn vị đang để trống.", MENDS["unit"])
    check_span(shelf, "to", table.from_, table.to)
    check_reference(shelf, "", table.document, table.article)
    _refuse_repeats(shelf, "items", [item.code for item in table.items])
    for place, item in enumerate(table.items):
        if bool(item.choices) == (item.points_each is not None):
            raise shelf.refuse(
                f"items[{place}]",
                f"mục “{item.label}” cần hoặc choices, hoặc points_each.",
                "Hãy ghi đúng một trong hai cách tính điểm.",
            )


def _reference(shelf: Shelf, key: str, raw: Referring) -> Reference:
    check_reference(shelf, key, raw.document, raw.article)
    number = shelf.documents[raw.document].number
    return Reference(raw.document, number, raw.article, raw.verified)


def _income(shelf: Shelf, key: str, raw: RawIncome) -> IncomeTest:
    fact = shelf.facts.get(raw.fact)
    if fact is None or fact.type not in NUMBER_TYPES or fact.scope != "household":
        raise shelf.refuse(
            f"{key}.fact",
            f"không có dữ kiện số của hộ tên “{raw.fact}” trong forms/facts.toml.",
            "Hãy xem lại chính tả hoặc khai báo dữ kiện đó.",
        )
    if raw.line not in shelf.values:
        raise shelf.refuse(
            f"{key}.line",
            f"không có giá trị tên “{raw.line}” trong [values].",
            "Hãy khai báo mức chuẩn này trong [values].",
        )
    return IncomeTest(raw.fact, raw.line, compile_condition(shelf, f"{key}.low", raw.low))


def _indicator(shelf: Shelf, key: str, raw: RawIndicator) -> Indicator:
    if raw.known != (raw.when is not None):
        raise shelf.refuse(
            key,
            f"chỉ số “{raw.name}” có known = {str(raw.known).lower()} nhưng phần when không khớp.",
            "Chỉ số đã biết cần when; chưa biết thì ghi known = false và bỏ when.",
        )
    if raw.ready_made is not None and raw.ready_made not in shelf.facts:
        raise shelf.refuse(
            f"{key}.ready_made",
            f"không có dữ kiện tên “{raw.ready_made}” trong forms/facts.toml.",
            "Hãy xem lại chính tả hoặc khai báo dữ kiện đó.",
        )
    for name in ("deprived", "not_deprived", "mend"):
        _check_template(shelf, f"{key}.{name}", getattr(raw, name))
    return Indicator(
        code=raw.code,
        name=raw.name,
        dimension=raw.dimension,
        reference=_reference(shelf, key, raw),
        known=raw.known,
        ready_made=raw.ready_made,
        when=compile_condition(shelf, f"{key}.when", raw.when) if raw.when else None,
        deprived=raw.deprived,
        not_deprived=raw.not_deprived,
        mend=raw.mend,
        note=raw.note,
    )


def _class_rule(shelf: Shelf, key: str, raw: RawClass) -> ClassRule:
    when = compile_condition(shelf, f"{key}.when", raw.when)
    return ClassRule(raw.name, when, _reference(shelf, key, raw))


def _check_template(shelf: Shelf, key: str, text: str) -> None:
    allowed = TEMPLATE_EXTRAS | {
        name for name, fact in shelf.facts.items() if fact.scope == "household"
    }
    try:
        fields = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        raise shelf.refuse(
            key, "dấu ngoặc nhọn trong câu không khép đúng.", "Hãy viết {members} đủ hai dấu."
        ) from None
    for name in fields:
        if name not in allowed:
            raise shelf.refuse(
                key,
                f"câu có chỗ trống {{{name}}} mà hệ thống không điền được.",
                f"Chỗ trống dùng được: {', '.join(sorted(TEMPLATE_EXTRAS))} hoặc tên dữ kiện.",
            )


def _refuse_repeats(shelf: Shelf, key: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise shelf.refuse(
                key, f"“{name}” được khai báo hai lần.", "Hãy giữ lại một mục và bỏ mục kia."
            )
