"""Clients that ask one page after another, each in its own process over one kept connection."""

from __future__ import annotations

import multiprocessing
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Latencies:
    """What the clients of one run waited, in milliseconds, and how many answers came."""

    p50: float
    p95: float
    answers: int
    a_second: float


def measure(
    address: tuple[str, int], asked: Sequence[bytes], *, clients: int, seconds: float
) -> Latencies:
    """Ask the prepared requests in turn for some seconds; RuntimeError on any answer but 200."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(clients) as pool:
        jobs = [(address, list(asked), at, clients, seconds) for at in range(clients)]
        waited = sorted(one for some in pool.starmap(_ask, jobs) for one in some)
    return Latencies(
        p50=waited[len(waited) // 2] * 1000,
        p95=waited[int(len(waited) * 0.95)] * 1000,
        answers=len(waited),
        a_second=len(waited) / seconds,
    )


def _ask(
    address: tuple[str, int], asked: list[bytes], first: int, step: int, seconds: float
) -> list[float]:
    """One client: every ``step``-th request from its own first one on, round and round."""
    own = asked[first::step] or asked
    waited: list[float] = []
    with socket.create_connection(address) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        until = time.perf_counter() + seconds
        turn = 0
        while (begun := time.perf_counter()) < until:
            connection.sendall(own[turn % len(own)])
            status = _read(connection)
            waited.append(time.perf_counter() - begun)
            if status != 200:
                raise RuntimeError(f"answered {status}")
            turn += 1
    return waited


def _read(connection: socket.socket) -> int:
    """Read one whole answer; its status."""
    held = b""
    while b"\r\n\r\n" not in held:
        held += _more(connection)
    head, _, body = held.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    status = int(lines[0].split()[1])
    length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:"))
    while len(body) < length:
        body += _more(connection)
    return status


def _more(connection: socket.socket) -> bytes:
    some = connection.recv(262_144)
    if not some:
        raise RuntimeError("the server closed the connection")
    return some
