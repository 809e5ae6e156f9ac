"""The names of live values in a plan's sentences: ``{{ name }}``, filled when it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

TOKEN = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


def token(name: str) -> str:
    """A live value as a sentence keeps it."""
    return f"{{{{ {name} }}}}"


def sentences_of(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every paragraph of a plan's sections with the section it stands in: "II.2", text."""
    above: dict[int, str] = {}
    for section in content.get("sections", ()):
        level, number = section.get("level", 1), section.get("number", "")
        above = {deeper: said for deeper, said in above.items() if deeper < level} | {level: number}
        place = place_of(above)
        if section.get("title"):
            yield place, section["title"]
        for paragraph in section.get("paragraphs", ()):
            yield place, paragraph["text"]


def texts_of(content: Mapping[str, Any]) -> list[str]:
    """Every text of a plan that may ask for live values: sections, head, titles of annexes."""
    texts = [text for _place, text in sentences_of(content)]
    texts += [str(one) for one in content.get("wording", {}).values()]
    return texts + [one["title"] for one in content.get("annexes", ())]


def place_of(above: Mapping[int, str]) -> str:
    """Where a section stands: its number behind those above it, those repeated left out."""
    numbers: list[str] = []
    for level in sorted(above):
        number = above[level]
        if numbers and number.startswith(f"{numbers[-1]}."):
            numbers.pop()
        numbers += [number] if number else []
    return ".".join(numbers)
