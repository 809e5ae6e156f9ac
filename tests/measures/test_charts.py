"""Charts are drawn by a child, once for the same values and words."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from chungtay.acts.remembering import forget_all
from chungtay.measures.charts import drawing
from chungtay.measures.charts.drawing import ChartError, picture

HOME = Path(drawing.__file__).parent
PNG = b"\x89PNG\r\n\x1a\n"
VALUES = {
    "deprivations": [
        {"indicator": "Nguồn nước", "share": 0.4, "high": 0.55, "end": 0.55, "said": "40,0 %"},
        {"indicator": "Ậ Ễ Ỡ", "share": 0.1, "high": None, "end": 0.1, "said": "10,0 %"},
    ],
    "contributions": [{"dimension": "Nhà ở", "share": 0.5, "said": "50,0 %"}],
    "trend": [
        {"year": 2023, "share": 0.12, "high": 0.14, "said": "12,00 %"},
        {"year": 2024, "share": 0.1, "high": 0.1, "said": "10,00 %"},
    ],
}
WORDS = {"share": "Tỷ lệ người thiếu hụt"}


@pytest.fixture(autouse=True)
def nothing_drawn():
    forget_all()


def test_every_spec_is_tried_here() -> None:
    assert {path.stem for path in (HOME / "specs").glob("*.json")} == set(VALUES)


@pytest.mark.parametrize("spec", VALUES)
def test_a_chart_says_its_words_and_values(spec: str) -> None:
    svg = picture(spec, VALUES[spec], WORDS, "svg")
    said = "".join(ET.fromstring(svg).itertext())
    for one in VALUES[spec]:
        assert one["said"] in said
    if spec != "trend":
        assert next(iter(VALUES[spec][0].values())) in said
    assert WORDS["share"] in said


def test_numbers_on_the_axis_are_vietnamese() -> None:
    said = picture("trend", VALUES["trend"], WORDS, "svg").decode()
    assert "0\u00a0%" in said


def test_a_picture_for_paper_is_a_png_of_some_width() -> None:
    png = picture("deprivations", VALUES["deprivations"], WORDS, "png")
    assert png.startswith(PNG)
    assert int.from_bytes(png[16:20], "big") > 1000


def test_it_is_drawn_once_for_the_same_and_anew_for_another(monkeypatch) -> None:
    asked = []
    ask = drawing.ask_child

    def counted(module, request, *, seconds):
        asked.append(request)
        return ask(module, request, seconds=seconds)

    monkeypatch.setattr(drawing, "ask_child", counted)
    first = picture("trend", VALUES["trend"], WORDS, "svg")
    assert picture("trend", [dict(one) for one in VALUES["trend"]], WORDS, "svg") == first
    assert len(asked) == 1
    assert picture("trend", VALUES["trend"], {"share": "H"}, "svg") != first
    assert picture("trend", VALUES["trend"][:1], WORDS, "svg") != first
    assert len(asked) == 3


def test_what_cannot_be_drawn_is_said_and_kept_for_the_log() -> None:
    with pytest.raises(ChartError) as failed:
        picture("no_such_chart", [], WORDS, "svg")
    assert "bảng số bên cạnh" in str(failed.value)
    assert "no_such_chart" in failed.value.detail


def test_the_fonts_of_the_paper_are_shipped() -> None:
    assert (HOME / "fonts" / "DejaVuSans.ttf").stat().st_size > 500_000
    assert (HOME / "fonts" / "LICENSE").exists()
