"""Acts on imports: stage a file, apply it, undo it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.utils import timezone

from chungtay.acts import sealing
from chungtay.acts.inserting import large_cache, look_over_tables
from chungtay.acts.models import Chain
from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.files.cells import Workbook
from chungtay.files.storing import display_name
from chungtay.households.queries.statuses import standard_id_on
from chungtay.places.models import Unit
from chungtay.rulebook.wording import Sentence, catalogued, vi_date
from chungtay.sync.applying import ReadyHouseholds, ready_before, write_proposals
from chungtay.sync.building import Written
from chungtay.sync.collecting import without_collecting
from chungtay.sync.earlier.places import villages_now
from chungtay.sync.earlier.previewing import preview_earlier
from chungtay.sync.earlier.terms import NO_VILLAGE, Asked, Terms, settle, terms_of
from chungtay.sync.earlier.writing import write_earlier
from chungtay.sync.matching import preview_list
from chungtay.sync.models import ImportBatch
from chungtay.sync.opening import opened, read_content, read_opened
from chungtay.sync.proposals import Preview
from chungtay.sync.reading import ReadList, read_title
from chungtay.sync.undoing import put_back

PURPOSE = "import"
RIGHT = "households.import"
DAYS_HANDED_BACK = 7
# So many new people that what the database knows of its tables no longer holds.
MANY = 1000
NOT_READ = ReadList("", 0, (), ())


def read_file(content: bytes, commune: Unit, on: date) -> Preview:
    """Read a list and hold it against the register; UnfriendlyFile says why it cannot be read.

    Refused for a day on which the commune can have no list.
    """
    return _compared(read_content(content, commune, on, None), commune, on, None)


def _compared(read: ReadList, commune: Unit, on: date, terms: Terms | None) -> Preview:
    if terms is not None:
        return preview_earlier(read, commune, terms)
    return preview_list(read, commune, on)


def terms_of_batch(batch: ImportBatch) -> Terms | None:
    """What was said of a list of an earlier year; None for one of the present."""
    earlier = batch.kind == ImportBatch.ListKind.EARLIER
    return terms_of(batch.terms) if earlier else None


def _read_batch(batch: ImportBatch) -> ReadList:
    return read_content(staged_content(batch), batch.commune, batch.on, terms_of_batch(batch))


def _compare_batch(read: ReadList, batch: ImportBatch) -> Preview:
    return _compared(read, batch.commune, batch.on, terms_of_batch(batch))


@without_collecting()
def preview_seen_by(*, actor: Actor, commune: Unit, on: date, content: bytes) -> Preview:
    """What a file would do to a commune's register; NotAllowed without the right to import."""
    _ask_right(actor, commune)
    return read_file(content, commune, on)


@without_collecting()
def earlier_seen_by(
    *, actor: Actor, commune: Unit, asked: Asked, content: bytes
) -> tuple[Terms, Preview]:
    """What a list of an earlier year would do, and the terms settled with its title.

    Refused where year, standard, decision or commune are wanting or cannot be.
    """
    _ask_right(actor, commune)
    workbook = opened(content)
    terms = settle(asked, read_title(workbook), commune)
    read = read_opened(workbook, commune, terms.first, terms)
    return terms, _compared(read, commune, terms.first, terms)


def _ask_right(actor: Actor, commune: Unit) -> None:
    """Before any work is done for someone who may not have it; the act itself asks again."""
    if not actor.may(RIGHT, commune):
        raise NotAllowed(
            Sentence("Tài khoản này không được nhập danh sách cho {unit}.", unit=commune.name)
        )


@without_collecting()
def stage_import(
    *, actor: Actor, commune: Unit, on: date, file_name: str, content: bytes, key: str = ""
) -> str:
    """Keep a file for a commune, sealed, with the counts of what it would do; the batch's id.

    A key counts for one file and one day: another list sent with it is staged too.
    """
    preview = preview_seen_by(actor=actor, commune=commune, on=on, content=content)
    return _stage(actor, ImportBatch(commune=commune, on=on), preview, file_name, content, key)


@without_collecting()
def stage_earlier(
    *, actor: Actor, commune: Unit, asked: Asked, file_name: str, content: bytes, key: str = ""
) -> str:
    """Keep a list of an earlier year with what was said of it; the batch's id."""
    terms, preview = earlier_seen_by(actor=actor, commune=commune, asked=asked, content=content)
    kind = ImportBatch.ListKind.EARLIER
    batch = ImportBatch(commune=commune, on=terms.first, kind=kind, terms=terms.kept())
    return _stage(actor, batch, preview, file_name, content, key)


