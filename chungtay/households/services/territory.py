"""Acts on villages that move the households in them: merging, dividing, ending."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from chungtay.acts.refusing import Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.households.models import Residence
from chungtay.households.moving import ONE_DAY, Moved, move_residences, residences_from
from chungtay.places.models import Succession, Unit, VillageChange
from chungtay.places.services.changes import (
    clean_name,
    clean_paper,
    fresh_villages,
    record_change,
    refuse_day,
    refuse_taken_name,
    village_deed_details,
)
from chungtay.places.services.villages import CHANGE, commune_of_village, create_village
from chungtay.rulebook.folding import fold
from chungtay.rulebook.wording import Sentence, vi_date

FEWEST = 2
HEADS_NAMED = 3


def merge_villages(
    *,
    actor: Actor,
    commune: Unit,
    villages: Sequence[Unit],
    into: Unit | str,
    on: date,
    paper: str,
    key: str = "",
) -> dict[str, Any]:
    """Merge villages of one commune from a day on: into one of them, or a new one by its name.

    The households follow; lists of days before still show them where they lived. Refused if a
    village is foreign, ended or given twice, or the day lies before its begin.
    """
    paper = clean_paper(paper)
    if len(villages) < FEWEST:
        raise Refused(Sentence("Hãy chọn ít nhất hai thôn, tổ để sáp nhập."))

    def write(line: OpenLine) -> dict[str, Any]:
        fresh = fresh_villages(commune, villages)
        refuse_day(on, fresh)
        target, ending = _merged_into(commune, fresh, into, on)
        rows = residences_from(Q(village__in=ending), on)
        moved = move_residences(rows, commune, target, on)
        _succeed(ending, [(target, Succession.Kind.WHOLE)], on, paper)
        change = record_change(
            VillageChange.Kind.MERGED,
            commune,
            [*ending, target],
            on=on,
            paper=paper,
            before=_kept(moved, ending, [target] if isinstance(into, str) else []),
        )
        line.details = village_deed_details(
            fresh, on, into=target.name, households=len(moved.households)
        )
        return {"change": change.pk, "village": target.pk, "households": len(moved.households)}

    return perform(actor, _deed("households.merge_villages", commune, paper, key), write)


def _merged_into(
    commune: Unit, villages: list[Unit], into: Unit | str, on: date
) -> tuple[Unit, list[Unit]]:
    """The village that goes on or is made, and those that end the day before."""
    if isinstance(into, str):
        refuse_taken_name(commune, clean_name(into), on, own=villages)
        _end(villages, on)
        return create_village(commune, into, on), villages
    target = next((one for one in villages if one.pk == into.pk), None)
    if target is None:
        raise Refused(
            Sentence("{name} không nằm trong các thôn được chọn để sáp nhập.", name=into.name)
        )
    ending = [one for one in villages if one.pk != target.pk]
    _end(ending, on)
    return target, ending


def split_village(
    *,
    actor: Actor,
    village: Unit,
    names: Sequence[str],
    chosen: Mapping[UUID, str],
    rest: str,
    on: date,
    paper: str,
    key: str = "",
) -> dict[str, Any]:
    """Divide a village into new ones from a day on; households not ``chosen`` go to ``rest``.

    Refused if a name is not one of the new villages, or a household does not live here on the day.
    """
    commune, paper = commune_of_village(village), clean_paper(paper)
    _check_names(names, (*chosen.values(), rest))

    def write(line: OpenLine) -> dict[str, Any]:
        (old,) = fresh_villages(commune, [village])
        refuse_day(on, [old])
        for name in names:
            refuse_taken_name(commune, clean_name(name), on, own=[old])
        rows = residences_from(Q(village=old), on)
        _refuse_strangers(old, chosen, rows)
        _end([old], on)
        moved, sizes = Moved(), Counter[Unit]()
        for name in names:
            new = create_village(commune, name, on)
            own = [row for row in rows if fold(chosen.get(row.household_id, rest)) == new.folded]
            moved += move_residences(own, commune, new, on)
            sizes[new] = len({row.household_id for row in own})
        _succeed([old], _scopes(sizes), on, paper)
        change = record_change(
            VillageChange.Kind.SPLIT,
            commune,
            [old, *sizes],
            on=on,
            paper=paper,
            before=_kept(moved, [old], list(sizes)),
        )
        counted = {new.name: count for new, count in sizes.items()}
        line.details = village_deed_details([old], on, into=counted)
        return {"change": change.pk, "villages": [new.pk for new in sizes]}

    return perform(actor, _deed("households.split_village", commune, paper, key), write)


def _check_names(names: Sequence[str], used: Sequence[str]) -> None:
    known = {fold(clean_name(name)) for name in names}
    if len(known) < FEWEST or len(known) != len(names):
        raise Refused(Sentence("Hãy ghi tên của ít nhất hai thôn mới, mỗi tên một khác."))
    for name in used:
        if fold(name) not in known:
            raise Refused(Sentence("“{name}” không phải là một trong các thôn mới.", name=name))


def _scopes(sizes: Counter[Unit]) -> list[tuple[Unit, Succession.Kind]]:
    """The village most households chose holds the main part."""
    main = max(sizes, key=lambda unit: (sizes[unit], -unit.pk))
    kinds = Succession.Kind
    return [(unit, kinds.PART_MAIN if unit == main else kinds.PART) for unit in sizes]


def _refuse_strangers(village: Unit, chosen: Mapping[UUID, str], rows: list[Residence]) -> None:
    strangers = set(chosen) - {row.household_id for row in rows}
    if strangers:
        raise Refused(
            Sentence(
                "Có {count} hộ được chọn không ở {name} vào ngày chia. "
                "Hãy mở lại trang rồi chọn lại.",
                count=len(strangers),
                name=village.name,
            )
        )


def end_village(*, actor: Actor, village: Unit, on: date, paper: str, key: str = "") -> int:
    """End a village nobody lives in, from a day on; Refused if households are left."""
    commune, paper = commune_of_village(village), clean_paper(paper)

    def write(line: OpenLine) -> int:
        (fresh,) = fresh_villages(commune, [village])
        refuse_day(on, [fresh])
        _refuse_inhabited(fresh, on)
        _end([fresh], on)
        change = record_change(VillageChange.Kind.ENDED, commune, [fresh], on=on, paper=paper)
        line.details = village_deed_details([fresh], on)
        return change.pk

    return perform(actor, _deed("households.end_village", commune, paper, key), write)


def _refuse_inhabited(village: Unit, on: date) -> None:
    rows = residences_from(Q(village=village), on)
    if not rows:
        return
    heads = sorted({row.household.head_name for row in rows})
    more = "" if len(heads) <= HEADS_NAMED else " …"
    raise Refused(
        Sentence(
            "{name} còn {count} hộ từ ngày {day}: {heads}. Hãy sáp nhập thôn này vào thôn khác để "
            "các hộ đi theo, hoặc chuyển từng hộ trước.",
            name=village.name,
            count=len({row.household_id for row in rows}),
            day=vi_date(on),
            heads=", ".join(heads[:HEADS_NAMED]) + more,
        )
    )


def _end(villages: Sequence[Unit], on: date) -> None:
    for village in villages:
        village.valid_to = on - ONE_DAY
        village.save(update_fields=["valid_to"])


def _succeed(
    olds: Sequence[Unit], news: Sequence[tuple[Unit, Succession.Kind]], on: date, paper: str
) -> None:
    Succession.objects.bulk_create(
        Succession(old=old, new=new, kind=kind, valid_from=on, paper=paper)
        for old in olds
        for new, kind in news
    )


def _kept(moved: Moved, ended: Sequence[Unit], made: Sequence[Unit]) -> dict[str, Any]:
    """What undoing needs: the moves, the villages that ended and those that were made."""
    return moved.kept() | {
        "ended": [unit.pk for unit in ended],
        "made": [unit.pk for unit in made],
    }


def _deed(act: str, commune: Unit, paper: str, key: str) -> Deed:
    return Deed(act, CHANGE, commune, key=key, paper=paper)
