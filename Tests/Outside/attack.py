"""Another clinic, attacked: everything that callers of one clinic can say, said with what belongs to another one.

Nothing here is a list of endpoints or of tables: operations and the places where an id may stand come from /openapi.json, ids from
what the other clinic's own people are answered, tables from the catalogue."""

import asyncio
import itertools
import random
import re
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import quote, urlencode

from .booking import Diary
from .checks import expect
from .house import Clinic, House, working_day
from .people import People, Somebody, type_id
from .roles import operations
from .strangers import body_schema, everything_of, faceless, made_anew
from .templates import chained, owner_of
from .wire import Answer, NoAnswer, Wire

MARK = "Zwölfboten"
ID = re.compile(r"\b([a-z]{3})_[0-7][0-9a-hjkmnp-tv-z]{25}\b")
PREFIX = re.compile(r"^\^([a-z]{3})_")
STREAMS = ("text/event-stream",)
# What is theirs of these tables; the rest anybody begins who knocks at their door, before it is known who they are.
ANYBODYS = {"ceremony": "person_id IS NOT NULL"}
# What these are called stands on their sign-in page, for anybody to read.
ON_THE_DOOR = {"trusted_issuer"}
IN_A_MONTH = f"{date.today() + timedelta(days=30)}T00:00:00Z"
AGENT = "agent@platform.example"
RUNS = 10  # how many attacks there may be on one field


@dataclass
class Place:
    """One place of an operation where something of a clinic's may stand."""

    where: str
    name: str
    prefix: str
    is_list: bool
    is_required: bool


def place_of(where: str, name: str, schema: dict, is_required: bool) -> Place | None:
    options = schema.get("anyOf", [schema])
    for each in options:
        inner = each.get("items", each)
        if match := PREFIX.match(inner.get("pattern", "")):
            return Place(where, name, match[1], "items" in each, is_required)
    return None


@dataclass
class Operation:
    """An operation of the document, and how it is asked."""

    method: str
    path: str
    document: dict
    schemas: dict
    places: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        inputs = [(each["in"], each["name"], each["schema"], each.get("required", False))
                  for each in self.document.get("parameters", [])]
        schema = body_schema(self.document)
        for name, each in schema.get("properties", {}).items():
            inputs.append(("body", name, each, name in schema.get("required", [])))
            inner = self._resolved(each)
            inputs += [("body", f"{name}.{member}", one, False) for member, one in inner.get("properties", {}).items()]
        self.places = [place for each in inputs if (place := place_of(*each))]

    def _resolved(self, schema: dict) -> dict:
        """What a reference refers to, where it may be null as well."""
        for each in schema.get("anyOf", [schema]):
            if "$ref" in each:
                return self.schemas[each["$ref"].rpartition("/")[2]]
        return schema

    @property
    def name(self) -> str:
        return self.document["operationId"]

    @property
    def cursor(self) -> str | None:
        return next((each["name"] for each in self.document.get("parameters", [])
                     if each["in"] == "query" and each["schema"].get("pattern") == "^[A-Za-z0-9._~-]+$"), None)

    @property
    def is_stream(self) -> bool:
        content = self.document["responses"].get("200", {}).get("content", {})
        return any(each in content for each in STREAMS) or "101" in self.document["responses"]

    def request(self, ids: dict[str, str], start: str, extra: dict[str, str] | None = None) -> tuple[str, object]:
        """Target and body, each place filled from `ids` by its name; what is required and no id is plausible."""
        path, query, body = self.path, dict(extra or {}), {}
        for each in self.document.get("parameters", []):
            value = ids.get(each["name"], self._plausible(each["in"], each["name"], each["schema"], start)
                            if each.get("required") else None)
            if value is None or each["in"] == "header":
                continue
            if each["in"] == "path":
                path = path.replace("{" + each["name"] + "}", quote(str(value)))
            else:
                query[each["name"]] = value
        schema = body_schema(self.document)
        for name, each in schema.get("properties", {}).items():
            within = {key.partition(".")[2]: value for key, value in ids.items() if key.startswith(name + ".")}
            if name in ids:
                body[name] = [ids[name]] if any(place.name == name and place.is_list for place in self.places) else ids[name]
            elif within or name in schema.get("required", []):
                body[name] = self._plausible("body", name, each, start)
                if within:
                    body[name] |= within
        target = f"{path}?{urlencode(query)}" if query else path
        return target, body if self.method in ("POST", "PUT", "PATCH") else None

    def _plausible(self, where: str, name: str, schema: dict, start: str):
        schema = self._resolved(schema)
        if schema.get("format") == "date":
            return str(working_day())
        if schema.get("format") == "date-time":
            return start if where == "body" else f"{working_day(2 if name == 'from' else 8)}T00:00:00Z"
        if "enum" in schema:
            return schema["enum"][0]
        if schema.get("type") == "integer":
            return 1
        if schema.get("type") == "array":
            return ["appointments"]
        if schema.get("type") == "object":
            return {member: ["receptionist"] if member == "bases" else self._plausible(where, member, each, start)
                    for member, each in schema.get("properties", {}).items() if member in schema.get("required", [])}
        return (schema.get("examples") or ["by request"])[0]


