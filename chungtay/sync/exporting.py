"""The one door by which lists of households leave: fields by right, counted, journalled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation

from chungtay.acts.refusing import NotAllowed, Refused
from chungtay.acts.services import Actor, Deed, OpenLine, perform
from chungtay.files.writing import Table, TableColumn, write_csv, write_xlsx
from chungtay.households.citizen_ids import masked_id_of
from chungtay.households.models import (
    Household,
    HouseholdClass,
    Membership,
    Residence,
    Sex,
    StatusSpell,
)
from chungtay.households.queries.residences import lived_in, residences_of_many
from chungtay.households.queries.spells import spell_holds
from chungtay.households.queries.statuses import statuses_of_many
from chungtay.places.models import Unit
from chungtay.places.queries import origins_of
from chungtay.rulebook.folding import tidy
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import Sentence

RIGHT = "households.export"
CHUNK = 500
WRITERS: dict[str, Callable[[Path, Table], int]] = {".xlsx": write_xlsx, ".csv": write_csv}


@dataclass(frozen=True)
class Row:
    """One line of the list: a member (None in a household without any) and the class it has."""

    household: Household
    lived: Residence | None
    member: Membership | None
    spell: StatusSpell | None
    on: date


@dataclass(frozen=True)
class Field:
    """A column, the kind of personal field it is, and where its value comes from."""

    name: str
    kind: str
    column: TableColumn
    value: Callable[[Row], Any]


def _of_member(read: Callable[[Membership], Any]) -> Callable[[Row], Any]:
    return lambda row: read(row.member) if row.member is not None else None


def _of_spell(read: Callable[[StatusSpell], Any]) -> Callable[[Row], Any]:
    return lambda row: read(row.spell) if row.spell is not None else None


def _relation(member: Membership) -> str:
    code = law().codes["relation_to_head_bhxh"].get(member.relation)
    return code.label if code else ""


FIELDS = (
    Field("code", "basic", TableColumn("Mã hộ", width=12), lambda row: row.household.code),
    Field(
        "village",
        "basic",
        TableColumn("Thôn, tổ dân phố", width=16),
        lambda row: row.lived.village.name_on(row.on) if row.lived and row.lived.village else "",
    ),
    Field(
        "head_name", "basic", TableColumn("Chủ hộ", width=26), lambda row: row.household.head_name
    ),
    Field(
        "full_name",
        "basic",
        TableColumn("Họ và tên", width=26),
        _of_member(lambda one: one.person.full_name),
    ),
    Field("relation", "basic", TableColumn("Quan hệ với chủ hộ"), _of_member(_relation)),
    Field(
        "sex",
        "basic",
        TableColumn("Giới tính", width=10),
        _of_member(lambda one: Sex(one.person.sex).label if one.person.sex else ""),
    ),
    Field(
        "birth",
        "basic",
        TableColumn("Ngày sinh", "date", 12),
        _of_member(lambda one: one.person.birth),
    ),
    Field(
        "id_tail",
        "id_tail",
        TableColumn("Số định danh (đã che)", width=18),
        _of_member(lambda one: masked_id_of(one.person)),
    ),
    Field(
        "ethnicity",
        "sensitive",
        TableColumn("Dân tộc", width=12),
        _of_member(lambda one: one.person.ethnicity),
    ),
    Field("address", "basic", TableColumn("Địa chỉ", width=24), lambda row: row.household.address),
    Field(
        "household_class",
        "basic",
        TableColumn("Diện", width=20),
        _of_spell(lambda spell: HouseholdClass(spell.household_class).label),
    ),
    Field(
        "class_from",
        "basic",
        TableColumn("Diện từ ngày", "date", 12),
        _of_spell(lambda spell: spell.valid_from),
    ),
    Field(
        "decision_number",
        "basic",
        TableColumn("Số quyết định", width=18),
        _of_spell(lambda spell: spell.decision.number if spell.decision else ""),
    ),
    Field(
        "decision_date",
        "basic",
        TableColumn("Ngày quyết định", "date", 12),
        _of_spell(lambda spell: spell.decision.issued_on if spell.decision else None),
    ),
)


def export_households(
    *,
    actor: Actor,
    place: Unit,
    households: QuerySet[Household],
    on: date,
    purpose: str,
    target: Path,
) -> int:
    """Write the members of some households of a place to an .xlsx or .csv file; the rows written.

    IDs stay masked, sensitive fields go only to those who see them; every call has its own
    journal line. NotAllowed without the right at the place, Refused without a purpose,
    TableRefused where a sheet cannot hold all rows.
    """
    if not actor.may(RIGHT, place):
        raise NotAllowed(Sentence("Tài khoản này không được xuất danh sách ở địa bàn này."))
    purpose = tidy(purpose)
    if not purpose:
        raise Refused(Sentence("Hãy ghi xuất danh sách để làm gì; nhật ký sẽ giữ lại mục đích đó."))
    inside = households.filter(lived_in([place, *origins_of([place])], on))
    fields = [field for field in FIELDS if actor.sees_fields(field.kind, place)]
    listed: set[UUID] = set()
    with translation.override("vi"):  # a list that leaves is read by offices, in Vietnamese
        rows = WRITERS[target.suffix](target, _table(actor, place, inside, on, fields, listed))

    def write(line: OpenLine) -> int:
        line.details = {
            "fields": [field.name for field in fields],
            "households": len(listed),
            "rows": rows,
            "on": on.isoformat(),
        }
        return rows

    try:
        perform(actor, Deed("sync.export_households", RIGHT, place, reason=purpose), write)
    except BaseException:
        # Without its journal line no list may leave.
        target.unlink(missing_ok=True)
        raise
    return rows


def _table(
    actor: Actor,
    place: Unit,
    households: QuerySet[Household],
    on: date,
    fields: list[Field],
    listed: set[UUID],
) -> Table:
    """The table, its rows read while it is written; ``listed`` gathers whose they are."""
    members = _members(on).filter(household__in=households.order_by().values("pk")).count()
    alone = households.filter(~Exists(_members(on).filter(household=OuterRef("pk")))).count()
    return Table(
        title="Danh sách hộ và thành viên",
        place=place.name,
        on=on,
        who=actor.name,
        source="sổ hộ, Chung Tay",
        columns=[field.column for field in fields],
        rows=_lines(households, on, fields, listed),
        row_count=members + alone,
    )


def _lines(
    households: QuerySet[Household], on: date, fields: list[Field], listed: set[UUID]
) -> Iterator[list[Any]]:
    for row in _rows(households, on):
        listed.add(row.household.id)
        yield [field.value(row) for field in fields]


def _members(on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(spell_holds(on), withdrawn=False)


def _rows(households: QuerySet[Household], on: date) -> Iterator[Row]:
    listed = households.select_related("village").iterator(chunk_size=CHUNK)
    while chunk := list(islice(listed, CHUNK)):
        ids = [household.id for household in chunk]
        spells, lived = statuses_of_many(ids, on), residences_of_many(ids, on)
        members: dict[UUID, list[Membership]] = defaultdict(list)
        found = _members(on).filter(household__in=ids).select_related("person")
        for one in found.order_by("position", "id"):
            members[one.household_id].append(one)
        for household in chunk:
            spell = spells.get(household.id)
            for member in members[household.id]:
                yield Row(household, lived.get(household.id), member, spell, on)
            if not members[household.id]:
                yield Row(household, lived.get(household.id), None, spell, on)
