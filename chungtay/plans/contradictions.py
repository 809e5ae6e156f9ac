"""What a plan's own numbers say against each other, each contradiction a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from chungtay.plans.arithmetic import DerivedTarget, derive
from chungtay.plans.cells import Cells, TargetCell
from chungtay.rulebook.promise_words import (
    amount_words,
    base_words,
    number_words,
    population_words,
    span_words,
)
from chungtay.rulebook.promises import needed_of_each, span_of
from chungtay.rulebook.targets import RateClaim, contradictions
from chungtay.rulebook.wording import Sentence, vi_int

SHORT_OF_THE_WHOLE = (
    "Chỉ tiêu giảm {whole} {words}, các nơi cộng lại {parts} hộ; còn {difference} hộ chưa giao cho "
    "nơi nào. Hãy sửa phần của từng nơi, hoặc sửa chỉ tiêu."
)
ABOVE_THE_WHOLE = (
    "Chỉ tiêu giảm {whole} {words}, các nơi cộng lại {parts} hộ; thừa {difference} hộ. "
    "Hãy sửa phần của từng nơi, hoặc sửa chỉ tiêu."
)


def contradictions_of(cells: Cells) -> tuple[Sentence, ...]:
    """Rates against the total, a whole against its parts, a share against whole households."""
    derived = derive(cells)
    return (
        *contradictions(_claims(cells), cells.total_households or None),
        *_wholes(cells),
        *(sentence for one in derived for sentence in _of_share(one)),
        *(sentence for one in derived for sentence in _of_parts(one)),
    )


def _claims(cells: Cells) -> Iterator[RateClaim]:
    for cell in cells.targets:
        if cell.opening is None or cell.reduction is None:
            continue
        if cell.stated_opening_rate is not None:
            yield RateClaim(cell.opening, cell.stated_opening_rate)
        if cell.stated_closing_rate is not None:
            yield RateClaim(cell.opening - cell.reduction, cell.stated_closing_rate)


def _wholes(cells: Cells) -> Iterator[Sentence]:
    """A combined target and the parts it is to be made of."""
    for whole in cells.targets:
        pieces = cells.pieces_of(whole.code)
        if pieces and not any(one.is_open for one in (whole, *pieces)):
            yield from _whole(whole, pieces)


def _whole(whole: TargetCell, pieces: list[TargetCell]) -> Iterator[Sentence]:
    spans = [span_of(piece.kind, piece.amount) for piece in pieces]
    needed = needed_of_each(span_of(whole.kind, whole.amount), spans)
    if None in needed:
        yield Sentence(
            "Chỉ tiêu chung giảm {whole} không thể đạt từ các phần đã ghi ({parts}). "
            "Hãy sửa chỉ tiêu chung hoặc từng phần.",
            whole=amount_words(whole.kind, whole.amount),
            parts="; ".join(
                f"{population_words(piece.kind.population)} giảm "
                f"{amount_words(piece.kind, piece.amount)}"
                for piece in pieces
            ),
        )
        return
    for piece, span, wanted in zip(pieces, spans, needed, strict=True):
        if wanted is not None and wanted != span:
            yield Sentence(
                "Chỉ tiêu chung giảm {whole} chỉ đạt khi {population} giảm {needed} điểm phần "
                "trăm; kế hoạch mới ghi {said}.",
                whole=amount_words(whole.kind, whole.amount),
                population=population_words(piece.kind.population),
                needed=span_words(wanted),
                said=amount_words(piece.kind, piece.amount),
            )


def _of_share(one: DerivedTarget) -> Iterator[Sentence]:
    base, whole = one.cell.kind.base, one.whole
    if base is None or whole is None:
        return
    if whole.rounded:
        yield Sentence(
            "{share} của {count} {base} là {exact} hộ; kế hoạch lấy tròn {whole} hộ.",
            share=amount_words(one.cell.kind, one.cell.amount),
            count=vi_int(one.cell.base_count or 0),
            base=base_words(base),
            exact=number_words(whole.exact),
            whole=vi_int(whole.count),
        )
    meaning = one.cell.meaning
    if meaning.base_said:
        yield Sentence(
            "Câu văn lấy số gốc là “{said}”, còn {paper} giao trên {base}. Hãy sửa câu văn cho "
            "khớp văn bản giao chỉ tiêu, hoặc đề nghị nơi giao nói rõ.",
            said=meaning.base_said,
            paper=meaning.assigned_by or "văn bản giao chỉ tiêu",
            base=base_words(base),
        )


def _of_parts(one: DerivedTarget) -> Iterator[Sentence]:
    words = population_words(one.cell.kind.population)
    if one.not_assigned:
        yield Sentence(
            SHORT_OF_THE_WHOLE if one.not_assigned > 0 else ABOVE_THE_WHOLE,
            whole=vi_int(one.reduction or 0),
            words=words,
            parts=vi_int(sum(part.reduction for part in one.parts)),
            difference=vi_int(abs(one.not_assigned)),
        )
    openings = [part.cell.opening for part in one.parts]
    base = one.cell.base_count if one.cell.base_count is not None else one.cell.opening
    if not openings or base is None or None in openings:
        return
    together = sum(opening or 0 for opening in openings)
    if together != base:
        yield Sentence(
            "Số gốc của các nơi cộng lại {together} {words}, số gốc của chỉ tiêu là {base}. "
            "Hãy sửa số của từng nơi, hoặc sửa số gốc.",
            together=vi_int(together),
            words=words,
            base=vi_int(base),
        )
