"""What changed between two versions of a plan: numbers old to new, names, wording by paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from chungtay.plans.cells import Cells, LineCell, NeedCell, PartCell, TargetCell
from chungtay.plans.models import PlanDeadline, PlanDuty
from chungtay.plans.staged.boxes import shown_day
from chungtay.plans.versions import Assigned, Said
from chungtay.rulebook.promise_words import number_words, population_words
from chungtay.rulebook.promises import COUNT
from chungtay.rulebook.wording import Sentence, catalogued, vi_date, vi_int

# Where a value stands in a plan: its place in words, and the value as written.
Rows = dict[tuple[str, ...], tuple[Sentence, str]]

HOUSEHOLDS = catalogued("Tổng số hộ dân cư")
FIELDS = {
    "opening": catalogued("{what}: đầu năm"),
    "reduction": catalogued("{what}: giảm trong năm"),
    "stated_opening_rate": catalogued("{what}: tỷ lệ đầu năm đã ghi, %"),
    "stated_closing_rate": catalogued("{what}: tỷ lệ cuối năm đã ghi, %"),
    "value": catalogued("{what}: số hứa"),
    "value_to": catalogued("{what}: đến số"),
    "base_count": catalogued("{what}: số gốc"),
}


@dataclass(frozen=True)
class Change:
    """One row: where, what it said, what it says; empty where it was not there."""

    where: Sentence
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """Everything that changed; positions of households, named anew or no longer."""

    numbers: tuple[Change, ...]
    money: tuple[Change, ...]
    wording: tuple[Change, ...]
    assigned: tuple[Change, ...]
    named: tuple[int, ...]
    dropped: tuple[int, ...]

    def __bool__(self) -> bool:
        rows = self.numbers, self.money, self.wording, self.assigned
        return any((*rows, self.named, self.dropped))


def changes_between(before: Said, after: Said) -> Changes:
    """What changed from one version of a plan to another, or from a plan to its amendment."""
    old, new = set(before.named), set(after.named)
    return Changes(
        numbers=_changed(_numbers(before.cells), _numbers(after.cells)),
        money=_changed(_money(before.cells), _money(after.cells)),
        wording=tuple(_reworded(before.wording, after.wording)),
        assigned=tuple(_reassigned(before.assigned, after.assigned)),
        named=tuple(sorted(new - old)),
        dropped=tuple(sorted(old - new)),
    )


def _changed(before: Rows, after: Rows) -> tuple[Change, ...]:
    """The rows whose text differs, in the order of the later version, then those that are gone."""
    found = []
    for key in [*after, *(one for one in before if one not in after)]:
        old, new = before.get(key), after.get(key)
        said = [each[1] if each else "" for each in (old, new)]
        where = new or old
        if said[0] != said[1] and where is not None:
            found.append(Change(where[0], *said))
    return tuple(found)


def _numbers(cells: Cells) -> Rows:
    rows: Rows = {("total",): (Sentence(HOUSEHOLDS), _count(cells.total_households))}
    for cell in cells.targets:
        for name, text in FIELDS.items():
            value = getattr(cell, name)
            if value is not None:
                where = Sentence(text, what=_label(cell))
                rows[cell.code, name] = (where, _number(value))
        for part in cell.parts:
            rows[cell.code, "part", str(part.unit)] = _part(cell, part)
    return rows


def _part(cell: TargetCell, part: PartCell) -> tuple[Sentence, str]:
    where = Sentence("{what}: phần của {place}", what=_label(cell), place=part.name)
    return where, _count(part.reduction)


def _label(cell: TargetCell) -> str:
    words = cell.meaning.aim or population_words(cell.kind.population)
    return words[:1].upper() + words[1:] if cell.kind.measure == COUNT else words


def _money(cells: Cells) -> Rows:
    rows: Rows = {("line", one.code): _line(one) for one in cells.lines}
    rows |= {("need", str(one.position), one.code): _need(one) for one in cells.needs}
    return rows


def _line(line: LineCell) -> tuple[Sentence, str]:
    return Sentence("{what}, đồng", what=line.purpose), vi_int(line.amount_vnd)


def _need(need: NeedCell) -> tuple[Sentence, str]:
    where = Sentence("Hộ thứ {position}, {what}, đồng", position=str(need.position), what=need.what)
    return where, vi_int(need.amount_vnd)


def _count(number: int | None) -> str:
    return "" if number is None else vi_int(number)


def _number(value: Any) -> str:
    return number_words(value) if not isinstance(value, int) else vi_int(value)


def _reworded(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    """Paragraphs against paragraphs: those replaced one by one, then those added or gone."""
    yield from _compared(list(_paragraphs(before)), list(_paragraphs(after)), _where)


def _reassigned(
    before: tuple[Assigned, ...] | None, after: tuple[Assigned, ...] | None
) -> Iterator[Change]:
    """Duties and deadlines row by row; nothing is said where they were not kept."""
    if before is not None and after is not None:
        yield from _compared([_row(one) for one in before], [_row(one) for one in after], _of_whom)


def _row(one: Assigned) -> tuple[str, str]:
    """Whose duty or deadline, and what it says: "lead: …", "on or before 20/06/2024: …"."""
    if one.kind == "duty":
        return one.who, f"{PlanDuty.Role(one.how[0]).label}: {one.what}"
    comparator, due, recurrence = one.how
    words = [
        str(PlanDeadline.Due(comparator).label) if comparator else "",
        shown_day(due),
        str(PlanDeadline.Recurrence(recurrence).label) if recurrence else "",
    ]
    return one.who, f"{' '.join(filter(None, words))}: {one.what}".removeprefix(": ")


def _of_whom(who: str) -> Sentence:
    return Sentence("Giao cho {who}", who=who) if who else Sentence("Không ghi ai làm")


def _compared(
    old: list[tuple[str, str]], new: list[tuple[str, str]], say: Callable[[str], Sentence]
) -> Iterator[Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if tag != "equal":
            yield from _pairs(old[from_old:to_old], new[from_new:to_new], say)


def _pairs(
    old: list[tuple[str, str]], new: list[tuple[str, str]], say: Callable[[str], Sentence]
) -> Iterator[Change]:
    for at in range(max(len(old), len(new))):
        was = old[at] if at < len(old) else None
        now = new[at] if at < len(new) else None
        where = now or was
        if where is not None:
            yield Change(say(where[0]), was[1] if was else "", now[1] if now else "")


HEAD, SUBJECT, BASES = catalogued("Đầu văn bản"), catalogued("Trích yếu"), catalogued("Căn cứ")
LEAD_IN, SIGNATURE = catalogued("Câu dẫn"), catalogued("Ký tên")
RECIPIENTS = catalogued("Nơi nhận")


def _where(place: str) -> Sentence:
    if place in {HEAD, SUBJECT, BASES, LEAD_IN, SIGNATURE, RECIPIENTS}:
        return Sentence(place)
    return Sentence("Mục {section}", section=place)


def _paragraphs(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every paragraph of the wording with where it stands, in the order of the paper."""
    head, wording = content.get("head", {}), content.get("wording", {})
    yield HEAD, " · ".join(_head(head, content.get("issued", {})))
    yield SUBJECT, " ".join([wording.get("title", ""), *wording.get("subject", "").splitlines()])
    yield from ((BASES, one["text"]) for one in content.get("legal_bases", ()))
    yield LEAD_IN, wording.get("lead_in", "")
    for section in content.get("sections", ()):
        place = f"{section.get('number', '')} {section.get('title', '')}".strip()
        yield place, place
        yield from ((place, one["text"]) for one in section.get("paragraphs", ()))
    signature = content.get("signature", {})
    signed = [*signature.get("on_behalf", ()), signature.get("position", "")]
    yield SIGNATURE, " · ".join(_filled([*signed, signature.get("name")]))
    yield from ((RECIPIENTS, one) for one in content.get("recipients", {}).get("lines", ()))


def _head(head: Mapping[str, Any], issued: Mapping[str, Any]) -> list[str]:
    number = f"{head['number']}/{head.get('symbol', '')}" if head.get("number") else ""
    day = vi_date(date.fromisoformat(issued["date"])) if issued.get("date") else ""
    said = [number or head.get("symbol"), head.get("place"), day]
    return [*_filled(head.get("issuing_authority", ())), *_filled(said)]


def _filled(words: Iterable[str | None]) -> list[str]:
    return [one for one in words if one]
