"""Every operation of the document, once as it succeeds, once denied and once by nobody: what each of them leaves in the trail."""

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .attack import Operation
from .checks import check, expect
from .credentials import GOOD
from .gateways import Mailboxes
from .house import House, around_now
from .issuer import OUTSIDE, Issuer
from .people import Somebody
from .recipes import APP_SECRET, WORD, Asking, Stock, arranged
from .roles import is_allowed, operations, published
from .wire import Wire

# Who is asked to do something, the first who may; and who is denied it, the first who may not.
ABLE = ("tenant.admin", "receptionist", "location.manager", "records.officer", "compliance.auditor", "doctor", "org.owner")
UNABLE = ("lab.technician", "display")
SECONDS = 60
SPAN = urlencode(around_now()) + "&limit=200"


@dataclass
class Call:
    """One request, and what it must leave."""

    name: str
    kind: str
    status: int
    request: str
    wanted: list[tuple[str, str, str]]  # outcome, what was done (for denials alone), to what kind of thing


@dataclass
class Walk:
    house: House
    stock: Stock
    list_of: list[Operation]
    rights: dict[str, list[dict]]
    calls: list[Call] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    people: dict[str, Somebody] = field(default_factory=dict)
    count: int = 0

    def somebody(self, roles: tuple[str, ...], operation: Operation, *, may: bool) -> Somebody | None:
        """The first of these roles that may, or may not."""
        for role in roles:
            if is_allowed(operation.document, self.rights[role]) == may:
                if role not in self.people:
                    known = {"tenant.admin": self.stock.admin, "receptionist": self.stock.desk}
                    self.people[role] = known.get(role) or self.stock.people.somebody(role)
                return self.people[role]
        return None

    def elsewhere(self, who: Somebody | None) -> Wire:
        """From an address of its own, so that no denial is merely counted."""
        self.count += 1
        token = who.wire.token if who else ""
        return Wire(self.house.port, self.stock.door.host, token, source=f"127.0.{1 + self.count // 250}.{1 + self.count % 250}")

    async def go(self) -> None:
        for operation in self.list_of:
            await self.succeed(operation)
            if operation.document["x-audience"] != "anyone":
                await self.be_nobody(operation)
            if operation.document["x-audience"] == "permitted":
                await self.be_denied(operation)

    async def succeed(self, operation: Operation) -> None:
        asking = await arranged(self.stock, operation)
        who = self.somebody(ABLE, operation, may=True)
        expect(f"{operation.name}: somebody of {ABLE} may", who is not None, True)
        status, request, words = await self.ask(operation, asking, asking.by or who.wire)
        for place in operation.places if operation.method != "GET" else []:
            self.stock.kept.pop(place.prefix, None)  # it may be used up, or gone
        if status >= 400:
            self.failed.append(f"{operation.name}: {status} {words}")
        declared = operation.document.get("x-audit")
        wanted = [("done", "", declared.split(" ", 1)[1])] if declared else []
        self.calls.append(Call(operation.name, "done", status, request, wanted))

    async def be_denied(self, operation: Operation) -> None:
        who = self.somebody(UNABLE, operation, may=False)
        expect(f"{operation.name}: somebody of {UNABLE} may not", who is not None, True)
        status, request, _ = await self.ask(operation, self.remembered(operation), self.elsewhere(who))
        permission = operation.document["x-required-permission"]
        wanted = [("denied", permission, permission.split(".")[0])] if status == 403 else [("denied", "never", f"{status}")]
        self.calls.append(Call(operation.name, "denied", status, request, wanted))

    async def be_nobody(self, operation: Operation) -> None:
        status, request, _ = await self.ask(operation, self.remembered(operation), self.elsewhere(None))
        self.calls.append(Call(operation.name, "by nobody", status, request, [] if status == 401 else [("401", "", f"{status}")]))

    def remembered(self, operation: Operation) -> Asking:
        """The same again with what is there: nobody looks at it before they are sent away."""
        return Asking({place.name: self.stock.kept.get(place.prefix, f"{place.prefix}_01jd4rznr0fk2vdr1b3wx4rqbe")
                       for place in operation.places if place.is_required})

    async def ask(self, operation: Operation, asking: Asking, wire: Wire) -> tuple[int, str, str]:
        target, body = operation.request(asking, self.stock.slots[-1].start)
        if operation.is_stream:
            return await self.begin(wire, target, "101" in operation.document["responses"])
        if asking.raw is not None:
            answer = await wire.form(target, asking.raw, {each: asking.fields[each] for each in asking.fields if each != "Content-Type"},
                                     asking.fields["Content-Type"])
        else:
            answer = await wire.ask(operation.method, target, body=body, fields=asking.fields)
        return answer.status, answer.fields["x-request-id"], answer.body[:300].decode(errors="replace")

    @staticmethod
    async def begin(wire: Wire, target: str, is_socket: bool) -> tuple[int, str, str]:
        """Of what goes on for long only the head is read."""
        reader, writer = await asyncio.open_connection("127.0.0.1", wire.port, local_addr=(wire.source, 0))
        lines = [f"GET {target} HTTP/1.1", f"Host: {wire.host}"] + [f"Authorization: Bearer {wire.token}"] * bool(wire.token)
        if is_socket:
            lines += ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n")
        head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).decode("latin-1")
        writer.close()
        return int(head.split()[1]), re.search(r"(?im)^x-request-id: *(\S+)", head)[1], head

    def differences(self) -> list[str]:
        """Calls that left something else than they must."""
        told: dict[str, list[tuple[str, str, str]]] = {}
        for request, outcome, act, kind in self.house.sql(
                "SELECT request_id, outcome, act, subject_kind FROM audit_event WHERE request_id IS NOT NULL"):
            told.setdefault(request, []).append((outcome, act if outcome == "denied" else "", kind))
        return [f"{call.name} {call.kind} ({call.status}): left {told.get(call.request, [])}, not {call.wanted}"
                for call in self.calls if told.get(call.request, []) != call.wanted]


