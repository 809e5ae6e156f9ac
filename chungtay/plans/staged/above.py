"""What a plan from above asks of the place that reads it, taken into the place's own plan."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.places.models import Level, Unit
from chungtay.plans.arithmetic import impossible
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.models import (
    Plan,
    PlanBasis,
    PlanDeadline,
    PlanDuty,
    PlanReading,
    ReadDatum,
)
from chungtay.plans.services import lock_open_plan, right_to_change, step_plan
from chungtay.plans.staged.queries import Read, data_of, offered_of
from chungtay.plans.staged.targets import carry_targets
from chungtay.plans.writing import write_cells
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence

BASIS = 0  # the plan from above itself, which is no datum of its own text
COMMUNES = re.compile(r"\b(?:xa|phuong|thi tran|dac khu|dia phuong|co so)\b")
DISTRICTS = re.compile(r"\b(?:huyen|thi xa|thanh pho|dia phuong)\b")
COMMITTEES = re.compile(r"\b(?:ubnd|uy ban nhan dan)\b|\b(?:cac|tung) ")
MANY = re.compile(r"\b(?:cac|tung|moi)\b|,")
LONGEST_SOURCE = 120


@dataclass(frozen=True)
class Proposal:
    """One thing asked for: the datum (0 for the plan itself), and whether it is surely meant."""

    id: int
    group: str
    values: dict[str, Any]
    sure: bool
    read: Read | None = None


def asked_of_place(reading: PlanReading) -> list[Proposal]:
    """What a plan that was read asks of the reading's place, in the order of its text.

    The plan itself as a basis; duties and deadlines given to the committees of the place's level or
    to it by name; targets given to it by name, and those of no place, which may not be meant.
    """
    data = [one for one in data_of(reading) if one.row.state != ReadDatum.State.DISCARDED]
    head = next((one.values for one in data if one.row.group == "head"), {})
    basis = Proposal(BASIS, "basis", _basis_of(head), sure=True)
    return [basis, *(found for one in data if (found := _asked(one, reading.unit)) is not None)]


def _asked(one: Read, unit: Unit) -> Proposal | None:
    values, group = one.values, one.row.group
    if group == "duty" and any(is_meant(unit, office) for office in values["offices"]):
        return Proposal(one.row.pk, group, values, sure=True, read=one)
    if group == "deadline" and is_meant(unit, values["who"] or ""):
        return Proposal(one.row.pk, group, values, sure=True, read=one)
    if group == "target" and _is_named(unit, values["place"] or ""):
        return Proposal(one.row.pk, group, values | {"place": None}, sure=True, read=one)
    if group == "target" and not values["place"] and values["measure"] != "count":
        return Proposal(one.row.pk, group, values, sure=False, read=one)
    return None


def is_meant(unit: Unit, office: str) -> bool:
    """Whether words such as "UBND các phường, xã" speak of a place, or it is named itself."""
    said = fold(office)
    if _is_named(unit, office):
        return True
    level = DISTRICTS if unit.level == Level.DISTRICT else COMMUNES
    return bool(COMMITTEES.search(said) and MANY.search(said) and level.search(said))


def _is_named(unit: Unit, words: str) -> bool:
    name = fold(unit.name)
    bare = re.sub(r"^(?:xa|phuong|thi tran|dac khu|huyen|thi xa|thanh pho|quan)\s+", "", name)
    return bool(words) and bool(re.search(rf"\b{re.escape(bare)}\b", fold(words)))


def _basis_of(head: dict[str, Any]) -> dict[str, Any]:
    """The plan from above as a line of the bases."""
    number, issuer = str(head.get("number") or ""), str(head.get("authority") or "")
    on = str(head.get("date") or "")
    whole = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", on)
    day = f" ngày {whole[3]}/{whole[2]}/{whole[1]}" if whole else ""
    said = f" số {number}" if number else ""
    about = str(head.get("subject") or "").strip()
    by = f" của {issuer}" if issuer else ""
    text = f"Căn cứ Kế hoạch{said}{day}{by}" + (f" về {about}" if about else "")
    return {"text": text, "kind": "Kế hoạch", "number": number, "date": on, "issuer": issuer}


def source_of(reading: PlanReading) -> str:
    """The number of the plan from above as other rows name it, else who issued it."""
    basis = asked_of_place(reading)[0].values
    return (basis["number"] or basis["issuer"] or reading.file_name)[:LONGEST_SOURCE]


def take_from_above(
    *,
    actor: Actor,
    reading: PlanReading,
    plan: Plan,
    chosen: Collection[int],
    expected_version: int | None = None,
    key: str = "",
) -> dict[str, int]:
    """Take what was chosen into a plan of the place; how many rows were new, and how many stood.

    Refused where nothing is chosen, where a chosen target makes no promise, where the plan is
    another place's, or closed to changes.
    """
    if plan.unit_id != reading.unit_id:
        raise Refused(Sentence("Kế hoạch này không phải của nơi đang đọc. Hãy chọn lại."))
    proposals = [one for one in asked_of_place(reading) if one.id in chosen]
    if not proposals:
        raise Refused(Sentence("Chưa chọn điều nào. Hãy đánh dấu ít nhất một điều rồi ghi."))

    def write(line: OpenLine) -> dict[str, int]:
        fresh = lock_open_plan(plan, expected_version)
        before = Cells.of(fresh)
        source = source_of(reading)
        new = sum(_put_row(fresh, one, source) for one in proposals if one.group != "target")
        targets = list(_new_targets(reading, before, proposals, source))
        after = replace(before, targets=(*before.targets, *targets))
        if (wrong := impossible(after)) is not None:
            raise Refused(wrong)
        write_cells(fresh, after)
        step_plan(fresh)
        new += len(targets)
        line.details = {"reading": str(reading.pk), "taken": sorted(chosen), "new": new}
        return {"new": new, "standing": len(proposals) - new}

    deed = Deed(
        "plans.take_from_above",
        right_to_change(plan.unit),
        plan.unit,
        subject=f"plan:{plan.pk}",
        key=key,
    )
    return perform(actor, deed, write)


def _put_row(plan: Plan, one: Proposal, source: str) -> bool:
    """Write a basis, a duty or a deadline at the end of its kind; False where it stands already."""
    values = one.values
    match one.group:
        case "basis":
            rows: Any = plan.bases
            known = rows.filter(number=values["number"]) if values["number"] else rows.none()
            known = known | rows.filter(text=values["text"])
            fields = {name: values[name] for name in ("text", "kind", "number", "issuer")}
            fields |= {"issued_on": values["date"]}
            model: Any = PlanBasis
        case "duty":
            rows, model = plan.duties, PlanDuty
            known = rows.filter(text=values["text"], asked_by=source)
            fields = {"role": PlanDuty.Role.DO, "text": values["text"], "asked_by": source}
            fields |= {"offices": [plan.unit.name]}
        case _:
            rows, model = plan.deadlines, PlanDeadline
            known = rows.filter(what=values["what"], due=values["date"] or "", asked_by=source)
            names = ("comparator", "recurrence", "via", "what")
            fields = {name: values[name] or "" for name in names} | {"asked_by": source}
            fields |= {"due": values["date"] or "", "who": plan.unit.name}
            fields |= {"receivers": values["to"] or []}
    if known.filter(withdrawn=False).exists():
        return False
    last = rows.order_by("-position").values_list("position", flat=True).first() or 0
    model.objects.create(plan=plan, position=last + 1, **fields)
    return True


def _new_targets(
    reading: PlanReading, cells: Cells, proposals: list[Proposal], source: str
) -> Iterator[TargetCell]:
    """The promises made of the chosen targets, without those of which the plan has the like."""
    text = offered_of(reading).text
    data = [
        Read(one.read.row, one.values)
        for one in proposals
        if one.group == "target" and one.read is not None
    ]
    carried = carry_targets(
        data, lambda _name: None, lambda one: text[one.row.start or 0 : one.row.end or 0]
    )
    kinds = {(cell.kind, cell.meaning.aim) for cell in cells.targets}
    taken = {cell.code for cell in cells.targets}
    if carried.left:
        raise Refused(
            Sentence(
                "Có chỉ tiêu chưa ghi vào được: {why} Hãy sửa chỉ tiêu ấy trong bản đọc, hoặc bỏ "
                "đánh dấu.",
                why=carried.left[0][1],
            )
        )
    for cell in carried.targets:
        if (cell.kind, cell.meaning.aim) in kinds:
            continue
        code = cell.code if cell.code not in taken else _free(taken)
        taken.add(code)
        yield replace(cell, code=code, meaning=replace(cell.meaning, assigned_by=source))


def _free(taken: Collection[str]) -> str:
    return next(name for at in range(1, 999) if (name := f"target_{at}") not in taken)
