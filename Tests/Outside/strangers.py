"""What a clinic has of its own, made for a trial by strangers, and how answers to them are compared."""

import json
import uuid
from base64 import urlsafe_b64decode as b64decode

from .booking import Diary
from .checks import expect
from .house import Clinic, House
from .wire import Answer, Wire


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


def body_schema(operation: dict) -> dict:
    return operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
