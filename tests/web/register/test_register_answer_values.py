"""Every answer comes back from its field as it went in."""

from __future__ import annotations

import pytest

from chungtay.rulebook.loading import law
from chungtay.web.register.answer_values import Unreadable, raw_of, shown_value, value_of

FACTS = law().facts


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("income_per_person_vnd", 0),
        ("income_per_person_vnd", 999),
        ("income_per_person_vnd", 1_234_567),
        ("income_points", 139.999),
        ("income_points", 1.234),
        ("house_area_m2", 45),
        ("house_area_m2", 45.5),
        ("house_area_m2", 1_234.5),
        ("wall_durable", True),
        ("wall_durable", False),
        ("information_means", []),
        ("information_means", ["tv", "radio"]),
    ],
)
def test_an_answer_comes_back_as_it_was(name, value):
    assert value_of(FACTS[name], raw_of(FACTS[name], value)) == value


@pytest.mark.parametrize("fact", [one for one in FACTS.values() if one.held == "answer"])
def test_not_known_comes_back_as_not_known(fact):
    assert value_of(fact, raw_of(fact, None)) is None
    assert shown_value(fact, None) == "chưa rõ"


@pytest.mark.parametrize("fact", [one for one in FACTS.values() if one.type == "choice"])
def test_every_choice_comes_back(fact):
    for option in fact.options:
        expected = None if option.not_known else option.code
        assert value_of(fact, raw_of(fact, option.code)) == expected


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("income_per_person_vnd", "1500000", 1_500_000),
        ("income_per_person_vnd", "1.500.000", 1_500_000),
        ("income_per_person_vnd", "1,500,000", 1_500_000),
        ("income_per_person_vnd", "1 500 000", 1_500_000),
        ("house_area_m2", "45,5", 45.5),
        ("house_area_m2", "45.5", 45.5),
        ("house_area_m2", "45 m²", 45),
        ("house_area_m2", "1,234", 1.234),
    ],
)
def test_either_separator_is_read(name, raw, value):
    assert value_of(FACTS[name], raw) == value


@pytest.mark.parametrize("raw", ["1.234", "-1", "abc", "1.2.3", "1e5", "٣", "45,1234567"])
def test_what_may_be_read_in_two_ways_or_not_at_all_is_asked_about(raw):
    with pytest.raises(Unreadable):
        value_of(FACTS["house_area_m2"], raw)
