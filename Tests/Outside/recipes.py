"""How each operation of the document is brought to succeed: something of every kind that an id may name, and for the few that
need more than ids, what they need.

Nothing here excuses an operation. One that is new and wants no more than ids and plausible values needs no line; one that wants
more fails the walk until its recipe stands here."""

import asyncio
import base64
import email
import email.policy
import hashlib
import hmac
import itertools
import json
import re
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

from .attack import Operation
from .booking import Diary, Slot
from .browser import Browser, parameters
from .checks import expect
from .credentials import BETTER, GOOD, totp
from .federation import CALLBACK, Program, gone, registered
from .gateways import Mailboxes
from .house import Clinic, House, around_now
from .issuer import Issuer
from .people import People, Somebody, quoted, type_id
from .softkey import SoftKey
from .strangers import b64decode
from .templates import chained, owner_of
from .wire import Wire

APP_SECRET, WORD = "outside-app-secret", "outside-verify-token"
SOON = f"{date.today() + timedelta(days=30)}T00:00:00Z"
WORDS = {"text": "{clinic}: see you on {time} at {location}."}
TEMPLATE = {"template": "appointment.booked", "language": "en", "channel": "sms"}
SIX = re.compile(r"\b\d{6}\b")


class Asking(dict):
    """What an operation is asked with, by name; and as whom, and with which fields."""

    def __init__(self, values: dict | None = None, by: Wire | None = None, fields: dict | None = None, raw: bytes | None = None):
        super().__init__(values or {})
        self.by, self.fields, self.raw = by, fields or {}, raw


