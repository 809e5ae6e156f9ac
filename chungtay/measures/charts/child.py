"""The process that draws one chart and ends: a request as JSON in, the picture out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import vl_convert

from chungtay.measures.charts.asked import ChartRequest

HOME = Path(__file__).parent
# The picture in a page is lettered like the page, that in a paper by the font that is shipped.
ON_SCREEN = '"Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'
ON_PAPER = "DejaVu Sans"
DOTS_PER_UNIT = 2.5
# The version of Vega-Lite the specs are written in.
LANGUAGE = "5.20"
# Vietnamese marks: 1.234,5 and a no-break space before the per cent sign.
NUMBERS = {
    "decimal": ",",
    "thousands": ".",
    "grouping": [3],
    "currency": ["", "\u00a0₫"],
    "percent": "\u00a0%",
}


def drawn(request: ChartRequest) -> bytes:
    """The chart of a request."""
    vl_convert.register_font_directory(str(HOME / "fonts"))
    spec = _filled(
        json.loads((HOME / "specs" / f"{request.spec}.json").read_text("utf-8")), request
    )
    if request.form == "svg":
        return vl_convert.vegalite_to_svg(spec, LANGUAGE, format_locale=NUMBERS).encode()
    return vl_convert.vegalite_to_png(spec, LANGUAGE, scale=DOTS_PER_UNIT, format_locale=NUMBERS)


def _filled(spec: dict[str, Any], request: ChartRequest) -> dict[str, Any]:
    font = ON_SCREEN if request.form == "svg" else ON_PAPER
    config = {
        "font": font,
        "background": "#ffffff",
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": 13,
            "titleFontSize": 13,
            "labelLimit": 320,
            "titleFontWeight": 400,
        },
        "text": {"fontSize": 13},
    }
    worded: dict[str, Any] = _worded(spec, request.words)
    return worded | {"data": {"values": request.values}, "config": config}


def _worded(part: Any, words: dict[str, str]) -> Any:
    """A part of a spec with its words in place: ``"{share}"`` stands for the word ``share``."""
    if isinstance(part, dict):
        return {name: _worded(value, words) for name, value in part.items()}
    if isinstance(part, list):
        return [_worded(value, words) for value in part]
    if isinstance(part, str) and part.startswith("{") and part.endswith("}"):
        return words[part[1:-1]]
    return part


def main() -> int:
    """Read one request on standard input, write the picture to standard output."""
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=ChartRequest)
    sys.stdout.buffer.write(drawn(request))
    return 0


if __name__ == "__main__":
    sys.exit(main())
