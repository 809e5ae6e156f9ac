"""What is known of a household on a date: the only input of a finding besides the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.schema import Fact
from chungtay.rulebook.wording import Sentence, catalogued

Answer = bool | str | Decimal | frozenset[str] | None


class AnswerError(ValueError):
    """An answer that the vocabulary of facts does not allow; the message says what it allows."""

    def __init__(self, fact: str, sentence: Sentence) -> None:
        self.fact, self.sentence = fact, sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class MemberFacts:
    """One person: birth (whole or partial), sex, and answers by fact name; None is not known."""

    key: str
    birth: PartialDate | None
    sex: str | None
    answers: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""

    @property
    def called(self) -> str | Sentence:
        """The name to use in a sentence."""
        return self.name or Sentence("thành viên {key}", key=self.key)

    def age_months_on(self, on: date) -> tuple[int, int] | None:
        """The least and the greatest age in completed months; None if no birth date is known."""
        return None if self.birth is None else self.birth.months_on(on)


@dataclass(frozen=True)
class HouseholdFacts:
    """A household on a date: area rural, urban or None, its answers and its members."""

    on: date
    area: str | None
    answers: Mapping[str, Any] = field(default_factory=dict)
    members: tuple[MemberFacts, ...] = ()


def household_answer(fact: Fact, facts: HouseholdFacts) -> Answer:
    """The checked answer of a household; its size is counted where the members are known."""
    if fact.name == "household_size" and facts.members:
        return Decimal(len(facts.members))
    return checked_answer(fact, facts.answers.get(fact.name))


def member_answer(fact: Fact, member: MemberFacts) -> Answer:
    """The checked answer of a member; sex is a field of the person."""
    return checked_answer(fact, member.sex if fact.name == "sex" else member.answers.get(fact.name))


def checked_answer(fact: Fact, raw: Any) -> Answer:
    """An answer as the evaluators take it; AnswerError if the vocabulary does not allow it."""
    if raw is None or raw == "":
        return None
    if fact.type == "yes_no" and isinstance(raw, bool):
        return raw
    if fact.type == "choice" and isinstance(raw, str):
        return _choice(fact, raw)
    if fact.type == "choices" and isinstance(raw, list | tuple | set | frozenset):
        return frozenset(str(_choice(fact, str(one))) for one in raw)
    if fact.type in ("money", "whole", "number"):
        return _number(fact, raw)
    raise AnswerError(fact.name, _not_allowed(fact, raw))


def _choice(fact: Fact, raw: str) -> str | None:
    for option in fact.options:
        if option.code == raw:
            return None if option.not_known else raw
    raise AnswerError(fact.name, _not_allowed(fact, raw))


def _number(fact: Fact, raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        raise AnswerError(fact.name, _not_allowed(fact, raw))
    number = Decimal(str(raw))
    if not number.is_finite() or number < 0 or number.adjusted() > 15:
        raise AnswerError(fact.name, _not_allowed(fact, raw))
    if number != round(number, fact.decimals):
        raise AnswerError(
            fact.name,
            Sentence(
                "“{label}” ghi nhiều nhất {digits} chữ số lẻ, đang ghi “{raw}”; hãy làm tròn lại.",
                label=fact.label,
                digits=fact.decimals,
                raw=raw,
            ),
        )
    return number


def _not_allowed(fact: Fact, raw: Any) -> Sentence:
    allowed = {
        "yes_no": catalogued("có hoặc không"),
        "money": catalogued("một số đồng nguyên, không âm"),
        "whole": catalogued("một số nguyên, không âm"),
        "number": catalogued("một số không âm"),
    }.get(fact.type, ", ".join(option.code for option in fact.options))
    return Sentence(
        "“{label}” không nhận giá trị “{raw}”; hãy ghi: {allowed}.",
        label=fact.label,
        raw=raw,
        allowed=allowed,
    )
