"""Chung Tay: the yearly work of sustainable poverty reduction, for communes and provinces."""

__version__ = "0.1.0"
