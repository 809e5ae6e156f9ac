"""Rows changed together, as they were and as they were left, so that they can be put back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model

from chungtay.acts.refusing import Refused
from chungtay.acts.rows import fields_of, from_json, row_to_json
from chungtay.rulebook.wording import Sentence

Row = TypeVar("Row", bound=Model)
Values = dict[str, Any]
# Steps on by itself: it is never put back to an older number.
VERSION = "version"


class Changes:
    """The rows of one act, each kept once; what they were is noted before they are changed."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, Any], Model] = {}
        self._before: dict[tuple[str, Any], Values] = {}
        self._made: list[Model] = []

    def touch(self, row: Row) -> Row:
        """The row to change from now on: the one already held if it was touched before."""
        key = (row._meta.label, row.pk)
        if key not in self._rows:
            self._rows[key] = row
            self._before[key] = row_to_json(row, list(fields_of(type(row))))
        held = self._rows[key]
        assert isinstance(held, type(row))  # noqa: S101 one model per label
        return held

    def held(self, model: type[Row]) -> list[Row]:
        """The rows of a model that were touched, as they are now."""
        return [row for row in self._rows.values() if isinstance(row, model)]

    def make(self, row: Model) -> None:
        """A row that comes new; it is withdrawn when the act is undone."""
        self._made.append(row)

    def write(self) -> None:
        """Write the rows. All step out of the constraints first, then in again as they shall be."""
        _step_out(self._rows.values())
        for row in self._rows.values():
            row.save()
        for row in self._made:
            row.save()

    def as_json(self) -> Values:
        """Each row's changed values before and after, and the rows that were made."""
        rows: dict[str, dict[str, Values]] = defaultdict(dict)
        for (label, pk), row in self._rows.items():
            before, after = self._before[label, pk], row_to_json(row, list(fields_of(type(row))))
            names = [name for name in before if before[name] != after[name] and name != VERSION]
            rows[label][str(pk)] = {
                "before": {name: before[name] for name in names},
                "after": {name: after[name] for name in names},
            }
        made: dict[str, list[str]] = defaultdict(list)
        for row in self._made:
            made[row._meta.label].append(str(row.pk))
        return {"rows": rows, "made": made}


def _step_out(rows: Iterable[Model]) -> None:
    """No unique rule of ours looks at withdrawn rows, so their order of change does not matter."""
    by_model: dict[type[Model], list[Any]] = defaultdict(list)
    for row in rows:
        if "withdrawn" in fields_of(type(row)):
            by_model[type(row)].append(row.pk)
    for model, ids in by_model.items():
        model._default_manager.filter(pk__in=ids).update(withdrawn=True)


def put_back(kept: Values) -> None:
    """Write rows as they were before; Refused if one is no longer as it was left."""
    rows: list[Model] = []
    for label, by_id in kept["rows"].items():
        model = apps.get_model(label)
        found = model._default_manager.select_for_update().filter(pk__in=list(by_id))
        rows.extend(_as_before(row, by_id[str(row.pk)]) for row in found)
    made = [
        row
        for label, ids in kept["made"].items()
        for row in apps.get_model(label)._default_manager.filter(pk__in=ids)
    ]
    _step_out([*rows, *made])
    for row in rows:
        row.save()


def _as_before(row: Model, kept: Values) -> Model:
    fields = fields_of(type(row))
    if row_to_json(row, list(kept["after"])) != kept["after"]:
        raise Refused(
            Sentence(
                "Không hoàn tác được: có điều đã được sửa tiếp sau khi gộp. "
                "Hãy sửa tay ở trang của hộ."
            )
        )
    for name, value in kept["before"].items():
        setattr(row, name, from_json(fields[name], value))
    if VERSION in fields:
        setattr(row, VERSION, getattr(row, VERSION) + 1)
    return row
