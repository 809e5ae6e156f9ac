"""The posts a plan means by the offices it names; what no post answers to stays a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chungtay.places.models import Unit
from chungtay.plans.reading.flat import flat
from chungtay.plans.reading.offices import alike, words_of
from chungtay.staff.models import Post
from chungtay.staff.policy import roles

LONGEST_NAME = 160
MANY = re.compile(r"\bcac\b")
BELOW = "ubndbelow"
HEAD_OF_BELOW = "chairman"


@dataclass(frozen=True)
class Answering:
    """Who leads and who cooperates: posts where the place has them, offices by name otherwise."""

    lead: Post | str
    cooperating: tuple[Post | str, ...] = ()


def answering(place: Unit, offices: Sequence[str], posts: Iterable[Post], on: date) -> Answering:
    """Who answers for a duty of some offices: the first leads, the others cooperate.

    An office that means several ("các thôn") leads by its name; its posts cooperate.
    """
    known = list(posts)
    found: list[Post | str] = []
    for office in offices:
        found += _of_office(place, office, known, on)
    unique = tuple(dict.fromkeys(found))
    return Answering(unique[0], unique[1:]) if unique else Answering("")


def helping_in(text: str, posts: Iterable[Post]) -> list[Post]:
    """The posts whose title stands word by word in a sentence behind "phối hợp"."""
    _before, _found, behind = _spaced(text).partition(" phoi hop")
    return [post for post in posts if _spaced(post.title) in behind]


def _of_office(place: Unit, office: str, posts: list[Post], on: date) -> list[Post | str]:
    name = office.strip()[:LONGEST_NAME]
    matched = _posts_of(place, name, posts, on)
    if MANY.search(flat(name)):
        return [name, *matched]
    return [*matched[:1]] if matched else [name] if name else []


def _posts_of(place: Unit, office: str, posts: list[Post], on: date) -> list[Post]:
    """The posts an office may mean that share most words with it, the place's own first."""
    if BELOW in words_of(office):
        return [one for one in posts if one.role == HEAD_OF_BELOW and one.unit_id != place.pk]
    scored = [(score, post) for post in posts if (score := _score(office, post, on))]
    if not scored:
        return []
    own = [one for one in scored if one[1].unit_id == place.pk] or scored
    best = max(score for score, _post in own)
    return [post for score, post in own if score == best]


def _score(office: str, post: Post, on: date) -> int:
    """How many words an office shares with the name of a post it may mean; 0 where with none."""
    role = roles().get(post.role)
    names = [post.title, *([role.name_on(on), *role.aliases] if role is not None else [])]
    meant = words_of(office)
    return max((len(meant & words_of(one)) for one in names if alike(office, one)), default=0)


def _spaced(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', flat(text)))} "
