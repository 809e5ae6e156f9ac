"""The head of a plan: number, place, date, subject, and the authority even where no head stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.days import days
from chungtay.plans.reading.flat import flat
from chungtay.plans.reading.papers import level_of
from chungtay.plans.reading.shapes import Finding, Head
from chungtay.rulebook.wording import Sentence

NUMBER = re.compile(
    r"\bso\s*[:.]?\s*(?P<number>[\d.…_ ]*?)\s*(?P<slash>[-/–])\s*"
    r"(?P<symbol>[a-z][\w&.]*(?:[-–/][\w&.]+)*)"
)
PLACE = re.compile(
    r"(?P<place>[^\W\d][^\d:;/]{1,60}?)\s*,?\s*(?:ngay\b[\s.…_]*\d{0,2}[\s.…_]*thang|ngay\s*\d|thang\s*\d)"
)
YEAR = re.compile(r"\bnam\s+((?:19|20)\d\d)\b")
ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
UNIT = r"thị trấn|thị xã|thành phố|đặc khu|tỉnh|huyện|quận|phường|xã"
WORD = r"[A-ZĐÀ-ÖØ-ÝĂÂÊÔƠƯẠ-Ỹ][^\W\d_]*(?:['’-][^\W\d_]+)?"
NAMED_UNIT = re.compile(
    rf"(?P<unit>(?i:{UNIT}))\s+(?P<name>\d{{1,2}}\b|{WORD}(?:\s+(?!NĂM\b|GIAI\b"
    rf"|Năm\b){WORD}){{0,4}})"
)
AGENCY = re.compile(
    r"(?:uy ban|ubnd|hoi dong|hdnd|mat tran|uy ban mttq|ub ?mttq|mttq|hoi|doan|dang uy|huyen uy"
    r"|tinh uy|thanh uy|thi uy|lien doan|cong doan|so|phong|chi cuc|trung tam|truong|tram"
    r"|ban (?!hanh|an|ve)|bo|van phong)\b"
)
ENACTS = re.compile(
    r"(?:^|[.;]\s+)(?P<who>[^.;]{3,110}?)\s+(?:ban hanh|xay dung|trien khai|lap|de ra)\b"
    r"[^.;]{0,40}?\bke hoach\b"
)
STATE_WORDS = re.compile(r"cong hoa xa hoi|doc lap\s*[-–]|dang cong san viet nam$")
SHORT = re.compile(r"[bcdfghjklmnpqrstvwxz&-]{2,}")
CAPITALS_FROM = 0.6


def read_head(blocks: Sequence[Block]) -> tuple[Head, tuple[Finding, ...]]:
    """The head of a plan and what is blank in it."""
    lines = [block.text for block in blocks if block.kind == "head"]
    titles = [block.text for block in blocks if block.kind == "title"]
    subject = " ".join(titles[1:]).strip(" .:") or None
    number, symbol, blank = _number(lines)
    place, day = _place_and_date(lines)
    authority, inferred = _authority(blocks, lines, subject)
    year = _year(subject, day, blocks)
    title = titles[0] if titles else None
    head = Head(title, subject, number, symbol, authority, place, day, year)
    return head, tuple(_blanks(head, lines, blank, inferred))


def _number(lines: Iterable[str]) -> tuple[str | None, str | None, str]:
    for line in lines:
        found = NUMBER.search(flat(line))
        if found is None or "ngay" in found["symbol"]:
            continue
        symbol = line[found.start("symbol") : found.end("symbol")].strip(" .,")
        digits = re.sub(r"\D", "", found["number"])
        mark = "-" if found["slash"] in "-–" else "/"
        return (f"{digits}{mark}{symbol}" if digits else None), symbol, line
    return None, None, ""


def _place_and_date(lines: Iterable[str]) -> tuple[str | None, str | None]:
    for line in lines:
        found = days(line)
        if not found:
            continue
        start = NUMBER.search(flat(line))
        said = line[start.end() :] if start else line
        place = PLACE.search(flat(said))
        where = said[place.start("place") : place.end("place")].strip(" ,") if place else None
        return where, found[0].iso()
    return None, None


def _year(subject: str | None, day: str | None, blocks: Sequence[Block]) -> int | None:
    """The year a plan is for: of its subject, of its date, or the one its text names most."""
    said = YEAR.findall(flat(subject or ""))
    if said:
        return int(said[-1])
    if day:
        return int(day[:4])
    counted = Counter(
        int(year)
        for block in blocks
        if block.kind not in ("basis", "row")
        for year in YEAR.findall(flat(block.text)) or ANY_YEAR.findall(block.text)[:1]
    )
    return counted.most_common(1)[0][0] if counted else None


def _authority(
    blocks: Sequence[Block], lines: list[str], subject: str | None
) -> tuple[str | None, bool]:
    """The issuing authority, and whether it had to be found outside the head."""
    agencies = _agencies(lines)
    if agencies:
        return _full(agencies[-1], blocks, subject), False
    for block in blocks:
        if block.kind in ("basis", "paragraph") and not block.section:
            found = ENACTS.search(flat(block.text))
            if found is not None and AGENCY.match(found["who"]):
                who = block.text[found.start("who") : found.end("who")]
                return _full(who, blocks, subject), True
    signed = [block.text for block in blocks if block.kind == "signature"]
    behalf = next(
        (re.sub(r"^\S*?[Mm]\.?\s*", "", s) for s in signed if flat(s)[:2] in ("tm", "t/")), ""
    )
    found_unit = _unit_named(subject or "", None)
    if behalf or (signed and found_unit):
        return _full(behalf or "Ủy ban nhân dân", blocks, subject), True
    return None, True


def _agencies(lines: Iterable[str]) -> list[str]:
    """The authorities of a head, each put together from its lines; the issuing one stands last."""
    kept: list[str] = []
    open_ = False
    for line in lines:
        plain = flat(line)
        if (
            STATE_WORDS.search(plain)
            or NUMBER.search(plain)
            or days(line)
            or plain.startswith("so")
        ):
            open_ = False
        elif AGENCY.match(plain):
            kept.append(line)
            open_ = True
        elif open_ and level_of(plain) and len(plain) < 60:
            kept[-1] = f"{kept[-1]} {line}"
    return kept


def _full(name: str, blocks: Sequence[Block], subject: str | None) -> str:
    """An authority with its unit named, in ordinary letters, UBND written out."""
    written_out = "ỦY BAN NHÂN DÂN" if name.isupper() else "Ủy ban nhân dân"
    said = _lowered(re.sub(r"^UBND\b", written_out, name.strip(" .,")))
    said = re.sub(r"^(?:Ủy|Uỷ)\s+[Bb]an\s+[Nn]hân\s+[Dd]ân", "Ủy ban nhân dân", said)
    if NAMED_UNIT.search(said):
        return said
    level = level_of(said)
    texts = [subject or "", *(block.text for block in blocks)]
    for text in texts:
        found = _unit_named(text, level)
        if found:
            unit, named = found
            return re.sub(rf"\s+{unit}$", "", said, flags=re.IGNORECASE) + f" {unit} {named}"
    return said


def _unit_named(text: str, level: str | None) -> tuple[str, str] | None:
    for found in NAMED_UNIT.finditer(text):
        unit = found["unit"].lower()
        if level is None or flat(unit) == level:
            return unit, _lowered(found["name"], every=True)
    return None


def _lowered(text: str, *, every: bool = False) -> str:
    """Capitals of a head in ordinary letters; text in ordinary letters stays."""
    letters = [sign for sign in text if sign.isalpha()]
    if sum(sign.isupper() for sign in letters) < CAPITALS_FROM * len(letters) or len(letters) < 5:
        return text
    if every:
        return text.title() if len(text) > 4 else text
    words = _ordinary(text)
    said = NAMED_UNIT.sub(lambda one: f"{one['unit'].lower()} {one['name'].title()}", text)
    named = NAMED_UNIT.search(said)
    if named is None:
        return words[:1].upper() + words[1:]
    before = _ordinary(said[: named.start()])
    return before[:1].upper() + before[1:] + said[named.start() :]


def _ordinary(text: str) -> str:
    """Words in small letters, but initials without a vowel as they are, and names of bodies."""
    words = [word if SHORT.fullmatch(flat(word)) else word.lower() for word in text.split(" ")]
    return re.sub(
        r"\b(?:hội|đoàn|mặt trận|đảng)\b", lambda one: one[0].capitalize(), " ".join(words)
    )


def _blanks(head: Head, lines: list[str], numbered: str, inferred: bool) -> Iterable[Finding]:
    if head.number is None:
        said = Sentence("Kế hoạch chưa có số; hãy lấy số ở sổ công văn rồi ghi vào.")
        yield Finding("number_blank", "warning" if head.symbol or lines else "info", said, numbered)
    if head.date is None:
        yield Finding("date_blank", "info", Sentence("Kế hoạch không ghi ngày ban hành."))
    elif len(head.date) < len("2024-06-01"):
        where = next((line for line in lines if days(line)), "")
        said = Sentence("Ngày ban hành còn trống phần ngày, mới có {known}.", known=head.date)
        yield Finding("day_blank", "warning", said, where)
    if head.authority is None:
        said = Sentence("Văn bản không ghi cơ quan ban hành; hãy ghi vào phần đầu.")
        yield Finding("authority_missing", "info", said)
    elif inferred:
        said = Sentence("Phần đầu văn bản không ghi cơ quan ban hành; tên lấy từ nội dung.")
        yield Finding("authority_not_in_head", "info", said)
