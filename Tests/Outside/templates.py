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


def chained(house: House, name: str, *slugs: str) -> None:
    """Makes these clinics one chain's, as `nadi clinic create --organisation` does."""
    key, of = uuid.uuid4(), ", ".join(f"'{slug}'" for slug in slugs)
    house.sql(f"INSERT INTO organisation (id, slug, name) VALUES ('{key}', '{name}', '{name}'); "
              f"UPDATE tenant SET organisation_id = '{key}' WHERE slug IN ({of})")


async def owner_of(people: People, **more) -> Somebody:
    """The chain's owner, who works at this clinic, once the clinic knows that it belongs to one."""
    owner, wrong = people.somebody("org.owner", name="Owner", **more), {"bases": ["nurse"], "adds": [
        {"permission": "no.such.thing", "reach": "own"}]}

    async def is_of_a_chain() -> bool:
        answer = await owner.ask("POST", "/v1/role-templates", {"slug": "probe", "title": "Probe", "definition": wrong})
        return answer.status == 422

    await until(is_of_a_chain, 5, every=0.02)
    return owner


async def chains_ways(people: People, boss: Somebody, hr: Somebody, manager: Somebody, desk: Somebody, short: Somebody,
                      neighbour: Somebody) -> list[tuple]:
    """What somebody could try with roles that a chain has for its clinics."""
    owner, ending = await owner_of(people), await owner_of(people, until="now() + interval '1 hour'")

    async def template(slug: str, definition: dict, *locked: str) -> str:
        made = await owner.ask("POST", "/v1/role-templates", {"slug": slug, "title": slug, "definition": definition, "locked": locked})
        expect(f"the template {slug}: {made.body!r}", made.status, 201)
        return made.json()["id"]

    async def adopted(name: str, slug: str) -> str:
        made = await boss.ask("POST", f"/v1/role-templates/{name}/adopt", {"slug": slug})
        expect(f"the adopted {slug}: {made.body!r}", made.status, 201)
        return made.json()["id"]

    strong = await template("strong", {"bases": ["tenant.admin"]})
    tight = await template("tight", {"bases": ["receptionist"], "removes": ["appointments.void"]}, "bases", "adds", "removes", "until")
    gone = await template("gone", {"bases": ["nurse"]})
    foreign = await template("foreign", {"bases": ["nurse"], "adds": [{"permission": SIGN, "reach": "assigned"}]})
    weak_role, tight_role = await adopted(gone, "adopted-weak"), await adopted(tight, "adopted-tight")
    raised = await owner.ask("POST", f"/v1/role-templates/{gone}/versions", {"based_on": 1, "definition": {"bases": ["tenant.admin"]}})
    expect("a version that is stronger", raised.status, 200)
    retired = await template("retired", {"bases": ["nurse"]})
    expect("a retired template", (await owner.ask("DELETE", f"/v1/role-templates/{retired}")).status, 204)

    def publish(name: str, who: Somebody, definition: dict) -> tuple:
        slug = "way-" + uuid.uuid4().hex[:8]
        return name, who, "POST", "/v1/role-templates", {"slug": slug, "title": slug, "definition": definition}

    def adopt(name: str, who: Somebody, of: str, **definition) -> tuple:
        body = {"slug": "way-" + uuid.uuid4().hex[:8]} | ({"definition": definition} if definition else {})
        return name, who, "POST", f"/v1/role-templates/{of}/adopt", body

    def save(name: str, who: Somebody, role: str, **definition) -> tuple:
        return name, who, "POST", f"/v1/roles/{role}/versions", {"based_on": 1, "definition": definition}

    def right(permission: str, reach: str) -> dict:
        return {"bases": ["nurse"], "adds": [{"permission": permission, "reach": reach}]}

    nurse, desk_only = {"bases": ["nurse"]}, {"bases": ["receptionist"], "removes": ["appointments.void"]}
    later = {"based_on": 1, "definition": nurse}
    return [
        publish("a chain's role, by a clinic's administrator", boss, nurse),
        publish("a chain's role, by who changes people", hr, nurse),
        publish("a chain's role, by a manager", manager, nurse),
        publish("a chain's role, by another chain's clinic", neighbour, nurse),
        publish("a platform's role for all clinics", owner, {"bases": ["platform.superAdmin"]}),
        publish("the owner's own role for all clinics", owner, {"bases": ["org.owner"]}),
        publish("a platform's reach for all clinics", owner, right("tenants.read", "platform")),
        publish("a chain's reach for all clinics", owner, right("appointments.read", "organisation")),
        publish("what no clinic could give", owner, right("tenants.void", "tenant")),
        publish("what no clinic could give so far", owner, right("clinical_notes.read", "tenant")),
        publish("what no plugin declares, for all clinics", owner, right("ayurveda.course.forge", "assigned")),
        publish("a plugin's right as far as nobody has it", owner, right(SIGN, "tenant")),
        publish("duties that stay apart, for all clinics", owner, {"bases": ["doctor", "pharmacist"]}),
        publish("for good, by whose role ends", ending, nurse),
        ("a template's version, by a clinic's administrator", boss, "POST", f"/v1/role-templates/{tight}/versions", later),
        ("a template's version, by another chain's clinic", neighbour, "POST", f"/v1/role-templates/{tight}/versions", later),
        ("a template's version, on one that is not the last", owner, "POST", f"/v1/role-templates/{tight}/versions",
         later | {"based_on": 7}),
        ("a template's end, by a clinic's administrator", boss, "DELETE", f"/v1/role-templates/{tight}", None),
        adopt("more than one holds, because the chain has it", hr, strong),
        adopt("for good, by who runs the clinic for an hour", short, strong),
        adopt("by a manager", manager, tight),
        adopt("by a receptionist", desk, tight),
        adopt("another chain's", neighbour, tight),
        adopt("what has been retired", boss, retired),
        adopt("what a plugin declares that the clinic does not have, because the chain has it", boss, foreign),
        adopt("with a base more", boss, tight, bases=["receptionist", "nurse"], removes=["appointments.void"]),
        adopt("with a right more", boss, tight, **desk_only, adds=[{"permission": "reports.read", "reach": "own"}]),
        adopt("with what was taken out", boss, tight, bases=["receptionist"]),
        save("an adopted role, wider in its bases", boss, tight_role, bases=["doctor"], removes=["appointments.void"]),
        save("an adopted role, with what was taken out", boss, tight_role, bases=["receptionist"]),
        save("an adopted role, with a right more", boss, tight_role, **desk_only, adds=[{"permission": "audit.read", "reach": "tenant"}]),
        ("take up what one does not hold", hr, "POST", f"/v1/roles/{weak_role}/take-up", {"based_on": 1}),
        ("take up by a receptionist", desk, "POST", f"/v1/roles/{weak_role}/take-up", {"based_on": 1}),
        ("take up at another clinic", neighbour, "POST", f"/v1/roles/{weak_role}/take-up", {"based_on": 1}),
        ("take up what is taken up", boss, "POST", f"/v1/roles/{tight_role}/take-up", {"based_on": 1}),
    ]


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


