"""The demonstration with its plan, and the cells of Quang Trung's plan of 2023."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document

from chungtay.demo.loading import load_demo
from chungtay.plans.cells import Cells, TargetCell
from chungtay.plans.models import Plan
from chungtay.staff.models import User


def cells_of(
    total=1411, poor=(21, 5), near_poor=(14, 2), poor_rate="1.49", poor_closing_rate="1.13"
):
    """Cells as typed; the rates of the near poor are not stated."""
    return Cells(
        total,
        (
            TargetCell(
                "poor",
                *poor,
                Decimal(poor_rate) if poor_rate else None,
                Decimal(poor_closing_rate) if poor_closing_rate else None,
            ),
            TargetCell("near_poor", *near_poor),
        ),
    )


@pytest.fixture
def plan(system) -> Plan:
    load_demo(actor=system, places=("quang_trung",))
    return Plan.objects.select_related("unit").get()


@pytest.fixture
def docx_text():
    """All text of a Word file, paragraphs and tables."""

    def read(content: bytes) -> str:
        document = Document(BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])

    return read


@pytest.fixture
def as_account(acting):
    """The actor an account of the demonstration is today, by its name."""
    return lambda username: acting(User.objects.get(username=username))
