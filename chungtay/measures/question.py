"""What is asked of a table: which measure, told apart by what, of which sample."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from chungtay.measures.refusing import NotMeasurable
from chungtay.rulebook.lawbook import Indicator, Standard
from chungtay.rulebook.measuring.measures import Measure

Lonely = Literal["refuse", "certainty", "centred"]
LONELY: tuple[Lonely, ...] = ("refuse", "certainty", "centred")


@dataclass(frozen=True)
class Survey:
    """The columns that say how a sample was drawn; "" where there is none such.

    `lonely` says what is done with a stratum of one PSU alone, which shows no variation.
    """

    strata: str = ""
    psu: str = ""
    weight: str = ""
    lonely: Lonely = "refuse"

    @property
    def columns(self) -> tuple[str, ...]:
        """Those that are named."""
        return tuple(name for name in (self.strata, self.psu, self.weight) if name)


@dataclass(frozen=True)
class Question:
    """A measure and how it is asked.

    `indicators` are those of the standard; without them the measure's own names are columns of 0
    and 1. `standard` gives the income line; without income it may be None.
    """

    measure: Measure
    on: date
    standard: Standard | None = None
    indicators: tuple[Indicator, ...] = ()
    by: tuple[str, ...] = ()
    over: str = ""
    survey: Survey | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that tell the groups apart, the year last."""
        return (*self.by, *((self.over,) if self.over else ()))


def refuse_unknown_line(standard: Standard, on: date) -> None:
    """Refuse a standard of which no income line is known on the day."""
    thresholds = standard.thresholds_on(on)
    known = [
        line
        for test in standard.income
        if (line := thresholds.get(test.line)) is not None
        and line.rural is not None
        and line.urban is not None
    ]
    if not known:
        raise NotMeasurable(
            "chuẩn {id} chưa có mức thu nhập đã biết vào ngày {on}; hãy chọn chuẩn hoặc ngày khác, "
            "hoặc đo không xét thu nhập bằng --income none.",
            id=standard.id,
            on=on.isoformat(),
        )
