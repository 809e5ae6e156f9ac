"""Import from Excel: choose a file, look at what it would do, write it, take it back."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.acts.refusing import Refused
from chungtay.demo.sheets import write_sample_files
from chungtay.environment import data_folder
from chungtay.files.refusals import UnfriendlyFile
from chungtay.places.models import Unit
from chungtay.sync.models import ImportBatch
from chungtay.sync.proposals import Preview
from chungtay.sync.services import (
    apply_import,
    hand_back_marked,
    handed_back,
    preview_of,
    stage_import,
    terms_of_batch,
    undo_import,
)
from chungtay.web.here import Here, commune_of
from chungtay.web.imports.choosing import Chosen, first_choice, most_megabytes, read_choice
from chungtay.web.imports.earlier import terms_words, unmapped_of
from chungtay.web.imports.looking import (
    counts_of,
    notes_of,
    sections_of,
    sum_of,
    would_write,
    written_words,
)
from chungtay.web.imports.marked import write_marked
from chungtay.web.imports.samples import samples_for
from chungtay.web.imports.template import write_template
from chungtay.web.pages import fresh_key, one_time_key, page, show, warn
from chungtay.web.templating import said

RIGHT = "households.import"
BATCHES_A_PAGE = 20
LONGEST_ROW = 7
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(RIGHT, "GET", "HEAD", "POST")
def imports(request: HttpRequest, here: Here) -> HttpResponse:
    """The first step, and the lists that came before; a POST stages a file."""
    commune = commune_of(here.place)
    if request.method != "POST":
        return _choose_page(request, here, commune, first_choice(here, commune))
    chosen = read_choice(request, commune)
    batch = _stage(request, here, commune, chosen)
    if batch is None:
        status = 409 if "place" in chosen.errors else 422
        return _choose_page(request, here, commune, chosen, status)
    return redirect("imports_batch", batch_id=batch)


def _stage(request: HttpRequest, here: Here, commune: Unit, chosen: Chosen) -> str | None:
    """Stage what was chosen; None with the reason noted beside the file."""
    if chosen.errors or chosen.on is None:
        return None
    try:
        return stage_import(
            actor=here.actor,
            commune=commune,
            on=chosen.on,
            file_name=chosen.file_name,
            content=chosen.content,
            key=one_time_key(request),
        )
    except (Refused, UnfriendlyFile) as refusal:
        chosen.errors["file"] = said(refusal.sentence)
    return None


def _choose_page(
    request: HttpRequest, here: Here, commune: Unit, chosen: Chosen, status: int = 200
) -> HttpResponse:
    batches = Paginator(_own_batches(here).filter(commune=commune), BATCHES_A_PAGE)
    shown = batches.get_page(request.GET.get("trang"))
    context = {
        "place": commune.name,
        "place_id": commune.pk,
        "chosen": chosen,
        "errors": chosen.shown_errors(),
        "most": most_megabytes(),
        "samples": samples_for(commune) if settings.DEMO else [],
        "batches": [_batch_line(batch) for batch in shown.object_list],
        "found": batches.count,
        "pager": _pager(shown),
        "key": fresh_key(),
    }
    return show(request, "imports/choose.html", context, status)


def _pager(shown: Any) -> dict[str, Any]:
    return {
        "page": shown.number,
        "pages": shown.paginator.num_pages,
        "before": f"?trang={shown.number - 1}" if shown.has_previous() else None,
        "after": f"?trang={shown.number + 1}" if shown.has_next() else None,
    }


def _batch_line(batch: ImportBatch) -> dict[str, Any]:
    written = batch.counts.get("written")
    return {
        "href": reverse("imports_batch", args=[batch.pk]),
        "name": batch.file_name,
        "year": batch.terms.get("year"),
        "on": batch.on,
        "state": batch.state,
        "state_word": batch.get_state_display(),
        "read": batch.counts.get("read", 0),
        "written": written_words(written) if written else "",
        "staged_by": batch.staged_by,
        "staged_at": batch.staged_at,
        "settled_by": batch.settled_by,
        "settled_at": batch.settled_at,
    }


def _own_batches(here: Here) -> QuerySet[ImportBatch]:
    """The one gate: batches of places where the actor may import, without their sealed files."""
    places = here.actor.units_for(RIGHT)
    batches = ImportBatch.objects.filter(commune__in=places).select_related("commune")
    return batches.defer("staged", "undo")


def _own_batch(here: Here, batch_id: UUID) -> ImportBatch:
    return get_object_or_404(_own_batches(here), pk=batch_id)


@page(RIGHT)
def imports_batch(request: HttpRequest, here: Here, batch_id: UUID) -> HttpResponse:
    """The second step: what a staged list would do; or what came of one."""
    batch = _own_batch(here, batch_id)
    if batch.state != ImportBatch.State.STAGED:
        return show(request, "imports/settled.html", _settled(batch))
    try:
        preview = preview_of(batch)
    except (Refused, UnfriendlyFile) as refusal:
        warn(request, said(refusal.sentence))
        return redirect("imports")
    slug, number = request.GET.get("xem", ""), request.GET.get("trang", "1")
    place = int(number[:6]) if number.isdecimal() and int(number[:6]) else 1
    return show(request, "imports/look.html", _look(batch, preview, slug, place))


def _look(batch: ImportBatch, preview: Preview, slug: str, number: int) -> dict[str, Any]:
    href = reverse("imports_batch", args=[batch.pk])
    counts = preview.counts()
    sections = sections_of(preview, slug, number)
    terms = terms_of_batch(batch)
    return {
        "batch": batch,
        "earlier": terms_words(terms) if terms else None,
        "unmapped": unmapped_of(preview, batch),
        "href": href,
        "sheet": preview.sheet,
        "counts": counts_of(counts, href),
        "sum": sum_of(counts),
        "sections": sections,
        "whole": bool(sections) and sections[0]["whole"],
        "notes": notes_of(preview),
        "would": would_write(preview),
        "writable": bool(counts["added"] + counts["changed"] + counts["doubtful"]),
        "marked": bool(counts["doubtful"] + counts["refused"]),
        "same": _same_file(batch),
        "key": fresh_key(),
    }


def _same_file(batch: ImportBatch) -> ImportBatch | None:
    """An earlier import of the very same file that still holds."""
    applied = ImportBatch.objects.filter(
        commune=batch.commune, file_digest=batch.file_digest, state=ImportBatch.State.APPLIED
    )
    return applied.defer("staged", "undo").first()


def _settled(batch: ImportBatch) -> dict[str, Any]:
    written = batch.counts["written"]
    terms = terms_of_batch(batch)
    return {
        "batch": batch,
        "earlier": terms_words(terms) if terms else None,
        "counts": counts_of(batch.counts, ""),
        "sum": sum_of(batch.counts),
        "written": written_words(written) if written["households"] else "",
        "undone": batch.state == ImportBatch.State.UNDONE,
        "marked": bool(batch.counts["doubtful"] + batch.counts["refused"]) and handed_back(batch),
        "key": fresh_key(),
    }


@page(RIGHT, "POST")
def imports_apply(request: HttpRequest, here: Here, batch_id: UUID) -> HttpResponse:
    """The third step: write the sure households and the doubtful ones ticked."""
    batch = _own_batch(here, batch_id)
    answer = redirect("imports_batch", batch_id=batch.pk)
    ticked = _ticked(request)
    sure = batch.counts.get("added", 0) + batch.counts.get("changed", 0)
    if ticked == frozenset() and not sure:
        warn(request, _("Chưa ghi gì vì chưa có hộ nào được đánh dấu. Hãy đánh dấu rồi ghi lại."))
        return answer
    try:
        written = apply_import(
            actor=here.actor, batch_id=batch.pk, ticked=ticked, key=one_time_key(request)
        )
    except (Refused, UnfriendlyFile) as refusal:
        warn(request, said(refusal.sentence))
        return answer
    if not written["households"]:
        warn(request, _("Không ghi hộ nào: sổ đã đúng như danh sách, không có gì để thay đổi."))
    return answer


def _ticked(request: HttpRequest) -> frozenset[int] | None:
    """The rows ticked; None when all doubtful ones are. What no sheet can number is left out."""
    if request.POST.get("all"):
        return None
    words = " ".join(request.POST.getlist("row")).split()
    return frozenset(int(word) for word in words if word.isdecimal() and len(word) <= LONGEST_ROW)


@page(RIGHT, "POST")
def imports_undo(request: HttpRequest, here: Here, batch_id: UUID) -> HttpResponse:
    """Take back what a list wrote."""
    batch = _own_batch(here, batch_id)
    try:
        undo_import(actor=here.actor, batch_id=batch.pk, key=one_time_key(request))
    except Refused as refusal:
        warn(request, said(refusal.sentence))
    return redirect("imports_batch", batch_id=batch.pk)


@page(RIGHT, "POST")
def imports_marked(request: HttpRequest, here: Here, batch_id: UUID) -> HttpResponse:
    """The user's own sheet with each doubtful or refused cell marked; each time journalled."""
    batch = _own_batch(here, batch_id)
    try:
        workbook, preview = hand_back_marked(actor=here.actor, batch_id=batch.pk)
    except (Refused, UnfriendlyFile) as refusal:
        warn(request, said(refusal.sentence))
        return redirect("imports")
    kept = BytesIO()
    write_marked(kept, workbook, preview)
    stem = batch.file_name.rpartition(".")[0] or batch.file_name
    return _download(kept, f"{stem} - đánh dấu.xlsx")


@page(RIGHT)
def imports_template(_request: HttpRequest, here: Here) -> HttpResponse:
    """A clean list to fill in."""
    kept = BytesIO()
    write_template(kept, commune_of(here.place), here.on)
    return _download(kept, "Mẫu danh sách hộ.xlsx")


def _download(kept: BytesIO, name: str) -> HttpResponse:
    kept.seek(0)
    response: Any = FileResponse(kept, as_attachment=True, filename=name, content_type=XLSX)
    return response  # type: ignore[no-any-return]


@page(RIGHT)
def imports_sample(_request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """One of the demonstration's lists as they really come; only where the demo runs."""
    names = samples_for(commune_of(here.place))
    if not settings.DEMO or not 0 < number <= len(names):
        raise Http404
    path = data_folder() / "samples" / names[number - 1]
    if not path.exists():
        write_sample_files(path.parent)
    response: Any = FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
    return response  # type: ignore[no-any-return]
