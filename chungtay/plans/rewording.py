"""Acts on a plan's wording: its sections changed, added, taken out, moved; its head and foot.

Who changes a part says what it looked like when the form was opened (``expected_mark``), so that
two people who change different parts at once do not stand in each other's way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from chungtay.acts.refusing import Refused, Stale
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.plans.models import Plan, PlanBasis, PlanRecipient
from chungtay.plans.numbering import block_of, moved_block
from chungtay.plans.services import lock_open_plan, right_to_change, step_plan
from chungtay.plans.versions import keep_before_editing
from chungtay.rulebook.wording import Sentence

MOST_SECTIONS = 200
CHANGED = Sentence(
    "Mục này vừa được người khác sửa trong lúc trang đang mở. Chữ vừa gõ vẫn còn bên dưới, bản "
    "đang lưu ở cạnh đó; hãy so hai bản rồi ghi lại."
)
GONE = Sentence(
    "Mục này không còn ở chỗ cũ: có người vừa thêm, bỏ hoặc chuyển mục. Chữ vừa gõ vẫn còn bên "
    "dưới; hãy chép lại rồi mở mục cần sửa."
)
OVERTAKEN = Sentence(
    "Mục này vừa được người khác sửa hoặc chuyển chỗ, nên chưa làm gì cả. Hãy xem lại danh sách "
    "mục rồi làm lại."
)

Section = dict[str, Any]
Answer = dict[str, Any]


def mark_of(part: Any) -> str:
    """A short mark of a part of the wording; another wording has another mark."""
    text = json.dumps(part, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def sections_of(plan: Plan) -> list[Section]:
    """The sections of a plan's wording in their order."""
    return list(plan.content.get("sections", ()))


def change_section(
    *, actor: Actor, plan: Plan, at: int, section: Section, expected_mark: str, key: str = ""
) -> Answer:
    """Change the section at a place, counted from 0; Stale if it was changed meanwhile."""

    def change(sections: list[Section]) -> list[Section]:
        before = _expected(sections, at, expected_mark)
        made = _checked(section)
        return [*sections[:at], before | made, *sections[at + 1 :]]

    return _reword(actor, plan, "plans.change_section", change, key)


def add_section(*, actor: Actor, plan: Plan, after: int, section: Section, key: str = "") -> Answer:
    """Put a new section behind another with what stands below that; -1 puts it first."""

    def change(sections: list[Section]) -> list[Section]:
        if len(sections) >= MOST_SECTIONS:
            raise Refused(Sentence("Kế hoạch đã quá nhiều mục. Hãy bỏ bớt mục rồi thêm."))
        if not -1 <= after < len(sections):
            raise Refused(GONE)
        made = _checked(section)
        place = after + 1
        while place < len(sections) and sections[place]["level"] > made["level"]:
            place += 1
        return [*sections[:place], made, *sections[place:]]

    return _reword(actor, plan, "plans.add_section", change, key)


def remove_section(
    *, actor: Actor, plan: Plan, at: int, expected_mark: str, key: str = ""
) -> Answer:
    """Take a section out; refused while others stand below it, or it is the last one."""

    def change(sections: list[Section]) -> list[Section]:
        _expect_unmoved(sections, at, expected_mark)
        below = len(block_of(sections, at)) - 1
        if below:
            raise Refused(
                Sentence(
                    "Dưới mục này còn {count} mục nhỏ hơn. Hãy bỏ hoặc chuyển các mục ấy trước.",
                    count=below,
                )
            )
        if len(sections) == 1:
            raise Refused(Sentence("Kế hoạch phải có ít nhất một mục. Hãy thêm mục khác trước."))
        return [*sections[:at], *sections[at + 1 :]]

    return _reword(actor, plan, "plans.remove_section", change, key)


def move_section(
    *, actor: Actor, plan: Plan, at: int, up: bool, expected_mark: str, key: str = ""
) -> Answer:
    """Change a section's place with its neighbour of the same rank, each with what is below it."""

    def change(sections: list[Section]) -> list[Section]:
        _expect_unmoved(sections, at, expected_mark)
        moved = moved_block(sections, at, up=up)
        if moved is None:
            raise Refused(Sentence("Không có mục cùng cấp ở phía đó để đổi chỗ."))
        return moved

    return _reword(actor, plan, "plans.move_section", change, key)


def frame_of(plan: Plan) -> dict[str, Any]:
    """What stands around the sections: subject, lead-in, bases, recipients; line by line."""
    content = plan.content
    wording = content.get("wording", {})
    return {
        "subject": wording.get("subject", ""),
        "lead_in": wording.get("lead_in", ""),
        "bases": [one["text"] for one in content.get("legal_bases", ())],
        "recipients": list(content.get("recipients", {}).get("lines", ())),
    }


