"""Everything that happened to a household, newest first, in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chungtay.acts.models import JournalLine
from chungtay.acts.queries import lines_about
from chungtay.households.models import AnswerSheet, StatusSpell
from chungtay.households.queries.merged import identities_of
from chungtay.households.services.answers import subject_of
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import vi_date
from chungtay.web.journal.wording import OF_LIFE
from chungtay.web.register.answer_values import shown_value
from chungtay.web.register.former import Shown
from chungtay.web.register.words import paper_of, spell_word, standard_word
from chungtay.web.templating import said as in_words

MOST_AT_ONCE = 6
RECORDED, UNDONE = "households.record_answers", "households.undo_event"
# A decided class stands in the timeline as its spell, recorded answers as their sheet.
SHOWN_OTHERWISE = {RECORDED, "households.decide_status"} | set(OF_LIFE) - {UNDONE}
ACTS = {
    "households.add_household": (gettext_lazy("Thêm hộ vào sổ"), "plus-lg"),
    "households.correct_person": (gettext_lazy("Sửa thông tin một người"), "pencil"),
    "households.correct_household": (gettext_lazy("Sửa thôn, mã hộ, địa chỉ"), "pencil"),
    "households.keep_apart": (gettext_lazy("Xác nhận không trùng với bản ghi khác"), "people"),
    "households.look_again": (gettext_lazy("Bỏ xác nhận không trùng"), "people"),
    "households.merge_households": (gettext_lazy("Gộp với bản ghi khác của hộ"), "people"),
    "households.merge_persons": (gettext_lazy("Gộp hai bản ghi của một người"), "people"),
    "households.undo_merge": (gettext_lazy("Hoàn tác lần gộp"), "arrow-counterclockwise"),
    "households.read_citizen_id": (gettext_lazy("Xem số định danh đầy đủ"), "eye"),
    "households.take_slip": (gettext_lazy("In phiếu chuyển"), "printer"),
    UNDONE: (gettext_lazy("Hoàn tác một việc"), "arrow-counterclockwise"),
}
FIELD_WORDS = {
    "full_name": gettext_lazy("họ và tên"),
    "sex": gettext_lazy("giới tính"),
    "birth": gettext_lazy("ngày sinh"),
    "ethnicity": gettext_lazy("dân tộc"),
    "citizen_id": gettext_lazy("số định danh"),
}


@dataclass(frozen=True)
class Entry:
    """One thing that happened, on its day; ``order`` settles things of one day."""

    day: date
    order: float
    title: str
    icon: str
    text: str = ""
    paper: str = ""
    by: str = ""
    undo: str = ""
    slip: str = ""

    def shown(self) -> dict[str, str]:
        """What the timeline macro shows."""
        return {
            "on": vi_date(self.day),
            "machine_on": self.day.isoformat(),
            "title": self.title,
            "text": self.text,
            "icon": self.icon,
            "paper": self.paper,
            "by": self.by,
            "undo": self.undo,
            "slip": self.slip,
        }


def timeline_of(
    shown: Shown,
    names: dict[str, str],
    spells: list[StatusSpell],
    events: list[Entry],
    *,
    whole: bool,
) -> list[dict[str, str]]:
    """The timeline of a household; answers and reasons only for those who see sensitive fields.

    ``names`` gives the members' names by their id. Where a household has left, nothing later.
    """
    household, last = shown.household, shown.last
    lines = list(lines_about(*(subject_of(one) for one in identities_of(household.pk))))
    sheets = list(household.answer_sheets.filter(withdrawn=False).order_by("id"))
    if last is not None:
        lines = [line for line in lines if line.chain == household.commune.chain]
        sheets = [sheet for sheet in sheets if sheet.on <= last]
        spells = [shown.spell(one) for one in spells if one.valid_from <= last]
    recorded = _by_sheet(sheets, lines)
    entries = [
        *(_of_spell(spell) for spell in spells),
        *events,
        *(_of_sheet(sheet, recorded.get(sheet.pk), names, whole=whole) for sheet in sheets),
        *(_of_line(line, whole=whole) for line in lines if line.act not in SHOWN_OTHERWISE),
    ]
    entries.sort(key=lambda entry: (entry.day, entry.order), reverse=True)
    return [entry.shown() for entry in entries]


def _by_sheet(sheets: list[AnswerSheet], lines: list[JournalLine]) -> dict[int, JournalLine]:
    """The journal line that wrote each sheet: the last sheet of its day written before it."""
    found: dict[int, JournalLine] = {}
    for line in lines:
        if line.act != RECORDED:
            continue
        on = _details(line).get("on")
        before = [one for one in sheets if one.on.isoformat() == on and one.written_at <= line.at]
        if before:
            found.setdefault(before[-1].pk, line)
    return found


def _of_spell(spell: StatusSpell) -> Entry:
    until = _(", đến hết ngày %(day)s") % {"day": vi_date(spell.valid_to)} if spell.valid_to else ""
    text = _("Từ ngày %(day)s%(until)s") % {"day": vi_date(spell.valid_from), "until": until}
    text += _(", theo %(standard)s") % {"standard": standard_word(spell.standard)}
    word = spell_word(spell)
    title = _("Công nhận: %(word)s") % {"word": word[:1].lower() + word[1:]}
    return Entry(spell.valid_from, 0, title, "flag", text, paper_of(spell))


def _of_sheet(
    sheet: AnswerSheet, line: JournalLine | None, names: dict[str, str], *, whole: bool
) -> Entry:
    said = list(_answers_said(sheet.answers, names))
    text = _folded(said) if whole else ""
    if whole and line is not None and line.reason:
        text = format_html(
            "{} {}", text, _("Lý do: %(reason)s.") % {"reason": line.reason.rstrip(".")}
        )
    return Entry(
        sheet.on,
        sheet.written_at.timestamp(),
        _("Câu trả lời: %(count)d mục") % {"count": len(said)},
        "clipboard-check",
        text,
        str(AnswerSheet.Source(sheet.source).label),
        _by(line) if line else "",
    )


def _folded(said: list[str]) -> str:
    """A few answers at once, many behind a word to open."""
    if len(said) <= MOST_AT_ONCE:
        return f"{'; '.join(said)}."
    opener = _("Xem %(count)d câu trả lời") % {"count": len(said)}
    items = format_html_join("", "<li>{}</li>", ((one,) for one in said))
    return format_html("<details><summary>{}</summary><ul>{}</ul></details>", opener, items)


def _answers_said(answers: dict[str, Any], names: dict[str, str]) -> Iterator[str]:
    facts = law().facts
    for name, value in answers.get("household", {}).items():
        if name in facts:
            yield f"{in_words(facts[name].label)}: {shown_value(facts[name], value)}"
    for person, values in answers.get("members", {}).items():
        who = names.get(person, _("một thành viên"))
        for name, value in values.items():
            if name in facts:
                label = in_words(facts[name].label).lower()
                yield f"{who}, {label}: {shown_value(facts[name], value)}"


def _of_line(line: JournalLine, *, whole: bool) -> Entry:
    title, icon = ACTS.get(line.act, (_("Việc khác"), "journal-text"))
    fields = [
        str(FIELD_WORDS[name]) for name in _details(line).get("fields", ()) if name in FIELD_WORDS
    ]
    said = [", ".join(fields)] if fields else []
    if whole and line.reason:
        said.append(_("Lý do: %(reason)s") % {"reason": line.reason})
    day = timezone.localtime(line.at).date()
    return Entry(day, line.at.timestamp(), str(title), icon, ". ".join(said), line.paper, _by(line))


def _by(line: JournalLine) -> str:
    return ", ".join(part for part in (line.actor_name, line.post_title) if part)


def _details(line: JournalLine) -> dict[str, Any]:
    details: dict[str, Any] = json.loads(line.details or "{}")
    return details
