"""Rows gathered into households: by code, by the head's name, by ordinal, or by relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chungtay.rulebook.folding import fold
from chungtay.sync.reading.rows import RowRead

# Without relations, at least one row in four must go without an ordinal of its own.
SPARSE_SHARE = 4


@dataclass(frozen=True)
class Layout:
    """How a list tells its households apart, seen over all its rows."""

    has_code: bool
    has_relation: bool
    has_head_name: bool
    has_members: bool
    sparse_ordinals: bool


@dataclass
class Group:
    """The rows of one household in the making."""

    rows: list[RowRead] = field(default_factory=list)
    code: str | None = None
    village: str | None = None
    head_name: str | None = None
    ordinal: str | None = None

    @property
    def has_head(self) -> bool:
        """Whether a row so far calls its person the head."""
        return any(row.is_head for row in self.rows)

    def add(self, row: RowRead) -> None:
        """Take a row in; what it says first about the household is remembered."""
        self.rows.append(row)
        self.code = self.code or row.get("code")
        self.village = self.village or row.get("village")
        self.head_name = self.head_name or row.get("head_name")
        self.ordinal = self.ordinal or row.get("stt")


def layout_of(rows: Sequence[RowRead]) -> Layout:
    """Look at all rows for the marks that separate households."""
    has_members = any(row.name for row in rows)
    return Layout(
        has_code=any(row.get("code") for row in rows),
        has_relation=any(row.get("relation") for row in rows),
        has_head_name=has_members and any(row.get("head_name") for row in rows),
        has_members=has_members,
        sparse_ordinals=_sparse_ordinals(rows),
    )


def _sparse_ordinals(rows: Sequence[RowRead]) -> bool:
    """Whether ordinals count households: given once (or in a merged cell) for the rows of each.

    A single ordinal left out by mistake must not join two households, so most of the rows that
    are no heads have to be without one of their own.
    """
    before: str | None = None
    own: dict[bool, list[bool]] = {True: [], False: []}
    for row in rows:
        ordinal = row.get("stt")
        own[row.is_head].append(bool(ordinal) and ordinal != before)
        before = ordinal or before
    heads, others = own[True], own[False]
    if heads:
        return 2 * sum(heads) >= len(heads) and bool(others) and 2 * sum(others) <= len(others)
    blank = sum(not row.get("stt") for row in rows)
    return any(others) and SPARSE_SHARE * blank >= len(others)


def group_rows(rows: Sequence[RowRead]) -> tuple[list[Group], Layout]:
    """Gather rows into households, those of one code together even when they stand apart."""
    layout = layout_of(rows)
    groups: list[Group] = []
    by_code: dict[tuple[str, str], Group] = {}
    current: Group | None = None
    for row in rows:
        if current is None or _starts(row, current, layout):
            key = _code_key(row)
            current = by_code.get(key) if key else None
            if current is None:
                current = Group()
                groups.append(current)
                if key:
                    by_code[key] = current
        current.add(row)
    return groups, layout


def _code_key(row: RowRead) -> tuple[str, str] | None:
    code = row.get("code")
    return (fold(row.get("village") or ""), fold(code)) if code else None


def _starts(row: RowRead, current: Group, layout: Layout) -> bool:
    """Whether a row begins another household than the current one."""
    if row.get("section") != current.rows[-1].get("section"):
        return True
    if layout.has_code and row.get("code"):
        return _differs(row.get("code"), current.code) or _elsewhere(row, current)
    if layout.has_head_name and row.get("head_name"):
        return (
            _differs(row.get("head_name"), current.head_name)
            or _elsewhere(row, current)
            or _another_ordinal(row, current, layout)
        )
    if layout.sparse_ordinals and row.get("stt"):
        return _another_ordinal(row, current, layout)
    if layout.has_relation and not layout.sparse_ordinals:
        return row.is_head and (current.has_head or not layout.has_code)
    return not (layout.has_code or layout.has_head_name or layout.sparse_ordinals)


def _another_ordinal(row: RowRead, current: Group, layout: Layout) -> bool:
    ordinal = row.get("stt")
    return layout.sparse_ordinals and bool(ordinal) and ordinal != current.ordinal


def _elsewhere(row: RowRead, current: Group) -> bool:
    """Whether a row names another village; a household without one yet takes the first it meets."""
    village = row.get("village")
    return bool(village and current.village) and _differs(village, current.village)


def _differs(said: str | None, known: str | None) -> bool:
    return fold(said or "") != fold(known or "")
