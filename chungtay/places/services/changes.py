"""What every act on villages shares: its record, and what none of them lets in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from chungtay.acts.refusing import Refused
from chungtay.places.models import Level, Unit, VillageChange
from chungtay.rulebook.folding import fold, tidy
from chungtay.rulebook.wording import Sentence, catalogued, vi_date

LONGEST_NAME, LONGEST_PAPER = 120, 200


def record_change(
    kind: VillageChange.Kind,
    commune: Unit,
    villages: Iterable[Unit],
    *,
    on: date | None,
    paper: str = "",
    before: Mapping[str, Any] | None = None,
) -> VillageChange:
    """Keep an act on villages, with what undoing it needs, inside the act that is open."""
    change = VillageChange.objects.create(
        commune=commune, kind=kind, on=on, paper=paper, before=dict(before or {})
    )
    change.villages.set(villages)
    return change


def clean_name(name: str) -> str:
    """A village's name as it is kept; Refused if it is empty or too long."""
    clean = tidy(name)
    if not fold(clean):
        raise Refused(Sentence("Tên thôn, tổ dân phố không được để trống."))
    if len(clean) > LONGEST_NAME:
        raise Refused(
            Sentence(
                "Tên thôn dài {length} ký tự, nhiều nhất là {most}. Hãy ghi gọn lại.",
                length=len(clean),
                most=LONGEST_NAME,
            )
        )
    return clean


def clean_paper(paper: str) -> str:
    """The paper an act rests on; Refused if there is none."""
    clean = tidy(paper)
    if not clean:
        raise Refused(
            Sentence("Hãy ghi văn bản làm căn cứ, ví dụ Nghị quyết số 12/NQ-HĐND ngày 05/12/2024.")
        )
    if len(clean) > LONGEST_PAPER:
        raise Refused(
            Sentence(
                "Tên văn bản dài {length} ký tự, nhiều nhất là {most}. "
                "Chỉ cần số, ký hiệu và ngày.",
                length=len(clean),
                most=LONGEST_PAPER,
            )
        )
    return clean


def fresh_villages(commune: Unit, villages: Sequence[Unit]) -> list[Unit]:
    """Villages of one commune, locked, in the order given; Refused if one is foreign or twice."""
    ids = [village.pk for village in villages]
    for village in villages:
        if ids.count(village.pk) > 1:
            raise Refused(Sentence("{name} được chọn hai lần.", name=village.name))
    rows = Unit.objects.select_for_update(of=("self",)).select_related("parent")
    found = {one.pk: one for one in rows.filter(pk__in=ids, level=Level.VILLAGE, withdrawn=False)}
    for village in villages:
        _refuse_foreign(commune, found.get(village.pk), village.name)
    return [found[pk] for pk in ids]


def _refuse_foreign(commune: Unit, village: Unit | None, name: str) -> None:
    if village is None:
        raise Refused(Sentence("{name} không còn trong danh mục thôn.", name=name))
    if village.parent_id != commune.pk:
        raise Refused(
            Sentence(
                "{name} thuộc {other}, không thuộc {commune}. Chỉ làm được với các thôn của "
                "cùng một xã, phường.",
                name=village.name,
                other=village.parent.name if village.parent else catalogued("nơi khác"),
                commune=commune.name,
            )
        )


def refuse_day(on: date, villages: Iterable[Unit]) -> None:
    """Refused if a change cannot begin on a day: it has not come, or a village did not stand."""
    if on > timezone.localdate():
        raise Refused(
            Sentence("Ngày {day} chưa tới. Hãy ghi khi việc đã có hiệu lực.", day=vi_date(on))
        )
    for village in villages:
        _refuse_day_of_village(village, on)
        if village.parent is not None and village.parent.ended_before(on):
            raise Refused(_ended(village.parent))


def _refuse_day_of_village(village: Unit, on: date) -> None:
    if village.valid_to is not None:
        raise Refused(_ended(village))
    begins = [unit.valid_from for unit in (village, village.parent) if unit and unit.valid_from]
    if begins and on <= max(begins):
        raise Refused(
            Sentence(
                "{name} có từ ngày {begin}, nên thay đổi phải từ một ngày sau đó; đang ghi {day}.",
                name=village.name,
                begin=vi_date(max(begins)),
                day=vi_date(on),
            )
        )


def _ended(unit: Unit) -> Sentence:
    return Sentence(
        "{name} đã kết thúc ngày {end}, không thay đổi được nữa từ ngày này.",
        name=unit.name,
        end=vi_date(unit.valid_to) if unit.valid_to else "",
    )


def refuse_taken_name(commune: Unit, name: str, on: date, own: Iterable[Unit] = ()) -> None:
    """Refused if another village of the commune bears a name on a day or now."""
    folded, mine = fold(name), {unit.pk for unit in own}
    for one in commune.children.filter(level=Level.VILLAGE, withdrawn=False):
        bears = one.stands_on(on) and fold(one.name_on(on)) == folded
        stands = one.valid_to is None and one.folded == folded
        if one.pk not in mine and (bears or stands):
            raise Refused(
                Sentence(
                    "{commune} đã có {name}. Hãy chọn tên khác.",
                    commune=commune.name,
                    name=one.name,
                )
            )


def village_deed_details(villages: Iterable[Unit], on: date | None, **more: Any) -> dict[str, Any]:
    """What the journal says of an act on villages."""
    said: dict[str, Any] = {"villages": [village.name for village in villages], **more}
    return said | ({"on": on.isoformat()} if on else {})