class Stock:
    """A clinic with things of every kind: made when they are asked for, and made anew once an operation may have used them up."""

    def __init__(self, house: House, clinic: Clinic, mail: Mailboxes, issuer: Issuer):
        self.house, self.clinic, self.mail, self.issuer = house, clinic, mail, issuer
        self.people = People(house, clinic.slug)
        self.admin, self.desk = self.people.somebody("tenant.admin"), self.people.somebody("receptionist")
        self.door = Wire(house.port, house.host(clinic.slug))
        self.numbers = itertools.count(1)
        self.kept: dict[str, str] = {}

    async def fill(self) -> "Stock":
        """Everything that is slow to come by is begun at once."""
        self.diary = await Diary.of(self.house, self.clinic, 2)
        self.slots: list[Slot] = await self.diary.slots(60)
        self.staff = self._colleagues(40)
        chained(self.house, "walk-chain", self.clinic.slug)
        self.owner = await owner_of(self.people)
        self.readers = self._readers(6)
        reader = {"name": "Reads", "birth_date": "1980-01-01", "email": "reader0@home.example"}
        self.diary.patients.append((await self._made(self.desk, "/v1/patients", reader))["id"])
        await self.booking(self.diary.patients[-1])
        for phone in self.readers[:2]:
            await self._done(self.door, "/v1/auth/password/reset", {"login": phone})
        self.challenges = {phone: (await self._done(self.door, "/v1/auth/otp", {"channel": "sms", "to": phone})).json()["challenge"]
                           for phone in self.readers[2:]}
        self.words: dict[str, list[str]] = {}
        return self

    async def one(self, kind: str, *, is_fresh: bool) -> str:
        """The id of something of that kind; a fresh one has not been touched by any operation."""
        if is_fresh or kind not in self.kept:
            maker = MAKERS.get(kind)
            expect(f"things of the kind {kind} can be made in Tests/Outside/recipes.py", maker is not None, True)
            self.kept[kind] = await maker(self)
        return self.kept[kind]

    async def booking(self, patient: str | None = None) -> str:
        answer = await self.diary.book(self.desk.wire, self.slots.pop(), patient=patient)
        expect("booked", answer.status, 201)
        return answer.json()["id"]

    async def said_to(self, phone: str, template: str, pattern: str) -> str:
        """What was sent to somebody, once it is there."""
        for _ in range(200):
            found = self.house.sql("SELECT i.body FROM inbox_message i WHERE i.address = "
                                   f"{quoted(phone)} AND i.template = {quoted(template)} ORDER BY i.id DESC LIMIT 1")
            if found:
                return re.search(pattern, found[0][0])[0]
            await asyncio.sleep(0.05)
        raise AssertionError(f"{template} never reached {phone}")

    def somebody(self, *roles: str) -> Somebody:
        """Somebody new, who may be signed out, locked out or shown out."""
        return self.people.somebody(*(roles or ("receptionist",)))

    async def with_password(self) -> tuple[Somebody, str]:
        """Somebody with a password, and what they sign in as."""
        who = self.somebody()
        await self._done(who.wire, "/v1/auth/password/change", {"password": GOOD})
        return who, f"{who.key}@x.test"

    async def with_app(self, who: Somebody) -> str:
        """Somebody sets an authenticator app up; its secret."""
        secret = (await self._done(who.wire, "/v1/auth/totp", {})).json()["secret"]
        await self._done(who.wire, "/v1/auth/totp/confirm", {"code": totp(secret, int(time.time()) // 30 - 1)})
        return secret

    async def with_passkey(self, who: Somebody) -> tuple[SoftKey, str]:
        key = SoftKey(f"http://{self.house.host(self.clinic.slug)}")
        begun = (await self._done(who.wire, "/v1/auth/passkey-challenges", {})).json()
        return key, (await self._done(who.wire, "/v1/auth/passkeys", key.made(begun))).json()["id"]

    async def role(self) -> dict:
        return await self._made(self.admin, "/v1/roles", {
            "slug": f"own-{next(self.numbers)}", "title": "Own", "definition": {"bases": ["nurse"]}})

    async def given(self, staff: str) -> str:
        return (await self._made(self.admin, f"/v1/staff/{staff}/roles", {"role": "nurse"}))["id"]

    async def _made(self, who: Somebody, path: str, body: dict) -> dict:
        return (await self._done(who.wire, path, body)).json()

    @staticmethod
    async def _done(wire: Wire, path: str, body: dict):
        answer = await wire.post(path, body)
        expect(f"POST {path} {answer.body!r} is done", answer.status < 300, True)
        return answer

    def _colleagues(self, count: int) -> list[str]:
        keys = [str(uuid.uuid4()) for _ in range(count)]
        rows = ", ".join(f"({self.people.tenant}, '{key}', 'Colleague', '{key}@x.test')" for key in keys)
        self.house.sql(f"INSERT INTO staff_member (tenant_id, id, name, email) VALUES {rows}")
        return [type_id("stf", key) for key in keys]

    def _readers(self, count: int) -> list[str]:
        """The telephones of staff who are sent codes."""
        phones = [f"+9198120000{n:02d}" for n in range(count)]
        rows = ", ".join(f"({self.people.tenant}, gen_random_uuid(), 'Reader', '{phone}')" for phone in phones)
        self.house.sql(f"""
            WITH made AS (INSERT INTO staff_member (tenant_id, id, name, phone) VALUES {rows} RETURNING tenant_id, id)
            INSERT INTO staff_role (tenant_id, id, staff_member_id, role)
            SELECT tenant_id, gen_random_uuid(), id, 'receptionist' FROM made""")
        return phones


async def patient(stock: Stock) -> str:
    return (await stock._made(stock.desk, "/v1/patients", {"name": f"New {next(stock.numbers)}", "birth_date": "1980-01-01"}))["id"]


async def request(stock: Stock) -> str:
    """What somebody else has asked for."""
    who = stock.somebody()
    return (await stock._made(who, "/v1/access/requests", {"role": "nurse", "until": SOON, "reason": "Asha is away."}))["id"]


async def webhook(stock: Stock) -> str:
    stock.house.sql("DELETE FROM webhook_delivery; DELETE FROM webhook")  # a clinic has twenty at most
    return (await stock._made(stock.admin, "/v1/webhooks", {"url": "https://hooks.example.org/nadi"}))["webhook"]["id"]


async def delivery(stock: Stock) -> str:
    name = await stock.one("whk", is_fresh=False)
    await stock._done(stock.admin.wire, f"/v1/webhooks/{name}/ping", {})
    return (await stock.admin.ask("GET", f"/v1/webhooks/{name}/deliveries")).json()["items"][0]["id"]


async def hold(stock: Stock) -> str:
    return (await stock._made(stock.admin, "/v1/audit/holds", {"reason": "for the walk"}))["id"]


async def kept(stock: Stock) -> str:
    """A slot that the desk keeps; what was kept before ends, since one caller keeps only so many."""
    stock.house.sql("UPDATE reservation SET hold_until = held_at - interval '1 hour' FROM hold WHERE hold_id = hold.id;"
                    "UPDATE hold SET held_at = held_at - interval '1 hour', held_until = held_until - interval '1 hour'")
    return (await stock._made(stock.desk, "/v1/holds", dict(await book(stock))))["id"]


async def use_hold(stock: Stock) -> Asking:
    return Asking({"hold": await kept(stock)}, by=stock.desk.wire)


async def shown(stock: Stock) -> str:
    key = str(uuid.uuid4())
    stock.house.sql(f"""
        INSERT INTO shown_message (tenant_id, id, person_kind, person_id, template, subject_kind, subject_id, shown_at)
        VALUES ({stock.people.tenant}, '{key}', 'staff', '{stock.admin.key}', 'webhook.disabled', 'webhook', gen_random_uuid(), now())
        """)
    return type_id("shm", key)


async def parked(stock: Stock) -> str:
    stock.house.sql(f"""
        INSERT INTO job (tenant_id, lane, kind, payload, tries_max, state, reason)
        VALUES ({stock.people.tenant}, 'notification', 'send-message', '{{}}', 3, 'parked', 'for the walk')""")
    return (await stock.admin.ask("GET", "/v1/ops/jobs/parked?limit=200")).json()["items"][-1]["id"]


async def session(stock: Stock) -> str:
    """Another sign-in of the administrator's."""
    return session_of(stock.people.signed_in(stock.admin.key))


def session_of(who: Somebody) -> str:
    return json.loads(b64decode(who.wire.token.split(".")[1] + "=="))["sid"]


async def _value(value: str) -> str:
    return value


MAKERS: dict[str, Callable[[Stock], Awaitable[str]]] = {
    "apt": Stock.booking, "pat": patient, "arq": request, "whk": webhook, "whd": delivery, "hld": hold, "kep": kept, "shm": shown, "job": parked,
    "ses": session, "prc": lambda stock: _value(stock.slots[-1].practitioner), "loc": lambda stock: _value(stock.slots[-1].location),
    "stf": lambda stock: _value(stock.staff.pop()),
}


# One for each operation that needs more than ids and plausible values. What is not named here is asked by the administrator,
# or by the first of the other roles that may.

async def book(stock: Stock) -> Asking:
    slot = stock.slots.pop()
    return Asking({"practitioner": slot.practitioner, "location": slot.location, "start": slot.start,
                   "patient": stock.diary.patient(slot.practitioner)})


async def reschedule(stock: Stock) -> Asking:
    return Asking({"appointment": await stock.booking(), "start": stock.slots.pop().start})


async def explain(stock: Stock) -> Asking:
    return Asking({"staff": stock.staff[-1], "operation": "CancelAppointment"})


async def ask_for_role(stock: Stock) -> Asking:
    return Asking({"role": "nurse", "until": SOON, "reason": "Asha is away."}, by=stock.desk.wire)


async def make_role(stock: Stock) -> Asking:
    return Asking({"slug": f"made-{next(stock.numbers)}", "title": "Made", "definition": {"bases": ["receptionist"]}})


async def own_role(stock: Stock) -> Asking:
    return Asking({"role": (await stock.role())["id"]})


async def save_role(stock: Stock) -> Asking:
    role = await stock.role()
    return Asking({"role": role["id"], "based_on": 1, "definition": {"bases": ["nurse"], "removes": ["queue.void"]}})


async def preview_role(stock: Stock) -> Asking:
    return Asking({"definition": {"bases": ["nurse"]}})


async def give_role(stock: Stock) -> Asking:
    return Asking({"staff": stock.staff.pop(), "role": "nurse"})


async def take_role(stock: Stock) -> Asking:
    staff = stock.staff.pop()
    return Asking({"staff": staff, "given": await stock.given(staff)})


async def kept_out(stock: Stock) -> Asking:
    staff = stock.staff.pop()
    await stock._done(stock.admin.wire, f"/v1/staff/{staff}/suspend", {})
    return Asking({"staff": staff})


async def replay(stock: Stock) -> Asking:
    return Asking({"webhook": await stock.one("whk", is_fresh=True), "delivery": await stock.one("whd", is_fresh=True)})


async def change_webhook(stock: Stock) -> Asking:
    return Asking({"webhook": await stock.one("whk", is_fresh=True), "description": f"Changed {next(stock.numbers)}."})


async def preview_words(stock: Stock) -> Asking:
    return Asking(TEMPLATE | {"parts": WORDS})


async def save_words(stock: Stock) -> Asking:
    return Asking(TEMPLATE | {"parts": {"text": f"{WORDS['text']} ({next(stock.numbers)})"}})


async def saved_words(stock: Stock) -> Asking:
    """Words of the clinic's own stand, and the version before them."""
    path = "/v1/message-templates/appointment.booked/en/sms/versions"
    for _ in range(2):
        saved = await stock._made(stock.admin, path, {"parts": {"text": f"{WORDS['text']} ({next(stock.numbers)})"}})
    return Asking(TEMPLATE | {"version": saved["version"] - 1})


async def consent(stock: Stock) -> Asking:
    choice = {"channel": "sms", "category": "reminder", "wanted": next(stock.numbers) % 2 == 0}
    return Asking({"patient": await patient(stock), "choices": [choice]}, fields={"If-Match": "*"})


async def unsubscribe(stock: Stock) -> Asking:
    for _ in range(400):
        if stock.mail.taken:
            break
        await asyncio.sleep(0.05)
    letter = email.message_from_bytes(stock.mail.taken[0][1], policy=email.policy.default)
    return Asking({"token": urlsplit(letter["List-Unsubscribe"].strip("<>")).path.rpartition("/")[2]}, by=stock.door)


async def click_unsubscribe(stock: Stock) -> Asking:
    """As a mail program does it for its reader."""
    link = await unsubscribe(stock)
    return Asking(link, by=stock.door, raw=b"List-Unsubscribe=One-Click",
                  fields={"Content-Type": "application/x-www-form-urlencoded"})


async def follow(stock: Stock) -> Asking:
    return Asking({"topics": "appointments"}, by=stock.desk.wire)


async def export(stock: Stock) -> Asking:
    return Asking(around_now())


async def register(stock: Stock) -> Asking:
    return Asking({"name": f"New {next(stock.numbers)}", "birth_date": "1980-01-01"}, by=stock.desk.wire)


async def add_webhook(stock: Stock) -> Asking:
    return Asking({"url": "https://hooks.example.org/nadi"})


async def prove_receipts(stock: Stock) -> Asking:
    return Asking({"gateway": "whatsapp", "hub.mode": "subscribe", "hub.verify_token": WORD, "hub.challenge": "7"}, by=stock.door)


async def take_receipts(stock: Stock) -> Asking:
    body = b'{"object":"whatsapp_business_account","entry":[]}'
    mac = hmac.digest(APP_SECRET.encode(), body, hashlib.sha256).hex()
    return Asking({"gateway": "whatsapp"}, by=stock.door, raw=body,
                  fields={"X-Hub-Signature-256": f"sha256={mac}", "Content-Type": "application/json"})


async def send_code(stock: Stock) -> Asking:
    return Asking({"channel": "email", "to": "nobody@walk.example"}, by=stock.door)


async def verify_code(stock: Stock) -> Asking:
    phone, challenge = stock.challenges.popitem()
    return Asking({"challenge": challenge, "code": await stock.said_to(phone, "sign-in.code", SIX.pattern)}, by=stock.door)


async def refresh(stock: Stock) -> Asking:
    tokens = (await stock._done(stock.door, "/v1/auth/otp/verify", dict(await verify_code(stock)))).json()
    return Asking({"refresh_token": tokens["refresh_token"]}, by=stock.door)


async def throwaway(stock: Stock) -> Asking:
    return Asking(by=stock.somebody().wire)


async def own_session(stock: Stock) -> Asking:
    who = stock.somebody()
    return Asking({"session": session_of(stock.people.signed_in(who.key))}, by=who.wire)


async def choose_password(stock: Stock) -> Asking:
    return Asking({"password": GOOD}, by=stock.somebody().wire)


async def password(stock: Stock) -> Asking:
    _, login = await stock.with_password()
    return Asking({"login": login, "password": GOOD}, by=stock.door)


async def step_up(stock: Stock) -> Asking:
    who, _ = await stock.with_password()
    return Asking({"password": GOOD}, by=who.wire)


async def forget_password(stock: Stock) -> Asking:
    return Asking({"login": "nobody@walk.example"}, by=stock.door)


async def reset_password(stock: Stock) -> Asking:
    token = await stock.said_to(stock.readers.pop(0), "sign-in.reset", "[A-Za-z0-9_-]{54}")
    return Asking({"token": token, "password": BETTER}, by=stock.door)


async def confirm_app(stock: Stock) -> Asking:
    who = stock.somebody()
    secret = (await stock._done(who.wire, "/v1/auth/totp", {})).json()["secret"]
    return Asking({"code": totp(secret, int(time.time()) // 30)}, by=who.wire)


async def remove_app(stock: Stock) -> Asking:
    who = stock.somebody()
    await stock.with_app(who)
    return Asking(by=who.wire)


async def second_factor(stock: Stock) -> Asking:
    who, login = await stock.with_password()
    secret = await stock.with_app(who)
    asked = (await stock.door.post("/v1/auth/password", {"login": login, "password": GOOD})).json()
    return Asking({"challenge": asked["challenge"], "code": totp(secret, int(time.time()) // 30)}, by=stock.door)


async def enrol(stock: Stock) -> Asking:
    """Whoever owes a second factor and has none sets it up before they come in."""
    who, login = await stock.with_password()
    stock.house.sql(f"""
        INSERT INTO clinic_configuration (tenant_id, version, body, applied_by)
        SELECT tenant_id, version + 1, body || '{{"sign_in": {{"second_factor_for": ["nurse"]}}}}', 'walk'
        FROM clinic_configuration WHERE tenant_id = {stock.people.tenant} ORDER BY version DESC LIMIT 1;
        UPDATE staff_role SET role = 'nurse' WHERE staff_member_id = '{who.key}'""")
    for _ in range(100):
        asked = (await stock.door.post("/v1/auth/password", {"login": login, "password": GOOD})).json()
        if "challenge" in asked:
            return Asking({"challenge": asked["challenge"]}, by=stock.door)
        await asyncio.sleep(0.05)
    raise AssertionError(f"nobody is asked for a second factor: {asked}")


async def make_passkey(stock: Stock) -> Asking:
    who = stock.somebody()
    begun = (await stock._done(who.wire, "/v1/auth/passkey-challenges", {})).json()
    return Asking(SoftKey(f"http://{stock.house.host(stock.clinic.slug)}").made(begun), by=who.wire)


async def remove_passkey(stock: Stock) -> Asking:
    who = stock.somebody()
    _, name = await stock.with_passkey(who)
    return Asking({"passkey": name}, by=who.wire)


async def use_passkey(stock: Stock) -> Asking:
    key, _ = await stock.with_passkey(stock.somebody())
    begun = (await stock._done(stock.door, "/v1/auth/passkey-sign-ins", {})).json()
    return Asking(key.used(begun), by=stock.door)


async def key(stock: Stock) -> str:
    return (await stock._made(stock.admin, "/v1/api-keys", {"name": f"Key {next(stock.numbers)}", "permissions": ["appointments.read"]}))["key"]["id"]


async def make_key(stock: Stock) -> Asking:
    return Asking({"name": f"Key {next(stock.numbers)}", "permissions": ["appointments.read"]})


async def rotate_key(stock: Stock) -> Asking:
    return Asking({"key": await key(stock), "days": 30})


async def adopt_key(stock: Stock) -> Asking:
    """A key that somebody else has made."""
    maker = stock.somebody("tenant.admin")
    made = {"name": f"Key {next(stock.numbers)}", "permissions": ["appointments.read"]}
    return Asking({"key": (await stock._made(maker, "/v1/api-keys", made))["key"]["id"]})


def wish(stock: Stock) -> dict:
    return {"name": "Invited", "to": f"+9198130000{next(stock.numbers) % 100:02d}", "roles": [{"role": "nurse"}]}


async def invitation(stock: Stock) -> str:
    return (await stock._made(stock.admin, "/v1/invitations", wish(stock)))["id"]


async def invite(stock: Stock) -> Asking:
    return Asking(wish(stock))


async def invited(stock: Stock) -> str:
    """What stands in the link that somebody is sent."""
    asked = wish(stock)
    await stock._made(stock.admin, "/v1/invitations", asked)
    return await stock.said_to(asked["to"], "staff.invited", "[A-Za-z0-9_-]{54}")


async def accept(stock: Stock) -> Asking:
    return Asking({"token": await invited(stock)}, by=stock.door)


async def join(stock: Stock) -> Asking:
    return Asking({"token": await invited(stock)}, by=stock.door, raw=b"Invitation=Accept",
                  fields={"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})


async def own_address(stock: Stock) -> Asking:
    return Asking({"channel": "sms", "to": f"+9198140000{next(stock.numbers) % 100:02d}"}, by=stock.somebody().wire)


async def confirm_address(stock: Stock) -> Asking:
    asked = await own_address(stock)
    sent = (await stock._done(asked.by, "/v1/me/addresses", dict(asked))).json()
    return Asking({"challenge": sent["challenge"], "code": await stock.said_to(asked["to"], "sign-in.code", SIX.pattern)}, by=asked.by)


async def care_team(stock: Stock) -> Asking:
    return Asking({"patient": await patient(stock), "staff": stock.staff.pop()}, by=stock.desk.wire)


async def leave_care_team(stock: Stock) -> Asking:
    asked = await care_team(stock)
    made = await stock._made(stock.desk, f"/v1/patients/{asked['patient']}/care-team", {"staff": asked["staff"]})
    return Asking({"patient": asked["patient"], "member": made["id"]}, by=stock.desk.wire)


async def doctor(stock: Stock) -> Somebody:
    """A doctor with a second factor that was just given."""
    who = stock.somebody("doctor")
    await stock.with_app(who)
    stock.house.sql(f"UPDATE time_code SET confirmed_at = now() - interval '2 seconds' WHERE staff_member_id = '{who.key}';"
                    f"UPDATE sign_in SET proven_at = now() WHERE person_id = '{who.key}'")
    return who


async def let_in(stock: Stock) -> Asking:
    """Whom of the platform the clinic could let in."""
    address = f"agent{next(stock.numbers)}@platform.example"
    stock.house.command("support", "add", "--name", "Agent", "--email", address)
    return Asking({"agent": address, "areas": ["configuration"], "reason": "Reminders leave an hour late."})


async def support(stock: Stock) -> str:
    return (await stock._made(stock.admin, "/v1/support-grants", dict(await let_in(stock))))["id"]


EMERGENCY = {"reason": "urgent_care", "words": "Brought in unconscious, allergies unknown."}


async def emergency(stock: Stock) -> str:
    who = await doctor(stock)
    return (await stock._made(who, f"/v1/patients/{await patient(stock)}/emergency-access", EMERGENCY))["id"]


async def open_emergency(stock: Stock) -> Asking:
    return Asking({"patient": await patient(stock)} | EMERGENCY, by=(await doctor(stock)).wire)


async def end_emergency(stock: Stock) -> Asking:
    who = await doctor(stock)
    made = await stock._made(who, f"/v1/patients/{await patient(stock)}/emergency-access", EMERGENCY)
    return Asking({"emergency": made["id"]}, by=who.wire)


async def review_emergency(stock: Stock) -> Asking:
    return Asking({"emergency": await emergency(stock), "verdict": "justified", "words": "There was no time."})


async def child(stock: Stock) -> str:
    """Somebody who is young enough to be answered for."""
    made = {"name": f"Child {next(stock.numbers)}", "birth_date": f"{date.today().year - 8}-01-01"}
    return (await stock._made(stock.desk, "/v1/patients", made))["id"]


async def add_guardian(stock: Stock) -> Asking:
    return Asking({"patient": await child(stock), "guardian": await patient(stock), "relation": "parent",
                   "categories": ["identity", "appointments"]}, by=stock.desk.wire)


async def guarded(stock: Stock) -> tuple[str, str]:
    """A child and who answers for it."""
    asked = await add_guardian(stock)
    ward = asked.pop("patient")
    return ward, (await stock._made(stock.desk, f"/v1/patients/{ward}/guardians", dict(asked)))["id"]


async def end_guardianship(stock: Stock) -> Asking:
    ward, name = await guarded(stock)
    return Asking({"patient": ward, "guardianship": name}, by=stock.desk.wire)


async def contested(stock: Stock) -> str:
    """A child about whom two who answer for it do not agree."""
    ward, _ = await guarded(stock)
    other = {"guardian": await patient(stock), "relation": "parent", "categories": ["identity"]}
    await stock._made(stock.desk, f"/v1/patients/{ward}/guardians", other)
    return ward


async def contest(stock: Stock) -> Asking:
    return Asking({"patient": await contested(stock), "words": "They do not agree on the treatment."}, by=stock.desk.wire)


async def settle(stock: Stock) -> Asking:
    asked = await contest(stock)
    await stock._done(stock.desk.wire, f"/v1/patients/{asked['patient']}/guardian-conflict", {"words": asked["words"]})
    return Asking({"patient": asked["patient"]}, by=stock.desk.wire)


async def program(stock: Stock) -> dict:
    return await registered(stock.admin.wire)


async def add_program(stock: Stock) -> Asking:
    return Asking({"name": "Intranet", "redirect_uris": [CALLBACK]})


async def change_program(stock: Stock) -> Asking:
    return Asking({"program": (await program(stock))["client"]["id"], "name": f"Intranet {next(stock.numbers)}"})


async def trusted(stock: Stock) -> dict:
    """The provider that is there is trusted under another name each time."""
    stock.issuer.registered = f"clinic-{next(stock.numbers)}"
    return (await stock._done(stock.admin.wire, "/v1/openid-providers", {
        "name": "Workspace", "issuer": stock.issuer.url, "client_id": stock.issuer.registered,
        "client_secret": stock.issuer.secret, "domains": ["walk.example"]})).json()


async def add_issuer(stock: Stock) -> Asking:
    return Asking({"name": "Workspace", "issuer": stock.issuer.url, "client_id": f"clinic-{next(stock.numbers)}",
                   "client_secret": "s3cret", "domains": ["walk.example"]})


async def change_issuer(stock: Stock) -> Asking:
    return Asking({"provider": (await trusted(stock))["id"], "name": f"Workspace {next(stock.numbers)}"})


async def set_out(stock: Stock) -> Asking:
    return Asking({"provider": (await trusted(stock))["id"]}, by=stock.door)


async def come_back(stock: Stock) -> Asking:
    """Somebody comes back from the provider, with what their browser was given on the way."""
    there, key = await trusted(stock), str(uuid.uuid4())
    stock.issuer.mail, stock.issuer.subject = f"{key}@walk.example", key
    stock.house.sql(f"INSERT INTO staff_member (tenant_id, id, name, email) VALUES ({stock.people.tenant}, '{key}', 'Comes', "
                    f"'{key}@walk.example')")
    browser, asked = gone(stock.house, stock.clinic, there)
    return Asking({"provider": there["id"], "code": stock.issuer.code(asked["nonce"]), "state": asked["state"]}, by=stock.door,
                  fields=cookies_of(browser))


def cookies_of(browser: Browser) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}


def form(browser: Browser, values: dict[str, str], by: Wire) -> Asking:
    """A form of a page, as the browser to which it was shown sends it."""
    return Asking(by=by, raw=urlencode(values).encode(), fields=cookies_of(browser) | {
        "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"})


async def at_gate(stock: Stock) -> tuple[Program, Browser]:
    made = Program(stock.house, stock.clinic, await program(stock))
    return made, Browser(stock.house.port, stock.house.host(stock.clinic.slug))


async def authorize(stock: Stock) -> Asking:
    made, _ = await at_gate(stock)
    return Asking({"client_id": made.id, "redirect_uri": CALLBACK, "response_type": "code", "scope": "openid", "state": "s",
                   "code_challenge": made.challenge, "code_challenge_method": "S256"}, by=stock.door)


async def step(stock: Stock) -> Asking:
    made, browser = await at_gate(stock)
    _, login = await stock.with_password()
    page = browser.get(made.question())
    return form(browser, page.hidden | {"step": "password", "login": login, "password": GOOD}, stock.door)


async def let_know(stock: Stock) -> tuple[Program, Browser, dict[str, str], Somebody]:
    """Somebody has come in and is asked what the program may know."""
    made, browser = await at_gate(stock)
    who, login = await stock.with_password()
    page = browser.get(made.question())
    page = browser.post("/oauth/sign-in", page.hidden | {"step": "password", "login": login, "password": GOOD})
    return made, browser, page.hidden | {"decision": "allow"}, who


async def consent_to(stock: Stock) -> Asking:
    _, browser, values, _ = await let_know(stock)
    return form(browser, values, stock.door)


async def coded(stock: Stock) -> tuple[Program, str]:
    made, browser, values, _ = await let_know(stock)
    return made, parameters(browser.post("/oauth/consent", values).onward)["code"]


async def withdraw(stock: Stock) -> Asking:
    made, browser, values, who = await let_know(stock)
    browser.post("/oauth/consent", values)
    return Asking({"program": made.id}, by=who.wire)


def by_program(made: Program, stock: Stock, **values: str) -> Asking:
    return Asking(by=stock.door, raw=urlencode({"client_id": made.id, "client_secret": made.secret} | values).encode(),
                  fields={"Content-Type": "application/x-www-form-urlencoded"})


async def tokens(stock: Stock) -> Asking:
    made, code = await coded(stock)
    return by_program(made, stock, grant_type="authorization_code", code=code, redirect_uri=CALLBACK, code_verifier=made.verifier)


async def give_back(stock: Stock) -> Asking:
    made, code = await coded(stock)
    _, _, given = await made.give(code)
    return by_program(made, stock, token=given["refresh_token"])


async def tell(stock: Stock) -> Asking:
    made, code = await coded(stock)
    _, _, given = await made.give(code)
    return Asking(by=Wire(stock.house.port, stock.door.host, given["access_token"]))


async def tell_by_post(stock: Stock) -> Asking:
    asked = await tell(stock)
    return Asking(by=asked.by, raw=b"", fields={"Content-Type": "application/x-www-form-urlencoded",
                                               "Authorization": f"Bearer {asked.by.token}"})


async def at_door(stock: Stock) -> Asking:
    """Somebody who stands at the gate, signed in, and wants to leave."""
    _, browser, values, _ = await let_know(stock)
    browser.post("/oauth/consent", values)
    return form(browser, browser.get("/oauth/logout").hidden | {"decision": "leave"}, stock.door)


async def ask_sign_out(stock: Stock) -> Asking:
    made, code = await coded(stock)
    _, _, given = await made.give(code)
    return Asking({"id_token_hint": given["id_token"]}, by=stock.door)


async def ask_sign_out_by_form(stock: Stock) -> Asking:
    made, code = await coded(stock)
    _, _, given = await made.give(code)
    return Asking(by=stock.door, raw=urlencode({"id_token_hint": given["id_token"]}).encode(),
                  fields={"Content-Type": "application/x-www-form-urlencoded"})


async def figures(stock: Stock) -> Asking:
    """Of the week before this one, or the one before that where it is Monday somewhere."""
    today = date.today()
    return Asking({"from": str(today - timedelta(days=today.weekday() + 14))}, by=stock.admin.wire)


async def program_id(stock: Stock) -> str:
    return (await program(stock))["client"]["id"]


async def issuer_id(stock: Stock) -> str:
    return (await trusted(stock))["id"]


async def template(stock: Stock) -> str:
    return (await stock._made(stock.owner, "/v1/role-templates", {
        "slug": f"template-{next(stock.numbers)}", "title": "Template", "definition": {"bases": ["nurse"]}}))["id"]


async def publish(stock: Stock) -> Asking:
    return Asking({"slug": f"template-{next(stock.numbers)}", "title": "Template", "definition": {"bases": ["nurse"]},
                   "locked": ["bases"]}, by=stock.owner.wire)


async def publish_version(stock: Stock) -> Asking:
    return Asking({"template": await template(stock), "based_on": 1, "definition": {"bases": ["receptionist"]}}, by=stock.owner.wire)


async def retire_template(stock: Stock) -> Asking:
    return Asking({"template": await template(stock)}, by=stock.owner.wire)


async def adopt(stock: Stock) -> Asking:
    return Asking({"template": await template(stock), "slug": f"adopted-{next(stock.numbers)}"})


async def take_up(stock: Stock) -> Asking:
    asked = await publish_version(stock)
    name = asked.pop("template")
    role = await stock._made(stock.admin, f"/v1/role-templates/{name}/adopt", {"slug": f"adopted-{next(stock.numbers)}"})
    await stock._done(stock.owner.wire, f"/v1/role-templates/{name}/versions", dict(asked))
    return Asking({"role": role["id"], "based_on": 1})


MAKERS |= {"tpl": template, "key": key, "inv": invitation, "emg": emergency, "oac": program_id, "oip": issuer_id, "spg": support}


RECIPES: dict[str, Callable[[Stock], Awaitable[Asking]]] = {
    "AdoptRoleTemplate": adopt, "PublishRoleTemplate": publish, "PublishTemplateVersion": publish_version,
    "RetireRoleTemplate": retire_template, "TakeUpTemplate": take_up,
    "AddGuardian": add_guardian, "ContestGuardians": contest, "EndGuardianship": end_guardianship, "SettleGuardians": settle,
    "AcceptInvitation": accept, "AddToCareTeam": care_team, "AddTrustedIssuer": add_issuer, "AddTrustedProgram": add_program,
    "AnswerConsent": consent_to, "Authorize": authorize, "ChangeTrustedIssuer": change_issuer, "ChangeTrustedProgram": change_program,
    "ConfirmAddress": confirm_address, "EndEmergency": end_emergency, "FinishIssuerSignIn": come_back, "GiveTokens": tokens,
    "InviteColleague": invite, "JoinClinic": join, "MakeAPIKey": make_key, "OpenEmergency": open_emergency, "OpenSupport": let_in,
    "RemoveFromCareTeam": leave_care_team, "ReviewEmergency": review_emergency, "RevokeToken": give_back, "RotateAPIKey": rotate_key,
    "AdoptAPIKey": adopt_key, "AnswerSignOut": at_door, "AskSignOut": ask_sign_out,
    "AskSignOutByForm": ask_sign_out_by_form, "CountAppointments": figures, "SendAddressCode": own_address, "ShowInvitation": accept, "StartIssuerSignIn": set_out, "TakeGateStep": step, "TellProgram": tell,
    "TellProgramByPost": tell_by_post, "WithdrawConsent": withdraw,
    "ExplainAppointment": book, "HoldSlot": book, "ReadHold": use_hold, "ReleaseHold": use_hold,
    "AddWebhook": add_webhook, "AskForReset": forget_password, "AskForRole": ask_for_role, "BeginPasskey": throwaway, "BeginTimeCodes": throwaway,
    "BookAppointment": book, "ChangePassword": choose_password, "ChangeWebhook": change_webhook, "ConfirmTimeCodes": confirm_app,
    "EnrolSecondFactor": enrol, "ExplainAccess": explain, "ExportAudit": export, "FinishPasskey": make_passkey,
    "FollowEvents": follow, "FollowLive": follow, "GiveRole": give_role, "RegisterPatient": register,
    "MakeRole": make_role, "MakeTemplateLive": saved_words, "PreviewMessageTemplate": preview_words, "PreviewRole": preview_role,
    "ProveReceipts": prove_receipts, "ProveSecondFactor": second_factor, "ReadMessageTemplate": saved_words,
    "ReadRole": own_role, "ReadTemplateVersion": saved_words, "RefreshTokens": refresh, "RemovePasskey": remove_passkey,
    "RemoveTimeCodes": remove_app, "ReplayWebhook": replay, "RescheduleAppointment": reschedule,
    "ResetMessageTemplate": saved_words, "ResetPassword": reset_password, "ResumeColleague": kept_out,
    "RetireRole": own_role, "RevokeAllSessions": throwaway,
    "RevokeSession": own_session, "SaveRoleVersion": save_role, "SaveTemplateVersion": save_words, "SendCode": send_code,
    "SetMessageConsent": consent, "ShowUnsubscribing": unsubscribe, "SignInByPasskey": use_passkey, "SignInByPassword": password,
    "SignOut": throwaway, "StepUp": step_up, "TakeReceipts": take_receipts, "TakeRole": take_role, "Unsubscribe": click_unsubscribe,
    "ListTemplateVersions": saved_words, "VerifyCode": verify_code,
}


async def arranged(stock: Stock, operation: Operation) -> Asking:
    """What the operation is asked with, so that it succeeds."""
    asking = await RECIPES[operation.name](stock) if operation.name in RECIPES else Asking()
    is_fresh = operation.method != "GET"
    for place in operation.places:
        if place.is_required and place.name not in asking:
            asking[place.name] = await stock.one(place.prefix, is_fresh=is_fresh)
    return asking
