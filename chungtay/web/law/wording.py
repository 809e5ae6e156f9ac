"""The law in words: conditions, values, dates and marks as a reader of the page meets them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.rulebook.conditions import (
    AnyMember,
    Compare,
    Condition,
    CountAtLeast,
    Every,
    Includes,
    Is,
    Negate,
    ShareAbove,
    Some,
)
from chungtay.rulebook.lawbook import Standard
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date, vi_number
from chungtay.web.templating import said

INCOME_LOW = "income_low"
MARKS: dict[str, Promise] = {
    "all": gettext_lazy("đã đối chiếu"),
    "some": gettext_lazy("đối chiếu một phần"),
    "none": gettext_lazy("chưa đối chiếu văn bản"),
    "no_text": gettext_lazy("không cần đối chiếu"),
}
AREAS: dict[str | None, Promise] = {
    "rural": gettext_lazy("nông thôn"),
    "urban": gettext_lazy("thành thị"),
    None: gettext_lazy("mọi nơi"),
}
COMPARISONS: dict[str, Promise] = {
    "below": gettext_lazy("%(fact)s dưới %(value)s"),
    "at_most": gettext_lazy("%(fact)s không vượt %(value)s"),
    "above": gettext_lazy("%(fact)s vượt %(value)s"),
    "at_least": gettext_lazy("%(fact)s từ %(value)s trở lên"),
}


def mark_word(verified: bool) -> str:
    """Whether the text itself was compared, in words."""
    return str(MARKS["all" if verified else "none"])


def span_word(first: date | None, last: date | None) -> str:
    """From a day to a day, in words; empty where neither is known."""
    if first is None and last is None:
        return ""
    if last is None:
        return _("từ %(first)s") % {"first": vi_date(first)} if first else ""
    if first is None:
        return _("đến %(last)s") % {"last": vi_date(last)}
    return _("%(first)s – %(last)s") % {"first": vi_date(first), "last": vi_date(last)}


def condition_word(condition: Condition, standard: Standard) -> str:
    """A condition of the law as a Vietnamese clause."""
    match condition:
        case Compare(fact, comparison, value, per_member):
            limit = _value(value, standard)
            each = _("%(value)s tính cho cả hộ") % {"value": limit} if per_member else limit
            return str(COMPARISONS[comparison]) % {"fact": _fact(fact), "value": each}
        case Is(fact, options):
            return _is(fact, options)
        case Includes(fact, options):
            return _("%(fact)s có: %(options)s") % {
                "fact": _fact(fact),
                "options": _or(_labels(fact, options)),
            }
        case Every(parts):
            return _(" và ").join(_inside(part, standard) for part in parts)
        case Some(parts):
            return _or(_inside(part, standard) for part in parts)
        case Negate(part):
            return _("không phải: %(part)s") % {"part": _inside(part, standard)}
        case CountAtLeast(value, parts):
            return _("có từ %(value)s trong số: %(parts)s") % {
                "value": _value(value, standard),
                "parts": "; ".join(_inside(part, standard) for part in parts),
            }
        case AnyMember(who):
            return _("có thành viên mà %(who)s") % {"who": condition_word(who, standard)}
        case ShareAbove(value, who):
            return _("số thành viên mà %(who)s vượt %(value)s") % {
                "who": _inside(who, standard),
                "value": _value(value, standard),
            }


def _inside(condition: Condition, standard: Standard) -> str:
    """A part of a condition, in brackets where it has parts of its own."""
    clause = condition_word(condition, standard)
    return f"({clause})" if isinstance(condition, Every | Some) else clause


def _is(fact: str, options: Iterable[str | bool]) -> str:
    wanted = list(options)
    if fact == INCOME_LOW and len(wanted) == 1:
        return _("thu nhập không vượt chuẩn") if wanted[0] else _("thu nhập vượt chuẩn")
    if wanted == [True]:
        return _fact(fact)
    if wanted == [False]:
        return _("không: %(fact)s") % {"fact": _fact(fact)}
    labels = _labels(fact, [str(one) for one in wanted])
    return _("%(fact)s là: %(options)s") % {"fact": _fact(fact), "options": _or(labels)}


def _labels(fact: str, options: Iterable[str]) -> list[str]:
    labels = {option.code: said(option.label).lower() for option in law().facts[fact].options}
    return [labels.get(one, one) for one in options]


def _fact(name: str) -> str:
    label = said(law().facts[name].label)
    return label[:1].lower() + label[1:]


def _value(name: str, standard: Standard) -> str:
    """A value by its numbers; by its name where it is not known or changes with the years."""
    value = standard.values[name]
    unit = said(value.unit)
    by_area = {dated.area: f"{vi_number(dated.value)} {unit}" for dated in value.dated}
    if len(by_area) != len(value.dated) or not by_area:
        label = said(value.label)
        return label[:1].lower() + label[1:]
    if None in by_area:
        return by_area[None]
    return ", ".join(
        _("%(value)s ở %(area)s") % {"value": number, "area": AREAS[area]}
        for area, number in by_area.items()
    )


def _or(parts: Iterable[str]) -> str:
    return _(" hoặc ").join(parts)
