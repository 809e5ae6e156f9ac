"""From the words of a command to a question: standard, indicators, weights, cut-off, sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chungtay.measures.question import LONELY, Question, Survey, refuse_unknown_line
from chungtay.measures.refusing import NotMeasurable
from chungtay.rulebook.lawbook import Law, Standard
from chungtay.rulebook.measuring.cells import MOST_INDICATORS
from chungtay.rulebook.measuring.measures import Measure, MeasureError
from chungtay.rulebook.measuring.standards import lower_line, measure_of
from chungtay.rulebook.wording import Joined, Sentence, catalogued

SURVEY_PARTS = ("strata", "psu", "weight", "lonely")


@dataclass(frozen=True)
class Words:
    """The options as they were typed; "" and None where nothing was said."""

    standard: str = ""
    on: date | None = None
    by: str = ""
    k: int | None = None
    weights: str = ""
    survey: str = ""
    indicators: str = ""
    cutoff: str = ""
    no_income: bool = False
    over: str = ""


def question_of(words: Words, law: Law, today: date) -> tuple[Question, tuple[Sentence, ...]]:
    """The question that some words ask, and what a person should know of how it was taken."""
    if words.standard and words.on:
        raise NotMeasurable(
            "--standard và --on cùng chọn một chuẩn nghèo; hãy chỉ ghi một trong hai."
        )
    if words.k is not None and words.cutoff:
        raise NotMeasurable("--k và --cutoff cùng nói một ngưỡng; hãy chỉ ghi một trong hai.")
    own = _list(words.indicators, "--indicators")
    if len(own) > MOST_INDICATORS:
        raise NotMeasurable(
            "--indicators có {count} chỉ số; mỗi lần đo nhiều nhất {most} chỉ số, hãy bớt đi.",
            count=len(own),
            most=MOST_INDICATORS,
        )
    standard = None if own and words.no_income else _standard(words, law, today)
    on = words.on or (standard.nearest_day(today) if standard else today)
    if standard is not None and not words.no_income:
        refuse_unknown_line(standard, on)
    measure, notes = _measure(words, own, standard, on)
    over = words.over.strip()
    question = Question(
        measure=measure,
        on=on,
        standard=standard,
        indicators=() if own or standard is None else standard.indicators,
        by=tuple(name for name in _list(words.by, "--by") if name != over),
        over=over,
        survey=_survey(words.survey) if words.survey else None,
    )
    return question, notes


def _standard(words: Words, law: Law, today: date) -> Standard:
    wanted = words.standard.strip().lower().replace("_", "-")
    return law.standard(wanted) if wanted else law.standard_on(words.on or today)


def _measure(
    words: Words, own: Sequence[str], standard: Standard | None, on: date
) -> tuple[Measure, tuple[Sentence, ...]]:
    by_law = _of_the_law(words, own, standard, on)
    names = tuple(own) or tuple(one.code for one in (standard.indicators if standard else ()))
    weights, notes = _weights(words.weights, names)
    cutoff = _cutoff(words, by_law, len(names))
    dimensions = by_law.dimensions if by_law else ()
    income = not words.no_income
    outright = income and standard is not None and lower_line(standard, on) is not None
    return Measure(names, weights, cutoff, income, dimensions, outright), notes


def _of_the_law(
    words: Words, own: Sequence[str], standard: Standard | None, on: date
) -> Measure | None:
    """The standard as a measure; MeasureError where it is none and would have to be one."""
    if own or standard is None:
        return None
    try:
        return measure_of(standard, on, two_lines=True)
    except MeasureError:
        if words.no_income and (words.cutoff or words.k is not None):
            return None
        raise


def _cutoff(words: Words, by_law: Measure | None, count: int) -> Fraction:
    """The share of all weights from which one is poor; a count is so many equal shares."""
    if words.cutoff:
        cutoff = _fraction("--cutoff", words.cutoff)
        if not 0 < cutoff <= 1:
            raise NotMeasurable(
                "--cutoff {cutoff} không dùng được; hãy ghi một phân số lớn hơn 0 và không quá 1, "
                "ví dụ 1/3.",
                cutoff=words.cutoff,
            )
        return cutoff
    if words.k is not None:
        if not 1 <= words.k <= count:
            raise NotMeasurable(
                "--k {k} không dùng được; có {count} chỉ số, hãy ghi một số từ 1 đến {count}.",
                k=words.k,
                count=count,
            )
        return Fraction(words.k, count)
    if by_law is None:
        raise NotMeasurable(
            "chưa có ngưỡng cho các chỉ số riêng; hãy thêm --cutoff 1/3 hoặc --k và một số chỉ số."
        )
    return by_law.cutoff


def _weights(text: str, names: Sequence[str]) -> tuple[tuple[Fraction, ...], tuple[Sentence, ...]]:
    """The weights in the order of the indicators, brought to make one; equal ones unless said."""
    if not text:
        return (Fraction(1, max(len(names), 1)),) * len(names), ()
    given = {
        name: _fraction(f"--weights {name}", value)
        for name, value in _pairs(text, "--weights", catalogued("a=1/6,b=1/18")).items()
    }
    _refuse_other_names(given, names)
    negative = [name for name, weight in given.items() if weight < 0]
    if negative:
        raise NotMeasurable(
            "--weights: trọng số của {names} là số âm; hãy ghi số từ 0 trở lên.",
            names=Joined(tuple(negative)),
        )
    total = sum(given.values(), Fraction(0))
    if not total:
        raise NotMeasurable("--weights: mọi trọng số đều bằng 0; hãy ghi lại trọng số.")
    notes = () if total == 1 else (_normalised(total),)
    return tuple(given[name] / total for name in names), notes


def _normalised(total: Fraction) -> Sentence:
    return Sentence(
        "Các trọng số cộng lại là {total}, không phải 1; mỗi trọng số đã được chia cho {total}.",
        total=str(total),
    )


def _refuse_other_names(given: Mapping[str, Fraction], names: Sequence[str]) -> None:
    strange = [name for name in given if name not in names]
    lacking = [name for name in names if name not in given]
    if strange:
        raise NotMeasurable(
            "--weights: {strange} không phải chỉ số đang đo; các chỉ số: {names}.",
            strange=Joined(tuple(strange)),
            names=Joined(tuple(names)),
        )
    if lacking:
        raise NotMeasurable(
            "--weights: chưa có trọng số của {lacking}; hãy ghi đủ cho mọi chỉ số.",
            lacking=Joined(tuple(lacking)),
        )


def _survey(text: str) -> Survey:
    pairs = _pairs(text, "--survey", catalogued("strata=vung,psu=cum,weight=trong_so"))
    strange = [name for name in pairs if name not in SURVEY_PARTS]
    if strange:
        raise NotMeasurable(
            "--survey không có phần {strange}; các phần: {parts}.",
            strange=Joined(tuple(strange)),
            parts=Joined(SURVEY_PARTS),
        )
    asked = pairs.pop("lonely", LONELY[0])
    lonely = next((one for one in LONELY if one == asked), None)
    if lonely is None:
        raise NotMeasurable(
            "--survey lonely={asked} không có; hãy chọn {known}.",
            asked=asked,
            known=Joined(LONELY, catalogued(" hoặc ")),
        )
    return Survey(**pairs, lonely=lonely)


def _fraction(where: str, text: str) -> Fraction:
    try:
        return Fraction(text.strip())
    except (ValueError, ZeroDivisionError) as error:
        raise NotMeasurable(
            "{where}: “{typed}” không phải phân số; hãy ghi kiểu 1/3 hoặc 0.25.",
            where=where,
            typed=text,
        ) from error


def _list(text: str, where: str) -> list[str]:
    if not text:
        return []
    names = [name.strip() for name in text.split(",")]
    twice = next((name for name in names if names.count(name) > 1), None)
    if "" in names or twice:
        raise NotMeasurable(
            "{where} “{typed}” có tên trống hoặc ghi hai lần; hãy ghi mỗi cột một lần, cách nhau "
            "bằng dấu phẩy.",
            where=where,
            typed=text,
        )
    return names


def _pairs(text: str, where: str, example: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split(","):
        name, mark, value = (piece.strip() for piece in part.partition("="))
        if not name or not mark or not value or name in found:
            raise NotMeasurable(
                "{where}: không hiểu “{part}”; hãy ghi kiểu {example}, mỗi tên một lần.",
                where=where,
                part=part,
                example=example,
            )
        found[name] = value
    return found
