"""Lists made in memory as real files, and the register written out to be compared."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.core import serializers
from django.db import transaction

from chungtay.acts.services import System
from chungtay.households.models import AnswerSheet, Household, Membership, Person, StatusSpell
from chungtay.places.models import Level, Unit
from chungtay.sync.earlier.terms import Asked
from chungtay.sync.models import ImportBatch
from chungtay.sync.proposals import Preview
from chungtay.sync.services import apply_import, preview_of, stage_earlier, stage_import

ON = date(2023, 1, 1)
HEADER = (
    "STT",
    "Mã hộ",
    "Họ và tên",
    "Quan hệ với chủ hộ",
    "Giới tính",
    "Ngày sinh",
    "Số CCCD",
    "Dân tộc",
    "Thôn",
    "Diện",
    "Thu nhập bình quân",
    "BHYT",
)
Rows = Sequence[Sequence[Any]]


def person(
    name: str = "",
    relation: str = "Chủ hộ",
    *,
    code: str = "",
    sex: str = "",
    birth: Any = "",
    number: Any = "",
    people: str = "",
    village: str = "",
    kind: str = "",
    income: Any = "",
    insured: str = "",
) -> list[Any]:
    """One row under HEADER."""
    return ["", code, name, relation, sex, birth, number, people, village, kind, income, insured]


FAMILY = [
    person(
        "Lưu Văn Khánh",
        code="H-01",
        sex="Nam",
        birth="15/03/1984",
        number="038084996102",
        people="Kinh",
        village="Thôn 1",
        kind="Hộ nghèo",
        income=1_200_000,
        insured="x",
    ),
    person("Phùng Thị Sen", "Vợ", code="H-01", sex="Nữ", birth="1986", number="038186993347"),
]
NEIGHBOURS = [
    person("Tạ Văn Đoàn", code="H-02", sex="Nam", birth="2/9/1979", village="Thôn 2", kind="CN"),
    person("Mai Thị Tuyến", "Vợ", code="H-02", sex="Nữ", birth="1981"),
]


def xlsx(rows: Rows, header: Sequence[str] = HEADER) -> bytes:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [header, *rows]:
        sheet.append([None if cell == "" else cell for cell in row])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def csv_file(rows: Rows, header: Sequence[str] = HEADER) -> bytes:
    """The same as .csv."""
    kept = io.StringIO()
    csv.writer(kept, delimiter=";").writerows([header, *rows])
    return kept.getvalue().encode("utf-8-sig")


def register_rows() -> list[str]:
    """Every row of the register that holds, without the version, which counts acts."""
    kept: list[str] = []
    for model in (Household, Person, Membership, AnswerSheet, StatusSpell):
        for row in serializers.serialize("python", model.objects.filter(withdrawn=False)):
            row["fields"].pop("version", None)
            kept.append(f"{row['model']} {row['pk']} {sorted(row['fields'].items())}")
    villages = Unit.objects.filter(level=Level.VILLAGE, withdrawn=False)
    return sorted([*kept, *(f"village {unit.pk} {unit.name}" for unit in villages)])


@pytest.fixture
def bare_commune(db: None) -> Unit:
    """A commune without any village: xã Quang Trung before 1/7/2025."""
    return Unit.objects.get(level=Level.COMMUNE, code="14824", valid_to=date(2025, 6, 30))


@pytest.fixture
def transactional_undo() -> Callable[[], Any]:
    """A piece of work in the database that is taken back at its end."""

    @contextmanager
    def work() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return work


Stage = Callable[..., tuple[UUID, Preview]]
Bring = Callable[..., dict[str, Any]]


@pytest.fixture
def stage(system: System) -> Stage:
    """Stage a list and look at it."""

    def stage_rows(
        commune: Unit, rows: Rows | bytes, on: date = ON, actor: Any = None
    ) -> tuple[UUID, Preview]:
        content = rows if isinstance(rows, bytes) else xlsx(rows)
        batch = UUID(
            stage_import(
                actor=actor or system, commune=commune, on=on, file_name="ds.xlsx", content=content
            )
        )
        return batch, preview_of(ImportBatch.objects.get(pk=batch))

    return stage_rows


@pytest.fixture
def bring(system: System, stage: Stage) -> Bring:
    """Stage a list and write all of it, the doubtful ones too unless told which."""

    def bring_rows(
        commune: Unit,
        rows: Rows | bytes,
        on: date = ON,
        ticked: frozenset[int] | None = None,
    ) -> dict[str, Any]:
        batch, _ = stage(commune, rows, on)
        return {"batch": batch, **apply_import(actor=system, batch_id=batch, ticked=ticked)}

    return bring_rows


# ---- lists of earlier years

PAPER = Asked(2022, decision_number="98/QĐ-UBND", decision_date=date(2021, 12, 28))
Early = Callable[..., tuple[UUID, Preview]]


def titled(title: str, rows: Sequence[Sequence[Any]], header: Sequence[str] = HEADER) -> bytes:
    """A list with lines above its header."""
    return xlsx([header, *rows], [title])


@pytest.fixture
def early(system: System) -> Early:
    """Stage a list of an earlier year and look at it."""

    def stage(
        commune: Unit, content: bytes, asked: Asked = PAPER, actor: Any = None
    ) -> tuple[UUID, Preview]:
        batch = stage_earlier(
            actor=actor or system, commune=commune, asked=asked, file_name="2022.xlsx",
            content=content,
        )  # fmt: skip
        return UUID(batch), preview_of(ImportBatch.objects.get(pk=batch))

    return stage


@pytest.fixture
def write(system: System, early: Early) -> Callable[..., UUID]:
    """Stage a list of an earlier year and write it, all doubtful households too."""

    def bring(commune: Unit, content: bytes, asked: Asked = PAPER) -> UUID:
        batch, _ = early(commune, content, asked)
        apply_import(actor=system, batch_id=batch, ticked=None)
        return batch

    return bring


def sums(preview: Preview) -> dict[str, int]:
    """The counts that are not nought; read is the sum of the rest."""
    counts = preview.counts()
    assert counts["read"] == sum(counts.values()) - counts["read"]
    return {name: count for name, count in counts.items() if count}


def codes(preview: Preview) -> list[list[str]]:
    return [[message.code for message in one.messages] for one in preview.proposals]
