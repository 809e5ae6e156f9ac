"""One household by every standard that counts at its place: decided, found, and where they part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chungtay.households.models import StatusSpell
from chungtay.households.queries.findings import Known, findings_by_standard
from chungtay.households.queries.statuses import holding
from chungtay.rulebook.classifying import Finding
from chungtay.rulebook.findings import Contradiction
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date
from chungtay.web.register.card import UNKNOWN, Link, card_of
from chungtay.web.register.former import Shown
from chungtay.web.register.words import class_word, paper_of, spell_word, standard_word
from chungtay.web.templating import said

Found = Mapping[str, Finding | Contradiction]


def sides_of(
    shown: Shown,
    on: date,
    known: Known,
    history: Iterable[StatusSpell],
    *,
    whole: bool,
    link: Link,
) -> dict[str, Any]:
    """Status lines and cards, national first, and the sentence that says where they part."""
    found = findings_by_standard(shown.household, on, shown.facts, known)
    spells = {name: shown.spell(spell) for name, spell in holding(history, on).items()}
    first = _key(next(iter(found.values()), None))
    cards: list[dict[str, Any]] = []
    for name, finding in found.items():
        standard = law().standard(name)
        card = card_of(finding, spells.get(name), on, standard, whole=whole, link=link)
        if cards:
            _without_repeats(card, cards[0]["card"])
        opened = not cards or _key(finding) != first
        cards.append({"name": said(standard.name), "card": card, "open": opened})
    return {
        "statuses": [_status(name, spells.get(name), on) for name in {**found, **spells}],
        "cards": cards,
        "parted": _parted(found),
    }


def _without_repeats(card: dict[str, Any], above: dict[str, Any]) -> None:
    """Leave out indicators that say just what those of the card above say."""
    if card.get("indicators") and card["indicators"] == above.get("indicators"):
        card |= {"indicators": [], "said_by": ""}
        card["notes"] = [_("Các chỉ số và lý do như ở chuẩn trên."), *card["notes"]]


def _status(standard: str, spell: StatusSpell | None, on: date) -> dict[str, Any]:
    """The decided class with its date, paper and standard, in one sentence."""
    by = standard_word(standard)
    if spell is None:
        text = _("tại ngày %(day)s: chưa có quyết định nào về diện của hộ này theo %(standard)s.")
        said = text % {"day": vi_date(on), "standard": by}
        return {"key": "not_poor", "word": class_word(None), "text": said, "decided": False}
    until = _(" đến hết ngày %(day)s") % {"day": vi_date(spell.valid_to)} if spell.valid_to else ""
    text = _("từ ngày %(day)s%(until)s, %(paper)s, theo %(standard)s.")
    said = text % {
        "day": vi_date(spell.valid_from),
        "until": until,
        "paper": paper_of(spell),
        "standard": by,
    }
    return {
        "key": spell.household_class,
        "word": spell_word(spell),
        "text": said,
        "decided": True,
    }


def _parted(found: Found) -> str:
    """Where the findings of several standards are not the same; empty where they are."""
    if len({_key(finding) for finding in found.values()}) < 2:
        return ""
    sides = [
        _("theo %(standard)s là %(word)s")
        % {"standard": standard_word(name), "word": class_word(_key(finding)).lower()}
        for name, finding in found.items()
    ]
    return _(
        "Các chuẩn cho kết luận khác nhau: %(sides)s. Mỗi chuẩn có quyết định riêng, "
        "đứng cạnh nhau."
    ) % {"sides": "; ".join(sides)}


def _key(finding: Finding | Contradiction | None) -> str:
    return finding.household_class if isinstance(finding, Finding) else UNKNOWN
