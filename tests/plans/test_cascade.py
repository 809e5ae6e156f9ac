"""A target handed down: the parts make the whole, places answer, the board ties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from chungtay.acts.models import JournalLine
from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.households.models import Household
from chungtay.plans.answering import Answer, answer, asked_of, choices_of, named_before
from chungtay.plans.cascade import boards_of
from chungtay.plans.handing import (
    Assignment,
    accept,
    hand_down,
    send_back,
    standing_handing,
    take_back,
)
from chungtay.plans.models import AskedPart, Plan, PlanPart, PromisedHousehold
from chungtay.plans.splitting import by_names, whole_of
from tests.plans.small_registers import DONG_NAI, leave, long_khanh, tan_khai

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PAPER = Assignment("120/QĐ-UBND", date(2024, 4, 2), date(2024, 4, 20), date(2024, 4, 30))
YEAR_END, TODAY = date(2024, 12, 31), date(2024, 4, 10)


@pytest.fixture
def plan(system) -> Plan:
    return long_khanh(system)


@pytest.fixture
def target(plan):
    return plan.targets.get(code="poor_a")


@pytest.fixture
def handed(system, plan, target):
    """The target handed down by its base; what each ward is asked, by its name."""
    parts = whole_of(plan, target).by_base()
    hand(system, plan, target, parts)
    return {part.unit.name: part for part in standing_handing(target).parts.all()}


@pytest.fixture
def officers(plan, handed, hire, acting):
    """The officer of the city, of one of its wards, of the ward beside."""
    ward, other = handed["Xã Bảo Quang"].unit, handed["Phường Bảo Vinh"].unit
    return {
        "city": acting(hire("district_officer", plan.unit)),
        "ward": acting(hire("officer", ward)),
        "other": acting(hire("officer", other)),
    }


def hand(actor, plan, target, parts, version=0, assignment=PAPER):
    return hand_down(
        actor=actor,
        plan=plan,
        target=target,
        parts=parts,
        assignment=assignment,
        expected_version=version,
    )


def fresh(part):
    return AskedPart.objects.select_related("handing__target__plan__unit", "unit").get(pk=part.pk)


def reply(actor, part, promised, reason="", households=()):
    now = fresh(part)
    given = Answer(Decimal(promised), reason, households)
    return answer(actor=actor, part=now, given=given, expected_version=now.version)


def board(plan, code="poor_a", on=YEAR_END, today=TODAY):
    return next(one for one in boards_of(plan, on, today) if one.target.code == code)


# ---- handing down ----


def test_in_proportion_to_the_base_the_parts_make_the_whole(plan, target, handed):
    """35 % of 160 are 56, over the fifteen units by the bases that are named."""
    assert len(handed) == 15
    assert sum(part.asked for part in handed.values()) == 56
    assert handed["Xã Bảo Quang"].asked == 7
    assert handed["Phường Xuân Trung"].asked == 0
    assert standing_handing(target).rule == "by_base"
    assert str(whole_of(plan, target).base_said) == "hộ nghèo A giai đoạn 2022–2025"
    line = JournalLine.objects.filter(act="plans.hand_down").latest("at")
    assert line.paper == "120/QĐ-UBND"
    near = whole_of(plan, plan.targets.get(code="near_poor"))
    assert str(near.base_said) == "hộ cận nghèo tại ngày 31/12/2023"
    assert sum(near.by_base().values()) == 63


def test_a_split_that_does_not_sum_is_refused_and_says_by_how_much(system, plan, target):
    parts = whole_of(plan, target).by_base()
    first = next(unit for unit, part in parts.items() if part)
    parts[first] -= 2
    with pytest.raises(Refused, match="cộng lại 54 hộ, chỉ tiêu là 56 hộ: còn thiếu 2 hộ"):
        hand(system, plan, target, parts)
    parts[first] += 3
    with pytest.raises(Refused, match="thừa 1 hộ"):
        hand(system, plan, target, parts)
    assert standing_handing(target) is None


def test_by_hand_the_plan_reads_the_same_numbers_as_the_board(system, plan, target):
    parts = whole_of(plan, target).by_base()
    one, other = [unit for unit, part in parts.items() if part][:2]
    parts[one] += 1
    parts[other] -= 1
    hand(system, plan, target, parts)
    assert standing_handing(target).rule == "by_hand"
    kept = dict(PlanPart.objects.filter(target=target).values_list("unit", "reduction"))
    assert kept == {unit: int(part) for unit, part in parts.items()}


def test_more_than_a_place_has_a_missing_paper_or_place_are_refused(system, plan, target):
    parts = whole_of(plan, target).by_base()
    with pytest.raises(Refused, match="số của văn bản"):
        hand(system, plan, target, parts, assignment=Assignment("", date(2024, 4, 2)))
    with pytest.raises(Refused, match="Mỗi nơi bên dưới"):
        hand(system, plan, target, dict(list(parts.items())[1:]))
    bases = {row.unit_id: row.opening for row in PlanPart.objects.filter(target=target)}
    empty = next(unit for unit, base in bases.items() if base == 0)
    giver = next(unit for unit, part in parts.items() if part)
    moved = parts | {empty: Decimal(1), giver: parts[giver] - 1}
    with pytest.raises(Refused, match="số gốc chỉ có 0 hộ"):
        hand(system, plan, target, moved)


def test_by_the_households_the_plan_names(system):
    """Tân Khai's plan names its two poor households: each village is asked for its own."""
    plan = tan_khai(system)
    target = plan.targets.get(classes="poor", measure="count")
    whole = whole_of(plan, target)
    parts = by_names(plan, whole.cell, whole.units)
    assert sum(parts.values()) == plan.named_households.count()
    hand(system, plan, target, parts)
    assert standing_handing(target).rule in {"by_names", "by_base"}


