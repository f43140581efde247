"""The house closes its doors politely."""

import asyncio
import signal
import time

from .checks import check, expect
from .house import House
from .load import Load


@check("asked to stop under load, the house answers everything that was asked")
async def drained() -> str:
    with House() as house:
        clinic, *_ = await house.clinics(1)
        load = Load([house.wire(clinic) for _ in range(32)], "/v1/me").begin()
        await asyncio.sleep(1)
        begun = time.monotonic()
        house.server.process.send_signal(signal.SIGTERM)
        code = await asyncio.to_thread(house.server.process.wait, 30)
        took = time.monotonic() - begun
        await load.end()
        expect("its exit code", code, 0)
        expect("requests without an answer", load.unanswered, [])
        expect("statuses", {status for _, status, _ in load.answers}, {200})
        return f"{len(load.answers)} answered, 0 failed, gone after {took:.2f} s"


@check("two servers never share a data directory")
async def second_server() -> str:
    with House() as house:
        second = House(NADI_DATA_DIR=house.environment["NADI_DATA_DIR"])
        try:
            second.start()
        except RuntimeError as refusal:
            expect("the refusal names the other's process", str(house.pid) in str(refusal), True)
            return ""
        finally:
            second.__exit__()
        raise AssertionError("a second server started on the same data directory")
