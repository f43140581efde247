"""What is taken away at one instance is refused at another one, also when it cannot hear of it at that moment."""

import asyncio
import json
import re
import time
import uuid

from .checks import check, expect
from .house import House
from .load import until
from .people import People, Somebody
from .wire import Wire

MOST_SECONDS = 5
# A heartbeat or a LISTEN is the last that a listening connection said.
CUT = ("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'nadi' "
       "AND (query = 'SELECT 1' OR query LIKE 'LISTEN%')")


class Stream:
    """Events as a program follows them, until somebody ends it."""

    def __init__(self, wire: Wire):
        self.wire, self.said = wire, ""

    async def begin(self) -> "Stream":
        reader, self.writer = await asyncio.open_connection("127.0.0.1", self.wire.port)
        self.writer.write((f"GET /v1/events?topics=appointments HTTP/1.1\r\nHost: {self.wire.host}\r\n"
                           f"Authorization: Bearer {self.wire.token}\r\n\r\n").encode())
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        expect("the stream begins", head.split(b"\r\n")[0], b"HTTP/1.1 200 OK")
        self.reading = asyncio.ensure_future(self._read(reader))
        return self

    async def _read(self, reader: asyncio.StreamReader) -> None:
        while data := await reader.read(4096):
            self.said += data.decode()

    async def has_ended(self) -> bool:
        return "event: end" in self.said


async def let_in(house: House, boss: Somebody, host: str, port: int) -> tuple[str, Wire]:
    """Somebody of the platform, who has come in by a code: by which grant, and as they call."""
    address = f"{uuid.uuid4().hex}@platform.example"
    house.command("support", "add", "--name", "Ines Duarte", "--email", address)
    made = await boss.ask("POST", "/v1/support-grants", {
        "agent": address, "areas": ["configuration"], "reason": "Reminders leave an hour late."})
    expect(f"let in: {made.body!r}", made.status, 201)
    wire = Wire(port, host)
    challenge = (await wire.post("/v1/auth/otp", {"channel": "email", "to": address})).json()["challenge"]
    sent = f"SELECT body FROM inbox_message WHERE address = '{address}'"

    async def is_sent() -> bool:
        return bool(house.sql(sent))

    await until(is_sent, 10, every=0.05)
    code = re.search(r"\b\d{6}\b", house.sql(sent)[0][0])[0]
    entered = await wire.post("/v1/auth/otp/verify", {"challenge": challenge, "code": code})
    expect(f"comes in: {entered.body!r}", entered.status, 200)
    wire.token = entered.json()["access_token"]
    me = (await wire.get("/v1/me")).json()
    expect("by the grant", (me["kind"], me["support"]["grant"]), ("support", made.json()["id"]))
    expect("what was named", [(await wire.get(f"/v1/{path}")).status for path in ("webhooks", "practitioners", "patients")],
           [200, 403, 403])
    own = [("passkey-challenges", {}), ("totp", {}), ("password/change", {"password": uuid.uuid4().hex})]
    expect("what people prove who they are with", [(await wire.post(f"/v1/auth/{path}", body)).status for path, body in own], [403] * 3)
    return made.json()["id"], wire


