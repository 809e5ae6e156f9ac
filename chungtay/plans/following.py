"""How the households a plan names follow a merge."""

from __future__ import annotations

from django.db.models import Model

from chungtay.households.services.changes import Changes
from chungtay.households.services.followers import follows_merges
from chungtay.plans.models import PlanHousehold, PromisedHousehold


@follows_merges(PlanHousehold)
def follow(changes: Changes, kept: Model, lost: Model) -> None:
    """A plan that named both names one of them from now on: the kept one."""
    _keep_one(changes, PlanHousehold, "plan_id", kept, lost)


@follows_merges(PromisedHousehold)
def follow_promised(changes: Changes, kept: Model, lost: Model) -> None:
    """Where both stood behind one handing down, one of them stands from now on: the kept one."""
    _keep_one(changes, PromisedHousehold, "handing_id", kept, lost)


def _keep_one(
    changes: Changes,
    model: type[PlanHousehold] | type[PromisedHousehold],
    owner: str,
    kept: Model,
    lost: Model,
) -> None:
    standing = model._default_manager.filter(household=kept.pk, withdrawn=False)
    owners = set(standing.values_list(owner, flat=True))
    for row in model._default_manager.select_for_update().filter(household=lost.pk):
        held = changes.touch(row)
        if getattr(row, owner) in owners and not row.withdrawn:
            held.withdrawn = True
        else:
            held.household_id = kept.pk
