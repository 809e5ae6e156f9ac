"""Bytes to text, for tables and papers both: Unicode where it is, else Windows-1258."""

from __future__ import annotations

import unicodedata

from chungtay.files.recognising import WIDE_MARKS, looks_wide
from chungtay.files.refusals import refusal

LOOKED_AT = 65_536


def as_unicode(content: bytes) -> str | None:
    """The text of UTF-8 or UTF-16 bytes; None if they are neither.

    UnfriendlyFile ("bad_text") if they are UTF-16 by their mark or zeros, yet broken.
    """
    wide = "utf-16" if content.startswith(WIDE_MARKS) else looks_wide(content[:LOOKED_AT])
    try:
        return content.decode(wide or "utf-8-sig")
    except UnicodeDecodeError as error:
        if wide:
            raise refusal("bad_text") from error
    return None


def as_windows_1258(content: bytes) -> str:
    """The text of bytes in the Vietnamese code page, composed; UnfriendlyFile if they are not."""
    try:
        return unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError as error:
        raise refusal("bad_text") from error
