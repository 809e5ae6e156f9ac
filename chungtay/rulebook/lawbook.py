"""The law after loading: standards, values on a date, named facts, documents, code lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from chungtay.rulebook.conditions import Condition
from chungtay.rulebook.schema import Document, Fact, PointsFile, Value
from chungtay.rulebook.schema_lists import CoverageEntry
from chungtay.rulebook.wording import Joined, Sentence, catalogued, vi_date, vi_number
from chungtay.rulebook.workdays import WorkCalendar

AREAS = ("rural", "urban")
MOST_DAYS = 64
CLASS_NAMES = ("poor", "near_poor", "average_living", "not_poor", "unknown")


class LookUpError(LookupError):
    """Something asked of the law that it does not hold; the message says what it does hold."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Reference:
    """Where the law says so, and whether the text itself was compared."""

    document: str
    number: str
    article: str
    verified: bool

    def __str__(self) -> str:
        return f"{self.article} {self.number}"


@dataclass(frozen=True)
class Threshold:
    """A value of the law on a date, for a rural and for an urban household (None: not known)."""

    rural: Decimal | None
    urban: Decimal | None
    unit: str
    label: str
    reference: Reference | None = None

    @cached_property
    def spans(self) -> Mapping[str | None, tuple[Decimal, Decimal] | None]:
        """Its least and greatest by area, under None where the area is not known."""
        areas = {"rural": (self.rural,), "urban": (self.urban,), None: (self.rural, self.urban)}
        spans: dict[str | None, tuple[Decimal, Decimal] | None] = {}
        for area, found in areas.items():
            known = [one for one in found if one is not None]
            spans[area] = (min(known), max(known)) if len(known) == len(found) else None
        return spans

    @cached_property
    def written(self) -> Mapping[str | None, Joined]:
        """Its numbers by area, for a sentence; both where the area is not known and they differ."""
        return {
            area: Joined(
                tuple(vi_number(one) for one in sorted(set(span or ()))), catalogued(" và cả ")
            )
            for area, span in self.spans.items()
        }


@dataclass(frozen=True)
class Indicator:
    """A deprivation indicator with its compiled rule (None where the rule is not known).

    `unless` says when an indicator of unknown rule surely does not hold.
    """

    code: str
    name: str
    dimension: str
    reference: Reference
    known: bool
    ready_made: str | None
    when: Condition | None
    unless: Condition | None
    deprived: str
    not_deprived: str
    mend: str
    note: str


@dataclass(frozen=True)
class IncomeTest:
    """One way to test income: the fact, the line, and the condition to be low.

    `times` turns the fact into the unit of the line.
    """

    fact: str
    line: str
    low: Condition
    times: int = 1


@dataclass(frozen=True)
class ClassRule:
    """A class of households, the condition to be in it, and the article."""

    name: str
    when: Condition
    reference: Reference


@dataclass(frozen=True)
class Borrowed:
    """That the indicators of a standard are those of another one, and who says so."""

    standard: str
    reference: Reference
    note: str


@dataclass(frozen=True)
class Subclass:
    """A kind of poor household that a place tells apart: its code, name and meaning."""

    code: str
    name: str
    meaning: str
    reference: Reference
    note: str


@dataclass(frozen=True)
class ProvinceSpell:
    """A province that a place lies in or came from: its code and the days the code is its own."""

    code: str
    valid_from: date | None
    valid_to: date | None

    def bears(self, code: str, on: date) -> bool:
        """Whether this province bore a code on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return self.code == code and begun and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Territory:
    """Where a provincial standard counts: the province that bore a code on a day, as it was then.

    `known` is False where no text says whether the standard counts there.
    """

    province: str
    named_on: date
    name: str
    valid_from: date
    valid_to: date | None
    known: bool
    reference: Reference
    note: str

    def covers(self, on: date, provinces: Iterable[ProvinceSpell]) -> bool:
        """Whether this entry speaks on a day of a place of these provinces."""
        if on < self.valid_from or (self.valid_to and on > self.valid_to):
            return False
        return any(one.bears(self.province, self.named_on) for one in provinces)


@dataclass(frozen=True)
class Standard:
    """A poverty standard: valid from the first to the last day named.

    `shared` names those of its values that stand in no standard's own file.
    """

    id: str
    file: str
    name: str
    scope: str
    valid_from: date
    valid_to: date | None
    reference: Reference
    values: Mapping[str, Value]
    shared: frozenset[str]
    income: tuple[IncomeTest, ...]
    indicators: tuple[Indicator, ...]
    classes: tuple[ClassRule, ...]
    documents: Mapping[str, Document]
    borrowed: Borrowed | None
    subclasses: tuple[Subclass, ...]
    territory: tuple[Territory, ...]
    note: str

    def holds_on(self, on: date) -> bool:
        """Whether the standard is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def nearest_day(self, on: date) -> date:
        """The day itself, or the nearest day on which the standard is in force (for a what-if)."""
        if on < self.valid_from:
            return self.valid_from
        return min(on, self.valid_to) if self.valid_to else on

    def thresholds_on(self, on: date) -> Mapping[str, Threshold]:
        """Every value of the standard on a day (of a what-if: on the nearest day in force)."""
        day = self.nearest_day(on)
        found = self._days.get(day)
        if found is None:
            found = {name: self._threshold(value, day) for name, value in self.values.items()}
            if len(self._days) >= MOST_DAYS:
                self._days.clear()
            self._days[day] = found
        return found

    @cached_property
    def _days(self) -> dict[date, Mapping[str, Threshold]]:
        """The values of the days last asked for."""
        return {}

    @cached_property
    def prepared(self) -> dict[tuple[date, str | None], Any]:
        """Its rules made ready for the days and areas last asked for (``rules.py``)."""
        return {}

    def _threshold(self, value: Value, day: date) -> Threshold:
        found: dict[str, Decimal] = {}
        reference = None
        for dated in value.dated:
            if dated.from_ <= day and (dated.to is None or day <= dated.to):
                for area in (dated.area,) if dated.area else AREAS:
                    found[area] = dated.value
                number = self.documents[dated.document].number
                reference = Reference(dated.document, number, dated.article, dated.verified)
        return Threshold(found.get("rural"), found.get("urban"), value.unit, value.label, reference)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of its indicators, in their order."""
        return tuple(one.code for one in self.indicators)

    def indicator(self, code: str) -> Indicator:
        """The indicator of a code; LookUpError if the standard has none such."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise LookUpError(
            Sentence("{standard} không có chỉ số “{code}”.", standard=self.name, code=code)
        )


