"""Passwords, second factors and passkeys: what people prove who they are with beside a code."""

import asyncio
import hashlib
import hmac
import re
import struct
import time

from playwright.async_api import async_playwright

from .checks import check, expect
from .house import Clinic, House
from .load import until
from .login import door, entered, staff
from .wire import Answer, Wire

GOOD, BETTER = "monsoon tabla kettle forty", "v7Kq 92nf Lw0x river"


async def with_password(house: House, clinic: Clinic, address: str, password: str = GOOD) -> dict:
    """Somebody signs in by a code and chooses a password; their tokens."""
    tokens = await entered(house, clinic, address)
    wire = door(house, clinic, token=tokens["access_token"])
    expect("choosing", (await wire.post("/v1/auth/password/change", {"password": password})).status, 204)
    return tokens


async def tried(wire: Wire, login: str, password: str, **more) -> Answer:
    return await wire.post("/v1/auth/password", {"login": login, "password": password} | more)


def pardon(house: House) -> None:
    """Everybody's guesses are forgotten."""
    house.sql("TRUNCATE wrong_guess")


@check("a password is chosen, signs in, is not guessed in parallel, and keeps nobody out for good")
async def passwords() -> str:
    with House() as house:
        clinic, = await house.clinics(1)
        asha, ravi = staff(house, clinic, 2)
        tokens = await with_password(house, clinic, asha)
        wire, hers = door(house, clinic), door(house, clinic, token=tokens["access_token"])
        for weak in ["password1234", "member 1 member 1", "short", GOOD]:
            expect(f"{weak} is refused", (await hers.post("/v1/auth/password/change", {"password": weak})).status, 422)
        answer = await tried(wire, asha.upper(), GOOD)
        expect("the right one", answer.status, 200)
        device = answer.json()["device"]
        wrong = [await tried(wire, who, "not the right one") for who in (asha, ravi, "nobody@example.org")]
        expect("wrong, without one and unknown", {(a.status, a.json()["code"]) for a in wrong}, {(422, "not_proven")})
        bodies = {re.sub(rb'"request_id":"[^"]*"', b"", a.body) for a in wrong}
        expect("the same bytes", len(bodies), 1)
        pardon(house)
        wires = [door(house, clinic) for _ in range(20)]
        answers = await asyncio.gather(*(tried(wires[n % 20], asha, f"guess number {n}") for n in range(60)))
        judged = sum(answer.status == 422 for answer in answers)
        expect("guesses judged", judged <= 5, True)
        expect("the others wait", {a.status for a in answers} <= {422, 429, 503}, True)
        expect("the right one waits as well", (await tried(wire, asha, GOOD)).status, 429)
        expect("on a known device it does not", (await tried(wire, asha, GOOD, device=device)).status, 200)
        expect("another's device is a stranger's", (await tried(wire, asha, GOOD, device="x" + device[1:])).status, 429)
        house.sql("UPDATE wrong_guess SET locked_until = now() - interval '1 second' WHERE locked_until IS NOT NULL")
        expect("the wait ends", (await tried(wire, asha, GOOD)).status, 200)
        return f"{judged} of 60 parallel guesses judged"


@check("a forgotten password is chosen anew by a token, once, and every other sign-in ends")
async def forgotten() -> str:
    with House() as house:
        clinic, = await house.clinics(1)
        address, = staff(house, clinic, 1)
        tokens = await with_password(house, clinic, address)
        wire = door(house, clinic)
        asked = [await wire.post("/v1/auth/password/reset", {"login": who}) for who in (address, "nobody@example.org")]
        expect("known and unknown", [(a.status, a.body) for a in asked], [(204, b""), (204, b"")])
        found: list[list[str]] = []

        async def is_there() -> bool:
            found[:] = house.sql("SELECT body FROM inbox_message WHERE template = 'sign-in.reset'")
            return bool(found)

        await until(is_there, 30)
        expect("one message", len(found), 1)
        token = re.search(r"[A-Za-z0-9_-]{54}", found[0][0])[0]
        choose = {"token": token, "password": BETTER}
        for refused in [choose | {"token": token[:30] + ("B" if token[30] == "A" else "A") + token[31:]}, choose | {"token": token[:-2]}]:
            expect("another token", (await wire.post("/v1/auth/password/reset/confirm", refused)).status, 422)
        expect("the old one", (await wire.post("/v1/auth/password/reset/confirm", choose | {"password": GOOD})).status, 422)
        answers = await asyncio.gather(*(door(house, clinic).post("/v1/auth/password/reset/confirm", choose) for _ in range(5)))
        expect("chosen once", sorted(a.status for a in answers), [204, 422, 422, 422, 422])
        expect("the old sign-in", (await wire.post("/v1/auth/refresh", {"refresh_token": tokens["refresh_token"]})).status, 401)
        expect("the old password", (await tried(wire, address, GOOD)).status, 422)
        expect("the new password", (await tried(wire, address, BETTER)).status, 200)
        return "1 message, 1 use"


def totp(secret: str, step: int) -> str:
    """RFC 6238, by somebody else's hand."""
    import base64
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1)
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start:start + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


