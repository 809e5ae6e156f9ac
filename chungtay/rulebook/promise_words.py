"""A promise in the words official plans use: of whom, how much, of what."""

from __future__ import annotations

from fractions import Fraction

from chungtay.rulebook import promises as p
from chungtay.rulebook.wording import vi_date, vi_int

CLASS_WORDS = {
    p.POOR: "hộ nghèo",
    p.NEAR_POOR: "hộ cận nghèo",
    p.NEWLY_ESCAPED: "hộ mới thoát nghèo",
}
COUNTED_WORDS = {
    "household": "",
    "person": "người thuộc",
    "child": "trẻ em thuộc",
    "worker": "người lao động thuộc",
}
POVERTY_OFFICERS = "cán bộ làm công tác giảm nghèo"
BETWEEN_WORDS = "từ {low} đến {high}"
COMPARATOR_WORDS = {
    p.EXACTLY: "{low}",
    p.AT_LEAST: "ít nhất {low}",
    p.OVER: "trên {low}",
    p.ABOUT: "khoảng {low}",
    p.BETWEEN: BETWEEN_WORDS,
}


def population_words(population: p.Population) -> str:
    """Of whom: "hộ nghèo A", "trẻ em từ 3 đến 15 tuổi thuộc hộ nghèo, hộ cận nghèo"."""
    if population.counted == "poverty_officer":
        return POVERTY_OFFICERS
    parts = [COUNTED_WORDS[population.counted], _classes(population), _group(population)]
    if population.age_from is not None and population.age_to is not None:
        ages = f"từ {population.age_from} đến {population.age_to} tuổi"
        parts[0] = parts[0].replace(" thuộc", f" {ages} thuộc")
    if population.registered_need:
        parts.append("có nhu cầu")
    return " ".join(part for part in parts if part)


def _classes(population: p.Population) -> str:
    words = ", ".join(CLASS_WORDS[one] for one in population.classes)
    return f"{words} {population.subclass}".strip()


def _group(population: p.Population) -> str:
    return f"người {population.group}" if population.group else ""


def base_words(base: p.Base) -> str:
    """What a share is of: "hộ nghèo A giai đoạn 2022–2025"."""
    words = population_words(base.population)
    if base.on is not None:
        return f"{words} tại ngày {vi_date(base.on)}"
    return f"{words} giai đoạn {base.from_year}–{base.to_year}"


def number_words(number: Fraction) -> str:
    """A number with a decimal comma: 21/2 -> "10,5"; rounded half up to two digits."""
    scaled = (abs(number) * 200 + 1) // 2
    whole, rest = divmod(int(scaled), 100)
    sign = "-" if number < 0 and scaled else ""
    return sign + vi_int(whole) + (f",{rest:02d}".rstrip("0") if rest else "")


def amount_words(kind: p.Kind, amount: p.Amount) -> str:
    """How much: "khoảng 10,5 điểm phần trăm", "từ 8 đến 9 điểm phần trăm", "trên 96 %"."""
    unit = {p.COUNT: "hộ", p.POINTS: "điểm phần trăm"}.get(kind.measure, "%")
    high = number_words(amount.value_to) if amount.value_to is not None else ""
    words = COMPARATOR_WORDS[kind.comparator].format(low=number_words(amount.value), high=high)
    return f"{words}\u00a0{unit}" if unit == "%" else f"{words} {unit}"


def span_words(span: p.Span) -> str:
    """A span of percentage points: "từ 1,5 đến 2,5", "trên 1", "từ 1,5 trở lên"."""
    if span.low is None or span.high is None:
        low = number_words(span.low or Fraction(0))
        return f"trên {low}" if span.open_low else f"từ {low} trở lên"
    if span.low == span.high:
        return number_words(span.low)
    return BETWEEN_WORDS.format(low=number_words(span.low), high=number_words(span.high))


def promise_words(kind: p.Kind, amount: p.Amount) -> str:
    """The whole promise: "giảm 35 % của 160 hộ nghèo A giai đoạn 2022–2025"."""
    much = amount_words(kind, amount)
    if kind.measure == p.SHARE and kind.base is not None:
        base = base_words(kind.base)
        count = vi_int(amount.base_count) if amount.base_count is not None else "…"
        return f"giảm {much} của {count} {base}"
    if kind.measure in p.REDUCING:
        return f"giảm {much}"
    return f"đạt {much}"
