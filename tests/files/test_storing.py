"""Uploads are kept by their digest, private, and never by a name somebody chose."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from chungtay.files.refusals import UnfriendlyFile
from chungtay.files.storing import display_name, read_stored, store_upload, stored_path


def test_content_is_kept_once_and_only_for_the_owner(tmp_path: Path) -> None:
    digest = store_upload(b"danh sach", folder=tmp_path)
    assert digest == hashlib.sha256(b"danh sach").hexdigest()
    assert store_upload(b"danh sach", folder=tmp_path) == digest
    path = stored_path(digest, folder=tmp_path)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [path]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert read_stored(digest, folder=tmp_path) == b"danh sach"


@pytest.mark.parametrize(
    "digest", ["", "../../etc/passwd", "a" * 63, "A" * 64, "/" + "a" * 63, "a" * 64 + "\n"]
)
def test_only_a_digest_names_a_file(tmp_path: Path, digest: str) -> None:
    with pytest.raises(UnfriendlyFile):
        stored_path(digest, folder=tmp_path)
    with pytest.raises(UnfriendlyFile):
        read_stored(digest, folder=tmp_path)


def test_changed_and_missing_content_is_not_handed_out(tmp_path: Path) -> None:
    digest = store_upload(b"danh sach", folder=tmp_path)
    stored_path(digest, folder=tmp_path).write_bytes(b"khac")
    with pytest.raises(UnfriendlyFile) as changed:
        read_stored(digest, folder=tmp_path)
    assert changed.value.code == "damaged"
    with pytest.raises(UnfriendlyFile) as missing:
        read_stored("0" * 64, folder=tmp_path)
    assert missing.value.code == "unreadable"


def test_too_large_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(UnfriendlyFile):
        store_upload(bytes(11), folder=tmp_path, limit_bytes=10)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Danh sách.xlsx", "Danh sách.xlsx"),
        ("C:\\Users\\Lan\\ho ngheo.xlsx", "ho ngheo.xlsx"),
        ("../../x.xlsx", "x.xlsx"),
        ("a\x00b\n.csv", "ab.csv"),
        ("..", "không tên"),
        ("", "không tên"),
    ],
)
def test_names_are_only_for_showing(sent: str, shown: str) -> None:
    assert display_name(sent) == shown
