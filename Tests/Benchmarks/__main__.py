"""make bench: Nadi, its peers and the yardsticks under the same load, in turn, in one run.

BENCH_SECONDS  how long each run lasts (8)        BENCH_ONLY  systems or workloads, by comma: nadi,fastapi,W1
BENCH_ROUNDS   runs of each, the median counts (3)
BENCH_VISIT    what is booked (teleconsultation: a practitioner alone, as the peers do; health-check: a room too)

A full run, shortened in nothing, is written into the README.
"""

import json
import os
import shutil
import statistics
import tempfile
from pathlib import Path

from . import nadi, report, stacks
from .agreement import agree
from .cluster import Cluster
from .load import run
from .pgbench import Statements
from .shape import WORKLOADS
from .yardsticks import Nginx

FULL_SECONDS, FULL_ROUNDS = 8, 3
SECONDS = float(os.environ.get("BENCH_SECONDS", FULL_SECONDS))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", FULL_ROUNDS))
ONLY = set(filter(None, os.environ.get("BENCH_ONLY", "").split(",")))
CONNECTIONS = 32
# More than any system books in a second: a list that ran out would book again what is taken.
BOOKINGS_A_SECOND = 8000
RESULTS = Path(__file__).parent / "results"


def wanted(system: str, workload: str) -> bool:
    systems = ONLY & {"nadi", "fastapi", "express", "nginx", "pgbench"}
    workloads = ONLY & {"W1", "W2", "W3", "W4", "ping"}
    return (not systems or system in systems) and (not workloads or workload in workloads)


def measure(systems: list, cluster: Cluster, folder: Path) -> tuple[list[dict], int]:
    """Every workload on every system, round by round, so that a busy minute of the machine hits all."""
    results, booked = [], 0  # one count for all: the peers share a database, and a slot is booked once
    for round_number in range(ROUNDS + 1):
        for workload in ("ping", "W4", "W1", "W3", "W2"):
            for system in systems:
                if workload not in system.workloads or not wanted(system.name, workload):
                    continue
                seconds = SECONDS if round_number else 2  # the first warms caches, prepared statements and JITs
                count = int(seconds * BOOKINGS_A_SECOND)
                calls = system.calls(workload, booked, count)
                booked += count if workload == "W2" else 0
                told = run(system.port, calls, system.pid, cluster.pid, seconds=int(seconds),
                           connections=CONNECTIONS, folder=folder)
                if round_number:
                    results.append({"system": system.name, "workload": workload, "round": round_number} | told)
                    print(report.line(results[-1]), flush=True)
    return results, booked


def medians(results: list[dict]) -> list[dict]:
    groups: dict[tuple[str, str], list[dict]] = {}
    for result in results:
        groups.setdefault((result["workload"], result["system"]), []).append(result)
    return [
        {"system": system, "workload": workload}
        | {key: round(statistics.median(run[key] for run in runs), 2)
           for key in ("requests_per_s", "p50_ms", "p99_ms", "app_us", "pg_us", "resident_mb")}
        | {key: sum(run[key] for run in runs) for key in ("not_2xx", "socket_errors")}
        for (workload, system), runs in groups.items()
    ]


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="nadi-bench-", dir="/var/tmp"))
    folder.chmod(0o755)  # PostgreSQL runs as another user when a root starts it
    cluster, running = Cluster(folder / "postgres"), []
    try:
        everyone = [nadi.Nadi(), stacks.fastapi(), stacks.express(), Nginx()]
        chosen = [each for each in everyone if any(wanted(each.name, workload) for workload in each.workloads)]
        if any(each.name in ("fastapi", "express") for each in chosen):
            stacks.seed(cluster)
        for system in chosen:
            running.append(system.start(cluster, folder))
        both = [f"http://127.0.0.1:{each.port}" for each in running if isinstance(each, stacks.Peer)]
        if both:
            agree(both)
        results, booked = measure(running, cluster, folder)
        ours = next((each for each in running if each.name == "nadi"), None)
        asked = [workload for workload in WORKLOADS if wanted("pgbench", workload)]
        if ours and asked:
            results += Statements(ours, cluster, folder).measure(SECONDS, ROUNDS, asked, booked)
    finally:
        for system in running:
            system.stop()
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "runs.json").write_text(json.dumps(results, indent=2))
    report.write(medians(results), RESULTS)
    full = not ONLY and SECONDS >= FULL_SECONDS and ROUNDS >= FULL_ROUNDS and "BENCH_VISIT" not in os.environ
    if full:
        report.publish(medians(results), f"medians of {ROUNDS} runs of {SECONDS:g} s, {CONNECTIONS} connections")


if __name__ == "__main__":
    main()
