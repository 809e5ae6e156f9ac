"""The English catalogue: read from its .po file, compiled where the program runs."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

LOCALE = Path(__file__).resolve().parent / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
MAGIC, HEADER_BYTES, ENTRY_BYTES = 0x950412DE, 28, 8
FIELD = re.compile(r"\{[\w.]*(?::[^{}]*)?\}|%\(\w+\)[sd]")
HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"


class CatalogueError(ValueError):
    """A catalogue that cannot be read; the message names file and line."""


@dataclass
class Entry:
    """One message of the catalogue: where it is said, the Vietnamese, the English."""

    said: str
    english: str = ""
    places: tuple[str, ...] = ()
    flags: str = ""
    obsolete: bool = False


def read(path: Path = ENGLISH) -> list[Entry]:
    """The messages of a .po file in their order, without its head."""
    blocks = path.read_text("utf-8").split("\n\n")
    entries = (_entry(path, block) for block in blocks if block.strip())
    return [entry for entry in entries if entry.said]


def _entry(path: Path, block: str) -> Entry:
    words: dict[str, str] = {}
    places: list[str] = []
    flags, current, obsolete = "", "", False
    for line in block.strip("\n").splitlines():
        if line.startswith("#~"):
            obsolete, line = True, line[2:].strip()
        if line.startswith("#:"):
            places.append(line[2:].strip())
        elif line.startswith("#,"):
            flags = line[2:].strip()
        elif not line.startswith("#"):
            key, quote, rest = line.partition('"')
            current = key.strip() or current
            if not quote or current not in ("msgid", "msgstr"):
                raise CatalogueError(f"{path.name}: not a line of a catalogue: {line}")
            words[current] = words.get(current, "") + _unquoted(path, quote + rest)
    return Entry(words.get("msgid", ""), words.get("msgstr", ""), tuple(places), flags, obsolete)


def _unquoted(path: Path, text: str) -> str:
    try:
        return str(ast.literal_eval(text))
    except (SyntaxError, ValueError):
        raise CatalogueError(f"{path.name}: not a quoted text: {text}") from None


def written(entries: list[Entry]) -> str:
    """The text of a .po file: each message with the files it is said in, in their order."""
    blocks = [f'msgid ""\nmsgstr ""\n"Language: en\\n"\n{_head_lines()}']
    for entry in entries:
        places = "".join(f"#: {place}\n" for place in entry.places)
        blocks.append(f"{places}msgid {_quoted(entry.said)}\nmsgstr {_quoted(entry.english)}")
    return "\n\n".join(blocks) + "\n"


def _head_lines() -> str:
    return "\n".join(_quoted(f"{line}\n") for line in HEAD.splitlines())


def _quoted(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + plain.replace("\n", "\\n").replace("\t", "\\t") + '"'


def english(path: Path = ENGLISH) -> dict[str, str]:
    """What each Vietnamese text is in English, as far as it has been translated."""
    return {entry.said: entry.english for entry in read(path) if entry.english}


def machine_form(messages: Mapping[str, str]) -> bytes:
    """The binary form (.mo) that gettext reads: two tables of lengths and offsets, then texts."""
    ordered = sorted({**messages, "": HEAD}.items())
    tables = HEADER_BYTES + 2 * ENTRY_BYTES * len(ordered)
    texts, index = bytearray(), bytearray()
    for text in (*(said for said, _ in ordered), *(english for _, english in ordered)):
        encoded = text.encode()
        index += struct.pack("<II", len(encoded), tables + len(texts))
        texts += encoded + b"\0"
    start = (HEADER_BYTES, HEADER_BYTES + ENTRY_BYTES * len(ordered))
    head = struct.pack("<IIIIIII", MAGIC, 0, len(ordered), *start, 0, 0)
    return bytes(head + index + texts)


def compiled(elsewhere: Path, source: Path = LOCALE) -> Path:
    """A folder with the catalogues compiled, made anew where a .po file has changed.

    Compiled where the program runs, not where it is built: what is read is always what stands in
    the .po file, and neither a build step nor a binary in the repository can fall behind it. They
    lie beside the .po file; where the program may not write there, ``elsewhere``.
    """
    try:
        return _compile(source, source)
    except OSError:
        return _compile(source, elsewhere)


def _compile(source: Path, target: Path) -> Path:
    for path in sorted(source.glob("*/LC_MESSAGES/django.po")):
        folder = target / path.relative_to(source).parent
        mark = hashlib.sha256(path.read_bytes()).hexdigest()
        machine, stamp = folder / "django.mo", folder / "django.sha256"
        if machine.is_file() and stamp.is_file() and stamp.read_text("ascii") == mark:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        _replace(machine, machine_form(english(path)))
        _replace(stamp, mark.encode("ascii"))
    return target


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(path)


def fields_of(text: str) -> Iterator[str]:
    """The ``{name}`` and ``%(name)s`` fields of a text, in their order of appearance."""
    yield from FIELD.findall(text)
