"""What is not restored, and leaves nothing behind."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from chungtay.commands.backups.passphrase import known_passphrase, new_passphrase
from chungtay.commands.backups.unreadable import NOT_SEALED, SEALED
from chungtay.commands.outcome import CommandFailed
from tests.commands.backup_world import (
    connected,
    rewritten,
    set_manifest,
    set_table,
)
from tests.commands.conftest import chungtay

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


def test_what_a_killed_restore_left_may_be_restored_over(backup, into, tmp_path):
    into.mkdir()
    with sqlite3.connect(into / "chungtay.sqlite3") as database:
        database.execute("CREATE TABLE households_household (id char(32) PRIMARY KEY)")
        database.execute("CREATE TABLE django_migrations (id, app, name, applied)")
        done = (1, "acts", "0001_initial", "2023-01-01 00:00:00")
        database.execute("INSERT INTO django_migrations VALUES (?, ?, ?, ?)", done)
    done = chungtay(into, tmp_path, "restore", backup)
    assert done.code == 0, done.err
    assert chungtay(into, tmp_path, "check").code == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["mua thuan gio hoa", "mua thuan gio hoạ"], "không giống nhau"),
        (["ngan"], "ít nhất 12 ký tự"),
        ([], "--passphrase-file"),
    ],
)
def test_a_passphrase_is_asked_for_twice(monkeypatch, typed, said):
    answers = iter(typed)

    def ask(question):
        try:
            return next(answers)
        except StopIteration as error:
            raise EOFError from error

    monkeypatch.setattr("getpass.getpass", ask)
    with pytest.raises(CommandFailed, match=said):
        new_passphrase(None)
    answers = iter(["mua thuan gio hoa"] * 3)
    assert new_passphrase(None) == known_passphrase(None)


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
