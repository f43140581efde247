"""Signing in across houses: a clinic as an OpenID provider of Authlib's, a clinic that trusts one, and everybody who lies."""

import base64
import hashlib
import hmac
import json
import re
import secrets
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode

import jwt
from playwright.async_api import async_playwright

from .browser import Browser, Page, parameters
from .checks import check, expect
from .credentials import GOOD, totp, with_password
from .house import Clinic, House
from .issuer import OUTSIDE, Issuer, Key, b64
from .login import code_for, door, staff
from .wire import Wire

CALLBACK = "https://program.example.org/callback"
SCOPES = "openid profile email phone"


def find_clinics() -> None:
    """Names below localhost are this machine, as browsers have it."""
    found = socket.getaddrinfo
    if found.__name__ != "here":
        def here(host, *rest, **more):
            return found("127.0.0.1" if str(host).endswith(".localhost") else host, *rest, **more)
        socket.getaddrinfo = here


async def registered(admin: Wire, **more) -> dict:
    made = await admin.post("/v1/oauth-clients", {"name": "Intranet", "redirect_uris": [CALLBACK]} | more)
    expect("registering a program", made.status, 201)
    return made.json()


async def signed_in(house: House, clinic: Clinic, browser: Browser, page: Page, address: str) -> Page:
    """Somebody gets through the page of the gate by a code of their inbox."""
    before = len(house.sql(f"SELECT 1 FROM inbox_message WHERE address = '{address}' AND template = 'sign-in.code'"))
    house.sql("TRUNCATE code_count")
    asked = browser.post("/oauth/sign-in", page.hidden | {"step": "ask", "login": address})
    expect("a page that asks for the code", (asked.status, "challenge" in asked.hidden), (200, True))
    code = await code_for(house, clinic, address, after=before)
    return browser.post("/oauth/sign-in", asked.hidden | {"step": "code", "code": code})


@check("an Authlib client finds the clinic, signs somebody in with PKCE, knows who it is, and refreshes")
async def authlib() -> str:
    from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin
    from authlib.integrations.requests_client import OAuth2Session

    class App(OAuth2Mixin, OpenIDMixin, BaseApp):
        client_cls = OAuth2Session

    find_clinics()
    with House() as house:
        clinic, = await house.clinics(1)
        address, = staff(house, clinic, 1)
        admin, told = house.wire(house.administrator(clinic.slug)), []
        for keeps_secret in (True, False):
            made = await registered(admin, keeps_secret=keeps_secret)
            app = App(None, name="nadi", client_id=made["client"]["id"], client_secret=made["client_secret"],
                      server_metadata_url=f"http://{house.host(clinic.slug)}/.well-known/openid-configuration",
                      client_kwargs={"scope": SCOPES, "code_challenge_method": "S256",
                                     "token_endpoint_auth_method": "client_secret_basic" if keeps_secret else "none"})
            asked = app.create_authorization_url(CALLBACK)
            browser = Browser(house.port, house.host(clinic.slug))
            page = browser.get(asked["url"])
            expect("the gate", (page.status, page.headers["Content-Security-Policy"].count("script-src")), (200, 1))
            consent = await signed_in(house, clinic, browser, page, address)
            expect("asked for consent", ("Intranet" in consent.text, "decision" in consent.text), (True, True))
            back = browser.post("/oauth/consent", consent.hidden | {"decision": "allow"}).onward
            answer = parameters(back)
            expect("back at the program", back.startswith(CALLBACK + "?"), True)
            expect("state and issuer", (answer["state"], answer["iss"]), (asked["state"], f"http://{house.host(clinic.slug)}"))
            token = app.fetch_access_token(CALLBACK, code=answer["code"], code_verifier=asked["code_verifier"])
            who = app.parse_id_token(token, asked["nonce"])
            expect("who it is", (who["sub"][:4], who["aud"], who["amr"]), ("stf_", made["client"]["id"], ["otp"]))
            known = app.userinfo(token=token)
            expect("what is known", (known["sub"], known["email"], known["email_verified"], known["name"]),
                   (who["sub"], address, True, "member 1"))
            with OAuth2Session(app.client_id, app.client_secret, **app.client_kwargs) as session:
                fresh = session.refresh_token(app.load_server_metadata()["token_endpoint"], refresh_token=token["refresh_token"])
            expect("refreshed", fresh["refresh_token"] != token["refresh_token"], True)
            expect("known again", app.userinfo(token=fresh)["sub"], who["sub"])
            keys = jwt.PyJWKClient(app.load_server_metadata()["jwks_uri"])
            said = jwt.decode(token["id_token"], keys.get_signing_key_from_jwt(token["id_token"]).key, ["EdDSA"],
                              audience=made["client"]["id"], issuer=answer["iss"])
            expect("PyJWT agrees", said["sub"], who["sub"])
            again = browser.get(app.create_authorization_url(CALLBACK)["url"])
            expect("a second visit asks nothing", (again.status, "code" in parameters(again.onward)), (303, True))
            for stolen in (token["access_token"], token["id_token"], fresh["refresh_token"]):
                answers = [(await door(house, clinic, token=stolen).get(path)).status for path in ("/v1/me", "/v1/patients")]
                expect("a program's token under /v1", answers, [401, 401])
            told.append("with a secret" if keeps_secret else "without one")
        return ", ".join(told)


