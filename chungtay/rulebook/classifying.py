"""From the facts of a household to its class under a standard, with reasons (the finding)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chungtay.rulebook.asking import Blank, blanks, missing_of, unique
from chungtay.rulebook.deprivations import (
    DeprivationFinding,
    contrary,
    noted_finding,
    open_finding,
)
from chungtay.rulebook.findings import CLASS_LABELS, Count, Flip, IncomeFinding, Missing
from chungtay.rulebook.flipping import Decided, flips
from chungtay.rulebook.household import HouseholdFacts
from chungtay.rulebook.incomes import INCOME_VND
from chungtay.rulebook.judging import Judged
from chungtay.rulebook.lawbook import ClassRule, Law, Reference, Standard
from chungtay.rulebook.once import once
from chungtay.rulebook.plain import Kleene, Plain
from chungtay.rulebook.rules import Rules, rules_of
from chungtay.rulebook.telling import Told
from chungtay.rulebook.wording import OR, Joined, Sentence, catalogued, vi_date

CUT_OFF = "cut_off"
POINTS_EACH = "deprivation_points"


def find(law: Law, standard: Standard, facts: HouseholdFacts) -> Finding:
    """Class a household under a standard on the day of its facts.

    Contradiction if two income figures disagree, AnswerError if an answer is not allowed.
    """
    rules = rules_of(law, standard, facts.on, facts.area)
    judged = rules.judge(facts)
    low = _low(rules, facts, judged)
    deprived = judged.deprived
    least = deprived.count(True)
    count = least, least + deprived.count(None)
    possible = rules.judge.classes(low, *count, judged.inputs)
    return Finding(rules, facts, judged, low, count, possible)


def _low(rules: Rules, facts: HouseholdFacts, judged: Judged) -> Kleene:
    """Whether income is low by every figure given; Contradiction if two figures disagree."""
    lows = judged.lows
    if True in lows:
        if False in lows:
            raise rules.incomes.contradiction(lows, Told(rules.law, facts, judged))
        return True
    return False if False in lows else None


class Finding:
    """The class of a household under a standard on a date, computed, with everything behind it.

    The class and the indicators are decided when it is made; sentences are put together when they
    are read, because most findings are only counted.
    """

    def __init__(
        self,
        rules: Rules,
        facts: HouseholdFacts,
        judged: Judged,
        low: Kleene,
        count: Count,
        possible: tuple[str, ...],
    ) -> None:
        self._rules, self._facts, self._judged = rules, facts, judged
        self.income_low, self.deprivation_count, self.possible_classes = low, count, possible
        self.household_class = possible[0] if len(possible) == 1 else "unknown"
        self.deprived = judged.deprived

    @property
    def standard_id(self) -> str:
        """The standard it is found under."""
        return self._rules.standard.id

    @property
    def on(self) -> date:
        """The day it is true of."""
        return self._facts.on

    @property
    def codes(self) -> Sequence[str]:
        """The codes of the indicators, in the standard's order."""
        return self._rules.standard.codes

    @once
    def _told(self) -> Told:
        """What was found, for sentences."""
        return Told(self._rules.law, self._facts, self._judged)

    @once
    def _plain(self) -> Plain:
        """The household to be asked again, knowing already what was found of its members."""
        rules, judged = self._rules, self._judged
        plain = Plain(rules.law, rules.thresholds, self._facts)
        judge = rules.judge
        found = zip(judge.asked_of_members, judged.columns, strict=True)
        plain.kept.found = dict(zip(judge.names_of_asked, found, strict=True))
        for name, answer in judged.answers.items():
            plain.kept.answers[name] = Decimal(answer) if answer.__class__ is int else answer
        return plain

    @once
    def deprivations(self) -> tuple[DeprivationFinding, ...]:
        """Every indicator of the standard, in its order."""
        judged, sayings, told = self._judged, self._rules.telling.sayings, self._told
        if judged.simple:
            both = zip(sayings, judged.ruled, strict=True)
            return tuple([one[ruled].found(told) for one, ruled in both])
        return tuple(map(self._indicator, range(len(sayings))))

    def _indicator(self, place: int) -> DeprivationFinding:
        ruled, noted = self._judged.ruled[place], self._judged.noted[place]
        indicator = self._rules.standard.indicators[place]
        if ruled is not None:
            found = self._rules.telling.sayings[place][ruled].found(self._told)
            return found if noted is None or noted is ruled else contrary(found, noted)
        if noted is not None:
            return noted_finding(indicator, noted)
        return open_finding(indicator, lambda: self._plain)

    @once
    def income(self) -> IncomeFinding:
        """Income against the line."""
        return self._rules.incomes.finding(self._judged.lows, self._told)

    @once
    def deprivation_points(self) -> tuple[int, int] | None:
        """The least and the most points of form B2; None where the standard counts none."""
        each = self._rules.bounds.get(POINTS_EACH)
        least, most = self.deprivation_count
        return (int(least * each[0]), int(most * each[0])) if each else None

    @once
    def reasons(self) -> tuple[Sentence, ...]:
        """Why it is this class."""
        reasons = list(self.income.reasons)
        if len(self.possible_classes) == 1:
            reasons += self._rules.incomes.further(self.possible_classes[0], self._told)
        if self.income_low is not False and self._count_matters():
            reasons.append(self._counted())
        reasons.append(self._concluded())
        return tuple(reasons)

    def _count_matters(self) -> bool:
        """Whether the number of deprivations has a part in the class at this income."""
        all_of_them = len(self._judged.deprived)
        possible = self._rules.judge.classes(self.income_low, 0, all_of_them, self._judged.inputs)
        return len(possible) != 1

    def _counted(self) -> Sentence:
        key = "counted", self._judged.deprived
        known: Sentence | None = self._rules.said.get(key)
        if known is None:
            known = _count_reason(self._rules, self._judged.deprived)
            self._rules.keep(key, known)
        return known

    def _concluded(self) -> Sentence:
        key = "concluded", self.possible_classes, self.income_low is False
        known: Sentence | None = self._rules.said.get(key)
        if known is None:
            rules = [
                one for one in self._rules.standard.classes if one.name in self.possible_classes
            ]
            known = _conclusion(rules, self.income_low)
            self._rules.keep(key, known)
        return known

    @once
    def missing(self) -> tuple[Missing, ...]:
        """What must be asked to decide the class."""
        if len(self.possible_classes) == 1:
            return ()
        least, most = self.deprivation_count
        count = Decimal(least), Decimal(most)
        plain = self._plain.with_derived(income_low=self.income_low, deprivations=count)
        return _missing(self._rules.standard, plain, self.deprivations)

    @once
    def flips(self) -> tuple[Flip, ...]:
        """What single change would make a decided class another one."""
        if len(self.possible_classes) != 1:
            return ()
        return flips(
            Decided(
                self._rules,
                self._told,
                self.possible_classes[0],
                self.income_low,
                self.deprivation_count,
            )
        )

    @once
    def notes(self) -> tuple[Sentence, ...]:
        """What must be known of the standard itself."""
        known: tuple[Sentence, ...] | None = self._rules.said.get("notes")
        if known is None:
            known = _notes(self._rules.standard, self._facts)
            self._rules.keep("notes", known)
        return known

    @once
    def references(self) -> tuple[Reference, ...]:
        """The articles it rests on."""
        key = "references", self.possible_classes, self._judged.lows
        known: tuple[Reference, ...] | None = self._rules.said.get(key)
        if known is None:
            known = tuple(dict.fromkeys(self._references()))
            self._rules.keep(key, known)
        return known

    def _references(self) -> list[Reference]:
        standard = self._rules.standard
        used = [rule.reference for rule in standard.classes if rule.name in self.possible_classes]
        if self.income.reference:
            used.insert(0, self.income.reference)
        if self.income_low is not False:
            used += [one.reference for one in standard.indicators]
        return used

    @property
    def verified(self) -> bool:
        """Whether the text of every article it rests on was compared."""
        return all(reference.verified for reference in self.references)

    @property
    def income_per_person_vnd(self) -> int | None:
        """Income per person, VND a month, if it was given."""
        return self.income.per_person_vnd

    @property
    def income_line_vnd(self) -> int | None:
        """The income line of the area, VND per person a month, if both are known."""
        return self.income.line_vnd

    @property
    def income_points(self) -> Decimal | None:
        """Form B1 points, if they were given."""
        return self.income.points

    @property
    def deprived_codes(self) -> tuple[str, ...]:
        """The codes of the indicators that are surely deprived."""
        return tuple(
            code for code, deprived in zip(self.codes, self.deprived, strict=True) if deprived
        )


