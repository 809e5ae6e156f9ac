"""What single change would move a household into another class."""

from __future__ import annotations

from typing import NamedTuple

from chungtay.rulebook.findings import CLASS_LABELS, Count, Flip
from chungtay.rulebook.plain import Kleene
from chungtay.rulebook.rules import Rules
from chungtay.rulebook.telling import Told
from chungtay.rulebook.wording import Joined, Sentence


class Decided(NamedTuple):
    """A household whose class is decided: what was found of it under the rules of a standard."""

    rules: Rules
    told: Told
    household_class: str
    low: Kleene
    counted: Count

    def after(self, step: int) -> str | None:
        """The class with so many deprivations more; None if it stays, or would not be decided."""
        least, most = self.counted
        inputs = self.told.judged.inputs
        after = self.rules.judge.classes(self.low, least + step, most + step, inputs)
        return after[0] if len(after) == 1 and after[0] != self.household_class else None


def flips(found: Decided) -> tuple[Flip, ...]:
    """Every single change (an indicator, income over a line) that would change a decided class."""
    return (*_mended(found), *_worsened(found), *_income(found))


def _mended(found: Decided) -> list[Flip]:
    after = found.after(-1)
    if after is None:
        return []
    rules, told = found.rules, found.told
    count = _count_words(found, -1, "còn {count} thiếu hụt")
    to = CLASS_LABELS[after]
    both = zip(rules.standard.indicators, rules.telling.mends, told.judged.deprived, strict=True)
    return [
        Flip(
            "mended",
            (indicator.code,),
            (after,),
            Sentence("Nếu {mend} thì {count} → {to}.", mend=mend(told), count=count, to=to),
        )
        for indicator, mend, deprived in both
        if deprived
    ]


def _worsened(found: Decided) -> list[Flip]:
    after, deprived = found.after(1), found.told.judged.deprived
    if after is None or False not in deprived:
        return []
    key = "worsened", after, deprived
    known: Flip | None = found.rules.said.get(key)
    if known is None:
        both = zip(found.rules.standard.indicators, deprived, strict=True)
        free = [indicator for indicator, one in both if one is False]
        sentence = Sentence(
            "Nếu thiếu hụt thêm một chỉ số ({names}) thì {count} → {to}.",
            names=Joined(tuple(one.name for one in free), "; "),
            count=_count_words(found, 1, "có {count} thiếu hụt"),
            to=CLASS_LABELS[after],
        )
        known = Flip("worsened", tuple(one.code for one in free), (after,), sentence)
        found.rules.keep(key, known)
    return [known]


def _count_words(found: Decided, step: int, text: str) -> Sentence:
    key = text, found.counted
    known: Sentence | None = found.rules.said.get(key)
    if known is None:
        least, most = found.counted[0] + step, found.counted[1] + step
        known = Sentence(text, count=str(least) if least == most else f"{least}–{most}")
        found.rules.keep(key, known)
    return known


def _income(found: Decided) -> tuple[Flip, ...]:
    for crossing in found.rules.crossings:
        figure = found.told.answer(crossing.fact)
        if figure is not None:
            inputs = found.told.judged.inputs
            return crossing.flips(figure, found.household_class, found.counted, inputs)
    return ()
