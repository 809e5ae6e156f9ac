"""A list of an earlier year: the officer says the year, the standard, the paper and the commune."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.files.refusals import UnfriendlyFile
from chungtay.places.models import Unit
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date
from chungtay.sync.earlier.places import villages_now
from chungtay.sync.earlier.terms import NO_VILLAGE, Asked, Terms, communes_taken_over
from chungtay.sync.models import ImportBatch
from chungtay.sync.proposals import Preview
from chungtay.sync.services import choose_villages, stage_earlier
from chungtay.web.here import Here, commune_of
from chungtay.web.imports.choosing import (
    Chosen,
    most_megabytes,
    read_upload,
    shown_for_another,
)
from chungtay.web.pages import fresh_key, one_time_key, page, show, tell, warn
from chungtay.web.register.dates import TypedDate, boxes_of, read_date, whole_day
from chungtay.web.templating import said

RIGHT = "households.import"
TEXTS = ("year", "standard", "commune", "number", "issuer")
LONGEST_TEXT = 200
LONGEST_KEY = 200
YEAR_DIGITS = 4
LONGEST_PK = 9


@dataclass
class EarlierForm:
    """What was typed of a list of an earlier year, and what is wrong with it, by field."""

    typed: dict[str, str]
    decided: TypedDate
    upload: Chosen = field(default_factory=lambda: Chosen({}))
    errors: dict[str, str] = field(default_factory=dict)
    asked: Asked = field(default_factory=Asked)

    def shown_errors(self) -> list[dict[str, str]]:
        """The errors as the summary on top shows them."""
        jumps = {"decided": "decided_day", "place": "file", "terms": "year"}
        return [
            {"field": jumps.get(name, name), "text": text} for name, text in self.errors.items()
        ]


@page(RIGHT, "GET", "HEAD", "POST")
def imports_earlier(request: HttpRequest, here: Here) -> HttpResponse:
    """The first step for a list of an earlier year; a POST stages it."""
    commune = commune_of(here.place)
    if request.method != "POST":
        form = EarlierForm(dict.fromkeys(TEXTS, ""), TypedDate(boxes_of(None)))
        return _page(request, commune, form)
    form = _read(request, commune)
    if not form.errors:
        try:
            batch = stage_earlier(
                actor=here.actor,
                commune=commune,
                asked=form.asked,
                file_name=form.upload.file_name,
                content=form.upload.content,
                key=one_time_key(request),
            )
        except UnfriendlyFile as refusal:
            form.errors["file"] = said(refusal.sentence)
        except Refused as refusal:
            form.errors["terms"] = said(refusal.sentence)
        else:
            return redirect("imports_batch", batch_id=batch)
    return _page(request, commune, form, 409 if "place" in form.errors else 422)


def _read(request: HttpRequest, commune: Unit) -> EarlierForm:
    typed = {name: tidy(request.POST.get(name, ""))[:LONGEST_TEXT] for name in TEXTS}
    label = _("Ngày ký")
    form = EarlierForm(typed, read_date(request.POST, "decided", label, whole=True))
    if text := shown_for_another(request, commune):
        form.errors["place"] = text
        return form
    read_upload(request, form.upload)
    form.errors |= form.upload.errors
    year = typed["year"]
    if year and not (year.isascii() and year.isdecimal() and len(year) == YEAR_DIGITS):
        form.errors["year"] = _("Năm ghi bằng bốn chữ số, ví dụ 2021; để trống nếu tiêu đề có ghi.")
        return form
    day = _decided(form, label)
    chosen = typed["commune"]
    form.asked = Asked(
        year=int(year) if year else None,
        standard=typed["standard"],
        commune=int(chosen) if chosen.isdecimal() and len(chosen) <= LONGEST_PK else None,
        decision_number=typed["number"],
        decision_date=day,
        issuer=typed["issuer"],
    )
    return form


def _decided(form: EarlierForm, label: str) -> date | None:
    if not any(form.decided.boxes.values()):
        return None
    day, error = whole_day(form.decided, label)
    if error:
        form.errors["decided"] = error
    return day


def _page(
    request: HttpRequest, commune: Unit, form: EarlierForm, status: int = 200
) -> HttpResponse:
    held = communes_taken_over(commune)
    context = {
        "place": commune.name,
        "place_id": commune.pk,
        "entry": form,
        "errors": form.shown_errors(),
        "most": most_megabytes(),
        "standards": [("", _("Chuẩn quốc gia của năm ấy")), *_standards()],
        "communes": [("", _("Theo tiêu đề hoặc cột “Xã” của danh sách")), *_names(held)],
        "several": len(held) > 1,
        "key": fresh_key(),
    }
    return show(request, "imports/earlier.html", context, status)


def _standards() -> list[tuple[str, str]]:
    return [(one.id, said(one.name)) for one in law().standards.values()]


def _names(communes: list[Unit]) -> list[tuple[str, str]]:
    """The communes by name, with the last day that tells two of one name apart."""
    text = _("%(name)s (đến hết %(day)s)")
    return [
        (
            str(one.pk),
            text % {"name": one.name, "day": vi_date(one.valid_to)} if one.valid_to else one.name,
        )
        for one in communes
    ]


@page(RIGHT, "POST")
def imports_villages(request: HttpRequest, here: Here, batch_id: UUID) -> HttpResponse:
    """Which villages of today the villages of an earlier list are."""
    batches = ImportBatch.objects.filter(commune__in=here.actor.units_for(RIGHT))
    batch = get_object_or_404(batches.defer("staged", "undo"), pk=batch_id)
    keys = [key[:LONGEST_KEY] for key in request.POST.getlist("old")]
    picked = request.POST.getlist("now")
    if len(keys) != len(picked):
        raise Http404
    chosen = {
        key: int(one)
        for key, one in zip(keys, picked, strict=True)
        if one.isdecimal() and len(one) <= LONGEST_PK
    }
    if not chosen:
        warn(request, _("Chưa chọn thôn nào. Hãy chọn rồi bấm lại."))
        return redirect("imports_batch", batch_id=batch.pk)
    try:
        choose_villages(
            actor=here.actor, batch_id=batch.pk, chosen=chosen, key=one_time_key(request)
        )
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    else:
        tell(request, _("Đã chọn %(count)d thôn; xem trước đã tính lại.") % {"count": len(chosen)})
    return redirect("imports_batch", batch_id=batch.pk)


def terms_words(terms: Terms) -> dict[str, Any]:
    """The terms of a list in words; a blank decision is said to be not known."""
    standard = law().standards.get(terms.standard)
    decision = _("quyết định chưa rõ")
    if terms.decision_number and terms.decision_date is not None:
        text = _("Quyết định số %(number)s ngày %(day)s của %(issuer)s")
        decision = text % {
            "number": terms.decision_number,
            "day": vi_date(terms.decision_date),
            "issuer": terms.issuer or _("cơ quan chưa rõ"),
        }
    return {
        "year": terms.year,
        "standard": standard.name if standard else terms.standard,
        "decision": decision,
        "first": terms.first,
        "last": terms.last,
    }


def unmapped_of(preview: Preview, batch: ImportBatch) -> list[dict[str, Any]]:
    """The villages of that time that nobody could place, each with the villages of today."""
    if not preview.unmapped:
        return []
    options = [
        ("", _("— chọn —")),
        *((str(one.pk), one.name) for one in villages_now(batch.commune)),
        (str(NO_VILLAGE), _("không rõ thôn")),
    ]
    return [
        {
            "key": one.key,
            "name": one.name,
            "commune": one.commune,
            "households": one.households,
            "options": options,
        }
        for one in preview.unmapped
    ]
