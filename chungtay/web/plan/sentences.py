"""The plan's text cut into words and live numbers, each number with the place it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.plans.arithmetic import derive
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.models import Plan
from chungtay.plans.queries import mentioned_households
from chungtay.plans.values import BLANK, UNKNOWN, numbers_of, values_of
from chungtay.reports.plan_content import PlanContent, read_content
from chungtay.reports.plan_document import label_of, runs_of
from chungtay.reports.plan_paper import printed_part
from chungtay.reports.tokens import ValuePiece, fill_tokens, split_pieces
from chungtay.rulebook.wording import vi_int
from chungtay.web.plan.promises import live_parts


@dataclass(frozen=True)
class Part:
    """A piece of a sentence: words, or a live number: its name, where it leads, its source."""

    text: str
    name: str = ""
    href: str = ""
    why: str = ""
    italic: bool = False


@dataclass(frozen=True)
class ShownSection:
    """A section as the screen shows it."""

    level: int
    anchor: str
    title: str
    heading: str
    paragraphs: tuple[tuple[str, tuple[Part, ...]], ...]
    run_in: bool = False


@dataclass(frozen=True)
class ShownPaper:
    """The paper as the screen shows it: title, bases and sections with their live numbers."""

    title: str
    subject: str
    bases: tuple[str, ...]
    opening: tuple[Part, ...]
    sections: tuple[ShownSection, ...]


def paper_of(plan: Plan, cells: Cells) -> ShownPaper:
    """The text of a plan with its live numbers, as the cells given make them."""
    content = read_content(printed_part(plan.content))
    values, sources = values_of(plan, cells), _sources(plan, cells)
    return ShownPaper(
        fill_tokens(content.wording.title, values),
        fill_tokens(content.wording.subject, values),
        tuple(fill_tokens(basis.text, values) for basis in content.legal_bases),
        _parts(content.wording.lead_in, values, sources),
        _sections(content, values, sources),
    )


def _sections(
    content: PlanContent, values: dict[str, str], sources: dict[str, tuple[str, str]]
) -> tuple[ShownSection, ...]:
    return tuple(
        ShownSection(
            section.level,
            f"muc-{at}",
            section.title,
            " ".join(filter(None, (label_of(section.number), section.title))),
            tuple(
                (paragraph.kind, _parts(paragraph.text, values, sources))
                for paragraph in section.paragraphs
            ),
            section.run_in and bool(section.title and section.paragraphs),
        )
        for at, section in enumerate(content.sections, 1)
    )


@dataclass(frozen=True)
class LiveNumber:
    """A number of the table or the text as the typed cells make it."""

    name: str
    text: str
    unsaved: bool


def live_numbers(cells: Cells | None, kept: Cells) -> list[LiveNumber]:
    """Every number that follows from the cells, and whether it differs from what is kept."""
    before = _shown_numbers(kept)
    now = _shown_numbers(cells) if cells is not None else dict.fromkeys(before, UNKNOWN)
    return [LiveNumber(name, text, text != before.get(name)) for name, text in now.items()]


def _shown_numbers(cells: Cells) -> dict[str, str]:
    """The numbers of the sentences, and the rests as the table writes them."""
    rests = {
        f"{one.cell.code}_rest": BLANK if one.closing is None else vi_int(one.closing)
        for one in derive(cells)
        if one.closing is not None or one.cell.is_open
    }
    return numbers_of(cells) | rests | dict(live_parts(cells))


def _parts(
    text: str, values: dict[str, str], sources: dict[str, tuple[str, str]]
) -> tuple[Part, ...]:
    return tuple(
        Part(piece.text, piece.name, *sources[piece.name], italic=run.italic)
        if isinstance(piece, ValuePiece) and piece.name in sources
        else Part(piece.text, italic=run.italic)
        for run in runs_of(text)
        for piece in split_pieces(run.text, values)
    )


def _sources(plan: Plan, cells: Cells) -> dict[str, tuple[str, str]]:
    """Where each live value leads and what it is, by token name; others are plain words."""
    sources: dict[str, tuple[str, str]] = {}
    for cell in cells.targets:
        sources |= _sources_of(cell)
    for name in numbers_of(cells):
        sources.setdefault(name, ("#kinh-phi", _("Cộng từ các ô kinh phí")))
    for row in mentioned_households(plan):
        href = reverse("register_household", args=[row.household_id])
        for name in ("", "_name", "_village"):
            sources[f"household_{row.position}{name}"] = (href, _("Hộ có tên trong chỉ tiêu"))
    return sources


def _sources_of(cell: TargetCell) -> dict[str, tuple[str, str]]:
    code, register = cell.code, f"{reverse('register')}?class={cell.population}"
    found = {
        f"{code}_opening": (register, _("Ô “Đầu năm”; bấm để xem các hộ")),
        f"{code}_reduction": ("#ten-ho", _("Ô “Giảm”; bấm để xem các hộ có tên")),
        f"{code}_closing": ("#con-so", _("Đầu năm trừ số giảm")),
        f"{code}_opening_rate": ("#con-so", _("Đầu năm chia tổng số hộ")),
        f"{code}_closing_rate": ("#con-so", _("Cuối năm chia tổng số hộ")),
        f"{code}_value": ("#con-so", _("Ô “Số hứa” của chỉ tiêu")),
        f"{code}_base": ("#con-so", _("Ô số gốc của chỉ tiêu")),
    }
    for position, part in enumerate(cell.parts, 1):
        why = _("Phần giao cho %(place)s") % {"place": part.name}
        found[f"{code}_part_{position}"] = ("#giao", why)
    return found
