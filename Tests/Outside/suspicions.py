"""Attacks that leave a pattern: it is seen, told to those who watch over the clinic, and to nobody else."""

import itertools

from .booking import Diary
from .checks import check, expect
from .credentials import with_password
from .house import House
from .load import until
from .login import door, entered, staff
from .people import People, type_id
from .wire import Wire

EXPECTED = {"many_identifiers", "many_addresses", "refresh_reuse", "foreign_token", "enumeration", "step_up_failures",
            "break_glass"}


@check("attacks leave patterns within half a minute: counted once, told to those who watch, and to no other clinic")
async def seen() -> str:
    with House() as house:
        here, there = await house.clinics(2)
        ours, theirs = People(house, here.slug), People(house, there.slug)
        boss, auditor, desk = ours.somebody("tenant.admin"), ours.somebody("compliance.auditor"), ours.somebody("receptionist")
        watcher = theirs.somebody("tenant.admin")
        addresses = itertools.count(10)

        def elsewhere(token: str = "") -> Wire:
            return Wire(house.port, house.host(here.slug), token, source=f"127.0.1.{next(addresses)}")

        async def guessed(wire: Wire, login: str) -> None:
            answer = await wire.post("/v1/auth/password", {"login": login, "password": "not the right one"})
            expect("a guess", answer.status, 422)

        sprayer = elsewhere()  # one address tries a password on many people
        for n in range(6):
            await guessed(sprayer, f"person{n}@example.org")
        for _ in range(5):  # many addresses try passwords on one
            await guessed(elsewhere(), "target@example.org")
        tokens = await entered(house, here, staff(house, here, 1)[0])
        thief = elsewhere()
        for _ in range(2):  # the token's successor's successor is given out before it comes back
            tokens |= {"next": (await thief.post("/v1/auth/refresh", {"refresh_token": tokens.get("next", tokens["refresh_token"])}))
                       .json()["refresh_token"]}
        expect("a copy", (await thief.post("/v1/auth/refresh", {"refresh_token": tokens["refresh_token"]})).status, 401)
        expect("another clinic's token", (await elsewhere(watcher.wire.token).get("/v1/me")).code, "wrong_clinic")
        searcher = elsewhere(desk.wire.token)
        for n in range(25):
            unknown = type_id("pat", f"01900000-0000-7000-8000-{n:012}")
            expect("an id that never was", (await searcher.get(f"/v1/patients/{unknown}")).status, 404)
        owner = await with_password(house, here, staff(house, here, 1, "owner")[0])
        screen = elsewhere(owner["access_token"])
        for n in range(3):
            expect("a wrong proof", (await screen.post("/v1/auth/step-up", {"password": f"not the right one {n}"})).status, 422)

        doctor, diary = ours.somebody("doctor"), await Diary.of(house, here)
        house.sql(f"UPDATE sign_in SET method = 'passkey' WHERE person_id = '{doctor.key}'")
        broken = await doctor.ask("POST", f"/v1/patients/{diary.patients[0]}/emergency-access",
                                  {"reason": "life_threat", "words": "Found unconscious in the hall."})
        expect("a record opened in an emergency", broken.status, 201)

        async def events(who) -> list[dict]:
            return (await who.ask("GET", "/v1/security/events?from=2026-01-01T00:00:00Z")).json()["items"]

        async def are_there() -> bool:
            return {each["kind"] for each in await events(boss)} == EXPECTED

        took = await until(are_there, 40, every=0.5)
        found = await events(auditor)
        expect("each once", sorted(each["kind"] for each in found), sorted(EXPECTED))
        expect("as often as it was seen", {each["kind"]: each["count"] for each in found}["enumeration"], 25)
        expect("what is severe", {each["kind"] for each in found if each["severe"]},
               {"many_addresses", "refresh_reuse", "step_up_failures", "break_glass"})
        expect("one page after the other", len((await boss.ask(
            "GET", "/v1/security/events?from=2026-01-01T00:00:00Z&severe=true&limit=2")).json()["items"]), 2)
        expect("at the desk", (await desk.ask("GET", "/v1/security/events?from=2026-01-01T00:00:00Z")).status, 403)
        expect("at the other clinic", await events(watcher), [])

        async def is_told() -> bool:
            shown = [(await who.ask("GET", "/v1/notifications")).json()["items"] for who in (boss, auditor)]
            return all(any("get in" in str(each) for each in items) for items in shown)

        await until(is_told, 30, every=0.5)
        for who in (desk, watcher):
            expect("told to nobody else", (await who.ask("GET", "/v1/notifications")).json()["items"], [])
        return f"{len(found)} patterns, {took:.0f} s"
