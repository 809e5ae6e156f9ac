"""Backup and restore: the same rows, the same chains, on the same database or on the other."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from openpyxl import Workbook

from chungtay.acts.rows import fields_of, to_json
from tests.commands.backup_world import (
    HEADER,
    ON,
    ROWS,
    WITH_JSON,
    connected,
    manifest_of,
    rewritten,
)
from tests.commands.conftest import chungtay

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
        into, tmp_path, "import", "households", changed_sheet(tmp_path), *ON, "--apply",
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


def changed_sheet(folder: Path) -> Path:
    book = Workbook()
    for row in [HEADER, *ROWS, ["A3", "Hà Văn Núi", "Chủ hộ", "1980", "", "Thôn 1", "Hộ nghèo"]]:
        book.active.append(row)
    path = folder / "them.xlsx"
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
                known = fields_of(old.get_model(part["model"]))
            except LookupError:
                continue  # a model of later: its rows are made by the migrations
            rows = [
                dict(zip(part["columns"], json.loads(line), strict=True))
                for line in kept[part["name"]].splitlines()
            ]
            gone = {name: to_json(field, field.get_default()) for name, field in known.items()}
            lines = [
                json.dumps([row.get(name, gone[name]) for name in known]).encode() + b"\n"
                for row in rows
            ]
            part["columns"] = list(known)
            kept[part["name"]] = b"".join(lines)
            part["sha256"] = hashlib.sha256(kept[part["name"]]).hexdigest()
            parts.append(part)
        kept["manifest.json"] = json.dumps(told | {"parts": parts}).encode()

    done = chungtay(into, tmp_path, "restore", rewritten(backup, tmp_path / "cu.zip", make_old))
    assert done.code == 0, done.err
    checked = chungtay(into, tmp_path, "check", "--json")
    assert checked.code == 0
    assert checked.json["heads"] == manifest["heads"]
