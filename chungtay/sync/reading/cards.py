"""A line a QR scanner types: the chip card's, or the health-insurance card's (law/codes)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from chungtay.acts.refusing import Refused
from chungtay.rulebook.citizen_numbers import LENGTH
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.wording import Sentence
from chungtay.sync.reading.vocabulary import SEX

SEPARATOR = "|"
LONGEST_LINE = 1000
CITIZEN_PARTS = 7
# The last parts (when and where it was issued) say nothing of the holder.
CITIZEN_LEAST, INSURANCE_LEAST = 6, 5
CROWDED = re.compile(r"(\d{2})(\d{2})(\d{4})")
SLASHED = re.compile(r"(?:(\d{1,2})/(\d{1,2})/)?(\d{4})")
HEX = re.compile(r"(?:[0-9A-Fa-f]{2})+")
INSURANCE_SEX = {"1": "male", "2": "female"}
EXPECTED = Sentence(
    "Dòng của thẻ căn cước gồm {parts} phần cách nhau bằng dấu |: số định danh 12 chữ số, "
    "số CMND cũ, họ tên, ngày sinh (ddmmyyyy), giới tính, nơi thường trú, ngày cấp. "
    "Hãy quét lại; nếu chữ bị biến dạng thì tắt bộ gõ tiếng Việt rồi quét.",
    parts=CITIZEN_PARTS,
)


@dataclass(frozen=True)
class Card:
    """What a card says of its holder; the insurance card names no citizen ID."""

    kind: Literal["citizen", "insurance"]
    full_name: str
    birth: PartialDate | None
    sex: str
    address: str = ""
    citizen_id: str = field(default="", repr=False)


def read_card(line: str) -> Card:
    """Read a scanned line; Refused where it is none (``EXPECTED`` says what one looks like)."""
    if len(line) > LONGEST_LINE:
        raise Refused(Sentence("Dòng vừa nhận dài hơn một dòng quét từ thẻ."))
    parts = [tidy(part) for part in line.split(SEPARATOR)]
    if len(parts) == 1:
        raise Refused(Sentence("Dòng vừa nhận không có dấu | nào, không phải dòng quét từ thẻ."))
    if _is_insurance(parts):
        return _insurance(parts)
    if len(parts) < CITIZEN_LEAST:
        raise Refused(Sentence("Dòng vừa nhận chỉ có {count} phần.", count=len(parts)))
    return _citizen(parts)


def _is_insurance(parts: Sequence[str]) -> bool:
    """The insurance card writes the name as hexadecimal bytes and the sex as 1 or 2."""
    return (
        len(parts) >= INSURANCE_LEAST
        and parts[3] in INSURANCE_SEX
        and HEX.fullmatch(parts[1]) is not None
    )


def _citizen(parts: Sequence[str]) -> Card:
    number, _old, name, birth, sex, address = parts[:CITIZEN_LEAST]
    if len(number) != LENGTH or not (number.isascii() and number.isdecimal()):
        raise Refused(Sentence("Phần 1 không phải số định danh {length} chữ số.", length=LENGTH))
    return Card(
        "citizen",
        full_name=_name(name, 3),
        birth=_birth(CROWDED.fullmatch(birth), birth, 4),
        sex=_sex(sex),
        address=address,
        citizen_id=number,
    )


def _insurance(parts: Sequence[str]) -> Card:
    name, birth, sex, address = parts[1:INSURANCE_LEAST]
    return Card(
        "insurance",
        full_name=_name(_from_hex(name, 2), 2),
        birth=_birth(SLASHED.fullmatch(birth), birth, 3),
        sex=INSURANCE_SEX[sex],
        address=_from_hex(address, 5) if address else "",
    )


def _name(text: str, place: int) -> str:
    if not any(sign.isalpha() for sign in text) or any(sign.isdigit() for sign in text):
        raise Refused(Sentence("Phần {place} không phải họ tên.", place=place))
    return text


def _sex(text: str) -> str:
    found = SEX.find(text) if text else ""
    if found is None:
        raise Refused(Sentence("Phần 5 không phải giới tính Nam hoặc Nữ."))
    return found


def _birth(hit: re.Match[str] | None, text: str, place: int) -> PartialDate | None:
    """A day that is not known is zeros on a card, or left out."""
    if not text:
        return None
    if hit is None:
        raise Refused(Sentence("Phần {place} không phải ngày sinh.", place=place))
    day, month, year = (int(part or 0) for part in hit.groups())
    try:
        return PartialDate(year, month or None, (day or None) if month else None)
    except ValueError as error:
        raise Refused(Sentence("Ngày sinh ở phần {place} không có thật.", place=place)) from error


def _from_hex(text: str, place: int) -> str:
    try:
        return tidy(bytes.fromhex(text).decode("utf-8"))
    except ValueError as error:
        raise Refused(Sentence("Phần {place} không đọc được.", place=place)) from error
