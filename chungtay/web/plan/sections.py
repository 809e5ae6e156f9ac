"""One section of a plan, or what stands around them, as a form: typed, checked, nothing lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from chungtay.plans.rewording import Section
from chungtay.reports.plan_document import LIST_LETTERS
from chungtay.web.plan.live import LiveNumbers, WrongNumber

LEVELS = ("1", "2", "3")
NUMBER = re.compile(r"[0-9A-Za-zđĐ]+(?:\.[0-9A-Za-zđĐ]+)*")
NUMBER_LENGTH, TITLE_LENGTH, BODY_LENGTH = 20, 500, 40_000
LINES = {"bases": 1000, "recipients": 300}


@dataclass
class SectionForm:
    """What was typed of a section, and what is wrong with it."""

    level: str = "1"
    number: str = ""
    title: str = ""
    body: str = ""
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> list[dict[str, str]]:
        """The sentences with the field each belongs to."""
        return [{"field": name, "text": text} for name, text in self.wrong.items()]


def form_of(section: Section, live: LiveNumbers) -> SectionForm:
    """A kept section as its boxes show it: a paragraph a line, live numbers in braces."""
    lines = [live.written(text) for text in _lines(section.get("paragraphs", ()))]
    return SectionForm(
        str(section["level"]),
        section.get("number", ""),
        live.written(section.get("title", "")),
        "\n".join(lines),
    )


def read_form(posted: Mapping[str, Any]) -> SectionForm:
    """The boxes as they were sent."""
    level = str(posted.get("level", ""))
    return SectionForm(
        level if level in LEVELS else LEVELS[0],
        " ".join(str(posted.get("number", "")).split()).rstrip(".)"),
        " ".join(str(posted.get("title", "")).split()),
        str(posted.get("body", "")).replace("\r\n", "\n"),
    )


def section_of(form: SectionForm, live: LiveNumbers, before: Section | None) -> Section | None:
    """The section typed; None where something in it is wrong, with the sentence at its box."""
    _check(form)
    made: Section = {"level": int(form.level), "number": form.number}
    made["title"] = _read(form, "title", form.title, live)
    kept = [_read(form, "body", line, live) for line in form.body.split("\n") if line.strip()]
    made["paragraphs"] = _paragraphs(kept, before.get("paragraphs", ()) if before else ())
    return None if form.wrong else made


def _check(form: SectionForm) -> None:
    if form.number and not NUMBER.fullmatch(form.number):
        form.wrong["number"] = _("Số mục chỉ gồm chữ và số, ví dụ II, 2, 3.1 hoặc a.")
    elif len(form.number) > NUMBER_LENGTH:
        form.wrong["number"] = _("Số mục quá dài. Hãy viết gọn, ví dụ 3.1.")
    if len(form.title) > TITLE_LENGTH:
        form.wrong["title"] = _(
            "Tiêu đề quá 500 chữ. Hãy viết gọn, chuyển phần sau xuống nội dung."
        )
    if len(form.body) > BODY_LENGTH:
        form.wrong["body"] = _("Nội dung mục quá 40.000 chữ. Hãy chia thành nhiều mục.")


def _read(form: SectionForm, name: str, text: str, live: LiveNumbers) -> str:
    try:
        return live.read(" ".join(text.split()))
    except WrongNumber as wrong:
        form.wrong.setdefault(name, str(wrong))
        return ""


def _lines(paragraphs: Iterable[Mapping[str, str]]) -> list[str]:
    """Paragraphs as lines, those of a list behind their dash or letter."""
    letters = iter(LIST_LETTERS)
    return [f"{_mark(one['kind'], letters)}{one['text']}" for one in paragraphs]


def _mark(kind: str, letters: Iterator[str]) -> str:
    if kind == "letter":
        return f"{next(letters)}) "
    return "- " if kind == "dash" else ""


def _paragraphs(lines: list[str], before: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Lines as paragraphs; one that stays as it was stays of its kind."""
    old = list(before)
    known = dict(zip(_lines(old), old, strict=True))
    made = []
    for line in lines:
        if line in known:
            made.append(dict(known[line]))
        elif line.startswith(("- ", "– ", "+ ")):
            made.append({"kind": "dash", "text": line[2:].strip()})
        else:
            made.append({"kind": "text", "text": line})
    return made


@dataclass
class FrameForm:
    """What was typed of subject, lead-in, bases and recipients, and what is wrong with it."""

    typed: dict[str, str]
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> list[dict[str, str]]:
        """The sentences with the field each belongs to."""
        return [{"field": name, "text": text} for name, text in self.wrong.items()]


def frame_form(frame: Mapping[str, Any], live: LiveNumbers) -> FrameForm:
    """The frame as its boxes show it: one basis, one recipient a line."""
    lines = {name: "\n".join(live.written(one) for one in frame[name]) for name in LINES}
    typed = {name: live.written(frame[name]) for name in ("subject", "lead_in")}
    return FrameForm(typed | lines)


def read_frame(posted: Mapping[str, Any]) -> FrameForm:
    """The boxes as they were sent."""
    names = ("subject", "lead_in", *LINES)
    return FrameForm({name: str(posted.get(name, "")).replace("\r\n", "\n") for name in names})


def frame_typed(form: FrameForm, live: LiveNumbers) -> dict[str, Any] | None:
    """The frame typed; None where something in it is wrong."""
    frame: dict[str, Any] = {}
    for name, text in form.typed.items():
        lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
        if any(len(line) > LINES.get(name, 2000) for line in lines):
            form.wrong[name] = _("Có dòng quá dài. Hãy viết gọn, mỗi dòng một điều.")
        try:
            kept = [live.read(line) for line in lines]
        except WrongNumber as wrong:
            form.wrong[name] = str(wrong)
            continue
        bare = [line.rstrip(" ;,.") for line in kept]
        frame[name] = bare if name in LINES else ("\n" if name == "subject" else " ").join(kept)
    for name in ("subject", "lead_in", "recipients"):
        if not frame.get(name):
            form.wrong.setdefault(name, _("Ô này không được để trống."))
    return None if form.wrong else frame
