"""What the law says of a household in words: its sentences made ready once, filled for each one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from itertools import chain, compress
from operator import itemgetter
from string import Formatter
from typing import Any

from chungtay.rulebook.conditions import AnyMember, Condition, ShareAbove, parts_of
from chungtay.rulebook.deprivations import WITH_ARTICLE, DeprivationFinding
from chungtay.rulebook.household import HouseholdFacts, household_answer
from chungtay.rulebook.judging import Judge, Judged
from chungtay.rulebook.lawbook import Indicator, Law
from chungtay.rulebook.plain import MONTHS_PER_YEAR, Kleene
from chungtay.rulebook.source import HOUSEHOLD_SIZE
from chungtay.rulebook.wording import Joined, Sentence, catalogued, vi_number

FEW_VALUED = ("yes_no", "choice", "choices")
HOUSE_AREA = "house_area_m2"
# the fields of a sentence that are worked out of answers
RESTS_ON = {"size": (HOUSEHOLD_SIZE,), "area_per_person": (HOUSE_AREA, HOUSEHOLD_SIZE)}
# What is kept of numbers has no bound in the law: then no memory comes back.
MOST_ALIKE = 4096
NOT_KNOWN = catalogued("chưa rõ")


class Told:
    """What was found of one household, for the sentences that speak of it."""

    __slots__ = ("_everybody", "_named", "answers", "facts", "judged", "law")

    def __init__(self, law: Law, facts: HouseholdFacts, judged: Judged) -> None:
        self.law, self.facts, self.judged = law, facts, judged
        self.answers = judged.answers
        self._everybody: list[Sentence] | None = None
        self._named: dict[tuple[int, ...], Joined] = {}

    def answer(self, name: str) -> Any:
        """The checked answer to a fact of the household, also one that no rule asks for."""
        try:
            return self.answers[name]
        except KeyError:
            return household_answer(self.law.facts[name], self.facts)

    def named(self, columns: tuple[int, ...]) -> Joined:
        """The members of whom one of the conditions is true, with their ages."""
        known = self._named.get(columns)
        if known is None:
            known = self._named[columns] = Joined(tuple(self._of_whom(columns)))
        return known

    def how_many(self, columns: tuple[int, ...]) -> int:
        """The number of members of whom one of the conditions is true."""
        if len(columns) == 1:
            return self.judged.columns[columns[0]].count(True)
        return len(self.named(columns).parts)

    def _of_whom(self, columns: tuple[int, ...]) -> Iterable[Sentence]:
        if self._everybody is None:
            both = zip(self.facts.members, self.judged.spans, strict=True)
            self._everybody = [
                Sentence("{who} ({age})", who=one.called, age=_age(span)) for one, span in both
            ]
        found = self.judged.columns
        if len(columns) == 1:
            return compress(self._everybody, found[columns[0]])
        of_whom = (compress(range(len(self._everybody)), found[column]) for column in columns)
        return [self._everybody[place] for place in dict.fromkeys(chain.from_iterable(of_whom))]


@lru_cache(maxsize=4096)
def _age(months: tuple[int, int] | None) -> Sentence:
    """An age for people to read: "17 tuổi", "5–6 tuổi", "chưa rõ tuổi"."""
    if months is None:
        return Sentence("chưa rõ tuổi")
    low, high = (one // MONTHS_PER_YEAR for one in months)
    return Sentence("{age} tuổi", age=low if low == high else f"{low}–{high}")


class Template:
    """A sentence of an indicator, with a way to fill each of its fields."""

    def __init__(self, text: str, law: Law, columns: tuple[int, ...]) -> None:
        self.text, self.fields = text, fields_of(text)
        self._fill = [(name, _filler(name, law, columns)) for name in self.fields]
        self._alike = None if self.fields else Sentence(text)

    def __call__(self, told: Told) -> Sentence:
        """The sentence about one household."""
        if self._alike is not None:
            return self._alike
        return Sentence(self.text, **{name: fill(told) for name, fill in self._fill})


class Saying:
    """Why an indicator is so, by what its rule says; alike for all who answered alike."""

    def __init__(
        self, indicator: Indicator, ruled: bool, law: Law, judge: Judge, columns: tuple[int, ...]
    ) -> None:
        self.indicator, self.ruled = indicator, ruled
        template = indicator.deprived if ruled else indicator.not_deprived
        self._template = Template(template, law, columns)
        self._alike = _answers_of(self._template.fields, judge)
        self._known: dict[Any, DeprivationFinding] = {}

    def found(self, told: Told) -> DeprivationFinding:
        """The indicator of a household of which the rule says so."""
        if self._alike is None:
            return self._found(told)
        answers = self._alike(told.answers)
        known = self._known.get(answers)
        if known is None:
            known = self._found(told)
            if len(self._known) < MOST_ALIKE:
                self._known[answers] = known
        return known

    def _found(self, told: Told) -> DeprivationFinding:
        """With its sentence, and the article it rests on."""
        said, article = self._template(told), self.indicator.reference
        reasons = (Sentence(WITH_ARTICLE, said=said, reference=article),)
        return DeprivationFinding(self.indicator, self.ruled, reasons)


class Telling:
    """The sentences of a standard's indicators: those that say why, and those that would mend."""

    def __init__(self, law: Law, indicators: Sequence[Indicator], judge: Judge) -> None:
        places = {name: place for place, name in enumerate(judge.names_of_asked)}
        columns = [tuple(dict.fromkeys(_columns(one.when, places))) for one in indicators]
        both = list(zip(indicators, columns, strict=True))
        self.sayings: list[dict[Kleene, Saying]] = [
            {ruled: Saying(one, ruled, law, judge, own) for ruled in (False, True)}
            for one, own in both
        ]
        self.mends = [Template(one.mend, law, own) for one, own in both]


