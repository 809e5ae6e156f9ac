"""Pages are shown with the static files as they stand, not as collected."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def static_as_it_stands(settings, tmp_path):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT = tmp_path
