"""Login: codes that survive guessing, refresh tokens that survive haste and theft, tokens that nobody forges."""

import asyncio
import base64
import hashlib
import hmac
import json
import math
import random
import re
import time
import uuid
from statistics import median

import joserfc.jwk
import joserfc.jwt
import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from .checks import check, expect
from .house import Clinic, House
from .load import until
from .wire import Answer, Wire

SIX = re.compile(r"\b\d{6}\b")


def door(house: House, clinic: Clinic, **options) -> Wire:
    """The clinic's host, for somebody who has no token yet."""
    return Wire(house.port, house.host(clinic.slug), **options)


async def asked(wire: Wire, channel: str, to: str, **options) -> Answer:
    return await wire.post("/v1/auth/otp", {"channel": channel, "to": to}, **options)


async def code_for(house: House, clinic: Clinic, address: str, after: int = 0) -> str:
    """The latest code in the inbox for an address, once there are more than `after`."""
    found: list[list[str]] = []

    async def is_there() -> bool:
        found[:] = house.sql(f"""
            SELECT i.body FROM inbox_message i JOIN tenant t ON t.id = i.tenant_id
            WHERE t.slug = '{clinic.slug}' AND i.address = '{address}' AND i.template = 'sign-in.code' ORDER BY i.id""")
        return len(found) > after

    await until(is_there, 30)
    return SIX.search(found[-1][0])[0]


async def entered(house: House, clinic: Clinic, to: str, channel: str = "email") -> dict:
    """Signs somebody in from the first question to the tokens."""
    wire = door(house, clinic)
    sent = await asked(wire, channel, to)
    expect(f"a code for {to} is sent", sent.status, 202)
    code = await code_for(house, clinic, to)
    answer = await wire.post("/v1/auth/otp/verify", {"challenge": sent.json()["challenge"], "code": code})
    expect(f"{to} signs in", answer.status, 200)
    return answer.json()


def staff(house: House, clinic: Clinic, count: int, word: str = "member") -> list[str]:
    """So many people of the staff, by the database's own hand; their mail addresses."""
    house.sql(f"""
        WITH made AS (
            INSERT INTO staff_member (tenant_id, id, name, email)
            SELECT t.id, gen_random_uuid(), '{word} ' || n, '{word}' || n || '@{clinic.slug}.example'
            FROM tenant t, generate_series(1, {count}) n WHERE t.slug = '{clinic.slug}' RETURNING tenant_id, id)
        INSERT INTO staff_role (tenant_id, id, staff_member_id, role)
        SELECT tenant_id, gen_random_uuid(), id, 'receptionist' FROM made""")
    return [f"{word}{n}@{clinic.slug}.example" for n in range(1, count + 1)]


@check("a newcomer signs in by a code from development's inbox, and leaves again")
async def newcomer() -> str:
    with House() as house:
        clinic, = await house.clinics(1)
        address, = staff(house, clinic, 1)
        begun = time.monotonic()
        tokens = await entered(house, clinic, address)
        took = time.monotonic() - begun
        wire = door(house, clinic, token=tokens["access_token"])
        expect("who it is", (await wire.get("/v1/me")).json()["email"], address)
        expect("one device", len((await wire.get("/v1/auth/sessions")).json()["items"]), 1)
        expect("leaving", (await wire.post("/v1/auth/logout", {})).status, 204)
        gone = time.monotonic()

        async def is_nobody() -> bool:
            return (await wire.get("/v1/me")).status == 401

        heard = await until(is_nobody, 5, every=0.005)
        again = await wire.post("/v1/auth/refresh", {"refresh_token": tokens["refresh_token"]}, token="")
        expect("its refresh token", again.status, 401)
        return f"in {took:.1f} s, out {heard * 1000:.0f} ms after {time.monotonic() - gone:.1f} s"


SPELLINGS = {
    "sms": ["{phone}", "00{digits}", "+{spaced}", "tel:+{digits}", "(+{cc}) {rest}", "+{cc}-{rest}", "+{cc} (0){rest}"],
    "whatsapp": ["{phone}", "00{digits}", "+{spaced}", "+{cc} {rest}"],
    "email": ["{mail}", "{upper}", " {mail} ", "{mail}.", "{wide}"],
}


