"""By when who does what: days, months and recurrences that a sentence ties to a duty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chungtay.plans.reading.assignments import CLOSING, office_blocks
from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.days import Day, days
from chungtay.plans.reading.flat import flat, sentences
from chungtay.plans.reading.offices import offices_in, subject_of, without_asking
from chungtay.plans.reading.shapes import Comparator, Deadline, Finding, Recurrence
from chungtay.plans.reading.tables import tasks
from chungtay.rulebook.wording import Sentence

CUES: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    ("before", re.compile(r"\btruoc\s*(?:ngay|thang|quy)?\s*$")),
    (
        "on_or_before",
        re.compile(
            r"\b(?:cham nhat|muon nhat|khong qua|khong cham hon)[^,.;()]{0,25}$"
            r"|\b(?:den|het)\s*(?:het\s*)?(?:ngay|thang)?\s*$"
        ),
    ),
    ("in", re.compile(r"\b(?:trong|vao|thuc hien|hoan thanh)\s*(?:ngay|thang|quy)?\s*$")),
    ("from", re.compile(r"\b(?:tu|bat dau)\s*(?:ngay|thang)?\s*$")),
)
ON_DAY = re.compile(r"\bngay\s*$")
DUTY = re.compile(
    r"bao cao|gui|nop|hoan thanh|\bxong\b|tong hop|ra soat|khao sat|dieu tra|so ket|tong ket"
    r"|dang ky|trinh|ban hanh|to chuc|phe duyet|cung cap|danh gia|lap danh sach|thong ke"
)
BENEFIT = re.compile(
    r"\b(?:duoc )?(?:ho tro|huong|dong bao hiem|dong bhyt|co hieu luc|co gia tri)\b"
)
PAPER_BEFORE = re.compile(
    r"[a-z]{2,}[-/][\w-]*\s*,?\s*(?:ngay)?\s*$|\bso\s*[\w/-]+\s*,?\s*(?:ngay)?\s*$"
)
QUARTERLY = (
    r"\b(?:hang|moi|tung|dinh ky)\s*quy\b|\bquy\b(?=\s*[,(]|\s+bao cao)"
    r"|\bthang (?:cuoi|dau)(?: moi| hang)? quy\b"
)
YEARLY = (
    r"\b(?:hang|moi|ca|1|mot)\s*nam\b|\bva\s+(?:ket thuc )?nam\b"
    r"|\b(?:bao cao|tong ket) nam\b|,\s*nam\b"
)
EACH: tuple[tuple[Recurrence, str], ...] = (
    ("six_monthly", r"\b(?:6|sau|06)\s*thang(?!\s*(?:/|nam\s*\d))"),
    ("quarterly", QUARTERLY),
    ("monthly", r"\b(?:hang|moi|dinh ky)\s*thang\b"),
    ("yearly", YEARLY),
)
RECURRING = tuple((name, re.compile(form)) for name, form in EACH)
REPORTING = re.compile(r"\bbao cao\b|\b(?:gui|nop) |\bso ket\b|\btong ket\b|\bgiao ban\b")
VIA = re.compile(
    r"\(\s*(?:gui |thong )?qua\s+(?P<via>(?:[^()]|\([^()]*\))*)\)"
    r"|\b(?:thong qua|gui qua)\s+(?P<bare>[^,;.()]{4,90})"
)
TO = re.compile(
    r"\b(?:gui|bao cao|trinh|nop|(?<!gui )ve)\s+(?:bao cao\s+)?(?:ket qua\s+)?"
    r"(?:ve\s+|cho\s+|len\s+|toi\s+|den\s+)?"
    r"(?P<to>(?:ubnd|uy ban|thuong truc|dang uy|phong|so |hdnd|ban |huyen uy"
    r"|tinh uy|chi cuc|bo |van phong|chu tich|mttq|hoi ).*)"
)
TO_ENDS = re.compile(
    r"\s*(?:\(|;|\.|:|\btruoc\b|\btheo\b|\bde\b|\bcham nhat\b|\bvao\b|\bdinh ky\b"
    r"|\bthong qua\b|\bqua\b|\bve (?:ket|tinh|viec)\b|\btong hop\b|\bket qua\b|\bdanh sach\b"
    r"|\bhang\b|\bxem xet\b|\btrong\b|$)"
)
NEAR = 120  # signs between a report and how often it comes


@dataclass(frozen=True)
class _Place:
    """A sentence with the office under whose head it stands."""

    sentence: str
    offices: tuple[str, ...]
    before: str  # the paragraph's own opening, where it names who


def deadlines(blocks: Sequence[Block], year: int | None) -> tuple[Deadline, ...]:
    """Every deadline and recurrence of the text, in its order."""
    owners = office_blocks(blocks)
    found: list[Deadline] = []
    for block in blocks:
        if block.kind in ("head", "title", "basis", "recipients", "signature", "annex"):
            continue
        if block.kind == "row":
            continue
        parts = list(sentences(block.text))
        for part in parts:
            place = _Place(part, owners.get(block.number, ()), parts[0])
            found += [one for one in _in_sentence(place, year) if one not in found]
    found += [one for one in _of_tables(blocks, year) if one not in found]
    return tuple(found)


def _of_tables(blocks: Sequence[Block], year: int | None) -> Iterator[Deadline]:
    for task in tasks(blocks):
        plain = flat(task.when)
        who = ", ".join(task.lead) or None
        last = days(task.when)[-1:]
        for day in last:
            how = _comparator(plain, day) or ("on_or_before" if day.day else "in")
            iso = _iso(day, plain, year)
            yield Deadline(iso, how, _recurrence(plain), who, task.text, (), None, task.text)
        recurrence = _recurrence(plain)
        if not last and recurrence:
            yield Deadline(None, None, recurrence, who, task.text, (), None, task.text)


def undated(blocks: Sequence[Block]) -> Iterator[Finding]:
    """The closing line that asks for a report and says no day."""
    for block in blocks:
        plain = flat(block.text)
        if block.kind != "paragraph" or not CLOSING.match(plain):
            continue
        if (
            re.search(r"bao cao ket qua", plain)
            and not days(block.text)
            and _recurrence(plain) is None
        ):
            said = Sentence("Câu cuối yêu cầu báo cáo kết quả nhưng không nói ngày nào.")
            yield Finding("report_undated", "info", said, block.text)


def _in_sentence(place: _Place, year: int | None) -> Iterator[Deadline]:
    plain = flat(place.sentence)
    dated = [(day, _comparator(plain, day)) for day in days(place.sentence)]
    kept = [(day, how) for day, how in dated if how is not None and _is_duty(plain, day, how)]
    end = 0
    for day, how in kept:
        recurrence = _recurrence(plain[end : day.start]) or _behind(plain[day.end :])
        yield _deadline(place, _iso(day, plain, year), how, recurrence)
        end = day.end
    if not kept and REPORTING.search(plain):
        for name, form in RECURRING:
            if form.search(plain) and _reports_near(plain, form):
                yield _deadline(place, None, _loose(plain), name)


def _comparator(plain: str, day: Day) -> Comparator | None:
    before = plain[max(0, day.start - 45) : day.start]
    if PAPER_BEFORE.search(before) and not before.rstrip().endswith("truoc ngay"):
        return None
    for name, cue in CUES:
        if cue.search(before):
            return name
    if day.day and ON_DAY.search(before):
        return "on"
    return None


def _is_duty(plain: str, day: Day, how: Comparator) -> bool:
    """Whether the day ends a task and not a benefit, a rule or another paper's date."""
    if how == "before" and not re.search(r"\bsinh truoc\b", plain):
        return True
    clause_from = max(plain.rfind(";", 0, day.start), 0)
    clause = plain[clause_from : day.end + 80]
    if how == "on" and day.year is not None:
        return False
    ending = plain[max(0, day.start - 90) : day.start]
    return bool(DUTY.search(clause)) and not BENEFIT.search(ending)


