"""Signing out from a program: what ends, who is asked first, and where nobody is led (OpenID Connect RP-Initiated Logout 1.0); and ID
tokens under both algorithms, read by three libraries."""

from urllib.parse import urlencode

import joserfc.jwk
import joserfc.jwt
import jwt
from playwright.async_api import async_playwright

from .browser import Browser, Page, parameters
from .checks import check, expect
from .credentials import GOOD, with_password
from .federation import CALLBACK, SCOPES, Landing, Program, find_clinics, registered, signed_in
from .house import Clinic, House
from .login import door, staff

OUT = "https://program.example.org/out?from=nadi"


async def visitor(house: House, clinic: Clinic, program: Program, address: str) -> tuple[Browser, dict]:
    """Somebody who has signed in to the program, and what it was given."""
    browser = Browser(house.port, house.host(clinic.slug))
    page = await signed_in(house, clinic, browser, browser.get(program.question()), address)
    page = browser.post("/oauth/consent", page.hidden | {"decision": "allow"}) if "decision" in page.text else page
    status, _, given = await program.give(parameters(page.onward)["code"])
    expect("tokens", status, 200)
    return browser, given


def leave(browser: Browser, **asked: str) -> Page:
    return browser.get("/oauth/logout?" + urlencode({name: value for name, value in asked.items() if value is not None}))


async def is_known(house: House, clinic: Clinic, given: dict) -> bool:
    return (await door(house, clinic, token=given["access_token"]).get("/oauth/userinfo")).status == 200


@check("who signs out at a program is signed out of the clinic: at once by its token, after a question without one, and back to nowhere else")
async def leaving() -> str:
    with House() as house:
        clinic, other = await house.clinics(2)
        first, second = staff(house, clinic, 2)
        admin = house.wire(house.administrator(clinic.slug))
        program = Program(house, clinic, await registered(admin, post_logout_redirect_uris=[OUT]))
        stranger = Program(house, clinic, await registered(admin, post_logout_redirect_uris=["https://two.example.org/"]))
        found = (await door(house, clinic).get("/.well-known/openid-configuration")).json()
        expect("where it is", found["end_session_endpoint"], f"http://{house.host(clinic.slug)}/oauth/logout")

        browser, given = await visitor(house, clinic, program, first)
        for name, asked in [("nobody's address", {"post_logout_redirect_uri": OUT}),
                            ("another's address", {"client_id": stranger.id, "post_logout_redirect_uri": OUT}),
                            ("nearly its own", {"id_token_hint": given["id_token"], "post_logout_redirect_uri": OUT + "&x"}),
                            ("a script", {"client_id": program.id, "post_logout_redirect_uri": "javascript:alert(1)"})]:
            page = leave(browser, **asked)
            expect(name, (page.status, page.onward), (422, ""))
        expect("an unknown program", leave(browser, client_id="oac_01jd3mwqz5e8vsd3yk8yq9p0ra").status, 404)
        expect("still known", await is_known(house, clinic, given), True)
        page = leave(browser, id_token_hint=given["id_token"], post_logout_redirect_uri=OUT, state="a b")
        expect("back at the program", (page.status, page.onward), (303, OUT + "&state=a%20b"))
        expect("known no longer", await is_known(house, clinic, given), False)
        expect("nothing left in the browser", sorted(browser.cookies), ["__Host-nadi-browser", "__Host-nadi-device"])
        expect("in the trail", house.sql("SELECT count(*) FROM audit_event WHERE act = 'sessions.end'"), [["1"]])
        expect("at the gate again", "step" in browser.get(program.question()).text, True)
        page = leave(browser, id_token_hint=given["id_token"], post_logout_redirect_uri=OUT)
        expect("a second time", (page.status, page.onward), (303, OUT))

        asked = 0
        browser, given = await visitor(house, clinic, program, first)
        _, others = await visitor(house, clinic, program, second)
        head, body, signature = given["id_token"].split(".")
        for name, hint, client in [("none", None, program.id), ("somebody else's", others["id_token"], None),
                                   ("another program's", given["id_token"], stranger.id), ("no signature", f"{head}.{body}.", None),
                                   ("a changed one", f"{head}.{body}.{signature[:-8]}AAAAAAAA", program.id),
                                   ("an access token", given["access_token"], None), ("nonsense", "x", program.id)]:
            page = leave(browser, id_token_hint=hint, client_id=client, state="s")
            expect(f"asked first: {name}", (page.status, "decision" in page.text, page.onward), (200, True, ""))
            asked += 1
        expect("a question ends nothing", await is_known(house, clinic, given), True)
        expect("nor somebody else's", await is_known(house, clinic, others), True)
        page = leave(browser, client_id=program.id, post_logout_redirect_uri=OUT, state="s")
        expect("who asks", ("Intranet" in page.text, "member 1" in page.text), (True, True))
        foreign = browser.post("/oauth/sign-out", page.hidden | {"decision": "leave"}, **{"Sec-Fetch-Site": "cross-site"})
        expect("a form of another site", foreign.status, 403)
        nobody = Browser(house.port, house.host(clinic.slug))
        expect("a form in another browser", nobody.post("/oauth/sign-out", page.hidden | {"decision": "leave"}).status, 403)
        expect("no decision", browser.post("/oauth/sign-out", page.hidden).status, 422)
        stays = browser.post("/oauth/sign-out", page.hidden | {"decision": "stay"})
        expect("staying", (stays.status, stays.onward, await is_known(house, clinic, given)), (200, "", True))
        gone = browser.post("/oauth/sign-out", page.hidden | {"decision": "leave"})
        expect("leaving", (gone.status, gone.onward), (200, OUT + "&state=s"))
        expect("known no longer", await is_known(house, clinic, given), False)
        expect("the page is used up", browser.post("/oauth/sign-out", page.hidden | {"decision": "leave"}).status, 403)
        page = leave(browser)
        expect("nobody there", (page.status, "decision" in page.text), (200, False))
        await by_form(house, clinic, program, first)
        elsewhere = Browser(house.port, house.host(other.slug))
        expect("at another clinic", leave(elsewhere, id_token_hint=others["id_token"], client_id=program.id).status, 404)
        page = leave(elsewhere, id_token_hint=others["id_token"])
        expect("with another clinic's token", (page.status, await is_known(house, clinic, others)), (200, True))
        return f"{asked} times asked first"