def spellings(phone: str, mail: str) -> list[tuple[str, str]]:
    """Every channel with every way to write its address."""
    digits, cc = phone[1:], phone[1:3]
    words = {"phone": phone, "digits": digits, "cc": cc, "rest": digits[2:], "spaced": " ".join(digits), "mail": mail,
             "upper": mail.upper(), "wide": mail.replace("@", "＠")}
    return [(channel, form.format(**words)) for channel, forms in SPELLINGS.items() for form in forms]


@check("of 1,000 wrong codes in 200 parallel requests, over spellings, channels, addresses and challenges, five are judged")
async def guessing() -> str:
    with House(NADI_TRUSTED_PROXIES="127.0.0.1") as house:
        # One that serves the country of the number.
        clinic = next(each for each in await house.clinics(3) if each.slug == "sunrise-family-practice")
        phone, mail = "+919800012345", f"target@{clinic.slug}.example"
        house.command("staff", "add", "--clinic", clinic.slug, "--role", "receptionist", "--name", "Target",
                      "--phone", phone, "--email", mail)
        wires = [door(house, clinic) for _ in range(200)]
        challenges, statuses, sends = [], [], []
        variants = spellings(phone, mail)

        def fields() -> dict[str, str]:
            """Another address with each request, as headers can say it."""
            address = f"198.51.{random.randrange(256)}.{random.randrange(1, 255)}"
            name = random.choice(["X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP"])
            return {name: f"for={address}" if name == "Forwarded" else address}

        async def attack(number: int, wire: Wire) -> None:
            for turn in range(5):
                if turn == 0:
                    channel, to = variants[number % len(variants)]
                    sent = await asked(wire, channel, to, fields=fields())
                    sends.append(sent.status)
                    if sent.status == 202:
                        challenges.append(sent.json()["challenge"])
                challenge = random.choice(challenges) if challenges else "chl_00000000000000000000000000"
                guess = f"{random.randrange(10 ** 6):06d}"
                answer = await wire.post("/v1/auth/otp/verify", {"challenge": challenge, "code": guess}, fields=fields())
                statuses.append(answer.status)

        await asyncio.gather(*(attack(number, wire) for number, wire in enumerate(wires)))
        expect("tries", len(statuses), 1000)
        expect("how they were answered", {*statuses} <= {422, 429}, True)
        (judged,), = house.sql("SELECT count(*) FROM audit_event WHERE act = 'sessions.create' AND outcome = 'denied'")
        expect(f"judged ({judged}) are at most five", int(judged) <= 5, True)
        (most,), = house.sql("SELECT max(guesses) FROM one_time_code")
        expect("guesses in any row", int(most) <= 5, True)
        (live,), = house.sql("SELECT guesses FROM one_time_code ORDER BY sent_at DESC LIMIT 1")
        expect("the guesses are used up", int(live), 5)
        codes = house.sql("SELECT count(*) FROM message WHERE category = 'code'")
        expect(f"codes asked for ({codes}) are within the caps: one by telephone, one by mail", int(codes[0][0]) <= 2, True)
        async def are_sent() -> bool:
            return house.sql("SELECT count(*) FROM message WHERE state IN ('waiting', 'sending')") == [["0"]]

        await until(are_sent, 30)
        # A code that was replaced before it was sent is in no inbox; of those that were sent one is the live one.
        told = [SIX.search(body)[0] for body, in house.sql("SELECT body FROM inbox_message WHERE template = 'sign-in.code'")]
        expect(f"codes that were sent ({len(told)})", 1 <= len(told) <= 2, True)
        right = 0
        for challenge in challenges:
            for code in told:
                answer = await wires[0].post("/v1/auth/otp/verify", {"challenge": challenge, "code": code})
                right += answer.status == 200
        expect("the right codes afterwards", right, 0)
        return f"{judged} of {len(statuses)} judged, {sends.count(202)} of {len(sends)} sends taken"


