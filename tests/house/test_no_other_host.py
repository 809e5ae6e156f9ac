"""The program speaks to no other machine: no address of one stands in what it serves or runs."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ADDRESS = re.compile(r"(?:https?|wss?|ftp)://[^\s\"'`<>\\)]+", re.IGNORECASE)
# an address without its scheme, as it stands in an attribute or in a style sheet
BARE = re.compile(r"(?:(?:src|href|action)\s*=\s*[\"']|url\(\s*[\"']?)(//[^\s\"')]+)")
READ = {".py", ".html", ".css", ".js", ".svg", ".xml", ".json", ".txt"}

# host: why it may be named. None of them is ever called.
NAMES_ONLY = {
    "127.0.0.1": "the address the program itself listens on",
    "localhost": "the same",
    "[::1]": "the same",
    "www.w3.org": "a name space of SVG and XML",
    "schemas.openxmlformats.org": "a name space of Word and Excel files",
    "schemas.microsoft.com": "a name space of Word and Excel files",
    "purl.org": "a name space of document properties",
}
BUILT = ROOT / "chungtay" / "web" / "static" / "vendor"

FILES = sorted(
    path
    for path in (ROOT / "chungtay").rglob("*")
    if path.suffix in READ and path.is_file() and BUILT not in path.parents
)


def hosts(text: str) -> set[str]:
    """Every host an address in the text names; a host filled in at run time is left out."""
    found = ADDRESS.findall(text) + ["http:" + rest for rest in BARE.findall(text)]
    named = {urlsplit(address.rstrip(".,;:]}")).netloc.lower() for address in found}
    plain = {re.sub(r":\d*$", "", re.sub(r":\{[^}]*\}$", "", netloc)) for netloc in named}
    return {host for host in plain if host and not host.startswith(("{", "%"))}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_address_of_another_host(path: Path) -> None:
    text = path.read_text("utf-8", errors="replace")
    assert hosts(text) - set(NAMES_ONLY) == set()


def test_styles_of_others_call_nobody() -> None:
    for path in BUILT.rglob("*.css"):
        text = path.read_text("utf-8")
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", text), path.name
        assert "sourceMappingURL" not in text, path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_path_of_one_machine(path: Path) -> None:
    text = path.read_text("utf-8", errors="replace")
    assert re.findall(r"(?<![\w.}])/(?:home|root|opt|srv|work|Users)/\w+", text) == []
    assert "../shared" not in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<script src="https://cdn.example/x.js">', {"cdn.example"}),
        ('<link href="//cdn.example/x.css">', {"cdn.example"}),
        ("@import url(//fonts.example/a)", {"fonts.example"}),
        ('f"http://127.0.0.1:{port}/"', {"127.0.0.1"}),
        ('f"http://{host}:{port}/"', set()),
        ("a // comment, a <b>word</b>", set()),
    ],
)
def test_the_search_itself(text: str, expected: set[str]) -> None:
    assert hosts(text) == expected
