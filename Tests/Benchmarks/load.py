"""Drives wrk over a list of requests and reads the CPU that they cost."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .processes import cpu_seconds, resident_mb

REPLAY = Path(__file__).with_name("replay.lua")


@dataclass(frozen=True)
class Call:
    """One request as it goes over the wire."""

    path: str
    host: str
    token: str = ""
    body: str = ""

    def line(self) -> str:
        return "\t".join(("POST" if self.body else "GET", self.host, self.path, self.token, self.body))


def run(port: int, calls: list[Call], app: int, database: int | None, *,
        seconds: float, connections: int, folder: Path) -> dict:
    """Plays the calls for a while; what it cost is CPU of the process trees `app` and `database`."""
    listing = folder / "requests.tsv"
    listing.write_text("\n".join(call.line() for call in calls))
    before = cpu_seconds(app), cpu_seconds(database) if database else 0
    output = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(REPLAY),
         f"http://127.0.0.1:{port}"],
        env=os.environ | {"REQUESTS": str(listing)}, check=True, capture_output=True, text=True).stdout
    after = cpu_seconds(app), cpu_seconds(database) if database else 0
    told = json.loads(output.strip().rpartition("\n")[2])
    count = max(told["requests"], 1)
    return {
        "requests": told["requests"],
        "requests_per_s": round(count / told["seconds"], 1),
        "p50_ms": told["p50_ms"],
        "p99_ms": told["p99_ms"],
        "app_us": round((after[0] - before[0]) / count * 1e6, 1),
        "pg_us": round((after[1] - before[1]) / count * 1e6, 1),
        "bytes_per_answer": round(told["bytes"] / count),
        "not_2xx": told["not_2xx"],
        "socket_errors": told["socket_errors"],
        "resident_mb": round(resident_mb(app), 1),
    }
