"""Proves that the peers answer alike, and rightly, before they are measured."""

import json
import random
import urllib.error
import urllib.request
from datetime import datetime

from .peers.schema.mint_tokens import mint

PRACTITIONER, PATIENT = 21, 1001  # of tenant 3


def ask(url: str, path: str, *, tenant: int = 3, token: str | None = None, body: dict | None = None):
    request = urllib.request.Request(url + path, data=json.dumps(body).encode() if body else None)
    request.add_header("Host", f"clinic{tenant}.clinic.test")
    request.add_header("Content-Type", "application/json")
    request.add_header("Authorization", f"Bearer {token or mint(3, 10, 'receptionist')}")
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, None


def same_instants(value):
    """The body with each instant in one spelling, cut to milliseconds."""
    if isinstance(value, dict):
        return {k: same_instants(v) for k, v in value.items()}
    if isinstance(value, list):
        return [same_instants(v) for v in value]
    if isinstance(value, str) and value.endswith("Z"):
        return int(datetime.fromisoformat(value).timestamp() * 1000)
    return value


def expect(what: str, got, wanted) -> None:
    if got != wanted:
        raise AssertionError(f"{what}: got {got!r}, wanted {wanted!r}")


def check(url: str, start: str) -> list:
    listing = "/v1/appointments?from=2027-01-04T00:00:00Z&to=2027-02-01T00:00:00Z"
    booking = {"practitioner_id": PRACTITIONER, "patient_id": PATIENT, "start": start}
    expect("expired token", ask(url, "/v1/me", token=mint(3, 10, "receptionist", 1))[0], 401)
    expect("forged token", ask(url, "/v1/me", token=mint(3, 10, "receptionist")[:-4] + "AAAA")[0], 401)
    expect("another tenant's host", ask(url, "/v1/me", tenant=4)[0], 403)
    expect("unknown tenant", ask(url, "/v1/me", tenant=999)[0], 404)
    expect("role", ask(url, "/v1/appointments", token=mint(3, 12, "viewer"), body=booking)[0], 403)
    expect("another tenant's patient", ask(url, "/v1/appointments", body=booking | {"patient_id": 1})[0], 422)
    expect("off the grid", ask(url, "/v1/appointments", body=booking | {"start": start.replace(":00Z", ":07Z")})[0], 422)

    status, booked = ask(url, "/v1/appointments", body=booking)
    expect("booking", (status, booked["practitioner_id"], booked["status"]), (201, PRACTITIONER, "booked"))
    expect("double booking", ask(url, "/v1/appointments", body=booking)[0], 409)

    status, free = ask(url, f"/v1/availability?practitioner={PRACTITIONER}&from=2027-01-04&days=7")
    expect("availability", status, 200)
    starts = {slot["start"] for slot in free["slots"]}
    status, foreign = ask(url, "/v1/availability?practitioner=1&from=2027-01-04&days=7")
    expect("another tenant's practitioner", foreign["slots"], [])

    status, page = ask(url, listing)
    expect("page", (status, len(page["items"])), (200, 50))
    taken = {item["starts_at"].replace(".000Z", "Z") for item in page["items"] if item["practitioner_id"] == PRACTITIONER}
    expect("free and taken slots in common", starts & taken, set())
    seen, cursor = [], None
    while True:
        _, each = ask(url, listing + (f"&cursor={cursor}" if cursor else ""))
        seen += [item["id"] for item in each["items"]]
        if not (cursor := each["next"]):
            break
    expect("all pages", (len(seen), len(set(seen))), (500, 500))
    return same_instants([ask(url, "/v1/me")[1], free, page])


def agree(urls: list[str]) -> None:
    # Far from the seed and from what is booked under load, so that checks can follow one another.
    first, *rest = [check(url, f"{random.randint(2100, 9000)}-11-03T10:00:00Z") for url in urls]
    for url, answers in zip(urls[1:], rest):
        expect(f"{url} answers as {urls[0]}", answers, first)
