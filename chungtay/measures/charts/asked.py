"""What is asked of the child that draws a chart."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Form = Literal["svg", "png"]


class ChartRequest(msgspec.Struct, frozen=True):
    """A spec by its name, its values, its words, the kind of picture."""

    spec: str
    values: list[dict[str, Any]]
    words: dict[str, str]
    form: Form
