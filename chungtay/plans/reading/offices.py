"""The offices a heading or a sentence names, and whether a text names one at all."""

from __future__ import annotations

import re
from functools import lru_cache

from chungtay.plans.reading.flat import flat

STARTS = (
    r"(?:cong chuc|can bo|khoi (?!phuc)|cac ong|cac ba\b|phong (?!trao|chong|ngua)|so (?!ho"
    r"|luong|kinh|tien|nguoi|lieu|\d)"
    r"|ban (?!hanh|an|ve|do|nghi|dau)|uy ban|ubnd|ub ?\.? ?mttq|mttq|mat tran"
    r"|hoi (?!nghi|thao|hop|nhap)|doan (?!ket)|trung tam|tram|dai |bao hiem|ngan hang|chi cuc"
    r"|chi nhanh|cuc |kho bac|cong an"
    r"|bo chi huy|quan su|thon\b|to (?!chuc)|to truong|bi thu|chi bo|chu tich|thu truong"
    r"|truong (?:thon|ban|phong|cac|hoc|ap|khu)|giam doc|lien doan|benh vien|van phong|thanh tra"
    r"|dang uy|bo phan|hoi dong|hdnd|vien |to chuc |doanh nghiep|khu pho|ap\b|thuong truc"
    r"|thanh vien|cac (?:co quan|don vi|ban|phong (?!trao)|so|nganh|xa|phuong|thi tran|thon|to|ap\b"
    r"|khu pho|doan the|hoi (?!nghi)|truong|dong chi|cong chuc|chi (?:hoi|bo|doan|nhanh|cuc)|cap"
    r"|doanh nghiep|thanh vien|dia phuong|huyen))"
)
OFFICE = re.compile(STARTS)
PARTED = re.compile(rf"\s*;\s*(?=\S)|\s*,\s+(?={STARTS})|\s+(?:va|cung|voi)\s+(?={STARTS})")
ASKED = re.compile(
    r"(?:de nghi|yeu cau|giao(?: cho)?|doi voi|trach nhiem cua|phan cong|nhiem vu cua"
    r"|kinh de nghi)\s+"
)
REQUEST = re.compile(r"(?:(?:ubnd|uy ban nhan dan)[^,;.]{0,40}?)?(?:kinh |tran trong )?de nghi\s")
VERB = re.compile(
    r"\b(?:chu tri|phoi hop|tham muu|huong dan|tong hop|bao cao|thuc hien|to chuc (?!chinh tri|doan"
    r"|thanh|hoi|xa hoi|kinh te|ton giao)"
    r"|xay dung (?:cac )?(?:ke hoach|chuong trinh|phuong an|du toan)|trien khai|tuyen truyen"
    r"|van dong|theo doi|kiem tra|lap (?:ke hoach|danh|du)|chiu trach nhiem"
    r"|can cu|bo tri|cap nhat|day manh|tiep tuc|phat huy|ho tro|giup do|chu dong|co trach nhiem"
    r"|dau moi|ra soat|quan ly (?!cac|khu)|gui |nop |dang ky|thong nhat|tang cuong|lanh dao"
    r"|chi dao (?!giam|chuong|thuc|cac|xa|phuong|huyen)|trong pham vi|theo chuc nang|duoc phan cong"
    r"|co nhiem vu|nghien cuu|se |can |phai |chi dao cac|tich cuc|kip thoi|hoan thanh"
    r"|quan triet|cu the hoa|dam bao"
    r"|bao dam|chu trong|long ghep|tham gia|khao sat|dieu tra|cap phat)"
)
LISTED = re.compile(r"cac (?P<kind>so|phong|hoi)(?:, (?:ban, )?nganh)?\s*:\s*")
LONGEST_OFFICE = 170


