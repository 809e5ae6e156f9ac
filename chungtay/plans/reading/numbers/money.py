"""Money out of sentences: for what, of which capital and source, how far it is settled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from chungtay.plans.reading.numbers.amounts import AT_MOST, HOUSEHOLD, Amount, amounts_of
from chungtay.plans.reading.numbers.plain import Sentence, flatten
from chungtay.plans.reading.numbers.rows import (
    ALLOCATED,
    ASSIGNED,
    EXPECTED,
    INVESTMENT,
    LINE,
    PART,
    RECURRENT,
    TOTAL,
    Money,
)

CAPITALS = (
    (INVESTMENT, re.compile(r"(?:von|chi|nguon|kinh phi) dau tu\b|dau tu phat trien")),
    (RECURRENT, re.compile(r"su nghiep|(?:chi|kinh phi) thuong xuyen")),
)
STAGES = (
    (
        ASSIGNED,
        re.compile(r"(?:duoc|da|tinh|huyen|cap tren|trung uong) giao\b|(?:duoc|da) cap\b|giao von"),
    ),
    (ALLOCATED, re.compile(r"phan bo|bo tri")),
    (
        EXPECTED,
        re.compile(
            r"du kien|nhu cau|uoc (?:tinh|khoang|thuc hien)|de xuat|khai toan|du toan"
            r"|du tru|de nghi|\buoc\b"
        ),
    ),
)
LEVELS = (
    r"(?:trung uong|dia phuong|nha nuoc|cap tren|(?:cap )?(?:tinh|huyen|thanh pho|thi xa|thi tran"
    r"|xa|phuong)|tw|tinh)"
)
SOURCE = re.compile(
    rf"(?:nguon\s+|von\s+)*(?:ngan sach|nstw|nsdp|nsnn)(?:\s+{LEVELS})?(?:\s+doi ung)?"
    r"|(?:nguon\s+|von\s+)*xa hoi hoa|(?:nguon\s+|von\s+)*(?:huy dong"
    r"|van dong)(?:\s+(?:xa hoi hoa|xa hoi|khac|cong dong|tu (?!nguon)[^,.;(]{3,60}))?"
    r"|quy\s+[\"“'][^\"”']{3,60}[\"”']|quy (?:vi nguoi ngheo|quoc gia ve viec lam"
    r"|xoa doi giam ngheo)"
    r"|(?:nguon\s+|von\s+)*(?:cac\s+)?(?:chuong trinh (?:mtqg"
    r"|muc tieu quoc gia)[^,.;(]{0,60}|ctmtqg[^,.;(]{0,30})"
    r"|(?:nguon\s+)?(?:von\s+)?(?:vay\s+)?(?:ngan hang chinh sach(?: xa hoi)?|nhcsxh"
    r"|tin dung chinh sach)"
    r"|(?:nguon\s+|von\s+)?(?:dong gop|doi ung)(?: cua)?(?: (?:nhan dan|nguoi dan|ho dan"
    r"|cac ho|dia phuong|dan))?"
    r"|nguon[^,.;(\d]{2,50}?hop phap(?: khac)?|mat tran to quoc[^,.;(]{0,20}(?=\s+ho tro)"
    r"|von doi ung"
)
NO_SOURCE = re.compile(r"\b(?:cho|cua|thuc hien|thuoc|trien khai|phan)\s+$")
INSIDE = re.compile(r"trong do|bao gom|gom\b|chia ra|cu the\b|phan ra")
WHOLE = re.compile(r"\btong\b|\btong (?:so|cong|kinh phi|nguon|von|muc|nhu cau)|\bcong\b")
COUNTED = re.compile(
    r"(?<![\d/.,])(\d{1,4})\s+(nhu cau|can nha|can|ngoi nha|nha|mo hinh|con\b|cai|chiec"
    r"|bon|suat|lop|cong trinh"
    r"|du an|the|bo|tuyen|nguoi|lao dong|hoc sinh|phan qua|khau|em|hang muc)"
)
OF_HOUSEHOLDS = re.compile(r"(?<![\d/.,])(\d{1,3}(?:\.\d{3})+|\d{1,4})\s+(?:luot\s+)?ho\b")
MONEY_WORDS = re.compile(
    r"^(?:(?:va|voi|la|cho|khoang|tu|thi|tong|so|nguon|kinh phi|du kien|thuc hien|von"
    r"|nhu cau|tien|muc|duoc|giao"
    r"|phan bo|bo tri|cap|ca nam|nam|\d{4}|can|cac|ho tro|trong do|bao gom|gom|cong"
    r"|du toan|uoc|tinh|day|la:|ke hoach)\s*)*$"
)
TAIL = re.compile(
    r"[\s,(–-]*(?:(?:voi|la|khoang|tong|so|nguon|kinh phi|du kien|duoc|giao|phan bo"
    r"|bo tri|thuc hien|uoc tinh|uoc|voi|dat|muc|gia tri"
    r"|so tien|tri gia|nhu cau|can|du toan|moi)\s*)*[:\s]*$"
)
FOR = re.compile(
    r"\s*(?:(?:từ|vốn|nguồn|bằng)\s+[^,.;]{3,40}?\s+)?(?:cho|để|nhằm)\s+([^,.;(]{4,120})"
)
GIVER = re.compile(r"(?:ubnd|so|phong|cap tren|tinh|huyen|trung uong)\b.{0,30}$")
OPENS = re.compile(r"^[\s,;.()\-–+]*(?:(?:trong do|bao gom|gom|cu the|va|tu|dong thoi)\b[\s,:]*)*")
# Headings such as "Vốn và nguồn vốn", "Kinh phí thực hiện": whose money it is stands above them.
OF_MONEY_ALONE = re.compile(
    r"(?:\W|\b(?:von|nguon|va|kinh|phi|thuc|hien|du|toan|ngan|sach|muc|tong|so|nhu|cau|co)\b)+"
)


@dataclass
class Ledger:
    """The amounts read so far, and which are said to be parts of which."""

    rows: list[Money] = field(default_factory=list)
    wholes: list[tuple[Money, list[Money]]] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    open_at: tuple[tuple[str, ...], int] | None = None


def read_money(sentences: Iterable[Sentence]) -> Ledger:
    """Every amount the sentences state, a whole stated twice once."""
    ledger = Ledger()
    kept = list(sentences)
    for sentence in kept:
        found = amounts_of(sentence)
        _close(sentence, ledger, bool(found))
        if found:
            _read(sentence, found, ledger)
        else:
            _source_of_section(sentence, ledger)
    ledger.rows = [_with_source(row, ledger, kept) for row in once_each(ledger.rows)]
    return ledger


def _close(sentence: Sentence, ledger: Ledger, has_money: bool) -> None:
    """The parts of a whole end where its section does, or where nothing is said of money."""
    if ledger.open_at is None:
        return
    section, block = ledger.open_at
    inside = sentence.section[: len(section)] == section
    deeper = len(sentence.section) > len(section)
    if not inside or (
        not deeper and not has_money and sentence.kind != "heading" and sentence.block > block
    ):
        ledger.open_at = None
    elif has_money:
        ledger.open_at = (section, sentence.block)


def _source_of_section(sentence: Sentence, ledger: Ledger) -> None:
    """ "Kinh phí … được sử dụng từ …", said once for every amount of its section."""
    if re.match(r"(?:nguon\s+)?(?:tong\s+)?kinh phi|nguon (?:von|kinh phi|luc)", sentence.flat):
        found = _sources(sentence, 12, len(sentence.flat))
        if found and sentence.section:
            ledger.sources.setdefault(sentence.section[0], found)


def _with_source(row: Money, ledger: Ledger, sentences: list[Sentence]) -> Money:
    if row.source:
        return row
    section = next((one.section for one in sentences if one.at == row.at), ())
    return replace(row, source=ledger.sources.get(section[0])) if section else row


def _read(sentence: Sentence, found: list[Amount], ledger: Ledger) -> None:
    sums = [one for one in found if not one.norm]
    whole: Money | None = ledger.wholes[-1][0] if ledger.open_at and ledger.wholes else None
    inner: Money | None = None
    for at, one in enumerate(sums):
        since = sums[at - 1].end if at else 0
        stop = sums[at + 1].start if at + 1 < len(sums) else len(sentence.flat)
        inside = INSIDE.search(sentence.flat, since, one.start) if at else None
        if inside and at:
            inner = ledger.rows[-1] if inner is None else inner
            ledger.wholes.append((inner, []))
        role = PART if inner or whole else _role(sentence, one, since)
        row = _row(sentence, one, since, stop, found, role, inner or whole)
        if inner is not None:
            ledger.wholes[-1][1].append(row)
        elif whole is not None:
            _group_of(ledger, whole).append(row)
        ledger.rows.append(row)
    last = sums[-1] if sums else None
    if last and whole is None and inner is None and _announces(sentence, last):
        ledger.wholes.append((ledger.rows[-1], []))
        ledger.open_at = (sentence.section, sentence.block)


def _group_of(ledger: Ledger, whole: Money) -> list[Money]:
    return next(parts for one, parts in ledger.wholes if one is whole)


def _announces(sentence: Sentence, last: Amount) -> bool:
    tail = sentence.flat[last.end :]
    return bool(INSIDE.search(tail)) and sentence.flat.rstrip().endswith(":")


def _role(sentence: Sentence, one: Amount, since: int) -> str:
    return TOTAL if WHOLE.search(sentence.flat, since, one.start) else LINE


def _row(
    sentence: Sentence, one: Amount, since: int, stop: int, found: list[Amount], role: str,
    whole: Money | None,
) -> Money:  # fmt: skip
    near = sentence.flat[since : one.start]
    words = f"{near} {flatten(sentence.headings[-1]) if sentence.headings else ''}"
    behind = sentence.flat[one.end : stop]
    cap = _cap(sentence, found, one)
    return Money(
        one.amount_vnd,
        sentence.said,
        _purpose(sentence, one, since),
        first_named(CAPITALS, near) or first_named(CAPITALS, behind[:20]),
        _source(sentence, one, since, stop),
        first_named(STAGES, near) or first_named(STAGES, words) or (whole.stage if whole else None),
        _number(COUNTED, near, behind),
        _number(OF_HOUSEHOLDS, near, behind),
        cap,
        role,
        sentence.at,
        one.to_vnd,
    )


def _cap(sentence: Sentence, found: list[Amount], one: Amount) -> int | None:
    """The most for each household: the norm behind an amount, before the next, else before it."""
    norms = [
        each
        for each in found
        if each.norm
        and (
            each.each in HOUSEHOLD
            or (not each.each and AT_MOST.search(sentence.flat[: each.start]))
        )
    ]
    following = next(
        (each.start for each in found if each.start > one.start and not each.norm), None
    )
    behind = [
        n
        for n in norms
        if n.start > one.start
        and ";" not in sentence.flat[one.end : n.start]
        and (following is None or n.start < following)
    ]
    chosen = behind[:1] or [each for each in norms if each.end <= one.start][-1:]
    return chosen[0].amount_vnd if chosen else None


def first_named(forms: tuple[tuple[str, re.Pattern[str]], ...], words: str) -> str | None:
    """The first of some forms that the words say."""
    return next((name for name, form in forms if form.search(words)), None)


def _number(form: re.Pattern[str], near: str, behind: str) -> int | None:
    found = form.search(near) or form.search(re.split(r"[;.]\s", behind)[0][:60])
    return int(found[1].replace(".", "")) if found else None


def _source(sentence: Sentence, one: Amount, since: int, stop: int) -> str | None:
    """Whose money: named since the last amount, or behind this one."""
    inside = INSIDE.search(sentence.flat, one.end, stop)
    return _sources(sentence, since, one.start) or _sources(
        sentence, one.end, inside.start() if inside else stop
    )


def _sources(sentence: Sentence, start: int, end: int) -> str | None:
    found = [
        match
        for match in SOURCE.finditer(sentence.flat, start, end)
        if not NO_SOURCE.search(sentence.flat[: match.start()])
    ]
    if not found:
        return None
    best = max(
        found, key=lambda match: (not match[0].startswith(("van dong", "huy dong")), -match.start())
    )
    return sentence.said[best.start() : best.end()].strip(" ,;.:") or None


def _purpose(sentence: Sentence, one: Amount, since: int) -> str | None:
    """For what: the words before the amount without those about money, else its heading."""
    start = since + len(OPENS.match(sentence.flat[since : one.start])[0])  # type: ignore[index]
    end = start + TAIL.search(sentence.flat[start : one.start]).start()  # type: ignore[union-attr]
    said, flat = sentence.said[start:end], sentence.flat[start:end]
    colon = flat.find(":")
    if colon > 0 and not MONEY_WORDS.match(flat[:colon]):
        said, flat = said[:colon], flat[:colon]
    said, flat = said.strip(" ,;:(-–"), flat.strip(" ,;:(-–")
    if flat and not MONEY_WORDS.match(flat) and not GIVER.match(flat):
        return said
    behind = FOR.match(sentence.said[one.end :])
    if behind:
        return behind[1].strip()
    return _heading(sentence.headings) or None


def _heading(headings: tuple[str, ...]) -> str:
    """The innermost heading that says more than that money follows, else the innermost."""
    said = [heading.strip(" :.") for heading in headings]
    telling = (one for one in reversed(said) if not OF_MONEY_ALONE.fullmatch(flatten(one)))
    return next(telling, said[-1] if said else "")


def once_each(rows: list[Money]) -> list[Money]:
    """A whole stated twice, or stated again as its only part, is one datum."""
    kept: list[Money] = []
    for row in rows:
        at = next((at for at, one in enumerate(kept) if _is_same(one, row)), None)
        if at is None:
            kept.append(row)
        else:
            kept[at] = _merged(kept[at], row)
    return kept


def _is_same(one: Money, other: Money) -> bool:
    if (one.amount_vnd, one.amount_to_vnd) != (other.amount_vnd, other.amount_to_vnd):
        return False
    if one.at == other.at and one.role != LINE:
        return other.role == PART
    if one.text == other.text and one.purpose == other.purpose:
        return True
    return one.role == other.role == TOTAL and _of_all(one) and _of_all(other)


def _of_all(row: Money) -> bool:
    """Whether a whole is of the plan's money at large, not of one work under its heading."""
    said = flatten(row.purpose or "")
    return (
        bool(
            re.match(
                r"(?:tong |nguon |nhu cau (?:von|dang ky|kinh phi))|.*kinh phi|.*\bvon\b|$", said
            )
        )
        or "tong" in said
    )


def _merged(one: Money, other: Money) -> Money:
    return replace(
        one,
        source=one.source or other.source,
        capital=one.capital or other.capital,
        stage=one.stage or other.stage,
        quantity=one.quantity if one.quantity is not None else other.quantity,
        households=one.households if one.households is not None else other.households,
    )
