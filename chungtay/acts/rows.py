"""A row as JSON and back, the same on every database: bytes as base64, days as text."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, DateTimeField, Field, ForeignKey, JSONField, Model


def to_json(field: Field[Any, Any], value: Any) -> Any:
    """One value as JSON; what ``from_json`` of the same field makes the same value of."""
    if value is None or isinstance(field, JSONField):
        return value
    if isinstance(field, BinaryField):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value


def from_json(field: Field[Any, Any], value: Any) -> Any:
    """The value that JSON stands for; ValueError or ValidationError for one that cannot be."""
    if value is None or isinstance(field, JSONField):
        return value
    if isinstance(field, BinaryField):
        return base64.b64decode(value, validate=True)
    target = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(target, DateTimeField):
        return datetime.fromisoformat(value)
    return target.to_python(value)


def row_to_json(row: Model, names: Sequence[str]) -> dict[str, Any]:
    """Some fields of a row, by the names of their columns' attributes."""
    fields = fields_of(type(row))
    return {name: to_json(fields[name], getattr(row, name)) for name in names}


def fields_of(model: type[Model]) -> dict[str, Field[Any, Any]]:
    """The fields of a model that have a column, by the name of their attribute."""
    return {field.attname: field for field in model._meta.concrete_fields}
