"""Every export has its own journal line, which counts what was really written."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest

from chungtay.acts.models import JournalLine
from chungtay.acts.services import System
from chungtay.households.models import Household
from chungtay.places.models import Unit
from chungtay.sync import exporting
from chungtay.sync.exporting import export_households
from tests.sync.conftest import FAMILY, NEIGHBOURS, ON, Bring

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def export(system: System, place: Unit, target: Path) -> int:
    return export_households(
        actor=system,
        place=place,
        households=Household.objects.order_by("head_sort_key"),
        on=ON,
        purpose="kiểm tra",
        target=target,
    )


def test_each_export_has_its_line(
    quang_trung: Unit, system: System, bring: Bring, tmp_path: Path
) -> None:
    bring(quang_trung, [*FAMILY, *NEIGHBOURS])
    assert "key" not in inspect.signature(export_households).parameters
    for _ in range(2):
        assert export(system, quang_trung, tmp_path / "a.csv") == 4
    lines = JournalLine.objects.filter(act="sync.export_households")
    counted = [json.loads(line.details) for line in lines]
    assert [(one["households"], one["rows"]) for one in counted] == [(2, 4), (2, 4)]


def test_the_line_counts_the_households_of_the_file_not_those_of_later(
    quang_trung: Unit,
    system: System,
    bring: Bring,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bring(quang_trung, FAMILY)
    real = exporting.WRITERS[".csv"]

    def write_while_another_joins(target: Path, table: object) -> int:
        rows = real(target, table)
        bring(quang_trung, NEIGHBOURS)
        return rows

    monkeypatch.setitem(exporting.WRITERS, ".csv", write_while_another_joins)
    export(system, quang_trung, tmp_path / "a.csv")
    line = JournalLine.objects.get(act="sync.export_households")
    assert json.loads(line.details)["households"] == 1


def test_without_its_line_no_list_leaves(
    quang_trung: Unit,
    system: System,
    bring: Bring,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bring(quang_trung, FAMILY)

    def broken(*_: object) -> None:
        raise OSError("đĩa đầy")

    monkeypatch.setattr(exporting, "perform", broken)
    with pytest.raises(OSError, match="đĩa đầy"):
        export(system, quang_trung, tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []
