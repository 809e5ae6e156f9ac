"""Each indicator of a household: deprived, not deprived or not known, with the reason in words."""

from __future__ import annotations

from collections.abc import Callable

from chungtay.rulebook.asking import indicator_missing
from chungtay.rulebook.evaluating import truth
from chungtay.rulebook.findings import Missing
from chungtay.rulebook.lawbook import Indicator, Reference
from chungtay.rulebook.once import once
from chungtay.rulebook.plain import Kleene, Plain
from chungtay.rulebook.wording import Sentence, catalogued

# what an indicator says of a household, and the article it says it by
WITH_ARTICLE = "{said} ({reference})"


class DeprivationFinding:
    """One indicator of one household, with the reasons why it is so.

    ``deprived`` is None where it is not known; what must be asked then is put together on reading.
    """

    def __init__(
        self,
        indicator: Indicator,
        deprived: Kleene,
        reasons: tuple[Sentence, ...],
        asked: Callable[[], tuple[Missing, ...]] = tuple,
    ) -> None:
        self.indicator, self.deprived, self.reasons = indicator, deprived, reasons
        self._asked = asked
        if deprived is not None:
            self.__dict__["missing"] = ()

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
    def missing(self) -> tuple[Missing, ...]:
        """What must be asked to decide it; nothing if it is decided."""
        return self._asked()


def deprived(indicator: Indicator, plain: Plain) -> Kleene:
    """Whether one indicator is lacking: by its rule over the named facts, else as it was noted."""
    ruled = truth(indicator.when, plain) if indicator.when else None
    if indicator.unless is not None and truth(indicator.unless, plain) is True:
        ruled = False
    return _noted(indicator, plain) if ruled is None else ruled


def _noted(indicator: Indicator, plain: Plain) -> Kleene:
    """The indicator as noted on a list, where the rule is known to be the one noted."""
    if indicator.ready_made is None or indicator.when is None:
        return None
    answer = plain.answer(indicator.ready_made)
    return answer if isinstance(answer, bool) else None


def open_finding(indicator: Indicator, plain: Callable[[], Plain]) -> DeprivationFinding:
    """An indicator that neither its rule nor a list decides; ``plain`` asks what is missing."""
    return DeprivationFinding(indicator, None, (), lambda: indicator_missing(indicator, plain()))


def noted_finding(indicator: Indicator, noted: bool) -> DeprivationFinding:
    """An indicator known from a list alone."""
    text = "Danh sách ghi sẵn: {said} “{name}” ({reference})."
    return DeprivationFinding(indicator, noted, (_as_noted(text, indicator, noted),))


def contrary(found: DeprivationFinding, noted: bool) -> DeprivationFinding:
    """An indicator whose rule says the contrary of what a list says."""
    text = (
        "Danh sách ghi sẵn {said} “{name}” ({code}), trái với các câu trả lời; kết luận theo "
        "các câu trả lời. Hãy kiểm tra lại với hộ."
    )
    more = _as_noted(text, found.indicator, noted)
    return DeprivationFinding(found.indicator, found.deprived, (*found.reasons, more))


def _as_noted(text: str, indicator: Indicator, noted: bool) -> Sentence:
    return Sentence(
        text,
        said=catalogued("thiếu hụt") if noted else catalogued("không thiếu hụt"),
        name=indicator.name,
        code=indicator.ready_made,
        reference=indicator.reference,
    )
