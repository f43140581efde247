"""make bench-growth: the same work at 200, 2,000 and 10,000 clinics of the same density, and the ratios.

GROWTH_SIZES  clinics at each step (200,2000,10000)    BENCH_SECONDS  how long each run lasts (8)
GROWTH_PAST   finished appointments of each practitioner (90: with the live ones 10 million at 10,000 clinics)
"""

import json
import os
import shutil
import statistics
import tempfile
from pathlib import Path

from .cluster import Cluster
from .load import run
from .nadi import Density, Nadi
from .shape import WORKLOADS, unbooked

SIZES = [int(size) for size in os.environ.get("GROWTH_SIZES", "200,2000,10000").split(",")]
SECONDS = int(os.environ.get("BENCH_SECONDS", "8"))
ROUNDS = 3
CONNECTIONS = 32
BOOKINGS_A_SECOND = 8000
DENSITY = Density(patients=100, live=10, past=int(os.environ.get("GROWTH_PAST", "90")))
RESULTS = Path(__file__).parent / "results"
COMPARED = ("app_us", "pg_us", "p99_ms")


def measure(nadi: Nadi, cluster: Cluster, folder: Path, booked: int) -> tuple[dict, int]:
    """The medians of each workload at the present size."""
    medians = {}
    for workload in WORKLOADS:
        runs = []
        for number in range(ROUNDS + 1):
            seconds = SECONDS if number else 3  # the first warms what the size has made cold
            count = seconds * BOOKINGS_A_SECOND
            calls = nadi.calls(workload, booked, count)
            booked += count if workload == "W2" else 0
            runs.append(run(nadi.port, calls, nadi.pid, cluster.pid, seconds=seconds, connections=CONNECTIONS,
                            folder=folder))
        medians[workload] = {key: round(statistics.median(each[key] for each in runs[1:]), 2)
                             for key in ("requests_per_s", "p50_ms", "p99_ms", "app_us", "pg_us", "resident_mb")}
        medians[workload]["faults"] = sum(each["not_2xx"] + each["socket_errors"] for each in runs[1:])
        print(f"{nadi.tenants:6} clinics  {workload}  {medians[workload]}", flush=True)
    return medians, booked


def ratios(results: dict[int, dict]) -> str:
    first, *later = results
    rows = ["| work | figure | " + " | ".join(f"{size:,} clinics" for size in results) + " |",
            "|---|---|" + "---:|" * len(results)]
    for workload in WORKLOADS:
        for key in COMPARED:
            base = results[first][workload][key]
            told = [f"{results[size][workload][key]} ({results[size][workload][key] / (base or 1):.2f}×)" for size in later]
            rows.append(f"| {workload} | {key} | {base} | " + " | ".join(told) + " |")
    return "\n".join(rows) + "\n"


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="nadi-growth-", dir="/var/tmp"))
    folder.chmod(0o755)
    cluster, nadi, results, booked = Cluster(folder / "postgres"), Nadi(SIZES[0], DENSITY), {}, 0
    try:
        for before, size in zip(SIZES[:1] + SIZES, SIZES):
            nadi.tenants, booked = size, unbooked(booked, before, size)
            nadi.start(cluster, folder)
            count = cluster.sql("SELECT count(*) FROM appointment", "nadi")
            print(f"{size:,} clinics, {int(count):,} appointments", flush=True)
            results[size], booked = measure(nadi, cluster, folder, booked)
            nadi.stop()
    finally:
        if nadi.pid:
            nadi.stop()
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "growth.json").write_text(json.dumps(results, indent=2))
    (RESULTS / "growth.md").write_text(ratios(results))
    print(ratios(results))


if __name__ == "__main__":
    main()
