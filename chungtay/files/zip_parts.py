"""The parts inside an Office file, handed out only within the limits."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from chungtay.files.cells import MEBIBYTE, Limits
from chungtay.files.refusals import refusal
from chungtay.rulebook.wording import vi_int

CHUNK = 2**16
ENCRYPTED_FLAG = 1
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
StartElement = Callable[[str, dict[str, str]], Any]
EndElement = Callable[[str], Any]
Characters = Callable[[str], Any]


class ZipParts:
    """An Office file opened for reading; everything taken out counts against the limits."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self.names = {name.lower(): name for name in self._archive.namelist()}
        except (*DAMAGE, ValueError) as error:
            raise refusal("damaged") from error
        self._limits = limits
        self._left = limits.unpacked_bytes
        self._check_directory()

    def _check_directory(self) -> None:
        entries = self._archive.infolist()
        if len(entries) > self._limits.zip_entries:
            raise refusal("zip_bomb")
        ratio = self._limits.unpacked_ratio
        for entry in entries:
            if entry.flag_bits & ENCRYPTED_FLAG:
                raise refusal("encrypted")
            large = entry.file_size > MEBIBYTE
            if large and entry.file_size > entry.compress_size * ratio:
                raise refusal("zip_bomb")
        packed = sum(entry.compress_size for entry in entries)
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > self._limits.unpacked_bytes and unpacked > packed * ratio:
            raise refusal("zip_bomb")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.names

    def parse(
        self,
        name: str,
        start: StartElement,
        end: EndElement | None = None,
        characters: Characters | None = None,
    ) -> None:
        """Stream one XML part through handlers (names without prefix); refuses any DOCTYPE."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype
        parser.StartElementHandler = lambda tag, given: start(tag[tag.find(":") + 1 :], given)
        if end is not None:
            parser.EndElementHandler = lambda tag: end(tag[tag.find(":") + 1 :])
        if characters is not None:
            parser.CharacterDataHandler = characters
        try:
            with self._archive.open(self.names[name.lower()]) as part:
                while chunk := part.read(CHUNK):
                    self._spend(len(chunk))
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        except (*DAMAGE, expat.ExpatError, KeyError, ValueError, IndexError) as error:
            raise refusal("damaged") from error

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise refusal("too_large_inside", rows=vi_int(self._limits.rows))

    def relations(self, of: str) -> dict[str, tuple[str, str]]:
        """The targets a part points at inside the file: relation id -> (kind, part name)."""
        folder, _, file = of.rpartition("/")
        path = f"{folder}/_rels/{file}.rels".lstrip("/")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, given: dict[str, str]) -> None:
            if tag == "Relationship" and given.get("TargetMode") != "External":
                kind = given.get("Type", "").rpartition("/")[2]
                target = given.get("Target", "")
                inside = target if target.startswith("/") else f"{folder}/{target}"
                found[given.get("Id", "")] = (kind, posixpath.normpath(inside).lstrip("/"))

        if path in self:
            self.parse(path, start)
        return found


def _refuse_doctype(*_: Any) -> None:
    raise refusal("doctype")
