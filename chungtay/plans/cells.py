"""Everything typed into a plan: its total, the numbers of each promise, its money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from chungtay.plans.models import Plan, PlannedLine, PlannedNeed, PlanPart, PlanTarget
from chungtay.rulebook.promises import BETWEEN, COUNT, Amount, Base, Kind, Population


@dataclass(frozen=True)
class Meaning:
    """What a promise is about; only its numbers are typed."""

    kind: Kind
    aim: str = ""
    part_of: str = ""
    dimension: str = ""
    indicator: str = ""
    base_said: str = ""
    assigned_by: str = ""


# Stands where no meaning is given: the code says the class of households.
PLAIN = Meaning(Kind())


@dataclass(frozen=True)
class PartCell:
    """What one place below carries: typed, or None to be derived by its opening."""

    unit: int
    name: str
    opening: int | None = None
    reduction: int | None = None


@dataclass(frozen=True)
class TargetCell:
    """What is typed for one promise; rates only where a paper states them.

    ``code`` begins the names of its live values. Without a meaning the code is the class of
    households whose number is to fall.
    """

    code: str
    opening: int | None = None
    reduction: int | None = None
    stated_opening_rate: Decimal | None = None
    stated_closing_rate: Decimal | None = None
    value: Decimal | None = None
    value_to: Decimal | None = None
    base_count: int | None = None
    parts: tuple[PartCell, ...] = ()
    meaning: Meaning = PLAIN

    def __post_init__(self) -> None:
        if self.meaning is PLAIN:
            plain = Meaning(Kind(Population(classes=(self.code,))))
            object.__setattr__(self, "meaning", plain)

    @property
    def kind(self) -> Kind:
        """How the promise is meant."""
        return self.meaning.kind

    @property
    def population(self) -> str:
        """The first class promised about, "" where the promise is of no class."""
        return next(iter(self.kind.population.classes), "")

    @property
    def is_count(self) -> bool:
        """Whether whole households (persons …) are promised, rather than per cent."""
        return self.kind.measure == COUNT

    @property
    def is_open(self) -> bool:
        """Whether its number is not known yet: a blank to fill before the plan is submitted."""
        if (self.reduction if self.is_count else self.value) is None:
            return True
        return self.kind.comparator == BETWEEN and self.value_to is None

    @property
    def amount(self) -> Amount:
        """The number promised, exact."""
        value = self.reduction if self.is_count else self.value
        high = Fraction(self.value_to) if self.value_to is not None else None
        return Amount(Fraction(value or 0), high, self.base_count)

    def as_json(self) -> dict[str, Any]:
        """What was typed, for the journal; the rates as text."""
        typed = {
            "opening": self.opening,
            "reduction": self.reduction,
            "opening_rate": _text(self.stated_opening_rate),
            "closing_rate": _text(self.stated_closing_rate),
            "value": _text(self.value),
            "value_to": _text(self.value_to),
            "base": self.base_count,
        }
        parts = {str(one.unit): [one.opening, one.reduction] for one in self.parts}
        kept = {name: value for name, value in typed.items() if value is not None}
        return kept | ({"parts": parts} if parts else {})


@dataclass(frozen=True)
class LineCell:
    """One purpose of the plan's money, in whole đồng."""

    code: str
    purpose: str
    amount_vnd: int
    source: str
    stage: str
    capital: str = ""
    project: str = ""
    organiser: str = ""


@dataclass(frozen=True)
class NeedCell:
    """One thing the household at a position of the plan needs, in whole đồng."""

    position: int
    code: str
    what: str
    amount_vnd: int
    source: str
    cap_vnd: int | None = None
    organiser: str = ""
    pk: int = 0


