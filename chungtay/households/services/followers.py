"""How rows of other rooms follow a household or a person into the record it is merged with.

A foreign key follows by itself: it is pointed at the kept record. A room whose rows need more than
that registers a way of its own in its module ``following``; nothing here knows that room.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model

from chungtay.households.models import (
    AnswerSheet,
    Household,
    Membership,
    Person,
    Residence,
    StatusSpell,
)
from chungtay.households.services.changes import Changes

Follow = Callable[[Changes, Model, Model], None]
AnyFollow = TypeVar("AnyFollow", bound=Follow)

# These are united with care by the merge itself; whom a record went into earlier stays as it is.
UNITED = frozenset({AnswerSheet, Household, Membership, Person, Residence, StatusSpell})
FOLLOWERS: dict[type[Model], Follow] = {}


def follows_merges(model: type[Model]) -> Callable[[AnyFollow], AnyFollow]:
    """Register how the rows of a model follow: called with the changes, the kept, the lost."""

    def register(follow: AnyFollow) -> AnyFollow:
        FOLLOWERS[model] = follow
        return follow

    return register


def follow_all(changes: Changes, kept: Model, lost: Model) -> None:
    """Let every row that points at the lost record follow to the kept one."""
    for relation in type(lost)._meta.related_objects:
        model, name = relation.related_model, relation.field.attname
        if model in UNITED:
            continue
        if model in FOLLOWERS:
            FOLLOWERS[model](changes, kept, lost)
            continue
        for row in model._default_manager.select_for_update().filter(**{name: lost.pk}):
            setattr(changes.touch(row), name, kept.pk)
