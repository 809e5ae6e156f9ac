"""The documents a plan names: kind, number, date, issuer, one row each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chungtay.plans.reading.days import days
from chungtay.plans.reading.flat import flat, sentences
from chungtay.plans.reading.shapes import NamedPaper

KINDS = {
    "thong tu lien tich": "Thông tư liên tịch",
    "nghi quyet lien tich": "Nghị quyết liên tịch",
    "thong bao ket luan": "Thông báo kết luận",
    "bo luat": "Bộ luật",
    "luat": "Luật",
    "phap lenh": "Pháp lệnh",
    "nghi dinh": "Nghị định",
    "nghi quyet": "Nghị quyết",
    "quyet dinh": "Quyết định",
    "thong tu": "Thông tư",
    "chi thi": "Chỉ thị",
    "ke hoach": "Kế hoạch",
    "cong van": "Công văn",
    "cong dien": "Công điện",
    "bao cao": "Báo cáo",
    "thong bao": "Thông báo",
    "ket luan": "Kết luận",
    "huong dan": "Hướng dẫn",
    "de an": "Đề án",
    "chuong trinh": "Chương trình",
    "to trinh": "Tờ trình",
    "van ban": "Văn bản",
}
SYMBOL = r"[^\W\d_][\w&.]*(?:\s?[-–/]\s?[^\W\d_][\w&.]*|[-–/]\w+)*"
NUMBERED = re.compile(
    rf"\b(?P<kind>{'|'.join(KINDS)})\b(?P<between>[^;.:\d]{{0,80}}?)"
    rf"(?:\bso\s*:?\s*|\s)(?P<number>\d{{1,5}}(?:\s?/\s?\d{{4}})?\s?[-–/]\s?{SYMBOL})"
)
BARE = re.compile(
    rf"\b(?P<kind>{'|'.join(KINDS)})\s+so\s*:?\s*(?P<number>\d{{1,5}})(?=\s*,?\s*ngay)"
)
LAW = re.compile(r"\b(?P<kind>(?:bo )?luat)\s(?P<name>[^;,]{3,90}?)\s*,?\s*(?=ngay\s*\d)")
TITLED = re.compile(
    r"^(?:can cu|theo|thuc hien)\s+(?:vao\s+)?(?P<kind>(?:bo )?luat|hien phap|phap lenh)\b"
)
ISSUER = re.compile(r"^[^;.]{0,70}?\bcua\s+(?P<issuer>[^;.,:]+(?:,\s(?:xa|phuong)\b[^;.,:]*)?)")
ISSUER_ENDS = re.compile(
    r"\s(?:ve|quy dinh|phe duyet|ban hanh|huong dan|lanh dao|giao|khoa|phan bo|trien khai|cong bo"
    r"|sua doi|bo sung|de|nhiem ky|thong qua|tiep tuc|quyet dinh|va\s+(?:"
    + "|".join(KINDS)
    + r"))\b"
)
BY_SYMBOL = {"nd-cp": "Chính phủ", "qd-ttg": "Thủ tướng Chính phủ", "ct-ttg": "Thủ tướng Chính phủ"}
UNIT_LEVELS = (
    "thi tran",
    "thi xa",
    "thanh pho",
    "dac khu",
    "tinh",
    "huyen",
    "quan",
    "phuong",
    "xa",
)


def papers_in(text: str) -> Iterator[NamedPaper]:
    """Each document a paragraph names, in its order."""
    for sentence in sentences(text):
        plain = flat(sentence)
        marks = sorted(
            [*NUMBERED.finditer(plain), *BARE.finditer(plain)], key=lambda one: one.start()
        )
        if not marks:
            yield from _law(sentence, plain)
        rows = [_row(sentence, plain, marks, at) for at in range(len(marks))]
        for at, row in enumerate(rows):
            yield _with_issuer(row, rows[at + 1 :])


def _row(sentence: str, plain: str, marks: list[re.Match[str]], at: int) -> tuple[NamedPaper, bool]:
    """One document, and whether only "và" or a comma stands between it and the next."""
    mark = marks[at]
    end = marks[at + 1].start() if at + 1 < len(marks) else len(plain)
    behind, said = plain[mark.end() : end], sentence[mark.end() : end]
    near = next((day for day in days(said) if not flat(said)[: day.start].strip(" ,.ngay")), None)
    rest_at = near.end if near else 0
    issuer = _issuer(behind[rest_at:], said[rest_at:])
    number = re.sub(r"\s*([-–/])\s*", r"\1", sentence[mark.start("number") : mark.end("number")])
    number = number.replace("–", "-").rstrip(".")
    joined = bool(re.fullmatch(r"[\s,]*(?:va|,|;)?\s*", behind[rest_at:]))
    kind = KINDS[mark["kind"]]
    return NamedPaper(sentence, kind, number, near.iso() if near else None, issuer), joined


def _issuer(plain: str, said: str) -> str | None:
    found = ISSUER.match(plain)
    if found is None:
        return None
    end = ISSUER_ENDS.search(found["issuer"])
    start = found.start("issuer")
    name = said[start : start + end.start()] if end else said[start : found.end("issuer")]
    return name.strip(" ,)") or None


def _with_issuer(
    row: tuple[NamedPaper, bool], following: list[tuple[NamedPaper, bool]]
) -> NamedPaper:
    """The issuer said once behind several documents belongs to each of them."""
    paper, joined = row
    if paper.issuer is not None or paper.number is None:
        return paper
    symbol = flat(paper.number).rpartition("/")[2]
    issuer = BY_SYMBOL.get(symbol)
    if issuer is None:
        issuer = _asking(paper.text)
    if issuer is None and joined and following:
        issuer = _with_issuer(following[0], following[1:]).issuer
    return NamedPaper(paper.text, paper.kind, paper.number, paper.date, issuer)


def _asking(text: str) -> str | None:
    """Who asked, where a paper is named behind its sender ("đề nghị của Sở … tại Tờ trình số")."""
    found = re.search(
        r"\bde nghi cua (?P<who>[^;]+?),? tai (?:to trinh|cong van|bao cao)", flat(text)
    )
    return text[found.start("who") : found.end("who")] if found else None


def _law(sentence: str, plain: str) -> Iterator[NamedPaper]:
    if not TITLED.match(plain):
        return
    found = days(sentence)
    kind = "Hiến pháp" if "hien phap" in plain else "Luật"
    yield NamedPaper(sentence, kind, None, found[0].iso() if found else None, "Quốc hội")


def legal_bases(texts: Iterable[str]) -> tuple[NamedPaper, ...]:
    """The documents of the bases, each once."""
    kept: dict[tuple[str | None, str], NamedPaper] = {}
    for text in texts:
        for paper in [*papers_in(text)] or [_unnumbered(text)]:
            key = (flat(paper.number), "") if paper.number else (None, paper.text)
            kept.setdefault(key, paper)
    return tuple(kept.values())


def _unnumbered(text: str) -> NamedPaper:
    """A basis that gives no number is kept with what kind of paper it is."""
    plain = flat(text)
    kinds = [(plain.find(word), kind) for word, kind in KINDS.items() if word in plain]
    return NamedPaper(text, min(kinds)[1] if kinds else None, None, None, None)


def parent_of(bases: Iterable[NamedPaper], authority: str | None) -> str | None:
    """The number of the plan above that this one implements: the newest of another authority."""
    own = level_of(authority)
    above = [
        paper
        for paper in bases
        if paper.kind == "Kế hoạch" and paper.number and (not own or level_of(paper.issuer) != own)
    ]
    newest = max(above, key=lambda paper: paper.date or "", default=None)
    return newest.number if newest else None


def level_of(name: str | None) -> str | None:
    """The word for the kind of unit in an authority's name, folded: ``xa``, ``thanh pho``."""
    plain = f" {flat(name or '')} "
    found = [(plain.find(f" {level} "), level) for level in UNIT_LEVELS]
    return min(((at, level) for at, level in found if at >= 0), default=(0, None))[1]