async def laid(house: House, mail: Mailboxes, issuer: Issuer) -> Walk:
    # One that serves the country of the telephones.
    clinic = next(each for each in await house.clinics(3) if each.slug == "sunrise-family-practice")
    stock = await Stock(house, clinic, mail, issuer).fill()
    document = (await stock.door.get("/openapi.json")).json()
    list_of = [Operation(*each, document["components"]["schemas"]) for each in operations(document)]
    return Walk(house, stock, list_of, published(house))


def open_house(mail: Mailboxes) -> House:
    """Mail goes to a server of ours, chats to nobody; telephones are the inbox."""
    return House(NADI_OPENID_BLOCKS=OUTSIDE, NADI_SMTP_URL=f"smtp://127.0.0.1:{mail.port}?from=desk%40walk.example",
                 NADI_WHATSAPP_URL=f"whatsapp+http://123:WATOKEN@127.0.0.1:9?app_secret={APP_SECRET}&verify_token={WORD}")


@check("every operation leaves one event of its kind when it succeeds, if it says so, and one when it is denied; never two")
async def walk() -> str:
    with Mailboxes() as mail, Issuer() as issuer, open_house(mail) as house:
        begun = time.monotonic()
        walk = await laid(house, mail, issuer)
        await walk.go()
        expect("operations that were not brought to succeed", walk.failed, [])
        expect("calls that left something else than they must", walk.differences(), [])
        seconds = time.monotonic() - begun
        expect(f"the walk's {seconds:.0f} s are few", seconds <= SECONDS, True)
        audited = sum(bool(call.wanted) for call in walk.calls)
        return f"{len(walk.calls)} calls of {len(walk.list_of)} operations, {audited} of them audited, {seconds:.0f} s"


@check("whoever sets something up otherwise leaves what stood there and what stands there now; nobody else leaves anything of it")
async def changes() -> str:
    with Mailboxes() as mail, Issuer() as issuer, open_house(mail) as house:
        walk = await laid(house, mail, issuer)
        changing = {each.name for each in walk.list_of if each.document.get("x-audit", "").startswith("changes ")}
        expect("operations that change how a clinic is set up are many", len(changing) > 20, True)
        for operation in walk.list_of:
            if operation.method != "GET":
                await walk.succeed(operation)
        told = {request: json.loads(detail).get("changes") for request, detail in house.sql(
            "SELECT request_id, detail FROM audit_event WHERE request_id IS NOT NULL AND outcome = 'done'")}
        silent = [call.name for call in walk.calls if call.name in changing and not told.get(call.request)]
        expect("operations that say that they change something, and tell nothing", silent, [])
        loud = [call.name for call in walk.calls if call.name not in changing and told.get(call.request)]
        expect("operations that do not say that they change something, and did", loud, [])
        lines = [each for told_of in told.values() for each in told_of or []]
        expect("changes from something to the same", [each for each in lines if each["before"] == each["after"]], [])
        expect("changes that name no field", [each for each in lines if "." not in each["field"]], [])
        words = json.dumps(lines)
        secrets = [word for word in ("argon2", "whsec_", "\\x", GOOD) if word in words]
        expect("secrets that are told", secrets, [])
        shown = (await walk.stock.admin.ask("GET", f"/v1/audit/events?act=configuration.update&subject_kind=webhook&{SPAN}")).json()
        expect("as auditors are shown", [any(one["field"].startswith("webhook.") for one in each["changes"]) for each in shown["items"]
                                         if each["outcome"] == "done" and told[each["request_id"]]], [True] * 2)
        reader = walk.stock.people.somebody("records.officer")  # who may read the trail, and neither staff nor configuration
        shown = (await reader.ask("GET", f"/v1/audit/events?act=staff.update&{SPAN}")).json()
        values = [(one["before"], one["after"], one["redacted"]) for each in shown["items"] for one in each["changes"]]
        expect("as somebody is shown who may not see these things", {*values}, {(None, None, True)})
        return f"{len(changing)} operations, {len(lines)} places changed"


@check("what asks for a fresh proof is not had by an old one, whatever else the caller may")
async def stale() -> str:
    with Mailboxes() as mail, Issuer() as issuer, open_house(mail) as house:
        walk = await laid(house, mail, issuer)
        fresh = [each for each in walk.list_of if each.document.get("x-fresh-proof")]
        wanted = {"MakeRole", "SaveRoleVersion", "RetireRole", "GiveRole", "TakeRole", "ApproveRoleRequest", "AddWebhook",
                  "RotateWebhookSecret", "ExportAudit", "DismissStaffMember", "DismissPatient", "ChangePassword"}
        expect("what must ask for one", wanted - {each.name for each in fresh}, set())
        askings = [await arranged(walk.stock, each) for each in fresh]
        house.sql("UPDATE sign_in SET created_at = created_at - interval '6 minutes', proven_at = NULL")
        for operation, asking in zip(fresh, askings):
            wire = asking.by or walk.somebody(ABLE, operation, may=True).wire
            status, _, words = await walk.ask(operation, asking, wire)
            expect(f"{operation.name} with an old proof: {words}", (status, "step_up_required" in words), (401, True))
        return f"{len(fresh)} operations"
