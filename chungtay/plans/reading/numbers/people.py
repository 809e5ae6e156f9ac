"""Of whom a plan speaks: classes of households and people, units, conditions, villages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chungtay.plans.reading.numbers.plain import Sentence, flatten

POOR, NEAR_POOR, NEWLY_ESCAPED = "poor", "near_poor", "newly_escaped"
ESCAPED_NEAR_POOR, AVERAGE = "escaped_near_poor", "average_living"
BOTH = f"{POOR}+{NEAR_POOR}"
HOUSEHOLD, PERSON, CHILD, WORKER, OFFICER, TASK = (
    *("household", "person", "child", "worker", "officer", "task"),
)
VILLAGE, COMMUNE, HOUSE, MODEL, CLASS_HELD, NEED = (
    *("village", "commune", "house", "model", "course", "need"),
)
# The first that fits is meant; the longer stand before the shorter.
CLASSES: tuple[tuple[str, str], ...] = (
    (ESCAPED_NEAR_POOR, r"(?:moi )?(?:vuot|thoat)(?: khoi)? can ngheo"),
    (NEAR_POOR, r"can (?:ngheo|ngh[eo]{2})\b(?: da chieu)?"),
    (NEWLY_ESCAPED, r"(?:moi )?(?:vuot|thoat)(?: khoi)? ngheo"),
    (BOTH, r"ngheo da chieu"),
    (f"{POOR}_a", r"ngheo(?: loai)? a\b"),
    (f"{POOR}_b", r"ngheo(?: loai)? b\b"),
    (POOR, r"ngheo(?! da chieu)\b"),
    (AVERAGE, r"co muc song trung binh|muc song trung binh"),
)
ANY_CLASS = "|".join(f"(?:{words})" for _code, words in CLASSES)
WHO = (
    r"(?:ho gia dinh|gia dinh|ho dan|ho|nguoi dan|nguoi|nhan khau|khau|thanh vien|hoi vien|"
    r"doi tuong)"
)
THING = r"(?:ho gia dinh|ho)"
LINK = rf"(?:\s*(?:,|/|va|hoac|cung nhu|-|–)\s*(?:va\s+)?(?:so\s+|cac\s+|dien\s+)?(?:{WHO}\s+)?)"
GROUP = r"(?:(?:dong bao\s+)?(?:dan toc thieu so|dtts)\s+|nguoi kinh\s+)?"
COORDINATED = re.compile(rf"{GROUP}(?:{ANY_CLASS})(?:{LINK}(?:{ANY_CLASS}))*")
# "giảm nghèo", "chuẩn nghèo", "tái nghèo": the work, not the people.
NO_PEOPLE = re.compile(r"\b(?:giam|xoa|chong|tai|chuan|sinh|vi nguoi|vung|kho|dieu tra)\s+$")
DEED = re.compile(r"(?:can )?ngheo\b(?! da chieu| a\b| b\b)(?!,| va)|ngheo,")
ONE_CLASS = tuple((code, re.compile(words)) for code, words in CLASSES)
CLASS_IN_IT = re.compile(ANY_CLASS)
KINH = re.compile(r"\bnguoi kinh\b|\bdan toc kinh\b")
MINORITY = re.compile(r"\bdan toc thieu so\b|\bdtts\b")
UNITS: tuple[tuple[str, str], ...] = (
    (OFFICER, r"(?:can bo|cong chuc|vien chuc|cong tac vien|can bo cong chuc)"),
    (WORKER, r"(?:nguoi lao dong|lao dong|nguoi trong do tuoi lao dong)"),
    (CHILD, r"(?:tre em|tre|hoc sinh|sinh vien|con em|chau|em)"),
    (HOUSEHOLD, r"(?:ho gia dinh|so ho|ho dan|ho|gia dinh)"),
    (PERSON, r"(?:nguoi dan|nguoi|nhan khau|khau|thanh vien|doi tuong|phu nu|hoi vien)"),
    (TASK, r"(?:nhiem vu|muc tieu|chi tieu|cac muc tieu)"),
    (HOUSE, r"(?:can nha|ngoi nha|nha o|nha dai doan ket|nha tinh thuong|can|nha)"),
    (VILLAGE, r"(?:thon|ban|ap|soc|buon|lang|khom|xom|khu pho|to dan pho|khu dan cu)"),
    (COMMUNE, r"(?:xa|phuong|thi tran)"),
    (MODEL, r"(?:mo hinh|du an)"),
    (CLASS_HELD, r"(?:lop|khoa|buoi|dot)"),
    (NEED, r"(?:nhu cau)"),
)
UNIT_FORMS = tuple((unit, re.compile(rf"\s*{words}\b")) for unit, words in UNITS)
CONDITION = re.compile(
    r"(?:co nhu cau|(?:co )?du dieu kien|co kha nang lao dong|trong do tuoi lao dong|neu co nhu cau"
    r"|co dang ky|co nguyen vong)"
)
CONDITION_ENDS = re.compile(
    r"\s+(?=(?:deu )?(?:duoc|dat|co (?:viec|the|nha|nuoc)|tham gia|tiep can|su dung)\b)|(?=[;.(])|$"
)
EXCEPT = re.compile(r"\((tru [^)]*)\)|(?:,\s*)(tru [^,.;]*)")
KIND_OF_PLACE = (
    r"(?i:thôn|bản|ấp|sóc|buôn|bon|làng|khóm|xóm|tổ dân phố|tổ|tdp|khu phố|kp|khu dân cư|khu"
    r"|phường|xã|thị trấn)"
)
CAPITAL = "A-ZĐÀ-ÖØ-ÝĂƠƯẠ-Ỹ"
NAME_OF_PLACE = (
    rf"(?:(?i:số\s+)?\d{{1,3}}[A-Za-z]?\b|[{CAPITAL}][\w’'.-]*(?:\s+[{CAPITAL}][\w’'.-]*){{0,4}}"
    r"(?:\s+\d{1,2}(?!\s*(?:hộ|người|khẩu|lao|%|\d)))?"
    r"|[IVX]{1,4}\b)"
)
PLACE = re.compile(rf"(?<!\w)({KIND_OF_PLACE})\s+({NAME_OF_PLACE})")
COMMUNES = re.compile(r"(?:xa|phuong|thi tran)\b")


@dataclass(frozen=True)
class Group:
    """Of whom a number speaks, and where its words stand in the sentence."""

    population: str
    start: int
    end: int


def unit_after(flat: str, at: int) -> tuple[str, int] | None:
    """The unit a number counts: the word right behind it, and where that ends."""
    for unit, form in UNIT_FORMS:
        found = form.match(flat, at)
        if found:
            return unit, found.end()
    return None


def groups_of(sentence: Sentence) -> list[Group]:
    """Every mention of classes in a sentence; classes joined by "và" or a comma are one group."""
    return [
        Group(population_of(match[0], sentence.flat[match.end() : match.end() + 40]), *match.span())
        for match in COORDINATED.finditer(sentence.flat)
        if not (NO_PEOPLE.search(sentence.flat[: match.start()]) and DEED.match(match[0]))
    ]


def population_of(words: str, after: str = "") -> str:
    """The codes of the classes that words name, with the kind or people they are narrowed to."""
    codes: list[str] = []
    for match in CLASS_IN_IT.finditer(words):
        code = next(code for code, form in ONE_CLASS if form.fullmatch(match[0]))
        codes += [one for one in code.split("+") if one not in codes]
    said = "+".join(codes)
    behind = re.sub(
        r"^\s*(?:(?:la|trong|vung|thuoc|o|nguoi|la nguoi|dong bao)\s+)*(?=d)", "", after
    ).strip()
    if KINH.match(after.strip()) or KINH.match(behind) or KINH.search(words):
        return f"{said}_kinh"
    return f"{said}_minority" if MINORITY.match(behind) or MINORITY.search(words) else said


def condition_of(sentence: Sentence, start: int, end: int) -> str | None:
    """The words that narrow a promise ("có nhu cầu …", "trừ …"), as the plan says them."""
    found = CONDITION.search(sentence.flat, start, end)
    said = ""
    if found:
        stop = CONDITION_ENDS.search(sentence.flat, found.end(), end)
        said = sentence.said[found.start() : stop.start() if stop else end].strip(" ,;.")
    besides = EXCEPT.search(sentence.flat, start, end)
    if besides:
        group = 1 if besides[1] else 2
        said = f"{said}; " * bool(said) + sentence.said[besides.start(group) : besides.end(group)]
    return said or None


def places_of(sentence: Sentence) -> list[tuple[str, int, int]]:
    """The villages, wards and communes a sentence names, as written, with where they stand."""
    return [
        (" ".join(f"{match[1]} {match[2]}".split()).rstrip(".,"), *match.span())
        for match in PLACE.finditer(sentence.said)
        if not (COMMUNES.match(flatten(match[1])) and match[2].isdecimal())
    ]
