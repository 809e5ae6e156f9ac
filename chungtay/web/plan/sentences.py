"""The plan's text cut into words and live numbers, each number with the place it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from chungtay.plans.models import Plan
from chungtay.plans.queries import mentioned_households
from chungtay.plans.values import values_of
from chungtay.reports.plan_content import read_content
from chungtay.reports.plan_paper import printed_part
from chungtay.reports.tokens import ValuePiece, split_pieces


@dataclass(frozen=True)
class Part:
    """A piece of a sentence: words, or a live number with where it leads and why."""

    text: str
    live: bool = False
    href: str = ""
    why: str = ""


@dataclass(frozen=True)
class ShownSection:
    """A section as the screen shows it."""

    level: int
    heading: str
    paragraphs: tuple[tuple[str, tuple[Part, ...]], ...]


def sections_of(plan: Plan) -> list[ShownSection]:
    """The sections of a plan with their live numbers."""
    content = read_content(printed_part(plan.content))
    values = values_of(plan)
    sources = _sources(plan)
    return [
        ShownSection(
            section.level,
            " ".join(filter(None, (f"{section.number}." if section.number else "", section.title))),
            tuple(
                (paragraph.kind, _parts(paragraph.text, values, sources))
                for paragraph in section.paragraphs
            ),
        )
        for section in content.sections
    ]


def _parts(
    text: str, values: dict[str, str], sources: dict[str, tuple[str, str]]
) -> tuple[Part, ...]:
    return tuple(
        Part(piece.text, True, *sources.get(piece.name, ("", "")))
        if isinstance(piece, ValuePiece)
        else Part(piece.text)
        for piece in split_pieces(text, values)
    )


def _sources(plan: Plan) -> dict[str, tuple[str, str]]:
    """Where each live value leads and what it is, by token name."""
    sources: dict[str, tuple[str, str]] = {"year": ("", _("Năm của kế hoạch"))}
    for population in ("poor", "near_poor"):
        register = f"{reverse('register')}?class={population}"
        sources |= {
            f"{population}_opening": (register, _("Ô “Đầu năm”; bấm để xem các hộ")),
            f"{population}_reduction": ("#ten-ho", _("Ô “Giảm”; bấm để xem các hộ có tên")),
            f"{population}_closing": ("#con-so", _("Đầu năm trừ số giảm")),
            f"{population}_opening_rate": ("#con-so", _("Đầu năm chia tổng số hộ")),
            f"{population}_closing_rate": ("#con-so", _("Cuối năm chia tổng số hộ")),
        }
    for row in mentioned_households(plan):
        href = reverse("register_household", args=[row.household_id])
        sources[f"household_{row.position}"] = (href, _("Hộ có tên trong chỉ tiêu"))
    return sources
