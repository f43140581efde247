"""The stacks that a clinic's developers would pick instead, tuned and doing the same work."""

import json
import os
from pathlib import Path

from .cluster import Cluster
from .load import Call
from .peers.schema.mint_tokens import mint
from .processes import Server, free_port
from .shape import LIST_END, booking, read_plan, wire

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SCHEMA = HERE / "peers/schema"
UNPACKED = ROOT / ".build/debian"


def seed(cluster: Cluster) -> None:
    cluster.sql("CREATE DATABASE clinic")
    cluster.sql((SCHEMA / "schema.sql").read_text(), "clinic")
    cluster.sql((SCHEMA / "seed.sql").read_text(), "clinic")


class Peer:
    """FastAPI or Express: one process a core, one pool of connections each."""

    workloads = ("W4", "W1", "W3", "W2")

    def __init__(self, name: str, command: list[str], environment: dict[str, str]):
        self.name, self.command, self.environment = name, command, environment

    def start(self, cluster: Cluster, folder: Path) -> "Peer":
        self.port = free_port()
        environment = os.environ | self.environment | {
            "PORT": str(self.port), "WORKERS": "2", "POOL_SIZE": "8",
            "DATABASE_URL": cluster.url("clinic", "clinic_app", "clinic_app"),
        }
        log = folder / f"{self.name}.log"
        command = [part.replace("{port}", str(self.port)) for part in self.command]
        self.server = Server(self.name, command, self.port, log, env=environment, cwd=HERE / "peers").wait()
        self.pid = self.server.pid
        return self

    def stop(self) -> None:
        self.server.stop()

    def calls(self, workload: str, first: int, count: int) -> list[Call]:
        if workload == "W2":
            return [self.book(n) for n in range(first, first + count)]
        return [self.read(workload, *each) for each in read_plan()]

    def read(self, workload: str, tenant: int, n: int, day: str) -> Call:
        paths = {
            "W4": "/v1/me",
            "W1": f"/v1/availability?practitioner={(tenant - 1) * 10 + n % 10 + 1}&from={day}&days=7",
            "W3": f"/v1/appointments?from={day}T00:00:00Z&to={LIST_END}T00:00:00Z"
            + (f"&cursor={day}T12:00:00Z_0" if n % 2 else ""),
        }
        return Call(paths[workload], f"clinic{tenant}.clinic.test", token(tenant))

    def book(self, n: int) -> Call:
        tenant, practitioner, patient, start = booking(n)
        body = {"practitioner_id": practitioner, "patient_id": patient, "start": wire(start)}
        return Call("/v1/appointments", f"clinic{tenant}.clinic.test", token(tenant), json.dumps(body))


def token(tenant: int) -> str:
    return mint(tenant, (tenant - 1) * 4 + 2, "receptionist")


def fastapi() -> Peer:
    uvicorn = ROOT / ".venv/benchmarks/bin/uvicorn"
    return Peer("fastapi", [str(uvicorn), "app:app", "--app-dir", "fastapi", "--host", "127.0.0.1", "--port",
                            "{port}", "--workers", "2", "--loop", "uvloop", "--http", "httptools",
                            "--no-access-log", "--log-level", "warning"], {})


def express() -> Peer:
    modules = f"{UNPACKED}/usr/share/nodejs:/usr/share/nodejs"
    return Peer("express", ["node", "express/app.js"], {"NODE_ENV": "production", "NODE_PATH": modules})
