"""The real server on a data folder, and an officer's logged-in requests to it."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

HOST = "127.0.0.1"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WITHIN_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server: its port, its process, and how long its first answer took."""

    port: int
    process: subprocess.Popen[bytes]
    first_answer_seconds: float

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        return HOST, self.port

    def memory_mb(self) -> float:
        """Resident memory of the server and its workers, shared pages counted once each (PSS)."""
        return sum(_pss_kb(pid) for pid in _family(self.process.pid)) / 1024


@contextmanager
def serving(folder: Path, *, port: int, workers: int = 2) -> Iterator[Server]:
    """``chungtay serve`` on a data folder until the block ends."""
    # Of the settings only the database that was filled.
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith("CHUNGTAY_POSTGRESQL") or not name.startswith("CHUNGTAY_")
    }
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "chungtay", "serve", *_words(port, workers)],
        env={**kept, "CHUNGTAY_DATA": str(folder)},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield Server(port, process, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _words(port: int, workers: int) -> list[str]:
    return ["--port", str(port), "--workers", str(workers)]


def _wait(port: int) -> None:
    until = time.perf_counter() + WITHIN_SECONDS
    while time.perf_counter() < until:
        try:
            if ask(port, "GET", "/dang-nhap")[0] == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("the server did not answer")


def ask(
    port: int, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: str = ""
) -> tuple[int, dict[str, str], str]:
    """One request; status, cookies set, body."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    connection.request(method, path, body=body or None, headers=dict(headers or {}))
    answer = connection.getresponse()
    text = answer.read().decode()
    cookies = dict(
        value.split(";")[0].split("=", 1)
        for name, value in answer.getheaders()
        if name.lower() == "set-cookie"
    )
    connection.close()
    return answer.status, cookies, text


@dataclass(frozen=True)
class Visitor:
    """A logged-in browser: its cookies and the token its forms carry."""

    port: int
    cookies: str
    token: str

    def get(self, path: str) -> bytes:
        """A GET as it goes over the line."""
        return self._request("GET", path, "")

    def search(self, path: str, text: str) -> bytes:
        """What the search box sends after the last key."""
        body = urlencode({"text": text, "csrfmiddlewaretoken": self.token})
        return self._request("POST", path, body, "HX-Request: true\r\n")

    def _request(self, method: str, path: str, body: str, more: str = "") -> bytes:
        length = f"Content-Length: {len(body)}\r\n" if body else ""
        kind = "Content-Type: application/x-www-form-urlencoded\r\n" if body else ""
        return (
            f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nCookie: {self.cookies}\r\n"
            f"{length}{kind}{more}\r\n{body}"
        ).encode()


def log_in(port: int, username: str, password: str) -> Visitor:
    """Log in as a person does; RuntimeError if the door stays shut."""
    _, cookies, page = ask(port, "GET", "/dang-nhap")
    form = {
        "username": username,
        "password": password,
        "csrfmiddlewaretoken": _token(page),
    }
    headers = {
        "Cookie": _joined(cookies),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    status, more, _ = ask(port, "POST", "/dang-nhap", headers=headers, body=urlencode(form))
    if status != 302:
        raise RuntimeError(f"the login answered {status}")
    cookies |= more
    _, more, page = ask(port, "GET", "/ho", headers={"Cookie": _joined(cookies)})
    cookies |= more
    return Visitor(port, _joined(cookies), _token(page))


def _token(page: str) -> str:
    found = TOKEN.search(page)
    if found is None:
        raise RuntimeError("the page carries no form")
    return found.group(1)


def _joined(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _family(pid: int) -> list[int]:
    own = [pid]
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            own += _family(int(entry.parent.name))
    return own


def _pss_kb(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(next(line.split()[1] for line in text.splitlines() if line.startswith("Pss:")))