@dataclass
class Loot:
    """What a clinic's own people are answered: ids of each kind, cursors and entity tags."""

    ids: dict[str, set[str]] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def take(self, operation: Operation, answer: Answer) -> None:
        for match in ID.finditer(answer.body.decode(errors="replace")):
            self.ids.setdefault(match[1], set()).add(match[0])
        if "etag" in answer.fields:
            self.tags[operation.name] = answer.fields["etag"]
        if operation.cursor and answer.status == 200 and (following := answer.json().get("next")):
            self.cursors[operation.name] = following


async def gather(list_of: list[Operation], people: list[Somebody], start: str) -> Loot:
    """Everything that can be read is read; what is found fills the paths of the next round."""
    loot = Loot()
    for _ in range(3):
        for operation, who in itertools.product(list_of, people):
            if operation.method != "GET" or operation.is_stream:
                continue
            kinds = {place.name: place.prefix for place in operation.places if place.is_required}
            if not all(loot.ids.get(prefix) for prefix in kinds.values()):
                continue
            ids = {name: sorted(loot.ids[prefix])[-1] for name, prefix in kinds.items()}
            extra = {"limit": "1"} if operation.cursor and operation.name not in loot.cursors else {}
            for more in ({}, extra) if extra else ({},):
                target, _ = operation.request(ids, start, more)
                loot.take(operation, await who.ask("GET", target))
    return loot