async def story(house: House, other: House, is_deaf: bool) -> str:
    slug = house.command("clinic", "list")["clinics"][0]["slug"]
    here, there = People(house, slug), People(house, slug, at=other)
    boss, took, cut = here.somebody("tenant.admin"), {}, 0

    async def taken(what: str, deed, is_refused) -> None:
        """Does it at the one and waits at the other."""
        nonlocal cut
        expect(f"{what}: before", await is_refused(), False)
        if is_deaf:
            cut += int(house.sql(CUT)[0][0])
        await deed()
        took[what] = await until(is_refused, MOST_SECONDS, every=0.01)

    def told(who, path: str, *refusals: int):
        async def is_refused() -> bool:
            return (await who.ask("GET", path)).status in refusals
        return is_refused

    async def expected(status: int, *call) -> None:
        expect(f"{call[0]} {call[1]}", (await boss.ask(*call)).status, status)

    nurse = there.somebody("nurse")
    await taken("a sign-in", lambda: expected(200, "POST", f"/v1/staff/{nurse.id}/sessions/revoke-all", {}),
                told(nurse, "/v1/me", 401))
    clerk = there.somebody("receptionist")
    given = here.given(clerk, "receptionist")
    await taken("a role", lambda: expected(204, "DELETE", f"/v1/staff/{clerk.id}/roles/{given}"),
                told(clerk, "/v1/patients?name=a", 403))
    made = await boss.ask("POST", "/v1/api-keys", {"name": "Website", "permissions": ["appointments.read", "demographics.read"]})
    expect(f"a key: {made.body!r}", made.status, 201)
    key, secret = made.json()["key"]["id"], made.json()["secret"]
    program = Wire(other.port, other.host(slug), secret)
    expect("the key at the other instance", (await program.get("/v1/me")).json()["kind"], "integration")
    stream = await Stream(program).begin()
    await taken("a key", lambda: expected(204, "DELETE", f"/v1/api-keys/{key}"), told(program, "/v1/me", 401))
    took["its stream"] = took["a key"] + await until(stream.has_ended, MOST_SECONDS, every=0.01)
    expect("the stream in time", took["its stream"] <= MOST_SECONDS, True)
    grant, agent = await let_in(house, boss, other.host(slug), other.port)
    await taken("a support grant", lambda: expected(200, "POST", f"/v1/support-grants/{grant}/end", {}), told(agent, "/v1/me", 401))
    again = there.somebody("nurse")

    async def suspend() -> None:
        house.command("clinic", "suspend", slug)

    await taken("the clinic", suspend, told(again, "/v1/me", 404))
    house.command("clinic", "resume", slug)
    if is_deaf:
        expect("listening connections cut", cut >= 4, True)
    return ", ".join(f"{what} {seconds * 1000:.0f} ms" for what, seconds in took.items())


@check("a sign-in, a role, a key, a support grant and a clinic that one instance takes away are refused at the other within five seconds, deaf or not")
async def everywhere() -> str:
    with House(NADI_SECRET="r" * 40) as house:
        await house.clinics(1)
        url = house.command("database", "url", "--as", "superuser")["url"]
        with House(NADI_DATABASE_URL=url, NADI_SECRET="r" * 40, NADI_WORKERS="0") as other:
            hearing = await story(house, other, is_deaf=False)
            deaf = await story(house, other, is_deaf=True)
    return f"{hearing}; with the listening connections cut: {deaf}"


@check("a leaked key is found by its form, and a forged one is nobody's")
async def form() -> str:
    import base64
    import hashlib
    import re
    with House() as house:
        await house.clinics(1)
        slug = house.command("clinic", "list")["clinics"][0]["slug"]
        boss = People(house, slug).somebody("tenant.admin")
        secrets = []
        for number in range(20):
            made = await boss.ask("POST", "/v1/api-keys", {"name": f"Key {number}", "permissions": ["appointments.read"]})
            secrets.append(made.json()["secret"])
        text = f"some log line\ntoken={secrets[7]}&x=1 " + json.dumps({"auth": secrets[3]})
        expect("found", re.findall(r"nadi_key_[a-z2-7]{58}", text), [secrets[7], secrets[3]])
        for each in secrets:
            check_letters = base64.b32encode(hashlib.sha256(each[:-6].encode()).digest()).decode().lower()[:6]
            expect("the last letters, worked out elsewhere", each[-6:], check_letters)
        expect("no two alike", len(set(secrets)), 20)
        body = secrets[0][:-7] + ("a" if secrets[0][-7] != "a" else "b")
        forged = body + base64.b32encode(hashlib.sha256(body.encode()).digest()).decode().lower()[:6]
        wire = Wire(house.port, house.host(slug), forged)
        expect("well formed and never given", (await wire.get("/v1/me")).status, 401)
        kept = house.sql("SELECT k::text FROM api_key k")
        expect("kept nowhere", [each for each in secrets if any(each in row[0] for row in kept)], [])
        return f"{len(secrets)} keys"
