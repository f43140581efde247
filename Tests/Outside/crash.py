"""The server dies without a word, again and again, while people book."""

import asyncio
import os
import random
import signal
import statistics
import time
import uuid

from .booking import Diary, Slot
from .checks import check, expect
from .house import House
from .load import until
from .wire import NoAnswer

KILLS = int(os.environ.get("OUTSIDE_KILLS", "50"))
MOST_SECONDS = 2
WRITERS, PAUSE = 8, 0.5  # so that there are slots left at the last kill


class Ledger:
    """Who asked for what under which key, and what was acknowledged."""

    def __init__(self, diary: Diary, slots: list[Slot]):
        self.diary, self.todo = diary, list(slots)
        self.keys: dict[Slot, str] = {}
        self.acknowledged: dict[Slot, str] = {}
        self.is_open = True

    async def write(self) -> None:
        """Books slot after slot; what got no answer is asked for again under its own key."""
        wire = self.diary.house.wire(self.diary.clinic, timeout=10)
        while self.is_open and self.todo:
            slot = self.todo.pop()
            key = self.keys.setdefault(slot, str(uuid.uuid4()))
            try:
                answer = await self.diary.book(wire, slot, key=key)
            except NoAnswer:
                self.todo.append(slot)
                await asyncio.sleep(0.05)
                continue
            await asyncio.sleep(PAUSE)
            if answer.status == 201:
                self._acknowledge(slot, answer.json()["id"])
            elif answer.status in (409, 503) and answer.code != "slot_taken":
                self.todo.append(slot)  # the first try is still under way, or the house is just opening
                await asyncio.sleep(0.05)
            else:
                raise AssertionError(f"{slot} under {key}: {answer.status} {answer.body!r}")

    def _acknowledge(self, slot: Slot, appointment: str) -> None:
        expect(f"a second answer for {slot}", self.acknowledged.setdefault(slot, appointment), appointment)


@check(f"killed {KILLS} times while people book, the house loses no acknowledged appointment and doubles none")
async def killed() -> str:
    with House() as house:
        clinic, *_ = await house.clinics(1)
        diary = await Diary.of(house, clinic, patients=len(clinic.practitioners))
        ledger = Ledger(diary, await diary.slots(6000))
        writers = [asyncio.create_task(ledger.write()) for _ in range(WRITERS)]
        chance, returns, probe = random.Random(50), [], house.wire()

        async def is_ready() -> bool:
            try:
                return (await probe.get("/health/ready")).status == 200
            except NoAnswer:  # the probe's connection died with the house
                return False

        for _ in range(KILLS):
            await asyncio.sleep(chance.uniform(0.05, 0.5))
            os.kill(house.pid, signal.SIGKILL)
            house.server.process.wait()
            begun = time.monotonic()
            await asyncio.to_thread(house.start)
            await until(is_ready, 10, every=0.01)
            returns.append(time.monotonic() - begun)
        await asyncio.sleep(0.5)
        ledger.is_open = False
        await asyncio.gather(*writers)
        expect("slots were left at the last kill", bool(ledger.todo), True)
        expect("slots that are booked twice", house.sql(DOUBLED), [])
        kept = int(house.sql(COUNT)[0][0])
        lost = len(ledger.acknowledged) - int(house.sql(found(ledger))[0][0])
        expect("acknowledged appointments that are lost", lost, 0)
        expect(f"ready again within {MOST_SECONDS} s: {max(returns):.2f}", max(returns) <= MOST_SECONDS, True)
        return (f"{len(ledger.acknowledged)} acknowledged, {kept} in the database, 0 lost, 0 doubled, "
                f"ready again after {statistics.median(returns):.2f} s, {max(returns):.2f} s at most")


COUNT = "SELECT count(*) FROM appointment WHERE stage = 'booked'"
DOUBLED = """
SELECT practitioner_id || ' ' || starts_at FROM appointment WHERE stage = 'booked'
 GROUP BY tenant_id, practitioner_id, starts_at HAVING count(*) > 1
"""


def found(ledger: Ledger) -> str:
    """How many of the acknowledged appointments the database has."""
    ids = ",".join(f"'{uuid_of(text)}'" for text in ledger.acknowledged.values())
    return f"SELECT count(*) FROM appointment WHERE stage = 'booked' AND id IN ({ids})"


def uuid_of(type_id: str) -> uuid.UUID:
    """`apt_01h…` → the UUID that its 26 characters of Crockford's base 32 spell."""
    number = 0
    for character in type_id.rpartition("_")[2]:
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(character)
    return uuid.UUID(int=number)
