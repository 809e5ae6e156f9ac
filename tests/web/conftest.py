"""The demonstration, for the pages that show it."""

from __future__ import annotations

import pytest

from chungtay.demo.loading import load_demo
from chungtay.staff.models import User


@pytest.fixture
def demo(system):
    """The demonstration loaded; a way to an account of it by name."""
    load_demo(actor=system)
    return lambda username: User.objects.get(username=username)