@dataclass(frozen=True)
class Cells:
    """Everything typed into a plan's arithmetic."""

    total_households: int | None
    targets: tuple[TargetCell, ...]
    lines: tuple[LineCell, ...] = ()
    needs: tuple[NeedCell, ...] = ()

    @classmethod
    def of(cls, plan: Plan) -> Cells:
        """The cells of a plan as kept, in their order; four questions to the database."""
        rows = list(plan.targets.order_by("position", "pk"))
        codes = {row.pk: row.code for row in rows}
        parts: dict[int, list[PlanPart]] = {}
        pieces = PlanPart.objects.filter(target__plan=plan).select_related("unit")
        for part in pieces.order_by("position", "pk"):
            parts.setdefault(part.target_id, []).append(part)
        return cls(
            plan.total_households,
            tuple(_target(row, codes, parts.get(row.pk, [])) for row in rows),
            tuple(
                _line(row) for row in plan.lines.filter(withdrawn=False).order_by("position", "pk")
            ),
            needs_of(plan),
        )

    def target(self, code: str) -> TargetCell | None:
        """The cell of one promise."""
        return next((cell for cell in self.targets if cell.code == code), None)

    def pieces_of(self, code: str) -> list[TargetCell]:
        """The promises that together are to make another one."""
        return [cell for cell in self.targets if cell.meaning.part_of == code]

    def as_json(self) -> dict[str, Any]:
        """The cells for the journal."""
        lines = {one.code: one.amount_vnd for one in self.lines}
        needs = {f"{one.position}.{one.code}": one.amount_vnd for one in self.needs}
        return {
            "total": self.total_households,
            **{cell.code: cell.as_json() for cell in self.targets},
            **({"lines": lines} if lines else {}),
            **({"needs": needs} if needs else {}),
        }


def open_codes(cells: Cells) -> frozenset[str]:
    """The codes of the promises whose number is not known yet."""
    return frozenset(cell.code for cell in cells.targets if cell.is_open)


def needs_of(plan: Plan) -> tuple[NeedCell, ...]:
    """What the households a plan names need, those taken back from the promise left out."""
    rows = PlannedNeed.objects.filter(row__plan=plan, row__withdrawn=False)
    ordered = rows.select_related("row").order_by("row__position", "pk")
    return tuple(
        NeedCell(
            position=need.row.position,
            code=need.code,
            what=need.what,
            amount_vnd=need.amount_vnd,
            source=need.source,
            cap_vnd=need.cap_vnd,
            organiser=need.organiser,
            pk=need.pk,
        )
        for need in ordered
    )


def _target(row: PlanTarget, codes: dict[int, str], parts: list[PlanPart]) -> TargetCell:
    return TargetCell(
        code=row.code,
        opening=row.opening,
        reduction=row.reduction,
        stated_opening_rate=row.stated_opening_rate,
        stated_closing_rate=row.stated_closing_rate,
        value=row.value,
        value_to=row.value_to,
        base_count=row.base_count,
        parts=tuple(_part(part) for part in parts),
        meaning=Meaning(
            kind=_kind(row),
            aim=row.aim,
            part_of=codes.get(row.part_of_id or 0, ""),
            dimension=row.dimension,
            indicator=row.indicator,
            base_said=row.base_said,
            assigned_by=row.assigned_by,
        ),
    )


def _kind(row: PlanTarget) -> Kind:
    population = Population(
        counted=row.counted,
        classes=_classes(row.classes),
        subclass=row.subclass,
        group=row.group,
        registered_need=row.registered_need,
        age_from=row.age_from,
        age_to=row.age_to,
    )
    return Kind(population, row.measure, row.comparator, _base(row))


def _base(row: PlanTarget) -> Base | None:
    if not row.base_classes:
        return None
    population = Population(classes=_classes(row.base_classes), subclass=row.base_subclass)
    return Base(population, row.base_on, row.base_from, row.base_to, row.base_reach)


def _classes(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(",")))


def _part(row: PlanPart) -> PartCell:
    return PartCell(row.unit_id, row.unit.name, row.opening, row.reduction)


def _line(row: PlannedLine) -> LineCell:
    return LineCell(
        code=row.code,
        purpose=row.purpose,
        amount_vnd=row.amount_vnd,
        source=row.source,
        stage=row.stage,
        capital=row.capital,
        project=row.project,
        organiser=row.organiser,
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