async def by_form(house: House, clinic: Clinic, program: Program, address: str) -> None:
    """A program that sends a form: browsers keep their cookies from it."""
    browser, given = await visitor(house, clinic, program, address)
    kept, browser.cookies = browser.cookies, {}
    fields = {"client_id": program.id, "post_logout_redirect_uri": OUT, "state": "f"}
    cross = {"Sec-Fetch-Site": "cross-site"}
    led = browser.post("/oauth/logout", fields, **cross)
    expect("led to where it can be asked", (led.status, led.onward.startswith("/oauth/logout?client_id=")), (200, True))
    browser.cookies = kept
    expect("and asked", "decision" in browser.get(led.onward).text, True)
    browser.cookies = {}
    page = browser.post("/oauth/logout", fields | {"id_token_hint": given["id_token"]}, **cross)
    expect("by its token at once", (page.status, page.onward), (303, OUT + "&state=f"))
    expect("known no longer", await is_known(house, clinic, given), False)


@check("ID tokens are signed as the program is registered, EdDSA or RS256, across a rotation, and read by Authlib, PyJWT and joserfc")
async def algorithms() -> str:
    from authlib.jose import JsonWebKey, JsonWebToken

    find_clinics()
    with House() as house:
        clinic, = await house.clinics(1)
        address, = staff(house, clinic, 1)
        admin, told = house.wire(house.administrator(clinic.slug)), []
        issuer = f"http://{house.host(clinic.slug)}"
        expect("what is known", (await door(house, clinic).get("/.well-known/openid-configuration")).json()
               ["id_token_signing_alg_values_supported"], ["EdDSA", "RS256"])
        wrong = await admin.post("/v1/oauth-clients", {"name": "X", "redirect_uris": [CALLBACK], "id_token_signed_response_alg": "HS256"})
        expect("a secret as a key", wrong.status, 422)
        for algorithm in ("EdDSA", "RS256"):
            made = await registered(admin, **({} if algorithm == "EdDSA" else {"id_token_signed_response_alg": algorithm}))
            expect("as registered", made["client"]["id_token_signed_response_alg"], algorithm)
            program = Program(house, clinic, made)
            tokens = []
            for _ in range(2):
                tokens.append((await visitor(house, clinic, program, address))[1]["id_token"])
                house.command("keys", "rotate")
            heads = [jwt.get_unverified_header(each) for each in tokens]
            expect("by which algorithm", [each["alg"] for each in heads], [algorithm] * 2)
            expect("another key after the rotation", heads[0]["kid"] != heads[1]["kid"], True)
            keys = (await door(house, clinic).get("/.well-known/jwks.json")).json()
            named = {each["kid"]: each for each in keys["keys"]}
            expect("what keys say", {(each["use"], each["alg"], each["kty"], "d" in each) for each in named.values()},
                   {("sig", "EdDSA", "OKP", False), ("sig", "RS256", "RSA", False)})
            for token, head in zip(tokens, heads):
                claims = jwt.decode(token, jwt.PyJWK(named[head["kid"]]).key, [algorithm], audience=program.id, issuer=issuer)
                expect("joserfc agrees", joserfc.jwt.decode(token, joserfc.jwk.KeySet.import_key_set(keys), algorithms=[algorithm]).claims, claims)
                expect("Authlib agrees", dict(JsonWebToken([algorithm]).decode(token, JsonWebKey.import_key_set(keys))), claims)
                answers = (await door(house, clinic, token=token).get("/v1/me")).status
                expect("no door opens to it", answers, 401)
            told.append(algorithm)
        program = Program(house, clinic, made)
        changed = await admin.post(f"/v1/oauth-clients/{program.id}", {"id_token_signed_response_alg": "EdDSA"})
        expect("changed", changed.json()["id_token_signed_response_alg"], "EdDSA")
        token = (await visitor(house, clinic, program, address))[1]["id_token"]
        expect("from then on", jwt.get_unverified_header(token)["alg"], "EdDSA")
        sealed = house.sql("SELECT min(octet_length(sealed_private_key)), count(*) FROM program_signing_key")
        expect("keys of programs", (int(sealed[0][0]) > 1100, int(sealed[0][1]) >= 5), (True, True))
        return ", ".join(told)