def test_a_level_is_asked_of_each_place_alike(system, plan):
    water = plan.targets.get(code="water")
    parts = whole_of(plan, water).by_base()
    assert set(parts.values()) == {Decimal(95)}
    hand(system, plan, water, parts)
    assert standing_handing(water).rule == "same_for_all"
    with pytest.raises(Refused, match="từ 0 đến 100"):
        hand(system, plan, water, dict.fromkeys(parts, Decimal(101)), version=1)


def test_two_who_change_at_once_are_told_apart(system, plan, target, handed):
    parts = whole_of(plan, target).by_base()
    hand(system, plan, target, parts, version=1)
    with pytest.raises(Stale, match="người khác"):
        hand(system, plan, target, parts, version=1)


def test_a_change_asks_anew_only_where_the_number_changed(system, plan, target, handed, officers):
    reply(officers["ward"], handed["Xã Bảo Quang"], 7)
    reply(officers["other"], handed["Phường Bảo Vinh"], handed["Phường Bảo Vinh"].asked)
    parts = {part.unit_id: part.asked for part in handed.values()}
    quiet = handed["Phường Bảo Vinh"].unit_id
    parts[quiet] -= 1
    parts[handed["Phường Xuân Lập"].unit_id] += 1
    hand(system, plan, target, parts, version=1)
    assert fresh(handed["Xã Bảo Quang"]).state == "answered"
    assert fresh(handed["Phường Bảo Vinh"]).state == "unanswered"


def test_what_is_taken_back_needs_a_reason_and_can_be_handed_down_anew(
    system, plan, target, handed, officers
):
    with pytest.raises(Refused, match="vì sao"):
        take_back(actor=system, plan=plan, target=target, reason="", expected_version=1)
    take_back(actor=system, plan=plan, target=target, reason="Giao nhầm", expected_version=1)
    assert boards_of(plan, YEAR_END, TODAY) == []
    with pytest.raises(Refused, match="đã được thu hồi"):
        reply(officers["ward"], handed["Xã Bảo Quang"], 7)
    hand(system, plan, target, whole_of(plan, target).by_base())
    assert board(plan).silent == 15


# ---- answering ----


def test_the_ward_answers_with_names_and_the_city_accepts(plan, handed, officers):
    part = handed["Xã Bảo Quang"]
    chosen = [one.pk for one in choices_of(fresh(part))][:5]
    assert len(choices_of(fresh(part))) == 6
    reply(officers["ward"], part, 5, "Hai hộ đã chuyển đi", chosen)
    shown = board(plan)
    row = next(row for row in shown.rows if row.unit.name == "Xã Bảo Quang")
    assert (row.numbers.asked, row.numbers.promised, row.numbers.named) == (7, 5, 5)
    assert "Nhận thiếu 2 hộ so với số giao." in [str(one) for one in row.said]
    assert (shown.silent, shown.waiting, shown.gap) == (14, 1, -2)
    accept(actor=officers["city"], part=fresh(part), expected_version=fresh(part).version)
    with pytest.raises(Refused, match="đã được chấp nhận"):
        reply(officers["ward"], part, 6, "Thêm một hộ")


def test_another_number_needs_a_reason_and_names_no_more_than_promised(handed, officers):
    part = handed["Xã Bảo Quang"]
    ids = [one.pk for one in choices_of(fresh(part))]
    with pytest.raises(Refused, match="hãy ghi lý do"):
        reply(officers["ward"], part, 6)
    with pytest.raises(Refused, match="tên 6 hộ mà chỉ nhận 5 hộ"):
        reply(officers["ward"], part, 5, "Ít hơn", ids)
    with pytest.raises(Refused, match="số gốc chỉ có 20 hộ"):
        reply(officers["ward"], part, 21, "Nhiều hơn")
    foreign = Household.objects.filter(commune=handed["Phường Bảo Vinh"].unit).first()
    with pytest.raises(Refused, match="không thuộc Xã Bảo Quang"):
        reply(officers["ward"], part, 7, households=[foreign.pk])
    of_kind_b = Household.objects.filter(commune=part.unit, code="B-0").get()
    with pytest.raises(Refused, match="không thuộc diện"):
        reply(officers["ward"], part, 7, households=[of_kind_b.pk])
    assert fresh(part).state == "unanswered"


