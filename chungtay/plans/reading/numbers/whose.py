"""Of whom a number of a sentence speaks: named behind it, before it, later, or above."""

from __future__ import annotations

import re

from chungtay.plans.reading.numbers.lines import Line
from chungtay.plans.reading.numbers.people import POOR, Group, groups_of, unit_after
from chungtay.plans.reading.numbers.plain import Sentence, flatten
from chungtay.plans.reading.numbers.quantities import Quantity
from chungtay.plans.reading.numbers.roles import DOWN_TO

OUT_OF = re.compile(r"\s*(?:ho\s+)?(?:trong|tren|/)(?:\s+tong)?(?:\s+so)?\s*$")
PEOPLE_FROM = re.compile(
    r"\s*(?:/\s*nam\s+)?(?:doi voi\s+)?(?:(?:ty|ti) le\s+)?(?:so\s+)?(?:ho gia dinh|ho"
    r"|nguoi|khau|nhan khau)?\s*"
    r"(?:(?:la|thuoc|dien|ho|cac|thuoc dien|gia dinh)\s+)*$"
)
BASE_COUNT = re.compile(r"(?:tren|so voi|trong)\s+(?:tong\s+)?(?:so\s+)?$")


def own_group(line: Line, behind: int, stop: int, reach: int = 30) -> Group | None:
    """The classes named right behind a number and its unit."""
    for group in line.groups:
        if behind <= group.start < min(stop, behind + reach) or group.start == behind - 1:
            between = line.sentence.flat[behind : group.start]
            if reach > 30 or PEOPLE_FROM.fullmatch(between + " " * (not between)):
                return group
    return None


def earlier_group(line: Line, start: int) -> Group | None:
    """The classes named last before a number."""
    earlier = [group for group in line.groups if group.end <= start]
    return earlier[-1] if earlier else None


def words_behind_next(line: Line, one: Quantity) -> str:
    """The words behind the number that this one is out of, and behind its unit."""
    other = next(each for each in line.numbers if each.start > one.start)
    unit = unit_after(line.sentence.flat, other.end)
    return line.sentence.flat[unit[1] if unit else other.end :]


def later_population(line: Line, *, at_end: int, stop: int) -> str:
    """Of whom, where only later words say so: "giảm từ 21 xuống còn 16 hộ nghèo"."""
    flat = line.sentence.flat
    leads_on = DOWN_TO.match(flat[at_end:]) or OUT_OF.match(flat[at_end:stop])
    later = [group for group in line.groups if group.start >= at_end]
    if leads_on and later:
        return later[0].population
    if line.sentence.headings:
        above = named_in(line.sentence.headings[-1])
        if above:
            return above
    return POOR if re.search(r"giam ngheo|thoat ngheo", flat) else ""


def named_in(heading: str) -> str:
    """The classes a heading names, or nothing."""
    flat = flatten(heading)
    found = groups_of(Sentence(heading, flat, flat, 0, 0))
    return found[0].population if found else ""


def past_base(line: Line, one: Quantity, stop: int) -> int:
    """The end of what is said of a number, with the number its base counts."""
    flat = line.sentence.flat
    later = [each for each in line.numbers if each.start > one.start]
    if not later or not BASE_COUNT.search(flat[one.end : later[0].start]):
        return stop
    return later[1].words_from if len(later) > 1 else len(flat)
