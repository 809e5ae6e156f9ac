"""Loading the demonstration: once, whole or not at all; a second call changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from chungtay.acts.services import Actor
from chungtay.demo.accounts import DemoAccount, open_accounts
from chungtay.demo.families import demo_communes
from chungtay.demo.plans import load_plan
from chungtay.demo.register import load_commune
from chungtay.households.models import Household
from chungtay.places.services import load_official_units


@dataclass(frozen=True)
class DemoReport:
    """What a call loaded: communes by code, households, plan, accounts with passwords."""

    communes: tuple[str, ...]
    households: int
    plan: bool
    accounts: tuple[DemoAccount, ...]

    @property
    def changed_anything(self) -> bool:
        """Whether this call wrote anything."""
        return bool(self.communes or self.households or self.plan or self.accounts)


def load_demo(*, actor: Actor) -> DemoReport:
    """Load units, both communes and the accounts; what already stands is left as it is."""
    with transaction.atomic():
        load_official_units(actor=actor)
        before = Household.objects.count()
        loaded = tuple(one.code for one in demo_communes() if load_commune(one, actor=actor))
        plan = load_plan(actor=actor)
        accounts = open_accounts(actor=actor)
        return DemoReport(loaded, Household.objects.count() - before, plan, accounts)
