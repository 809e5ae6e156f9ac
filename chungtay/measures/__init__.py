"""Measuring: poverty over tables of any size, by the same reasoning as over one household."""
