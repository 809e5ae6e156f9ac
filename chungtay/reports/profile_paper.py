"""The deprivation profile of a place as a Word file: its figures as tables, its charts as pictures.

What the file says comes from whoever asks (a screen has it in words already); here it is only put
into the template, by a child that ends.
"""

from __future__ import annotations

import base64

import msgspec

from chungtay.reports.rendering import made_by
from chungtay.rulebook.wording import Sentence

FAILED = Sentence(
    "Chưa làm được tệp Word của bảng đo lường vì mẫu Word có chỗ sai. Hãy xem lại mẫu, rồi tải lại."
)


class ProfileRow(msgspec.Struct, frozen=True):
    """One row of a table: what it is about, and its figures in words."""

    name: str
    figures: list[str]


class ProfileTable(msgspec.Struct, frozen=True):
    """A table with its caption and the heads of its columns."""

    caption: str
    heads: list[str]
    rows: list[ProfileRow]


class Profile(msgspec.Struct, frozen=True):
    """All that stands in the file; a chart is a PNG, packed as text."""

    title: str
    about: str
    notes: list[str]
    tables: list[ProfileTable]
    charts: list[str]
    source: str


def packed(png: bytes) -> str:
    """A picture as text."""
    return base64.b64encode(png).decode()


def write_profile(profile: Profile) -> bytes:
    """The .docx of a profile; RenderingError when it fails or takes over a minute."""
    return made_by("chungtay.reports.profile_child", msgspec.json.encode(profile), FAILED)
