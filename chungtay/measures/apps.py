"""The stored cubes as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """A room that keeps what was counted, so that it need not be counted again."""

    name = "chungtay.measures"