def test_an_answer_is_sent_back_with_reason_and_day(plan, handed, officers):
    part = handed["Xã Bảo Quang"]
    reply(officers["ward"], part, 5, "Ít hộ có lao động")
    version = fresh(part).version
    with pytest.raises(Refused, match="cần lý do và hạn"):
        send_back(
            actor=officers["city"],
            part=fresh(part),
            reason="",
            answer_by=None,
            expected_version=version,
        )
    send_back(
        actor=officers["city"],
        part=fresh(part),
        reason="Rà lại hộ có lao động",
        answer_by=date(2024, 4, 25),
        expected_version=version,
    )
    assert fresh(part).sent_back_for == "Rà lại hộ có lao động"
    late = board(plan, today=date(2024, 4, 26))
    assert next(row for row in late.rows if row.unit.name == "Xã Bảo Quang").late
    reply(officers["ward"], part, 7)
    assert fresh(part).state == "answered"


def test_neither_neighbour_nor_city_answers_and_the_ward_hands_nothing_down(
    plan, target, handed, officers, outsider, acting
):
    part = handed["Xã Bảo Quang"]
    for who in (officers["other"], officers["city"], acting(outsider)):
        with pytest.raises(NotAllowed):
            reply(who, part, 7)
    with pytest.raises(NotAllowed):
        hand(officers["ward"], plan, target, whole_of(plan, target).by_base(), version=1)
    with pytest.raises(NotAllowed):
        accept(actor=officers["ward"], part=fresh(part), expected_version=1)
    assert [one.pk for one in asked_of(officers["ward"], part.unit, 2024)] == [part.pk]
    assert asked_of(officers["other"], part.unit, 2024) == []
    assert asked_of(acting(outsider), part.unit, 2024) == []


def test_the_village_head_answers_for_the_village(system, hire, acting):
    plan = tan_khai(system)
    target = plan.targets.get(classes="poor", measure="count")
    whole = whole_of(plan, target)
    hand(system, plan, target, by_names(plan, whole.cell, whole.units))
    part = standing_handing(target).parts.filter(asked__gt=0).first()
    head = acting(hire("village_head", part.unit))
    assert named_before(fresh(part)) & {one.pk for one in choices_of(fresh(part))}
    reply(head, part, part.asked)
    assert fresh(part).state == "answered"


# ---- the board ----


def test_the_sum_row_ties_and_the_result_is_the_registers(plan, handed):
    ward = handed["Xã Bảo Quang"].unit
    poor = list(Household.objects.filter(commune=ward, code__startswith="A-"))
    for household in poor[:3]:
        leave(household, "not_poor", date(2024, 6, 15), DONG_NAI)
    leave(poor[3], "near_poor", date(2024, 6, 15), DONG_NAI)
    shown = board(plan)
    assert shown.total.asked == sum(row.numbers.asked for row in shown.rows) == shown.whole == 56
    assert shown.total.result == sum(row.numbers.result for row in shown.rows) == 4
    row = next(row for row in shown.rows if row.unit == ward)
    assert row.numbers.result == 4
    said = [str(one) for one in row.said]
    assert "Trong số giảm có 1 hộ chuyển thành hộ cận nghèo." in said
    assert "Chưa lập kế hoạch riêng, hạn 30/04/2024." in said
    assert len(shown.owing) == 15


def test_a_place_without_poor_has_the_duty_to_keep_them_out(plan, handed):
    ward = handed["Phường Xuân Trung"].unit
    Household.objects.filter(commune=ward, code__startswith="A-").update(withdrawn=True)
    row = next(row for row in board(plan).rows if row.unit == ward)
    assert "Không còn hộ nghèo A: giữ không phát sinh, không tái nghèo." in map(str, row.said)


def test_a_household_behind_two_targets_is_shown_and_counts_once_in_each(
    system, plan, handed, officers
):
    part = handed["Xã Bảo Quang"]
    chosen = choices_of(fresh(part))[0].pk
    reply(officers["ward"], part, 7, households=[chosen])
    near = plan.targets.get(code="near_poor")
    hand(system, plan, near, whole_of(plan, near).by_base())
    other = standing_handing(near).parts.get(unit=part.unit)
    PromisedHousehold.objects.create(handing=other.handing, part=other, household_id=chosen)
    row = next(row for row in board(plan).rows if row.unit == part.unit)
    assert any("1 hộ cũng có tên trong kế hoạch" in str(one) for one in row.said)
    assert board(plan).total.named == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        PromisedHousehold.objects.create(handing=part.handing, part=part, household_id=chosen)


def test_the_board_asks_as_often_for_fifteen_places_as_for_two(plan, handed):
    with CaptureQueriesContext(connection) as fifteen:
        board(plan)
    kept = [handed[name].pk for name in ("Phường Xuân Trung", "Xã Bảo Quang")]
    AskedPart.objects.exclude(pk__in=kept).delete()
    with CaptureQueriesContext(connection) as two:
        board(plan)
    assert len(fifteen) == len(two) <= 20


# ---- what the database holds ----


def test_the_database_refuses_an_answer_that_differs_without_a_reason(handed):
    part = handed["Xã Bảo Quang"]
    for wrong in ({"promised": 5, "state": "answered"}, {"promised": 7}, {"state": "sent_back"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AskedPart.objects.filter(pk=part.pk).update(**wrong)
