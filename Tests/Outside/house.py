"""Nadi as an operator runs it: the release program, its own data directory, its command line."""

import atexit
import functools
import json
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from Tests.Benchmarks.processes import Server, free_port, wait_until

from .wire import Wire

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("NADI_PROGRAM", ROOT / ".build/release/nadi"))
# Who brings one of these begins with nothing: a copied database belongs to another secret, or is not asked at all.
OF_A_DATABASE = {"NADI_DATABASE_URL", "NADI_DATA_DIR", "NADI_SECRET", "NADI_ENV"}


@dataclass
class Clinic:
    """A demo clinic, and somebody who may book in it."""

    slug: str
    token: str
    practitioners: list[dict]
    patients: list[str]


class House:
    """A server on a free port; everything it keeps lies in one temporary folder."""

    def __init__(self, **environment: str):
        self.folder = Path(tempfile.mkdtemp(prefix="nadi-outside-", dir="/var/tmp"))
        self.folder.chmod(0o755)  # PostgreSQL runs as another user when root starts it
        self.port = free_port()
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("NADI_")} | {
            "NADI_PORT": str(self.port), "NADI_HOST": "127.0.0.1", "NADI_DATA_DIR": str(self.folder / "data"),
            "NADI_ENV": "development", "NADI_LOG_LEVEL": "warning", "NADI_LIMIT_FACTOR": "100000", "NO_COLOR": "1",
        } | environment
        self.brings_a_database = not OF_A_DATABASE.isdisjoint(environment)
        self.server: Server | None = None
        self.superuser = ""

    def __enter__(self) -> "House":
        try:
            if not self.brings_a_database:
                copy_of(first_start(), self.folder / "data")
            return self.start()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_: object) -> None:
        self.stop()
        if not os.environ.get("NADI_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pid(self) -> int:
        return self.server.pid

    def start(self) -> "House":
        self.server = Server("nadi", [str(PROGRAM), "serve"], self.port, self.folder / "nadi.log",
                             env=self.environment, cwd=ROOT).wait(60)
        return self

    def stop(self, how: int = signal.SIGTERM) -> int:
        return self.server.stop(how) if self.server else 0

    def command(self, *words: str) -> dict | list:
        """Runs a subcommand and answers what it says as JSON."""
        done = subprocess.run([PROGRAM, *words, "--json"], env=self.environment, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"nadi {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def sql(self, text: str) -> list[list[str]]:
        """Asks the database itself, as its superuser: what the server claims is compared with what is there."""
        self.superuser = self.superuser or self.command("database", "url", "--as", "superuser")["url"]
        done = subprocess.run(["psql", self.superuser, "-XqAt", "-F\t", "-vON_ERROR_STOP=1", "-c", text],
                              capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def wire(self, clinic: Clinic | None = None, **options) -> Wire:
        if clinic is None:
            return Wire(self.port, f"localhost:{self.port}", **options)
        return Wire(self.port, self.host(clinic.slug), clinic.token, **options)

    def host(self, slug: str) -> str:
        return f"{slug}.localhost:{self.port}"

    async def clinics(self, count: int = 2) -> list[Clinic]:
        """Demo clinics with a receptionist's token each."""
        self.command("demo", "seed", "--clinics", str(count), "--seed", "7")
        slugs = [clinic["slug"] for clinic in self.command("clinic", "list")["clinics"]][:count]
        return [await self.clinic(slug) for slug in slugs]

    async def clinic(self, slug: str) -> Clinic:
        staff = self.command("staff", "add", "--clinic", slug, "--role", "receptionist", "--name", "Outside Test",
                             "--email", f"outside-{free_port()}@{slug}.test")["id"]
        clinic = Clinic(slug, self.command("token", "--clinic", slug, "--staff", staff)["token"], [], [])
        clinic.practitioners = (await self.wire(clinic).get("/v1/practitioners")).json()["items"]
        return clinic

    def administrator(self, slug: str) -> Clinic:
        """The clinic as whoever runs it sees it."""
        staff = self.command("staff", "add", "--clinic", slug, "--role", "tenant.admin", "--name", "Admin",
                             "--email", f"admin@{slug}.test")["id"]
        return Clinic(slug, self.command("token", "--clinic", slug, "--staff", staff)["token"], [], [])


@functools.cache
def first_start() -> Path:
    """The data directory that a first start leaves, made once: seventy houses need not all make a cluster."""
    house = House()
    atexit.register(shutil.rmtree, house.folder, ignore_errors=True)
    house.start().stop()
    data = house.folder / "data"
    wait_until(lambda: not (data / "postgres/postmaster.pid").exists(), "PostgreSQL has stopped")
    return data


def copy_of(data: Path, place: Path) -> None:
    subprocess.run(["cp", "--archive", "--reflink=auto", data, place], check=True)


def around_now() -> dict[str, str]:
    """A span for trails, half a year to either side: what is asked of one may be no longer than 366 days."""
    first, last = date.today() - timedelta(days=180), date.today() + timedelta(days=180)
    return {"from": f"{first}T00:00:00Z", "to": f"{last}T00:00:00Z"}


def working_day(weeks_ahead: int = 2) -> date:
    """A Monday that no clock change and no seed comes near."""
    today = date.today()
    return today + timedelta(days=7 * weeks_ahead - today.weekday())
