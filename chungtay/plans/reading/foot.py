"""What stands around the text: recipients, signature, annexes announced and attached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.flat import flat
from chungtay.plans.reading.marks import RECIPIENTS, is_annex, is_signature
from chungtay.plans.reading.shapes import Annex, Finding, Recipient, Signature
from chungtay.rulebook.wording import Sentence

NOTE = re.compile(r"\s*\((?P<note>[^()]*)\)\s*$")
BEHALF = re.compile(r"(?:t\s*/?\s*m|k\s*/?\s*t|t\s*/?\s*l|tuq|q|thay mat)[\s./]")
SPLIT_BEHALF = re.compile(r"\s+(?=(?:PHÓ\s+)?(?:CHỦ|TRƯỞNG|CHÁNH|GIÁM|BÍ)\s)")
NAME = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+){1,5}")
LABEL = (
    r"(?P<label>(?:phu luc|phu bieu|bieu mau|bieu so|bieu|mau so|danh sach|bang)"
    r"(?:\s+(?:so\s*)?(?:\d{1,2}|[ivx]{1,4}|[a-c])\b)?)"
)
LABEL_AHEAD = LABEL.replace("?P<label>", "?P<label2>")
ANNOUNCED = re.compile(
    rf"(?:\b(?:kem|tai|co|theo|o)\s+(?:cac\s+|theo\s+)?{LABEL}(?P<about>[^.;()]{{0,120}}?)"
    r"(?P<mark>\b(?:kem theo|dinh kem|kem)\b|(?=\s*[).;]|$))|"
    rf"{LABEL_AHEAD}(?P<about2>[^.;()]{{0,120}}?)\b(?:kem theo|dinh kem)\b)"
)
FURTHER = re.compile(r"(?:\s*(?:,|va)\s*(?:phu luc\s*)?(?:so\s*)?(\d{1,2}|[ivx]{1,4})\b)")
HEAD_LABEL = re.compile(
    r"(?:phu\s*luc|phu\s*bieu|bieu(?:\s*mau|\s*so)?)\s*(?:so\s*)?[\w]{0,4}\b[.:]?"
)


def recipients(blocks: Sequence[Block]) -> tuple[Recipient, ...]:
    """The lines of "Nơi nhận"; several in one line are parted at their semicolons."""
    return tuple(
        _recipient(part)
        for block in blocks
        if block.kind == "recipients"
        for part in _parts(block.text)
    )


def _parts(text: str) -> Iterator[str]:
    opening = RECIPIENTS.match(flat(text))
    rest = text[opening.end() :] if opening else text
    for part in re.split(r";\s*(?:[-+•]\s*)?", rest):
        if re.search(r"\w", part):
            yield part.strip(" .,;-+•")


def _recipient(text: str) -> Recipient:
    found = NOTE.search(text)
    if found is None or not text[: found.start()].strip():
        return Recipient(text, None)
    return Recipient(text[: found.start()].strip(" ,"), found["note"].strip() or None)


def signature(blocks: Sequence[Block]) -> tuple[Signature, tuple[Finding, ...]]:
    """Who signs, and what of it is missing."""
    lines = [
        part for block in blocks if block.kind == "signature" for part in _signed_lines(block.text)
    ]
    behalf = [line for line in lines if BEHALF.match(flat(line))]
    rest = [line for line in lines if line not in behalf]
    position = next((line for line in rest if is_signature(line)), None)
    names = [line for line in rest if line != position and NAME.fullmatch(line.strip(" ."))]
    if position is None and len(names) > 1:
        position = names.pop(0)
    name = names[-1].strip(" .") if names else None
    signed = Signature(" / ".join(behalf) or None, position, name)
    if name is not None:
        return signed, ()
    said = Sentence("Kế hoạch chưa có tên người ký; hãy ghi họ tên dưới chức danh.")
    return signed, (Finding("signer_absent", "warning", said, position or ""),)


def _signed_lines(text: str) -> list[str]:
    """ "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in one line is two lines."""
    if not BEHALF.match(flat(text)):
        return [text]
    first = 2 if flat(text).startswith(("kt", "k/t", "tl", "q")) else 1
    parts = SPLIT_BEHALF.split(text)
    if len(parts) <= first:
        return [text]
    return [" ".join(parts[:first]), " ".join(parts[first:])]


def annexes(blocks: Sequence[Block]) -> tuple[tuple[Annex, ...], tuple[Finding, ...]]:
    """Annexes announced in the text or standing behind it; what is announced and not there."""
    attached = [block for block in blocks if block.kind == "annex" and is_annex(block.text)]
    found: dict[str, Annex] = {}
    said_in: dict[str, str] = {}
    for block in blocks:
        if block.kind in ("head", "title", "basis", "recipients", "signature", "annex"):
            continue
        for label, title in _announced(block.text):
            there = any(_same(label, one.text) for one in attached)
            found.setdefault(flat(label), Annex(label, title, there))
            said_in.setdefault(flat(label), block.text)
    for key, one in found.items():
        head = next((each for each in attached if _same(one.label, each.text)), None)
        if head is not None and one.title is None:
            found[key] = Annex(one.label, _title(head, blocks), True)
    for at, block in enumerate(attached):
        label = _head_label(block.text)
        if not any(_same(one.label, block.text) for one in found.values()):
            found[f"{flat(label)} {at}"] = Annex(label, _title(block, blocks), True)
    missing = tuple(
        Finding(
            "annex_missing",
            "warning",
            Sentence("Kế hoạch nhắc tới “{label}” kèm theo nhưng tệp không có.", label=one.label),
            said_in[key],
        )
        for key, one in found.items()
        if not one.attached
    )
    return tuple(found.values()), missing


def _announced(text: str) -> Iterator[tuple[str, str | None]]:
    plain = flat(text)
    for found in ANNOUNCED.finditer(plain):
        first = found["label"] is not None
        name, about = ("label", "about") if first else ("label2", "about2")
        label = text[found.start(name) : found.end(name)]
        rest = text[found.start(about) : found.end(about)].strip(" ,:-–")
        behind = flat(rest)
        marked = bool(re.search(r"kem|dinh", found[0]))
        if not marked and not flat(label).startswith(("phu luc", "phu bieu")):
            continue
        label = label[:1].upper() + label[1:]
        more = FURTHER.match(found[about])
        yield label, None if more or behind in ("", "chi tiet") else rest
        while more is not None:
            yield f"{' '.join(label.split()[:2])} {more[1].upper()}", None
            more = FURTHER.match(found[about], more.end())


def _same(label: str, text: str) -> bool:
    """Whether an announced label is the one an annex bears; one without a number is any."""
    wanted, stands = flat(label), flat(text)
    number = re.search(r"\b(?:0*(\d{1,2})|([ivx]{1,4}))\b", wanted)
    if number is None:
        return wanted[:3] == stands[:3] or not wanted.startswith(("phu", "bieu"))
    own = HEAD_LABEL.match(stands)
    bearing = re.search(r"\b(?:0*(\d{1,2})|([ivx]{1,4}))\b", own[0]) if own else None
    if bearing is None:
        return False
    return (number[1] or number[2]) == (bearing[1] or bearing[2])


def _head_label(text: str) -> str:
    found = HEAD_LABEL.match(flat(text))
    return text[: found.end()].strip(" .:") if found else text


def _title(block: Block, blocks: Sequence[Block]) -> str | None:
    behind = block.text[len(_head_label(block.text)) :].strip(" .:-–")
    if behind:
        return behind
    following = [one for one in blocks if one.number == block.number + 1 and one.kind == "annex"]
    return following[0].text if following else None