def _answers_of(fields: Sequence[str], judge: Judge) -> Callable[[Mapping[str, Any]], Any] | None:
    """What picks the answers a sentence is made of; None if members stand in it."""
    if not fields:
        return lambda _: None
    answers = [fact for name in fields for fact in RESTS_ON.get(name, (name,))]
    return itemgetter(*answers) if judge.read.issuperset(answers) else None


def _columns(condition: Condition | None, places: Mapping[int, int]) -> Iterator[int]:
    """The places of the conditions that a rule asks of members, in its order."""
    match condition:
        case None:
            return
        case AnyMember(who) | ShareAbove(_, who):
            yield places[id(who)]
        case _:
            for part in parts_of(condition):
                yield from _columns(part, places)


@lru_cache(maxsize=1024)
def fields_of(template: str) -> tuple[str, ...]:
    """The names in braces of a sentence of the law."""
    found = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    return tuple(dict.fromkeys(found))


def _filler(name: str, law: Law, columns: tuple[int, ...]) -> Callable[[Told], Any]:
    match name:
        case "members":
            nobody = catalogued("thành viên còn thiếu")
            return lambda told: told.named(columns) or nobody
        case "count":
            return lambda told: told.how_many(columns)
        case "size":
            return _size
        case "area_per_person":
            return _area_per_person
    labels = law.labels[name]
    if law.facts[name].type not in FEW_VALUED:
        return partial(_written, name)
    return lambda told: _label(told.answer(name), labels)


def _written(name: str, told: Told) -> str:
    return _number_in_words(told.answer(name))


@lru_cache(maxsize=4096)
def _number_in_words(number: int | Decimal | None) -> str:
    return NOT_KNOWN if number is None else vi_number(number)


def _size(told: Told) -> str:
    return _written(HOUSEHOLD_SIZE, told)


def _area_per_person(told: Told) -> str:
    size, area = told.answer(HOUSEHOLD_SIZE), told.answer(HOUSE_AREA)
    return _quotient(area, size) if size and area is not None else NOT_KNOWN


@lru_cache(maxsize=4096)
def _quotient(whole: int | Decimal, parts: int | Decimal) -> str:
    return vi_number(round(Decimal(whole) / parts, 2))


def _label(answer: Any, labels: Mapping[str, str]) -> str | Joined:
    """An answer of few values in words."""
    match answer:
        case None:
            return NOT_KNOWN
        case bool():
            return catalogued("có") if answer else catalogued("không")
        case frozenset():
            chosen = tuple(labels[one] for one in sorted(answer))
            return Joined(chosen) or catalogued("không có gì")
    return labels.get(str(answer), str(answer))
