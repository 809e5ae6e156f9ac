"""One number, one cell: what follows from the cells, and what they cannot say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chungtay.plans.arithmetic import derive, impossible
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.contradictions import contradictions_of
from chungtay.rulebook.wording import vi_percent
from tests.plans.conftest import cells_of


def test_the_plan_of_quang_trung():
    poor, near_poor = derive(cells_of())
    assert (poor.closing, near_poor.closing) == (16, 12)
    rates = [
        vi_percent(rate)
        for one in (poor, near_poor)
        for rate in (one.target.opening_rate, one.target.closing_rate)
    ]
    assert rates == ["1,49\u00a0%", "1,13\u00a0%", "0,99\u00a0%", "0,85\u00a0%"]
    assert contradictions_of(cells_of()) == ()


def test_a_total_that_does_not_fit_is_said_in_one_sentence():
    said = [str(one) for one in contradictions_of(cells_of(1398, poor_closing_rate=None))]
    assert said == ["21 hộ = 1,49\u00a0% chỉ đúng với tổng số 1.405–1.414 hộ; đang ghi 1.398"]


@pytest.mark.parametrize(("total", "fits"), [(1404, 0), (1405, 1), (1414, 1), (1415, 0)])
def test_the_sentence_is_exact_at_both_ends(total, fits):
    assert len(contradictions_of(cells_of(total, poor_closing_rate=None))) == 1 - fits


def test_each_stated_rate_that_does_not_fit_has_its_own_sentence():
    said = [str(one) for one in contradictions_of(cells_of(1398))]
    assert len(said) == 2
    assert said[1].startswith("16 hộ = 1,13\u00a0% chỉ đúng với tổng số 1.410–1.422 hộ")


def test_without_a_total_the_rates_are_held_against_each_other():
    assert contradictions_of(cells_of(None)) == ()
    torn = [str(one) for one in contradictions_of(cells_of(None, poor_closing_rate="2.13"))]
    assert len(torn) == 1
    assert torn[0].startswith("Các tỷ lệ không thể cùng đúng với một tổng số hộ: 21 hộ = 1,49")


def test_without_a_total_the_rest_is_derived_and_the_rates_are_not_known():
    poor, near_poor = derive(cells_of(None))
    assert (poor.closing, poor.target) == (16, None)
    assert (near_poor.closing, near_poor.target) == (12, None)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (cells_of(poor=(5, 6)), "Không thể giảm 6 hộ vì đầu năm chỉ có 5 hộ"),
        (cells_of(20), "Số hộ đầu năm là 21 nhưng tổng số hộ chỉ có 20"),
        (cells_of(poor=(-1, 0)), "không được âm"),
        (cells_of(poor=(21, -5)), "không được âm"),
        (cells_of(None, near_poor=(2, 3)), "Không thể giảm 3 hộ"),
    ],
)
def test_numbers_that_cannot_be_say_why(cells, sentence):
    assert sentence in str(impossible(cells))


@pytest.mark.parametrize(
    "cells",
    [
        cells_of(),
        cells_of(None),
        cells_of(21, near_poor=(0, 0)),
        cells_of(poor=(0, 0)),
        cells_of(None, poor=(0, 0)),
        cells_of(poor=(21, 21)),
        Cells(None, ()),
    ],
)
def test_numbers_at_the_edge_may_be(cells):
    assert impossible(cells) is None


def test_the_cells_find_a_population_and_go_into_the_journal():
    cells = cells_of()
    assert cells.target("near_poor") == TargetCell("near_poor", 14, 2)
    assert cells.target("not_poor") is None
    assert cells.as_json() == {
        "total": 1411,
        "poor": {"opening": 21, "reduction": 5, "opening_rate": "1.49", "closing_rate": "1.13"},
        "near_poor": {"opening": 14, "reduction": 2},
    }
    assert cells.target("poor").stated_opening_rate == Decimal("1.49")
