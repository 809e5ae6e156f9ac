"""The cube: how many households and persons share the same place, income and answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import inf, lcm
from operator import itemgetter
from typing import Any, NamedTuple

Number = int | Fraction | float
Group = tuple[Hashable, ...]
MOST_INDICATORS = 62


class Key(NamedTuple):
    """What a cell's households have in common.

    `by` holds the values of the cube's names; `low` whether income is low (None: not known);
    `mask` has a bit for each indicator that is surely deprived (the first indicator is bit 0),
    `unknown` one for each that is not known.
    """

    by: Group
    low: bool | None
    mask: int
    unknown: int = 0


class Count(NamedTuple):
    """How many households and how many persons; in a sample their weighted numbers."""

    households: Number
    persons: Number


class CubeError(ValueError):
    """A cell or a change that no set of households could have; for programmers, not for people."""


@dataclass(frozen=True)
class Cube:
    """The additive sufficient statistic of every multidimensional measure: cell to count.

    Cubes of parts add up to the cube of the whole, in any order. Counts are whole numbers in a
    register, Fractions or floats in a weighted sample. An empty cell does not exist.
    """

    by: tuple[str, ...]
    cells: Mapping[Key, Count]

    def __post_init__(self) -> None:
        object.__setattr__(self, "by", tuple(self.by))
        builder = CubeBuilder(self.by)
        for key, count in self.cells.items():
            builder.add(key, count)
        object.__setattr__(self, "cells", builder.counts())

    @classmethod
    def counted(cls, by: Iterable[str], rows: Iterable[tuple[Key, Count]]) -> Cube:
        """A cube of rows in which a key may come several times."""
        return CubeBuilder(by).add_all(rows).cube()

    def __add__(self, other: object) -> Cube:
        if other == 0:
            return self
        if not isinstance(other, Cube):
            return NotImplemented
        if other.by != self.by:
            raise CubeError(f"cubes by {self.by} and by {other.by} do not add")
        return CubeBuilder.of(self).add_all(other.cells.items()).cube()

    __radd__ = __add__

    def moved(self, before: tuple[Key, Number] | None, after: tuple[Key, Number] | None) -> Cube:
        """The cube after one household with so many persons left a cell, entered one, or both."""
        builder = CubeBuilder.of(self)
        if before is not None:
            builder.take(*before)
        if after is not None:
            builder.put(*after)
        return builder.cube()

    def rolled_up(self, *names: str) -> Cube:
        """The same households told apart by fewer names, in the order asked for."""
        if names == self.by:
            return self
        pick = self.picker(names)
        rows = ((Key(pick(key.by), *key[1:]), count) for key, count in self.cells.items())
        return CubeBuilder(names, checked=True).add_all(rows).cube()

    def where(self, keep: Callable[[Key], bool] | None = None, /, **values: Hashable) -> Cube:
        """The cells that have these values, and of which a question (if any) holds."""
        wanted = [(self._place(name), value) for name, value in values.items()]
        kept = {
            key: count
            for key, count in self.cells.items()
            if all(key.by[place] == value for place, value in wanted)
            and (keep is None or keep(key))
        }
        return _trusted(self.by, kept)

    def groups(self) -> tuple[Group, ...]:
        """The values of the names that occur, sorted; numbers before words, None first."""
        return tuple(sorted({key.by for key in self.cells}, key=in_order))

    @cached_property
    def scale(self) -> int:
        """The common denominator of all counts; 1 where they are whole."""
        return lcm(
            *(
                Fraction(number).denominator
                for count in self.cells.values()
                for number in count
                if not isinstance(number, int)
            )
        )

    @cached_property
    def total(self) -> Count:
        """All households and all persons."""
        return Count(
            sum(count.households for count in self.cells.values()),
            sum(count.persons for count in self.cells.values()),
        )

    def _place(self, name: str) -> int:
        if name not in self.by:
            raise CubeError(f"the cube is by {self.by}, not by {name!r}")
        return self.by.index(name)

    def picker(self, names: Iterable[str]) -> Callable[[Group], Group]:
        """What picks the values of some names out of a cell's."""
        places = [self._place(name) for name in names]
        if len(places) == 1:
            return itemgetter(slice(places[0], places[0] + 1))
        return itemgetter(*places) if places else lambda _group: ()


