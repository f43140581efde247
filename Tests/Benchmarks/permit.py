"""make bench-permit: what it costs to know who calls, and that they may, of all that a request costs the application.

Valgrind counts the instructions of each step of the walk: they are the same however busy the machine is. What an
instruction takes is measured on the same program without valgrind, as its time outside of the kernel for each request,
divided by the instructions of one. Clinics and callers are known already, as they nearly always are: what a token costs
that was never seen before is no part of it.

BENCH_SECONDS  how long each timed run lasts (8)
"""

import os
import re
import shutil
import statistics
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from . import nadi
from .cluster import Cluster
from .load import Call, run
from .processes import user_seconds

SECONDS, ROUNDS = int(os.environ.get("BENCH_SECONDS", "8")), 3
WARMING, COUNTING = 20, 20  # seconds under valgrind, where everything takes fifty times as long
CONNECTIONS = 16
# The caller's own page, which needs no permission, and a list, which does.
WORKLOADS = ("W4", "W3")
# The steps of the walk, by how the names of their functions begin.
STEPS = {
    "clinic, by the host": ("7Tenancy13TenantRequestV", "7Tenancy15TenantDirectoryC", "7Tenancy12TenantMemoryV",
                            "7Tenancy8HostNameV", "9Reception4DeskC5owner"),
    "caller, by the token": ("8Identity13CallerRequestV", "8Identity8SessionsC", "8Identity11TokenMemoryC",
                             "8Identity11BearerToken", "9Reception4DeskC8signedIn"),
    "permit, by the roles": ("6Access6PermitV9ReceptionE5admit", "6Access6PermitVyxG9Reception8Admitted",
                             "6Access0A6PolicyO", "6Access7HearingV", "6Access6GroundO", "6Access8AskedActV"),
}
# A function that may wait goes over into whatever follows it, which is no part of the step.
WAITING = re.compile(r"YaK?FZ?(TW)?(TQ\d+_|TY\d+_)?$|^swift_task_switch|^swift_job_run")


class Profile:
    """What valgrind has counted: instructions of each function, and of each function's calls of another."""

    def __init__(self, path: Path):
        self.own, self.calls = Counter(), Counter()
        names: dict[str, str] = {}

        def name(text: str) -> str:
            number, _, spelt = text.partition(" ")
            return names.setdefault(number, spelt)

        function, callee = "", None
        for line in path.read_text().splitlines():
            if line.startswith("fn="):
                function = name(line[3:])
            elif line.startswith("cfn="):
                callee = name(line[4:])
            elif line[:1].isdigit() or line[:1] in ("+", "-", "*"):
                cost = int(line.split()[1])
                if callee is None:
                    self.own[function] += cost
                else:
                    self.calls[function, callee] += cost
                    callee = None
        self.total = self.own.total()

    def cost(self, step: str) -> int:
        """What the step's functions do themselves and have done by others, as far as those come back at once."""
        every = tuple(prefix for prefixes in STEPS.values() for prefix in prefixes)

        def belongs(name: str, prefixes: tuple[str, ...]) -> bool:
            return name.removeprefix("$s").startswith(prefixes)

        own = sum(cost for name, cost in self.own.items() if belongs(name, STEPS[step]))
        return own + sum(cost for (caller, callee), cost in self.calls.items() if belongs(caller, STEPS[step])
                         and not belongs(callee, every) and not WAITING.search(callee))


class OneLoop(nadi.Nadi):
    """Nadi on one loop, plain or under valgrind."""

    program: list[str] = [str(nadi.PROGRAM)]

    def use_valgrind(self, folder: Path, out: Path) -> None:
        stripped = folder / "nadi-stripped"
        # Valgrind cannot read the newest debug information, and needs the names alone.
        subprocess.run(["strip", "--strip-debug", "-o", stripped, nadi.PROGRAM], check=True)
        self.program = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={out}", str(stripped)]

    def serving(self) -> list[str]:
        self.environment["NADI_LOOPS"] = "1"
        return [*self.program, "serve"]

    def play(self, calls: list[Call], seconds: int, folder: Path) -> int:
        told = run(self.port, calls, self.pid, None, seconds=seconds, connections=CONNECTIONS, folder=folder)
        if told["not_2xx"] or told["socket_errors"]:
            raise RuntimeError(f"{calls[0].path}: {told}")
        return told["requests"]


def times(timed: OneLoop, folder: Path) -> dict[str, float]:
    """The µs outside of the kernel for each request: the median of a few runs."""
    medians = {}
    for workload in WORKLOADS:
        calls, runs = timed.calls(workload, 0, 0), []  # which asks for cursors: not while it is measured
        timed.play(calls, 2, folder)
        for _ in range(ROUNDS):
            before = user_seconds(timed.pid)
            requests = timed.play(calls, SECONDS, folder)
            runs.append((user_seconds(timed.pid) - before) / requests * 1e6)
        medians[workload] = statistics.median(runs)
    return medians


def profiles(counted: OneLoop, out: Path, folder: Path) -> dict[str, tuple[Profile, int]]:
    """What the requests of each workload do, once everything is known that is remembered; and how many they were."""
    found = {}
    for number, workload in enumerate(WORKLOADS, start=1):
        calls = counted.calls(workload, 0, 0)
        counted.play(calls, WARMING, folder)
        control(counted.pid, "--instr=on")
        requests = counted.play(calls, COUNTING, folder)
        control(counted.pid, "--instr=off")
        control(counted.pid, "--dump")
        found[workload] = Profile(Path(f"{out}.{number}")), requests
    return found


def control(pid: int, *words: str) -> None:
    subprocess.run(["callgrind_control", *words, str(pid)], check=True, capture_output=True)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="nadi-permit-", dir="/var/tmp"))
    folder.chmod(0o755)
    cluster, served, out = Cluster(folder / "postgres"), OneLoop(), folder / "callgrind"
    try:
        taken = times(served.start(cluster, folder), folder)
        served.stop()
        served.use_valgrind(folder, out)
        counted = profiles(served.start(cluster, folder), out, folder)
    finally:
        if served.pid:
            served.stop()
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    for workload, (profile, requests) in counted.items():
        each = profile.total / requests
        print(f"{workload}: {each:,.0f} instructions and {taken[workload]:.1f} µs outside of the kernel for each of "
              f"{requests:,} requests")
        for step in STEPS:
            spent = profile.cost(step) / requests
            print(f"  {step:22}{spent:8,.0f} instructions{spent / each * taken[workload]:7.2f} µs")


if __name__ == "__main__":
    main()
