"""Worker processes die without a word while ten thousand jobs wait: each is carried out once."""

import asyncio
import os
import random
import signal
import subprocess
import time

from .checks import check, expect
from .house import PROGRAM, ROOT, House
from .load import until

KILLS = int(os.environ.get("OUTSIDE_KILLS", "50"))
# Lines and poison share no divisor: each poisonous job stands in a line of its own.
JOBS, SUBJECTS, POISON, MILLISECONDS = 10_000, 97, 1_000, 120
PROCESSES, PATIENCE = 4, 150


class Crew:
    """Worker processes, each of which is replaced when it is killed."""

    def __init__(self, house: House):
        self.house = house
        self.processes = [self._start() for _ in range(PROCESSES)]

    def _start(self) -> subprocess.Popen:
        return subprocess.Popen([PROGRAM, "worker", "--lanes", "reminder"], cwd=ROOT,
                                env=self.house.environment | {"NADI_LOOPS": "1", "NADI_WORKERS": "1"},
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill_one(self, place: int) -> None:
        self.processes[place].send_signal(signal.SIGKILL)
        self.processes[place].wait()
        self.processes[place] = self._start()

    def stop(self) -> list[int]:
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        return [process.wait(40) for process in self.processes]


@check(f"{KILLS} kills of {PROCESSES} worker processes lose none of {JOBS} jobs, double none, and keep the order of subjects")
async def killed() -> str:
    with House(NADI_WORKERS="0") as house:
        house.command("demo", "seed", "--clinics", "1", "--seed", "7")
        slug = house.command("clinic", "list")["clinics"][0]["slug"]
        house.command("jobs", "probe", "--clinic", slug, "--count", str(JOBS), "--subjects", str(SUBJECTS),
                      "--poison", str(POISON), "--millis", str(MILLISECONDS))
        crew, chance, begun = Crew(house), random.Random(50), time.monotonic()
        try:
            for _ in range(KILLS):
                await asyncio.sleep(chance.uniform(0.2, 0.8))
                await asyncio.to_thread(crew.kill_one, chance.randrange(PROCESSES))
            left = int(house.sql(LEFT)[0][0])
            expect("jobs were left at the last kill", left > JOBS // POISON, True)

            async def is_over() -> bool:
                return house.sql(LEFT)[0][0] == "0"

            await until(is_over, PATIENCE, every=0.5)
            seconds = time.monotonic() - begun
        finally:
            ends = crew.stop()
        expect("exit codes of the workers that were asked to stop", ends, [0] * PROCESSES)
        poison = [str(number) for number in range(POISON - 1, JOBS, POISON)]
        arrived = house.sql(ARRIVED)
        numbers = sorted(int(row[1]) for row in arrived)
        wanted = [number for number in range(JOBS) if str(number) not in poison]
        expect("effects that happened twice", len(numbers) - len(set(numbers)), 0)
        expect("effects that are missing", sorted(set(wanted) - set(numbers))[:10], [])
        expect("jobs that were parked", sorted(row[0] for row in house.sql(PARKED)), sorted(poison))
        expect("reasons", sorted({row[1] for row in house.sql(PARKED)} - REASONS), [])
        lines: dict[str, list[int]] = {}
        for subject, number in arrived:
            lines.setdefault(subject, []).append(int(number))
        expect("subjects whose order was kept", sum(line == sorted(line) for line in lines.values()), SUBJECTS)
        return (f"{len(numbers)} effects once each, {len(poison)} of poison parked, {SUBJECTS} lines in order, "
                f"{left} left at the last kill, over after {seconds:.0f} s")


REASONS = {"ProbeIsPoison()", "the worker that had it is gone"}
LEFT = "SELECT count(*) FROM job WHERE kind = 'probe' AND state <> 'parked'"
PARKED = "SELECT payload ->> 'number', reason FROM job WHERE kind = 'probe' AND state = 'parked'"
ARRIVED = """
SELECT subject_id, payload ->> 'number' FROM outbox WHERE kind = 'probe.arrived'
 ORDER BY transaction_id, sequence
"""