def _stage(
    actor: Actor, batch: ImportBatch, preview: Preview, file_name: str, content: bytes, key: str
) -> str:
    digest = hashlib.sha256(content).hexdigest()
    once = f"{key}:{batch.on.isoformat()}:{digest}" if key else ""

    def write(line: OpenLine) -> str:
        batch.file_name, batch.file_digest = display_name(file_name), digest
        batch.state = ImportBatch.State.STAGED
        batch.counts, batch.staged_by = preview.counts(), actor.name
        batch.staged = _seal(batch, content)
        batch.save()
        line.subject = f"import:{batch.id}"
        line.details = {"counts": batch.counts, "on": batch.on.isoformat(), "file": digest}
        if batch.terms:
            line.details["terms"] = batch.terms
        return str(batch.id)

    return perform(actor, Deed("sync.stage_import", RIGHT, batch.commune, key=once), write)


def choose_villages(
    *, actor: Actor, batch_id: UUID, chosen: Mapping[str, int], key: str = ""
) -> dict[str, int]:
    """Say which villages of today those of a staged earlier list are; ``NO_VILLAGE``: not known.

    Refused for a village that is not one of the batch's commune.
    """
    batch = ImportBatch.objects.select_related("commune").defer("staged").get(pk=batch_id)

    def write(line: OpenLine) -> dict[str, int]:
        fresh = _lock(batch_id, ImportBatch.State.STAGED)
        terms = terms_of_batch(fresh)
        if terms is None:
            text = "Đợt nhập này không phải danh sách của năm trước, nên không có thôn nào để chọn."
            raise Refused(Sentence(text))
        offered = {one.pk for one in villages_now(fresh.commune)} | {NO_VILLAGE}
        if not set(chosen.values()) <= offered:
            text = "Thôn đã chọn không thuộc {commune}. Hãy tải lại trang rồi chọn lại."
            raise Refused(Sentence(text, commune=fresh.commune.name))
        villages = {**terms.villages, **chosen}
        fresh.terms = msgspec.structs.replace(terms, villages=villages).kept()
        fresh.save(update_fields=["terms"])
        line.details = {"villages": dict(chosen)}
        return dict(chosen)

    subject = f"import:{batch.id}"
    deed = Deed("sync.choose_villages", RIGHT, batch.commune, subject=subject, key=key)
    return perform(actor, deed, write)


def staged_content(batch: ImportBatch) -> bytes:
    """The file of a batch as it came; Refused where the key it was sealed with is gone."""
    return _unseal(batch, bytes(batch.staged))


@without_collecting()
def preview_of(batch: ImportBatch) -> Preview:
    """What a staged batch would do to the register as it stands now."""
    return _compare_batch(_read_batch(batch), batch)


def handed_back(batch: ImportBatch) -> bool:
    """Whether a batch's file is still handed back: while staged, and some days after."""
    last = batch.settled_at and batch.settled_at + timedelta(days=DAYS_HANDED_BACK)
    return last is None or timezone.now() <= last


def hand_back_marked(*, actor: Actor, batch_id: UUID) -> tuple[Workbook, Preview]:
    """A batch's sheets as they came, IDs in clear, with what is said of them; journalled each time.

    Refused some days after the batch was settled, UnfriendlyFile if the file cannot be read.
    """
    batch = ImportBatch.objects.select_related("commune").get(pk=batch_id)
    _ask_right(actor, batch.commune)
    if not handed_back(batch):
        raise Refused(
            Sentence(
                "Tệp đã đánh dấu chỉ tải được trong {days} ngày sau khi đợt nhập xong "
                "({when}). Hãy nhập lại tệp gốc để xem ghi chú.",
                days=DAYS_HANDED_BACK,
                when=_moment(batch),
            )
        )
    workbook = opened(staged_content(batch))
    read = read_opened(workbook, batch.commune, batch.on, terms_of_batch(batch))
    preview = _compare_batch(read, batch)

    def write(line: OpenLine) -> None:
        rows = sum(len(sheet.rows) for sheet in workbook.sheets)
        line.details = {"rows": rows, "file": batch.file_digest}

    subject = f"import:{batch.id}"
    perform(actor, Deed("sync.hand_back_marked", RIGHT, batch.commune, subject=subject), write)
    return workbook, preview


@without_collecting()
def apply_import(
    *, actor: Actor, batch_id: UUID, ticked: frozenset[int] | None, key: str = ""
) -> dict[str, Any]:
    """Write a staged batch: the sure households, and the doubtful ones ticked by row (None: all).

    Reading and comparing happen before the lock; if the register changed meanwhile the comparison
    is made anew, the reading never. Refused if someone has applied or undone the batch.
    """
    batch = ImportBatch.objects.select_related("commune").get(pk=batch_id)
    _ask_right(actor, batch.commune)
    seen = _head_of(batch.commune)
    # A settled batch is refused under the lock, so its list need not be read.
    staged = batch.state == ImportBatch.State.STAGED
    read = _read_batch(batch) if staged else NOT_READ
    preview = _compare_batch(read, batch) if staged else Preview(())
    before = None
    if terms_of_batch(batch) is None:
        standard = standard_id_on(batch.on)
        before = ready_before(batch.commune, batch.on, standard, preview.chosen(ticked))

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = _lock(batch_id, ImportBatch.State.STAGED)
        as_seen = _head_of(fresh.commune) == seen
        current = preview if as_seen else _compare_batch(read, fresh)
        answer = _write_chosen(fresh, current, ticked, line, before if as_seen else None)
        _settle(fresh, actor, ImportBatch.State.APPLIED)
        line.details = {**answer, "on": fresh.on.isoformat(), "file": fresh.file_digest}
        return answer

    subject = f"import:{batch.id}"
    deed = Deed("sync.apply_import", RIGHT, batch.commune, subject=subject, key=key)
    with large_cache():
        answer = perform(actor, deed, write)
    if answer["persons"] >= MANY:
        look_over_tables()
    return answer


