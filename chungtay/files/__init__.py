"""Unfriendly files: opening them safely, writing guarded ones, keeping what was handed in."""
