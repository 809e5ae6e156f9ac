"""How the households a plan names follow a merge."""

from __future__ import annotations

from django.db.models import Model

from chungtay.households.services.changes import Changes
from chungtay.households.services.followers import follows_merges
from chungtay.plans.models import PlanHousehold, PromisedHousehold


@follows_merges(PlanHousehold)
def follow(changes: Changes, kept: Model, lost: Model) -> None:
    """A plan that named both names one of them from now on: the kept one."""
    named = set(
        PlanHousehold.objects.filter(household=kept.pk, withdrawn=False).values_list("plan")
    )
    for row in PlanHousehold.objects.select_for_update().filter(household=lost.pk):
        held = changes.touch(row)
        if (row.plan_id,) in named and not row.withdrawn:
            held.withdrawn = True
        else:
            held.household_id = kept.pk


@follows_merges(PromisedHousehold)
def follow_promised(changes: Changes, kept: Model, lost: Model) -> None:
    """Where both stood behind one handing down, one of them stands from now on: the kept one."""
    standing = set(
        PromisedHousehold.objects.filter(household=kept.pk, withdrawn=False).values_list("handing")
    )
    for row in PromisedHousehold.objects.select_for_update().filter(household=lost.pk):
        held = changes.touch(row)
        if (row.handing_id,) in standing and not row.withdrawn:
            held.withdrawn = True
        else:
            held.household_id = kept.pk
