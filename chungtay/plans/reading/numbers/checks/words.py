"""Words of a plan that do not belong to it, or that its own numbers belie."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chungtay.plans.reading.blocks import Block
from chungtay.plans.reading.numbers.people import POOR, groups_of
from chungtay.plans.reading.numbers.plain import Sentence as Said
from chungtay.plans.reading.numbers.plain import flatten
from chungtay.plans.reading.numbers.rows import (
    AT_LEAST,
    COUNT,
    EXACT,
    INFO,
    REDUCTION,
    SHARE,
    WARNING,
    NamedHousehold,
    Target,
)
from chungtay.plans.reading.shapes import Finding
from chungtay.rulebook.wording import Sentence, vi_int

VILLAGES = r"thôn|bản|ấp|sóc|buôn|khóm|xóm|khu phố|tổ dân phố"
SAID = re.compile(
    rf"(?<!\w)(?:các|từng|tại|ở|mỗi)\s+((?:{VILLAGES})(?:\s*,\s*(?:{VILLAGES}))*)(?!\w)"
)
EACH_VILLAGE = re.compile(VILLAGES)
COMMUNE = re.compile(r"\b(?:xa|phuong|thi tran)\b")
# What a commune's plan says of the district's own work; what the district orders is no such word.
OF_ABOVE = re.compile(
    r"\bchuc nang\b[^.;]{0,80}?\bcua (huyen|tinh|thi xa|thanh pho)\b(?! uy)"
    r"|\b(?:ke hoach nay|chuong trinh nay)[^.;]{0,40}?\bcua (huyen|tinh|thi xa|thanh pho)\b"
)
EXCEEDS = re.compile(r"vuot (?:muc )?(?:cac )?(?:chi tieu|ke hoach|muc tieu)")
BASE_IN_BASIS = re.compile(r"\bgiam\b[^.;]*?\btren\s+tong\b")


def of_names(targets: Sequence[Target], households: Sequence[NamedHousehold]) -> Iterator[Finding]:
    """Fewer households named than are to leave."""
    for row in targets:
        if row.kind != REDUCTION or row.measure != COUNT or row.place:
            continue
        named = [one for one in households if one.status and one.status == row.population]
        if row.comparator in {EXACT, AT_LEAST} and 0 < len(named) < row.value:
            said = Sentence(
                "Chỉ tiêu giảm {count} hộ nhưng kế hoạch mới nêu tên {named} hộ; hãy nêu đủ hộ "
                "hoặc ghi rõ lý do.",
                count=vi_int(int(row.value)),
                named=vi_int(len(named)),
            )
            yield Finding("fewer_names_than_target", WARNING, said, row.text)


def of_place(sentences: Sequence[Said], about: str) -> Iterator[Finding]:
    """Kinds of villages that a commune does not have; words that speak for the unit above."""
    if not COMMUNE.search(flatten(about)):
        return
    counted: Counter[str] = Counter()
    seen: list[tuple[Said, list[str]]] = []
    for sentence in sentences:
        for match in SAID.finditer(sentence.low):
            kinds = EACH_VILLAGE.findall(match[1])
            counted.update(kinds)
            seen.append((sentence, kinds))
    usual = counted.most_common(1)[0] if counted else ("", 0)
    for sentence, kinds in seen:
        strange = [kind for kind in kinds if counted[kind] * 3 <= usual[1]]
        if strange and usual[0] not in kinds:
            said = Sentence(
                "“{words}” không có ở nơi chia thành {usual}; hãy sửa lại cho đúng địa bàn.",
                words=", ".join(strange),
                usual=usual[0],
            )
            yield Finding("words_of_another_place", INFO, said, sentence.said)
    for sentence in sentences:
        above = OF_ABOVE.search(sentence.flat)
        if above:
            said = Sentence(
                "Kế hoạch của cấp xã lại viết “của {level}”; hãy sửa lại cho đúng cấp.",
                level=sentence.said[above.start() : above.end()].split(" của ")[-1],
            )
            yield Finding("words_of_another_level", INFO, said, sentence.said)


def of_promise(sentences: Sequence[Said], targets: Sequence[Target]) -> Iterator[Finding]:
    """ "Vượt mức chỉ tiêu" where the target is an exact number."""
    exact = [
        row for row in targets
        if row.kind == REDUCTION and row.measure == COUNT and row.comparator == EXACT
    ]  # fmt: skip
    for sentence in sentences:
        if exact and EXCEEDS.search(sentence.flat):
            said = Sentence(
                "Kế hoạch viết vượt mức chỉ tiêu nhưng chỉ tiêu ghi đúng {count} hộ; hãy ghi rõ "
                "mức phải vượt.",
                count=vi_int(int(exact[0].value)),
            )
            yield Finding("exceeds_exact_target", INFO, said, sentence.said)
            return


def of_base(basis: Sequence[Said], targets: Sequence[Target]) -> Iterator[Finding]:
    """A share on another base than the paper it cites gives it."""
    for sentence in basis:
        match = BASE_IN_BASIS.search(sentence.flat)
        groups = groups_of(sentence)
        base = next((g.population for g in groups if match and g.start >= match.end()), None)
        given = [g.population for g in groups if match and g.start < match.end()]
        for row in targets:
            own = row.baseline.population if row.baseline else None
            same = row.measure == SHARE and row.population in given
            if base and own and same and own != base:
                said = Sentence(
                    "Chỉ tiêu tính trên {own}, còn văn bản giao chỉ tiêu tính trên {base}; hãy sửa "
                    "cho khớp hoặc đề nghị nơi giao nói rõ.",
                    own=_words(own),
                    base=_words(base),
                )
                yield Finding("base_differs_from_basis", WARNING, said, row.text)


def _words(population: str) -> Sentence:
    if population == f"{POOR}_a":
        return Sentence("hộ nghèo A")
    return Sentence("hộ nghèo") if population.startswith(POOR) else Sentence("hộ cận nghèo")


def of_headings(blocks: Sequence[Block]) -> Iterator[Finding]:
    """A heading marked deeper than the next of its own row: 3.1 deeper than 3.2."""
    rows = [b for b in blocks if b.kind == "heading" and b.hashes and "." in b.label]
    for one, following in pairwise(rows):
        if one.section == following.section and one.hashes > following.hashes:
            said = Sentence(
                "Tiêu đề {label} đặt sâu hơn tiêu đề {following} cùng hàng; hãy đặt cùng một cấp.",
                label=one.label,
                following=following.label,
            )
            yield Finding("heading_deeper_than_next", INFO, said, f"{one.label} {one.text}".strip())
