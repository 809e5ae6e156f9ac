"""The five plans read, made plans of their places, written again as Word and read again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from chungtay.acts.refusing import NotAllowed, Refused, Stale
from chungtay.files.refusals import UnfriendlyFile
from chungtay.places.queries import unit_by_code
from chungtay.plans.models import Plan, PlanReading, ReadDatum
from chungtay.plans.queries import plan_of
from chungtay.plans.reading.apart import read_file
from chungtay.plans.staged.applying import apply_reading, outcome_of, undo_reading
from chungtay.plans.staged.groups import GROUPS
from chungtay.plans.staged.queries import data_of, offered_of, readings_of
from chungtay.plans.staged.services import (
    add_datum,
    confirm_rest,
    correct_datum,
    settle_datum,
    stage_reading,
)
from chungtay.reports.plan_paper import write_plan_paper

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PLACES = [
    ("000_quang_trung_2023", "14824", "commune", 2023),
    ("001_tu_mo_rong_2024", "23422", "commune", 2024),
    ("002_tan_khai_2024", "25326", "commune", 2024),
    ("003_lao_cai_2024", "02641", "commune", 2024),
    ("004_long_khanh_2024", "732", "district", 2024),
]
CLOSING = (" ", ".", ";", "/", ",")


def stage(actor, unit, content):
    reading = stage_reading(actor=actor, unit=unit, file_name="ke-hoach.txt", content=content)
    return PlanReading.objects.get(pk=reading)


@pytest.fixture
def tu_mo_rong(system):
    return unit_by_code("23422", date(2024, 1, 1))


@pytest.fixture
def tu_mo_rong_officer(tu_mo_rong, hire, acting):
    return acting(hire("officer", tu_mo_rong))


@pytest.fixture
def reading(tu_mo_rong, tu_mo_rong_officer):
    content = (SEEDS / "001_tu_mo_rong_2024.txt").read_bytes()
    return stage(tu_mo_rong_officer, tu_mo_rong, content)


def bare(offer):
    """A datum as our own paper must give it back.

    Two things of form differ on purpose: a basis and the last paragraph end with our marks
    (NĐ 30/2020), and our paper always prints its symbol where the plan left it out.
    """
    values = {k: v.rstrip("".join(CLOSING)) if k == "text" else v for k, v in offer.values.items()}
    if offer.group == "head":
        values.pop("symbol")
    return offer.group, values


@pytest.mark.django_db
@pytest.mark.parametrize(("seed", "code", "level", "year"), PLACES)
def test_a_plan_read_and_written_again_gives_the_same_data(
    seed, code, level, year, hire, acting
) -> None:
    unit = unit_by_code(code, date(year, 1, 1), level)
    actor = acting(hire("officer" if level == "commune" else "district_officer", unit))
    first = stage(actor, unit, (SEEDS / f"{seed}.txt").read_bytes())
    confirm_rest(actor=actor, reading=first)
    done = apply_reading(actor=actor, reading=first)
    paper = write_plan_paper(actor=actor, plan=Plan.objects.get(pk=done["plan"]))
    again, _notes = read_file(paper)
    assert [bare(one) for one in again.offers] == [bare(one) for one in offered_of(first).offers]


@pytest.mark.django_db
def test_what_was_read_becomes_cells_duties_and_dates(reading, tu_mo_rong_officer) -> None:
    confirm_rest(actor=tu_mo_rong_officer, reading=reading)
    done = apply_reading(actor=tu_mo_rong_officer, reading=reading)
    plan = Plan.objects.get(pk=done["plan"])
    values = [(t.classes, t.measure, t.value, t.value_to) for t in plan.targets.all()]
    assert ("poor", "points", 8, 9) in values
    assert sum(plan.lines.values_list("amount_vnd", flat=True)) == 2_913_000_000
    assert plan.lines.count() == 6
    assert len(set(plan.duties.values_list("number", flat=True))) == 7
    assert list(plan.deadlines.values_list("due", "comparator")) == [
        ("2024-06-20", "before"),
        ("2024-12-10", "before"),
        ("2024-06-30", "before"),
        ("2024-12-15", "before"),
    ]
    assert (plan.bases.count(), plan.recipients.count()) == (9, 7)
    assert plan.content["signature"]["name"] == "Đinh Văn Lực"


@pytest.mark.django_db
def test_every_datum_stands_at_its_sentence(reading) -> None:
    text = offered_of(reading).text
    money = [one for one in data_of(reading) if one.row.group == "money"]
    assert "516 triệu" in text[money[1].row.start : money[1].row.end]
    assert all(one.row.start is not None for one in data_of(reading))


@pytest.mark.django_db
def test_what_was_read_and_what_was_corrected_are_both_kept(reading, tu_mo_rong_officer) -> None:
    one = next(d for d in data_of(reading) if d.row.group == "money")
    changed = one.values | {"amount_vnd": 5}
    correct_datum(
        actor=tu_mo_rong_officer,
        reading=reading,
        datum_id=one.row.pk,
        values=changed,
        expected_version=1,
    )
    kept = next(d for d in data_of(reading) if d.row.pk == one.row.pk)
    assert (kept.was, kept.values, kept.row.state) == (one.values, changed, "confirmed")
    with pytest.raises(Stale):
        correct_datum(
            actor=tu_mo_rong_officer,
            reading=reading,
            datum_id=one.row.pk,
            values=changed,
            expected_version=1,
        )


@pytest.mark.django_db
def test_one_corrected_amount_leaves_the_other_lines_as_they_are(
    reading, tu_mo_rong_officer
) -> None:
    who = {"actor": tu_mo_rong_officer, "reading": reading}
    one = next(d for d in data_of(reading) if d.values.get("amount_vnd") == 516_000_000)
    changed = one.values | {"amount_vnd": 500_000_000}
    correct_datum(**who, datum_id=one.row.pk, values=changed, expected_version=1)
    confirm_rest(**who)
    plan = Plan.objects.get(pk=apply_reading(**who)["plan"])
    amounts = sorted(plan.lines.values_list("amount_vnd", flat=True), reverse=True)
    assert amounts == [one * 1_000_000 for one in (1_977, 500, 300, 50, 40, 30)]


@pytest.mark.django_db
def test_a_span_of_money_is_no_line_and_says_so(reading, tu_mo_rong_officer) -> None:
    span = {"amount_vnd": 40_000_000, "amount_to_vnd": 50_000_000, "role": "line"}
    values = {one.name: span.get(one.name) for one in GROUPS["money"].fields}
    add_datum(actor=tu_mo_rong_officer, reading=reading, group="money", values=values)
    outcome = outcome_of(reading, data_of(reading))
    assert len(outcome.cells.lines) == 6
    said = [str(sentence) for one, sentence in outcome.left if one.values == values]
    words = "Câu này ghi một khoảng, từ 40.000.000 đến 50.000.000 đồng, nên chưa thành khoản chi;"
    assert said == [f"{words} khi đã chốt số tiền, hãy sửa thành một số."]


@pytest.mark.django_db
def test_a_discarded_datum_is_not_written_and_an_added_one_is(reading, tu_mo_rong_officer) -> None:
    target = next(d for d in data_of(reading) if d.row.group == "target")
    who = {"actor": tu_mo_rong_officer, "reading": reading}
    settle_datum(**who, datum_id=target.row.pk, state=ReadDatum.State.DISCARDED)
    add_datum(**who, group="recipient", values={"name": "Trạm Y tế xã", "note": None})
    with pytest.raises(Refused):
        apply_reading(**who)
    confirm_rest(**who)
    plan = Plan.objects.get(pk=apply_reading(**who)["plan"])
    assert plan.targets.count() == 2
    assert plan.recipients.filter(name="Trạm Y tế xã").exists()


@pytest.mark.django_db
def test_the_same_plan_again_needs_another_edition(reading, tu_mo_rong, tu_mo_rong_officer) -> None:
    confirm_rest(actor=tu_mo_rong_officer, reading=reading)
    apply_reading(actor=tu_mo_rong_officer, reading=reading, key="a")
    with pytest.raises(Refused):
        apply_reading(actor=tu_mo_rong_officer, reading=reading, key="b")
    content = (SEEDS / "001_tu_mo_rong_2024.txt").read_bytes()
    second = stage(tu_mo_rong_officer, tu_mo_rong, content)
    confirm_rest(actor=tu_mo_rong_officer, reading=second)
    with pytest.raises(Refused, match="lần ban hành 2"):
        apply_reading(actor=tu_mo_rong_officer, reading=second)
    apply_reading(actor=tu_mo_rong_officer, reading=second, edition=2)
    assert Plan.objects.count() == 2


@pytest.mark.django_db
def test_undone_as_long_as_nothing_was_built_on_it(reading, tu_mo_rong, tu_mo_rong_officer) -> None:
    confirm_rest(actor=tu_mo_rong_officer, reading=reading)
    plan_id = apply_reading(actor=tu_mo_rong_officer, reading=reading, key="a")["plan"]
    assert apply_reading(actor=tu_mo_rong_officer, reading=reading, key="a")["plan"] == plan_id
    Plan.objects.filter(pk=plan_id).update(version=2)
    with pytest.raises(Refused):
        undo_reading(actor=tu_mo_rong_officer, reading=reading)
    Plan.objects.filter(pk=plan_id).update(version=1)
    undo_reading(actor=tu_mo_rong_officer, reading=reading)
    assert plan_of(tu_mo_rong, 2024) is None


@pytest.mark.django_db
def test_another_commune_sees_nothing_of_it(reading, tu_mo_rong, outsider, acting) -> None:
    stranger = acting(outsider)
    assert not readings_of(stranger).exists()
    with pytest.raises(NotAllowed):
        stage(stranger, tu_mo_rong, b"x")
    with pytest.raises(NotAllowed):
        confirm_rest(actor=stranger, reading=reading)


@pytest.mark.django_db
def test_nothing_of_the_text_stands_open_in_the_database(reading) -> None:
    kept = bytes(reading.sealed) + b"".join(bytes(one.was) for one in reading.data.all())
    assert "Đinh Văn Lực".encode() not in kept


@pytest.mark.django_db
def test_a_file_without_text_is_refused_with_a_sentence(tu_mo_rong, tu_mo_rong_officer) -> None:
    for content in (
        b"",
        b"  \n ",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
    ):
        with pytest.raises(UnfriendlyFile):
            stage(tu_mo_rong_officer, tu_mo_rong, content)
    assert not PlanReading.objects.exists()
