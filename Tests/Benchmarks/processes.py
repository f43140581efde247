"""Processes that a measurement starts, and what the kernel says they used."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def tree(root: int) -> list[int]:
    """A process and all its living descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := stat_fields(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


def stat_fields(pid: int) -> list[str] | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def cpu_seconds(root: int) -> float:
    """User and system time of a process tree, ended children that were waited for included."""
    fields = (stat_fields(pid) for pid in tree(root))
    return sum(sum(map(int, each[11:15])) for each in fields if each) / TICK


def user_seconds(pid: int) -> float:
    """What one process used outside of the kernel."""
    fields = stat_fields(pid)
    return int(fields[11]) / TICK if fields else 0


def resident_mb(root: int) -> float:
    """The resident memory of one process, or, of several, each page counted once."""
    whole = {"Rss": [], "Pss": []}
    for pid in tree(root):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        for line in lines:
            key, _, rest = line.partition(":")
            if key in whole:
                whole[key].append(int(rest.split()[0]))
    return max(max(whole["Rss"], default=0), sum(whole["Pss"])) / 1024


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not so within {seconds} s")
        time.sleep(0.05)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Server:
    """A program that runs until `stop`; its output goes to a file that a failure points to."""

    def __init__(self, name: str, command: list[str], port: int, log: Path, **options):
        self.name, self.port, self.log = name, port, log
        with log.open("ab") as out:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, **options)
        self.pid = self.process.pid

    def wait(self, seconds: float = 30, answers: Callable[[int], bool] = answers) -> "Server":
        def ready() -> bool:
            if self.process.poll() is not None:
                tail = self.log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{self.name} ended with {self.process.returncode}:\n{tail}")
            return answers(self.port)

        wait_until(ready, f"{self.name} answers on port {self.port} (its log: {self.log})", seconds)
        return self

    def stop(self, how: int = signal.SIGTERM, seconds: float = 20) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait()
