"""What no act on the register lets in, each with the sentence that says how to mend it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from chungtay.acts.refusing import Refused
from chungtay.households.citizen_ids import index_of, masked
from chungtay.households.models import Household, LifeEvent, Membership
from chungtay.households.models.people import HEAD
from chungtay.households.queries.people import WHOLE_ID_LENGTHS
from chungtay.households.writing import HouseholdInput
from chungtay.places.models import Unit
from chungtay.rulebook.dates import PartialDate
from chungtay.rulebook.household import AnswerError, checked_answer
from chungtay.rulebook.loading import law
from chungtay.rulebook.wording import Sentence, catalogued, vi_date

LONGEST_NAME, LONGEST_CODE, LONGEST_ADDRESS = 120, 40, 200


def check_new_household(commune: Unit, given: HouseholdInput, on: date) -> None:
    """Refused without exactly one head, or if village, names, births, IDs or answers cannot be."""
    heads = [member for member in given.members if member.relation == HEAD]
    if len(heads) != 1:
        raise Refused(Sentence("Mỗi hộ cần đúng một chủ hộ; đang có {count}.", count=len(heads)))
    check_village(given.village, commune)
    check_lengths(given.code, given.address)
    check_day(on, commune)
    check_answers(given.answers, "household")
    for member in given.members:
        check_name(member.full_name)
        check_birth(member.birth)
        check_citizen_id(member.citizen_id)
        check_answers(member.answers, "member")
    numbers = [member.citizen_id for member in given.members if member.citizen_id]
    for number in numbers:
        if numbers.count(number) > 1:
            raise Refused(
                Sentence(
                    "Hai thành viên cùng ghi số định danh {number}. Hãy xem lại giấy tờ của từng "
                    "người, hoặc để trống số chưa chắc.",
                    number=masked(number),
                )
            )


def check_name(name: str) -> None:
    """Refused if a name is empty or too long to keep."""
    if not name.strip():
        raise Refused(Sentence("Có thành viên chưa ghi họ và tên. Hãy ghi tên, hoặc bỏ dòng đó."))
    if len(name) > LONGEST_NAME:
        raise Refused(
            Sentence(
                "Họ và tên dài {length} ký tự, nhiều nhất là {most}. Hãy ghi gọn lại.",
                length=len(name),
                most=LONGEST_NAME,
            )
        )


def check_village(village: Unit | None, commune_id: Unit | int) -> None:
    """Refused if a village is not one of the commune's."""
    expected = commune_id.pk if isinstance(commune_id, Unit) else commune_id
    if village is not None and village.parent_id != expected:
        raise Refused(Sentence("{name} không thuộc xã của hộ này.", name=village.name))


def check_standing_village(village: Unit | None) -> None:
    """Refused if a village that households are to live in now has ended."""
    if village is not None and village.valid_to is not None:
        raise Refused(
            Sentence(
                "{name} đã kết thúc ngày {end}, không còn hộ nào ở đó. Hãy chọn thôn hiện nay.",
                name=village.name,
                end=vi_date(village.valid_to),
            )
        )


def check_lengths(code: str, address: str) -> None:
    """Refused if a household's code or address is too long to keep."""
    for label, text, most in (
        (catalogued("Mã hộ"), code, LONGEST_CODE),
        (catalogued("Địa chỉ"), address, LONGEST_ADDRESS),
    ):
        if len(text) > most:
            raise Refused(
                Sentence(
                    "{label} dài {length} ký tự, nhiều nhất là {most}. Hãy ghi gọn lại.",
                    label=label,
                    length=len(text),
                    most=most,
                )
            )


def check_code_is_free(commune_id: int, code: str, own: UUID | None = None) -> None:
    """Refused if another standing household of the commune has this code."""
    if not code:
        return
    taken = Household.objects.filter(commune=commune_id, code=code, valid_to=None, withdrawn=False)
    if own is not None:
        taken = taken.exclude(pk=own)
    if (other := taken.first()) is not None:
        raise Refused(
            Sentence(
                "Mã hộ {code} đang là của hộ {head}. Hãy dùng mã khác, hoặc để trống.",
                code=code,
                head=other.head_name,
            )
        )


def check_day(on: date, commune: Unit) -> None:
    """Refused if a day has not come yet, or the commune does not stand on it."""
    if on > timezone.localdate():
        raise Refused(Sentence("Ngày ghi chưa tới. Hãy chọn hôm nay hoặc một ngày đã qua."))
    if commune.valid_from is not None and on < commune.valid_from:
        raise Refused(
            Sentence(
                "{name} có từ ngày {first}, nên không ghi được vào ngày {day}. "
                "Hãy chọn ngày đó hoặc muộn hơn.",
                name=commune.name,
                first=vi_date(commune.valid_from),
                day=vi_date(on),
            )
        )
    if commune.valid_to is not None and on > commune.valid_to:
        raise Refused(
            Sentence(
                "{name} chỉ có đến hết ngày {last}, nên không ghi được vào ngày {day}. "
                "Hãy chọn ngày đó hoặc sớm hơn.",
                name=commune.name,
                last=vi_date(commune.valid_to),
                day=vi_date(on),
            )
        )