def _write_chosen(
    batch: ImportBatch,
    preview: Preview,
    ticked: frozenset[int] | None,
    line: OpenLine,
    before: ReadyHouseholds | None,
) -> dict[str, Any]:
    chosen = preview.chosen(ticked)
    terms = terms_of_batch(batch)
    if terms is not None:
        written = write_earlier(batch.commune, terms, chosen, line)
    else:
        standard = standard_id_on(batch.on)
        written = write_proposals(batch.commune, batch.on, standard, chosen, line, before)
    batch.undo = _seal(batch, msgspec.json.encode(asdict(written)))
    answer = {
        "households": len(chosen),
        "added": len(written.added),
        "changed": len(chosen) - len(written.added),
        "persons": written.persons,
    }
    batch.counts = preview.counts() | {"written": answer}
    return answer


@without_collecting()
def undo_import(*, actor: Actor, batch_id: UUID, key: str = "") -> dict[str, Any]:
    """Put back what a batch wrote; Refused if a household it touched has changed since."""
    batch = ImportBatch.objects.select_related("commune").defer("staged", "undo").get(pk=batch_id)

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = _lock(batch_id, ImportBatch.State.APPLIED)
        written = _written(fresh)
        put_back(fresh.commune, written, _undone_since(fresh), line)
        fresh.undo = _seal(fresh, msgspec.json.encode(asdict(written)))
        _settle(fresh, actor, ImportBatch.State.UNDONE)
        answer = {"withdrawn": len(written.added), "restored": len(written.households)}
        line.details = answer
        return answer

    subject = f"import:{batch.id}"
    deed = Deed("sync.undo_import", RIGHT, batch.commune, subject=subject, key=key)
    return perform(actor, deed, write)


def _undone_since(batch: ImportBatch) -> list[Written]:
    later = ImportBatch.objects.filter(
        commune=batch.commune,
        state=ImportBatch.State.UNDONE,
        undo__isnull=False,
        settled_at__gte=batch.settled_at,
    )
    return [_written(one) for one in later.defer("staged").order_by("settled_at")]


def _lock(batch_id: UUID, wanted: str) -> ImportBatch:
    batch = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("commune")
        .defer("staged")
        .get(pk=batch_id)
    )
    if batch.state == wanted:
        return batch
    said = {
        ImportBatch.State.STAGED: catalogued("chưa được ghi vào sổ"),
        ImportBatch.State.APPLIED: catalogued("đã được ghi vào sổ"),
        ImportBatch.State.UNDONE: catalogued("đã được hoàn tác"),
    }[ImportBatch.State(batch.state)]
    who = f" ({batch.settled_by}, {_moment(batch)})" if batch.settled_at else ""
    raise Refused(
        Sentence(
            "Đợt nhập này {said}{who}, nên lần bấm này không làm gì thêm. "
            "Hãy tải lại trang để xem.",
            said=said,
            who=who,
        )
    )


def _moment(batch: ImportBatch) -> str:
    local = timezone.localtime(batch.settled_at)
    return f"{local:%H:%M} {vi_date(local.date())}"


def _settle(batch: ImportBatch, actor: Actor, state: str) -> None:
    batch.state = state
    batch.settled_by, batch.settled_at = actor.name, timezone.now()
    batch.save()


def _head_of(commune: Unit) -> int:
    """How many acts the commune's journal holds: a cheap sign that nothing changed."""
    number = Chain.objects.filter(name=commune.chain).values_list("number", flat=True).first()
    return number or 0


def _seal(batch: ImportBatch, plain: bytes) -> bytes:
    return sealing.seal(PURPOSE, plain, bound_to=batch.id.bytes, salt=bytes(batch.salt))


def _written(batch: ImportBatch) -> Written:
    return msgspec.json.decode(_unseal(batch, bytes(batch.undo or b"")), type=Written)


def _unseal(batch: ImportBatch, sealed: bytes) -> bytes:
    try:
        return sealing.unseal(PURPOSE, sealed, bound_to=batch.id.bytes, salt=bytes(batch.salt))
    except sealing.Unreadable as error:
        raise Refused(
            Sentence(
                "Không đọc được đợt nhập “{name}”: dữ liệu đã được khôi phục mà không có khóa cũ. "
                "Hãy nhập lại tệp gốc.",
                name=batch.file_name,
            )
        ) from error
