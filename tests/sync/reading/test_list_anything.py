"""Whatever stands in the cells, a list is read or refused with a sentence, and no ID is said."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay.files.cells import EMPTY, Cell, Merge, Row, Sheet, Workbook
from chungtay.files.refusals import UnfriendlyFile
from chungtay.sync.reading import read_household_list
from chungtay.sync.reading.vocabulary import COLUMN_SPELLINGS

SECRET = 38057000123
HEADERS = [spelling for spellings in COLUMN_SPELLINGS.values() for spelling in spellings]
HEADERS += ["Nam", "Nữ", "Ngày", "Tháng", "Năm", "1", "2", "Thiếu hụt", "lạ"]
ODD_TEXTS = [
    *["x", "0", "Chủ hộ", "Vợ", "Lê An", "15/3/1984", "31/02/1980", "0/0/0", "//", "9" * 20],
    *["٣/٣/١٩٨٤", "²", "1e400", "NaN", "-1", "1.234", "1,5tr", "tr", "'", "=", "13/12", "0/12"],
    *["Thôn 4", "HỘ NGHÈO", "Tổng cộng", "ngày tháng năm", "…", "{row}", "{0}", "{", "1.2.3,4"],
    *[str(SECRET), f"0{SECRET}", "99999", "00000000", "Infinity"],
]
NUMBERS = [0, -5, 3, 1984, 30756, 5031984, 1e300, 1e-9, SECRET, 2**63, 3.1984, 31.5]
DAYS = ["1984-03-15", "9999-12-31", "1900-01-01", "0001-01-01", "1905-06-06T01:02:03"]

cells = st.one_of(
    st.just(EMPTY),
    st.just(Cell("error", "#N/A")),
    st.just(Cell("empty", formula=True)),
    st.booleans().map(lambda value: Cell("bool", value)),
    st.builds(Cell, st.just("number"), st.sampled_from(NUMBERS), st.sampled_from([None, "0" * 12])),
    st.builds(Cell, st.just("date"), st.sampled_from(DAYS), st.sampled_from([None, "yyyy"])),
    st.sampled_from(ODD_TEXTS).map(lambda text: Cell("text", text)),
    st.text(min_size=1, max_size=12).map(lambda text: Cell("text", text)),
)
names = st.sampled_from(["Họ và tên", "Họ và tên chủ hộ"])
headers = st.tuples(names, *[st.sampled_from(HEADERS)] * 6)
merges = st.builds(
    lambda row, column, high, wide: Merge(row, column, row + high, column + wide),
    *[st.integers(1, 7), st.integers(1, 7), st.integers(0, 3), st.integers(0, 3)],
)


@given(
    header=headers,
    body=st.lists(st.tuples(*[cells] * 8), max_size=6),
    merged=st.lists(merges, max_size=2),
)
@settings(max_examples=300, deadline=None)
def test_anything_is_read_or_refused(
    header: tuple[str, ...], body: list[tuple[Cell, ...]], merged: list[Merge]
) -> None:
    rows = [tuple(Cell("text", text) for text in header), *body]
    numbered = tuple(Row(number, row) for number, row in enumerate(rows, start=1))
    workbook = Workbook("xlsx", (Sheet("Trang 1", numbered, tuple(merged)),))
    try:
        listed = read_household_list(workbook, on=date(2023, 6, 5))
    except UnfriendlyFile:
        return
    for household in listed.households:
        assert household.head is not None or household.refused
        for message in household.messages:
            assert str(SECRET) not in str(message.sentence)
            assert message.row in range(1, len(rows) + 1)
    read = [number for household in listed.households for number in household.rows]
    assert len(read) == len(set(read))