class CubeBuilder:
    """A cube being counted: takes households in and out in about a microsecond each."""

    def __init__(self, by: Iterable[str] = (), *, checked: bool = False) -> None:
        """With `checked` the keys are taken as they are, being those of another cube."""
        self.by = tuple(by)
        self._cells: dict[Key, list[Number]] = {}
        self._checked = checked

    @classmethod
    def of(cls, cube: Cube) -> CubeBuilder:
        """A builder that starts with the cells of a cube, which stays as it is."""
        builder = cls(cube.by)
        builder._cells = {key: [*count] for key, count in cube.cells.items()}
        return builder

    def put(self, key: Key, persons: Number) -> None:
        """One household with so many persons comes in."""
        self.add(key, (1, persons))

    def take(self, key: Key, persons: Number) -> None:
        """One household with so many persons goes out; CubeError if there is none such."""
        self.remove(key, (1, persons))

    def move(self, before: Key, after: Key, persons: Number) -> None:
        """One household with so many persons changes its cell."""
        self.remove(before, (1, persons))
        self.add(after, (1, persons))

    def add(self, key: Key, count: tuple[Number, Number]) -> None:
        """Add to a cell; CubeError for an impossible key or a negative count."""
        households, persons = count
        if not (0 <= households < inf and 0 <= persons < inf):
            raise CubeError(f"{key} would be given the count {count}")
        cell = self._cells.get(key)
        if cell is not None:
            cell[0] += households
            cell[1] += persons
        elif households or persons:
            self._cells[self._checked_key(key)] = [households, persons]

    def add_all(self, rows: Iterable[tuple[Key, Count]]) -> CubeBuilder:
        """Add many cells; a key may come several times."""
        for key, count in rows:
            self.add(key, count)
        return self

    def remove(self, key: Key, count: tuple[Number, Number]) -> None:
        """Take from a cell; CubeError if it does not hold so much."""
        households, persons = count
        cell = self._cells.get(key)
        if cell is None or not _left(cell[0] - households, cell[1] - persons):
            raise CubeError(f"{key} holds {cell or 'nothing'}, so {count} cannot be taken out")
        cell[0] -= households
        cell[1] -= persons
        if not cell[0]:
            del self._cells[key]

    def counts(self) -> dict[Key, Count]:
        """The cells as they stand."""
        return {key: Count(*cell) for key, cell in self._cells.items()}

    def cube(self) -> Cube:
        """The cube as it stands; the builder may go on."""
        return _trusted(self.by, self.counts())

    def _checked_key(self, key: Key) -> Key:
        if self._checked:
            return key
        key = Key(*key)
        if len(key.by) != len(self.by):
            raise CubeError(f"{key} has other values than the names {self.by}")
        if key.mask & key.unknown or (key.mask | key.unknown) >> MOST_INDICATORS:
            raise CubeError(
                f"{key}: an indicator is deprived or not known, and there are at most "
                f"{MOST_INDICATORS}"
            )
        return key


def in_order(group: Group) -> list[tuple[int, Any]]:
    """A sort key for values of mixed kinds."""
    return [
        (0, 0) if one is None else (1, one) if isinstance(one, int | float) else (2, str(one))
        for one in group
    ]


def _left(households: Number, persons: Number) -> bool:
    """Whether so much may be left in a cell: persons need a household to live in."""
    return households > 0 <= persons or (households == 0 and persons == 0)


def _trusted(by: tuple[str, ...], cells: dict[Key, Count]) -> Cube:
    """A cube of cells that are known to be right, without looking at each again."""
    cube = object.__new__(Cube)
    object.__setattr__(cube, "by", by)
    object.__setattr__(cube, "cells", cells)
    return cube
