"""Households a plan names: the head, where, of which class, what is asked for them, of whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from chungtay.plans.reading.numbers.people import CAPITAL, groups_of, places_of
from chungtay.plans.reading.numbers.plain import Sentence, flatten
from chungtay.plans.reading.numbers.rows import NamedHousehold

WORD = rf"[{CAPITAL}][^\W\d_A-Z]*(?:['’-][^\W\d_]+)?"
NAME = rf"(?:{WORD}|Y|A|H['’]?)(?:\s+(?:{WORD}|Y|A|H['’]?)){{1,5}}"
TITLES = r"(?i:ông|bà|anh|chị|cụ|cô|chú|ong)"
HEAD = re.compile(
    rf"(?<!\w)(?:(?i:hộ(?:\s+gia\s+đình)?|gia\s+đình)\s+(?:(?i:của"
    rf"|nhà)\s+)?(?:(?i:cận nghèo|nghèo)\s+)?"
    rf"(?:(?i:là|do)\s+)?(?:{TITLES}\s*:?\s+|(?i:chủ hộ\s+(?:là\s+)?)(?:{TITLES}\s+)?)"
    rf"|(?i:chủ hộ)\s*:?\s+(?:(?i:là)\s+)?(?:{TITLES}\s+)?)({NAME})"
)
# "Các hộ: ông Nguyễn Văn A, bà Trần Thị B": after the first, a title is enough.
OTHER = re.compile(rf"(?<!\w){TITLES}\s+({NAME})")
LIST = re.compile(
    r"(?:cac|nhung|\d+|hai|ba|bon|nam|gom|sau)\s+ho\b|\bho (?:ngheo"
    r"|can ngheo)\b[^.;]{0,40}:|danh sach"
)
OFFICE = re.compile(
    r"(?:(?<=\s)|^)(?:uy ban (?:mat tran|nhan dan)|uy ban mttq|ub\.?\s?mttq|ubmttq|mttq"
    r"|ubnd|mat tran to quoc|hoi "
    r"(?:lien hiep phu nu|phu nu|nong dan|cuu chien binh|chu thap do|lhpn|nguoi cao tuoi"
    r"|khuyen hoc)|doan thanh nien"
    r"|doan tncs[^,;:.]{0,20}|lien doan lao dong|cong doan"
    r"|ngan hang chinh sach[^,;:.(]{0,20}|phong giao dich[^,;:.(]{0,30}"
    r"|tram y te|truong [^,;:.(]{2,30}|chi (?:bo|hoi)[^,;:.(]{0,20}|cong an|quy [\"“][^\"”]+[\"”]"
    r"|phong lao dong[^,;:.(]{0,30}|cong chuc [^,;:.(]{3,40}|cac doan the)"
    r"(?:\s+(?:to quoc|viet nam|xa|phuong|thi tran|thi xa|huyen|thanh pho|tinh|thon))*\b"
)
ASKS = re.compile(
    r"(?:de nghi\s+|se\s+|tiep tuc\s+|huong dan [^,;.]{0,30}?)?(ho tro|giup do|giup"
    r"|xay(?: dung| moi)?|sua chua|tang|trao|cap|cho vay|vay von|tao viec lam"
    r"|dao tao|de nghi huong|huong|lam ho so|mua|nhan do dau|do dau|nhan giup)\b"
)
SPLIT_REQUEST = re.compile(
    r"\s+va\s+(?=(?:ho tro\s+)?(?:kinh phi|chi phi|tien|xay|sua|con giong|vay|mua|hoc))"
)
BARE = frozenset({"ho tro", "giup do", "giup", "nhan giup", "nhan do dau", "do dau"})
NOT_NAME = re.compile(r"^(?:Nghèo|Cận|Mới|Gia|Dân|Chính|Kinh|Các)\b")


def read_households(sentences: Iterable[Sentence]) -> list[NamedHousehold]:
    """Every household the sentences name by its head, in order, one named twice once."""
    kept: dict[tuple[str, str | None], NamedHousehold] = {}
    near: tuple[str | None, int] = (None, -9)
    for sentence in sentences:
        groups = groups_of(sentence)
        if groups:
            near = (groups[-1].population, sentence.block)
        status = near[0] if sentence.block - near[1] <= 4 else None
        for one in _of_sentence(sentence, status):
            key = (flatten(one.head), flatten(one.place) if one.place else None)
            kept[key] = _joined(kept[key], one) if key in kept else one
    return list(kept.values())


def _joined(one: NamedHousehold, other: NamedHousehold) -> NamedHousehold:
    requests = (*one.requests, *(each for each in other.requests if each not in one.requests))
    asked = (*one.asked_of, *(each for each in other.asked_of if each not in one.asked_of))
    return replace(one, requests=requests, asked_of=asked)


def _names(sentence: Sentence) -> list[tuple[str, int, int]]:
    found = [(m[1], m.start(), m.end()) for m in HEAD.finditer(sentence.said)]
    if LIST.search(sentence.flat):
        begun = found[0][1] if found else LIST.search(sentence.flat).start()  # type: ignore[union-attr]
        for match in OTHER.finditer(sentence.said, begun):
            if not any(start <= match.start() < end for _name, start, end in found):
                found.append((match[1], *match.span()))
    found.sort(key=lambda each: each[1])
    return [each for each in found if not NOT_NAME.match(each[0])]


def _of_sentence(sentence: Sentence, status: str | None) -> list[NamedHousehold]:
    names = _names(sentence)
    places = places_of(sentence)
    rows = []
    for at, (name, start, end) in enumerate(names):
        since = names[at - 1][2] if at else 0
        stop = names[at + 1][1] if at + 1 < len(names) else len(sentence.said)
        here = [place for place in places if end <= place[1] < stop and place[1] - end < 25]
        groups = [g for g in groups_of(sentence) if g.end <= start]
        requests = _requests(sentence, since, start)
        if not requests or all(flatten(each) in BARE for each in requests):
            requests = _requests(sentence, end, stop) or requests
        rows.append(
            NamedHousehold(
                name,
                sentence.said,
                here[0][0] if here else None,
                _status(groups[-1].population if groups else status),
                tuple(requests),
                tuple(_offices(sentence, start, end, stop)),
            )
        )
    return _sharing(sentence, names, rows)


def _sharing(
    sentence: Sentence, names: list[tuple[str, int, int]], rows: list[NamedHousehold]
) -> list[NamedHousehold]:
    """ "giúp hộ bà A, hộ ông B vay vốn": what is said behind the last is for both."""
    for at in range(len(rows) - 2, -1, -1):
        between = sentence.flat[names[at][2] : names[at + 1][1]]
        bare = all(flatten(each) in BARE for each in rows[at].requests)
        if bare and not ASKS.search(between) and ";" not in between:
            following = rows[at + 1]
            rows[at] = replace(
                rows[at],
                requests=following.requests or rows[at].requests,
                asked_of=rows[at].asked_of or following.asked_of,
            )
    return rows


def _status(population: str | None) -> str | None:
    first = (population or "").split("+")[0]
    for known in ("near_poor", "poor"):
        if first.startswith(known):
            return known
    return {"newly_escaped": "poor", "escaped_near_poor": "near_poor"}.get(first)


def _requests(sentence: Sentence, start: int, end: int) -> list[str]:
    """What is to be done for a household: from the verb to the household's own words."""
    asked = ASKS.search(sentence.flat, start, end)
    if asked is None:
        return []
    stop = re.search(r"(?:\s+(?:cho|doi voi|cua))?\s*$|[;.]", sentence.flat[asked.start(1) : end])
    last = asked.start(1) + (stop.start() if stop else end - asked.start(1))
    return _parted(sentence.said[asked.start(1) : last])


def _parted(said: str) -> list[str]:
    flat = flatten(said)
    parts, at = [], 0
    for match in SPLIT_REQUEST.finditer(flat):
        parts.append(said[at : match.start()])
        at = match.end()
    parts.append(said[at:])
    first = parts[0]
    verb = ASKS.match(flatten(first))
    led = said[: verb.end(1)] if verb else ""
    return [
        part.strip(" ,.:") if number == 0 or ASKS.match(flatten(part)) or not led
        else f"{led} {part.strip(' ,.:')}"
        for number, part in enumerate(parts)
        if part.strip(" ,.:")
    ]  # fmt: skip


def _offices(sentence: Sentence, start: int, end: int, stop: int) -> list[str]:
    """Who is to help: offices named before the household, else behind it."""
    spans = [match.span() for match in OFFICE.finditer(sentence.flat)]
    before = [span for span in spans if span[1] <= start]
    behind = [span for span in spans if end <= span[0] < stop]
    chosen = before or behind
    said = [sentence.said[low:high].strip(" ,:") for low, high in chosen]
    return list(dict.fromkeys(said))