def _conclusion(rules: Sequence[ClassRule], low: Kleene) -> Sentence:
    articles = ", ".join(dict.fromkeys(str(rule.reference) for rule in rules))
    names = Joined(tuple(CLASS_LABELS[rule.name] for rule in rules), OR)
    text = "Vì vậy là {names} ({articles})."
    if len(rules) != 1:
        text = "Chưa đủ dữ kiện để kết luận; có thể là {names} ({articles})."
        if low is False:
            text = (
                "Không phải hộ nghèo, không phải hộ cận nghèo; chưa đủ dữ kiện để biết là {names} "
                "({articles})."
            )
    return Sentence(text, names=names, articles=articles)


def _count_reason(rules: Rules, found: Sequence[Kleene]) -> Sentence:
    both = list(zip(rules.standard.indicators, found, strict=True))
    deprived = [one.name for one, lacking in both if lacking]
    unknown = [one.name for one, lacking in both if lacking is None]
    limit = rules.bounds[CUT_OFF]
    return Sentence(
        "Thiếu hụt {count} trên {all} chỉ số{names}{unknown}; ngưỡng hộ nghèo là từ {cut_off} "
        "chỉ số ({reference}).",
        count=len(deprived),
        all=len(both),
        names=Sentence(" ({names})", names=Joined(tuple(deprived))) if deprived else "",
        unknown=Sentence(
            ", chưa rõ {count} ({names})", count=len(unknown), names=Joined(tuple(unknown))
        )
        if unknown
        else "",
        cut_off=limit[0] if limit else catalogued("chưa rõ"),
        reference=rules.thresholds[CUT_OFF].reference,
    )


