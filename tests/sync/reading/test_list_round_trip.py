"""Drafts written by the guarded writer and read back are the same drafts."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chungtay.files.cells import Limits
from chungtay.files.child import answer
from chungtay.files.writing import Table, TableColumn, write_csv, write_xlsx
from chungtay.rulebook.dates import PartialDate
from chungtay.sync.reading import HouseholdDraft, MemberDraft, ReadList, read_household_list
from chungtay.sync.reading.messages import GRAVITY, RULES
from chungtay.sync.reading.vocabulary import CLASSES, INDICATORS

ON = date(2023, 6, 5)
FACTS = {"health_insurance": "BHYT", "disabled": "Khuyết tật", "monthly_assistance": "Trợ cấp"}
RELATIONS = {"00": "Chủ hộ", "01": "Vợ", "08": "Con", "19": "Con dâu", None: None}
CLASS_WORDS = {"poor": "Hộ nghèo", "near_poor": "Hộ cận nghèo", "not_poor": "Không nghèo"}
SEXES = {"male": "Nam", "female": "Nữ", None: None}
COLUMNS = [
    *[TableColumn(title) for title in ("Mã hộ", "Họ và tên", "Quan hệ", "Giới tính")],
    TableColumn("Ngày sinh", "date"),
    *[TableColumn(title) for title in ("Số CCCD", "Dân tộc", *FACTS.values(), "Thôn", "Diện")],
    TableColumn("Điểm B1", "number"),
    TableColumn("Thu nhập bình quân", "number"),
    TableColumn("Số quyết định"),
    TableColumn("Ngày quyết định", "date"),
    *[TableColumn(name) for name in INDICATORS],
]

names = st.lists(
    st.sampled_from(["Nguyễn", "Lê", "Văn", "Thị", "Ánh", "Đông", "Hòa", "H'Mai", "Tống", "Cộng"]),
    min_size=2,
    max_size=4,
).map(" ".join)
births = st.none() | st.dates(date(1920, 1, 1), ON).flatmap(
    lambda day: st.sampled_from(
        [
            PartialDate(day.year),
            PartialDate(day.year, day.month),
            PartialDate(day.year, day.month, day.day),
        ]
    )
)
flags = st.none() | st.booleans()


def known(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if value is not None}


@st.composite
def members(draw: Any, number: int, relation: str | None) -> MemberDraft:
    return MemberDraft(
        row=0,
        full_name=draw(names),
        relation=relation,
        sex=draw(st.sampled_from(["male", "female", None])),
        birth=draw(births),
        citizen_id=draw(st.sampled_from([f"0380{number:08d}", f"18{number:07d}", None])),
        ethnicity=draw(st.sampled_from(["Kinh", "Mnông", None])),
        answers=known({name: draw(flags) for name in FACTS}),
    )


@st.composite
def households(draw: Any, number: int) -> HouseholdDraft:
    others = draw(st.lists(st.sampled_from(["01", "08", "19"]), max_size=3))
    people = tuple(
        draw(members(number * 10 + place, relation))
        for place, relation in enumerate(["00", *others])
    )
    return HouseholdDraft(
        row=0,
        rows=(),
        household_code=f"QT{number:03d}",
        village=draw(st.sampled_from(["Thôn 4", "Thôn 5"])),
        address=None,
        head=people[0],
        members=people,
        answers=known(
            {
                "income_points": draw(st.sampled_from([None, 120, 137.5])),
                "income_per_person_vnd": draw(st.none() | st.integers(10**4, 10**8)),
                **{name: draw(flags) for name in INDICATORS},
            }
        ),
        household_class=draw(st.sampled_from([*CLASS_WORDS, None])),
        decision_number=draw(st.sampled_from(["125/QĐ-UBND", None])),
        decision_date=draw(st.none() | st.dates(date(2022, 1, 1), ON)),
    )


lists = st.integers(1, 5).flatmap(lambda count: st.tuples(*[households(n) for n in range(count)]))


def rows_of(household: HouseholdDraft) -> list[Sequence[Any]]:
    answers = household.answers
    shared = [
        household.village,
        CLASS_WORDS.get(household.household_class or ""),
        answers.get("income_points"),
        answers.get("income_per_person_vnd"),
        household.decision_number,
        household.decision_date,
        *[answers.get(name) for name in INDICATORS],
    ]
    return [
        [
            household.household_code,
            one.full_name,
            RELATIONS[one.relation],
            SEXES[one.sex],
            one.birth,
            one.citizen_id,
            one.ethnicity,
            *[one.answers.get(name) for name in FACTS],
            *shared,
        ]
        for one in household.members
    ]


def written(path: Path, drafts: Sequence[HouseholdDraft]) -> ReadList:
    rows = [row for draft in drafts for row in rows_of(draft)]
    table = Table(
        title="Danh sách hộ",
        place="Xã Quang Trung",
        on=ON,
        who="Lê Thị Hạnh",
        source="Sổ hộ",
        columns=COLUMNS,
        rows=rows,
        row_count=len(rows),
    )
    write = write_xlsx if path.suffix == ".xlsx" else write_csv
    assert write(path, table) == len(rows)
    reply = answer(path.read_bytes(), Limits())
    assert reply.workbook is not None, reply.refused
    return read_household_list(reply.workbook, on=ON)


def plain(draft: HouseholdDraft) -> HouseholdDraft:
    """A draft without what only the sheet knows: rows and messages."""
    people = tuple(
        dataclasses.replace(one, row=0, answers=dict(one.answers)) for one in draft.members
    )
    return dataclasses.replace(
        draft,
        row=0,
        rows=(),
        messages=(),
        head=people[0],
        members=people,
        answers=dict(draft.answers),
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@given(drafts=lists)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_written_and_read_back(
    drafts: tuple[HouseholdDraft, ...], suffix: str, tmp_path: Path
) -> None:
    # Without a single "no" blank marks would be read as one, so one household says it.
    first = dataclasses.replace(drafts[0], answers={**drafts[0].answers, "d01": False})
    drafts = (first, *drafts[1:])
    listed = written(tmp_path / f"list{suffix}", drafts)
    assert [plain(one) for one in listed.households] == list(drafts)
    assert not any(one.refused for one in listed.households)


def test_every_rule_has_a_whole_sentence_and_a_place() -> None:
    for severity, text in RULES.values():
        assert severity in GRAVITY
        assert text == "{said}" or text.endswith(".")
        if severity != "note":
            fields = set(re.findall(r"\{(\w+)\}", text))
            assert {"row", "column"} <= fields
    assert CLASSES.find("hộ nghèo") == "poor"