def check_birth(birth: PartialDate | None) -> None:
    """Refused if a birth date has not come yet."""
    if birth is not None and birth.earliest() > timezone.localdate():
        raise Refused(
            Sentence(
                "Ngày sinh {birth} chưa tới. Hãy xem lại ngày sinh, hoặc chỉ ghi năm.", birth=birth
            )
        )


def check_citizen_id(number: str | None) -> None:
    """Refused if an ID number is not 12 digits (9 for an old one)."""
    if not number:
        return
    if not (number.isascii() and number.isdigit() and len(number) in WHOLE_ID_LENGTHS):
        raise Refused(
            Sentence(
                "Số định danh gồm 12 chữ số (số CMND cũ: 9 chữ số), đang ghi {length} ký tự. "
                "Hãy xem lại giấy tờ, hoặc để trống.",
                length=len(number),
            )
        )


def check_ids_are_free(
    commune_id: int, numbers: Iterable[str | None], own: UUID | None = None
) -> None:
    """Refused if somebody else in the commune's register, even dead, has one of these numbers."""
    indexes = {index_of(number): number for number in numbers if number}
    _refuse_ids_of_the_dead(commune_id, indexes, own)
    rows = Membership.objects.filter(
        person__id_index__in=list(indexes),
        household__commune=commune_id,
        household__withdrawn=False,
        valid_to=None,
        withdrawn=False,
    ).exclude(person=own)
    if (row := rows.select_related("person", "household").first()) is not None:
        raise Refused(
            Sentence(
                "Số định danh {number} đang là của {name}, hộ {head}. Hãy xem lại giấy tờ; nếu là "
                "cùng một người thì sửa ở hộ đó.",
                number=masked(indexes[bytes(row.person.id_index or b"")]),
                name=row.person.full_name,
                head=row.household.head_name,
            )
        )


def _refuse_ids_of_the_dead(
    commune_id: int, indexes: Mapping[bytes, str], own: UUID | None
) -> None:
    """Only the dead of the commune's own register: of others nobody may learn here."""
    rows = Membership.objects.filter(
        person__id_index__in=list(indexes),
        person__died_on__isnull=False,
        household__commune=commune_id,
        household__withdrawn=False,
        withdrawn=False,
    ).exclude(person=own)
    if (row := rows.select_related("person", "household").order_by("-id").first()) is not None:
        raise Refused(
            Sentence(
                "Số định danh {number} là của {name}, hộ {head}, đã mất ngày {day}. Hãy xem lại "
                "giấy tờ, hoặc để trống số; nếu ghi nhầm việc mất thì hoàn tác ở hộ đó.",
                number=masked(indexes[bytes(row.person.id_index or b"")]),
                name=row.person.full_name,
                head=row.household.head_name,
                day=vi_date(row.person.died_on) if row.person.died_on else "",
            )
        )


def check_lives_here(household: Household, on: date) -> None:
    """Refused if a household had ended on a day, had moved away, or lived in another commune."""
    last = household.valid_to or (household.away_from and household.away_from - timedelta(days=1))
    if last is not None and on > last:
        raise Refused(
            Sentence(
                "Hộ {head} chỉ ở đây đến hết ngày {last}, nên không ghi được vào ngày {day}.",
                head=household.head_name,
                last=vi_date(last),
                day=vi_date(on),
            )
        )
    moves = household.events.filter(kind=LifeEvent.Kind.MOVE_IN, withdrawn=False)
    if moves.filter(move_out__day__gt=on).exists():
        raise Refused(
            Sentence(
                "Ngày {day} hộ {head} còn ở nơi khác; điều của nơi cũ do nơi cũ ghi. "
                "Hãy chọn ngày từ khi hộ về đây.",
                head=household.head_name,
                day=vi_date(on),
            )
        )


def check_answers(answers: Mapping[str, Any], scope: str) -> None:
    """Refused if a fact's name is unknown here, or its value is not one the vocabulary allows."""
    facts = law().facts
    for name, value in answers.items():
        fact = facts.get(name)
        if fact is None or fact.scope != scope or fact.held != "answer":
            raise Refused(Sentence("Không có câu hỏi nào tên là {name}.", name=name))
        try:
            checked_answer(fact, value)
        except AnswerError as error:
            raise Refused(error.sentence) from error


def check_members(members: Mapping[str, Any], standing: Collection[str]) -> None:
    """Refused if an answer is given for somebody who is not in the household."""
    if set(members) - set(standing):
        raise Refused(
            Sentence(
                "Có câu trả lời của người không có trong hộ này. "
                "Hãy mở lại trang của hộ rồi ghi lại."
            )
        )
