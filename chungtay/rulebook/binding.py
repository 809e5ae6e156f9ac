"""Making a standard out of its file: income tests, indicators, classes, with their articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from chungtay.rulebook.borrowing import borrow
from chungtay.rulebook.compiling import (
    NUMBER_TYPES,
    TEMPLATE_EXTRAS,
    Shared,
    Shelf,
    check_reference,
    check_span,
    check_values,
    compile_condition,
    reference_of,
    unit_times,
)
from chungtay.rulebook.lawbook import (
    ClassRule,
    IncomeTest,
    Indicator,
    Standard,
    Subclass,
)
from chungtay.rulebook.refusing import MENDS
from chungtay.rulebook.schema import (
    Document,
    Fact,
    PointsFile,
    RawClass,
    RawIncome,
    RawIndicator,
    StandardFile,
)
from chungtay.rulebook.territories import territory_of


def bind_standard(
    file: str,
    raw: StandardFile,
    facts: Mapping[str, Fact],
    documents: Mapping[str, Document],
    shared: Shared,
    earlier: Mapping[str, Standard],
) -> Standard:
    """Check a whole standard and return it ready for use; LawError with the mend if it is bad.

    `earlier` are the standards whose indicators it may take.
    """
    shelf = Shelf(file, facts, documents, {**shared.values, **raw.values}, shared.conversions)
    _refuse_shared(shelf, raw, shared)
    lent = borrow(shelf, raw, earlier)
    check_span(shelf, "to", raw.from_, raw.to)
    check_values(shelf, raw.values)
    lent_codes = [indicator.code for indicator in lent.indicators]
    own_codes = [indicator.code for indicator in raw.indicators]
    _refuse_repeats(shelf, "indicators", [*lent_codes, *own_codes])
    _refuse_repeats(shelf, "classes", [rule.name for rule in raw.classes])
    return Standard(
        id=raw.id,
        file=file,
        name=raw.name,
        scope=raw.scope,
        valid_from=raw.from_,
        valid_to=raw.to,
        reference=reference_of(shelf, "", raw),
        values={**lent.values, **shelf.values},
        shared=frozenset(shared.values),
        income=tuple(_income(shelf, f"income[{n}]", one) for n, one in enumerate(raw.income)),
        indicators=(*lent.indicators, *_indicators(shelf, raw)),
        classes=tuple(
            _class_rule(shelf, f"classes[{n}]", one) for n, one in enumerate(raw.classes)
        ),
        documents=documents,
        borrowed=lent.borrowed,
        subclasses=_subclasses(shelf, raw),
        territory=territory_of(shelf, raw),
        note=raw.note,
    )


def _refuse_shared(shelf: Shelf, raw: StandardFile, shared: Shared) -> None:
    for name in raw.values:
        if name in shared.values:
            raise shelf.refuse(
                f"values.{name}",
                "giá trị này đã được khai báo trong thư mục values.",
                "Hãy bỏ một trong hai nơi, để một con số chỉ có một nguồn.",
            )


def _indicators(shelf: Shelf, raw: StandardFile) -> Iterator[Indicator]:
    for place, one in enumerate(raw.indicators):
        yield _indicator(shelf, f"indicators[{place}]", one)


def _subclasses(shelf: Shelf, raw: StandardFile) -> tuple[Subclass, ...]:
    _refuse_repeats(shelf, "subclasses", [one.code for one in raw.subclasses])
    return tuple(
        Subclass(
            one.code,
            one.name,
            one.meaning,
            reference_of(shelf, f"subclasses[{place}]", one),
            one.note,
        )
        for place, one in enumerate(raw.subclasses)
    )


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
    times = unit_times(shelf, f"{key}.line", fact, raw.line)
    return IncomeTest(raw.fact, raw.line, compile_condition(shelf, f"{key}.low", raw.low), times)


def _indicator(shelf: Shelf, key: str, raw: RawIndicator) -> Indicator:
    if raw.known != (raw.when is not None):
        raise shelf.refuse(
            key,
            f"chỉ số “{raw.name}” có known = {str(raw.known).lower()} nhưng phần when không khớp.",
            "Chỉ số đã biết cần when; chưa biết thì ghi known = false và bỏ when.",
        )
    if raw.known and raw.unless is not None:
        raise shelf.refuse(
            f"{key}.unless",
            f"chỉ số “{raw.name}” đã biết cách xét thì không dùng unless.",
            "Hãy bỏ unless; nó chỉ dành cho chỉ số có known = false.",
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
        reference=reference_of(shelf, key, raw),
        known=raw.known,
        ready_made=raw.ready_made,
        when=compile_condition(shelf, f"{key}.when", raw.when) if raw.when else None,
        unless=compile_condition(shelf, f"{key}.unless", raw.unless) if raw.unless else None,
        deprived=raw.deprived,
        not_deprived=raw.not_deprived,
        mend=raw.mend,
        note=raw.note,
    )


def _class_rule(shelf: Shelf, key: str, raw: RawClass) -> ClassRule:
    when = compile_condition(shelf, f"{key}.when", raw.when)
    return ClassRule(raw.name, when, reference_of(shelf, key, raw))


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
