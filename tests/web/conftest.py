"""Pages are shown with the static files as they stand; the demonstration can be asked for."""

from __future__ import annotations

import pytest

from chungtay.demo.loading import load_demo
from chungtay.staff.models import User


@pytest.fixture(autouse=True)
def static_as_it_stands(settings, tmp_path):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def demo(system):
    """The demonstration loaded; a way to an account of it by name."""
    load_demo(actor=system)
    return lambda username: User.objects.get(username=username)