@check("a chain's roles are adopted by its clinics, narrowed where they are locked, followed when a clinic says so, and no other chain's")
async def chains() -> str:
    with House() as house:
        house.command("demo", "seed", "--clinics", "3", "--seed", "7")
        appointed = ["staff", "add", "--clinic", CLINIC, "--role", "org.owner", "--name", "Owner", "--email", "owner@ours.test"]
        try:
            house.command(*appointed)
            raise AssertionError("a clinic of no chain was given a chain's owner")
        except RuntimeError as refused:
            expect("why not", "this clinic belongs to none" in str(refused), True)
        chained(house, "ours", "mobil-physiotherapy", CLINIC)
        expect("appointed, once it belongs to one", house.command(*appointed)["roles"], ["org.owner"])
        chained(house, "theirs", "sunrise-family-practice")
        here, there, elsewhere = (People(house, slug) for slug in ("mobil-physiotherapy", CLINIC, "sunrise-family-practice"))
        owner, boss = await owner_of(here), there.somebody("tenant.admin")
        stranger, strange_owner = elsewhere.somebody("tenant.admin"), await owner_of(elsewhere)
        wish = {"slug": "lead", "title": "Lead", "locked": ["removes", "conditions"], "definition": {
            "bases": ["nurse", "callCentre.scheduler"], "removes": ["queue.void"]}}
        made = await owner.ask("POST", "/v1/role-templates", wish)
        expect(f"published: {made.body!r}", made.status, 201)
        path = f"/v1/role-templates/{made.json()['id']}"
        for who in (stranger, strange_owner):
            told = [(await who.ask("GET", "/v1/role-templates")).json()["items"], (await who.ask("GET", path)).status,
                    (await who.ask("POST", f"{path}/adopt", {"slug": "lead"})).status]
            expect("what another chain sees of it", told, [[], 404, 404])
        same = await strange_owner.ask("POST", "/v1/role-templates", wish)
        expect("the same word in another chain", same.status, 201)
        adopted = await boss.ask("POST", f"{path}/adopt", {"slug": "lead"})
        expect(f"adopted: {adopted.body!r}", adopted.status, 201)
        role = adopted.json()["id"]
        nurse = there.somebody("vaidya")
        expect("given", (await boss.ask("POST", f"/v1/staff/{nurse.id}/roles", {"role": "own.lead"})).status, 201)

        async def may_void() -> bool:
            return (await boss.ask("POST", "/v1/access/explain", {"staff": nurse.id, "permission": "queue.void"})).json()["allowed"]

        expect("what the chain took out", await may_void(), False)
        narrowed = {"based_on": 1, "locked": ["removes", "bases"], "definition": {"bases": ["nurse"], "removes": ["queue.void", "stock.read"]}}
        expect("the next version", (await owner.ask("POST", f"{path}/versions", narrowed)).status, 200)
        expect("nothing has changed at the clinic", [(await boss.ask("GET", f"/v1/roles/{role}")).json()["role"][name]
                                                     for name in ("version", "definition")], [1, adopted.json()["definition"]])
        foretold = (await boss.ask("POST", "/v1/roles/preview", {"role": role, "template": made.json()["id"]})).json()
        expect("who loses by it", [each["staff"] for each in foretold["people"]], [nurse.id])
        lost = foretold["people"][0]["loses"]
        begun = time.monotonic()
        expect("taken up", (await boss.ask("POST", f"/v1/roles/{role}/take-up", {"based_on": 1})).status, 200)
        seconds = time.monotonic() - begun
        rights = (await boss.ask("GET", f"/v1/staff/{nurse.id}/roles")).json()["rights"]
        expect("what was foretold to be lost, and is there", [each for each in lost if each in rights], [])
        expect("what the new version takes out is among it", "stock.read" in {each["permission"] for each in lost}, True)
        offered = (await boss.ask("GET", "/v1/role-templates")).json()["items"][0]["adopted"][0]["taken_up"]
        expect("how far the clinic is", (offered["version"], offered["live_version"], offered["is_behind"]), (2, 2, False))
        lines = [(each["act"], each["as"]) for each in here.trail("role_template") if each["outcome"] == "done"]
        expect("the chain's acts, in the trail of the clinic at which its owner works", lines,
               [("staff.create", "org.owner"), ("staff.update", "org.owner")])
        expect("and the clinic's own, in its own", [each["act"] for each in there.trail("role") if each["outcome"] == "done"],
               ["staff.create", "staff.update"])
        return f"taken up in {seconds * 1000:.0f} ms, {len(lost)} rights gone as foretold"