def _iso(day: Day, plain: str, year: int | None) -> str | None:
    behind = plain[day.end : day.end + 14]
    if year is not None and day.year is None and behind.strip().startswith("nam sau"):
        return day.iso(year + 1)
    return day.iso(year)


def _recurrence(plain: str) -> Recurrence | None:
    """The recurrence said last before a day."""
    found = [(match.end(), name) for name, form in RECURRING for match in form.finditer(plain)]
    return max(found)[1] if found else None


def _behind(plain: str) -> Recurrence | None:
    found = re.match(r"\s*(?:cua\s+)?(?:hang|moi)\s*(thang|quy|nam)", plain)
    kinds: dict[str, Recurrence] = {"thang": "monthly", "quy": "quarterly", "nam": "yearly"}
    return kinds[found[1]] if found else None


def _loose(plain: str) -> Comparator | None:
    if re.search(r"\btruoc ngay\s*\d{1,2}\b", plain):
        return "before"
    return "on_or_before" if re.search(r"\bcham nhat\b", plain) else None


def _reports_near(plain: str, form: re.Pattern[str]) -> bool:
    """Whether the word for the recurrence and the one for the report stand in one clause."""
    for match in form.finditer(plain):
        start = max(plain.rfind(";", 0, match.start()), 0)
        stop = plain.find(";", match.end())
        clause = plain[start : stop if stop >= 0 else len(plain)]
        report = REPORTING.search(clause)
        if report and abs(report.start() - (match.start() - start)) < NEAR:
            return True
    return False


def _deadline(
    place: _Place, day: str | None, how: Comparator | None, recurrence: Recurrence | None
) -> Deadline:
    said = place.sentence
    via = VIA.search(flat(said))
    through = None
    if via is not None:
        name = "via" if via["via"] is not None else "bare"
        through = said[via.start(name) : via.end(name)].strip(" ,") or None
    who = subject_of(said) or subject_of(place.before) or ", ".join(place.offices) or None
    return Deadline(day, how, recurrence, who, _what(said), _to(said), through, said)


def _to(said: str) -> tuple[str, ...]:
    plain = flat(said)
    for found in TO.finditer(plain):
        end = TO_ENDS.search(plain, found.start("to"))
        stop = end.start() if end else len(plain)
        names = said[found.start("to") : stop].strip(" ,.")
        if names:
            return offices_in(names)
    return ()


def _what(said: str) -> str:
    """The duty itself: the sentence without who is told, and without what stands in brackets."""
    subject = subject_of(said)
    rest = without_asking(said)
    if subject is not None:
        rest = rest[len(subject) :]
    bare = re.sub(r"\s*\((?:[^()]|\([^()]*\))*\)", "", rest)
    return bare.strip(" ,.;:") or said