def offices_in(text: str) -> tuple[str, ...]:
    """The offices a heading names; a comma inside a name ("các phường, xã") parts nothing."""
    said = without_asking(text).strip(" :.;,…")
    plain = flat(said)
    listed = LISTED.match(plain)
    if listed is not None:
        kind = said[4 : listed.end("kind")]
        names = said[listed.end() :].split(",")
        return tuple(f"{kind[:1].upper()}{kind[1:]} {name.strip()}" for name in names)
    found: list[str] = []
    start = 0
    for part in PARTED.finditer(plain):
        if plain[start : part.start()].count("(") > plain[start : part.start()].count(")"):
            continue
        found.append(said[start : part.start()])
        start = part.end()
    found.append(said[start:])
    return tuple(one.strip(" :.;,…") for one in found if one.strip(" :.;,…"))


def without_asking(text: str) -> str:
    """A text without "Đề nghị", "Giao", "Đối với" before the office."""
    found = ASKED.match(flat(text))
    return text[found.end() :] if found else text


def asks(text: str) -> bool:
    """Whether an office is asked and not told."""
    return bool(REQUEST.match(flat(text)))


def is_office(text: str) -> bool:
    """Whether a heading is the name of one or more offices."""
    said = flat(without_asking(text)).strip(" :.")
    if len(said) > LONGEST_OFFICE or not OFFICE.match(said):
        return False
    verb = VERB.search(re.sub(r"\([^)]*\)", "", said))
    return verb is None or verb.start() > len(said) - 2


def subject_of(sentence: str) -> str | None:
    """The offices a sentence begins with, before what they are to do; None where it names none."""
    said = without_asking(sentence)
    plain = flat(said)
    if not OFFICE.match(plain):
        return None
    bare = re.sub(r"\([^)]*\)", lambda one: " " * len(one[0]), plain)
    verb = VERB.search(bare)
    if verb is None or verb.start() == 0 or verb.start() > LONGEST_OFFICE:
        return None
    name, colon, _ = said.partition(":")
    if colon and len(name) < verb.start() and OFFICE.match(flat(name)):
        return name.strip(" ,;")
    return said[: verb.start()].strip(" ,:;") or None


def alike(one: str, other: str) -> bool:
    """Whether two names mean the same office: one holds the other's words, or both the Front."""
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return False
    smaller, larger = sorted((first, second), key=len)
    return smaller <= larger


SAME = (
    (
        r"\b(?:uy ban|ub)\s*\.?\s*(?:mttq|mat tran to quoc)(?: viet nam)?|\bubmttq\b|\bmttq\b",
        "mttq",
    ),
    (r"\b(?:ubnd|uy ban nhan dan) cac (?:xa|phuong|thi tran|dac khu|huyen)[^;]*", "ubndbelow"),
    (r"\buy ban nhan dan\b", "ubnd"),
    (r"\bvan hoa\s*[-–]?\s*xa hoi\b|\bvhxh\b", "vhxh"),
    (
        r"\blao dong\s*[-–]?\s*(?:thuong binh va xa hoi|tbxh|tb va xh|tb ?& ?xh)|\bldtb ?&? ?xh",
        "ldtbxh",
    ),
    (r"\bhoi lien hiep phu nu\b|\blhpn\b", "phu nu"),
    (r"\bto chuc (?:doan the )?chinh tri\s*[-–]?\s*xa hoi\b|\bto chuc thanh vien\b", "doan the"),
    (r"\bto dan pho\b|\bto truong dan pho\b", "todanpho"),
    (
        r"\b(?:thi tran|thi xa|thanh pho|phuong|huyen|tinh|xa(?! hoi))\b",
        " ",
    ),
)
IDLE_WORDS = (
    "cac cong chuc va phu trach tac linh vuc cap viet nam dia ban tren lien quan to truong"
    " cua cho dong chi thu"
)
IDLE = frozenset(IDLE_WORDS.split())


@lru_cache(maxsize=2**12)
def words_of(name: str) -> frozenset[str]:
    """The words that tell an office from others, in one spelling."""
    plain = flat(name)
    for form, word in SAME:
        plain = re.sub(form, f" {word} ", plain)
    words = frozenset(re.findall(r"[a-z]+", plain))
    return words - IDLE or words
