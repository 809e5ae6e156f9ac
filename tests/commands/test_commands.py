"""The command line: help, refusals, and the main job from an empty folder."""

import csv
import json
import re
import shutil
import sqlite3
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from chungtay.commands import COMMANDS
from tests.commands.conftest import chungtay

HEADER = ["STT", "Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Số CCCD", "Thôn", "Diện"]
ROWS = [
    [1, "A1", "Lò Thị Sen", "Chủ hộ", "15/3/1970", "038170990001", "Thôn 1", "Hộ nghèo"],
    [2, "A1", "Lò Văn Đá", "Con", "2001", "038201990002", "Thôn 1", ""],
    [3, "A2", "Vi Văn Suối", "Chủ hộ", "1965", "038065990003", "Thôn 2", "Hộ cận nghèo"],
]
ON = ["--place", "14824", "--on", "2023-01-01"]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A small list of households as a commune keeps it."""
    book = Workbook()
    for row in [["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO"], [], HEADER, *ROWS]:
        book.active.append(row)
    path = tmp_path / "danh-sach.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.module)
def test_each_command_prints_help_with_an_example(run, command):
    done = run(*command.words, "--help")
    assert done.code == 0
    assert "Ví dụ:" in done.out
    assert f"chungtay {' '.join(command.words)}" in done.out


def test_the_list_of_commands_is_the_help(run):
    done = run("--help")
    assert done.code == 0
    assert all(command.summary in done.out for command in COMMANDS)


def test_an_unknown_command_is_named(run):
    done = run("xoa-het")
    assert done.code == 2
    assert "không có lệnh “xoa-het”" in done.err


def test_missing_words_are_named(refused):
    assert "thiếu --place" in refused("import", "households", "x.xlsx")
    assert "không hiểu “--nhanh”" in refused("check", "--nhanh")
    assert "--port không nhận giá trị 'tám'" in refused("serve", "--port", "tám")


def test_a_missing_file_is_named(refused):
    assert "không đọc được tệp" in refused("import", "households", "khong-co.xlsx", *ON)


def test_an_unreal_date_is_refused(refused, sheet):
    said = refused("import", "households", sheet, "--place", "14824", "--on", "2023-02-31")
    assert "2023-02-31” không phải một ngày có thật" in said


def test_an_ended_unit_is_refused_naming_its_successor(refused, sheet):
    said = refused("import", "households", sheet, "--place", "14824")
    assert "nay thuộc Phường Quang Trung (mã 14818)" in said


def test_an_unknown_account_is_refused(refused, sheet):
    assert "không có tài khoản" in refused("import", "households", sheet, *ON, "--as", "ai-do")


def test_a_file_that_is_not_excel_is_refused(refused, tmp_path):
    path = tmp_path / "anh.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "hình ảnh, không phải tệp Excel" in refused("import", "households", path, *ON)


def test_a_first_list_offers_its_villages_and_is_written_when_accepted(run, sheet):
    looked = run("import", "households", sheet, *ON, "--json").json
    assert looked["counts"] == {
        "read": 2, "added": 0, "changed": 0, "unchanged": 0, "doubtful": 2, "refused": 0,
    }  # fmt: skip
    offers = [line["message"] for line in looked["doubtful"]]
    assert [offer for offer in offers if "sẽ tạo “Thôn 1”" in offer]
    assert [offer for offer in offers if "sẽ tạo “Thôn 2”" in offer]

    timid = run("import", "households", sheet, *ON, "--apply", "--json").json
    assert timid["applied"]["households"] == 0
    written = run("import", "households", sheet, *ON, "--apply", "--accept-doubtful", "--json").json
    assert written["applied"] == {"households": 2, "added": 2, "changed": 0, "persons": 3}
    again = run("import", "households", sheet, *ON, "--json").json
    assert again["counts"]["unchanged"] == again["counts"]["read"] == 2


def test_a_list_of_an_earlier_year_is_looked_at_and_written(run, sheet):
    then = ("--place", "14818", "--year", "2021", "--commune", "14824")
    paper = ("--decision", "98/QĐ-UBND", "--decided-on", "2020-12-28", "--issuer", "UBND xã")
    looked = run("import", "households", sheet, *then, *paper, "--json").json
    assert looked["counts"]["read"] == sum(looked["counts"].values()) / 2
    assert looked["unmapped"][0]["commune"] == "Xã Quang Trung"
    done = run("import", "households", sheet, *then, *paper, "--apply", "--json")
    assert done.json["applied"]["households"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--decision", "1/QĐ"), "--decision chỉ dùng cùng với --year"),
        (("--year", "2021", "--decision", "1/QĐ"), "cần cả số và ngày"),
        (("--year", "2999"), "chưa hết"),
        (("--year", "2021", "--standard", "nd-351-2025"), "không áp dụng"),
        (("--year", "2021", "--commune", "00001"), "Hãy chọn lại"),
    ],
)
def test_terms_of_an_earlier_list_that_cannot_be(refused, sheet, words, said):
    assert said in refused("import", "households", sheet, "--place", "14818", *words)


def test_the_preview_alone_writes_nothing(run, sheet):
    first = run("import", "households", sheet, *ON, "--json").json
    assert run("import", "households", sheet, *ON, "--json").json == first


def test_no_citizen_id_is_printed_in_clear(run, sheet, data):
    for words in (["--json"], ["--apply", "--accept-doubtful"], ["--json"]):
        done = run("import", "households", sheet, *ON, *words)
        assert "990001" not in done.out + done.err
    database = data / "chungtay.sqlite3"
    assert b"038170990001" not in database.read_bytes()


def test_the_check_finds_everything_whole_and_a_forged_line(run, sheet, data):
    run("import", "households", sheet, *ON, "--apply", "--accept-doubtful")
    assert run("check").code == 0
    with sqlite3.connect(data / "chungtay.sqlite3") as database:
        database.execute("DROP TRIGGER acts_journalline_no_update")
        database.execute("UPDATE acts_journalline SET reason = 'x' WHERE number = 1")
    found = run("check", "--json")
    assert found.code == 3
    assert any("đã bị sửa" in problem for problem in found.json["problems"])


def test_the_register_is_exported_with_its_count(run, sheet, tmp_path):
    run("import", "households", sheet, *ON, "--apply", "--accept-doubtful")
    out = tmp_path / "so-ho.xlsx"
    done = run("export", "households", *ON, "--out", out, "--purpose", "kiểm tra thử")
    assert done.code == 0, done.err
    text = [str(cell.value) for row in load_workbook(out).active for cell in row if cell.value]
    assert "Lò Thị Sen" in text
    assert any("3/3" in cell for cell in text)
    assert not any("038170990001" in cell for cell in text)


def test_a_backup_holds_every_row_and_no_key(run, sheet, tmp_path):
    run("import", "households", sheet, *ON, "--apply", "--accept-doubtful")
    out = tmp_path / "sao-luu.zip"
    assert run("backup", "--out", out).code == 0
    with zipfile.ZipFile(out) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = {part["name"] for part in manifest["parts"]} | {"manifest.json"}
        assert set(archive.namelist()) == names
    rows = {part["model"]: part["rows"] for part in manifest["parts"]}
    assert rows["households.Household"] == 2
    assert not manifest["with_key"]
    assert "đã có" in run("backup", "--out", out).err


def test_a_database_of_a_newer_version_is_refused_and_left_alone(run, refused, data):
    database = data / "chungtay.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('plans', '0999_x', '2030')"
        )
    assert "bản Chung Tay mới hơn" in refused("check")


def test_a_plan_that_is_not_there_is_said(refused):
    said = refused("plan", "write", "--place", "14824", "--year", "2023")
    assert "chưa có kế hoạch năm 2023" in said


def write_csv(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_classify_answers_one_object_per_household_in_order(tmp_path):
    path = write_csv(
        tmp_path / "ho.csv",
        [
            ["area", "income_per_person", "d01", "d02", "d03", "d04"],
            ["rural", "1500000", "1", "1", "1", ""],
            ["rural", "1500001", "1", "1", "1", ""],
            ["urban", "2000000", "1", "1", "", ""],
            ["rural", "2250001", "", "", "", ""],
        ],
    )
    nowhere = tmp_path / "nowhere"
    found = chungtay(nowhere, tmp_path, "classify", path, "--on", "2023-01-01", "--json").json
    assert [one["class"] for one in found] == ["poor", "average_living", "unknown", "not_poor"]
    assert found[2]["missing"]
    assert not nowhere.exists()


def test_classify_reads_form_points_and_refuses_a_contradiction(run, tmp_path):
    header = ["area", "b1", "income_per_person", *(f"d{n:02d}" for n in range(1, 13))]
    yes, no = ["1"] * 3 + ["0"] * 9, ["0"] * 12
    good = write_csv(
        tmp_path / "tot.csv", [header, ["rural", "140", "", *yes], ["urban", "175", "", *no]]
    )
    assert [one["class"] for one in run("classify", good, "--on", "2023-01-01", "--json").json] == [
        "poor",
        "near_poor",
    ]
    bad = write_csv(tmp_path / "trai.csv", [header, ["rural", "140", "1500001", *yes]])
    done = run("classify", bad, "--on", "2023-01-01")
    assert done.code == 2
    assert "dòng 2" in done.err


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["a", "b"], ["1", "2"]], "không có cột nào nhận ra"),
        ([["area", "d01"], ["rural", "2"]], "d01"),
        ([["area", "d01"], ["núi", "1"]], "khu vực"),
        ([["d01", "d02"], ["1", "1"]], "area"),
        ([["area", "income_per_person"], ["rural", "-5"]], "income_per_person"),
        ([["area", "d01", "d01"], ["rural", "1", "0"]], "đứng hai lần"),
        ([["area", "d01", "d02"]], "chưa có hộ nào"),
    ],
)
def test_classify_names_what_it_cannot_read(run, tmp_path, rows, said):
    done = run("classify", write_csv(tmp_path / "x.csv", rows), "--on", "2023-01-01")
    assert done.code == 2
    assert said in done.err


def test_classify_says_which_standards_there_are(refused, tmp_path):
    path = write_csv(tmp_path / "x.csv", [["area", "d01"], ["rural", "1"]])
    assert "nd-07-2021" in refused("classify", path, "--standard", "xyz")
    assert "từ ngày" in refused("classify", path, "--on", date(1990, 1, 1).isoformat())


def test_classify_holds_one_household_against_the_standard_asked_for(run, tmp_path):
    header = ["area", "income_per_person", *(f"d{number}" for number in range(1, 13))]
    row = ["rural", "1400000", "1", "1", *["0"] * 10]
    path = write_csv(tmp_path / "ho.csv", [header, row])
    on = ("--on", "2023-12-31", "--json")
    assert run("classify", path, *on).json[0]["class"] == "near_poor"
    own = run("classify", path, "--standard", "dong-nai-2022", *on).json[0]
    assert (own["class"], own["standard"], own["on"]) == ("poor", "dong-nai-2022", "2023-12-31")
    assert not own["verified"]
    outside = run("classify", path, "--standard", "dong-nai-2022", "--on", "2026-01-01").out
    assert "Lưu ý: Ngày 01/01/2026 nằm ngoài thời gian áp dụng" in outside


def test_an_account_is_opened_with_a_password_printed_once(run, refused, data):
    words = ["account", "open", "--user", "mai.nt", "--name", "Nguyễn Thị Mai", "--role", "officer"]
    opened = run(*words, "--place", "14818")
    assert opened.code == 0, opened.err
    password = opened.out.split()[-1]
    assert len(password) == 19
    assert password.encode() not in (data / "chungtay.sqlite3").read_bytes()
    assert "đã có người dùng" in refused(*words, "--place", "14818")
    assert "nay thuộc Phường Quang Trung" in refused(*words, "--place", "14824")
    head = ["account", "open", "--user", "x.y", "--name", "X Y", "--role", "village_head"]
    assert "chưa có thôn, tổ nào" in refused(*head, "--place", "14818", "--village", "Tổ 1")


def test_the_demo_is_loaded_once_and_keeps_its_data(run, data):
    first, second = run("demo", "--no-serve"), run("demo", "--no-serve")
    assert first.code == second.code == 0, first.err + second.err
    assert "Đã nạp dữ liệu mẫu" in first.out
    assert "Dữ liệu mẫu đã có, giữ nguyên" in second.out
    accounts = {
        done: dict(re.findall(r"^  (\S+)\s+(\S{4}-\S{4}-\S{4})  ", done.out, re.MULTILINE))
        for done in (first, second)
    }
    assert len(accounts[first]) > 40
    assert {"canbo.quangtrung", "phong.longkhanh", "so.dongnai26"} <= set(accounts[first])
    assert not set(accounts[first].values()) & set(accounts[second].values())
    table = first.out.partition("127.0.0.1")[2].partition("Tệp Excel")[0]
    assert max(len(line) for line in table.splitlines()) <= 100
    assert "— Thành phố Long Khánh, Đồng Nai (năm 2024)" in table
    with sqlite3.connect(data / "chungtay.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM households_household").fetchone() == (650,)
    paper = run("plan", "write", "--place", "14824", "--year", "2023", "--out", data / "kh.docx")
    assert paper.code == 0, paper.err
    assert "mới có tên 4 hộ" in paper.out


def test_an_account_gets_a_new_password_and_is_closed(run, refused):
    words = ["account", "open", "--user", "mai.nt", "--name", "Nguyễn Thị Mai", "--role", "officer"]
    first = run(*words, "--place", "14818").out.split()[-1]
    second = run("account", "password", "--user", "mai.nt").out.split()[-1]
    assert first != second
    assert len(second) == 19
    closed = run("account", "close", "--user", "mai.nt")
    assert "kết thúc 1 chức danh" in closed.out
    assert "không có tài khoản" in refused("account", "close", "--user", "mai.nt")
    assert "không có tài khoản" in refused("account", "password", "--user", "mai.nt")


def test_a_database_of_another_key_is_refused(refused, run, data):
    run("check")
    shutil.rmtree(data / "keys")
    assert "không phải khóa đã dùng" in refused("check")


def test_a_backup_holds_no_session(run, data, tmp_path):
    with sqlite3.connect(data / "chungtay.sqlite3") as database:
        database.execute("INSERT INTO django_session VALUES ('k', 'x', '2099-01-01')")
    out = tmp_path / "sao-luu.zip"
    assert run("backup", "--out", out).code == 0
    with zipfile.ZipFile(out) as archive:
        assert not [name for name in archive.namelist() if "session" in name or "axes" in name]
    assert out.stat().st_mode & 0o077 == 0
    assert (data / "chungtay.sqlite3").stat().st_mode & 0o077 == 0


def test_classify_reads_quotients_short_names_and_short_rows(run, tmp_path):
    header = ["area", "income_per_person", "d1", "d2", "d3", "ghi chú"]
    rows = [["rural", "1500000.5", "1", "1", "1"], ["Đô thị", "642857,142857", "1", "1", "1"]]
    done = run(
        "classify", write_csv(tmp_path / "a.csv", [header, *rows]), "--on", "2023-01-01", "--json"
    )
    assert [one["class"] for one in done.json] == ["average_living", "poor"]
    assert "Không đọc các cột: ghi chú" in done.err
    ragged = write_csv(tmp_path / "b.csv", [["area", "income_per_person", "d01"], ["rural", "1"]])
    assert (
        run("classify", ragged, "--standard", "ND_07_2021", "--json").json[0]["class"] == "unknown"
    )


def test_classify_names_a_formula_without_its_value(refused, tmp_path):
    book = Workbook()
    book.active.append(["area", "income_per_person", "d01"])
    book.active.append(["rural", "=4500000/3", 1])
    path = tmp_path / "cong-thuc.xlsx"
    book.save(path)
    assert "ô B2 là công thức chưa có kết quả" in refused("classify", path, "--on", "2023-01-01")


def test_an_import_that_writes_nothing_says_why(run, sheet):
    done = run("import", "households", sheet, *ON, "--apply")
    assert "Không ghi hộ nào: chỉ có hộ nghi ngờ" in done.out
    run("import", "households", sheet, *ON, "--apply", "--accept-doubtful")
    assert "Không có gì để ghi" in run("import", "households", sheet, *ON, "--apply").out


def test_the_command_line_speaks_english_where_it_is_asked_to(data, tmp_path):
    english = {"CHUNGTAY_LANGUAGE": "en"}
    helped = chungtay(data, tmp_path, "--help", settings=english)
    assert "Usage: chungtay COMMAND" in helped.out
    assert "open an account and give it a post at a unit" in helped.out
    assert "missing: --user" in chungtay(data, tmp_path, "account", "open", settings=english).err
    classed = chungtay(data, tmp_path, "import", "households", "x.xlsx", *ON, settings=english)
    assert "cannot read file" in classed.err
