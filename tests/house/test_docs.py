"""The documents say what stands: links lead somewhere, files named are there, every room too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chungtay.commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent.parent
TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
DOCUMENTS = [*(ROOT / name for name in TOP), *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
SECTIONS = ["Status", "Context", "Decision", "Consequences"]

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
QUOTED = re.compile(r"`([^`\s]+)`")
ANCHOR = re.compile(r"[^\w\s-]")
NAMED_FILE = re.compile(r"[\w./-]+\.(?:py|toml|docx|csv|lock|html|css|json)")
LARGEST_PICTURE_BYTES = 250 * 1024
# named in a document though they stand in no repository: why
NOT_KEPT = {"uv.lock": "ADR 0007 says why there is none"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def anchors(path: Path) -> set[str]:
    """The places of a document a link may lead to, as they are made from its headings."""
    headings = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {ANCHOR.sub("", heading.lower()).replace(" ", "-") for heading in headings}


def tracked_files() -> list[str]:
    kept = [
        path
        for top in ("chungtay", "tests", "tools", "requirements", "docs")
        for path in (ROOT / top).rglob("*")
    ]
    kept += [path for path in ROOT.iterdir() if path.is_file()]
    return ["/" + name(path) for path in kept if path.is_file()]


FILES = tracked_files()


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in LINK.findall(text_of(path)):
        target, _, anchor = link.partition("#")
        assert "://" not in target, f"{link}: say it in words, a page elsewhere may be gone"
        goal = (path.parent / target).resolve() if target else path
        assert goal.is_file(), f"{link} leads to nothing"
        if anchor:
            assert anchor in anchors(goal), f"{link}: no such heading"


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_file_named_is_there(path: Path) -> None:
    named = {word for word in QUOTED.findall(text_of(path)) if NAMED_FILE.fullmatch(word)}
    gone = [
        word
        for word in sorted(named - set(NOT_KEPT))
        if not any(file.endswith(f"/{word}") for file in FILES)
    ]
    assert gone == []


def test_the_pictures_are_small_and_shown() -> None:
    pictures = [path for path in (ROOT / "docs" / "pictures").iterdir() if path.is_file()]
    shown = {Path(link).name for path in DOCUMENTS for link in LINK.findall(text_of(path))}
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size <= LARGEST_PICTURE_BYTES, picture.name
        assert picture.name in shown, f"{picture.name} is shown nowhere"


@pytest.mark.parametrize("words", [" ".join(one.words) for one in COMMANDS])
def test_every_command_is_named(words: str) -> None:
    assert re.search(rf"\bchungtay {words}\b", text_of(ROOT / "README.md"))


def test_no_command_is_named_that_there_is_not() -> None:
    known = {one.words for one in COMMANDS}
    shown = re.findall(r"^chungtay ([a-z ]+)", text_of(ROOT / "README.md"), re.MULTILINE)
    assert shown
    for words in shown:
        assert any(tuple(words.split()[: len(one)]) == one for one in known), words


def test_every_job_of_make_named_is_there() -> None:
    jobs = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    for path in DOCUMENTS:
        assert set(re.findall(r"`make ([a-z-]+)`", text_of(path))) <= jobs, name(path)


def test_the_map_and_the_readme_name_every_room() -> None:
    rooms = {path.parent.name for path in (ROOT / "chungtay").glob("*/__init__.py")} | {"law"}
    for document in (ROOT / "docs" / "map.md", ROOT / "README.md"):
        rows = [line.split("|")[1] for line in text_of(document).splitlines() if line[:1] == "|"]
        described = {word for row in rows for word in QUOTED.findall(row)}
        assert rooms - described == set(), document.name


def test_the_map_says_each_thing_once() -> None:
    lines = text_of(ROOT / "docs" / "map.md").splitlines()
    doors = [line.split("|")[1] for line in lines if line[:1] == "|" and line[:5] != "| ---"]
    assert sorted(doors) == sorted(set(doors))


def test_the_map_draws_the_staircase_as_it_is_enforced() -> None:
    contract = text_of(ROOT / "pyproject.toml").partition("layers = [")[2].partition("]")[0]
    layers = [re.sub(r"[()]", "", layer) for layer in re.findall(r'"([^"]+)"', contract)]
    assert "  >  ".join(layers) in text_of(ROOT / "docs" / "map.md")


def test_decisions_are_counted_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_sections_and_fits_on_a_page(path: Path) -> None:
    text = text_of(path)
    assert text.startswith(f"# {path.name[:4]}: ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    for section in text.split("\n## ")[1:]:
        assert section.partition("\n")[2].strip(), "a section is empty"
    assert len(text.splitlines()) <= 60


def test_the_changelog_has_its_form() -> None:
    text = text_of(ROOT / "CHANGELOG.md")
    assert "## [Unreleased]" in text
    kinds = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert set(kinds) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert all(
        line.startswith("- ")
        for line in text.partition("### ")[2].splitlines()[2:]
        if line and line[0] not in "#["
    )


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_no_document_names_one_machine_or_an_index(path: Path) -> None:
    text = text_of(path)
    assert re.findall(r"(?<![\w.}])/(?:home|root|opt|srv|work|Users)/\w+", text) == []
    assert re.findall(r"\b(?:pypi|npmjs|registry)\.\w+", text) == []
    assert "../shared" not in text
