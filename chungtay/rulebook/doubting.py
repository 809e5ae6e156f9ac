"""What is not known, or not compared with its text, of a standard; what keeps a class open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chungtay.rulebook.lawbook import Indicator, Law, LookUpError, Standard
from chungtay.rulebook.wording import Joined, Sentence, vi_date


@dataclass(frozen=True)
class Gap:
    """What keeps a class open: something to ask of households, or what the law files lack."""

    name: str
    of_law: bool
    sentence: Sentence


def latest_national(law: Law) -> Standard:
    """The national standard that begins last, in force or still to come."""
    national = [one for one in law.standards.values() if one.scope == "national"]
    return max(national, key=lambda one: one.valid_from)


def doubts_of(standard: Standard, on: date) -> tuple[Sentence, ...]:
    """What must be said beside every figure found by a standard on a day."""
    return tuple(_doubts(standard, on))


def _doubts(standard: Standard, on: date) -> Iterator[Sentence]:
    if standard.note:
        yield Sentence("{note}", note=standard.note)
    if not standard.holds_on(on):
        yield Sentence(
            "Ngày {on} nằm ngoài thời gian áp dụng của {standard}; đây chỉ là tính thử.",
            on=vi_date(on),
            standard=standard.name,
        )
    unknown = [one for one in standard.indicators if one.when is None]
    if unknown:
        yield Sentence(
            "Chưa biết ngưỡng thiếu hụt của {count} chỉ số: {names}. Hộ nào phụ thuộc vào các chỉ "
            "số này thì kết quả là không xác định.",
            count=len(unknown),
            names=Joined(tuple(one.name for one in unknown)),
        )
    blank = [one.label for name, one in standard.values.items() if _is_blank(standard, name, on)]
    if blank:
        yield Sentence(
            "Chưa có trong văn bản đã nạp: {labels}. Hộ nào phụ thuộc vào các mức này thì kết quả "
            "là không xác định.",
            labels=Joined(tuple(blank)),
        )
    if unsure := [one for one in standard.indicators if one.when and not one.reference.verified]:
        yield Sentence(
            "{count} chỉ số tính được nhưng chưa đối chiếu văn bản: {names}.",
            count=len(unsure),
            names=Joined(tuple(one.name for one in unsure)),
        )


def _is_blank(standard: Standard, name: str, on: date) -> bool:
    value = standard.thresholds_on(on)[name]
    return value.rural is None and value.urban is None and name not in standard.shared


def gap_of(law: Law, standard: Standard, name: str) -> Gap:
    """What a blank asks for, as a whole sentence."""
    indicator = _unruled(standard, name)
    if indicator is not None:
        text = "Văn bản: ngưỡng thiếu hụt của chỉ số “{name}” chưa có trong các tệp luật."
        return Gap(name, of_law=True, sentence=Sentence(text, name=indicator.name))
    if name in standard.values:
        text = "Văn bản: “{label}” chưa có trong các tệp luật."
        label = standard.values[name].label
        return Gap(name, of_law=True, sentence=Sentence(text, label=label))
    asked = {
        "area": Sentence("Hộ ở khu vực nông thôn hay thành thị?"),
        "members": Sentence("Hộ gồm những thành viên nào?"),
    }
    fact = law.facts.get(name)
    if fact is not None:
        asked[name] = Sentence("{question}", question=fact.question)
    return Gap(name, of_law=False, sentence=asked.get(name, Sentence("{name}", name=name)))


def _unruled(standard: Standard, code: str) -> Indicator | None:
    try:
        indicator = standard.indicator(code)
    except LookUpError:
        return None
    return indicator if indicator.when is None else None
