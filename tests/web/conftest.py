"""The demonstration, for the pages that show it."""

from __future__ import annotations

import pytest
from django.db import connection

from chungtay.demo.loading import load_demo
from chungtay.staff.models import User


@pytest.fixture
def demo(system):
    """The demonstration's first place loaded; a way to an account of it by name."""
    load_demo(actor=system, places=("quang_trung",))
    return lambda username: User.objects.get(username=username)


@pytest.fixture
def demo_of(system):
    """Some places of the demonstration loaded; a way to an account of them by name."""

    def load(*places):
        load_demo(actor=system, places=places)
        if connection.vendor == "postgresql":
            # A running server's autovacuum sees to this; a test's rows are never committed, and
            # planning with the statistics of empty tables may take minutes for one page.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        return lambda username: User.objects.get(username=username)

    return load
