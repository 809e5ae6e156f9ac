"""What must still be asked: the blanks that keep a condition from being decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chungtay.rulebook.conditions import AnyMember, Compare, Condition, ShareAbove, parts_of
from chungtay.rulebook.evaluating import Who, truth
from chungtay.rulebook.findings import Missing
from chungtay.rulebook.household import MemberFacts
from chungtay.rulebook.lawbook import Indicator
from chungtay.rulebook.plain import Plain
from chungtay.rulebook.wording import Sentence

AGES = ("age_years", "age_months")


@dataclass(frozen=True)
class Blank:
    """An unknown: a fact (of a member), the list of members, the area, or a value of the law."""

    kind: str
    name: str
    member: MemberFacts | None = None


def blanks(condition: Condition, plain: Plain) -> Iterator[Blank]:
    """The unknowns that a still undecided condition waits for, in the order of its parts."""
    if truth(condition, plain) is not None:
        return
    match condition:
        case Compare():
            yield from _compare_blanks(condition, plain)
        case AnyMember(who) | ShareAbove(_, who):
            if not plain.facts.members:
                yield Blank("members", "members")
            found = plain.each_member(Who(who))
            for member, one in zip(plain.facts.members, found, strict=True):
                if one is None:
                    yield from _member_blanks(who, member, plain)
        case _ if parts_of(condition):
            for part in parts_of(condition):
                yield from blanks(part, plain)
        case _:
            yield Blank("fact", getattr(condition, "fact", ""), plain.member)


def _compare_blanks(condition: Compare, plain: Plain) -> Iterator[Blank]:
    bounds = plain.bounds(condition.value)
    if bounds is None:
        yield Blank("value", condition.value)
        return
    if plain.number(condition.fact) is None:
        name = "birth" if condition.fact in AGES else condition.fact
        yield Blank("fact", name, plain.member)
    elif bounds[0] != bounds[1]:
        yield Blank("area", "area")
    elif condition.fact in plain.derived:
        yield Blank("fact", condition.fact)
    if condition.per_member and plain.number("household_size") is None:
        yield Blank("fact", "household_size")


def _member_blanks(who: Condition, member: MemberFacts, plain: Plain) -> Iterator[Blank]:
    found = set()
    for scope in plain.ages(member):
        found.add(truth(who, scope))
        yield from blanks(who, scope)
    if len(found) > 1:
        yield Blank("fact", "birth", member)


def indicator_missing(indicator: Indicator, plain: Plain) -> tuple[Missing, ...]:
    """What to ask so that an undecided indicator is decided."""
    if indicator.when is None:
        sentence = Sentence(
            "Ngưỡng thiếu hụt của chỉ số “{name}” theo {number} chưa có trong văn bản đã nạp nên "
            "chưa kết luận được; cần nạp văn bản rồi tính lại.",
            name=indicator.name,
            number=indicator.reference.number,
        )
        return (Missing(indicator.code, None, sentence, indicator.code),)
    found = unique(blanks(indicator.when, plain))
    return tuple(_as_missing(blank, plain, indicator) for blank in found)


def unique(found: Iterable[Blank]) -> list[Blank]:
    """The blanks without repeats, in order."""
    kept: dict[tuple[str, str, str | None], Blank] = {}
    for blank in found:
        member = blank.member.key if blank.member else None
        kept.setdefault((blank.kind, blank.name, member), blank)
    return list(kept.values())


def _as_missing(blank: Blank, plain: Plain, indicator: Indicator) -> Missing:
    if blank.kind == "members" and indicator.ready_made:
        sentence = Sentence(
            "Cần biết hộ có thiếu hụt chỉ số “{name}” không: ghi {code} là 1 hoặc 0, "
            "hoặc nhập các thành viên của hộ.",
            name=indicator.name,
            code=indicator.ready_made,
        )
        return Missing(indicator.ready_made, None, sentence, indicator.code)
    return missing_of(blank, plain, indicator.code)


def missing_of(blank: Blank, plain: Plain, indicator: str | None = None) -> Missing:
    """A blank as something to ask, in a whole sentence."""
    if blank.kind == "value":
        label = plain.thresholds[blank.name].label
        sentence = Sentence(
            "“{label}” chưa có trong văn bản đã nạp cho thời gian này; cần nạp văn bản rồi "
            "tính lại.",
            label=label,
        )
        return Missing(blank.name, None, sentence, indicator)
    if blank.kind == "area":
        return Missing("area", None, Sentence("Hộ ở khu vực nông thôn hay thành thị?"), indicator)
    if blank.kind == "members":
        return Missing("members", None, Sentence("Hộ gồm những thành viên nào?"), indicator)
    question = plain.law.facts[blank.name].question
    if blank.member is None:
        return Missing(blank.name, None, Sentence("{question}", question=question), indicator)
    sentence = Sentence("{who}: {question}", who=blank.member.called, question=question)
    return Missing(blank.name, blank.member.key, sentence, indicator)
