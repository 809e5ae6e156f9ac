"""Each indicator of a household: deprived, not deprived or not known, with the reason in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache, partial
from string import Formatter
from typing import Any

from chungtay.rulebook.asking import indicator_missing
from chungtay.rulebook.conditions import AnyMember, Condition, ShareAbove, parts_of
from chungtay.rulebook.evaluating import Who, truth
from chungtay.rulebook.findings import Missing
from chungtay.rulebook.judging import FEW_VALUED
from chungtay.rulebook.lawbook import Indicator, Law, Reference
from chungtay.rulebook.once import once
from chungtay.rulebook.plain import Kleene, Plain, called
from chungtay.rulebook.wording import Joined, Sentence, catalogued, vi_number

# what an indicator says of a household, and the article it says it by
WITH_ARTICLE = "{said} ({reference})"


class DeprivationFinding:
    """One indicator of one household; ``deprived`` is None where it is not known.

    What it says and what it asks is put together when it is read.
    """

    def __init__(
        self,
        indicator: Indicator,
        deprived: Kleene,
        said: Callable[[], tuple[Sentence, ...]],
        asked: Callable[[], tuple[Missing, ...]],
    ) -> None:
        self.indicator, self.deprived = indicator, deprived
        self._said, self._asked = said, asked

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.indicator.code

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.indicator.name

    @property
    def dimension(self) -> str:
        """The dimension it belongs to."""
        return self.indicator.dimension

    @property
    def reference(self) -> Reference:
        """The article it rests on."""
        return self.indicator.reference

    @property
    def verified(self) -> bool:
        """Whether the article's text was compared."""
        return self.indicator.reference.verified

    @once
    def reasons(self) -> tuple[Sentence, ...]:
        """Why it is so, in sentences."""
        return self._said()

    @once
    def missing(self) -> tuple[Missing, ...]:
        """What must be asked to decide it; nothing if it is decided."""
        return self._asked()


def deprivation(indicator: Indicator, plain: Plain) -> DeprivationFinding:
    """Decide one indicator: by its rule over the named facts, else by the ready-made answer."""
    ruled = truth(indicator.when, plain) if indicator.when else None
    if indicator.unless is not None and truth(indicator.unless, plain) is True:
        ruled = False
    return decided(indicator, plain, ruled, ready_made(indicator, plain))


def decided(indicator: Indicator, plain: Plain, ruled: Kleene, noted: Kleene) -> DeprivationFinding:
    """One indicator, given what its rule says and what was noted of it."""
    deprived = noted if ruled is None else ruled
    said = partial(_reasons, indicator, plain, ruled, noted)
    asked = tuple if deprived is not None else partial(indicator_missing, indicator, plain)
    return DeprivationFinding(indicator, deprived, said, asked)


def rests_on(indicator: Indicator, ruled: bool, law: Law) -> tuple[str, ...] | None:
    """The few-valued answers that make up a sentence; None if members or numbers stand in it."""
    fields = fields_of(indicator.deprived if ruled else indicator.not_deprived)
    facts = [law.facts.get(name) for name in fields]
    few = all(one and one.scope == "household" and one.type in FEW_VALUED for one in facts)
    return fields if few else None


def for_all(found: DeprivationFinding) -> DeprivationFinding:
    """A decided finding with its sentence put together, for every household it is true of."""
    said = found.reasons
    return DeprivationFinding(found.indicator, found.deprived, lambda: said, tuple)


def ready_made(indicator: Indicator, plain: Plain) -> Kleene:
    """The indicator as noted on a list, where the rule is known to be the one noted."""
    if indicator.ready_made is None or indicator.when is None:
        return None
    answer = plain.answer(indicator.ready_made)
    return answer if isinstance(answer, bool) else None


def deprived_members(condition: Condition | None, plain: Plain) -> list[Sentence]:
    """The members for whom the rule holds, with their ages, for a sentence."""
    match condition:
        case AnyMember(who) | ShareAbove(_, who):
            found = plain.each_member(Who(who))
            both = zip(plain.facts.members, found, strict=True)
            return [called(member, plain) for member, one in both if one]
        case None:
            return []
    names: dict[str, Sentence] = {}
    for part in parts_of(condition):
        names.update({str(one): one for one in deprived_members(part, plain)})
    return list(names.values())


def filled(template: str, indicator: Indicator, plain: Plain) -> Sentence:
    """A sentence of an indicator with its members, counts and answers filled in."""
    fields = fields_of(template)
    if not fields:
        return alike(template)
    values: dict[str, Any] = {}
    for name in fields:
        match name:
            case "members" | "count":
                members = _named(indicator, plain)
                values["members"] = members or catalogued("thành viên còn thiếu")
                values["count"] = len(members.parts)
            case "size":
                size = plain.number("household_size")
                values["size"] = vi_number(size[0]) if size else catalogued("chưa rõ")
            case "area_per_person":
                values["area_per_person"] = _area_per_person(plain)
            case _:
                values[name] = answer_label(name, plain)
    return Sentence(template, **values)


def _named(indicator: Indicator, plain: Plain) -> Joined:
    """The members who lack an indicator, named once for what is said and what would mend it."""
    named = plain.kept.named
    if indicator.code not in named:
        named[indicator.code] = Joined(tuple(deprived_members(indicator.when, plain)))
    return named[indicator.code]


@lru_cache(maxsize=1024)
def alike(template: str) -> Sentence:
    """A sentence of the law that says the same of every household."""
    return Sentence(template)


@lru_cache(maxsize=1024)
def fields_of(template: str) -> tuple[str, ...]:
    """The names in braces of a sentence of the law."""
    found = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    return tuple(dict.fromkeys(found))


def _area_per_person(plain: Plain) -> str:
    size, area = plain.number("household_size"), plain.number("house_area_m2")
    if size and area and size[0]:
        return vi_number(round(area[0] / size[0], 2))
    return catalogued("chưa rõ")


def answer_label(name: str, plain: Plain) -> str | Joined:
    """An answer in words."""
    answer = plain.answer(name)
    labels = plain.law.labels[name]
    match answer:
        case None:
            return catalogued("chưa rõ")
        case bool():
            return catalogued("có") if answer else catalogued("không")
        case Decimal():
            return vi_number(answer)
        case frozenset():
            chosen = tuple(labels[one] for one in sorted(answer))
            return Joined(chosen) or catalogued("không có gì")
    return labels.get(answer, answer)


def _reasons(
    indicator: Indicator, plain: Plain, ruled: Kleene, noted: Kleene
) -> tuple[Sentence, ...]:
    if ruled is None and noted is None:
        return ()
    if ruled is None:
        text = "Danh sách ghi sẵn: {said} “{name}” ({reference})."
        return (_noted(text, indicator, noted),)
    template = indicator.deprived if ruled else indicator.not_deprived
    sentence = filled(template, indicator, plain)
    found = [Sentence(WITH_ARTICLE, said=sentence, reference=indicator.reference)]
    if noted is not None and noted != ruled:
        text = (
            "Danh sách ghi sẵn {said} “{name}” ({code}), trái với các câu trả lời; kết luận theo "
            "các câu trả lời. Hãy kiểm tra lại với hộ."
        )
        found.append(_noted(text, indicator, noted))
    return tuple(found)


def _noted(text: str, indicator: Indicator, noted: Kleene) -> Sentence:
    return Sentence(
        text,
        said=catalogued("thiếu hụt") if noted else catalogued("không thiếu hụt"),
        name=indicator.name,
        code=indicator.ready_made,
        reference=indicator.reference,
    )