class Landing:
    """The program's own page, as a browser sees it: one link back to the clinic."""

    def __init__(self, word: str):
        self.word, self.link = word, ""
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def callback(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/callback"

    def close(self) -> None:
        self.server.shutdown()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        landing = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(f"<title>program</title><a href='{landing.link}'>{landing.word}</a>".encode())

            def log_message(self, *_: object) -> None:
                pass

        return Handler


class Program:
    """A program written by hand, so that it can do everything wrong."""

    def __init__(self, house: House, clinic: Clinic, made: dict):
        self.house, self.clinic, self.id, self.secret = house, clinic, made["client"]["id"], made["client_secret"]
        self.wire = door(house, clinic)
        self.verifier = secrets.token_urlsafe(48)

    @property
    def challenge(self) -> str:
        return b64(hashlib.sha256(self.verifier.encode()).digest())

    def question(self, **more) -> str:
        asked = {"response_type": "code", "client_id": self.id, "redirect_uri": CALLBACK, "scope": SCOPES, "state": "s1", "nonce": "n1",
                 "code_challenge": self.challenge, "code_challenge_method": "S256"} | more
        return "/oauth/authorize?" + urlencode({name: value for name, value in asked.items() if value is not None})

    def code(self, browser: Browser, **more) -> str:
        return parameters(browser.get(self.question(**more)).onward)["code"]

    async def ask(self, path: str = "/oauth/token", wire: Wire | None = None, basic: str | None = None, **form) -> tuple[int, str, dict]:
        sent = {"client_id": self.id, "client_secret": self.secret} if basic is None and "client_id" not in form else {}
        fields = {"Authorization": "Basic " + base64.b64encode(basic.encode()).decode()} if basic is not None else {}
        body = {name: value for name, value in (sent | form).items() if value is not None}
        answer = await (wire or self.wire).form(path, urlencode(body).encode(), fields)
        told = answer.json() if answer.body else {}
        return answer.status, told.get("error", ""), told

    async def give(self, code: str, **more) -> tuple[int, str, dict]:
        return await self.ask(**({"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK,
                                  "code_verifier": self.verifier} | more))


async def ready(house: House) -> tuple[Program, Program, Browser, Clinic]:
    """A program, another one, and somebody who has let the first one know who they are."""
    clinic, other = await house.clinics(2)
    address, = staff(house, clinic, 1)
    admin = house.wire(house.administrator(clinic.slug))
    one = Program(house, clinic, await registered(admin))
    two = Program(house, clinic, await registered(admin, redirect_uris=[CALLBACK, "https://two.example.org/"]))
    browser = Browser(house.port, house.host(clinic.slug))
    for program in (one, two):
        page = browser.get(program.question())
        if "decision" not in page.text:
            page = await signed_in(house, clinic, browser, page, address)
        browser.post("/oauth/consent", page.hidden | {"decision": "allow"})
    return one, two, browser, other


@check("whatever a program asks for wrongly is refused, and told only where it may be")
async def wrong_questions() -> str:
    with House() as house:
        one, _, browser, other = await ready(house)
        there = [
            ("another response type", {"response_type": "token"}, "unsupported_response_type"),
            ("the hybrid flow", {"response_type": "code id_token"}, "unsupported_response_type"),
            ("no response type", {"response_type": None}, "invalid_request"),
            ("the fragment", {"response_mode": "fragment"}, "invalid_request"),
            ("a form post", {"response_mode": "form_post"}, "invalid_request"),
            ("no PKCE", {"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
            ("plain PKCE", {"code_challenge": one.verifier, "code_challenge_method": "plain"}, "invalid_request"),
            ("PKCE without a method", {"code_challenge_method": None}, "invalid_request"),
            ("a short challenge", {"code_challenge": one.challenge[:-4]}, "invalid_request"),
            ("a padded challenge", {"code_challenge": one.challenge + "="}, "invalid_request"),
            ("no openid", {"scope": "email"}, "invalid_scope"),
            ("no scope", {"scope": None}, "invalid_scope"),
            ("a request object", {"request": "e30.e30."}, "request_not_supported"),
            ("a request by address", {"request_uri": "https://evil.example/"}, "request_uri_not_supported"),
            ("an unknown prompt", {"prompt": "often"}, "invalid_request"),
            ("none and login", {"prompt": "none login"}, "invalid_request"),
            ("a crooked age", {"max_age": "-1"}, "invalid_request"),
        ]
        for name, change, wanted in there:
            page = browser.get(one.question(**change))
            told = parameters(page.onward)
            expect(name, (page.status, page.onward.startswith(CALLBACK + "?"), told.get("error"), told.get("state"), "code" in told),
                   (303, True, wanted, "s1", False))
        here = [
            ("an unknown program", {"client_id": "oac_01jd3mwqz5e8vsd3yk8yq9p0ra"}, 404), ("no program", {"client_id": None}, 422),
            ("a program that is none", {"client_id": "' OR 1=1"}, 404), ("no address", {"redirect_uri": None}, 422),
        ]
        for address in (CALLBACK + "/", CALLBACK + "?x=1", CALLBACK.upper(), CALLBACK + "#x", "https://program.example.org/callback/../evil",
                        "https://program.example.org.evil.example/callback", "http://program.example.org/callback", "javascript:alert(1)",
                        "https://two.example.org/", CALLBACK + "%2f", "//program.example.org/callback"):
            here.append((address, {"redirect_uri": address}, 422))
        for name, change, wanted in here:
            page = browser.get(one.question(**change))
            expect(name, (page.status, page.onward), (wanted, ""))
        page = browser.get(one.question() + "&state=s2")
        expect("a parameter twice", (page.status, page.onward), (422, ""))
        elsewhere = Browser(house.port, house.host(other.slug))
        elsewhere.cookies = dict(browser.cookies)
        expect("at another clinic's host", elsewhere.get(one.question()).status, 404)
        nobody = Browser(house.port, house.host(one.clinic.slug))
        expect("prompt none of nobody", parameters(nobody.get(one.question(prompt="none")).onward)["error"], "login_required")
        expect("prompt none of somebody", "code" in parameters(browser.get(one.question(prompt="none")).onward), True)
        expect("prompt login", browser.get(one.question(prompt="login")).status, 200)
        expect("prompt consent", "decision" in browser.get(one.question(prompt="consent")).text, True)
        house.sql("UPDATE sign_in SET created_at = created_at - interval '10 minutes'")
        expect("too long ago", "step" in browser.get(one.question(max_age="300")).text, True)
        expect("not too long ago", "code" in parameters(browser.get(one.question(max_age="900")).onward), True)
        expect("what is not known is passed over", "code" in parameters(browser.get(one.question(audience="x", ui_locales="hi")).onward), True)
        return f"{len(there)} told to the program, {len(here) + 2} to nobody"


@check("codes, refresh tokens and secrets of programs are good for whom, where and as often as they should be")
async def wrong_programs() -> str:
    with House() as house:
        one, two, browser, other = await ready(house)
        there = door(house, other)
        tried = [
            ("another verifier", {"code_verifier": secrets.token_urlsafe(48)}, 400, "invalid_grant"),
            ("no verifier", {"code_verifier": None}, 400, "invalid_grant"),
            ("a short verifier", {"code_verifier": one.verifier[:42]}, 400, "invalid_grant"),
            ("the challenge for a verifier", {"code_verifier": one.challenge}, 400, "invalid_grant"),
            ("another address", {"redirect_uri": CALLBACK + "/"}, 400, "invalid_grant"),
            ("no address", {"redirect_uri": None}, 400, "invalid_grant"),
            ("no code", {"code": None}, 400, "invalid_request"),
            ("an unknown code", {"code": secrets.token_urlsafe(32)}, 400, "invalid_grant"),
            ("another grant", {"grant_type": "password", "username": "a", "password": "b"}, 400, "unsupported_grant_type"),
            ("the program's own grant", {"grant_type": "client_credentials"}, 400, "unsupported_grant_type"),
            ("no grant", {"grant_type": None}, 400, "invalid_request"),
            ("a wrong secret", {"client_id": one.id, "client_secret": "nps_" + "A" * 43}, 401, "invalid_client"),
            ("no secret", {"client_id": one.id}, 401, "invalid_client"),
            ("an unknown program", {"client_id": one.id[:-2] + "00", "client_secret": one.secret}, 401, "invalid_client"),
            ("no program", {"client_id": None}, 401, "invalid_client"),
            ("another program's secret", {"client_id": one.id, "client_secret": two.secret}, 401, "invalid_client"),
            ("a wrong secret in the field", {"basic": f"{one.id}:wrong"}, 401, "invalid_client"),
            ("both ways", {"basic": f"{one.id}:{one.secret}", "client_secret": one.secret}, 400, "invalid_request"),
            ("two programs", {"basic": f"{one.id}:{one.secret}", "client_id": two.id}, 400, "invalid_request"),
            ("another clinic's host", {"wire": there}, 401, "invalid_client"),
            ("another program", {"client_id": two.id, "client_secret": two.secret}, 400, "invalid_grant"),
        ]
        for name, change, status, error in tried:
            got = await one.give(**({"code": one.code(browser)} | change))
            expect(name, got[:2], (status, error))
        code = one.code(browser)
        await one.give(code, code_verifier="x" * 43)
        expect("after a wrong verifier the code is burnt", (await one.give(code))[:2], (400, "invalid_grant"))
        code = one.code(browser)
        house.sql("UPDATE program_code SET expires_at = now() - interval '1 second' WHERE uses = 0")
        expect("after a minute", (await one.give(code))[:2], (400, "invalid_grant"))
        code = one.code(browser)
        status, _, given = await one.give(code, basic=f"{one.id}:{one.secret}")
        expect("by the field", status, 200)
        known = lambda token: door(house, one.clinic, token=token).get("/oauth/userinfo")
        expect("known", (await known(given["access_token"])).status, 200)
        expect("a second use", (await one.give(code))[:2], (400, "invalid_grant"))
        expect("ends what the first gave", (await known(given["access_token"])).status, 401)
        expect("all of it", (await one.ask(grant_type="refresh_token", refresh_token=given["refresh_token"]))[:2], (400, "invalid_grant"))
        _, _, given = await one.give(one.code(browser))
        first = given["refresh_token"]
        for name, more in [("another program's", {"client_id": two.id, "client_secret": two.secret}), ("an access token", {"refresh_token": given["access_token"]}),
                           ("cut", {"refresh_token": first[:-1]}), ("another clinic's host", {"wire": there, "client_id": one.id})]:
            got = await one.ask(**({"grant_type": "refresh_token", "refresh_token": first} | more))
            expect(f"a refresh token: {name}", got[0] in (400, 401), True)
        more = await one.ask(grant_type="refresh_token", refresh_token=first, scope=SCOPES + " admin")
        expect("more than was given", more[:2], (400, "invalid_scope"))
        _, _, second = await one.ask(grant_type="refresh_token", refresh_token=first)
        _, _, third = await one.ask(grant_type="refresh_token", refresh_token=second["refresh_token"])
        expect("the first again", (await one.ask(grant_type="refresh_token", refresh_token=first))[:2], (400, "invalid_grant"))
        expect("ends all", (await one.ask(grant_type="refresh_token", refresh_token=third["refresh_token"]))[:2], (400, "invalid_grant"))
        _, _, given = await one.give(one.code(browser))
        expect("given back by another", (await two.ask("/oauth/revoke", token=given["refresh_token"]))[0], 200)
        expect("changes nothing", (await known(given["access_token"])).status, 200)
        expect("given back", (await one.ask("/oauth/revoke", token=given["refresh_token"]))[0], 200)
        expect("is over", (await known(given["access_token"])).status, 401)
        _, _, given = await one.give(one.code(browser))
        for token in ("", "npa_x", given["access_token"][:-1], given["refresh_token"], given["id_token"]):
            expect("no access token", (await known(token)).status, 401)
        expect("at another clinic", (await door(house, other, token=given["access_token"]).get("/oauth/userinfo")).status, 401)
        house.sql("UPDATE sign_in SET ended_at = now(), end_reason = 'revoked'")
        expect("the sign-in is over, and all that came of it", (await known(given["access_token"])).status, 401)
        refused = [("a form of another site", {"Sec_Fetch_Site": "cross-site"})]
        page = browser.get(one.question())
        for name, fields in refused:
            expect(name, browser.post("/oauth/sign-in", page.hidden | {"step": "ask", "login": "a@b.example"},
                                      **{"Sec-Fetch-Site": "cross-site"}).status, 403)
        stranger = Browser(house.port, house.host(one.clinic.slug))
        expect("a form in another browser", stranger.post("/oauth/sign-in", page.hidden | {"step": "ask", "login": "a@b.example"}).status, 403)
        expect("consent of nobody", browser.post("/oauth/consent", page.hidden | {"decision": "allow"}).status, 403)
        return f"{len(tried)} ways at the token endpoint, each refused"


@check("strangers who guess a password at the gate keep nobody out of a browser in which they have signed in")
async def known_browsers() -> str:
    with House() as house:
        clinic, = await house.clinics(1)
        address, = staff(house, clinic, 1)
        await with_password(house, clinic, address)
        hers, stranger, new = (Browser(house.port, house.host(clinic.slug)) for _ in range(3))

        def enter(browser: Browser, password: str) -> Page:
            page = browser.get("/sign-in")
            return browser.post("/oauth/sign-in", page.hidden | {"step": "password", "login": address, "password": password})

        expect("in", (enter(hers, GOOD).onward, "__Host-nadi-device" in hers.cookies), ("/", True))
        for _ in range(6):
            expect("a guess", enter(stranger, "not the right one").onward, "")
        expect("a browser that nobody knows waits", (enter(new, GOOD).onward, "__Host-nadi-gate" in new.cookies), ("", False))
        expect("hers does not", enter(hers, GOOD).onward, "/")
        stranger.cookies["__Host-nadi-device"] = "A" * 64
        expect("a device that is made up is none", enter(stranger, GOOD).onward, "")
        return "6 guesses"


@check("in Chromium the gate's pages work without a script, break no policy, and lead back to the program")
async def in_a_browser() -> str:
    landing = Landing("again")
    callback = landing.callback
    with House() as house:
        clinic, = await house.clinics(1)
        address, = staff(house, clinic, 1)
        tokens = await with_password(house, clinic, address)
        program = Program(house, clinic, await registered(house.wire(house.administrator(clinic.slug)), redirect_uris=[callback]))
        landing.link = f"http://{house.host(clinic.slug)}" + program.question(redirect_uri=callback).replace("&", "&amp;")
        async with async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            context = await browser.new_context(java_script_enabled=False)
            page, said = await context.new_page(), []
            page.on("console", lambda message: said.append(message.text))
            await page.goto(callback)
            await page.click("text=again")
            await page.fill("[name=login]", address)
            await page.fill("[name=password]", "not the right one")
            await page.click("button[value=password]")
            expect("a wrong password is told", len(await page.inner_text("[role=alert]")) > 5, True)
            await page.fill("[name=password]", GOOD)
            await page.click("button[value=password]")
            expect("asked for consent", "Intranet" in await page.inner_text("h1"), True)
            await page.click("button[value=allow]")
            await page.wait_for_url(callback + "*")
            expect("a code, the state and the issuer", {"code", "state", "iss"} <= parameters(page.url).keys(), True)
            await page.click("text=again")
            await page.wait_for_url(callback + "*")
            expect("the second time by itself", "code" in parameters(page.url), True)
            cookies = {each["name"]: each for each in await context.cookies(f"http://{house.host(clinic.slug)}")}
            expect("its cookies", {name: each["sameSite"] for name, each in cookies.items()},
                   {"__Host-nadi-browser": "Lax", "__Host-nadi-device": "Strict", "__Host-nadi-gate": "Lax"})
            expect("no script reads them", all(each["httpOnly"] for each in cookies.values()), True)
            expect("what the browser said", said, [])
            await browser.close()
        hers = door(house, clinic, token=tokens["access_token"])
        listed = (await hers.get("/v1/auth/programs")).json()["items"]
        expect("what she has agreed to", [(each["program"], each["scopes"]) for each in listed], [(program.id, SCOPES.split())])
        _, _, given = await program.give(parameters(page.url)["code"], redirect_uri=callback)
        known = lambda: door(house, clinic, token=given["access_token"]).get("/oauth/userinfo")
        expect("known", (await known()).status, 200)
        withdrawn = [(await hers.ask("DELETE", f"/v1/auth/programs/{program.id}")).status for _ in range(2)]
        expect("taking it back", withdrawn, [204, 404])
        expect("known no longer", (await known()).status, 401)
        landing.close()
        return "signed in, agreed, came by again, took it back"


async def trusting(house: House, clinic: Clinic, issuer: Issuer, **more) -> dict:
    admin = house.wire(house.administrator(clinic.slug))
    made = await admin.post("/v1/openid-providers", {
        "name": "Workspace", "issuer": issuer.url, "client_id": issuer.registered, "client_secret": issuer.secret,
        "domains": [f"{clinic.slug}.example"]} | more)
    expect("trusting a provider", made.status, 201)
    return made.json()


def gone(house: House, clinic: Clinic, trusted: dict, browser: Browser | None = None) -> tuple[Browser, dict[str, str]]:
    """Somebody sets out; what their browser carries."""
    browser = browser or Browser(house.port, house.host(clinic.slug))
    page = browser.get(f"/v1/auth/providers/{trusted['id']}/start?return_to=/docs")
    expect("setting out", page.status, 303)
    return browser, parameters(page.onward)


def come(browser: Browser, trusted: dict, asked: dict, issuer: Issuer, **more) -> Page:
    brought = {"code": issuer.code(asked["nonce"]), "state": asked["state"]} | more
    return browser.get(trusted["callback"] + "?" + urlencode({name: value for name, value in brought.items() if value is not None}))


@check("staff come in by the clinic's own provider, whatever it signs with, and are known by its name for them")
async def own_provider() -> str:
    with House(NADI_OPENID_BLOCKS=OUTSIDE) as house, Issuer() as issuer:
        clinic, = await house.clinics(1)
        issuer.mail, second, third = staff(house, clinic, 3)
        trusted = await trusting(house, clinic, issuer)
        listed = (await door(house, clinic).get("/v1/auth/providers")).json()["items"]
        expect("the list", [(each["id"], each["name"]) for each in listed], [(trusted["id"], "Workspace")])
        for algorithm in ("RS256", "ES256", "EdDSA"):
            issuer.keys = [Key(algorithm)]
            browser, asked = gone(house, clinic, trusted)
            expect("PKCE, state and nonce", {"state", "nonce", "code_challenge"} <= asked.keys() and asked["code_challenge_method"], "S256")
            page = come(browser, trusted, asked, issuer)
            if algorithm != "RS256" and page.status == 422:  # a key that is not known is fetched for once in five seconds
                time.sleep(6)
                browser, asked = gone(house, clinic, trusted)
                page = come(browser, trusted, asked, issuer)
            expect(f"in by {algorithm}", (page.status, page.onward), (200, "/docs"))
            me = await door(house, clinic, token=browser.cookies["__Host-nadi-access"]).get("/v1/me")
            expect("who it is", me.json()["email"], issuer.mail)
            shown = issuer.asked[-1]["code_verifier"]
            expect("the verifier fits", b64(hashlib.sha256(shown.encode()).digest()), asked["code_challenge"])
        first, issuer.mail = issuer.mail, second
        browser, asked = gone(house, clinic, trusted)
        page = come(browser, trusted, asked, issuer)
        me = await door(house, clinic, token=browser.cookies["__Host-nadi-access"]).get("/v1/me")
        expect("another address, the same subject: the same person", me.json()["email"], first)
        issuer.subject, issuer.mail = "subject-2", first
        browser, asked = gone(house, clinic, trusted)
        expect("another subject with a linked person's address", come(browser, trusted, asked, issuer).status, 422)
        house.sql("UPDATE staff_member SET active = false WHERE name = 'member 1'")
        issuer.subject = "subject-1"
        browser, asked = gone(house, clinic, trusted)
        expect("who has left", come(browser, trusted, asked, issuer).status, 422)
        await with_factor(house, clinic, issuer, trusted, third)
        methods = {row[0] for row in house.sql("SELECT DISTINCT method FROM sign_in WHERE method = 'openid'")}
        expect("as what it is listed", methods, {"openid"})
        return "RS256, ES256, EdDSA"


async def with_factor(house: House, clinic: Clinic, issuer: Issuer, trusted: dict, address: str) -> None:
    """The clinic's own second factor is asked for, unless the clinic takes the provider's word on it."""
    tokens = await with_password(house, clinic, address)
    hers = door(house, clinic, token=tokens["access_token"])
    app = (await hers.post("/v1/auth/totp", {})).json()
    step = int(time.time()) // 30
    await hers.post("/v1/auth/totp/confirm", {"code": totp(app["secret"], step - 1)})
    issuer.subject, issuer.mail = "subject-3", address
    issuer.lie = lambda head, said: said.update(amr=["pwd", "mfa"])
    browser, asked = gone(house, clinic, trusted)
    page = come(browser, trusted, asked, issuer)
    expect("asked for a second factor", (page.status, "recovery_code" in page.text, "__Host-nadi-access" in browser.cookies),
           (200, True, False))
    page = browser.post("/oauth/sign-in", page.hidden | {"step": "second", "code": totp(app["secret"], step)})
    expect("in by both", (page.status, "__Host-nadi-access" in browser.cookies), (200, True))
    house.sql("UPDATE trusted_issuer SET covers_second_factor = true")
    browser, asked = gone(house, clinic, trusted)
    expect("the provider's word is taken", come(browser, trusted, asked, issuer).onward, "/docs")
    issuer.lie = lambda head, said: said.update(amr=["pwd"])
    browser, asked = gone(house, clinic, trusted)
    expect("where it gives one", "recovery_code" in come(browser, trusted, asked, issuer).text, True)
    issuer.honest()


def setting(**more):
    return lambda head, said: said.update(more)


def heading(**more):
    return lambda head, said: head.update(more)


def without(name: str):
    return lambda head, said: said.pop(name)


@check("a provider that lies, a stranger's answer and a mixed-up one let nobody in, and are told alike")
async def lies() -> str:
    with House(NADI_OPENID_BLOCKS=OUTSIDE) as house, Issuer() as issuer, Issuer(registered="clinic-1") as evil:
        clinic, other = await house.clinics(2)
        issuer.mail, patient = staff(house, clinic, 1)[0], "patient@elsewhere.example"
        trusted = await trusting(house, clinic, issuer)
        now = int(time.time())
        weak, strange = Key("RS256", bits=1024), Key("RS256")
        public = json.dumps(issuer.keys[0].jwk).encode()

        def none(token: str) -> str:
            return b64(b'{"alg":"none"}') + "." + token.split(".")[1] + "."

        def symmetric(token: str) -> str:
            signed = b64(json.dumps({"alg": "HS256", "kid": issuer.keys[0].name}).encode()) + "." + token.split(".")[1]
            return signed + "." + b64(hmac.digest(public, signed.encode(), "sha256"))

        def by(key: Key, **more):
            return lambda token: key.token({"alg": key.algorithm, "kid": issuer.keys[0].name} | more, json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "==")))

        said = [
            ("another issuer", setting(iss=evil.url), "other_issuer"), ("an issuer with a slash", setting(iss=issuer.url + "/"), "other_issuer"),
            ("no issuer", without("iss"), "other_issuer"), ("another audience", setting(aud="clinic-2"), "other_audience"),
            ("no audience", setting(aud=[]), "other_audience"), ("two audiences without a party", setting(aud=["clinic-1", "x"]), "other_party"),
            ("another party", setting(aud=["clinic-1", "x"], azp="x"), "other_party"), ("a stray party", setting(azp="x"), "other_party"),
            ("over", setting(exp=now - 120), "expired"), ("never over", without("exp"), "malformed"), ("an end in words", setting(exp="later"), "malformed"),
            ("an end beyond time", setting(exp=2**63 - 1), "malformed"),
            ("of tomorrow", setting(iat=now + 86_400, exp=now + 90_000), "not_yet"), ("not before tomorrow", setting(nbf=now + 86_400), "not_yet"),
            ("another nonce", setting(nonce="n"), "other_question"), ("no nonce", without("nonce"), "other_question"),
            ("no subject", without("sub"), "malformed"), ("an endless subject", setting(sub="s" * 256), "malformed"),
            ("no address", without("email"), "no_mail"), ("an unproven address", setting(email_verified=False), "unproven_mail"),
            ("an address nobody speaks of", without("email_verified"), "unproven_mail"),
            ("another domain", setting(email=patient), "other_domain"), ("a domain below", setting(email=f"a@x.{clinic.slug}.example"), "other_domain"),
            ("two at signs", setting(email=f"a@evil.example@{clinic.slug}.example"), "no_mail"),
            ("nobody of the staff", setting(email=f"nobody@{clinic.slug}.example"), "nobody"),
            ("something critical", heading(crit=["x"], x=1), "foreign_algorithm"), ("a key of another name", heading(kid="other"), "unknown_key"),
            ("RS512", heading(alg="RS512"), "foreign_algorithm"), ("an algorithm of another key", heading(alg="ES256"), "unknown_key"),
            ("small letters", heading(alg="rs256"), "foreign_algorithm"),
        ]
        forged = [
            ("no algorithm", none, "foreign_algorithm"), ("the public key as a secret", symmetric, "foreign_algorithm"),
            ("a key of its own", by(strange), "forged"), ("a key that it brings along", by(strange, jwk=strange.jwk), "forged"),
            ("a key elsewhere", by(strange, jku=f"{evil.url}/keys"), "forged"), ("no signature", lambda t: t.rpartition(".")[0] + ".", "forged"),
            ("two parts", lambda t: t.rpartition(".")[0], "malformed"), ("no token", lambda t: "", "malformed"),
            ("padding", lambda t: t + "=", "malformed"), ("much too long", lambda t: t + "A" * 20_000, "malformed"),
            ("a changed letter", lambda t: t[:-20] + ("A" if t[-20] != "A" else "B") + t[-19:], "forged"),
        ]
        others = [
            ("another state", {"state": "A" * 60}, "unknown_state"), ("no state", {"state": None}, "unknown_state"),
            ("no code", {"code": None}, "refused_there"), ("a refusal", {"code": None, "error": "access_denied"}, "refused_there"),
            ("another's name", {"iss": evil.url}, "mixed_up"), ("a code that is none", {"code": "none"}, "no_token"),
        ]
        bodies = set()

        def refused(name: str, page: Page, browser: Browser, because: str) -> None:
            expect(name, (page.status, "__Host-nadi-access" in browser.cookies, "__Host-nadi-gate" in browser.cookies), (422, False, False))
            bodies.add(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", page.text))
            row = house.sql("SELECT detail->>'because' FROM audit_event WHERE act = 'sessions.create' ORDER BY at DESC, id DESC LIMIT 1")
            expect(f"{name}, in the trail", row[0][0], because)

        for name, lie, because in said:
            issuer.lie = lie
            browser, asked = gone(house, clinic, trusted)
            refused(name, come(browser, trusted, asked, issuer), browser, because)
        issuer.honest()
        for name, forge, because in forged:
            issuer.forge = forge
            browser, asked = gone(house, clinic, trusted)
            refused(name, come(browser, trusted, asked, issuer), browser, because)
        issuer.honest()
        for name, more, because in others:
            browser, asked = gone(house, clinic, trusted)
            refused(name, come(browser, trusted, asked, issuer, **more), browser, because)
        browser, asked = gone(house, clinic, trusted)
        refused("another browser", come(Browser(house.port, house.host(clinic.slug)), trusted, asked, issuer), Browser(0, ""), "other_browser")
        there = await trusting_more(house, clinic, evil)
        refused("another provider's door", come(browser, there, asked, evil), browser, "mixed_up")
        evil.mail, evil.lie = issuer.mail, setting(iss=issuer.url)
        browser, asked = gone(house, clinic, there)
        refused("the second provider in the name of the first", come(browser, there, asked, evil), browser, "other_issuer")
        expect("told alike", len(bodies), 1)
        elsewhere = Browser(house.port, house.host(other.slug))
        expect("at another clinic", elsewhere.get(f"/v1/auth/providers/{trusted['id']}/start").status, 404)
        for target in ("//evil.example/", "https://evil.example/", "/\\evil.example", "docs"):
            page = browser.get(f"/v1/auth/providers/{trusted['id']}/start?" + urlencode({"return_to": target}))
            expect(f"on to {target}", (page.status, page.onward), (422, ""))
        lying_documents(house, clinic, evil, there)
        inside = await inner_addresses(house, clinic)
        expect("nobody is in", house.sql("SELECT count(*) FROM sign_in WHERE method = 'openid'"), [["0"]])
        return f"{len(said) + len(forged) + len(others) + 3} lies, {inside} inner addresses"


async def trusting_more(house: House, clinic: Clinic, issuer: Issuer) -> dict:
    """The administrator, who is there already, trusts another one."""
    row = house.sql(f"SELECT s.id FROM staff_member s JOIN tenant t ON t.id = s.tenant_id WHERE t.slug = '{clinic.slug}' AND s.name = 'Admin'")
    from .people import type_id
    token = house.command("token", "--clinic", clinic.slug, "--staff", type_id("stf", row[0][0]))["token"]
    made = await Wire(house.port, house.host(clinic.slug), token).post("/v1/openid-providers", {
        "name": "Other", "issuer": issuer.url, "client_id": issuer.registered, "client_secret": issuer.secret,
        "domains": [f"{clinic.slug}.example"]})
    expect("trusting another one", made.status, 201)
    return made.json()


def lying_documents(house: House, clinic: Clinic, issuer: Issuer, trusted: dict) -> None:
    """A provider whose document is another's, or leads inside, is not followed. Each stands at an address of its own, for what is
    known of one is kept."""
    for change in ({"issuer": "http://127.0.0.2:1"}, {"authorization_endpoint": "javascript:alert(1)"}, {"token_endpoint": None},
                   {"jwks_uri": "file:///etc/passwd"}, {"authorization_endpoint": "http://user@127.0.0.2/"}):
        with Issuer() as liar:
            liar.metadata = lambda document, change=change: document | change
            house.sql(f"UPDATE trusted_issuer SET issuer = '{liar.url}' WHERE name = 'Other'")
            page = Browser(house.port, house.host(clinic.slug)).get(f"/v1/auth/providers/{trusted['id']}/start")
            expect(f"a document with {change}", (page.status, page.onward), (409, ""))


async def inner_addresses(house: House, clinic: Clinic) -> int:
    """What stands inside is not asked, whatever it is called."""
    inner = ["http://127.0.0.1:1", "http://169.254.169.254", "http://10.0.0.1", "http://[::1]:1", "http://localhost:1"]
    trusted = house.sql("SELECT id FROM trusted_issuer WHERE name = 'Other'")[0][0]
    from .people import type_id
    for address in inner:
        house.sql(f"UPDATE trusted_issuer SET issuer = '{address}' WHERE id = '{trusted}'")
        page = Browser(house.port, house.host(clinic.slug)).get(f"/v1/auth/providers/{type_id('oip', trusted)}/start")
        expect(address, page.status, 409)
    return len(inner)
