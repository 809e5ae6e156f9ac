"""The file itself: a zip with a manifest, one part a table, and the sealed keys if they came along.

Every part's SHA-256 and number of rows stand in the manifest. Needs no database and no Django.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from chungtay.commands.outcome import CommandFailed
from chungtay.commands.speaking import _

FORMAT, FORMAT_VERSION = "chungtay-backup", 1
MANIFEST, KEYS = "manifest.json", "keys.sealed.json"
LARGEST_MANIFEST_BYTES = 4 * 1024 * 1024
LARGEST_LINE_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True)
class Part:
    """One table: its model, the file of the archive it lies in, and what it must add up to."""

    model: str
    name: str
    columns: list[str]
    rows: int
    sha256: str


@dataclass
class Manifest:
    """What a backup is, and what it must add up to when it is read again."""

    version: str
    written_at: str
    database: str
    migrations: dict[str, list[str]]
    heads: str
    journal_lines: int
    key_mark: str
    with_key: bool
    left_out: list[str]
    parts: list[Part] = field(default_factory=list)
    format: str = FORMAT
    format_version: int = FORMAT_VERSION

    @property
    def rows(self) -> int:
        """How many rows the backup holds in all."""
        return sum(part.rows for part in self.parts)


class Writer:
    """Writes the parts of a backup one after the other, never more than a row in memory."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: list[Part] = []

    def table(self, model: str, columns: list[str], rows: Iterable[list[Any]]) -> Part:
        """Write one table; each row a line of JSON."""
        name, digest, count = f"tables/{model}.jsonl", hashlib.sha256(), 0
        with self._archive.open(name, "w", force_zip64=True) as file:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                file.write(line)
                digest.update(line)
                count += 1
        part = Part(model, name, columns, count, digest.hexdigest())
        self.parts.append(part)
        return part

    def finish(self, manifest: Manifest, keys: bytes | None) -> None:
        """Write what is known only at the end."""
        manifest.parts = self.parts
        if keys is not None:
            self._archive.writestr(KEYS, keys)
        self._archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=2))


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """A new archive beside the target, put in its place only when it is whole."""
    draft = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            yield Writer(archive)
        draft.chmod(0o600)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


class Backup:
    """A backup that is being read; CommandFailed says what is wrong with it."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path, self._archive = path, archive
        self.manifest = self._read_manifest()

    def _read_manifest(self) -> Manifest:
        names = set(self._archive.namelist())
        if MANIFEST not in names:
            raise _foreign(self.path)
        if self._archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST_BYTES:
            raise _foreign(self.path)
        with _readable(self.path):
            kept = json.loads(self._archive.read(MANIFEST))
            if not isinstance(kept, dict) or kept.get("format") != FORMAT:
                raise _foreign(self.path)
            if kept.get("format_version") != FORMAT_VERSION:
                raise newer(str(kept.get("version", "?")))
            parts = [Part(**part) for part in kept.pop("parts")]
            known = {one.name for one in fields(Manifest)}
            manifest = Manifest(parts=parts, **{k: v for k, v in kept.items() if k in known})
        if not {part.name for part in parts} <= names or (manifest.with_key and KEYS not in names):
            raise damaged(self.path)
        return manifest

    def keys(self) -> bytes:
        """The sealed keys that came along."""
        with _readable(self.path):
            return self._archive.read(KEYS)

    def check(self, told: Callable[[str], None]) -> None:
        """Read every part once against its hash and its count, before anything is written."""
        for part in self.manifest.parts:
            for _line in self._lines(part):
                pass
        told(
            _("Tệp nguyên vẹn: {parts} bảng, {rows} dòng.").format(
                parts=len(self.manifest.parts), rows=self.manifest.rows
            )
        )

    def rows(self, part: Part) -> Iterator[list[Any]]:
        """The rows of a part; CommandFailed where a line is not a row of it."""
        for line in self._lines(part):
            with _readable(self.path):
                row = json.loads(line)
            if not isinstance(row, list) or len(row) != len(part.columns):
                raise damaged(self.path)
            yield row

    def _lines(self, part: Part) -> Iterator[bytes]:
        digest, count = hashlib.sha256(), 0
        with _readable(self.path), self._archive.open(part.name) as file:
            while line := _line(file):
                digest.update(line)
                count += 1
                yield line
        if (digest.hexdigest(), count) != (part.sha256, part.rows):
            raise damaged(self.path)


def _line(file: IO[bytes]) -> bytes:
    line = file.readline(LARGEST_LINE_BYTES)
    if len(line) == LARGEST_LINE_BYTES:
        raise ValueError("a line without end")
    return line


@contextmanager
def reading(path: Path) -> Iterator[Backup]:
    """A backup opened for reading; CommandFailed if the file is none, or is cut off."""
    if not path.is_file():
        raise CommandFailed(_("không có tệp {path}.").format(path=path))
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise CommandFailed(
            _(
                "{path} không phải bản sao lưu của Chung Tay, hoặc bị cắt cụt khi "
                "chép. Hãy chép lại từ nơi cất giữ; chưa khôi phục gì."
            ).format(path=path)
        ) from error
    with archive:
        yield Backup(path, archive)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Whatever a broken zip or broken JSON raises becomes the sentence of a damaged file."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        KeyError,
        TypeError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise damaged(path) from error


def damaged(path: Path) -> CommandFailed:
    """The sentence for a backup whose content is not what its manifest says."""
    return CommandFailed(
        _(
            "bản sao lưu {path} bị hỏng: nội dung không khớp mã kiểm tra ghi trong "
            "nó. Hãy chép lại từ nơi cất giữ, hoặc dùng bản sao lưu khác; chưa "
            "khôi phục gì."
        ).format(path=path)
    )


def newer(version: str) -> CommandFailed:
    """The sentence for a backup that a newer version of the program wrote."""
    return CommandFailed(
        _(
            "bản sao lưu này do bản Chung Tay mới hơn ({version}) viết ra. Hãy cập "
            "nhật chương trình rồi khôi phục lại; chưa khôi phục gì."
        ).format(version=version)
    )


def _foreign(path: Path) -> CommandFailed:
    return CommandFailed(
        _(
            "{path} không phải bản sao lưu của Chung Tay (không có {manifest}). Chưa khôi phục gì."
        ).format(path=path, manifest=MANIFEST)
    )
