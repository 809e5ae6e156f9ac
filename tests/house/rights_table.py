"""The rights table (chungtay/web/rights.toml) as the tests read it, and the addresses there are."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import URLPattern, get_resolver

from chungtay.staff.policy import roles

ROOT = Path(__file__).resolve().parent.parent.parent
TABLE = ROOT / "chungtay" / "web" / "rights.toml"
CONVERTER = re.compile(r"<(\w+):(\w+)>")
METHODS: tuple[str, ...] = ("GET", "POST")
KEYS = {"address", "right", "acts", "form", "query", "nothing_for", *METHODS}

# who asks: (role, where); the objects asked for lie in Thôn 1 of xã Quang Trung
CAST = {
    "officer": ("officer", "commune"),
    "chairman": ("chairman", "commune"),
    "finance_officer": ("finance_officer", "commune"),
    "village_head": ("village_head", "village"),
    "district_officer": ("district_officer", "district"),
    "province_officer": ("province_officer", "province"),
    "vice_chairman": ("vice_chairman", "commune"),
    "district_chairman": ("district_chairman", "district"),
    "province_chairman": ("province_chairman", "province"),
    "association": ("front", "commune"),
    "village_group": ("party_cell", "village"),
    "district_association": ("district_front", "district"),
    "province_association": ("province_front", "province"),
    "successor": ("officer", "successor"),
    "sibling": ("officer", "sibling"),
    "other_village": ("village_head", "other_village"),
    "without_post": (None, "nowhere"),
    "logged_out": (None, "nowhere"),
}
# whom a row need not name: answered like another who holds the rights it asks, else like nobody
LIKE = {
    "vice_chairman": "chairman",
    "association": "finance_officer",
    "district_chairman": "district_officer",
    "province_chairman": "province_officer",
    "village_group": "village_head",
    "district_association": "district_officer",
    "province_association": "province_officer",
}
# of Quang Trung alone: whoever may not see its things must not meet this name
SECRET = "Khuất Thị Biệt Lập"
NOBODY = "without_post"
FOREIGN = {"sibling", "other_village"}
EVERYONE, LOGGED_IN = "everyone", "logged_in"


@dataclass(frozen=True)
class Row:
    """One address of the table: its right, and for each method who gets which answer."""

    name: str
    address: str
    right: str
    answers: dict[str, dict[str, int]]
    acts: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    query: str = ""
    nothing_for: frozenset[str] = frozenset()

    @property
    def kwargs(self) -> dict[str, str]:
        """The parts of the address that are filled in, with their kind: {"plan_id": "int"}."""
        return {name: kind for kind, name in CONVERTER.findall(self.address)}

    @property
    def objects(self) -> set[str]:
        """The parts that name a thing of some place: these alone can be somebody else's."""
        return {name for name in self.kwargs if name.endswith("_id")}

    @property
    def methods(self) -> set[str]:
        return set(self.answers)


def table() -> dict[str, Row]:
    """Every row; a key nobody knows, or a name of the cast missing or twice, is refused."""
    read = tomllib.loads(TABLE.read_text("utf-8"))
    return {name: _row(name, raw) for name, raw in read.items()}


def _row(name: str, raw: dict[str, Any]) -> Row:
    assert set(raw) <= KEYS, f"{name}: unknown keys {sorted(set(raw) - KEYS)}"
    answers = {method: _answers(name, raw, method) for method in METHODS if method in raw}
    return Row(
        name,
        raw["address"],
        raw["right"],
        answers,
        raw.get("acts", {}),
        raw.get("form", {}),
        raw.get("query", ""),
        frozenset(raw.get("nothing_for", "").split()),
    )


def one_of(act: str) -> set[str]:
    """The rights of which an act asks one: "plans.change | plans.change_above"."""
    return {one.strip() for one in act.split("|")}


def _answers(name: str, raw: dict[str, Any], method: str) -> dict[str, int]:
    said = raw[method].items()
    pairs = [(who, int(status)) for status, people in said for who in people.split()]
    assert len(pairs) == len(dict(pairs)), f"{name}: somebody has two answers"
    found = dict(pairs)
    act = raw.get("acts", {}).get(method, raw["right"])
    for who, other in LIKE.items():
        held = roles()[str(CAST[who][0])].rights | {EVERYONE, LOGGED_IN}
        may = raw["right"] in held and not held.isdisjoint(one_of(act))
        found.setdefault(who, found.get(other if may else NOBODY, 0))
    assert set(found) == set(CAST), f"{name}: the cast is {sorted(CAST)}"
    return found


def addresses() -> dict[str, URLPattern]:
    """Every address of the application by its name."""
    patterns = get_resolver().url_patterns
    found = [one for one in patterns if isinstance(one, URLPattern)]
    assert len(found) == len(patterns), "an included list of addresses hides names from this test"
    return {str(one.name): one for one in found}


def words_of(answer: Any) -> str:
    """Everything a reader could find in an answer, the parts of an Excel or Word file included."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = [body.decode("utf-8", "replace"), answer.headers.get("Location", "")]
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            text += [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
    return "\n".join(text)
