"""Names that were handed in are only for showing."""

from __future__ import annotations

import pytest

from chungtay.files.storing import display_name


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
