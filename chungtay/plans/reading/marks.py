"""The marks at the beginning of a line: bullets, numbers of headings, Markdown, special words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from chungtay.rulebook.folding import fold, tidy

LabelKind = Literal["part", "article", "capital", "roman", "number", "letter", "bracket"]
RANKS: dict[str, int] = {
    "part": 1,
    "capital": 2,
    "roman": 3,
    "article": 5,
    "number": 10,  # each further number ("2.1") one more
    "letter": 20,
    "bracket": 30,
}

UPPER = "A-ZĐÀ-ÖØ-ÝĂÂÊÔƠƯẠ-Ỹ"
ROMAN = r"(?:X{0,2}(?:IX|IV|VI{0,3}|I{1,3}|X))"
ORDINAL = r"(?:nhất|nhì|hai|ba|tư|bốn|năm|sáu|bảy|tám)"
PATTERNS: tuple[tuple[LabelKind, re.Pattern[str]], ...] = (
    (
        "part",
        re.compile(
            rf"(?P<label>(?i:ph[ầâẩấa]n|ch[ươu]{{2}}ng|m[ụu]c)\s+"
            rf"(?:(?i:thứ\s+{ORDINAL})|(?:{ROMAN}|[A-H]|\d{{1,2}})(?=\s*(?:[.:)–-]|$))))"
            r"\s*[.:)–-]*\s*"
        ),
    ),
    ("article", re.compile(r"(?P<label>(?i:đi[eềê]u)\s+\d{1,2})\s*[.:]\s*(?=\S)")),
    ("number", re.compile(rf"(?P<label>{ROMAN}\.\d{{1,2}}(?:\.\d{{1,2}})*)[.)]?\s+(?=\S)")),
    (
        "roman",
        re.compile(
            rf"(?P<label>{ROMAN})(?:\s*[.):](?=\s|$|[{UPPER}])|\s*[-–](?=\s*[{UPPER}])|/(?=\s))\s*"
        ),
    ),
    (
        "capital",
        re.compile(rf"(?P<label>[A-HĐ])(?:[.)](?=\s|$)|/(?=\s)|\s*[-–](?=\s[{UPPER}]))\s*"),
    ),
    (
        "number",
        re.compile(
            rf"(?P<label>\d{{1,2}}(?:\.\d{{1,2}}){{0,4}})"
            rf"(?:\s*[.)](?=\s*(?:[^\W\d]|[“\"(‘*]|\s\d|$))\s*|/\s+|[-–]\s+(?=[{UPPER}]))"
        ),
    ),
    ("number", re.compile(rf"(?P<label>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})\s+(?=[{UPPER}“\"])")),
    (
        "letter",
        re.compile(rf"(?P<label>[a-zđ])(?:\s*\)|\s*\.(?=\s+[{UPPER}“\"])|/(?=\s))\s*(?=\S)"),
    ),
    ("bracket", re.compile(r"\((?P<label>\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*(?=\S)")),
)
BULLET = re.compile(
    rf"(?:[-–—−+](?=\s|[^\W\d_]|$)|[•·●▪■◦○](?=\S|\s|$)|\*(?=\s))\s*|o\s+(?=[{UPPER}])"
)
HASHES = re.compile(r"^\s*(#{1,6})(?:\s+|(?=\*))")
# Names of offices and fields with a dash inside, where a page may break.
SECOND_HALVES = re.compile(
    r"(?:thuong binh|tbxh|tb ?(?:va|&) ?xh|ke toan|ke hoach|xa hoi|thong tin|truyen thong|xay dung"
    r"|do thi|moi truong|nong nghiep|nong thon|thuy san|ho tich|thong ke|giao duc|khoa hoc|the thao"
    r"|gia dinh|dan so|du lich|cong thuong|cong nghe|noi vu|thuong mai|khong de ai|btxh|gdtx)\b"
)
ESCAPED = re.compile(r"\\([-.*_#()\[\]+!`>~|\\])")
EMPHASIS = re.compile(
    r"(?<!\w)_{1,3}(?=\w)|(?<=[\w.:;,!?)])_{1,3}(?!\w)|`{1,3}|</?[biu]>|<br\s*/?>"
)
STARS = re.compile(r"(?<!\()\*+|(?<=\()\*+(?!\))")
BOLD_LINE = re.compile(r"\*\*.+\*\*|__.+__")
RULE = re.compile(r"[\s\-–—_=*~.…·|:+]*")
PAGE = re.compile(r"\W{0,3}(?:[Tt]rang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[\s\-–—]*")
TITLES = {
    "kehoach",
    "phuongan",
    "dean",
    "chuongtrinh",
    "quyetdinh",
    "nghiquyet",
    "chithi",
    "thongbao",
    "baocao",
    "huongdan",
    "congvan",
}
RECIPIENTS = re.compile(r"noi\s*nhan\s*(?::|$)|noi\s*nhan\s*[.;]")
ON_BEHALF = re.compile(
    r"(?:t\s*/?\s*m|k\s*/?\s*t|t\s*/?\s*l|tuq|q)\s*[.,]\s*\S|t/m\s+\S|thay mat\s"
)
POSITIONS = re.compile(
    r"(?:pho |quyen |q\. ?|k?t\. ?)?(?:chu tich|chu nhiem|truong (?:ban|phong)|giam doc|bi thu"
    r"|chanh van phong|truong thon|hieu truong|tram truong)"
    r"(?: (?:thuong truc|ubnd.{0,30}|uy ban.{0,40}|hoi.{0,30}))?"
)
BASIS = re.compile(
    r"(?:can cu|xet|theo|thuc hien|trien khai|thi hanh|tiep tuc thuc hien|quan triet|cu the hoa"
    r"|tren co so)\b"
)
NAMED_PAPER = re.compile(r"\b(?:so|s6)\s*:?\s*\d|\bngay\s*\d|\d/[a-z]{2,}\S*-")
ANNEX = re.compile(r"(?:phu\s*luc|phu\s*bieu|bieu\s*(?:so|mau|\d))\b")
HEAD = re.compile(
    r"cong hoa xa hoi|doc lap|so\s*:|(?:uy|ủy) ban nhan dan|hoi dong nhan dan|dang cong san|.{0,40}"
    r"ngay\b.{0,12}thang\b"
)


@dataclass(frozen=True)
class Label:
    """The number a heading or an item carries: ``3.1`` of kind number."""

    kind: LabelKind
    text: str

    @property
    def rank(self) -> int:
        """How deep labels of this kind usually stand; smaller is further out."""
        return RANKS[self.kind] + (self.text.count(".") if self.kind == "number" else 0)


def label_of(text: str) -> tuple[Label | None, str]:
    """The label a text begins with, and the text behind it."""
    for kind, pattern in PATTERNS:
        found = pattern.match(text)
        if found is not None:
            return Label(kind, " ".join(found["label"].split())), text[found.end() :].strip()
    return None, text


def without_bullet(text: str) -> tuple[bool, str]:
    """Whether a text is a bullet, and the text behind its sign."""
    found = BULLET.match(text)
    return (True, text[found.end() :].strip()) if found else (False, text)


def unmarked(text: str) -> str:
    """A line without the signs of Markdown, with single spaces."""
    plain = ESCAPED.sub(r"\1", HASHES.sub("", text, count=1))
    return tidy(STARS.sub("", EMPHASIS.sub(" ", plain)))


def is_title(text: str) -> bool:
    """Whether a line is the word for the kind of paper, standing alone ("KẾ HOẠCH")."""
    if len(text) > 40 or text[:1].islower():
        return False
    said = fold(text).replace(" ", "").strip(".:")
    return said in TITLES and (text.isupper() or said == "kehoach")


def is_recipients(text: str) -> bool:
    """Whether a line opens the list of recipients."""
    return bool(RECIPIENTS.match(fold(text)))


def is_signature(text: str) -> bool:
    """Whether a line belongs to a signature: for whom, or the position."""
    if len(text) > 80:
        return False
    said = fold(text)
    capitals = sum(sign.isupper() for sign in text) * 2 > sum(sign.isalpha() for sign in text)
    if ON_BEHALF.match(said):
        return capitals
    return bool(POSITIONS.fullmatch(said.strip(" .,:"))) and (capitals or len(said) < 25)


def is_name(text: str) -> bool:
    """Whether a line may be a person's name: two to six words, each with a capital."""
    words = text.strip(" .").split()
    return 2 <= len(words) <= 6 and all(word[:1].isupper() and word.isalpha() for word in words)


def is_annex(text: str) -> bool:
    """Whether a line is the head of an annex."""
    return len(text) <= 120 and bool(ANNEX.match(fold(text)))


def is_basis(text: str) -> bool:
    """Whether a paragraph before the first heading names what the plan rests on."""
    said = fold(text)
    if said.startswith("can cu"):
        return True
    return bool(BASIS.match(said)) and bool(NAMED_PAPER.search(said))
