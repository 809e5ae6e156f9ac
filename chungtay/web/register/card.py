"""The why-card: what is found of a household, beside what was decided, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chungtay.households.models import StatusSpell
from chungtay.households.queries.differences import disagrees
from chungtay.rulebook.classifying import Finding
from chungtay.rulebook.deprivations import WITH_ARTICLE, DeprivationFinding
from chungtay.rulebook.findings import Contradiction, Missing
from chungtay.rulebook.lawbook import Standard
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import Sentence, vi_date, vi_int, vi_number
from chungtay.web.register.words import class_word, paper_of, spell_word
from chungtay.web.templating import said

UNKNOWN = "unknown"
CUT_OFF = "cut_off"
HEADROOM = Decimal("1.6")

Link = Callable[[Missing], str]


def card_of(
    finding: Finding | Contradiction,
    spell: StatusSpell | None,
    on: date,
    standard: Standard,
    *,
    whole: bool,
    link: Link,
) -> dict[str, Any]:
    """What the card macro shows; not ``whole`` for those who see no sensitive fields."""
    found = finding.household_class if isinstance(finding, Finding) else UNKNOWN
    card: dict[str, Any] = {
        "found": {"key": found, "word": class_word(found)},
        "basis": _("tính từ câu trả lời trong sổ, tại ngày %(day)s, theo %(standard)s")
        % {"day": vi_date(on), "standard": said(standard.name)},
        "decided": _decided(spell),
        "differs": _differs(finding, found, spell),
    }
    if isinstance(finding, Contradiction):
        return card | {"sentence": said(finding.sentence) if whole else ""}
    if not whole:
        return card | {"sentence": counts_sentence(finding)}
    return card | _explained(finding, standard, link)


def _decided(spell: StatusSpell | None) -> dict[str, str] | None:
    if spell is None:
        return None
    paper = _("từ ngày %(day)s, %(paper)s") % {
        "day": vi_date(spell.valid_from),
        "paper": paper_of(spell),
    }
    return {
        "key": spell.household_class,
        "word": spell_word(spell),
        "paper": paper,
    }


def _differs(finding: Finding | Contradiction, found: str, spell: StatusSpell | None) -> str | None:
    decided = spell.household_class if spell else None
    if not disagrees(decided, finding):
        return None
    if isinstance(finding, Contradiction):
        return _(
            "Các câu trả lời trái nhau nên chưa kết luận được. Diện đã quyết định vẫn giữ nguyên."
        )
    if found == UNKNOWN:
        return _(
            "Còn thiếu câu trả lời nên chưa so được với diện đã quyết định. "
            "Hỏi thêm những điều còn chưa rõ rồi ghi lại."
        )
    if decided is None:
        return _(
            "Số liệu hiện có cho kết luận %(found)s nhưng chưa có quyết định nào. "
            "Nếu số liệu đúng, đưa hộ vào đợt rà soát tới."
        ) % {"found": class_word(found).lower()}
    return _(
        "Diện đã quyết định là %(decided)s, số liệu hiện có cho kết luận %(found)s. "
        "Diện chỉ đổi khi có quyết định mới."
    ) % {"decided": class_word(decided).lower(), "found": class_word(found).lower()}


def counts_sentence(finding: Finding) -> str:
    """How many indicators are lacking, without naming any."""
    low, high = finding.deprivation_count
    count = str(low) if low == high else f"{low}–{high}"
    return _("Thiếu hụt %(count)s trên %(all)d chỉ số.") % {
        "count": count,
        "all": len(finding.deprivations),
    }


def _explained(finding: Finding, standard: Standard, link: Link) -> dict[str, Any]:
    numbers = dict.fromkeys(one.reference.number for one in finding.deprivations)
    every = all(not one.verified for one in finding.deprivations)
    return {
        "sentence": " ".join(said(reason) for reason in finding.reasons),
        "scales": [*_income_scales(finding), _deprivation_scale(finding, standard)],
        "indicators": [_indicator(one, mark=not every) for one in finding.deprivations],
        "said_by": ", ".join(numbers),
        "unverified": every,
        "missing": [{"text": said(one.sentence), "href": link(one)} for one in finding.missing],
        "flips": [said(flip.sentence) for flip in finding.flips],
        "notes": [said(note) for note in finding.notes],
    }


def _indicator(one: DeprivationFinding, *, mark: bool) -> dict[str, Any]:
    # The article is said once below the list, not twelve times in it.
    reasons = [said(_without_article(reason)) for reason in one.reasons]
    if one.deprived is None:
        reasons += [said(missing.sentence) for missing in one.missing]
    if mark and not one.verified:
        reasons.append(_("(chưa đối chiếu văn bản)"))
    return {"name": said(one.name), "state": one.deprived, "reason": " ".join(reasons)}


def _without_article(reason: Sentence) -> Sentence:
    if reason.text == WITH_ARTICLE:
        own: Sentence = reason.values["said"]
        return own
    return Sentence(reason.text.removesuffix(" ({reference})"), **reason.values)


def _income_scales(finding: Finding) -> list[dict[str, Any]]:
    income = finding.income
    scales = []
    if income.per_person_vnd is not None or income.points is None:
        value = income.per_person_vnd
        fact = law().facts["income_per_person_vnd"]
        text = f"{vi_int(value)} {said(fact.unit)}" if value is not None else _("chưa rõ")
        line = Decimal(income.line_vnd) if income.line_vnd is not None else None
        scales.append(_scale(said(fact.label), _number(value), text, line, _("chuẩn")))
    if income.points is not None:
        fact = law().facts["income_points"]
        text = f"{vi_number(income.points)} {said(fact.unit)}"
        scales.append(
            _scale(said(fact.label), income.points, text, income.points_line, _("ngưỡng"))
        )
    return scales


def _deprivation_scale(finding: Finding, standard: Standard) -> dict[str, Any]:
    low, high = finding.deprivation_count
    text = str(low) if low == high else f"{low}–{high}"
    if finding.deprivation_points is not None:
        points = finding.deprivation_points
        shown = str(points[0]) if points[0] == points[1] else f"{points[0]}–{points[1]}"
        text = _("%(count)s chỉ số · %(points)s điểm B2") % {"count": text, "points": shown}
    cut_off = standard.thresholds_on(finding.on).get(CUT_OFF)
    line = cut_off.rural if cut_off else None
    scale = _scale(_("Thiếu hụt"), Decimal(low), text, line, _("hộ nghèo từ"))
    return scale | {"most": max(len(finding.deprivations), 1)}


def _number(value: int | None) -> Decimal | None:
    return Decimal(value) if value is not None else None


def _scale(
    label: str, value: Decimal | None, text: str, line: Decimal | None, word: str
) -> dict[str, Any]:
    lines = [{"at": float(line), "text": f"{word} {vi_number(line)}"}] if line is not None else []
    most = max((line or Decimal(0)) * HEADROOM, (value or Decimal(0)) * HEADROOM / 2, Decimal(1))
    return {
        "label": label,
        "value": float(value) if value is not None else None,
        "value_text": text,
        "most": float(most),
        "lines": lines,
    }
