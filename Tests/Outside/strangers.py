"""Every place of every endpoint where an id may stand, found in /openapi.json and tried with ids of strangers."""

import json
import re
import uuid
from base64 import urlsafe_b64decode as b64decode
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .booking import Diary
from .checks import expect
from .house import Clinic, House, working_day
from .wire import Answer, Wire

PREFIX = re.compile(r"^\^([a-z]{3})_")


def faceless(answer: Answer, *ids: str) -> tuple:
    """An answer without what differs between any two requests, and without the ids that were asked for."""
    ever_new = ("date", "x-request-id", "traceparent", "ratelimit", "content-length")
    fields = {name: value for name, value in answer.fields.items() if name not in ever_new}
    body = answer.body
    if "json" in fields.get("content-type", ""):
        body = body.replace(str(answer.json().get("request_id", "-")).encode(), b"")
    for each in ids:
        body = body.replace(each.encode(), b"ID")
    return answer.status, sorted(fields.items()), body


def unknown(known: str) -> str:
    """An id that was never given, as well formed and as old as the one that was."""
    return known[:-6] + "".join("0" if sign != "0" else "1" for sign in known[-6:])


async def everything_of(house: House, clinic: Clinic) -> dict[str, str]:
    """One id of each kind, and when it could be booked."""
    diary = await Diary.of(house, clinic)
    slots = await diary.slots(2)
    booked = await diary.book(house.wire(clinic), slots[0])
    expect("an appointment of the clinic's own", booked.status, 201)
    challenge = await house.wire(clinic).post("/v1/auth/otp", {"channel": "email", "to": f"nobody@{clinic.slug}.example"})
    expect("a challenge of the clinic's own", challenge.status, 202)
    colleague = house.command("staff", "add", "--clinic", clinic.slug, "--role", "nurse", "--name", "Colleague",
                              "--email", f"colleague@{clinic.slug}.test")["id"]
    return {"chl": challenge.json()["challenge"], "stf": colleague, "apt": booked.json()["id"], "pat": diary.patients[0], "prc": slots[1].practitioner,
            "loc": slots[1].location, "start": slots[1].start}


# What a trial with the clinic's own id uses up, and so is made anew for each; only administrators may touch it.
USED_UP = ("job", "whk", "whd", "ses", "hld", "shm", "oac", "oip")
# Kinds of which none is made here: `probes` tries the operations that take them, with ids of its own making.
ELSEWHERE = {"arq", "cer", "evt", "giv", "inv", "key", "pky", "rol"}
# Operations that need more than an id to come to anything: `roles` and `probes` try them.
RICHER = {("POST", "/v1/access/explain"), ("POST", "/v1/staff/{staff}/roles"), ("GET", "/v1/auth/providers/{provider}/callback"),
          ("DELETE", "/v1/auth/programs/{program}")}
# What else is theirs to touch.
ADMINISTERED = (*USED_UP, "stf")


async def made_anew(house: House, clinic: Clinic, admin: Wire) -> dict[str, str]:
    """A parked job, a webhook, a delivery and a notification of the clinic's."""
    make_room(house, clinic)
    house.sql(f"""
        INSERT INTO job (tenant_id, lane, kind, payload, tries_max, state, reason)
        SELECT id, 'notification', 'send-message', '{{}}', 3, 'parked', 'for the test' FROM tenant WHERE slug = '{clinic.slug}'
    """)
    parked = (await admin.get("/v1/ops/jobs/parked?limit=200")).json()["items"]
    webhook = await admin.ask("POST", "/v1/webhooks", body={"url": "https://hooks.example.org/nadi"})
    expect("a webhook of the clinic's own", webhook.status, 201)
    name = webhook.json()["webhook"]["id"]
    await admin.ask("POST", f"/v1/webhooks/{name}/ping", body={})
    deliveries = (await admin.get(f"/v1/webhooks/{name}/deliveries")).json()["items"]
    hold = await admin.ask("POST", "/v1/audit/holds", body={"reason": "for the test"})
    expect("a legal hold of the clinic's own", hold.status, 201)
    program = await admin.ask("POST", "/v1/oauth-clients", body={
        "name": "by request", "redirect_uris": ["https://program.example.org/callback"]})
    expect("a program of the clinic's own", program.status, 201)
    provider = await admin.ask("POST", "/v1/openid-providers", body={
        "name": "by request", "issuer": f"https://{uuid.uuid4()}.example.org", "client_id": "clinic", "domains": ["clinic.example.org"]})
    expect("a provider of the clinic's own", provider.status, 201)
    house.sql(f"""
        INSERT INTO shown_message (tenant_id, id, person_kind, person_id, template, subject_kind, subject_id, shown_at)
        SELECT t.id, gen_random_uuid(), 'staff', s.id, 'webhook.disabled', 'webhook', s.id, now()
        FROM tenant t JOIN staff_member s ON s.tenant_id = t.id WHERE t.slug = '{clinic.slug}'
    """)
    shown = (await admin.get("/v1/notifications")).json()["items"]
    return {"job": parked[-1]["id"], "whk": name, "whd": deliveries[0]["id"], "hld": hold.json()["id"],
            "shm": shown[0]["id"], "oac": program.json()["client"]["id"], "oip": provider.json()["id"],
            "ses": await another_sign_in(house, clinic, admin)}


def make_room(house: House, clinic: Clinic) -> None:
    """A clinic may have only so many of these: the oldest go."""
    old = f"SELECT k.id FROM {{}} k JOIN tenant t ON t.id = k.tenant_id WHERE t.slug = '{clinic.slug}' ORDER BY k.id DESC OFFSET 5"
    house.sql(f"DELETE FROM webhook_delivery WHERE webhook_id IN ({old.format('webhook')})")
    for table in ("webhook", "trusted_issuer"):
        house.sql(f"DELETE FROM {table} WHERE id IN ({old.format(table)})")


