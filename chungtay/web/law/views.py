"""Two pages: all that is modelled of the law, and one standard with its lines and articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.households.queries.statuses import standards_at, standards_unclear_at
from chungtay.rulebook.conditions import values_in
from chungtay.rulebook.lawbook import Indicator, LookUpError, Standard
from chungtay.rulebook.loading import law
from chungtay.rulebook.schema import DatedValue
from chungtay.rulebook.schema_lists import CoverageEntry
from chungtay.rulebook.wording import vi_date, vi_number
from chungtay.web.here import Here
from chungtay.web.law.wording import AREAS, MARKS, condition_word, mark_word, span_word
from chungtay.web.pages import page, show
from chungtay.web.register.words import class_word
from chungtay.web.templating import said as in_words

KINDS: dict[str, Promise] = {
    "standard": gettext_lazy("Chuẩn nghèo"),
    "form": gettext_lazy("Phiếu, câu hỏi, điểm"),
    "values": gettext_lazy("Con số dùng chung"),
    "benefit": gettext_lazy("Chính sách hỗ trợ"),
    "programme": gettext_lazy("Chương trình"),
    "calendar": gettext_lazy("Lịch và ngày nghỉ"),
    "codes": gettext_lazy("Danh mục mã"),
    "document": gettext_lazy("Văn bản được dẫn"),
    "case": gettext_lazy("Trường hợp mẫu"),
}


@page("places.see")
def law_page(request: HttpRequest, here: Here) -> HttpResponse:
    """All that is modelled of the law: from when, by which source, how sure, what is missing."""
    groups = [
        {
            "kind": kind,
            "title": str(title),
            "rows": [_entry(one) for one in law().coverage if one.kind == kind],
        }
        for kind, title in KINDS.items()
    ]
    counting = [law().standard(name) for name in standards_at(here.place, here.on)]
    unclear = [law().standard(name) for name in standards_unclear_at(here.place, here.on)]
    context = {
        "groups": [one for one in groups if one["rows"]],
        "counting": counting,
        "unclear": unclear,
    }
    return show(request, "law/law.html", context)


@page("places.see")
def law_standard(request: HttpRequest, here: Here, standard: str) -> HttpResponse:
    """One standard: its lines, its classes, where it counts, its indicators with their articles."""
    try:
        chosen = law().standard(standard)
    except LookUpError as error:
        raise Http404 from error
    in_indicators = _values_of_indicators(chosen)
    known = {name: _value_rows(chosen, name) for name in _values_of(chosen)}
    context = {
        "standard": chosen,
        "counts_here": chosen.id in standards_at(here.place, here.on),
        "span": span_word(chosen.valid_from, chosen.valid_to),
        "mark": mark_word(chosen.reference.verified),
        "lines": [row for name in known if name not in in_indicators for row in known[name]],
        "thresholds": [row for name in known if name in in_indicators for row in known[name]],
        "classes": list(_classes(chosen)),
        "subclasses": [(one, mark_word(one.reference.verified)) for one in chosen.subclasses],
        "territory": list(_territory(chosen)),
        "indicators": [_indicator(one, chosen) for one in chosen.indicators],
        "missing": _missing_of(chosen),
    }
    return show(request, "law/standard.html", context)


def _entry(entry: CoverageEntry) -> dict[str, Any]:
    return {
        "title": in_words(entry.title),
        "href": _href(entry),
        "span": span_word(entry.from_, entry.to),
        "source": entry.source,
        "state": entry.verified if entry.file else "absent",
        "mark": str(MARKS[entry.verified]) if entry.file else _("chưa nạp"),
        "about": _schemes(entry),
        "missing": entry.missing,
    }


def _href(entry: CoverageEntry) -> str:
    found = [one.id for one in law().standards.values() if one.file == entry.file]
    return reverse("law_standard", args=found) if found else ""


def _schemes(entry: CoverageEntry) -> list[str]:
    """The numberings of a code list, each with its days and its mark."""
    codes = {f"codes/{name}.csv": one for name, one in law().code_lists.items()}.get(entry.file)
    if codes is None:
        return []
    said = []
    for scheme in codes.schemes:
        parts = [span_word(scheme.valid_from, scheme.valid_to), mark_word(scheme.verified)]
        said.append(f"{in_words(scheme.name)} ({', '.join(part for part in parts if part)})")
    return [_("%(count)d dòng") % {"count": len(codes.codes)}, *said]


def _missing_of(standard: Standard) -> tuple[str, ...]:
    return next((one.missing for one in law().coverage if one.file == standard.file), ())


def _values_of_indicators(standard: Standard) -> set[str]:
    rules = [rule for one in standard.indicators for rule in (one.when, one.unless) if rule]
    return {name for rule in rules for name in values_in(rule)}


def _values_of(standard: Standard) -> Iterator[str]:
    """The values a standard declares or asks for; shared ones it never asks for are left out."""
    asked = _values_of_indicators(standard)
    for name in standard.values:
        if name in asked or name not in standard.shared:
            yield name


def _value_rows(standard: Standard, name: str) -> list[dict[str, str]]:
    value = standard.values[name]
    if not value.known:
        said = value.note or _("chưa có trong văn bản đã nạp")
        row = dict.fromkeys(("where", "span", "article"), "")
        return [
            row | {"label": in_words(value.label), "value": _("chưa rõ"), "mark": in_words(said)}
        ]
    return [
        {
            "label": in_words(value.label),
            "value": f"{vi_number(dated.value)} {in_words(value.unit)}",
            "where": str(AREAS[dated.area]),
            "span": span_word(dated.from_, dated.to),
            "article": f"{dated.article} {standard.documents[dated.document].number}",
            "mark": mark_word(dated.verified),
        }
        for dated in value.dated
        if _meets(dated, standard)
    ]


def _meets(dated: DatedValue, standard: Standard) -> bool:
    """Whether a dated value holds on a day of the standard."""
    begins_in_time = standard.valid_to is None or dated.from_ <= standard.valid_to
    return begins_in_time and (dated.to is None or dated.to >= standard.valid_from)


def _classes(standard: Standard) -> Iterator[dict[str, str]]:
    for rule in standard.classes:
        yield {
            "key": rule.name,
            "word": class_word(rule.name),
            "when": condition_word(rule.when, standard),
            "article": str(rule.reference),
            "mark": mark_word(rule.reference.verified),
        }


def _territory(standard: Standard) -> Iterator[dict[str, str]]:
    for one in standard.territory:
        code = _("mã tỉnh %(code)s theo danh mục ngày %(day)s")
        yield {
            "name": one.name,
            "code": code % {"code": one.province, "day": vi_date(one.named_on)},
            "span": span_word(one.valid_from, one.valid_to),
            "counts": _("có áp dụng") if one.known else _("chưa rõ có áp dụng không"),
            "mark": mark_word(one.reference.verified),
            "note": one.note,
        }


def _indicator(one: Indicator, standard: Standard) -> dict[str, str]:
    return {
        "name": one.name,
        "dimension": one.dimension,
        "when": condition_word(one.when, standard) if one.when else _("chưa có ngưỡng đã nạp"),
        "unless": condition_word(one.unless, standard) if one.unless else "",
        "article": str(one.reference),
        "mark": mark_word(one.reference.verified),
        "note": one.note,
    }