class Field:
    """Two clinics of one house: ours, from which the attack is made, and theirs, which it is aimed at."""

    async def lay(self, house: House) -> "Field":
        self.house = house
        self.ours, self.theirs = await house.clinics(2)
        house.sql("ALTER TABLE staff_role DROP CONSTRAINT staff_role_is_a_clinics")
        self.here, self.there = People(house, self.ours.slug), People(house, self.theirs.slug)
        self.document = (await house.wire(self.ours).get("/openapi.json")).json()
        schemas = self.document["components"]["schemas"]
        self.operations = [Operation(*each, schemas) for each in operations(self.document)]
        matrix = house.command("roles", "matrix")["roles"]
        self.attackers = [self.here.somebody(each["role"], name=each["role"]) for each in matrix]
        house.command("support", "add", "--name", "Agent", "--email", AGENT)
        nobody = self.here.somebody(name="nobody")
        nobody.wire.token = ""
        self.attackers.append(nobody)
        mine, self.start = await self._people(self.ours, self.here)
        victims, _ = await self._people(self.theirs, self.there)
        kept = [await self._keep(each, people[1]) for each, people in ((self.ours, mine), (self.theirs, victims))]
        self.mark()
        self.victim = victims[0]
        self.own = await gather(self.operations, mine, self.start)
        self.loot = await gather(self.operations, victims, self.start)
        for loot, name in zip((self.own, self.loot), kept):
            loot.ids.setdefault("kep", set()).add(name)  # no list shows it
        self.foreign = {kind: sorted(ids - self.own.ids.get(kind, set())) for kind, ids in self.loot.ids.items()}
        rows = self.rows()
        for kind in {place.prefix for each in self.operations for place in each.places}:
            # What no list shows (a message to somebody else) is some row of theirs: every row's id is tried as such.
            self.foreign.setdefault(kind, sorted(type_id(kind, key) for key in rows))
            self.own.ids.setdefault(kind, {f"{kind}_{fresh()}"})
        self.secrets = set().union(*self.foreign.values()) - await self._shown_at_the_door()
        await self._use_keys()
        return self

    async def _shown_at_the_door(self) -> set[str]:
        """Ids that the clinic itself tells whoever comes to its own host: by whom one can sign in."""
        wire, shown = Wire(self.house.port, self.house.host(self.theirs.slug)), set()
        for each in self.operations:
            if each.method == "GET" and each.document["x-audience"] == "anyone" and not each.places:
                target, _ = each.request({}, self.start)
                answer = await wire.get(target)
                shown |= {match[0] for match in ID.finditer(answer.body.decode(errors="replace"))}
        return shown

    async def _use_keys(self) -> None:
        """Their administrator has used every key that the attacks will use, with the same words."""
        for operation, run in itertools.product(self.operations, range(RUNS)):
            if operation.method == "POST" and not any(place.where == "path" for place in operation.places):
                ids = {place.name: self.foreign[place.prefix][0] for place in operation.places if place.is_required}
                target, body = operation.request(ids, self.start)
                answer = await self.victim.ask("POST", target, body, fields={"Idempotency-Key": f"key-{operation.name}-{run}"})
                if answer.status == 401 or operation.document["x-audience"] == "signed_in":
                    self.victim = self.there.signed_in(self.victim.key)  # some of them end the sign-in

    async def _people(self, clinic: Clinic, people: People) -> tuple[list[Somebody], str]:
        """Two who between them see everything at the clinic, and something of each kind to be seen."""
        boss, desk = people.somebody("tenant.admin", name="Boss"), people.somebody("receptionist", name="Desk")
        self.house.sql(f"""
            INSERT INTO shown_message (tenant_id, id, person_kind, person_id, template, subject_kind, subject_id, shown_at)
            SELECT {people.tenant}, gen_random_uuid(), 'staff', '{boss.key}', 'webhook.disabled', 'webhook', gen_random_uuid(), now()
            FROM generate_series(1, 3)""")
        start = (await everything_of(self.house, clinic))["start"]
        for _ in range(2):
            await made_anew(self.house, clinic, boss.wire)
        made = [await boss.ask("POST", "/v1/api-keys", {"name": "Own", "permissions": ["appointments.read"]}),
                await boss.ask("POST", "/v1/invitations", {"name": "Own", "to": f"own@{clinic.slug}.test", "roles": [{"role": "nurse"}]})]
        made.append(await boss.ask("POST", "/v1/support-grants", {
            "agent": AGENT, "areas": ["configuration"], "reason": "Reminders leave an hour late."}))
        expect("a key, an invitation and a support grant of the clinic's own", [each.status for each in made], [201] * 3)
        await boss.ask("POST", "/v1/roles", {"slug": "own-one", "title": "One", "definition": {"bases": ["nurse"]}})
        await desk.ask("POST", "/v1/access/requests", {"role": "nurse", "until": IN_A_MONTH, "reason": "Asha is away."})
        chained(self.house, f"{clinic.slug}-chain", clinic.slug)
        template = await (await owner_of(people)).ask("POST", "/v1/role-templates", {
            "slug": "own-template", "title": "Own", "definition": {"bases": ["nurse"]}, "locked": ["bases"]})
        adopted = await boss.ask("POST", f"/v1/role-templates/{template.json().get('id')}/adopt", {"slug": "own-adopted"})
        expect("a template of the chain's own, adopted", (template.status, adopted.status), (201, 201))
        return [boss, desk], start

    async def _keep(self, clinic: Clinic, desk: Somebody) -> str:
        """A slot that the desk keeps; not the one that is asked for all along."""
        diary = await Diary.of(self.house, clinic)
        slot = (await diary.slots(3))[-1]
        answer = await desk.ask("POST", "/v1/holds", {"practitioner": slot.practitioner, "location": slot.location, "start": slot.start,
                                                      "patient": diary.patients[0]})
        expect("a hold of the clinic's own", answer.status, 201)
        return answer.json()["id"]

    def mark(self) -> None:
        """Every text of theirs that is free to say anything says whose it is."""
        rows, held = self.house.sql("""
            SELECT table_name, column_name FROM information_schema.columns c
            WHERE table_schema = 'public' AND data_type = 'text' AND column_name IN
                ('name', 'title', 'reason', 'cancel_reason', 'description', 'body', 'label', 'text', 'subject')
        """), self.held()
        script = "\n".join(f"""
            BEGIN UPDATE {table} SET {column} = '{MARK} ' || {column} WHERE {held[table]}
                AND {column} NOT LIKE '{MARK}%'; EXCEPTION WHEN others THEN NULL; END;"""
                           for table, column in rows if table in held and table not in ON_THE_DOOR)
        self.house.sql(f"DO $$ BEGIN {script} END $$")

    def held(self) -> dict[str, str]:
        """Every table with rows of theirs, and what makes a row theirs: the tenant, or the chain whose clinics share it."""
        tables = self.house.sql("""
            SELECT c.table_name, bool_or(c.column_name = 'tenant_id')
            FROM information_schema.columns c JOIN pg_class r ON r.oid = to_regclass(c.table_name)
            WHERE c.table_schema = 'public' AND r.relkind IN ('r', 'p') AND NOT r.relispartition
                AND (c.column_name = 'tenant_id' OR c.column_name = 'organisation_id' AND r.relrowsecurity)
            GROUP BY 1 ORDER BY 1""")
        chain = f"organisation_id = (SELECT organisation_id FROM tenant WHERE id = {self.there.tenant})"
        return {table: f"tenant_id = {self.there.tenant}" if is_tenants == "t" else chain for table, is_tenants in tables}

    def rows(self) -> list[str]:
        """The id of every row of theirs that has one."""
        tables = {row[0] for row in self.house.sql("""
            SELECT table_name FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name = 'id' AND data_type = 'uuid'""")}
        return [row[0] for row in self.house.sql(" UNION ".join(
            f"SELECT id FROM {table} WHERE {condition}" for table, condition in self.held().items() if table in tables))]

    def fingerprint(self) -> dict[str, str]:
        """Every row of theirs, table by table; the trail of what was tried is not theirs to keep still."""
        tables = {table: condition for table, condition in self.held().items() if not table.startswith(("audit_", "security_"))}
        sums = " UNION ALL ".join(
            f"SELECT '{table}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t "
            f"WHERE {condition} AND {ANYBODYS.get(table, 'true')}" for table, condition in tables.items())
        return dict(self.house.sql(sums))


