"""Standard errors against the formulae written out over individuals, and against a jackknife."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log, sqrt

import pytest

from chungtay.rulebook.measuring import Count, Cube, Key, Measure, Ratio, as_row, figures_of
from chungtay.rulebook.measuring.changes import KINDS, changes_of
from chungtay.rulebook.measuring.samples import Sample, SampleError, sample_of
from chungtay.rulebook.measuring.student import t_quantile

MEASURE = Measure.weighted(
    {"a": "1/3", "b": "1/3", "c": "1/6", "d": "1/6"},
    "1/3",
    income=True,
    dimensions=(("first", ("a",)), ("rest", ("b", "c", "d"))),
)
NAMES = ("year", "area", "stratum", "psu")


@dataclass(frozen=True)
class One:
    """One sampled household."""

    year: int
    area: str
    stratum: str
    psu: int
    weight: float
    size: int
    low: bool
    mask: int

    @property
    def people(self) -> float:
        return self.weight * self.size

    def deprived(self, name: str) -> bool:
        return bool(self.mask >> MEASURE.indicators.index(name) & 1)

    @property
    def score(self) -> Fraction:
        parts = zip(MEASURE.indicators, MEASURE.weights, strict=True)
        return sum((weight for name, weight in parts if self.deprived(name)), Fraction(0))

    @property
    def poor(self) -> bool:
        return self.low and self.score >= MEASURE.cutoff


def drawn(seed: int = 4, years: tuple[int, ...] = (2019, 2021)) -> list[One]:
    """A survey of 4 strata, 3 to 6 PSUs each, the areas unevenly spread over the PSUs."""
    chance = random.Random(seed)
    found = []
    for stratum in "ABCD":
        for psu in range(chance.randint(3, 6)):
            areas = ["rural"] if psu == 0 else ["rural", "urban"]
            found += [
                One(
                    year,
                    chance.choice(areas),
                    stratum,
                    psu,
                    chance.uniform(0.2, 3.0),
                    chance.randint(1, 8),
                    chance.random() < 0.7,
                    chance.getrandbits(4) & chance.getrandbits(4),
                )
                for year in years
                for _ in range(chance.randint(4, 12))
            ]
    return found


def cube_of(sample: list[One]) -> Cube:
    return Cube.counted(
        NAMES,
        (
            (
                Key((one.year, one.area, one.stratum, one.psu), one.low, one.mask),
                Count(one.weight, one.people),
            )
            for one in sample
        ),
    )


def above_below(ratio: Ratio, one: One) -> tuple[float, float]:
    """What one household adds above and below a figure, by its definition."""
    poor, people = float(one.poor), one.people
    depth = float(one.score) * poor
    match ratio.kind:
        case "poor_rate":
            return one.weight * poor, one.weight
        case "near_poor_rate":
            return one.weight * (one.low and not one.poor), one.weight
        case "H":
            return people * poor, people
        case "A":
            return people * depth, people * poor
        case "M0":
            return people * depth, people
        case "uncensored":
            return people * one.deprived(ratio.name), people
        case "censored":
            return people * one.deprived(ratio.name) * poor, people
    members = dict(MEASURE.dimensions).get(ratio.name, (ratio.name,))
    weights = dict(zip(MEASURE.indicators, MEASURE.weights, strict=True))
    share = sum(float(weights[name]) * one.deprived(name) for name in members)
    return people * share * poor, people * depth


def estimate(ratio: Ratio, sample: list[One]) -> float:
    pairs = [above_below(ratio, one) for one in sample]
    return sum(above for above, _ in pairs) / sum(below for _, below in pairs)


def linearised(ratio: Ratio, domain: list[One]) -> dict[int, float]:
    """z_i = (above_i - b below_i) / Σ below, for each individual of the domain."""
    b = estimate(ratio, domain)
    total = sum(above_below(ratio, one)[1] for one in domain)
    return {
        id(one): (above - b * below) / total
        for one in domain
        for above, below in [above_below(ratio, one)]
    }


def covariance(x: dict[int, float], y: dict[int, float], sample: list[One]) -> float:
    """Σ_h n_h/(n_h-1) Σ_a (X_ha - X̄_h)(Y_ha - Ȳ_h), every PSU of the sample counted."""
    totals: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for one in sample:
        pair = totals[one.stratum][one.psu]
        pair[0] += x.get(id(one), 0)
        pair[1] += y.get(id(one), 0)
    found = 0.0
    for psus in totals.values():
        n = len(psus)
        means = [sum(pair[side] for pair in psus.values()) / n for side in (0, 1)]
        found += n / (n - 1) * sum((p - means[0]) * (q - means[1]) for p, q in psus.values())
    return found


def sampled(sample: list[One], by: tuple[str, ...], **options: object) -> Sample:
    return sample_of(
        cube_of(sample),
        MEASURE,
        by,
        psu="psu",
        stratum="stratum",
        **options,  # type: ignore[arg-type]
    )


def test_errors_of_every_domain_are_those_of_the_formula_over_individuals() -> None:
    sample = drawn()
    found = sampled(sample, ("area", "year"))
    assert len(found.groups) == 4
    for group in found.groups:
        domain = [one for one in sample if (one.area, one.year) == group]
        estimates = found.estimates[group]
        for ratio in found.ratios:
            z = linearised(ratio, domain)
            error = sqrt(covariance(z, z, sample))
            assert estimates.value(ratio) == pytest.approx(estimate(ratio, domain), rel=1e-12)
            assert estimates.error(ratio) == pytest.approx(error, rel=1e-9), ratio
    units = {(one.stratum, one.psu) for one in sample}
    assert found.design.freedom == len(units) - 4


def test_the_interval_is_logit() -> None:
    found = sampled(drawn(), ())
    estimates = found.estimates[()]
    ratio = next(one for one in found.ratios if one.kind == "M0")
    b, se = estimates.value(ratio) or 0, estimates.error(ratio) or 0
    t = t_quantile(0.95, found.design.freedom)
    ends = [log(b / (1 - b)) + sign * t * se / (b * (1 - b)) for sign in (-1, 1)]
    assert estimates.interval(ratio) == pytest.approx([1 / (1 + exp(-end)) for end in ends])


def test_a_jackknife_comes_near() -> None:
    sample = drawn(seed=11)
    found = sampled(sample, ())
    for ratio in found.ratios:
        whole, variance = estimate(ratio, sample), 0.0
        for stratum in "ABCD":
            psus = {one.psu for one in sample if one.stratum == stratum}
            for out in psus:
                grown = len(psus) / (len(psus) - 1)
                rest = [
                    One(**{**one.__dict__, "weight": one.weight * grown})
                    if one.stratum == stratum
                    else one
                    for one in sample
                    if (one.stratum, one.psu) != (stratum, out)
                ]
                variance += (estimate(ratio, rest) - whole) ** 2 / grown
        error = found.estimates[()].error(ratio)
        assert error == pytest.approx(sqrt(variance), rel=0.15), ratio


@pytest.mark.parametrize("rounds", [None, "year"])
def test_changes_by_the_delta_method_on_the_full_covariance(rounds: str | None) -> None:
    sample = drawn()
    found = sampled(sample, ("year", "area"), rounds=rounds)
    rural = next(one for one in changes_of(found, "year") if one.group == ("rural",))
    before, after = (
        [one for one in sample if (one.area, one.year) == ("rural", year)] for year in (2019, 2021)
    )
    for ratio in found.ratios:
        b0, b1 = estimate(ratio, before), estimate(ratio, after)
        z0, z1 = linearised(ratio, before), linearised(ratio, after)
        if rounds:
            first, second = ([o for o in sample if o.year == year] for year in (2019, 2021))
            v00, v11, v01 = covariance(z0, z0, first), covariance(z1, z1, second), 0.0
        else:
            v00, v11 = covariance(z0, z0, sample), covariance(z1, z1, sample)
            v01 = covariance(z0, z1, sample)
        growth = sqrt(b1 / b0)
        expected = {
            "absolute": (b1 - b0, -1.0, 1.0),
            "annual_absolute": ((b1 - b0) / 2, -0.5, 0.5),
            "relative": (100 * (b1 - b0) / b0, -100 * b1 / b0**2, 100 / b0),
            "annual_relative": (100 * (growth - 1), -50 * growth / b0, 50 * growth / b1),
        }
        for kind in KINDS:
            value, g0, g1 = expected[kind]
            variance = g0 * g0 * v00 + 2 * g0 * g1 * v01 + g1 * g1 * v11
            moved = rural.of(ratio, kind)
            assert moved is not None
            assert moved.value == pytest.approx(value, rel=1e-9, abs=1e-12)
            assert moved.error == pytest.approx(sqrt(variance), rel=1e-8)
            assert moved.interval is not None
            assert moved.interval[0] <= moved.value <= moved.interval[1]


def test_more_than_two_times_are_compared_each_with_the_next_and_over_all() -> None:
    found = changes_of(sampled(drawn(years=(2015, 2018, 2024)), ("year",)), "year")
    assert [(one.first, one.last) for one in found] == [
        (2015, 2018),
        (2018, 2024),
        (2015, 2024),
    ]
    row = found[0].as_row()
    assert (row["by"], row["from"], row["to"]) == ({}, 2015, 2018)
    assert row["absolute"]["ci"]["H"][0] < row["absolute"]["H"] < row["absolute"]["ci"]["H"][1]


def lonely() -> list[One]:
    return [*drawn(), One(2019, "rural", "Z", 1, 2.0, 5, True, 0b11)]


def test_a_lonely_unit_is_an_explicit_choice() -> None:
    with pytest.raises(SampleError, match="1 tầng"):
        sampled(lonely(), ())
    ratio = next(one for one in sampled(drawn(), ()).ratios if one.kind == "H")
    sure = sampled(lonely(), (), lonely="certainty").estimates[()]
    centred = sampled(lonely(), (), lonely="centred").estimates[()]
    z = linearised(ratio, lonely_sample := lonely())
    z_of_lonely = z.pop(id(lonely_sample[-1]))
    rest = covariance(z, z, lonely_sample[:-1])
    assert sure.error(ratio) == pytest.approx(sqrt(rest))
    assert centred.error(ratio) == pytest.approx(sqrt(rest + z_of_lonely**2))
    assert sure.freedom == sampled(drawn(), ()).design.freedom


def test_a_finite_population_makes_errors_smaller() -> None:
    ratio = next(one for one in sampled(drawn(), ()).ratios if one.kind == "M0")
    plain = sampled(drawn(), ()).estimates[()].error(ratio) or 0
    fractions = {(name,): 0.75 for name in "ABCD"}
    smaller = sampled(drawn(), (), fractions=fractions).estimates[()].error(ratio)
    assert smaller == pytest.approx(plain / 2)


def test_the_row_of_a_sample_carries_errors_and_intervals() -> None:
    sample = drawn()
    found = sampled(sample, ("area",))
    for figures in figures_of(cube_of(sample), MEASURE, ("area",)):
        row = as_row(figures, found.estimates[figures.group])
        assert row["se"]["contribution"]["a"] > 0
        low, high = row["ci"]["censored"]["b"]
        assert low < row["censored"]["b"] < high
        assert row["ci"]["M0"][0] < row["M0"] < row["ci"]["M0"][1]


def test_nobody_poor_means_no_error_of_the_intensity() -> None:
    sample = [One(**{**one.__dict__, "low": False}) for one in drawn()]
    found = sampled(sample, ()).estimates[()]
    by_kind = {ratio.kind: ratio for ratio in found.ratios}
    assert found.error(by_kind["A"]) is None
    assert (found.value(by_kind["H"]), found.error(by_kind["H"])) == (0, 0)
    assert found.interval(by_kind["H"]) is None
    change = changes_of(sampled(sample, ("year",)), "year")[0]
    assert change.of(by_kind["H"], "relative") is None
    assert change.of(by_kind["A"], "absolute") is None