def rank_test(one: list[float], other: list[float]) -> float:
    """Mann and Whitney's p: how likely so different ranks are, if both lists are of one kind."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(place + 1 for place, (_, which) in enumerate(ranked) if which == 0)
    n, m = len(one), len(other)
    z = (ranks - n * (n + 1) / 2 - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))


@check("a known and an unknown address are answered with the same bytes, in the same time")
async def known_and_unknown() -> str:
    count = 250
    with House(NADI_WORKERS="0") as house:
        # The sending is another process's affair, as it can be in production: only the answers are compared.
        clinics = await house.clinics(2)
        people = [(clinic, address) for clinic in clinics for address in staff(house, clinic, count // 2, "known")]
        strangers = [(clinic, address.replace("known", "never")) for clinic, address in people]
        wires = {clinic.slug: door(house, clinic) for clinic in clinics}
        for clinic in clinics:  # connections, statements and caches are made before they are measured
            for warm in range(12):
                await asked(wires[clinic.slug], "email", f"warm{warm}@{clinic.slug}.example")
        trials = [(True, *each) for each in people] + [(False, *each) for each in strangers]
        random.Random(7).shuffle(trials)
        times: dict[bool, list[float]] = {True: [], False: []}
        faces = set()
        for known, clinic, address in trials:
            begun = time.perf_counter()
            answer = await asked(wires[clinic.slug], "email", address)
            times[known].append(time.perf_counter() - begun)
            body = answer.json()
            body["challenge"] = len(body["challenge"])
            still = {name: value for name, value in answer.fields.items()
                     if name not in ("date", "x-request-id", "ratelimit", "traceparent")}
            faces.add((answer.status, json.dumps(body), json.dumps(sorted(still.items()))))
        expect("faces of the answers", len(faces), 1)
        gap = abs(median(times[True]) - median(times[False])) * 1000
        p = rank_test(times[True], times[False])
        expect(f"the gap of the medians, {gap:.3f} ms, is below 1 ms", gap < 1, True)
        expect(f"the rank test's p, {p:.4f}, is above 0.01", p > 0.01, True)
        return f"{len(trials)} answers, medians {gap * 1000:.0f} µs apart, p = {p:.2f}"


@check("50 refreshes at once of each of 200 sign-ins leave one successor each, and nobody signed out")
async def families() -> str:
    with House() as house:
        clinic, = await house.clinics(1)
        addresses = staff(house, clinic, 200)
        entries = []
        for start in range(0, len(addresses), 20):
            entries += await asyncio.gather(*(entered(house, clinic, each) for each in addresses[start:start + 20]))
        wires = [door(house, clinic) for _ in range(50)]
        begun, refused = time.monotonic(), 0
        for entry in entries:
            body = {"refresh_token": entry["refresh_token"]}
            answers = await asyncio.gather(*(wire.post("/v1/auth/refresh", body) for wire in wires))
            refused += sum(answer.status != 200 for answer in answers)
            successors = {answer.json()["refresh_token"] for answer in answers if answer.status == 200}
            expect("successors", len(successors), 1)
            entry["next"] = successors.pop()
        took = time.monotonic() - begun
        expect("refused", refused, 0)
        (ended,), = house.sql("SELECT count(*) FROM sign_in WHERE ended_at IS NOT NULL")
        expect("false ends", ended, "0")
        wire = wires[0]
        for entry in entries[:20]:
            last = await wire.post("/v1/auth/refresh", {"refresh_token": entry["next"]})
            expect("the successor works", last.status, 200)
            grandparent = await wire.post("/v1/auth/refresh", {"refresh_token": entry["refresh_token"]})
            expect("the grandparent", grandparent.status, 401)
            for each in (entry["next"], last.json()["refresh_token"]):
                expect("every token of it is over", (await wire.post("/v1/auth/refresh", {"refresh_token": each})).status, 401)
            token = last.json()["access_token"]

            async def is_nobody() -> bool:
                return (await wire.get("/v1/me", token=token)).status == 401

            await until(is_nobody, 5)
        return f"{len(entries) * 50} refreshes in {took:.1f} s, 20 thefts ended"


def b64(data: bytes | str | dict | list) -> str:
    if isinstance(data, (dict, list)):
        data = json.dumps(data, separators=(",", ":"))
    return base64.urlsafe_b64encode(data if isinstance(data, bytes) else data.encode()).rstrip(b"=").decode()


def forged(honest: str, other: str, keys: list[dict]) -> list[tuple[str, str]]:
    """Tokens that others would like to be ours, each with what it tries."""
    head, body, signature = honest.split(".")
    header, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in (head, body))
    ours, mine = keys[0], Ed25519PrivateKey.generate()

    def signed(header: dict | str, claims: dict | str) -> str:
        text = f"{b64(header)}.{b64(claims)}"
        return f"{text}.{b64(mine.sign(text.encode()))}"

    made: list[tuple[str, str]] = []
    for name in ("none", "None", "NONE", "nOnE", "", "null"):
        made += [(f"alg {name}, unsigned", f"{b64(header | {'alg': name})}.{body}."),
                 (f"alg {name}, old signature", f"{b64(header | {'alg': name})}.{body}.{signature}")]
    point = base64.urlsafe_b64decode(ours["x"] + "=")
    for name, digest in (("HS256", hashlib.sha256), ("HS384", hashlib.sha384), ("HS512", hashlib.sha512)):
        text = f"{b64(header | {'alg': name})}.{body}"
        for what, key in (("point", point), ("x", ours["x"].encode()), ("JWK", json.dumps(ours).encode()), ("nothing", b"")):
            made.append((f"{name} under the public {what}", f"{text}.{b64(hmac.new(key, text.encode(), digest).digest())}"))
    for name in ("RS256", "RS512", "PS256", "ES256", "ES384", "ES512", "Ed25519", "EdDSA ", "eddsa"):
        made.append((f"alg {name}", signed(header | {"alg": name}, claims)))
    for what, more in (
            ("my own jwk", {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": b64(mine.public_key().public_bytes_raw())}}),
            ("jku", {"jku": "http://127.0.0.1:9/jwks.json"}), ("x5u", {"x5u": "http://127.0.0.1:9/c"}), ("x5c", {"x5c": ["MII"]}),
            ("crit", {"crit": ["exp"]}), ("b64", {"b64": False, "crit": ["b64"]}), ("zip", {"zip": "DEF"}), ("cty", {"cty": "JWT"})):
        made += [(f"header with {what}", signed(header | more, claims)),
                 (f"header with {what}, old signature", f"{b64(header | more)}.{body}.{signature}")]
    for kid in ("", "0", "../../../dev/null", "' OR '1'='1", "x" * 43, "\u0000", ours["kid"].lower(), ours["kid"] + " ", None, 1, [ours["kid"]]):
        made.append((f"kid {kid!r}", signed(header | {"kid": kid}, claims)))
    for typ in ("JWT", "at+JWT", "", None, "application/at+jwt"):
        made.append((f"typ {typ!r}", f"{b64(header | {'typ': typ})}.{body}.{signature}"))
    theirs = json.loads(base64.urlsafe_b64decode(other.split(".")[1] + "=="))
    for what, more in (
            ("another clinic", {"aud": theirs["aud"]}), ("another person", {"sub": theirs["sub"]}), ("another sign-in", {"sid": theirs["sid"]}),
            ("no end", {"exp": 2 ** 53}), ("an hour more", {"exp": claims["exp"] + 3600}), ("a role", {"role": "tenant.admin"}),
            ("a scope", {"scope": "*"}), ("end as text", {"exp": "9999999999"}), ("end as a fraction", {"exp": 9999999999.5}),
            ("end without end", {"exp": 1e308}), ("negative times", {"iat": -1, "exp": -1}), ("another issuer", {"iss": "https://evil.example"}),
            ("clinics as a list", {"aud": [claims["aud"]]}), ("nobody", {"sub": ""}), ("a null", {"sub": None})):
        made += [(f"{what}, old signature", f"{head}.{b64(claims | more)}.{signature}"), (f"{what}, my signature", signed(header, claims | more))]
    made += [
        ("my signature", signed(header, claims)), ("zeroes", f"{head}.{body}.{b64(bytes(64))}"), ("no signature", f"{head}.{body}."),
        ("half a signature", f"{head}.{body}.{signature[:43]}"), ("a longer one", honest + "A"), ("another's signature", f"{head}.{body}.{other.split('.')[2]}"),
        ("padding", honest + "=="), ("two dots more", honest + ".."), ("no claims", f"{head}..{signature}"), ("swapped", f"{body}.{head}.{signature}"),
        ("as five parts", f"{head}.{body}.{signature}.{head}.{body}"), ("percent", honest.replace(".", "%2E")), ("quoted", f'"{honest}"'),
        ("twice", f"{honest}, {honest}"), ("in standard base64", honest.replace("-", "+").replace("_", "/") + "/"), ("too large", honest + "A" * 6000),
        ("a duplicate alg", b64('{"alg":"none",' + json.dumps(header)[1:]) + f".{body}.{signature}"),
        ("deep claims", f"{head}.{b64('[' * 400 + ']' * 400)}.{signature}"), ("bytes of no text", f"{head}.{b64(bytes([0xff, 0xfe]))}.{signature}"),
        ("the last bit moved", honest[:-1] + ("A" if honest[-1] != "A" else "B")), ("a refresh token", "nrt_" + "A" * 70),
    ]
    return made


@check("no forged token is accepted, none takes longer than 50 ms, and our own verify with PyJWT and joserfc")
async def forgery() -> str:
    with House() as house:
        here, there = await house.clinics(2)
        address, = staff(house, here, 1)
        neighbour, = staff(house, there, 1)
        honest = (await entered(house, here, address))["access_token"]
        other = (await entered(house, there, neighbour))["access_token"]
        wire = door(house, here)
        document = (await wire.get("/.well-known/jwks.json")).json()
        issuer = jwt.decode(honest, options={"verify_signature": False})["iss"]
        key = jwt.PyJWKSet.from_dict(document)[jwt.get_unverified_header(honest)["kid"]]
        claims = jwt.decode(honest, key, algorithms=["EdDSA"], audience=jwt.decode(honest, options={"verify_signature": False})["aud"],
                            issuer=issuer)
        expect("PyJWT: lives ten minutes", claims["exp"] - claims["iat"], 600)
        token = joserfc.jwt.decode(honest, joserfc.jwk.KeySet.import_key_set(document), algorithms=["EdDSA"])
        expect("joserfc: the same claims", token.claims, claims)
        expect("the honest one", (await wire.get("/v1/me", token=honest)).status, 200)
        expect("the neighbour's here", (await wire.get("/v1/me", token=other)).status, 403)
        tokens = forged(honest, other, document["keys"])
        expect(f"enough forged tokens ({len(tokens)})", len(tokens) >= 80, True)
        slowest, accepted, odd = 0.0, [], []
        for what, each in tokens:
            begun = time.perf_counter()
            answer = await wire.send(f"GET /v1/me HTTP/1.1\r\nHost: {wire.host}\r\nAuthorization: Bearer ".encode()
                                     + each.encode("latin-1", "replace") + b"\r\n\r\n")
            slowest = max(slowest, time.perf_counter() - begun)
            if answer.status < 400:
                accepted.append(what)
            elif answer.status not in (400, 401, 403, 431):
                odd.append(f"{what}: {answer.status}")
        expect("accepted", accepted, [])
        expect("other answers", odd, [])
        expect(f"the slowest, {slowest * 1000:.1f} ms, is within 50 ms", slowest <= 0.05, True)
        refreshes = ["", "nrt_", "nrt_" + "A" * 70, honest, str(uuid.uuid4()), "x" * 200, "nrt_" + "é" * 35]
        for each in refreshes:
            answer = await wire.post("/v1/auth/refresh", {"refresh_token": each})
            expect(f"refreshing {each[:20]!r}", answer.status in (401, 422), True)
        return f"{len(tokens)} tokens, the slowest {slowest * 1000:.1f} ms"


@check("tokens signed before the keys are rotated count on, and new ones name the new key")
async def rotation() -> str:
    with House() as house:
        clinic, = await house.clinics(1)
        address, = staff(house, clinic, 1)
        before = await entered(house, clinic, address)
        kid = house.command("keys", "rotate")["kid"]
        wire = door(house, clinic)
        expect("the old token", (await wire.get("/v1/me", token=before["access_token"])).status, 200)
        refreshed = await wire.post("/v1/auth/refresh", {"refresh_token": before["refresh_token"]})
        after = refreshed.json()["access_token"]
        expect("the new one's key", jwt.get_unverified_header(after)["kid"], kid)
        expect("the new token", (await wire.get("/v1/me", token=after)).status, 200)
        published = (await wire.get("/.well-known/jwks.json")).json()["keys"]
        kids = {key["kid"] for key in published if key["alg"] == "EdDSA"}
        expect("both keys are published", kids, {kid, jwt.get_unverified_header(before["access_token"])["kid"]})
        # Those are for the ID tokens of programs that know nothing else: an access token under one of them is forged.
        expect("other keys", {key["alg"] for key in published[len(kids):]}, {"RS256"})
        return f"{len(kids)} keys"