def _missing(
    standard: Standard, plain: Plain, found: Sequence[DeprivationFinding]
) -> tuple[Missing, ...]:
    waiting: list[Blank] = []
    for rule in standard.classes:
        waiting += blanks(rule.when, plain)
    asked: list[Missing] = []
    for blank in unique(waiting):
        if blank.name == "income_low":
            asked += _income_missing(standard, plain)
        elif blank.name == "deprivations":
            asked += [missing for one in found for missing in one.missing]
        else:
            asked.append(missing_of(blank, plain))
    kept: dict[tuple[str, str | None], Missing] = {}
    for missing in asked:
        kept.setdefault((missing.fact, missing.member), missing)
    return tuple(kept.values())


def _income_missing(standard: Standard, plain: Plain) -> list[Missing]:
    tests = [test for test in standard.income if plain.number(test.fact) is not None]
    waiting = unique(blank for test in tests for blank in blanks(test.low, plain))
    asked = [missing_of(blank, plain) for blank in waiting]
    if all(blank.kind != "area" for blank in waiting):
        sentence = Sentence(
            "Thu nhập bình quân đầu người một tháng của hộ là bao nhiêu đồng, hoặc tổng điểm B1 "
            "của phiếu B là bao nhiêu?"
        )
        asked.append(Missing(INCOME_VND, None, sentence))
    return asked


def _notes(standard: Standard, facts: HouseholdFacts) -> tuple[Sentence, ...]:
    notes = [Sentence("{note}", note=standard.note)] if standard.note else []
    if not standard.holds_on(facts.on):
        notes.append(
            Sentence(
                "Ngày {on} nằm ngoài thời gian áp dụng của {standard}; đây chỉ là tính thử.",
                on=vi_date(facts.on),
                standard=standard.name,
            )
        )
    return tuple(notes)
