"""From the facts of a household to its class under a standard, with reasons (the finding)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from chungtay.rulebook.asking import Blank, blanks, missing_of, unique
from chungtay.rulebook.conditions import Compare, leaves
from chungtay.rulebook.deprivations import DeprivationFinding, decided, for_all, rests_on
from chungtay.rulebook.findings import CLASS_LABELS, Finding, Flip, IncomeFinding, Missing
from chungtay.rulebook.flipping import Count, Decided, flips
from chungtay.rulebook.household import HouseholdFacts
from chungtay.rulebook.incomes import INCOME_VND, income, income_lines, line_reason, low_by
from chungtay.rulebook.judging import Judged, Rules, rules_of
from chungtay.rulebook.lawbook import ClassRule, Law, Reference, Standard
from chungtay.rulebook.once import once
from chungtay.rulebook.plain import Kleene, Plain
from chungtay.rulebook.wording import OR, Joined, Sentence, catalogued, vi_date

CUT_OFF = "cut_off"
POINTS_EACH = "deprivation_points"
NEVER_ASKED = object()


def find(law: Law, standard: Standard, facts: HouseholdFacts) -> Finding:
    """Class a household under a standard on the day of its facts.

    Contradiction if two income figures disagree, AnswerError if an answer is not allowed.
    """
    rules = rules_of(law, standard, facts.on, facts.area)
    judged = rules.judge(facts)
    reasoning = Reasoning(law, standard, facts, rules, judged)
    deprived = judged.deprived
    least = deprived.count(True)
    count = least, least + deprived.count(None)
    low = low_by(standard, judged.lows, lambda: reasoning.plain)
    possible = rules.judge.classes(low, *count, judged.inputs)
    reasoning.low, reasoning.count, reasoning.possible = low, count, possible
    return Finding(
        standard_id=standard.id,
        on=facts.on,
        possible_classes=possible,
        income_low=low,
        codes=standard.codes,
        deprived=deprived,
        deprivation_count=count,
        behind=reasoning,
    )


class Reasoning:
    """What stands behind a finding: put together from the rules when it is asked for."""

    low: Kleene
    count: Count
    possible: tuple[str, ...]

    def __init__(
        self, law: Law, standard: Standard, facts: HouseholdFacts, rules: Rules, judged: Judged
    ) -> None:
        self.law, self.standard, self.facts = law, standard, facts
        self.rules, self.judged = rules, judged

    @once
    def plain(self) -> Plain:
        """The household to be asked again, knowing already what was found of its members."""
        plain = Plain.of(self.law, self.standard, self.facts)
        judge = self.rules.judge
        found = zip(judge.asked_of_members, self.judged.columns, strict=True)
        plain.kept.found = dict(zip(judge.names_of_asked, found, strict=True))
        plain.kept.answers.update(self.judged.answers)
        return plain

    @once
    def found(self) -> tuple[DeprivationFinding, ...]:
        """Every indicator with what it says."""
        return tuple(map(self._indicator, range(len(self.standard.indicators))))

    def _indicator(self, place: int) -> DeprivationFinding:
        """One indicator; those that answered it alike share what is said."""
        indicator, judged, said = self.standard.indicators[place], self.judged, self.rules.said
        ruled, noted = judged.ruled[place], judged.noted[place]
        if ruled is None or noted is not None:
            return decided(indicator, self.plain, ruled, noted)
        fields = said.get(("fields", place, ruled), NEVER_ASKED)
        if fields is NEVER_ASKED:
            fields = said["fields", place, ruled] = rests_on(indicator, ruled, self.law)
        if fields is None:
            return decided(indicator, self.plain, ruled, noted)
        key = (place, ruled, *[judged.answers[name] for name in fields])
        if key not in said:
            said[key] = for_all(decided(indicator, self.plain, ruled, noted))
        known: DeprivationFinding = said[key]
        return known

    @once
    def tested(self) -> IncomeFinding:
        """Income against the line."""
        lines = self.rules.said.get("lines")
        if lines is None:
            lines = self.rules.said["lines"] = income_lines(self.standard, self.plain)
        return income(self.standard, self.judged.lows, lines, self.plain)

    def income(self) -> IncomeFinding:
        """Income against the line."""
        return self.tested

    def deprivations(self) -> tuple[DeprivationFinding, ...]:
        """Every indicator with its reasons."""
        return self.found

    def deprivation_points(self) -> tuple[int, int] | None:
        """The least and the most points of form B2; None where the standard counts none."""
        each = self.rules.bounds.get(POINTS_EACH)
        return (int(self.count[0] * each[0]), int(self.count[1] * each[0])) if each else None

    def reasons(self) -> tuple[Sentence, ...]:
        """Why it is this class."""
        reasons = list(self.tested.reasons)
        rules = [rule for rule in self.standard.classes if rule.name in self.possible]
        if len(rules) == 1:
            reasons += _line_reasons(self.standard, rules[0], self.plain)
        if self.low is not False and self._count_matters():
            reasons.append(_count_reason(self.plain, self.found))
        key = ("conclusion", self.possible, self.low is False)
        if key not in self.rules.said:
            self.rules.said[key] = _conclusion(rules, self.low)
        return (*reasons, self.rules.said[key])

    def _count_matters(self) -> bool:
        """Whether the number of deprivations has a part in the class at this income."""
        all_of_them = len(self.judged.deprived)
        possible = self.rules.judge.classes(self.low, 0, all_of_them, self.judged.inputs)
        return len(possible) != 1

    def missing(self) -> tuple[Missing, ...]:
        """What must be asked to decide the class."""
        if len(self.possible) == 1:
            return ()
        least, most = self.count
        count = Decimal(least), Decimal(most)
        plain = self.plain.with_derived(income_low=self.low, deprivations=count)
        return _missing(self.standard, plain, self.found)

    def flips(self) -> tuple[Flip, ...]:
        """What single change would make a decided class another one."""
        if len(self.possible) != 1:
            return ()
        return flips(
            Decided(
                self.standard,
                self.rules,
                self.plain,
                self.possible[0],
                self.low,
                self.judged.deprived,
                self.count,
                self.judged.inputs,
            )
        )

    def notes(self) -> tuple[Sentence, ...]:
        """What must be known of the standard itself."""
        return _notes(self.standard, self.facts)

    def references(self) -> tuple[Reference, ...]:
        """The articles it rests on."""
        key = ("references", self.possible, self.judged.lows)
        if key not in self.rules.said:
            self.rules.said[key] = tuple(dict.fromkeys(self._references()))
        known: tuple[Reference, ...] = self.rules.said[key]
        return known

    def _references(self) -> list[Reference]:
        used = [rule.reference for rule in self.standard.classes if rule.name in self.possible]
        if self.tested.reference:
            used.insert(0, self.tested.reference)
        if self.low is not False:
            used += [one.reference for one in self.standard.indicators]
        return used


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


def _line_reasons(standard: Standard, rule: ClassRule, plain: Plain) -> list[Sentence]:
    """The further income lines that a decided class rests on, such as the lower of two."""
    said = {(test.fact, test.line) for test in standard.income}
    lines = [
        one
        for one in leaves(rule.when)
        if isinstance(one, Compare) and one.fact == INCOME_VND and (one.fact, one.value) not in said
    ]
    return [
        line_reason(one.fact, one.value, one.times, low, plain)
        for one in lines
        if (low := plain.compare(replace(one, comparison="at_most"))) is not None
    ]


def _count_reason(plain: Plain, found: Sequence[DeprivationFinding]) -> Sentence:
    deprived = [one.name for one in found if one.deprived]
    unknown = [one.name for one in found if one.deprived is None]
    cut_off = plain.thresholds[CUT_OFF]
    limit = plain.bounds(CUT_OFF)
    return Sentence(
        "Thiếu hụt {count} trên {all} chỉ số{names}{unknown}; ngưỡng hộ nghèo là từ {cut_off} "
        "chỉ số ({reference}).",
        count=len(deprived),
        all=len(found),
        names=Sentence(" ({names})", names=Joined(tuple(deprived))) if deprived else "",
        unknown=Sentence(
            ", chưa rõ {count} ({names})", count=len(unknown), names=Joined(tuple(unknown))
        )
        if unknown
        else "",
        cut_off=limit[0] if limit else catalogued("chưa rõ"),
        reference=cut_off.reference,
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
