"""Nadi with the peers' clinics, at any number of them."""

import json
import os
import subprocess
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from .cluster import Cluster
from .load import Call
from .processes import Server, free_port
from .shape import LIST_END, PATIENTS, PRACTITIONERS, TENANTS, booking, read_plan, wire

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PROGRAM = Path(os.environ.get("NADI_PROGRAM", ROOT / ".build/release/nadi"))
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
# Kinds of things, as seed.sql numbers them.
STAFF, PRACTITIONER, PATIENT = 4, 6, 7
# Takes the practitioner and the patient, as the peers' appointments take the practitioner; health-check needs a room too.
VISIT = os.environ.get("BENCH_VISIT", "teleconsultation")
HOURS = ["09:00-13:00", "13:00-17:00"]
CONFIGURATION = {
    "zone": "ZONE",
    "booking": {"lead_minutes": 0, "horizon_days": 730, "slot_step_minutes": 30},
    "plugins": {"general-practice": {"health_check_minutes": 30, "teleconsultation_minutes": 30}},
    "locations": [{
        "slug": "main", "name": "Main",
        "hours": {day: HOURS for day in ("monday", "tuesday", "wednesday", "thursday", "friday")},
        "things": [{"kind": "room", "tag": "consulting", "label": f"Room {n}"} for n in range(1, 11)],
    }],
}


def is_ready(port: int) -> bool:
    """Whether it serves: its port is open before its database has answered."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def type_id(prefix: str, kind: int, number: int) -> str:
    """The id of the nth thing of a kind, as the interface shows it: the 128 bits that seed.sql made, in base 32."""
    bits = (kind << 40 | number) << 80 | 0x7000 << 64 | 0x8000 << 48
    return f"{prefix}_" + "".join(ALPHABET[bits >> shift & 31] for shift in range(125, -5, -5))


@dataclass(frozen=True)
class Density:
    """How much each clinic holds."""

    patients: int = PATIENTS
    live: int = 50
    past: int = 0


class Nadi:
    name = "nadi"
    workloads = ("ping", "W4", "W1", "W3", "W2")

    def __init__(self, tenants: int = TENANTS, density: Density = Density()):
        self.tenants, self.density, self.seeded = tenants, density, 0
        self.tokens: dict[int, str] = {}
        self.pid = 0

    def start(self, cluster: Cluster, folder: Path) -> "Nadi":
        self.cluster, self.port = cluster, free_port()
        (folder / "nadi").mkdir(exist_ok=True)
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("NADI_")} | {
            "NADI_PORT": str(self.port), "NADI_HOST": "127.0.0.1", "NADI_DATA_DIR": str(folder / "nadi"),
            "NADI_DATABASE_URL": cluster.url("nadi"), "NADI_LOG_LEVEL": "warning", "NADI_LIMIT_FACTOR": "100000",
            "NADI_ENV": "development",
            "NADI_WORKERS": "0",  # the peers tell nobody of what was booked
        }
        if not self.seeded:
            cluster.sql("CREATE DATABASE nadi")
            self.command("migrate")
        self.grow(self.tenants)
        self.server = Server("nadi", self.serving(), self.port, folder / "nadi.log",
                             env=self.environment, cwd=ROOT).wait(answers=is_ready)
        self.pid = self.server.pid
        self.tokens = {}  # a token names the address that gave it out, and the port is a new one
        return self

    def serving(self) -> list[str]:
        return [str(PROGRAM), "serve"]

    def stop(self) -> None:
        self.server.stop()

    def grow(self, tenants: int) -> None:
        """Adds clinics until there are so many."""
        if tenants > self.seeded:
            self.cluster.sql((HERE / "seed.sql").read_text(), "nadi", first=self.seeded + 1, last=tenants,
                             patients=self.density.patients, live=self.density.live, past=self.density.past,
                             configuration=json.dumps(CONFIGURATION))
        self.tenants = self.seeded = max(tenants, self.seeded)

    def command(self, *words: str) -> dict:
        done = subprocess.run([PROGRAM, *words, "--json"], env=self.environment, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"nadi {' '.join(words)}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def token(self, tenant: int) -> str:
        return self.tokens[tenant]

    def mint(self, tenants: set[int]) -> None:
        def one(tenant: int) -> tuple[int, str]:
            staff = type_id("stf", STAFF, tenant * 11)
            return tenant, self.command("token", "--clinic", f"bench{tenant}", "--staff", staff)["token"]

        with ThreadPoolExecutor(4) as workers:
            self.tokens |= dict(workers.map(one, tenants - self.tokens.keys()))

    def calls(self, workload: str, first: int, count: int) -> list[Call]:
        if workload == "ping":
            return [Call("/v1/ping", "localhost")]
        # As many callers at every size, drawn from all clinics: tokens are minted once.
        if workload == "W2":
            wanted = [booking(n, self.tenants) for n in range(first, first + count)]
            self.mint({tenant for tenant, *_ in wanted})
            return [self.book(*each) for each in wanted]
        plan = read_plan(self.tenants)
        self.mint({tenant for tenant, *_ in plan})
        return [self.read(workload, *each) for each in plan]

    def read(self, workload: str, tenant: int, n: int, day: str) -> Call:
        if workload == "W4":
            return self.call("/v1/me", tenant)
        if workload == "W1":
            practitioner = self.practitioner((tenant - 1) * PRACTITIONERS + n % PRACTITIONERS + 1)
            return self.call(f"/v1/availability?practitioner={practitioner}&from={day}&days=7"
                             f"&visit_type={VISIT}", tenant)
        path = f"/v1/appointments?from={day}T00:00:00Z&to={LIST_END}T00:00:00Z&limit=50"
        return self.call(path + (f"&cursor={self.cursor(path, tenant)}" if n % 2 else ""), tenant)

    def book(self, tenant: int, practitioner: int, patient: int, start) -> Call:
        patient = (tenant - 1) * self.density.patients + patient % self.density.patients + 1
        body = {"practitioner": self.practitioner(practitioner), "patient": type_id("pat", PATIENT, patient),
                "start": wire(start), "visit_type": VISIT}
        return self.call("/v1/appointments", tenant, json.dumps(body))

    def practitioner(self, number: int) -> str:
        return type_id("prc", PRACTITIONER, number)

    def call(self, path: str, tenant: int, body: str = "") -> Call:
        return Call(path, f"bench{tenant}.localhost", self.token(tenant), body)

    def cursor(self, path: str, tenant: int) -> str:
        """Where the first page of a window ends; a cursor is sealed, so only the server can tell."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        request.add_header("Host", f"bench{tenant}.localhost")
        request.add_header("Authorization", f"Bearer {self.token(tenant)}")
        with urllib.request.urlopen(request) as answer:
            return quote(json.load(answer)["next"], safe="")
