"""Every table and every question that cannot be measured: column, row and mend are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chungtay.measures.question import refuse_unknown_line
from chungtay.measures.refusing import NotMeasurable
from chungtay.rulebook.loading import law
from tests.measures.conftest import TODAY, as_csv, as_parquet, asked, households


@pytest.mark.parametrize("write", [as_csv, as_parquet], ids=["csv", "parquet"])
@pytest.mark.parametrize(
    ("column", "cell", "allowed"),
    [
        ("area", "city", "hãy ghi rural hoặc urban"),
        ("d05", 2, "hãy ghi 1 (có), 0 (không) hoặc để trống"),
        ("d12", -1, "hãy ghi 1 (có), 0 (không) hoặc để trống"),
        ("persons", -4, "hãy ghi một số nguyên không âm"),
        ("households", -1, "hãy ghi một số nguyên không âm"),
        ("income_per_person", -1, "hãy ghi một số không âm"),
        ("weight", -2, "hãy ghi một số không âm"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row(
    write, refused, tmp_path: Path, column: str, cell: object, allowed: str
) -> None:
    rows = [row | {"weight": 1, "psu": place} for place, row in enumerate(households(60, 1))]
    rows[41][column] = rows[50][column] = cell
    path = write(tmp_path / "ho.dat", rows)
    said = refused(path, by="province", survey="psu=psu,weight=weight")
    line = 43 if write is as_csv else 42
    assert said.startswith(f"tệp ho.dat, dòng {line}, cột {column} ghi “{cell}”; ")
    assert allowed in said


def test_the_wrong_row_of_the_second_file_is_found(refused, tmp_path: Path) -> None:
    first = as_csv(tmp_path / "a.csv", households(5, 1))
    rows = households(5, 2)
    rows[3]["persons"] = "bốn"
    said = refused(first, as_csv(tmp_path / "b.csv", rows))
    assert "tệp b.csv, dòng 5, cột persons ghi “bốn”" in said


@pytest.mark.parametrize("name", ["area", "income_per_person", "persons", "d07"])
def test_a_missing_column_is_named(refused, tmp_path: Path, name: str) -> None:
    rows = [{key: value for key, value in row.items() if key != name} for row in households(3, 1)]
    said = refused(as_csv(tmp_path / "a.csv", rows))
    assert f"thiếu cột {name};" in said
    assert "--schema" in said


def test_columns_to_group_by_and_of_the_sample_must_be_there(refused, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "a.csv", households(3, 1))
    assert "thiếu cột xa;" in refused(path, by="province,xa")
    assert "thiếu cột nam;" in refused(path, over="nam")
    assert "thiếu cột vung, cum;" in refused(path, survey="strata=vung,psu=cum")


def test_another_name_is_read_through_the_schema(refused, tmp_path: Path) -> None:
    rows = households(9, 4)
    renamed = [{("tinh" if key == "province" else key): row[key] for key in row} for row in rows]
    path = as_csv(tmp_path / "a.csv", renamed)
    (before, *_) = asked(as_csv(tmp_path / "b.csv", rows), by="province")
    (after, *_) = asked(path, by="province", names={"province": "tinh"})
    assert after == before
    assert "thiếu cột so_khau;" in refused(path, names={"persons": "so_khau"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"standard": "nd-07-2021", "on": TODAY}, "hãy chỉ ghi một trong hai"),
        ({"k": 3, "cutoff": "1/3"}, "hãy chỉ ghi một trong hai"),
        ({"k": 13}, "hãy ghi một số từ 1 đến 12"),
        ({"cutoff": "một phần ba"}, "không phải phân số"),
        ({"cutoff": "4/3"}, "lớn hơn 0 và không quá 1"),
        ({"cutoff": "1/0"}, "không phải phân số"),
        ({"weights": "d01=1"}, "chưa có trọng số của d02"),
        ({"weights": "d99=1"}, "d99 không phải chỉ số đang đo"),
        ({"weights": "d01"}, "hãy ghi kiểu a=1/6,b=1/18"),
        ({"indicators": "d01,d02", "weights": "d01=1,d02=-1", "k": 1}, "số âm"),
        ({"indicators": "d01,d02", "weights": "d01=0,d02=0", "k": 1}, "đều bằng 0"),
        ({"indicators": "d01,d02"}, "hãy thêm --cutoff"),
        ({"indicators": "d01,,d02", "k": 1}, "tên trống"),
        ({"indicators": "d01,d01", "k": 1}, "hai lần"),
        ({"indicators": ",".join(f"x{n}" for n in range(63)), "k": 1}, "nhiều nhất 62"),
        ({"survey": "cum=a"}, "các phần: strata, psu, weight"),
        ({"standard": "qd-59-2015", "k": 11}, "hãy ghi một số từ 1 đến 10"),
    ],
)
def test_a_question_that_cannot_be_is_refused(refused, tmp_path: Path, words, said: str) -> None:
    assert said in refused(as_csv(tmp_path / "a.csv", households(3, 1)), **words)


def test_a_stratum_of_one_unit_is_refused_unless_it_is_said_what_to_do(
    refused, tmp_path: Path
) -> None:
    rows = [row | {"psu": 1} for row in households(20, 1)]
    path = as_csv(tmp_path / "a.csv", rows)
    assert "certainty" in refused(path, survey="psu=psu")
    (found,) = asked(path, survey="psu=psu,lonely=certainty")
    assert found["se"]["H"] is None
    assert "hãy chọn refuse hoặc certainty hoặc centred" in refused(
        path, survey="psu=psu,lonely=drop"
    )


def test_a_standard_whose_line_is_not_known_is_refused() -> None:
    standard = law().standard("nd-351-2025")
    values = {name: one for name, one in standard.values.items() if name != "income_line"}
    with pytest.raises(NotMeasurable, match="chưa có mức thu nhập đã biết vào ngày 2028-01-01"):
        refuse_unknown_line(replace(standard, values=values), date(2028, 1, 1))


def test_an_income_line_that_is_not_known_is_refused(refused, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "a.csv", households(3, 1))
    with pytest.raises(LookupError, match="2010"):
        asked(path, on=date(2010, 1, 1))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "trống"),
        (b"province,area,persons\n", "thiếu cột"),
        (b"PK\x03\x04 an xlsx", "không phải CSV hay Parquet"),
        (b"PAR1 half a file", "hỏng hoặc chưa được chép hết"),
        (b"PAR1 and nothing in it PAR1", "hỏng hoặc chưa được chép hết"),
        (b"a,a\n1,2\n", "cột “a” đứng hai lần"),
        ("khu vực,b\n".encode("utf-16"), "không"),
        (b"\xd0\xfdc,b\n1,2\n", "UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused(refused, tmp_path: Path, content, said: str) -> None:
    path = tmp_path / "a.dat"
    path.write_bytes(content)
    assert said in refused(path)


def test_a_file_of_headers_alone_and_one_that_is_not_there(refused, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "a.csv", households(1, 1))
    path.write_text(path.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    assert "chỉ có dòng tiêu đề" in refused(path)
    assert "không có tệp" in refused(tmp_path / "b.csv")


def test_a_line_with_too_few_cells_is_named(refused, tmp_path: Path) -> None:
    path = as_csv(tmp_path / "a.csv", households(4, 1))
    path.write_text(path.read_text("utf-8") + "01,rural\n", "utf-8")
    assert "dòng 6: số ô khác" in refused(path)