async def another_sign_in(house: House, clinic: Clinic, wire: Wire) -> str:
    """A second sign-in of whoever calls, which they may end."""
    me = (await wire.get("/v1/me")).json()["id"]
    token = house.command("token", "--clinic", clinic.slug, "--staff", me)["token"]
    return json.loads(b64decode(token.split(".")[1] + "=="))["sid"]


@dataclass(frozen=True)
class Place:
    """One place of one endpoint where an id may stand."""

    method: str
    path: str
    where: str
    name: str
    prefix: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}, {self.name} in the {self.where}"


@dataclass
class Endpoints:
    """The endpoints as the document declares them, each asked with what it needs and nothing else."""

    document: dict
    own: dict[str, str]
    places: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        for path, operations in self.document["paths"].items():
            for method, operation in operations.items():
                if "responses" in operation:
                    self.places += self._places(method.upper(), path, operation)

    def _places(self, method: str, path: str, operation: dict) -> list[Place]:
        inputs = [(each["in"], each["name"], each["schema"]) for each in operation.get("parameters", [])]
        inputs += [("body", name, schema) for name, schema in body_schema(operation).get("properties", {}).items()]
        return [Place(method, path, where, name, match[1]) for where, name, schema in inputs
                if (match := PREFIX.match(schema.get("pattern", "")))]

    async def ask(self, wire: Wire, place: Place, stand_in: str) -> Answer:
        """Everything required and every id is the clinic's own, but for what stands at this one place."""
        operation = self.document["paths"][place.path][place.method.lower()]
        path, query = place.path, {}
        for each in operation.get("parameters", []):
            value = self._value(place, each["in"], each["name"], each["schema"], each.get("required"), stand_in)
            if value is None or each["in"] == "header":
                continue
            if each["in"] == "path":
                path = path.replace("{" + each["name"] + "}", value)
            else:
                query[each["name"]] = value
        schema, body = body_schema(operation), None
        if place.method not in ("GET", "HEAD", "DELETE"):
            body = {}
            for name, each in schema.get("properties", {}).items():
                value = self._value(place, "body", name, each, name in schema.get("required", []), stand_in)
                if value is not None:
                    body[name] = value
        precise = any(each["name"].lower() == "if-match" for each in operation.get("parameters", []))
        return await wire.ask(place.method, f"{path}?{urlencode(query)}" if query else path, body=body,
                              fields={"If-Match": "*"} if precise else None)

    def _value(self, place: Place, where: str, name: str, schema: dict, is_required: bool, stand_in: str):
        if (where, name) == (place.where, place.name):
            return stand_in
        if match := PREFIX.match(schema.get("pattern", "")):
            # Filters that nobody asked for would hide what the one on trial shows.
            return self.own[match[1]] if is_required or name in ("location", "delivery") else None
        if not is_required:
            return None
        if schema.get("type") == "array":
            return []
        if schema.get("format") == "date":
            return str(working_day())
        if schema.get("format") == "date-time":
            is_span = where == "query" or name in ("from", "to")
            return self.own["start"] if not is_span else f"{working_day(2 if name == 'from' else 8)}T00:00:00Z"
        if schema.get("pattern") == "^[0-9]{6}$":
            return "000000"  # a code that was sent to nobody
        return (schema.get("enum") or schema.get("examples") or ["by request"])[0]


def body_schema(operation: dict) -> dict:
    return operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})


async def tried(house: House, here: Clinic, there: Clinic) -> list[str]:
    """Tries each place with the neighbour's id, an unknown id and, last, an own one, which must work."""
    ours, theirs = await everything_of(house, here), await everything_of(house, there)
    receptionist = house.wire(here)
    admin, neighbour = (house.wire(house.administrator(each.slug)) for each in (here, there))
    wire = receptionist
    endpoints = Endpoints((await wire.get("/openapi.json")).json(), ours)
    leaks = []
    left = RICHER | {(place.method, place.path) for place in endpoints.places if place.prefix in ELSEWHERE}
    places = [place for place in endpoints.places if (place.method, place.path) not in left]
    for place in places:
        wire = admin if place.prefix in ADMINISTERED or place.path.endswith("/access-log") else receptionist
        if place.prefix in USED_UP:
            ours |= await made_anew(house, here, admin)
            theirs |= await made_anew(house, there, neighbour)
        foreign, never = theirs[place.prefix], unknown(ours[place.prefix])
        one = faceless(await endpoints.ask(wire, place, foreign), foreign)
        other = faceless(await endpoints.ask(wire, place, never), never)
        if one != other:
            leaks.append(f"{place}: {one} for a neighbour's, {other} for an unknown one")
        if place.method != "GET" and one[0] < 300:
            leaks.append(f"{place}: {one[0]} for a neighbour's")
        if any(each.encode() in one[2] for each in theirs.values()):
            leaks.append(f"{place}: names something of the neighbour's: {one[2]!r}")
        own = await endpoints.ask(wire, place, ours[place.prefix])
        # A slot that the trial before has booked with our own ids is taken by now: an answer about our own rows.
        if own.status >= 300 and own.code not in ("slot_taken", "already_cancelled", "conflict", "wrong_code"):
            leaks.append(f"{place}: proves nothing, since {own.status} {own.body!r} for an own one")
    expect("what a stranger's id shows", leaks, [])
    return [str(place) for place in places]
