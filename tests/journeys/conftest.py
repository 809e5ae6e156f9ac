"""A real server on a copy of the demonstration, a real browser, and the cast's passwords."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ACCOUNT = re.compile(r"^  ([a-z0-9.]+)\s+(\S{4}-\S{4}-\S{4})  ", re.MULTILINE)
STARTS_WITHIN_SECONDS = 60
CHROMIUM_WORDS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Demo:
    """A data folder with the demonstration in it, and the passwords of its accounts."""

    folder: Path
    passwords: dict[str, str]


@dataclass(frozen=True)
class Served:
    """A running server, its data folder and its accounts."""

    address: str
    demo: Demo
    process: subprocess.Popen[bytes]


def command(folder: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "chungtay", *words]


def environment(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHUNGTAY_")}
    return kept | {"CHUNGTAY_DATA": str(folder), "CHUNGTAY_DEMO": "1"}


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demonstration, loaded once by its own command."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    done = subprocess.run(
        command(folder, "demo", "--no-serve"),
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    return Demo(folder, dict(ACCOUNT.findall(done.stdout)))


@pytest.fixture(scope="session")
def shared(demo_template: Demo) -> Iterator[Served]:
    """One server for every journey that only looks."""
    yield from serve(demo_template)


@pytest.fixture
def served(request: pytest.FixtureRequest, shared: Served, tmp_path: Path) -> Iterator[Served]:
    """The shared server, or for a journey marked "changes" one of its own on a copy of the data.

    Copies instead of emptied tables: the journal refuses to be flushed.
    """
    if request.node.get_closest_marker("changes") is None:
        yield shared
        return
    folder = tmp_path / "data"
    shutil.copytree(shared.demo.folder, folder, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    with (
        sqlite3.connect(shared.demo.folder / "chungtay.sqlite3") as whole,
        sqlite3.connect(folder / "chungtay.sqlite3") as copy,
    ):
        whole.backup(copy)
    yield from serve(Demo(folder, shared.demo.passwords))


def serve(demo: Demo) -> Iterator[Served]:
    port = free_port()
    process = start(demo.folder, port)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process)
        yield Served(address, demo, process)
    finally:
        process.terminate()
        process.wait(timeout=20)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "the stopped program still serves"


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(folder, "serve", "--port", str(port)),
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server ended: {process.stderr.read().decode()}")
        try:
            urllib.request.urlopen(f"{address}/dang-nhap", timeout=2)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not answer in time")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; a missing one is a failure."""
    path = shutil.which("chromium")
    assert path, "chromium is missing: make test installs it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_WORDS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """Open a browser of one's own and log in as someone; every request to another host fails."""
    opened: list[BrowserContext] = []

    def log_in(username: str, width: int = 1366, height: int = 768) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        page = context.new_page()
        page.problems = watch(page, served.address)  # type: ignore[attr-defined]
        page.goto(served.address)
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(served.demo.passwords[username])
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(served.address + "/")
        return page

    yield log_in
    for context in opened:
        for page in context.pages:
            assert page.problems == []
        context.close()


def watch(page: Page, address: str) -> list[str]:
    """What a page must never do: an error in its console, a request to another host."""
    problems: list[str] = []
    page.on("console", lambda said: _note(problems, said.type == "error", said.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request",
        lambda request: _note(
            problems, not request.url.startswith((address, "data:")), request.url
        ),
    )
    return problems


def _note(problems: list[str], wrong: bool, text: str) -> None:
    # A page answered with 404 or 409 on purpose is said in the console too.
    if wrong and "Failed to load resource" not in text:
        problems.append(text)
