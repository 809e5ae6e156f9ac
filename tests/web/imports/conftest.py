"""The bare commune of the import tests is wanted here too."""

from __future__ import annotations

from tests.sync.conftest import bare_commune

__all__ = ["bare_commune"]
