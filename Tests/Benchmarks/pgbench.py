"""Nadi's own statements under pgbench, one transaction a write: what PostgreSQL alone costs.

The statements are not kept here. They are taken from PostgreSQL's log while Nadi answers a few requests, so that they
cannot grow different from what Nadi sends.
"""

import json
import os
import re
import resource
import subprocess
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .cluster import Cluster
from .load import Call
from .processes import cpu_seconds

SAMPLES = 12  # each is a script that every connection plans once: few enough that planning does not count
CLIENTS = 8
# What ends a transaction's share of the log: without it a sample was read too early.
LAST = {"W2": "INSERT INTO outbox"}
# As Nadi's connections have it: a statement is planned once.
SETTINGS = "-c plan_cache_mode=force_generic_plan -c jit=off"
LATER = ":weeks * interval '7 days'"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Statements:
    def __init__(self, nadi, cluster: Cluster, folder: Path):
        self.nadi, self.cluster, self.folder = nadi, cluster, folder / "pgbench"
        self.folder.mkdir()
        self.rounds = 0

    def measure(self, seconds: float, rounds: int, workloads: list[str], booked: int) -> list[dict]:
        results = []
        for workload in workloads:
            scripts = self.scripts(workload, booked)
            results += [{"round": n + 1} | self.run(workload, scripts, seconds) for n in range(rounds)]
        return results

    def scripts(self, workload: str, booked: int) -> list[Path]:
        """One script for each of a few requests, as they went by."""
        self.log_statements("all")
        scripts = []
        for number, call in enumerate(self.nadi.calls(workload, booked, 4000)[:SAMPLES]):
            begun = self.log_size()
            moment = datetime.now(UTC)
            ask(self.nadi.port, call)
            entries = self.transaction(begun, LAST.get(workload, ""))
            scripts.append(self.folder / f"{workload}-{number}.sql")
            scripts[-1].write_text(script(entries, moment))
        self.log_statements("none")
        return scripts

    def run(self, workload: str, scripts: list[Path], seconds: float) -> dict:
        self.rounds += 1
        logs = self.folder / f"log-{self.rounds}"
        before, own = cpu_seconds(self.cluster.pid), children_seconds()
        done = subprocess.run(
            ["pgbench", "-n", "-M", "prepared", f"-c{CLIENTS}", "-j1", f"-T{int(seconds)}", "-l",
             f"--log-prefix={logs}", "-Dn=0", f"-Drun={self.rounds}",
             *(f"-f{path}" for path in scripts), self.cluster.url("nadi", "nadi_app")],
            env=os.environ | {"PGOPTIONS": SETTINGS}, capture_output=True, text=True)
        if done.returncode or "aborted" in done.stderr:
            raise RuntimeError(f"{workload}: {done.stderr[:3000]}")
        count = int(re.search(r"actually processed: (\d+)", done.stdout)[1])
        waits = sorted(int(line.split()[2]) for log in self.folder.glob(f"{logs.name}*") for line in log.open())
        for log in self.folder.glob(f"{logs.name}*"):
            log.unlink()
        return {
            "system": "pgbench", "workload": workload, "requests": count,
            "requests_per_s": round(count / seconds, 1),
            "p50_ms": waits[len(waits) // 2] / 1000, "p99_ms": waits[int(len(waits) * 0.99)] / 1000,
            "app_us": round((children_seconds() - own) / count * 1e6, 1),
            "pg_us": round((cpu_seconds(self.cluster.pid) - before) / count * 1e6, 1),
            "resident_mb": 0, "not_2xx": 0, "socket_errors": 0,
        }

    def log_statements(self, which: str) -> None:
        self.cluster.sql(f"ALTER SYSTEM SET log_statement = '{which}';\nSELECT pg_reload_conf();")
        time.sleep(0.5)

    def log_size(self) -> int:
        return self.cluster.statements.stat().st_size

    def transaction(self, begun: int, last: str) -> list[dict]:
        """What was logged since then by the connection that worked for a clinic, when all of it has been."""
        for _ in range(100):
            time.sleep(0.02)
            with self.cluster.statements.open() as log:
                log.seek(begun)
                entries = [json.loads(line) for line in log if line.endswith("}\n")]
            pids = [each["pid"] for each in entries if "app.tenant_id" in each["message"]]
            # The last of them did the work; one before it may have looked up who is calling.
            told = [each for each in entries
                    if pids and each["pid"] == pids[-1] and each["message"].startswith(("execute ", "statement: "))]
            if told and any(last in each["message"] for each in told):
                return told
        raise RuntimeError(f"Nadi did not ask PostgreSQL in a clinic's name to {last or 'read'}")


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ask(port: int, call: Call) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{call.path}", data=call.body.encode() or None)
    request.add_header("Host", call.host)
    request.add_header("Authorization", f"Bearer {call.token}")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as answer:
        answer.read()


def script(entries: list[dict], moment: datetime) -> str:
    """One pipelined write. What must be new each time (ids, a booking's week) is made from pgbench's own counters."""
    lines = ["\\set n :n + 1", "\\set weeks :run * 100000 + :client_id * 5000 + :n", "\\startpipeline"]
    for entry in entries:
        text = re.sub(r"^(execute [^:]*|statement): ", "", entry["message"]).strip()
        values = dict(parameters(entry.get("detail", "")))
        text = re.sub(r"\$(\d+)", lambda at: literal(values[int(at[1])], moment), text)
        lines.append(text.rstrip(";").replace("\n", " ") + ";")
    return "\n".join([*lines, "\\endpipeline"]) + "\n"


def parameters(detail: str) -> list[tuple[int, str | None]]:
    found = re.findall(r"\$(\d+) = (?:NULL|'((?:[^']|'')*)')", detail)
    nulls = set(re.findall(r"\$(\d+) = NULL", detail))
    return [(int(number), None if number in nulls else value) for number, value in found]


def literal(value: str | None, moment: datetime) -> str:
    if value is None:
        return "NULL"
    if UUID.fullmatch(value):
        return fresh(value) if is_new(value, moment) else f"'{value}'::uuid"
    if MOMENT.fullmatch(value):
        is_booked = datetime.fromisoformat(value) > moment + timedelta(days=1)
        return f"(timestamptz '{value}' + {LATER})" if is_booked else f"'{value}'::timestamptz"
    if DAY.fullmatch(value):
        return f"'{value}'::date"
    if value.startswith("{") and value.endswith("}") and value != "{}" and '":' not in value:
        typed = f"'{value}'::{array_type(value)}"
        return f"ARRAY(SELECT m + {LATER} FROM unnest({typed}) m)" if typed.endswith("timestamptz[]") else typed
    return f"'{value}'"


def array_type(value: str) -> str:
    first = value.strip("{}").split(",")[0].strip('"')
    if MOMENT.fullmatch(first):
        return "timestamptz[]"
    if DAY.fullmatch(first):
        return "date[]"
    if UUID.fullmatch(first):
        return "uuid[]"
    return "bigint[]" if re.fullmatch(r"-?\d+", first) else "text[]"


def is_new(value: str, moment: datetime) -> bool:
    """A UUIDv7 that was made while we watched."""
    made = int(value[:8] + value[9:13], 16) / 1000
    return abs(made - moment.timestamp()) < 2


def fresh(value: str) -> str:
    return f"md5('{value}' || :run || '-' || :client_id || '-' || :n)::uuid"
