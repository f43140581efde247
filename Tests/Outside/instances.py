"""Two instances of one installation: what is written at one is told at the other, and going on works across both."""

import asyncio
import json
import os
import shutil
import signal
import statistics
import subprocess
import time
from dataclasses import dataclass, field

from Tests.Benchmarks.processes import Server, free_port

from .booking import Diary, Slot
from .checks import check, expect
from .house import PROGRAM, ROOT, Clinic, House
from .load import until

SECRET = "two instances of one installation share this"
ADDRESSES = ("127.0.0.1", "127.0.0.2")
TARGET = "/v1/events?topics=appointments"
# A notice takes some milliseconds; a second is what a lost one costs.
MOST_SECONDS_USUALLY, MOST_SECONDS_EVER, MOST_SECONDS_TO_END = 0.25, 2.5, 5


class Second:
    """Another instance on the same database and port, at an address of its own: its tokens are the first one's."""

    def __init__(self, house: House):
        url = house.command("database", "url", "--as", "superuser")["url"]
        environment = house.environment | {
            "NADI_HOST": ADDRESSES[1], "NADI_DATABASE_URL": url, "NADI_DATA_DIR": str(house.folder / "second")}
        self.port = house.port
        self.server = Server("second", [str(PROGRAM), "serve"], self.port, house.folder / "second.log",
                             env=environment, cwd=ROOT)

    async def is_ready(self) -> bool:
        try:
            reader, writer = await asyncio.open_connection(ADDRESSES[1], self.port)
        except OSError:
            return False
        writer.write(f"GET /health/ready HTTP/1.1\r\nHost: localhost:{self.port}\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        return answer.startswith(b"HTTP/1.1 200")


@dataclass
class Watcher:
    """One who follows at one of the instances."""

    house: House
    clinic: Clinic
    address: str
    last: str = ""
    heard: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    async def come(self) -> "Watcher":
        reader, self.writer = await asyncio.open_connection(self.address, self.house.port)
        back = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        self.writer.write((f"GET {TARGET} HTTP/1.1\r\nHost: {self.house.host(self.clinic.slug)}\r\n{back}"
                           f"Authorization: Bearer {self.clinic.token}\r\n\r\n").encode())
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        expect("the stream begins", head.split(b"\r\n")[0], b"HTTP/1.1 200 OK")
        self.reading = asyncio.ensure_future(self._read(reader))
        if not self.last:
            await until(lambda: _said(bool(self.last)), 5, every=0.01)
        return self

    async def _read(self, reader: asyncio.StreamReader) -> None:
        identity = ""
        while line := (await reader.readline()).decode():
            name, _, value = line.strip().partition(": ")
            if name == "id":
                identity = value
            elif name == "event":
                self.kinds.append(value)
            elif name == "data" and "appointment" in value:
                self.heard.append(json.loads(value)["appointment"])
            elif not line.strip() and identity:
                self.last = identity

    async def hears(self, appointment: str, seconds: float) -> float:
        begun = time.monotonic()
        await until(lambda: _said(appointment in self.heard), seconds, every=0.002)
        return time.monotonic() - begun

    def go(self) -> None:
        self.reading.cancel()
        self.writer.close()


async def _said(value: bool) -> bool:
    return value


async def book(house: House, clinic: Clinic, diary: Diary, slot: Slot) -> str:
    answer = await diary.book(house.wire(clinic), slot)
    expect("a booking", answer.status, 201)
    return answer.json()["id"]


async def story(house: House, redis: subprocess.Popen | None = None) -> str:
    clinic, *_ = await house.clinics(1)
    second = Second(house)
    try:
        await until(second.is_ready, 30, every=0.1)
        diary = await Diary.of(house, clinic, len(clinic.practitioners))
        slots = iter(await diary.slots(40))
        there = await Watcher(house, clinic, ADDRESSES[1]).come()
        took = []
        for _ in range(12):
            took.append(await there.hears(await book(house, clinic, diary, next(slots)), MOST_SECONDS_EVER))
        expect(f"median seconds until the other instance tells: {statistics.median(took):.3f}",
               statistics.median(took) <= MOST_SECONDS_USUALLY, True)
        there.go()
        missed = [await book(house, clinic, diary, next(slots)) for _ in range(3)]
        here = await Watcher(house, clinic, ADDRESSES[0], last=there.last).come()
        for each in missed:
            await here.hears(each, MOST_SECONDS_EVER)
        expect("told at the first instance to whoever stopped at the second", here.heard, missed)
        back = await Watcher(house, clinic, ADDRESSES[1], last=here.last).come()
        if redis:
            redis.kill()
            redis.wait()
        latest = await book(house, clinic, diary, next(slots))
        for watcher in (here, back):
            await watcher.hears(latest, MOST_SECONDS_EVER)
        expect("told again to whoever came back", (here.heard, back.heard), (missed + [latest], [latest]))
        gone = house.command("staff", "list", "--clinic", clinic.slug)
        staff = next(each["id"] for each in gone["staff"] if each["name"] == "Outside Test")
        begun = time.monotonic()
        house.command("staff", "remove", "--clinic", clinic.slug, "--staff", staff)
        for watcher in (here, back):
            await until(lambda: _said(watcher.kinds[-1] == "end"), MOST_SECONDS_TO_END, every=0.02)
        ended = time.monotonic() - begun
    finally:
        second.server.stop(signal.SIGTERM)
    return (f"told by the other instance after {statistics.median(took) * 1000:.0f} ms (median of {len(took)}, at most "
            f"{max(took) * 1000:.0f}); {len(missed)} missed were told across; streams ended after {ended:.1f} s")


@check("what one instance writes another one tells, whoever stopped at one goes on at the other, and who is removed hears no more")
async def notified() -> str:
    with House(NADI_SECRET=SECRET) as house:
        return await story(house)


@check("with Redis between the instances too, and Redis may die meanwhile")
async def carried() -> str:
    if not shutil.which("redis-server"):
        raise AssertionError("there is no redis-server here")
    port = free_port()
    redis = subprocess.Popen(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    try:
        with House(NADI_SECRET=SECRET, NADI_REDIS_URL=f"redis://127.0.0.1:{port}/0") as house:
            return await story(house, redis)
    finally:
        redis.kill()
        redis.wait()
