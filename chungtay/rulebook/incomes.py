"""Income against the line, in VND or in form points, and the two held against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chungtay.rulebook.conditions import Compare, leaves
from chungtay.rulebook.findings import Contradiction, IncomeFinding
from chungtay.rulebook.lawbook import ClassRule, Law, Standard, Threshold
from chungtay.rulebook.plain import ONE, Interval, Kleene
from chungtay.rulebook.telling import Told
from chungtay.rulebook.wording import Joined, Sentence, catalogued, vi_number

AREA_LABELS = {"rural": catalogued("nông thôn"), "urban": catalogued("thành thị")}
INCOME_VND = "income_per_person_vnd"
INCOME_POINTS = "income_points"
Figure = int | Decimal


class Line:
    """A line of the law that a figure of income is held against, with its sentence made ready."""

    def __init__(
        self, law: Law, fact: str, times: int, threshold: Threshold, area: str | None
    ) -> None:
        self._fact, self._times, self._unit = law.facts[fact], times, threshold.unit
        fixed = {
            "line": threshold.written.get(area, threshold.written[None]),
            "unit": threshold.unit,
            "area": AREA_LABELS.get(area or "", catalogued("chưa rõ khu vực")),
            "reference": threshold.reference,
        }
        self._said = {
            True: {"verb": catalogued("không vượt"), **fixed},
            False: {"verb": catalogued("vượt"), **fixed},
        }

    def reason(self, figure: Figure | None, low: bool) -> Sentence:
        """The figure held against the line, in a whole sentence."""
        return Sentence(
            "{figure}, {verb} mức {line} {unit} ({area}; {reference}).",
            figure=self._in_words(figure),
            **self._said[low],
        )

    def _in_words(self, figure: Figure | None) -> Sentence:
        """A figure with its unit, and in the unit of the line where that differs."""
        label, unit = self._fact.label, self._fact.unit
        number = catalogued("chưa rõ") if figure is None else vi_number(figure)
        if self._times == 1 or figure is None:
            return Sentence("{label} {number} {unit}", label=label, number=number, unit=unit)
        return Sentence(
            "{label} {number} {unit}, tức {same} {other_unit}",
            label=label,
            number=number,
            unit=unit,
            same=vi_number(figure * self._times),
            other_unit=self._unit,
        )


@dataclass(frozen=True)
class Further:
    """A line that a class rests on besides the tests of income, such as the lower of two."""

    condition: Compare
    bounds: Interval | None
    line: Line

    def reason(self, told: Told) -> Sentence | None:
        """What the household's figure is to the line; None where that is not known."""
        figure = told.answer(self.condition.fact)
        size = told.answer("household_size") if self.condition.per_member else ONE
        if figure is None or size is None or self.bounds is None:
            return None
        held, (least, most) = figure * self.condition.times, self.bounds
        if held <= least * size:
            return self.line.reason(figure, low=True)
        return self.line.reason(figure, low=False) if held > most * size else None


class Incomes:
    """The income lines of a standard on a day and in an area."""

    def __init__(
        self,
        law: Law,
        standard: Standard,
        thresholds: Mapping[str, Threshold],
        area: str | None,
    ) -> None:
        self._law, self._thresholds, self._area = law, thresholds, area
        self.tests = standard.income
        self._lines = [self._line(one.fact, one.line, one.times) for one in self.tests]
        vnd = self._of(INCOME_VND)
        self.vnd, self.points = None if vnd is None else int(vnd), self._of(INCOME_POINTS)
        tested = {(one.fact, one.line) for one in self.tests}
        self._further = {one.name: tuple(self._furthers(one, tested)) for one in standard.classes}

    def finding(self, lows: Sequence[Kleene], told: Told) -> IncomeFinding:
        """Income against its lines, given what each test says."""
        decided = [place for place, low in enumerate(lows) if low is not None]
        vnd, points = told.answer(INCOME_VND), told.answer(INCOME_POINTS)
        return IncomeFinding(
            low=lows[decided[0]] if decided else None,
            per_person_vnd=None if vnd is None else int(vnd),
            line_vnd=self.vnd,
            points=None if points is None else Decimal(points),
            points_line=self.points,
            reasons=tuple([self._reason(place, lows, told) for place in decided]),
            reference=self._thresholds[self.tests[decided[0]].line].reference if decided else None,
        )

    def further(self, class_name: str, told: Told) -> list[Sentence]:
        """The further lines that a decided class rests on."""
        said = [one.reason(told) for one in self._further[class_name]]
        return [one for one in said if one is not None]

    def contradiction(self, lows: Sequence[Kleene], told: Told) -> Contradiction:
        """Two figures of which one is low and the other is not."""
        decided = [place for place, low in enumerate(lows) if low is not None]
        reasons = [self._reason(place, lows, told).unended() for place in decided]
        sentence = Sentence(
            "Hai số về thu nhập trái nhau: {said}. Hãy xem lại phiếu và sửa một trong hai số.",
            said=Joined(tuple(reasons), "; "),
        )
        return Contradiction(tuple(self.tests[place].fact for place in decided), sentence)

    def _reason(self, place: int, lows: Sequence[Kleene], told: Told) -> Sentence:
        return self._lines[place].reason(told.answer(self.tests[place].fact), bool(lows[place]))

    def _line(self, fact: str, value: str, times: int) -> Line:
        return Line(self._law, fact, times, self._thresholds[value], self._area)

    def _bounds(self, value: str) -> Interval | None:
        spans = self._thresholds[value].spans
        return spans[self._area] if self._area in spans else spans[None]

    def _of(self, fact: str) -> Decimal | None:
        for test in self.tests:
            if test.fact == fact:
                bounds = self._bounds(test.line)
                one = bounds and bounds[0] == bounds[1]
                return in_unit_of_fact(bounds[0], test.times) if bounds and one else None
        return None

    def _furthers(self, rule: ClassRule, tested: set[tuple[str, str]]) -> list[Further]:
        return [
            Further(one, self._bounds(one.value), self._line(one.fact, one.value, one.times))
            for one in leaves(rule.when)
            if isinstance(one, Compare)
            and one.fact == INCOME_VND
            and (one.fact, one.value) not in tested
        ]


def in_unit_of_fact(line: Decimal, times: int) -> Decimal:
    """A line in the unit of the fact held against it: of a year's, the highest month's below."""
    return line if times == 1 else Decimal(int(line / times))