def change_frame(
    *, actor: Actor, plan: Plan, frame: dict[str, Any], expected_mark: str, key: str = ""
) -> Answer:
    """Change what stands around the sections; Stale if it was changed meanwhile."""

    def write(line: OpenLine) -> Answer:
        fresh = lock_open_plan(plan, None)
        before = frame_of(fresh)
        if mark_of(before) != expected_mark:
            raise Stale(CHANGED)
        if not frame["subject"] or not frame["lead_in"] or not frame["recipients"]:
            raise Refused(
                Sentence("Trích yếu, câu dẫn và nơi nhận không được để trống. Hãy ghi đủ rồi lưu.")
            )
        keep_before_editing(actor, fresh)
        fresh.content = _framed(fresh.content, frame)
        _follow_frame(fresh, frame)
        step_plan(fresh)
        changed = [name for name, value in frame.items() if before[name] != value]
        line.details = {"changed": changed}
        return {"plan": fresh.pk, "version": fresh.version}

    return perform(actor, _deed("plans.change_frame", plan, key), write)


def _reword(
    actor: Actor,
    plan: Plan,
    act: str,
    change: Callable[[list[Section]], list[Section]],
    key: str,
) -> Answer:
    def write(line: OpenLine) -> Answer:
        fresh = lock_open_plan(plan, None)
        before = sections_of(fresh)
        after = change(before)
        keep_before_editing(actor, fresh)
        fresh.content = fresh.content | {"sections": after}
        step_plan(fresh)
        line.details = {"sections": len(after), "mark": mark_of(after), "before": mark_of(before)}
        return {"plan": fresh.pk, "version": fresh.version}

    return perform(actor, _deed(act, plan, key), write)


def _expected(sections: list[Section], at: int, expected_mark: str) -> Section:
    if not 0 <= at < len(sections):
        raise Stale(GONE)
    if mark_of(sections[at]) != expected_mark:
        elsewhere = any(mark_of(one) == expected_mark for one in sections)
        raise Stale(GONE if elsewhere else CHANGED)
    return sections[at]


def _expect_unmoved(sections: list[Section], at: int, expected_mark: str) -> None:
    """For acts with nothing typed that could be lost."""
    if not 0 <= at < len(sections) or mark_of(sections[at]) != expected_mark:
        raise Stale(OVERTAKEN)


def _checked(section: Section) -> Section:
    if not section["title"] and not section["paragraphs"]:
        raise Refused(Sentence("Mục chưa có tiêu đề cũng chưa có nội dung. Hãy ghi rồi lưu."))
    return section


def _framed(content: dict[str, Any], frame: dict[str, Any]) -> dict[str, Any]:
    """A basis whose line stays keeps what else is known of it."""
    known = {one["text"]: one for one in content.get("legal_bases", ())}
    wording = {"subject": frame["subject"], "lead_in": frame["lead_in"]}
    return content | {
        "wording": content.get("wording", {}) | wording,
        "legal_bases": [known.get(text, {"text": text}) for text in frame["bases"]],
        "recipients": content.get("recipients", {}) | {"lines": frame["recipients"]},
    }


def _follow_frame(plan: Plan, frame: dict[str, Any]) -> None:
    """The rows of bases and recipients, where a plan has them, say what the lines say."""
    bases = list(plan.bases.filter(withdrawn=False).order_by("position"))
    if bases:
        _follow(bases, frame["bases"], lambda row: row.text, lambda text: PlanBasis(text=text))
    rows = list(plan.recipients.filter(withdrawn=False).order_by("position"))
    if rows:
        _follow(rows, frame["recipients"], _line_of, lambda text: PlanRecipient(name=text[:300]))


def _line_of(row: PlanRecipient) -> str:
    return f"{row.name} ({row.note})" if row.note else row.name


def _follow(
    rows: list[Any], lines: list[str], say: Callable[[Any], str], make: Callable[[str], Any]
) -> None:
    """Rows that are said no longer are withdrawn, the others and the new ones put in order."""
    plan, model = rows[0].plan, type(rows[0])
    known = {say(row): row for row in rows}
    model.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn=True)
    for position, text in enumerate(dict.fromkeys(lines), 1):
        row = known.get(text) or make(text)
        row.plan, row.position, row.withdrawn = plan, position, False
        row.save()


def _deed(act: str, plan: Plan, key: str) -> Deed:
    right, subject = right_to_change(plan.unit), f"plan:{plan.pk}"
    return Deed(act, right, plan.unit, subject=subject, key=key)