@check("in Chromium the question whether to sign out works without a script and leads back to the program")
async def in_a_browser() -> str:
    landing = Landing("leave")
    callback = landing.callback
    with House() as house:
        clinic, = await house.clinics(1)
        address, = staff(house, clinic, 1)
        await with_password(house, clinic, address)
        admin, base = house.wire(house.administrator(clinic.slug)), f"http://{house.host(clinic.slug)}"
        program = Program(house, clinic, await registered(
            admin, redirect_uris=[callback], post_logout_redirect_uris=[callback + "/out"]))
        asked = {"client_id": program.id, "post_logout_redirect_uri": callback + "/out", "state": "x"}
        landing.link = (base + "/oauth/logout?" + urlencode(asked)).replace("&", "&amp;")
        async with async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            context = await browser.new_context(java_script_enabled=False)
            page, said = await context.new_page(), []
            page.on("console", lambda message: said.append(message.text))
            await page.goto(base + program.question(redirect_uri=callback))
            await page.fill("[name=login]", address)
            await page.fill("[name=password]", GOOD)
            await page.click("button[value=password]")
            await page.click("button[value=allow]")
            await page.wait_for_url(callback + "*")
            await page.click("text=leave")
            expect("who asks", "Intranet" in await page.inner_text("main"), True)
            await page.click("button[value=stay]")
            expect("nothing has changed", await page.locator("button").count(), 0)
            await page.goto(callback)
            await page.click("text=leave")
            await page.click("button[value=leave]")
            await page.wait_for_url(callback + "/out*")
            expect("the state came back", parameters(page.url), {"state": "x"})
            cookies = {each["name"]: each for each in await context.cookies(base)}
            expect("what is left", sorted(cookies), ["__Host-nadi-browser", "__Host-nadi-device"])
            expect("what the browser said", said, [])
            await browser.close()
        landing.close()
        expect("signed out", house.sql("SELECT count(*) FROM sign_in WHERE end_reason = 'signed-out'"), [["1"]])
        return "asked, stayed, left"
