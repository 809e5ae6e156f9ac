"""What in a plan is still to be filled in before it can be submitted, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from chungtay.acts.refusing import Refused
from chungtay.plans.cells import Cells
from chungtay.plans.models import Plan
from chungtay.plans.open_promises import open_promises
from chungtay.plans.tokens import TOKEN, sentences_of
from chungtay.plans.values import BLANK, values_of
from chungtay.rulebook.wording import Sentence


def blanks_of(plan: Plan, cells: Cells | None = None) -> list[Sentence]:
    """The promises without their number, and the sections whose sentences hold blanks."""
    typed = cells or Cells.of(plan)
    return [*open_promises(typed), *blank_sentences(plan, typed)]


def refuse_unfilled(plan: Plan) -> None:
    """Refuse to send a plan on its way while a number or a sentence of it is still blank."""
    blanks = blanks_of(plan)
    if blanks:
        raise Refused(
            Sentence(
                "Kế hoạch còn {count} chỗ để trống nên chưa trình duyệt, chưa ban hành được. "
                "{first}",
                count=len(blanks),
                first=blanks[0],
            )
        )


def blank_sentences(plan: Plan, cells: Cells) -> Iterator[Sentence]:
    """A section once, however many blanks its sentences hold beside those of open promises."""
    if BLANK not in plan.content.get("values", {}).values():
        return
    values = values_of(plan, cells)
    begun = tuple(f"{cell.code}_" for cell in cells.targets if cell.is_open)
    blank = {one for one, said in values.items() if said == BLANK and not one.startswith(begun)}
    told: set[str] = set()
    for place, text in sentences_of(plan.content):
        if place not in told and blank & set(TOKEN.findall(text)):
            told.add(place)
            yield Sentence(
                "Mục {place} còn chỗ để trống ({blank}). Hãy sửa câu ở mục Nội dung kế hoạch.",
                place=place or "đầu",
                blank=BLANK,
            )
