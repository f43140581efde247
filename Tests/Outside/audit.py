"""Who did what: one event for each access, a chain that proves itself, and an export that others can check."""

import asyncio
import json
import re
import subprocess

from Tests.Benchmarks.processes import free_port

from .booking import Diary
from .checks import check, expect
from .house import PROGRAM, ROOT, Clinic, House
from .load import until
from .strangers import Endpoints, Place, everything_of, made_anew
from .wire import Wire

# What never ends is asked for by hand, and only its head is read.
ENDLESS = {
    "/v1/events": ("/v1/events?topics=appointments", {}),
    "/v1/live": ("/v1/live?topics=appointments", {
        "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}),
}


class Visitors:
    """Callers of one clinic, each from an address of its own, so that nobody's denials are merely counted."""

    def __init__(self, house: House, clinic: Clinic):
        self.house, self.clinic, self.count = house, clinic, 0
        self.tokens = {role: self._token(role) for role in ("tenant.admin", "receptionist", "lab.technician")}

    async def return_all(self) -> None:
        """The walk also ends sign-ins and takes roles away, its own among them: whoever was shown out comes again as somebody new."""
        for role in self.tokens:
            door = "/v1/ops/jobs/parked" if role == "tenant.admin" else "/v1/me"
            if (await self.wire(role).get(door)).status != 200:
                self.tokens[role] = self._token(role)

    def _token(self, role: str) -> str:
        staff = self.house.command("staff", "add", "--clinic", self.clinic.slug, "--role", role, "--name", role,
                                   "--email", f"{role.lower()}-{free_port()}@walk.test")["id"]
        return self.house.command("token", "--clinic", self.clinic.slug, "--staff", staff)["token"]

    def wire(self, role: str) -> Wire:
        self.count += 1
        return Wire(self.house.port, self.house.host(self.clinic.slug), self.tokens[role],
                    source=f"127.0.{1 + self.count // 250}.{1 + self.count % 250}", timeout=10)


async def head_of(wire: Wire, path: str, fields: dict[str, str]) -> tuple[int, str]:
    """The status and the request's id of an answer of which nothing else is read."""
    reader, writer = await asyncio.open_connection("127.0.0.1", wire.port, local_addr=(wire.source, 0))
    lines = [f"GET {path} HTTP/1.1", f"Host: {wire.host}", f"Authorization: Bearer {wire.token}"]
    writer.write("\r\n".join(lines + [f"{name}: {value}" for name, value in fields.items()]).encode() + b"\r\n\r\n")
    head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).decode("latin-1")
    writer.close()
    return int(head.split()[1]), re.search(r"(?im)^x-request-id: *(\S+)", head)[1]


async def asked(endpoints: Endpoints, wire: Wire, method: str, path: str) -> tuple[int, str]:
    if path in ENDLESS:
        return await head_of(wire, *ENDLESS[path])
    answer = await endpoints.ask(wire, Place(method, path, "", "", ""), "")
    return answer.status, answer.fields["x-request-id"]


class Known(dict):
    """Ids by their prefix; of a kind of which nothing is there, one that never was."""

    def __missing__(self, prefix: str) -> str:
        return f"{prefix}_01jd4rznr0fk2vdr1b3wx4rqbe"


async def booked_anew(house: House, clinic: Clinic) -> dict[str, str]:
    """An appointment that nobody has moved or cancelled yet, and a free slot."""
    diary = await Diary.of(house, clinic)
    mine, free = await diary.slots(2)
    booked = await diary.book(house.wire(clinic), mine)
    expect("booked", booked.status, 201)
    return {"apt": booked.json()["id"], "pat": diary.patients[0], "prc": free.practitioner, "loc": free.location,
            "start": free.start}


@check("every operation leaves one event when it succeeds, if it says so, and one when it is denied; never two")
async def walk() -> str:
    with House() as house:
        clinic, *_ = await house.clinics(1)
        visitors = Visitors(house, clinic)
        own = Known(await everything_of(house, clinic))
        document = json.loads((await visitors.wire("receptionist").get("/openapi.json")).body)
        endpoints = Endpoints(document, own)
        opened = {operation["operationId"] for operations in document["paths"].values() for operation in operations.values()
                  if operation.get("x-audience", "anyone") == "anyone"}
        made: list[tuple[str, bool, str, int, str]] = []
        reached: dict[str, bool] = {}
        is_used_up = True  # by whatever has changed something
        for path, operations in document["paths"].items():
            for method, operation in operations.items():
                name = operation["operationId"]
                for role in visitors.tokens:
                    if is_used_up:
                        await visitors.return_all()
                        house.sql("TRUNCATE webhook_delivery, webhook")  # a clinic has twenty at most
                        own |= await booked_anew(house, clinic)
                        own |= await made_anew(house, clinic, visitors.wire("tenant.admin"))
                    status, request = await asked(endpoints, visitors.wire(role), method.upper(), path)
                    made.append((name, "x-audit" in operation, role, status, request))
                    reached[name] = reached.get(name, False) or status < 300
                    is_used_up = status < 300 and method != "get"
        rows = house.sql("SELECT request_id, outcome, count(*) FROM audit_event WHERE request_id IS NOT NULL GROUP BY 1, 2")
        told: dict[str, list[tuple[str, int]]] = {}
        for request, outcome, count in rows:
            told.setdefault(request, []).append((outcome, int(count)))
        wrong = [f"{name} as {role}: {status}, {told.get(request, [])}" for name, is_audited, role, status, request in made
                 if told.get(request, []) != wanted(is_audited, name in opened, status, told.get(request, []))]
        expect("operations whose events are not one", wrong, [])
        missed = sorted(name for name, is_reached in reached.items()
                        if not is_reached and any(each[0] == name and each[1] for each in made))
        audited = {name for name, is_audited, *_ in made if is_audited}
        expect(f"audited operations are reached, more than half of them (not {missed})", 2 * len(missed) <= len(audited), True)
        denied = sum(status == 403 for *_, status, _ in made)
        expect("somebody was denied something", denied > 10, True)
        return f"{len(made)} calls of {len(reached)} operations, {denied} denied, {len(told)} events; not reached: {missed}"


def wanted(is_audited: bool, is_open: bool, status: int, found: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """What a call must have left: one event or none, by its end."""
    if status == 403 and not is_open:
        return [("denied", 1)]
    if status < 300:
        return [("done", 1)] if is_audited else []
    # A call that failed otherwise may have shown that something is not there: then once.
    # A wrong code is denied; a gateway without the clinic's secret is nobody's caller, and may leave nothing.
    return found if found in ([], [("done", 1)], [("refused", 1)], [("denied", 1)]) else []


def verified(house: House, *words: str) -> tuple[int, list[dict]]:
    done = subprocess.run([PROGRAM, "audit", "verify", *words, "--json"], env=house.environment, cwd=ROOT,
                          capture_output=True, text=True)
    return done.returncode, json.loads(done.stdout)["clinics"]


def checked(*words: str) -> int:
    return subprocess.run([ROOT / "Deploy/verify-audit", *words], capture_output=True, text=True).returncode


async def sealed_house(house: House) -> tuple[Clinic, dict]:
    """A clinic with some events, all of them sealed."""
    clinic, *_ = await house.clinics(1)
    await everything_of(house, clinic)

    async def is_sealed() -> bool:
        _, (trail, *_) = verified(house, "--clinic", clinic.slug)
        return trail["unsealed"] == 0 and trail["segments"] > 0

    await until(is_sealed, 40, every=1)
    code, (trail, *_) = verified(house, "--clinic", clinic.slug)
    expect("as it was sealed", (code, trail["flaws"]), (0, []))
    return clinic, trail


TAMPERINGS = {
    "event_changed": "UPDATE audit_event SET detail = '{\"nothing\": true}' WHERE id = (SELECT min(id::text)::uuid FROM sealed)",
    "event_removed": "DELETE FROM audit_event WHERE id = (SELECT min(id::text)::uuid FROM sealed)",
    "event_inserted": """
        INSERT INTO audit_event (tenant_id, id, at, caller_kind, act)
        SELECT tenant_id, ('00' || substr(id::text, 3))::uuid, '2001-01-01', caller_kind, act
          FROM audit_event WHERE id = (SELECT min(id::text)::uuid FROM sealed)""",
    "events_reordered": """
        UPDATE audit_segment SET event_ids = ARRAY[event_ids[2], event_ids[1]] || event_ids[3:]
         WHERE cardinality(event_ids) > 1""",
    "segment_missing": """
        UPDATE audit_segment SET number = number + 1""",
}


@check(f"{len(TAMPERINGS)} ways to change the past are found by `nadi audit verify`, each with its place; the app cannot even try")
async def tampered() -> str:
    with House() as house:
        clinic, trail = await sealed_house(house)
        for statement in ("UPDATE audit_event SET act = 'x'", "DELETE FROM audit_event", "DELETE FROM audit_segment",
                          "UPDATE audit_segment SET number = 1", "TRUNCATE audit_event"):
            for login in ("app", "auditor"):
                url = house.command("database", "url", "--as", login)["url"]
                done = subprocess.run(["psql", url, "-Xqc", f"SET app.tenant_id = '1'; {statement}"], capture_output=True, text=True)
                expect(f"{login}: {statement}", "permission denied" in done.stderr, True)
        house.stop()
        house.environment["NADI_WORKERS"] = "0"  # from here on nothing is sealed
        house.start()
        tenant = house.sql(f"SELECT id FROM tenant WHERE slug = '{clinic.slug}'")[0][0]
        told = []
        for kind, statement in TAMPERINGS.items():
            house.sql(f"CREATE TABLE kept_event AS TABLE audit_event; CREATE TABLE kept_segment AS TABLE audit_segment; "
                      f"CREATE VIEW sealed AS SELECT unnest(event_ids) AS id FROM audit_segment WHERE tenant_id = {tenant}; "
                      f"{statement}")
            code, (found, *_) = verified(house, "--clinic", clinic.slug)
            flaws = [flaw for flaw in found["flaws"] if flaw["kind"] == kind]
            expect(f"{kind}: exit code and flaws of the kind", (code, bool(flaws)), (1, True))
            expect(f"{kind}: a place", flaws[0]["segment"] is not None, True)
            told.append(f"{kind} in segment {flaws[0]['segment']}")
            house.sql("DROP VIEW sealed; TRUNCATE audit_event, audit_segment; INSERT INTO audit_event TABLE kept_event; "
                      "INSERT INTO audit_segment TABLE kept_segment; DROP TABLE kept_event, kept_segment")
        expect("all as it was", verified(house, "--clinic", clinic.slug)[0], 0)
        head = trail["head"]
        expect("the head that was kept", verified(house, "--clinic", clinic.slug, "--head", head)[0], 0)
        other = head[:-1] + ("0" if head[-1] != "0" else "1")
        code, (found, *_) = verified(house, "--clinic", clinic.slug, "--head", other)
        expect("another head", (code, [flaw["kind"] for flaw in found["flaws"]]), (1, ["head_unknown"]))
        return ", ".join(told)


@check("an export is checked without Nadi, and a byte that is changed in it is found")
async def exported() -> str:
    with House() as house:
        clinic, trail = await sealed_house(house)
        file = house.folder / "trail.jsonl"
        house.command("audit", "export", "--clinic", clinic.slug, "--from", "2020-01-01", "--to", "2100-01-01", "--out", str(file))
        lines = file.read_text().splitlines(keepends=True)
        admin = house.wire(house.administrator(clinic.slug))
        anchors = (await admin.get("/v1/audit/anchors")).json()["items"]
        streamed = await admin.post("/v1/audit/exports", {"from": "2026-01-01T00:00:00Z", "to": "2027-01-01T00:00:00Z"})
        (house.folder / "streamed.jsonl").write_bytes(streamed.body)
        expect("as it was streamed", (streamed.status, checked(house.folder / "streamed.jsonl")), (200, 0))
        key = anchors[0]["key"]
        expect("as it was exported", checked(file, "--key", key, "--head", trail["head"]), 0)
        expect("with another key", checked(file, "--key", "0" * 64), 1)
        expect("with another head", checked(file, "--head", f"1:{'0' * 64}"), 1)
        events = [number for number, line in enumerate(lines) if '"act"' in line]
        expect("events exported", len(events) >= trail["events"], True)
        forgeries = {
            "an event changed": lambda: lines[:events[0]] + [lines[events[0]].replace('"done"', '"gone"', 1)] + lines[events[0] + 1:],
            "an event removed": lambda: lines[:events[0]] + lines[events[0] + 1:],
            "an event doubled": lambda: lines[:events[0]] + [lines[events[0]]] + lines[events[0]:],
            "two events swapped": lambda: lines[:events[0]] + [lines[events[0] + 1], lines[events[0]]] + lines[events[0] + 2:],
            "the end cut off": lambda: lines[:-1],
            "a segment's words changed": lambda: [line.replace("events ", "events  ", 1) for line in lines],
        }
        for name, forge in forgeries.items():
            forged = house.folder / "forged.jsonl"
            forged.write_text("".join(forge()))
            expect(name, checked(forged), 1)
        return f"{len(events)} events, {len(forgeries)} forgeries found"
