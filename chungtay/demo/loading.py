"""Loading the demonstration: once, whole or not at all; a second call changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from chungtay.acts.services import Actor
from chungtay.demo.accounts import DemoAccount, open_accounts
from chungtay.demo.communes import PLACES, demo_communes
from chungtay.demo.plans import load_plans
from chungtay.demo.register import load_commune
from chungtay.demo.succession import carry_on
from chungtay.demo.supervising import load_supervision
from chungtay.demo.tasks import load_tasks
from chungtay.households.models import Household
from chungtay.places.services import load_official_units


@dataclass(frozen=True)
class DemoReport:
    """What a call loaded: communes by code, households, plans, accounts with passwords."""

    communes: tuple[str, ...]
    households: int
    plans: tuple[str, ...]
    accounts: tuple[DemoAccount, ...]

    @property
    def changed_anything(self) -> bool:
        """Whether this call wrote anything."""
        return bool(self.communes or self.households or self.plans or self.accounts)


def load_demo(*, actor: Actor, places: Collection[str] = PLACES) -> DemoReport:
    """Load units, communes and accounts of some places; what already stands is left as it is."""
    with transaction.atomic():
        load_official_units(actor=actor)
        before = Household.objects.count()
        asked = [one for one in demo_communes() if one.place in places]
        loaded = [one for one in asked if load_commune(one, actor=actor)]
        # A plan names its households where they lived in its year: before they move on.
        plans = load_plans(actor=actor, places=places)
        carry_on(loaded, actor=actor)
        accounts = open_accounts(actor=actor, places=places)
        load_tasks(today=timezone.localdate(), places=places)
        load_supervision(today=timezone.localdate(), places=places)
        added = Household.objects.count() - before
        return DemoReport(tuple(one.code for one in loaded), added, plans, accounts)
