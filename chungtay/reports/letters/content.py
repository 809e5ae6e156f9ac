"""What is typed of a paper, and what is offered when one is opened."""

from __future__ import annotations

import msgspec

from chungtay.places.models import Unit
from chungtay.plans.models import Plan
from chungtay.plans.queries import named_households
from chungtay.reports.letters.kinds import Kind
from chungtay.reports.letters.printed import BLANK
from chungtay.reports.tokens import fill_tokens

MOST_SIGNS = 20_000


class PaperContent(msgspec.Struct):
    """The fields of a paper as typed: several lines each where the paper has several.

    ``blocks`` are the body by field; ``households`` are rows of the plan's named households, so
    that no name of a family is kept here.
    """

    superior: str = ""
    issuing: str = ""
    place: str = ""
    addressees: str = ""
    bases: str = ""
    blocks: dict[str, str] = msgspec.field(default_factory=dict)
    members: str = ""
    households: list[int] = msgspec.field(default_factory=list)
    recipients: str = ""
    on_behalf: str = ""
    position: str = ""
    signer: str = ""
    secretary: str = ""

    @classmethod
    def of(cls, raw: object) -> PaperContent:
        """The content as it is kept."""
        return msgspec.convert(raw, type=cls)

    def as_json(self) -> dict[str, object]:
        """The content as it is kept."""
        kept: dict[str, object] = msgspec.to_builtins(self)
        return kept

    def texts(self) -> list[str]:
        """Every text that was typed."""
        typed = [value for value in self.as_json().values() if isinstance(value, str)]
        return [*typed, *self.blocks.values()]


def offered(kind: Kind, unit: Unit, plan: Plan | None) -> PaperContent:
    """A paper of a kind with everything known put in; "…" is left to be written."""
    head = plan.content.get("head", {}) if plan else {}
    named = named_households(plan) if plan and kind.names_households else []
    return PaperContent(
        superior="\n".join(head.get("superior_authority", ())) or _superior(unit),
        issuing="\n".join(head.get("issuing_authority", ())) or f"ỦY BAN NHÂN DÂN\n{unit.name}",
        place=str(head.get("place", "")) or _bare_name(unit.name),
        addressees=kind.addressees,
        bases=_bases(kind, plan) if kind.bases else "",
        blocks={block.key: block.text for block in kind.blocks},
        households=[row.pk for row in named],
        recipients=kind.recipients,
        on_behalf=kind.on_behalf,
        position=kind.position,
    )


def subject_of(kind: Kind, unit: Unit, year: int) -> str:
    """What the paper is about, with the year and the place it was opened for."""
    return fill_tokens(kind.subject, {"year": str(year), "unit": unit_words(unit)})


def unit_words(unit: Unit) -> str:
    """A place within a sentence: "xã Quang Trung"."""
    return f"{unit.name[:1].lower()}{unit.name[1:]}"


def _superior(unit: Unit) -> str:
    return f"ỦY BAN NHÂN DÂN\n{unit.parent.name}" if unit.parent else ""


def _bare_name(name: str) -> str:
    """The name without the word for its kind; "Thị xã", "Thành phố" are two words."""
    words = name.split()
    kind = 2 if " ".join(words[:2]).casefold() in {"thị xã", "thị trấn", "thành phố"} else 1
    return " ".join(words[kind:]) or name


def _bases(kind: Kind, plan: Plan | None) -> str:
    """The plan's own bases, for a decision the plan too; none is written that it does not have."""
    if plan is None:
        return BLANK
    standing = plan.bases.filter(withdrawn=False).order_by("position")
    rows = list(standing.values_list("text", flat=True))
    kept = rows or [str(one["text"]) for one in plan.content.get("legal_bases", ())]
    decided = ["Căn cứ {{ plan_name }}", f"Theo đề nghị của {BLANK}"] if kind.authority else []
    return "\n".join([*kept, *decided])
