"""The numbers of a plan that was read: targets, money, named households, and what they belie."""

from chungtay.plans.reading.numbers.reading import read_numbers
from chungtay.plans.reading.numbers.rows import Numbers

__all__ = ["Numbers", "read_numbers"]
