"""The register as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class HouseholdsConfig(AppConfig):
    """Once all models are loaded, the rooms above say how their rows follow a merge."""

    name = "chungtay.households"

    def ready(self) -> None:
        """Import the ``following`` module of every room that has one."""
        autodiscover_modules("following")