@dataclass
class Attack:
    """Probes against one port, and what they gave away."""

    field: Field
    port: int
    run_number: int
    dice: random.Random
    leaks: list[str] = field(default_factory=list)
    probes: int = 0
    # Operations that end the sign-in of whoever calls them: tried once by each, since all that follows would be told 401.
    endings: set[str] = field(default_factory=set)
    is_first: bool = True

    async def run(self, wanted: int) -> "Attack":
        """Every operation by every role once in every way, and with other ids again until it is enough."""
        before = self.field.fingerprint()
        queues = [asyncio.create_task(self._by(who)) for who in self.field.attackers]
        await asyncio.gather(*queues)
        self.is_first = False
        while self.probes < wanted and not self.leaks:
            await asyncio.gather(*(self._again(who) for who in self.field.attackers))
        after = self.field.fingerprint()
        self.leaks += [f"{table}: a row of theirs was changed" for table in before if before[table] != after[table]]
        return self

    async def _still_signed_in(self, operation: Operation, who: Somebody, wire: Wire) -> None:
        """Nobody goes on with a token that the operation has ended."""
        if not wire.token or operation.method == "GET" or operation.document["x-audience"] == "permitted":
            return
        if (await wire.get("/v1/me")).status == 401:
            self.endings.add(operation.name)
            again = await asyncio.to_thread(self.field.here.signed_in, who.key)
            who.wire.token = wire.token = again.wire.token

    def _wire(self, who: Somebody) -> Wire:
        return Wire(self.port, who.wire.host, who.wire.token)

    async def _by(self, who: Somebody) -> None:
        wire = self._wire(who)
        await self._ids(who, wire)
        await self._hosts(who, wire)
        await self._positions(who, wire)
        wire.close()

    async def _again(self, who: Somebody) -> None:
        wire = self._wire(who)
        await self._ids(who, wire)
        wire.close()

    async def _ids(self, who: Somebody, wire: Wire) -> None:
        """A foreign id is answered as one that never was: at one place, and at any number of them at once."""
        for operation in self.field.operations:
            if operation.is_stream:
                await self._stream(operation, who)
                continue
            if operation.name in self.endings and not self.is_first:
                continue
            choices = [[place] for place in operation.places]
            choices += [[place for place in operation.places if place.is_required or self.dice.random() < 0.5]]
            for chosen in (each for each in choices if each):
                foreign = {place.name: self.dice.choice(self.field.foreign[place.prefix]) for place in chosen}
                # What is the same among theirs is the same among none: nobody answers for themselves, be they there or not.
                unborn = {name: f"{name[:3]}_{fresh()}" for name in set(foreign.values())}
                never = {place.name: unborn[foreign[place.name]] for place in chosen}
                rest = {place.name: self.dice.choice(sorted(self.field.own.ids[place.prefix]))
                        for place in operation.places if place.is_required and place not in chosen}
                fields = {"If-Match": '"1"'} if operation.method in ("PUT", "PATCH") else {}
                one = await self._ask(operation, who, wire, rest | foreign, fields)
                other = await self._ask(operation, who, wire, rest | never, fields)
                if one and other and faceless(one, *foreign.values()) != faceless(other, *never.values()):
                    self._leak(operation, who, f"{one.status} {one.body[:200]!r} for theirs, {other.status} "
                               f"{other.body[:200]!r} for none, at {[place.name for place in chosen]}")
            await self._still_signed_in(operation, who, wire)

    async def _hosts(self, who: Somebody, wire: Wire) -> None:
        """No token opens another clinic's door, and no field but `Host` says whose door it is."""
        theirs = self.field.house.host(self.field.theirs.slug)
        for operation in self.field.operations:
            if operation.is_stream:
                continue
            ids = {place.name: self.dice.choice(self.field.foreign[place.prefix]) for place in operation.places if place.is_required}
            for host in (theirs, theirs.upper(), theirs.replace(":", ".:")):
                answer = await self._ask(operation, who, wire, ids, {}, host=host)
                if answer and operation.document["x-audience"] != "anyone" and answer.status not in (401, 403):
                    self._leak(operation, who, f"{answer.status} at {host}")
            for name, value in (("X-Forwarded-Host", theirs), ("Forwarded", f"host={theirs}"), ("X-Original-Host", theirs),
                                ("X-Tenant-Id", self.field.there.tenant), ("X-Forwarded-Server", theirs)):
                await self._ask(operation, who, wire, ids, {name: value})
                await self._still_signed_in(operation, who, wire)

    async def _positions(self, who: Somebody, wire: Wire) -> None:
        """Cursors, entity tags and keys of theirs open, match and repeat nothing here."""
        for operation in self.field.operations:
            if operation.is_stream:
                continue
            ids = {place.name: self.dice.choice(sorted(self.field.own.ids[place.prefix]))
                   for place in operation.places if place.is_required}
            if cursor := self.field.loot.cursors.get(operation.name):
                answer = await self._ask(operation, who, wire, ids, {}, extra={operation.cursor: cursor, "limit": "1"})
                if answer and answer.status == 200:
                    self._leak(operation, who, "their cursor opens a page")
            if tag := self.field.loot.tags.get(operation.name):
                answer = await self._ask(operation, who, wire, ids, {"If-None-Match": tag})
                if answer and answer.status == 304 and tag != self.field.own.tags.get(operation.name):
                    self._leak(operation, who, "their entity tag matches")
            if operation.method == "POST":
                foreign = {place.name: self.dice.choice(self.field.foreign[place.prefix]) for place in operation.places}
                fields, key = {"Idempotency-Key": f"key-{operation.name}-{self.run_number}"}, {"Idempotency-Key": f"key-{uuid.uuid4()}"}
                one = await self._ask(operation, who, wire, foreign, fields)
                await self._ask(operation, who, wire, foreign, key)
                if one and "idempotency-replayed" in one.fields:
                    self._leak(operation, who, "an answer of theirs is repeated")
                await self._still_signed_in(operation, who, wire)

    async def _stream(self, operation: Operation, who: Somebody) -> None:
        """What goes on for long is asked for with their topics; only how it begins is read."""
        for kind in ("prc", "loc"):
            answers = []
            for name in (self.dice.choice(self.field.foreign[kind]), f"{kind}_{fresh()}"):
                wire = Wire(self.field.house.port, who.wire.host, who.wire.token, timeout=2)
                target = f"{operation.path}?topics=appointments.{name}"
                try:
                    answers.append(await self._head(wire, target, name))
                except NoAnswer:
                    answers.append("nothing")
                self.probes += 1
                wire.close()
            if answers[0] != answers[1]:
                self._leak(operation, who, f"{answers[0]} for their topic, {answers[1]} for none")

    @staticmethod
    async def _head(wire: Wire, target: str, name: str) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", wire.port)
        token = f"Authorization: Bearer {wire.token}\r\n" if wire.token else ""
        writer.write(f"GET {target} HTTP/1.1\r\nHost: {wire.host}\r\n{token}\r\n".encode())
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        writer.close()
        return head.split(b"\r\n")[0].decode()

    async def _ask(self, operation: Operation, who: Somebody, wire: Wire, ids: dict[str, str], fields: dict[str, str],
                   host: str | None = None, extra: dict[str, str] | None = None) -> Answer | None:
        target, body = operation.request(ids, self.field.start, extra)
        try:
            answer = await wire.ask(operation.method, target, body=body, fields=fields, host=host)
        except NoAnswer as fault:
            self._leak(operation, who, f"no answer: {fault}")
            return None
        self.probes += 1
        text = answer.body.decode(errors="replace") + str(answer.fields)
        shown = {match[0] for match in ID.finditer(text)} & self.field.secrets - set(ids.values())
        if MARK in text or shown:
            self._leak(operation, who, f"shows what is theirs: {sorted(shown)} {answer.status} {text[:200]}")
        if answer.status >= 500:
            self._leak(operation, who, f"{answer.status} {answer.body[:200]!r}")
        return answer

    def _leak(self, operation: Operation, who: Somebody, words: str) -> None:
        if len(self.leaks) < 40:
            self.leaks.append(f"{operation.method} {operation.path} by {who.id}: {words}")


def fresh() -> str:
    """The letters of an id that was never given, of the seventh version as the house's are."""
    number = uuid.uuid4().int
    return type_id("xxx", str(uuid.UUID(int=0x0199 << 112 | number >> 16 & 0x0FFF_FFFF << 80 | 7 << 76 | 2 << 62 | number & (1 << 62) - 1)))[4:]
