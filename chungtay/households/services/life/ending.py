"""A household ends, or leaves where it lived: its residence and decided classes end with it."""

from __future__ import annotations

from datetime import date

from chungtay.acts.refusing import Refused
from chungtay.households.models import Household, Residence
from chungtay.households.services.life.ledger import Ledger
from chungtay.rulebook.wording import Sentence, vi_date


def end_household(ledger: Ledger, household: Household, last: date) -> None:
    """Let a household stand until a day and no longer, its residence and statuses with it."""
    _refuse_later_answers(household, last)
    end_residence(ledger, household, last)
    for spell in household.statuses.filter(withdrawn=False).order_by("valid_from"):
        if spell.valid_from > last:
            raise Refused(
                Sentence(
                    "Hộ {head} có diện được ghi từ ngày {first}, sau ngày {day}. Hãy chọn ngày "
                    "muộn hơn.",
                    head=household.head_name,
                    first=vi_date(spell.valid_from),
                    day=vi_date(last),
                )
            )
        if spell.valid_to is None or spell.valid_to > last:
            ledger.change(spell, valid_to=last)
    ledger.change(household, valid_to=last, ended_by_id=ledger.event.pk)


def end_residence(ledger: Ledger, household: Household, last: date) -> Residence:
    """Let a household live where it lives until a day; its open residence, now ended."""
    lived = household.residences.filter(valid_to=None, withdrawn=False).first()
    if lived is None or (lived.valid_from is not None and lived.valid_from > last):
        raise Refused(
            Sentence(
                "Hộ {head} mới về nơi đang ở, nên chưa rời đi được vào ngày này. "
                "Hãy chọn ngày muộn hơn, hoặc hoàn tác việc chuyển đến.",
                head=household.head_name,
            )
        )
    ledger.change(lived, valid_to=last)
    return lived


def _refuse_later_answers(household: Household, last: date) -> None:
    sheet = household.answer_sheets.filter(withdrawn=False, on__gt=last).order_by("on").last()
    if sheet is not None:
        raise Refused(
            Sentence(
                "Hộ {head} có câu trả lời ghi ngày {on}, sau ngày {day}. Hãy chọn ngày muộn hơn.",
                head=household.head_name,
                on=vi_date(sheet.on),
                day=vi_date(last),
            )
        )
