"""Thousands of connections that want nothing, or never finish asking."""

import asyncio
import socket
import time

from Tests.Benchmarks.processes import resident_mb

from .checks import check, expect, percentile
from .house import House
from .load import Load

SLOW, IDLE = 2_000, 15_000
A_SOURCE = 50  # connections from one address; more would meet the limit per address, which is another test's
MOST_BYTES_AN_IDLE = 8 * 1024


def source(n: int) -> str:
    return f"127.1.{n // A_SOURCE // 250}.{n // A_SOURCE % 250 + 1}"


async def crowd(port: int, count: int, first_bytes: bytes) -> list[socket.socket]:
    loop, sockets = asyncio.get_running_loop(), []
    for n in range(count):
        each = socket.socket()
        each.setblocking(False)
        each.bind((source(n), 0))
        await loop.sock_connect(each, ("127.0.0.1", port))
        if first_bytes:
            await loop.sock_sendall(each, first_bytes)
        sockets.append(each)
    return sockets


@check("2,000 callers that never finish their head leave the others' p99 within twice what it was")
async def slow_heads() -> str:
    with House() as house:
        clinic, *_ = await house.clinics(1)

        async def p99(seconds: float) -> float:
            load = Load([house.wire(clinic) for _ in range(8)], "/v1/me", pause=0.01).begin()
            await asyncio.sleep(seconds)
            await load.end()
            expect("requests without an answer", load.unanswered, [])
            return percentile(load.latencies(), 0.99) * 1000

        await p99(2)
        before = await p99(4)
        begun = time.monotonic()
        sockets = await crowd(house.port, SLOW, b"GET / HTTP/1.1\r\nHost: localh")
        during = await p99(4)
        expect("still within the head's deadline", time.monotonic() - begun < 10, True)
        for each in sockets:
            each.close()
        # A floor of 5 ms: below it the scheduler of a busy machine decides, not the server.
        expect(f"p99 {before:.2f} ms before, {during:.2f} ms with them", during <= 2 * max(before, 5), True)
        return f"p99 {before:.2f} ms alone, {during:.2f} ms beside {len(sockets)} slow heads"


@check("15,000 idle connections cost at most 8 KiB each")
async def idle() -> str:
    with House() as house:
        clinic, *_ = await house.clinics(1)
        wire = house.wire(clinic)
        for _ in range(200):
            await wire.get("/v1/me")
        before = resident_mb(house.pid)
        request = f"GET /health/live HTTP/1.1\r\nHost: localhost:{house.port}\r\n\r\n".encode()
        sockets = await crowd(house.port, IDLE, request)
        await asyncio.sleep(1)
        expect("the house still answers", (await house.wire(clinic).get("/v1/me")).status, 200)
        each = (resident_mb(house.pid) - before) * 1024 * 1024 / len(sockets)
        closed = sum(1 for one in sockets if is_closed(one))
        for one in sockets:
            one.close()
        expect("connections that were closed on us", closed, 0)
        expect(f"{each:.0f} bytes each", each <= MOST_BYTES_AN_IDLE, True)
        return f"{before:.1f} MB before, {each:.0f} bytes for each of {len(sockets)}"


def is_closed(one: socket.socket) -> bool:
    """Reads the answer that came; an end after it means that the server hung up."""
    try:
        return not one.recv(65536) or not one.recv(1)
    except BlockingIOError:
        return False