@dataclass(frozen=True)
class Code:
    """One row of a code list with its mark of certainty and all its columns."""

    code: str
    label: str
    mark: str
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Scheme:
    """One numbering of a code list, with the days it holds and whether every row was compared."""

    id: str
    name: str
    column: str
    mark_column: str
    every_mark: str
    source_column: str
    valid_from: date | None
    valid_to: date | None
    verified: bool
    note: str


@dataclass(frozen=True)
class CodeList:
    """A code list with all its rows; a code of it means something only within a scheme."""

    id: str
    name: str
    use: str
    codes: Mapping[str, Code]
    schemes: tuple[Scheme, ...]
    note: str

    def scheme(self, scheme_id: str) -> Scheme:
        """The scheme of an identifier; LookUpError names those there are."""
        for scheme in self.schemes:
            if scheme.id == scheme_id:
                return scheme
        text = "Danh mục “{name}” không có hệ mã “{asked}”. Các hệ mã: {known}."
        known = ", ".join(scheme.id for scheme in self.schemes)
        raise LookUpError(Sentence(text, name=self.name, asked=scheme_id, known=known))

    def codes_by(self, scheme_id: str) -> dict[str, str]:
        """The code of every row in one scheme, by the key of the row."""
        column = self.scheme(scheme_id).column
        return {key: row.columns[column] for key, row in self.codes.items()}


@dataclass(frozen=True)
class Law:
    """Everything that the law files say."""

    standards: Mapping[str, Standard]
    facts: Mapping[str, Fact]
    documents: Mapping[str, Document]
    code_lists: Mapping[str, CodeList]
    codes: Mapping[str, Mapping[str, Code]]
    points_tables: Mapping[str, PointsFile]
    causes: Mapping[str, str]
    coverage: tuple[CoverageEntry, ...]
    calendar: WorkCalendar

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """The answers of every fact in words, by their codes."""
        return {
            name: {option.code: option.label for option in fact.options}
            for name, fact in self.facts.items()
        }

    def standard(self, standard_id: str) -> Standard:
        """The standard of an identifier; LookUpError names those there are."""
        if standard_id in self.standards:
            return self.standards[standard_id]
        raise LookUpError(
            Sentence(
                "Không có chuẩn nghèo “{asked}”. Các chuẩn hiện có: {known}.",
                asked=standard_id,
                known=", ".join(sorted(self.standards)),
            )
        )

    def standard_on(self, on: date) -> Standard:
        """The national standard in force on a day; LookUpError where none is loaded."""
        for standard in self.standards.values():
            if standard.scope == "national" and standard.holds_on(on):
                return standard
        first = min(standard.valid_from for standard in self.standards.values())
        raise LookUpError(
            Sentence(
                "Chưa nạp chuẩn nghèo quốc gia áp dụng ngày {on}; chuẩn sớm nhất đã nạp áp dụng "
                "từ ngày {first}. Hãy chọn ngày khác hoặc nêu rõ mã chuẩn.",
                on=vi_date(on),
                first=vi_date(first),
            )
        )

    def provincial_on(self, on: date) -> tuple[Standard, ...]:
        """The standards that some province has of its own on a day."""
        own = (one for one in self.standards.values() if one.scope == "province")
        return tuple(standard for standard in own if standard.holds_on(on))

    def standards_on(
        self, on: date, provinces: Iterable[ProvinceSpell] = ()
    ) -> tuple[Standard, ...]:
        """The standards in force on a day in a place of some provinces, the national one first."""
        national = (one for one in self.standards.values() if one.scope == "national")
        own = self._provincial_at(on, tuple(provinces), known=True)
        return (*(one for one in national if one.holds_on(on)), *own)

    def unclear_on(self, on: date, provinces: Iterable[ProvinceSpell]) -> tuple[Standard, ...]:
        """The provincial standards of which no text says whether they count in a place on a day."""
        lain = tuple(provinces)
        counting = self._provincial_at(on, lain, known=True)
        unclear = self._provincial_at(on, lain, known=False)
        return tuple(one for one in unclear if one not in counting)

    def _provincial_at(
        self, on: date, provinces: tuple[ProvinceSpell, ...], *, known: bool
    ) -> tuple[Standard, ...]:
        return tuple(
            standard
            for standard in self.provincial_on(on)
            if any(one.known == known and one.covers(on, provinces) for one in standard.territory)
        )
