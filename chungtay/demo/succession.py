"""What happened to the demo registers on 1/7/2025: they stand in the successors' registers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.demo.deciding import write_steps
from chungtay.demo.families import DemoCommune
from chungtay.demo.papers import TWO_TIERS
from chungtay.demo.register import load_changes
from chungtay.households.models import Household
from chungtay.households.services import take_over_register
from chungtay.places.models import Unit
from chungtay.places.queries import origins_of, unit_by_code
from chungtay.places.services import count_population


def carry_on(loaded: Iterable[DemoCommune], *, actor: Actor) -> None:
    """Hand the registers just loaded to the successors, which then hold their own reviews."""
    heirs: dict[str, list[DemoCommune]] = {}
    for demo in loaded:
        if demo.successor:
            heirs.setdefault(demo.successor, []).append(demo)
    for code, demos in heirs.items():
        new = unit_by_code(code, TWO_TIERS)
        for demo in demos:
            old = unit_by_code(demo.code, demo.on)
            take_over_register(actor=actor, old=old, new=new, on=TWO_TIERS)
            _load_reviews(demo, new, actor)
            load_changes(demo, new, actor, since=TWO_TIERS)
        _count_together(demos, new, actor)


def _load_reviews(demo: DemoCommune, new: Unit, actor: Actor) -> None:
    """Write what the successor decided of the households it took over."""
    late = [step for one in demo.households for step in one.steps]
    papers = {one.decision.number for one in late if one.decision.issued_on >= TWO_TIERS}
    if not papers:
        return

    def write(line: OpenLine) -> int:
        codes = [one.code for one in demo.households]
        taken = Household.objects.filter(commune=new, code__in=codes, withdrawn=False)
        rows = {row.code: row for row in taken}
        changed = write_steps(demo.households, rows, new, since=TWO_TIERS, line=line)
        line.details = {"households": changed}
        return changed

    deed = Deed("demo.load_reviews", "households.change", new, paper=", ".join(sorted(papers)))
    perform(actor, deed, write)


def _count_together(demos: Sequence[DemoCommune], new: Unit, actor: Actor) -> None:
    """A successor has as many households as its origins together, where all of them are counted."""
    if {unit.code for unit in origins_of([new])} != {demo.code for demo in demos}:
        return
    villages = [village for demo in demos for village in demo.villages]
    count_population(
        actor=actor,
        unit=new,
        on=TWO_TIERS,
        households=sum(one.households for one in villages),
        persons=sum(one.persons for one in villages),
        source=demos[0].count_source,
    )
