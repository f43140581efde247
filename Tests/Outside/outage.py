"""PostgreSQL goes away while people work, and comes back."""

import asyncio
import shutil
import signal
import tempfile
import time
from pathlib import Path

from Tests.Benchmarks.cluster import Cluster

from .checks import check, expect
from .house import House
from .load import Load, until


@check("with PostgreSQL gone the house says so, stays alive, and is well again soon after its return")
async def postgres_stops() -> str:
    folder = Path(tempfile.mkdtemp(prefix="nadi-outage-", dir="/var/tmp"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "postgres")
    try:
        cluster.sql("CREATE DATABASE nadi")
        with House(NADI_DATABASE_URL=cluster.url("nadi")) as house:
            return await stopped_and_started(house, cluster)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def stopped_and_started(house: House, cluster: Cluster) -> str:
    clinic, *_ = await house.clinics(1)
    probe = house.wire()

    async def status(path: str) -> int:
        return (await probe.get(path)).status

    async def is_unready() -> bool:
        return await status("/health/ready") == 503

    async def is_well() -> bool:
        return await status("/health/ready") == 200 and (await house.wire(clinic).get("/v1/me")).status == 200

    load = Load([house.wire(clinic) for _ in range(16)], "/v1/me", pause=0.005).begin()
    await asyncio.sleep(1)
    cluster.server.stop(signal.SIGQUIT)
    unready = await until(is_unready, 2)
    gone = time.monotonic()
    await asyncio.sleep(1.5)
    expect("live while the database is away", await status("/health/live"), 200)
    refused = await house.wire(clinic).get("/v1/me")
    expect("the answer while the database is away", (refused.status, refused.code), (503, "unavailable"))
    expect("it says when to come again", refused.fields.get("retry-after", "").isdigit(), True)
    back = time.monotonic()
    cluster.start()
    well = await until(is_well, 5)
    await load.end()
    during = {status for at, status, _ in load.answers if gone < at < back}
    expect("answers while the database was away", during, {503})
    expect("statuses in all", {status for _, status, _ in load.answers} - {200, 503}, set())
    expect("requests without an answer", load.unanswered, [])
    return f"unready after {unready:.2f} s, well {well:.2f} s after PostgreSQL took connections again, {len(load.answers)} answers"
