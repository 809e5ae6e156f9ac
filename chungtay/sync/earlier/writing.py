"""Writing the spells of an earlier list, in few statements whatever the number of households."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet

from chungtay.acts.inserting import insert, ready
from chungtay.acts.services import OpenLine
from chungtay.households.models import (
    AnswerSheet,
    Household,
    Membership,
    Residence,
    StatusSpell,
)
from chungtay.households.writing import (
    BATCH,
    Built,
    HouseholdInput,
    build_household,
    household_values,
    personal_values,
    ready_people,
    ready_places,
)
from chungtay.places.models import Unit
from chungtay.sync.building import Decisions, Written, person_input
from chungtay.sync.earlier.terms import Terms
from chungtay.sync.proposals import Past, Proposal
from chungtay.sync.updating import chunks, locked_households

DAY = timedelta(days=1)


def write_earlier(
    commune: Unit, terms: Terms, proposals: Sequence[Proposal], line: OpenLine
) -> Written:
    """Write the chosen spells, and the households that a person ticked to be added."""
    written = Written()
    decisions = Decisions(commune)
    new = [one for one in proposals if one.adds]
    _add(commune, terms, new, decisions, written, line)
    known = [one for one in proposals if not one.adds]
    _Past(terms, decisions, written, line).write(known)
    return written


def _past(proposal: Proposal) -> Past:
    if proposal.past is None:
        raise ValueError("not a proposal of an earlier list")
    return proposal.past


def _spell(
    household: Household, proposal: Proposal, terms: Terms, decisions: Decisions
) -> StatusSpell:
    past = _past(proposal)
    return StatusSpell(
        household=household,
        standard=terms.standard,
        household_class=proposal.new_class or "",
        subclass=past.subclass,
        valid_from=past.first,
        valid_to=past.last,
        source=StatusSpell.Source.IMPORTED_LIST,
        decision=decisions.made_by(past.commune, past.decision),
    )


def _add(
    commune: Unit,
    terms: Terms,
    proposals: Sequence[Proposal],
    decisions: Decisions,
    written: Written,
    line: OpenLine,
) -> None:
    """Households of that time only: they begin with the list, where it says they lived."""
    built = [_build(commune, one) for one in proposals]
    for table in (*ready_places(built), *ready_people(built)):
        insert(table)
    pairs = list(zip(proposals, built, strict=True))
    insert(ready([row for one, rows in pairs for row in _visitors(one, rows)]))
    insert(ready([row for one, rows in pairs for row in _older_homes(one, rows)]))
    insert(ready([_spell(rows.household, one, terms, decisions) for one, rows in pairs]))
    for rows in built:
        key = str(rows.household.id)
        written.added.append(key)
        written.versions[key] = rows.household.version
        written.persons += len(rows.people)
        for person in rows.people:
            line.trace(person.id, person.trace_salt, before=None, after=personal_values(person))


def _build(commune: Unit, proposal: Proposal) -> Built:
    past, draft = _past(proposal), proposal.draft
    known = {*past.elsewhere, *past.left_out}
    given = HouseholdInput(
        village=proposal.village,
        members=[person_input(one) for one in draft.members if one.row not in known],
        code=draft.household_code or "",
        address=draft.address or "",
    )
    built = build_household(commune, given, past.first, AnswerSheet.Source.IMPORT)
    if (last := _last_day_there(past, commune, proposal.village)) is not None:
        built.residence.valid_from = last + DAY
    return built


def _last_day_there(past: Past, commune: Unit, village: Unit | None) -> date | None:
    """Until when the place of that time stood, if it is not the present one; else None."""
    if past.commune.pk != commune.pk:
        last = past.commune.valid_to
    elif past.village is not None and past.village != village:
        last = past.village.valid_to
    else:
        last = None
    return last if last is not None and last >= past.first else None


def _visitors(proposal: Proposal, built: Built) -> Iterator[Membership]:
    """Those who belong to another household since: members until the day before."""
    past = _past(proposal)
    for place, member in enumerate(proposal.draft.members):
        if member.row in past.elsewhere:
            person, last = past.elsewhere[member.row]
            yield Membership(
                household=built.household,
                person_id=person,
                relation=member.relation or "",
                position=place,
                valid_from=past.first,
                valid_to=last,
            )


def _older_homes(proposal: Proposal, built: Built) -> Iterator[Residence]:
    """Where an added household lived until its commune was taken over."""
    past = _past(proposal)
    if built.residence.valid_from != past.first and built.residence.valid_from is not None:
        yield Residence(
            household=built.household,
            commune=past.commune,
            village=past.village,
            valid_from=past.first,
            valid_to=built.residence.valid_from - DAY,
        )


@dataclass
class _Past:
    """What the list adds to the past of known households, gathered and written together."""

    terms: Terms
    decisions: Decisions
    written: Written
    line: OpenLine
    homes: list[Residence] = field(default_factory=list)
    spells: list[StatusSpell] = field(default_factory=list)

    def write(self, proposals: Sequence[Proposal]) -> None:
        """Write spells, and let household, members and home reach back to them."""
        ids = [one.household for one in proposals if one.household is not None]
        households = locked_households(ids)
        homes = _first_homes(ids)
        begun = {key: household.valid_from for key, household in households.items()}
        for one, key in zip(proposals, ids, strict=True):
            self._gather(households[key], homes.get(key), one)
        self._reach_back(
            (past.members, past.first, begun[key])
            for past, key in zip(map(_past, proposals), ids, strict=True)
        )
        for some in chunks(ids):
            Household.objects.filter(pk__in=some).update(version=F("version") + 1)
        _begin(
            Household.objects.all(),
            {
                household.pk: household.valid_from
                for household in households.values()
                if str(household.pk) in self.written.begins
            },
        )
        _begin(
            Residence.objects.all(),
            {
                home.pk: home.valid_from
                for home in homes.values()
                if str(home.pk) in self.written.home_begins
            },
        )
        self._create()

    def _gather(self, household: Household, home: Residence | None, proposal: Proposal) -> None:
        past, key, written = _past(proposal), str(household.id), self.written
        before = written.households[key] = household_values(household)
        written.before[key] = household.version
        if household.valid_from is not None and household.valid_from > past.first:
            written.begins[key] = household.valid_from.isoformat()
            household.valid_from = past.first
        if home is not None and home.valid_from is not None and home.valid_from > past.first:
            self._live(household, home, past)
        self.spells.append(_spell(household, proposal, self.terms, self.decisions))
        household.version += 1
        written.versions[key] = household.version
        told = {"class": proposal.new_class, "subclass": past.subclass}
        told |= {"from": past.first.isoformat(), "to": past.last.isoformat()}
        self.line.trace(household.id, household.trace_salt, before=before, after=before | told)

    def _live(self, household: Household, home: Residence, past: Past) -> None:
        """Let the first known home reach back, or put the home of that time before it."""
        begun = home.valid_from
        if begun is None:
            return
        same_village = past.village is None or home.village_id == past.village.pk
        first = past.first
        if home.commune_id != past.commune.pk or not same_village:
            last = min(past.commune.valid_to or begun - DAY, begun - DAY)
            if last < past.first:
                return
            self.homes.append(
                Residence(
                    household=household,
                    commune=past.commune,
                    village=past.village,
                    valid_from=past.first,
                    valid_to=last,
                )
            )
            first = last + DAY
        if first < begun:
            self.written.home_begins[str(home.pk)] = begun.isoformat()
            home.valid_from = first

    def _reach_back(self, listed: Iterable[tuple[tuple[int, ...], date, date | None]]) -> None:
        """Members the list names belonged then too, if they are known in this household alone."""
        wanted = {row: (first, begun) for rows, first, begun in listed for row in rows if begun}
        changed: list[Membership] = []
        for numbers in chunks(list(wanted)):
            rows = list(Membership.objects.filter(pk__in=numbers))
            several = set(
                Membership.objects.filter(
                    person__in=[row.person_id for row in rows], withdrawn=False
                )
                .values("person")
                .annotate(households=Count("pk"))
                .filter(households__gt=1)
                .values_list("person", flat=True)
            )
            for row in rows:
                first, begun = wanted[row.pk]
                if row.person_id in several or row.valid_from != begun or first >= begun:
                    continue
                self.written.member_begins[str(row.pk)] = begun.isoformat()
                row.valid_from = first
                changed.append(row)
        _begin(Membership.objects.all(), {row.pk: row.valid_from for row in changed})

    def _create(self) -> None:
        StatusSpell.objects.bulk_create(self.spells, batch_size=BATCH)
        Residence.objects.bulk_create(self.homes, batch_size=BATCH)
        self.written.opened += [spell.pk for spell in self.spells]
        self.written.homes += [home.pk for home in self.homes]


def _first_homes(ids: Sequence[UUID]) -> dict[UUID, Residence]:
    """The earliest known home of each household."""
    homes: dict[UUID, Residence] = {}
    for some in chunks(ids):
        rows = Residence.objects.filter(household__in=some, withdrawn=False)
        for row in rows.order_by("valid_from", "id"):
            kept = homes.get(row.household_id)
            # Which end a database puts the blanks to differs; a blank is always the earliest.
            if kept is None or (kept.valid_from is not None and row.valid_from is None):
                homes[row.household_id] = row
    return homes


def _begin(rows: QuerySet[Any], begins: Mapping[Any, date | None]) -> None:
    """Let rows begin on a day each, in one statement a day and some hundred rows."""
    by_day: dict[date | None, list[Any]] = defaultdict(list)
    for key, begun in begins.items():
        by_day[begun].append(key)
    for begun, keys in by_day.items():
        for some in chunks(keys):
            rows.filter(pk__in=some).update(valid_from=begun)


def put_past_back(written: Written) -> None:
    """Let what reached back begin again where it did, and withdraw the homes that were added."""
    for numbers in chunks(written.homes):
        Residence.objects.filter(pk__in=numbers).update(withdrawn=True)
    _begin(
        Household.objects.all(),
        {UUID(key): date.fromisoformat(it) for key, it in written.begins.items()},
    )
    _begin(
        Membership.objects.all(),
        {int(k): date.fromisoformat(it) for k, it in written.member_begins.items()},
    )
    _begin(
        Residence.objects.all(),
        {int(key): date.fromisoformat(it) for key, it in written.home_begins.items()},
    )
