"""What the tests of backup and restore share: a small list, and backups taken apart."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.db import models

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