@check("whoever has an app set up is asked for it at every door, and gives each code once")
async def second_factor() -> str:
    with House() as house:
        clinic, = await house.clinics(1)
        address, = staff(house, clinic, 1)
        tokens = await with_password(house, clinic, address)
        wire, hers = door(house, clinic), door(house, clinic, token=tokens["access_token"])
        app = (await hers.post("/v1/auth/totp", {})).json()
        expect("the app's address", app["uri"].startswith("otpauth://totp/"), True)
        step = int(time.time()) // 30
        expect("before it is confirmed", (await tried(wire, address, GOOD)).status, 200)
        confirmed = await hers.post("/v1/auth/totp/confirm", {"code": totp(app["secret"], step - 1)})
        expect("confirming", confirmed.status, 200)
        codes = confirmed.json()["recovery_codes"]
        expect("recovery codes", len(set(codes)), 10)

        async def asked() -> str:
            answer = await tried(wire, address, GOOD)
            problem = answer.json()
            expect("the password alone", (answer.status, problem["code"]), (401, "second_factor_required"))
            return problem["challenge"]

        async def given(challenge: str, **proof: str) -> int:
            return (await wire.post("/v1/auth/second-factor", {"challenge": challenge} | proof)).status

        challenge = await asked()
        expect("a used step", await given(challenge, code=totp(app["secret"], step - 1)), 422)
        answers = await asyncio.gather(*(
            door(house, clinic).post("/v1/auth/second-factor", {"challenge": challenge, "code": totp(app["secret"], step)})
            for _ in range(4)))
        expect("one code, one sign-in", sorted(a.status for a in answers), [200, 422, 422, 422])
        challenge = await asked()
        expect("a recovery code", await given(challenge, recovery_code=codes[0].upper()), 200)
        challenge = await asked()
        expect("the same again", await given(challenge, recovery_code=codes[0]), 422)
        pardon(house)
        challenge = await asked()
        guesses = [await given(challenge, code=f"{n:06}") for n in range(5)]
        expect("wrong ones", guesses, [422] * 5)
        expect("the right one, too late", await given(challenge, recovery_code=codes[1]), 422)
        return "1 of 4 parallel codes"


CREATE = """async ({token, begun}) => {
    const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
    const made = await navigator.credentials.create({publicKey: {
        challenge: bytes(begun.challenge), rp: {id: begun.rp_id, name: begun.rp_name},
        user: {id: bytes(begun.user_id), name: begun.user_name, displayName: begun.user_name},
        pubKeyCredParams: begun.algorithms.map(alg => ({type: 'public-key', alg})), attestation: 'none',
        excludeCredentials: begun.exclude.map(id => ({type: 'public-key', id: bytes(id)})),
        authenticatorSelection: {residentKey: begun.resident_key, userVerification: begun.user_verification}}});
    const sent = made.toJSON();
    return {ceremony: begun.ceremony, name: 'Chromium', client_data: sent.response.clientDataJSON,
            attestation: sent.response.attestationObject};
}"""
GET = """async ({begun}) => {
    const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
    const got = await navigator.credentials.get({publicKey: {
        challenge: bytes(begun.challenge), rpId: begun.rp_id, userVerification: begun.user_verification}});
    const sent = got.toJSON();
    return {ceremony: begun.ceremony, credential: sent.id, client_data: sent.response.clientDataJSON,
            authenticator_data: sent.response.authenticatorData, signature: sent.response.signature};
}"""


@check("a passkey is made and used in Chromium, at its own clinic and once for each challenge")
async def passkeys() -> str:
    with House() as house:
        clinic, other = await house.clinics(2)
        address, = staff(house, clinic, 1)
        tokens = await entered(house, clinic, address)
        wire, hers = door(house, clinic), door(house, clinic, token=tokens["access_token"])
        async with async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            page = await browser.new_page()
            devtools = await page.context.new_cdp_session(page)
            await devtools.send("WebAuthn.enable")
            await devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True}})
            await page.goto(f"http://{house.host(clinic.slug)}/docs")
            begun = (await hers.post("/v1/auth/passkey-challenges", {})).json()
            made = await page.evaluate(CREATE, {"begun": begun})
            kept = await hers.post("/v1/auth/passkeys", made)
            expect("keeping it", kept.status, 201)
            expect("keeping it twice", (await hers.post("/v1/auth/passkeys", made)).status, 422)
            begun = (await wire.post("/v1/auth/passkey-sign-ins", {})).json()
            proof = await page.evaluate(GET, {"begun": begun})
            signed_in = await wire.post("/v1/auth/passkey-sign-ins/finish", proof)
            expect("signing in", signed_in.status, 200)
            expect("the same again", (await wire.post("/v1/auth/passkey-sign-ins/finish", proof)).status, 422)
            begun = (await wire.post("/v1/auth/passkey-sign-ins", {})).json()
            stale = proof | {"ceremony": begun["ceremony"]}
            expect("another challenge", (await wire.post("/v1/auth/passkey-sign-ins/finish", stale)).status, 422)
            begun = (await door(house, other).post("/v1/auth/passkey-sign-ins", {})).json()
            proof = await page.evaluate(GET, {"begun": begun | {"rp_id": house.host(clinic.slug).split(":")[0]}})
            there = await door(house, other).post("/v1/auth/passkey-sign-ins/finish", proof)
            expect("at another clinic", there.status, 422)
            await browser.close()
        fresh = door(house, clinic, token=signed_in.json()["access_token"])
        listed = (await fresh.get("/v1/auth/passkeys")).json()["items"]
        expect("the list", [item["name"] for item in listed], ["Chromium"])
        house.sql("UPDATE sign_in SET created_at = created_at - interval '6 minutes', proven_at = NULL")
        stale = await fresh.ask("DELETE", f"/v1/auth/passkeys/{listed[0]['id']}")
        expect("an old proof", (stale.status, stale.json()["code"]), (401, "step_up_required"))
        return "made, used, refused four ways"
