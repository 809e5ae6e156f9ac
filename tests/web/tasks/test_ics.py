"""The calendar file: lines that any reader takes, whatever stands in a title."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from chungtay.web.tasks.ics import Event, calendar_file

NOW = datetime(2024, 6, 1, 8, 30, tzinfo=UTC)


def written(title: str, text: str = "") -> str:
    return calendar_file("Việc", [Event("viec-1@chungtay", date(2024, 6, 19), title, text, 2)], NOW)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def value(text: str, name: str) -> str:
    line = next(one for one in unfolded(text) if one.startswith(f"{name}:"))
    plain = {"n": "\n"}
    return re.sub(
        r"\\(.)", lambda found: plain.get(found[1], found[1]), line.removeprefix(f"{name}:")
    )


def test_a_whole_day_with_what_a_calendar_needs() -> None:
    lines = unfolded(written("Báo cáo"))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    for line in (
        "VERSION:2.0",
        "UID:viec-1@chungtay",
        "DTSTAMP:20240601T083000Z",
        "DTSTART;VALUE=DATE:20240619",
        "DTEND;VALUE=DATE:20240620",
        "SEQUENCE:2",
    ):
        assert line in lines


def test_marks_that_mean_something_are_escaped() -> None:
    text = written("Gửi xã; thôn, tổ\\nhóm", "Dòng một\nDòng hai")
    assert "SUMMARY:Gửi xã\\; thôn\\, tổ\\\\nhóm\r\n" in text
    assert "DESCRIPTION:Dòng một\\nDòng hai\r\n" in text


def test_a_title_cannot_begin_a_line_of_its_own() -> None:
    text = written("Việc\r\nEND:VEVENT\rATTACH:x")
    assert text.count("\r\nEND:VEVENT") == 1
    assert "\r\nATTACH" not in text


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_every_line_is_short_and_nothing_is_lost(title: str) -> None:
    text = written(title)
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
    assert value(text, "SUMMARY") == title
