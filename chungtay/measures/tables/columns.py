"""Columns of a table as the measures need them: 0 or 1, numbers, codes; and what is wrong in them.

Every expression is Ibis, the same for every engine. A blank is null, and null is "not known":
the three-valued logic of SQL is the one the rulebook reasons in.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis

from chungtay.measures.refusing import NotMeasurable
from chungtay.rulebook.wording import Joined, Sentence, catalogued

# The engines read "1d" or "1_000" differently when asked to make a number of them.
NUMBER = r"^[-+]?[0-9]+([.][0-9]*)?([eE][-+]?[0-9]+)?$"
YES, NO = ("1", "1.0", "true"), ("0", "0.0", "false")
SHORT = re.compile(r"^d([1-9])$")
BETWEEN_CHOICES = r"[,; ]+"
NOTHING = "none"
HOUSEHOLD = "household_id"
OWN = "chungtay_members_"  # columns that were joined, not read: no file bears such names
OTHER_NAMES = {"income_per_person_vnd": "income_per_person", "income_points": "b1"}


@dataclass(frozen=True)
class Check:
    """Where a column cannot be used: true in such a row, and what the cell may hold."""

    column: str
    bad: Any
    allowed: Any


@dataclass
class Columns:
    """The columns of one table under the names the measures use, checked as they are asked for."""

    table: Any
    names: Mapping[str, str] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._there = {_plain_name(name): name for name in self.table.columns}
        self._kept: dict[tuple[str, str], Any] = {}
        self._whole_flags: dict[Any, Any] = {}

    def called(self, name: str) -> str | None:
        """The name a column bears in the file; None if the file has none such."""
        if name in self.names:
            wanted = self.names[name]
            return wanted if wanted in self.table.columns else None
        if name in self.table.columns:
            return name
        found = self._there.get(_plain_name(name))
        other = OTHER_NAMES.get(name)
        return found if found or other is None else self.called(other)

    def has(self, name: str) -> bool:
        """Whether the file has a column."""
        return self.called(name) is not None

    def require(self, names: Iterable[str]) -> None:
        """Refuse a table that lacks one of the columns."""
        lacking = [self.names.get(name, name) for name in names if not self.has(name)]
        if lacking:
            raise NotMeasurable(
                "dòng 1: thiếu cột {names}; hãy thêm cột ấy, hoặc ghi tên cột của tệp vào một tệp "
                "--schema. Tệp đang có: {there}.",
                names=Joined(tuple(lacking)),
                there=Joined(tuple(one for one in self.table.columns if not one.startswith(OWN))),
            )

    def flag(self, name: str) -> Any:
        """Yes, no or null of a column of 0 and 1."""
        return self._once("flag", name, lambda raw: self._flag(name, raw))

    def whole_flag(self, truth: Any) -> Any | None:
        """The column of whole numbers that a truth was read off; None where there is none such."""
        return self._whole_flags.get(truth.op())

    def number(self, name: str, *, needed: bool = False) -> Any:
        """A number that is not negative, null where blank."""
        return self._once("number", name, lambda raw: self._number(name, raw, needed=needed))

    def whole(self, name: str) -> Any:
        """A whole number that is not negative; a blank is wrong."""
        return self._once("whole", name, lambda raw: self._whole(name, raw))

    def code(self, name: str, known: Sequence[str], unknown: Sequence[str] = ()) -> Any:
        """One of the codes; null where blank or a code that says "not known"."""
        return self._once("code", name, lambda raw: self._code(name, raw, known, unknown))

    def choices(self, name: str, known: Sequence[str]) -> Any:
        """A list of codes as ";a;b;", ";none;" for none of them, null where blank."""
        return self._once("choices", name, lambda raw: self._choices(name, raw, known))

    def identifier(self, name: str) -> Any:
        """What a row is called by, as text; a blank is wrong."""
        return self._once("identifier", name, lambda raw: self._identifier(name, raw))

    def key(self, name: str) -> Any:
        """A column to group by, as it stands."""
        return self.table[self.called(name)]

    def _once(self, kind: str, name: str, made: Any) -> Any:
        if (kind, name) not in self._kept:
            self.require([name])
            self._kept[kind, name] = made(self.table[self.called(name)])
        return self._kept[kind, name]

    def _note(self, name: str, bad: Any, allowed: Any) -> None:
        self.checks.append(Check(str(self.called(name)), bad, allowed))

    def _flag(self, name: str, raw: Any) -> Any:
        kind = raw.type()
        if kind.is_boolean():
            return raw
        allowed = catalogued("1 (có), 0 (không) hoặc để trống (chưa rõ)")
        if kind.is_string():
            word = _text(raw)
            truth = ibis.cases((word.isin(YES), True), (word.isin(NO), False))
            self._note(name, word.notnull() & truth.isnull(), allowed)
            return truth
        number = _finite(raw)
        fits = (number == 0) | (number == 1)
        self._note(name, ~(number.between(0, 1) if kind.is_integer() else fits), allowed)
        truth = number == 1
        if kind.is_integer():
            self._whole_flags[truth.op()] = raw
        return truth

    def _number(self, name: str, raw: Any, *, needed: bool) -> Any:
        number, unreadable = _as_number(raw)
        bad = _any(number < 0, unreadable, number.isnull() if needed else None)
        self._note(
            name,
            bad,
            catalogued("một số không âm, không có dấu phân cách hàng nghìn, ví dụ 1500000"),
        )
        return number

    def _whole(self, name: str, raw: Any) -> Any:
        number, unreadable = _as_number(raw)
        bad = _any(number.isnull(), number < 0, unreadable)
        if not number.type().is_integer():
            bad = _any(bad, number != number.floor())
            number = ibis.ifelse(bad, 0, number).cast("int64")
        self._note(name, bad, catalogued("một số nguyên không âm, ví dụ 4"))
        return number

    def _code(self, name: str, raw: Any, known: Sequence[str], unknown: Sequence[str]) -> Any:
        word = _word(raw, known)
        listed = Joined(tuple(known), catalogued(" hoặc "))
        allowed = Sentence("{codes}, hoặc để trống (chưa rõ)", codes=listed)
        self._note(name, ~word.isin([*known, *unknown]), allowed)
        return word.nullif(unknown[0]) if unknown else word

    def _identifier(self, name: str, raw: Any) -> Any:
        word = raw.cast("string").strip().nullif("")
        self._note(name, word.isnull(), catalogued("mã của hộ, không để trống"))
        return word

    def _choices(self, name: str, raw: Any, known: Sequence[str]) -> Any:
        words = _text(raw).re_replace(BETWEEN_CHOICES, ";")
        one = "|".join(re.escape(code) for code in known)
        allowed = Sentence(
            "{codes} (cách nhau bằng dấu chấm phẩy), none (không có gì) hoặc để trống (chưa rõ)",
            codes=Joined(tuple(known)),
        )
        self._note(name, ~words.re_search(f"^({NOTHING}|({one})(;({one}))*)$"), allowed)
        return ibis.literal(";") + words + ";"


def _any(*wrong: Any) -> Any:
    """Whether something is wrong; null, which no check counts, where nothing can be said."""
    return functools.reduce(operator.or_, (one for one in wrong if one is not None))


def _plain_name(name: str) -> str:
    return SHORT.sub(r"d0\1", name.strip().lower())


def _text(raw: Any) -> Any:
    return raw.cast("string").strip().lower().nullif("")


def _word(raw: Any, known: Sequence[str]) -> Any:
    """The text of each row, trimmed and lowered only where it is not yet one of the known."""
    if not raw.type().is_string():
        return _text(raw)
    return ibis.ifelse(raw.isin(known), raw, _text(raw))


def _finite(raw: Any) -> Any:
    """A number with what says "no number" made null: files of pandas write blanks so."""
    return ibis.ifelse(raw.isnan(), None, raw) if raw.type().is_floating() else raw


def _as_number(raw: Any) -> tuple[Any, Any]:
    """The number of each row, and where there is something that is none (None: nowhere)."""
    if not raw.type().is_string():
        number = _finite(raw)
        if raw.type().is_floating():
            return number, raw.isinf()
        return number, None
    word = raw.strip().nullif("")
    number = ibis.ifelse(word.re_search(NUMBER), word, None).try_cast("float64")
    return number, word.notnull() & number.isnull()
