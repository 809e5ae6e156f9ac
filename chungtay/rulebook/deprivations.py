"""Each indicator of a household: deprived, not deprived or not known, with the reason in words."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from string import Formatter
from typing import Any

from chungtay.rulebook.asking import indicator_missing
from chungtay.rulebook.conditions import AnyMember, Condition, ShareAbove, parts_of
from chungtay.rulebook.evaluating import Who, truth
from chungtay.rulebook.findings import DeprivationFinding
from chungtay.rulebook.lawbook import Indicator
from chungtay.rulebook.plain import Kleene, Plain, age_on
from chungtay.rulebook.wording import Joined, Sentence, catalogued, vi_number

# what an indicator says of a household, and the article it says it by
WITH_ARTICLE = "{said} ({reference})"


def deprivation(indicator: Indicator, plain: Plain) -> DeprivationFinding:
    """Decide one indicator: by its rule over the named facts, else by the ready-made answer."""
    ruled = truth(indicator.when, plain) if indicator.when else None
    if indicator.unless is not None and truth(indicator.unless, plain) is True:
        ruled = False
    noted = ready_made(indicator, plain)
    deprived = noted if ruled is None else ruled
    return DeprivationFinding(
        code=indicator.code,
        name=indicator.name,
        dimension=indicator.dimension,
        deprived=deprived,
        reasons=_reasons(indicator, plain, ruled, noted),
        missing=() if deprived is not None else indicator_missing(indicator, plain),
        reference=indicator.reference,
        verified=indicator.reference.verified,
    )


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
            return [
                Sentence("{who} ({age})", who=member.called, age=age_on(member, plain.facts.on))
                for member, one in zip(plain.facts.members, found, strict=True)
                if one
            ]
        case None:
            return []
    names: dict[str, Sentence] = {}
    for part in parts_of(condition):
        names.update({str(one): one for one in deprived_members(part, plain)})
    return list(names.values())


def filled(template: str, indicator: Indicator, plain: Plain) -> Sentence:
    """A sentence of an indicator with its members, counts and answers filled in."""
    values: dict[str, Any] = {}
    for name in fields_of(template):
        match name:
            case "members" | "count":
                members = deprived_members(indicator.when, plain)
                values["members"] = Joined(tuple(members)) or catalogued("thành viên còn thiếu")
                values["count"] = len(members)
            case "size":
                size = plain.number("household_size")
                values["size"] = vi_number(size[0]) if size else catalogued("chưa rõ")
            case "area_per_person":
                values["area_per_person"] = _area_per_person(plain)
            case _:
                values[name] = answer_label(name, plain)
    return Sentence(template, **values)


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
    labels = {option.code: option.label for option in plain.law.facts[name].options}
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
