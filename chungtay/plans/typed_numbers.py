"""Numbers a plan's sentences say against its own cells, each in a sentence with its place.

The text is read by the rules that read any plan: a live number agrees by itself, a typed one may
not.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from chungtay.plans.arithmetic import DerivedTarget, derive
from chungtay.plans.cells import Cells
from chungtay.plans.reading.numbers import rows
from chungtay.plans.reading.offers import Offer, Offered
from chungtay.plans.staged.targets import MEASURES, population_of
from chungtay.rulebook.promise_words import population_words
from chungtay.rulebook.promises import COUNT, COVERAGE, Population
from chungtay.rulebook.wording import Sentence, vi_number

EXCERPT = 110
ENDS = {
    rows.OPENING: Sentence("số đầu năm"),
    rows.REDUCTION: Sentence("số giảm"),
    rows.CLOSING: Sentence("số cuối năm"),
}


def contradicting(read: Offered, cells: Cells, year: int) -> list[Sentence]:
    """Every number the text says of a promise that is not the number the plan's cells say.

    Numbers of other years, of one place or under a condition are no promises of the whole.
    """
    known = {
        (one.cell.kind.population, one.cell.kind.measure): one
        for one in derive(cells)
        if one.cell.kind.measure != COVERAGE
    }
    offers = (one for one in read.offers if one.group == "target" and _of_the_whole(one, year))
    found = (_of_offer(read, one, known) for one in offers)
    return list({str(one): one for one in found if one is not None}.values())


def _of_the_whole(offer: Offer, year: int) -> bool:
    on = offer.values["on"] or str(year)
    this_year = on.startswith(str(year)) or on == f"{year - 1}-12-31"
    return this_year and not offer.values["place"] and not offer.values["condition"]


Known = dict[tuple[Population, str], DerivedTarget]


def _of_offer(read: Offered, offer: Offer, known: Known) -> Sentence | None:
    values = offer.values
    population = population_of(values)
    if isinstance(population, Sentence) or values["kind"] not in ENDS:
        return None
    said = Decimal(str(values["value"]))
    for meant, shown in _meant(values, population, known):
        if meant is None:
            return _of_open(read, offer, population, said)
        if said == meant:
            return None
        return Sentence(
            "{where}: câu “{words}” ghi {end} {population} là {said}, dữ liệu của kế hoạch là "
            "{meant}. Hãy sửa ô số liệu, hoặc thay số gõ tay bằng số lấy từ dữ liệu.",
            where=_where(read, offer),
            words=_excerpt(read, offer),
            end=ENDS[values["kind"]],
            population=population_words(population),
            said=_written(said, values),
            meant=shown,
        )
    return None


def _of_open(read: Offered, offer: Offer, population: Population, said: Decimal) -> Sentence:
    return Sentence(
        "{where}: câu “{words}” ghi {end} {population} là {said}, nhưng chỉ tiêu ấy chưa có số. "
        "Hãy ghi số vào ô số liệu, hoặc thay số gõ tay bằng số lấy từ dữ liệu.",
        where=_where(read, offer),
        words=_excerpt(read, offer),
        end=ENDS[offer.values["kind"]],
        population=population_words(population),
        said=_written(said, offer.values),
    )


def _meant(
    values: dict[str, Any], population: Population, known: Known
) -> Iterator[tuple[Decimal | None, str]]:
    """What the cells say where the text says a number: as compared, as written; none if nothing."""
    kind, measure = values["kind"], MEASURES.get(values["measure"], "")
    counted = known.get((population, COUNT))
    if measure == COUNT and counted is not None:
        yield from _count(kind, counted)
    elif measure == "rate" and counted is not None:
        yield from _rate(kind, counted, values)
    elif kind == rows.REDUCTION and (other := known.get((population, measure))) is not None:
        value = other.cell.value
        yield value, "" if value is None else vi_number(value.normalize())


def _count(kind: str, one: DerivedTarget) -> Iterator[tuple[Decimal | None, str]]:
    number = {
        rows.OPENING: one.cell.opening,
        rows.REDUCTION: one.cell.reduction,
        rows.CLOSING: one.closing,
    }[kind]
    if number is not None:
        yield Decimal(number), vi_number(Decimal(number))
    elif kind != rows.OPENING and one.cell.is_open:
        yield None, ""


def _rate(
    kind: str, one: DerivedTarget, values: dict[str, Any]
) -> Iterator[tuple[Decimal | None, str]]:
    """Compared with as many decimals as the text writes."""
    if one.target is None or kind == rows.REDUCTION:
        return
    rate = one.target.opening_rate if kind == rows.OPENING else one.target.closing_rate
    digits = max(0, -int(Decimal(str(values["value"])).as_tuple().exponent))
    rounded = rate.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    yield rounded, f"{vi_number(rate)}\u00a0%"


def _written(said: Decimal, values: dict[str, Any]) -> str:
    text = vi_number(said)
    return text if MEASURES.get(values["measure"]) == COUNT else f"{text}\u00a0%"


def _where(read: Offered, offer: Offer) -> Sentence:
    """The heading above the sentence; of deeper ones the nearest."""
    heading, end = "", 0
    for line in read.lines:
        if offer.start is not None and end > offer.start:
            break
        if line.kind == "heading":
            heading = line.text
        end += len(line.text) + 1
    return Sentence("Mục “{heading}”", heading=heading) if heading else Sentence("Đầu văn bản")


def _excerpt(read: Offered, offer: Offer) -> str:
    said = " ".join(read.text[offer.start or 0 : offer.end or 0].split())
    return said if len(said) <= EXCERPT else f"{said[:EXCERPT].rsplit(' ', 1)[0]}…"
