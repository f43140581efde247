"""Roles beyond one clinic's own: what plugins declare, and what a chain has for all of its clinics."""

import json
import time
import uuid

from .checks import check, expect
from .house import House
from .load import until
from .people import People, Somebody

CLINIC = "dhara-ayurveda"
SIGN, BURN, PLAN = "ayurveda.course.sign", "ayurveda.parasurgical.perform", "physio.plan.sign"


async def may(admin: Somebody, who: Somebody, permission: str) -> tuple[bool, str]:
    answer = await admin.ask("POST", "/v1/access/explain", {"staff": who.id, "permission": permission})
    expect(f"explained: {answer.body!r}", answer.status, 200)
    return answer.json()["allowed"], answer.json()["rule"]


@check("a plugin's permissions are had as it suggests, added and taken by the clinic's roles, and nothing where the plugin is not")
async def plugins() -> str:
    with House() as house:
        house.command("demo", "seed", "--clinics", "3", "--seed", "7")
        people = People(house, CLINIC)
        boss, vaidya, doctor = people.somebody("tenant.admin"), people.somebody("vaidya"), people.somebody("doctor")
        hr = await from_role(people, boss, "people", {"bases": ["receptionist"], "adds": [
            {"permission": f"staff.{deed}", "reach": "tenant"} for deed in ("create", "read", "update", "void")]})
        shown = (await boss.ask("GET", "/v1/roles")).json()["built_in"]["plugins"]
        expect("whose permissions the clinic is shown", [each["plugin"] for each in shown], ["ayurveda-therapy"])
        declared = {each["permission"]: each for each in shown[0]["permissions"]}
        expect("to whom signing is suggested", declared[SIGN]["suggested_to"], [{"role": "vaidya", "reach": "assigned"}])
        expect("and burning", declared[BURN]["suggested_to"], [])
        everything = house.command("roles", "matrix")["plugins"]
        expect("all that is installed", sorted(each["plugin"] for each in everything),
               ["ayurveda-therapy", "general-practice", "physiotherapy"])

        expect("a vaidya signs", await may(boss, vaidya, SIGN), (True, "The role vaidya allows it (assigned)."))
        for who, permission in ((doctor, SIGN), (vaidya, BURN), (boss, BURN)):
            expect(permission, await may(boss, who, permission), (False, "No role of theirs allows it."))
        expect("another specialty's", await may(boss, vaidya, PLAN), (False, "No plugin that the clinic has declares this permission."))

        def making(permission: str, reach: str = "assigned", base: str = "vaidya", **more) -> dict:
            return {"slug": "own-" + uuid.uuid4().hex[:8], "title": "Own", "definition": {
                "bases": [base], "adds": [{"permission": permission, "reach": reach}]} | more}

        refusals = [(boss, making(PLAN), 422), (boss, making("ayurveda.course.burn"), 422), (boss, making(SIGN, "tenant"), 403),
                    (hr, making(SIGN, base="receptionist"), 403), (hr, making(BURN, base="receptionist"), 403),
                    (hr, {"slug": "sly", "title": "Sly", "definition": {"bases": ["vaidya"]}}, 403)]
        for who, wish, status in refusals:
            answer = await who.ask("POST", "/v1/roles", wish)
            expect(f"{wish}: {answer.body!r}", answer.status, status)

        foretold = await boss.ask("POST", "/v1/roles/preview", {"definition": making(BURN)["definition"]})
        expect("a role that burns", {each["permission"] for each in foretold.json()["allows"]} >= {BURN, SIGN}, True)
        burner = await from_role(people, boss, "burner", making(BURN)["definition"])
        less = await from_role(people, boss, "less", {"bases": ["vaidya"], "removes": [SIGN]})
        expect("the clinic's own role burns", await may(boss, burner, BURN), (True, "The role own.burner allows it (assigned)."))
        expect("and another does not sign", await may(boss, less, SIGN), (False, "No role of theirs allows it."))
        rights = (await boss.ask("GET", f"/v1/staff/{burner.id}/roles")).json()["rights"]
        expect("as rights", {each["permission"] for each in rights if each["permission"].count(".") == 2} >= {SIGN, BURN}, True)
        key = await boss.ask("POST", "/v1/api-keys", {"name": "Signs", "permissions": [SIGN]})
        expect("no program signs", (key.status, key.json()["errors"][0]["code"]), (422, "not_for_programs"))

        begun, file = time.monotonic(), house.folder / "without.json"
        file.write_text(json.dumps({"plugins": {"general-practice": {}}}))
        house.command("config", "apply", "--clinic", CLINIC, "--config", str(file))

        async def gone() -> bool:
            return not (await may(boss, vaidya, SIGN))[0]

        await until(gone, 5, every=0.01)
        seconds = time.monotonic() - begun
        for who, permission in ((vaidya, SIGN), (burner, BURN), (burner, SIGN)):
            expect(f"{permission} without the plugin", (await may(boss, who, permission))[0], False)
        expect("what the clinic is shown", [each["plugin"] for each in (await boss.ask("GET", "/v1/roles")).json()["built_in"]["plugins"]],
               ["general-practice"])
        somebody = people.somebody("receptionist")
        for who, role, status in ((hr, "own.burner", 403), (boss, "own.burner", 201)):
            answer = await who.ask("POST", f"/v1/staff/{somebody.id}/roles", {"role": role})
            expect(f"a role that will burn once there is fire again: {answer.body!r}", answer.status, status)
        return f"{len(refusals)} refusals; gone {seconds * 1000:.0f} ms after the plugin was asked to go"


async def from_role(people: People, boss: Somebody, slug: str, definition: dict) -> Somebody:
    """Somebody who holds a role of the clinic's own."""
    made = await boss.ask("POST", "/v1/roles", {"slug": slug, "title": slug, "definition": definition})
    expect(f"the role {slug}: {made.body!r}", made.status, 201)
    key = people.house.sql(f"SELECT id FROM own_role WHERE tenant_id = {people.tenant} AND slug = '{slug}'")[0][0]
    return people.somebody("own", name=slug, own=key)
