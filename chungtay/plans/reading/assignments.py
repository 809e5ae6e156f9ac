"""Who is to do what: the numbered heads of the organising section, and duties said elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.flat import flat, sentences
from chungtay.plans.reading.offices import VERB, alike, asks, is_office, offices_in, subject_of
from chungtay.plans.reading.shapes import Assignment, Duty, Role
from chungtay.plans.reading.tables import tasks

ORGANISING = re.compile(
    r"to chuc (?:thuc hien|trien khai)|phan cong|^trach nhiem|trach nhiem (?:cua|thuc hien|to chuc)"
    r"|^nhiem vu cua"
)
CLOSING = re.compile(
    r"(?:tren day la|trong qua trinh|ke hoach nay|can cu ke hoach nay"
    r"|yeu cau (?:thu truong|cac)|de nghi (?:thu truong|cac (?:co quan|don vi|ban|phong"
    r"|dong chi))|ubnd .{0,40}de nghi"
    r"|uy ban nhan dan .{0,40}(?:de nghi|yeu cau)|nhan duoc ke hoach|qua trinh thuc hien)"
)
ROLES: tuple[tuple[Role, str], ...] = (
    ("lead", r"chu tri|dau moi|chiu trach nhiem chinh"),
    ("cooperate", r"(?<!su )phoi hop"),
    ("advise", r"tham muu|de xuat|tu van"),
    ("guide", r"huong dan"),
    ("report", r"bao cao|tong hop, bao cao"),
)
ROLE = re.compile("|".join(f"(?P<{role}>{form})" for role, form in ROLES))
ROLE_WITHIN = 60
OURSELVES = re.compile(
    r"\b(?:ubnd|uy ban nhan dan) (?:xa|phuong|thi tran|huyen|thanh pho|tinh) se\b"
)
NO_OFFICE = re.compile(
    r"(?:ve |kinh phi|thoi gian|che do|nguon|tien do|bao cao|noi dung|giai phap|muc tieu|yeu cau"
    r"|mot so|cac (?:giai|nhiem|noi)|hinh thuc|phuong|cong tac|dieu khoan|khen thuong|muc )"
)
LIST_AHEAD = re.compile(r"(?P<list>[^.;:]{10,200}?)(?:…|\.\.\.)\s")


@dataclass
class _Head:
    """An assignment while it is put together."""

    number: str
    offices: tuple[str, ...]
    request: bool = False
    duties: list[Duty] = field(default_factory=list)
    blocks: set[int] = field(default_factory=set)

    def add(self, text: str) -> None:
        """One more duty, in the role its words say."""
        own = OURSELVES.search(flat(text))
        role: Role = "request" if self.request and not own else role_of(text)
        if text and all(duty.text != text for duty in self.duties):
            self.duties.append(Duty(role, text))


def role_of(text: str) -> Role:
    """The role a duty begins with; asked or told to do without another word: request, do."""
    if asks(text):
        return "request"
    subject = subject_of(text)
    said = text[text.find(subject) + len(subject) :] if subject else text
    found = ROLE.search(flat(said)[:ROLE_WITHIN])
    return cast(Role, found.lastgroup) if found else "do"


def assignments(blocks: Sequence[Block]) -> tuple[Assignment, ...]:
    """One row for each numbered head that names offices, with every duty found for them."""
    body = [block for block in blocks if block.section or block.kind in ("heading", "row")]
    heads = [*_heads(body)]
    heads += _bullets(body, heads)
    _join_elsewhere(body, heads)
    _join_tables(blocks, heads)
    made = [head for head in heads if head.offices and head.duties]
    return tuple(Assignment(one.number, one.offices, tuple(one.duties)) for one in made)


def office_blocks(blocks: Sequence[Block]) -> dict[int, tuple[str, ...]]:
    """For each block that stands under the head of an office, that office."""
    body = [block for block in blocks if block.section or block.kind == "heading"]
    return {number: head.offices for head in _heads(body) for number in head.blocks}


def _heads(body: Sequence[Block]) -> Iterator[_Head]:
    made: list[_Head] = []
    organising: dict[int, bool] = {}
    taken: set[int] = set()
    for at, block in enumerate(body):
        if block.kind != "heading" or block.number in taken:
            continue
        organising = {level: known for level, known in organising.items() if level < block.level}
        inside = any(organising.values())
        organising[block.level] = bool(ORGANISING.search(flat(block.text)))
        head = _head(block, _under(body, at), inside)
        if head is None:
            continue
        taken |= head.blocks
        if not _joined(head, made, block, inside):
            made.append(head)
            yield head


def _head(block: Block, under: Sequence[Block], inside: bool) -> _Head | None:
    """The assignment a heading makes: an office with what stands beneath, or a sentence."""
    parts = [one for one in under if one.kind == "heading"]
    if is_office(block.text) and not any(is_office(one.text) for one in parts):
        return _with_duties(block, under)
    if not inside or parts:
        return None
    return _with_duties(block, under) if block.text else _from_sentences(block, under)


def _under(body: Sequence[Block], at: int) -> list[Block]:
    found: list[Block] = []
    for block in body[at + 1 :]:
        if block.kind == "heading" and block.level <= body[at].level:
            break
        found.append(block)
    return found


def _with_duties(block: Block, under: Iterable[Block]) -> _Head:
    said = block.text
    sentence = None if is_office(said) else subject_of(said)
    head = _Head(block.label, offices_in(sentence or said), asks(said), blocks={block.number})
    if sentence is not None:
        head.add(said)
    elif not is_office(said) and not _may_be_office(said):
        head.offices = ()
    for one in under:
        if one.kind not in ("paragraph", "bullet", "heading") or CLOSING.match(flat(one.text)):
            continue
        head.blocks.add(one.number)
        ahead = LIST_AHEAD.match(one.text)
        if not head.duties and ahead and is_office(ahead["list"]):
            head.offices += offices_in(ahead["list"])
        head.add(one.text)
    return head


def _may_be_office(said: str) -> bool:
    """Whether a heading of the organising section may name who, in words not met before."""
    plain = flat(said)
    return len(plain) < 80 and not VERB.search(plain) and not NO_OFFICE.match(plain)


def _from_sentences(block: Block, under: Sequence[Block]) -> _Head:
    """A numbered sentence that names its office and its duty at once."""
    texts = [one for one in under if one.kind in ("paragraph", "bullet")]
    first = texts[0].text if texts else ""
    subject = subject_of(first)
    head = _Head(block.label, offices_in(subject) if subject else (), asks(first))
    for one in texts:
        if not CLOSING.match(flat(one.text)) or one is texts[0]:
            head.add(one.text)
            head.blocks.add(one.number)
    return head


def _joined(head: _Head, made: Sequence[_Head], block: Block, organising: bool) -> bool:
    """A sentence about offices that stood before, in another section, joins them."""
    if block.text or not organising or not made or not head.offices:
        return False
    earlier = [one for one in made if _same(head.offices, one.offices)]
    if not earlier or any(one.number == head.number for one in earlier):
        return False
    for one in earlier:
        one.blocks |= head.blocks
        for duty in head.duties:
            one.add(duty.text)
    return True


def _same(offices: Iterable[str], others: Iterable[str]) -> bool:
    return any(_alike(one, other) for one in offices for other in others)


def _alike(one: str, other: str) -> bool:
    everyone = flat(one).startswith("cac cong chuc") and flat(other).startswith("cong chuc")
    return everyone or alike(one, other)


def _bullets(body: Sequence[Block], heads: Sequence[_Head]) -> Iterator[_Head]:
    """Offices named at the beginning of bullets, where the organising section has no numbers."""
    if any(_numbered(head, body) for head in heads):
        return
    organising = False
    for block in body:
        if block.kind == "heading" and block.level == 1:
            organising = bool(ORGANISING.search(flat(block.text)))
        elif organising and block.kind in ("bullet", "paragraph"):
            name, colon, duty = block.text.partition(":")
            office = name if colon and is_office(name) else subject_of(block.text)
            if office and not CLOSING.match(flat(block.text)):
                head = _Head("", offices_in(office), asks(block.text), blocks={block.number})
                head.add(duty.strip() if colon and is_office(name) else block.text)
                yield head


def _numbered(head: _Head, body: Sequence[Block]) -> bool:
    return any(
        block.kind == "heading" and block.label == head.number and block.section for block in body
    )


def _join_elsewhere(body: Sequence[Block], heads: Sequence[_Head]) -> None:
    """Duties given to an office outside its own head."""
    own = {number for head in heads for number in head.blocks}
    for block in body:
        if block.number in own or block.kind not in ("paragraph", "bullet"):
            continue
        for sentence in sentences(block.text):
            subject = _told(sentence)
            for head in _meant(offices_in(subject) if subject else (), heads):
                head.add(sentence)


def _join_tables(blocks: Sequence[Block], heads: list[_Head]) -> None:
    """Tasks that a table gives, to the office's own head or to a new one."""
    for task in tasks(blocks):
        for role, offices in (("lead", task.lead), ("cooperate", task.cooperate)):
            for office in offices:
                known = [head for head in heads if _names(head, office)]
                if not known:
                    known = [_Head("", (office,))]
                    heads += known
                duty = Duty(cast(Role, role), task.text)
                if duty not in known[0].duties:
                    known[0].duties.append(duty)


def _names(head: _Head, office: str) -> bool:
    return any(flat(one) == flat(office) for one in head.offices)


def _meant(offices: Iterable[str], heads: Sequence[_Head]) -> list[_Head]:
    """For each office the one head that means it, the narrowest where several do."""
    found: list[_Head] = []
    for office in offices:
        fits = [head for head in heads if _same((office,), head.offices)]
        if fits:
            found.append(min(fits, key=lambda head: len(head.offices)))
    return [head for at, head in enumerate(found) if head not in found[:at]]


def _told(sentence: str) -> str | None:
    """The offices a sentence tells or asks, whoever it lets speak ("UBND phường đề nghị …")."""
    plain = flat(sentence)
    spoken = re.match(r"(?:ubnd|uy ban nhan dan)[^,;.]{0,40}?(?=(?:de nghi|yeu cau|giao)\s)", plain)
    said = sentence[spoken.end() :] if spoken else sentence
    if subject_of(said) is None:
        return None
    told = re.match(r"(?:de nghi|yeu cau|giao|phan cong|cac|thu truong|cong chuc)\b", flat(said))
    return subject_of(said) if told else None
