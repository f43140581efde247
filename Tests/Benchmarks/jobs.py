"""make bench-jobs: what taking a job costs however many wait, and how many are carried out in a second.

The statements are taken from PostgreSQL's log while a worker carries out one job, and run under pgbench as they stand.

JOBS_DEPTHS  how many jobs wait (1000,1000000)    JOBS_COUNT  how many are carried out (20000)
"""

import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from .cluster import Cluster
from .nadi import PROGRAM, ROOT
from .pgbench import parameters
from .processes import Server, cpu_seconds, free_port

DEPTHS = [int(depth) for depth in os.environ.get("JOBS_DEPTHS", "1000,1000000").split(",")]
COUNT = int(os.environ.get("JOBS_COUNT", "20000"))
# The probes' own, in which nothing is made of the events that they leave: pgbench makes nothing of them either.
LANE = "reminder"
CLINICS, TAKES, ROUNDS, CLIENTS, BATCH = 200, 1000, 5, 12, 16
RESULTS = Path(__file__).parent / "results"
# As a worker's connections have it (Sources/Database/ConnectionInfo.swift).
WORKER = "-c plan_cache_mode=force_generic_plan -c jit=off " + " ".join(
    f"-c enable_{way}=off" for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"))


class Bench:
    def __init__(self, folder: Path):
        self.folder, self.cluster = folder, Cluster(folder / "postgres")
        self.cluster.sql("CREATE DATABASE nadi")
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("NADI_")} | {
            "NADI_DATABASE_URL": self.cluster.url("nadi"), "NADI_DATA_DIR": str(folder / "data"),
            "NADI_ENV": "development", "NADI_LOG_LEVEL": "warning", "NADI_PORT": str(free_port())}
        subprocess.run([PROGRAM, "migrate"], env=self.environment, cwd=ROOT, check=True, capture_output=True)
        self.cluster.sql(f"INSERT INTO tenant (public_id, slug, name) SELECT gen_random_uuid(), 'clinic-' || n, 'C' "
                         f"FROM generate_series(1, {CLINICS}) n", "nadi")

    def sql(self, text: str) -> str:
        return self.cluster.sql(text, "nadi")

    def worker(self, **environment: str) -> subprocess.Popen:
        return subprocess.Popen([PROGRAM, "worker", "--lanes", LANE], env=self.environment | environment, cwd=ROOT,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def fill(self, count: int) -> None:
        """So many jobs wait, spread over all clinics."""
        self.sql("TRUNCATE job, outbox;\nCHECKPOINT;")
        self.sql(f"INSERT INTO job (tenant_id, lane, kind, payload, tries_max, state) SELECT 1 + n % {CLINICS}, {JOB} "
                 f"FROM generate_series(1, {count}) n;\nVACUUM ANALYZE job;")

    def empty(self, seconds: float = 120) -> float:
        """Waits until none of ours is left. Others come by the clock while this runs, some in lanes that nobody here works."""
        begun = time.monotonic()
        while self.sql("SELECT count(*) FROM (SELECT FROM job WHERE kind = 'probe' AND state <> 'parked' LIMIT 1) one") != "0":
            if time.monotonic() - begun > seconds:
                left = self.sql("SELECT lane, kind, state, count(*), max(tries), max(reason) FROM job GROUP BY 1, 2, 3")
                raise TimeoutError(f"jobs are left:\n{left}")
            time.sleep(0.02)
        return time.monotonic() - begun

    def capture(self) -> tuple[str, list[str]]:
        """The statement that takes, and those of one job's effects and end, as they went by."""
        self.fill(1)
        self.cluster.sql("ALTER SYSTEM SET log_statement = 'all';\nSELECT pg_reload_conf();")
        time.sleep(0.5)
        # One alone: what is ended must have been taken by the same.
        worker = self.worker(NADI_LOOPS="1", NADI_WORKERS="1")
        try:
            self.empty()
            time.sleep(0.5)
        finally:
            stop(worker)
        self.cluster.sql("ALTER SYSTEM SET log_statement = 'none';\nSELECT pg_reload_conf();")
        entries = [json.loads(line) for line in self.cluster.statements.open() if line.endswith("}\n")]
        takes = [each for each in entries if "WITH RECURSIVE turn" in each["message"]]
        end = next(each for each in entries if "DELETE FROM job WHERE tenant_id" in each["message"])
        ours = [each for each in entries if each["pid"] == end["pid"] and "execute" in each["message"]]
        ours = ours[: ours.index(end) + 1][-3:]
        return filled(takes[-1], own_values(takes[-1])), [filled(each, OF_JOB) for each in ours]

    def take_cost(self, depth: int, take: str) -> float:
        """The latency of taking, in microseconds, with so many waiting: what is taken is replaced, and the clinic whose turn
        was last is remembered, as the worker does both."""
        self.fill(depth)
        path = self.folder / "take.sql"
        path.write_text("\n".join([
            "BEGIN;", GATE, f"WITH taken AS ({take}) {GATHER}", LEAVE,
            f"INSERT INTO job (tenant_id, lane, kind, payload, tries_max, state) SELECT unnest(:t::int[]), {JOB};",
            "COMMIT;"]))
        # A worker's connection lives for long: the first time that it touches a page is not what taking costs.
        done = self.pgbench(path, clients=1, options=["-r", "-Dturn=0", f"-t{TAKES}"])
        line = next(line for line in done.splitlines() if "WITH taken" in line)
        return float(line.split()[0]) * 1000

    def own_rate(self) -> tuple[float, float]:
        self.fill(COUNT)
        worker, begun = self.worker(), self.sql("SELECT now()")
        try:
            self.empty()
            took = float(self.sql("SELECT extract(epoch FROM max(at) - min(at)) FROM outbox"))
            app = cpu_seconds(worker.pid) / COUNT * 1e6
        finally:
            stop(worker)
        return COUNT / took, app

    def pgbench_rate(self, take: str, effects: list[str]) -> float:
        """The same statements, a batch at a time, from as many connections as the worker's writes have."""
        self.fill(COUNT * 2)
        path = self.folder / "rate.sql"
        lines = ["\\startpipeline", "\\endpipeline", "BEGIN;", GATE, f"WITH taken AS ({take}) {GATHER}", "COMMIT;"]
        for number in range(1, BATCH + 1):
            each = [text.replace("TENANT", f"(:t::int[])[{number}]").replace("JOB_ID", f"(:i::uuid[])[{number}]")
                    for text in effects]
            lines += ["BEGIN;", *(text + ";" for text in each), "COMMIT;"]
        path.write_text("\n".join(lines[2:]))
        before = int(self.sql("SELECT count(*) FROM job"))
        begun = time.monotonic()
        self.pgbench(path, clients=CLIENTS, options=["-Dturn=0", f"-t{max(1, COUNT // BATCH // CLIENTS)}"], user="postgres")
        took = time.monotonic() - begun
        return (before - int(self.sql("SELECT count(*) FROM job"))) / took

    def pgbench(self, path: Path, clients: int, options: list[str], user: str = "nadi_worker") -> str:
        done = subprocess.run(["pgbench", "-n", "-Mprepared", f"-c{clients}", "-j2", *options, f"-f{path}",
                               self.cluster.url("nadi", user)], env=os.environ | {"PGOPTIONS": WORKER},
                              capture_output=True, text=True)
        if done.returncode or "aborted" in done.stderr:
            raise RuntimeError(done.stderr[:3000])
        return done.stdout


JOB = f"""'{LANE}', 'probe',
 '{{"number": 1, "milliseconds": 0, "poison": false, "subject": "00000000-0000-7000-8000-000000000001"}}', 5, 'ready'"""
JOB = " ".join(JOB.split())
GATE = f"SELECT pg_advisory_xact_lock(7107, hashtext('{LANE}'));"
GATHER = ("SELECT array_agg(tenant_id)::text AS t, array_agg(id)::text AS i, "
          "(array_agg(tenant_id ORDER BY step DESC))[1] AS turn FROM taken \\gset")
LEAVE = ("DELETE FROM job USING unnest(:t::int[], :i::uuid[]) AS ended (tenant_id, id) "
         "WHERE job.tenant_id = ended.tenant_id AND job.id = ended.id;")
OF_JOB = "job"


def own_values(entry: dict) -> dict[int, str]:
    """What the benchmark sets itself: batches of its own size, clinics without a limit, whose turn it is."""
    def places(pattern: str) -> list[int]:
        return [int(place) for place in re.findall(pattern, entry["message"])]

    values = dict.fromkeys(places(r"2\.0 \* \$(\d+)::int8") + places(r"least\(\$(\d+), \$\d+ - \("), str(BATCH))
    values |= dict.fromkeys(places(r"least\(\$\d+, \$(\d+) - \(") + places(r"least\(\$(\d+) - share"), "100000")
    values |= dict.fromkeys(places(r"turn\.opened < \$(\d+)"), str(BATCH + 2))
    values |= dict.fromkeys(places(r"SELECT \$(\d+), 0::bigint") + places(r"next\.tenant_id <= \$(\d+)"), ":turn::int")
    if len(values) != 7:
        raise RuntimeError(f"the statement that takes has other places by now: {values}")
    return values


def filled(entry: dict, own: dict[int, str] | str) -> str:
    """The statement with its values; whose job it is becomes a place of its own."""
    text = re.sub(r"^execute [^:]*: ", "", entry["message"]).strip().replace("\n", " ")
    values = dict(parameters(entry.get("detail", "")))
    if isinstance(own, dict):
        return re.sub(r"\$(\d+)", lambda at: own.get(int(at[1])) or literal(values[int(at[1])]), text)
    text = re.sub(r"set_config\('app.tenant_id', \$1, true\)", "set_config('app.tenant_id', TENANT::text, true)", text)
    text = re.sub(r"(WHERE tenant_id = |VALUES \()\$1", r"\1TENANT", text)
    text = re.sub(r"AND id = \$\d+", "AND id = JOB_ID", text)
    return re.sub(r"\$(\d+)", lambda at: literal(values[int(at[1])]), text)


def literal(value: str | None) -> str:
    if value is None:
        return "NULL"
    return value if re.fullmatch(r"-?\d+", value) else "'" + value + "'"


def redis_rate(folder: Path) -> str:
    """A list that is pushed to and popped from, without promises: for reference."""
    if not shutil.which("redis-benchmark"):
        return "no redis-server here"
    port = free_port()
    server = Server("redis", ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no"], port,
                    folder / "redis.log").wait()
    try:
        done = subprocess.run(["redis-benchmark", "-p", str(port), "-q", "-n", "100000", "-c", str(CLIENTS), "-t", "lpush,rpop"],
                              capture_output=True, text=True, check=True)
    finally:
        server.stop()
    return ", ".join(line.split(",")[0].strip() for line in re.split(r"[\r\n]+", done.stdout) if "requests per second" in line)


def stop(worker: subprocess.Popen) -> None:
    worker.send_signal(signal.SIGTERM)
    worker.wait(60)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="nadi-jobs-", dir="/var/tmp"))
    folder.chmod(0o755)
    bench = Bench(folder)
    try:
        take, effects = bench.capture()
        costs = {depth: [] for depth in DEPTHS}
        for _ in range(ROUNDS):
            for depth in DEPTHS:
                costs[depth].append(bench.take_cost(depth, take))
        medians = {depth: statistics.median(each) for depth, each in costs.items()}
        for depth, cost in medians.items():
            print(f"taking {BATCH} of {depth:,} waiting: {cost:.0f} µs ({cost / medians[DEPTHS[0]]:.2f}×)", flush=True)
        # In turn: a disk that is slow for a minute is so for both.
        rounds = [(bench.own_rate(), bench.pgbench_rate(take, effects)) for _ in range(ROUNDS)]
        own, app = (statistics.median(each[place] for each, _ in rounds) for place in (0, 1))
        plain, part = (statistics.median(each) for each in zip(*((plain, own / plain) for (own, _), plain in rounds)))
        print(f"a worker carries out {own:.0f} jobs a second, {app:.0f} µs of its own each")
        print(f"the same statements under pgbench: {plain:.0f} jobs a second; the worker's part {part:.2f} "
              f"({', '.join(f'{own / plain:.2f}' for (own, _), plain in rounds)})")
        redis = redis_rate(folder)
        print(f"a Redis list, which promises none of it: {redis}")
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "jobs.json").write_text(json.dumps({
            "take_us": medians, "jobs_per_s": own, "app_us": app, "pgbench_per_s": plain, "part": part, "redis": redis}, indent=1))
    finally:
        bench.cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
