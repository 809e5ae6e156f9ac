"""``chungtay serve``: the web server over the data that stands."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from typing import NoReturn

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from chungtay import __version__
from chungtay.commands.outcome import CommandFailed
from chungtay.commands.parsing import Parser, positive
from chungtay.commands.speaking import _
from chungtay.environment import data_folder

STATIC = settings.PACKAGE / "web" / "static"
HOST = "127.0.0.1"
PORT = 8000
WORKERS = 2
PORTS_TRIED = 20


def add_address(made: argparse.ArgumentParser) -> None:
    """Give a command the words for port and workers."""
    made.add_argument("--port", type=int, default=PORT, help=_("cổng (mặc định 8000)"))
    made.add_argument(
        "--workers", type=positive, default=WORKERS, help=_("số tiến trình (mặc định 2)")
    )


def parser(program: str) -> argparse.ArgumentParser:
    """The words of the command."""
    made = Parser(program, _("Mở máy chủ web trên máy này."), "chungtay serve --port 8000")
    add_address(made)
    return made


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    port = free_port(arguments.port)
    print(
        _("Chung Tay: http://{host}:{port}/  (Ctrl+C để dừng)").format(host=HOST, port=port),
        flush=True,
    )
    serve(port, arguments.workers)


def free_port(wanted: int) -> int:
    """The wanted port, or the next free one; CommandFailed if none is near."""
    if not 0 < wanted < 65_536 - PORTS_TRIED:
        raise CommandFailed(
            _("cổng {wanted} không dùng được; chọn từ 1024 đến 65000.").format(wanted=wanted)
        )
    for port in range(wanted, wanted + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise CommandFailed(
        _("các cổng {wanted}–{value} đều bận; chọn cổng khác bằng --port.").format(
            wanted=wanted, value=wanted + PORTS_TRIED - 1
        )
    )


def serve(port: int, workers: int) -> NoReturn:
    """Collect the static files once per version and become the server, in the foreground.

    The process is replaced, so that whoever stops it stops the server, and nothing waits beside it.
    """
    _collect_static()
    connections.close_all()
    command = _server(port, workers)
    sys.stdout.flush()
    if sys.platform == "win32":
        sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603 our own words
    os.execv(command[0], command)  # noqa: S606 our own words


def _server(port: int, workers: int) -> list[str]:
    if sys.platform == "win32":
        address = ["--listen", f"{HOST}:{port}", "--threads", "4"]
        return [sys.executable, "-m", "waitress", *address, "chungtay.wsgi:application"]
    return [
        sys.executable,
        *("-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "1"),
        *("--log-level", "warning", "--no-ws", "chungtay.wsgi:application"),
    ]


def _collect_static() -> None:
    mark = data_folder() / "static" / "version.txt"
    if mark.exists() and mark.read_text("utf-8") == _static_version():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(_static_version(), "utf-8")


def _static_version() -> str:
    """The version and, for a checkout that is worked on, the newest change of any static file."""
    from_package = max(
        (path.stat().st_mtime_ns for path in STATIC.rglob("*") if path.is_file()), default=0
    )
    return f"{__version__} {from_package}"
