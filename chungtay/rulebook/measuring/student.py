"""Quantiles of Student's distribution, to the last digits a float holds, without SciPy."""

from __future__ import annotations

from functools import lru_cache
from math import exp, inf, lgamma, log, log1p
from statistics import NormalDist

TINY = 1e-300
ENOUGH = 1e-16
STEPS = 10_000
# beyond so many degrees of freedom the normal quantile is corrected by its series instead
MANY = 2**20


@lru_cache(maxsize=256)
def t_quantile(level: float, freedom: float) -> float:
    """The t that is exceeded in size with probability 1 - level; infinite freedom is normal."""
    if not 0 < level < 1 or freedom <= 0:
        raise ValueError(f"no quantile of Student for level {level} and freedom {freedom}")
    z = NormalDist().inv_cdf((1 + level) / 2)
    if freedom == inf:
        return z
    if freedom > MANY:
        return z + (z**3 + z) / (4 * freedom)
    low, high = 0.0, max(2 * z, 1.0)
    while outside(high, freedom) > 1 - level:
        low, high = high, 2 * high
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if outside(middle, freedom) > 1 - level:
            low = middle
        else:
            high = middle


def outside(t: float, freedom: float) -> float:
    """The probability of being further from 0 than t."""
    if t == 0:
        return 1.0
    square = t * t
    return incomplete_beta(
        freedom / 2, 0.5, freedom / (freedom + square), square / (freedom + square)
    )


def incomplete_beta(a: float, b: float, x: float, rest: float) -> float:
    """The regularised incomplete beta function at x, where rest is 1 - x without rounding."""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * _log(x, rest) + b * _log(rest, x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, rest) / b


def _log(x: float, rest: float) -> float:
    return log1p(-rest) if rest < x else log(x)


def _fraction(a: float, b: float, x: float) -> float:
    """Lentz's continued fraction of the incomplete beta function."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    found = d
    for step in range(1, STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for part in (even, odd):
            d = 1 / _away(1 + part * d)
            c = _away(1 + part / c)
            found *= c * d
        if abs(c * d - 1) < ENOUGH:
            break
    return found


def _away(number: float) -> float:
    return number if abs(number) > TINY else TINY
