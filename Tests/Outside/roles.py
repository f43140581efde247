"""What roles allow: the published matrix is what the server does, and nobody gets more than somebody could give them."""

import asyncio
import random
import re
import time
import uuid
from pathlib import Path

from .checks import check, expect
from .house import House
from .load import until
from .people import People, Somebody, type_id
from .templates import chained, chains_ways

SPECIFIED = Path(__file__).with_name("matrix.md")
SUBJECTS = ["tenants", "staff", "configuration", "schedule", "appointments", "queue", "demographics", "clinical_notes",
            "specialty_notes", "prescriptions", "stock", "laboratory", "billing", "refunds", "reports", "audit"]
LETTERS = {"C": "create", "R": "read", "U": "update", "X": "void", "A": "approve"}
REACHES = {"p": "platform", "o": "organisation", "t": "tenant", "l": "location", "a": "assigned", "s": "own",
           "ward": "ward", "public": "everyone"}
CHAIN = "mobil-physiotherapy"  # has two locations


def published(house: House) -> dict[str, list[dict]]:
    return {each["role"]: each["rights"] for each in house.command("roles", "matrix")["roles"]}


@check("the published matrix says of every role and subject what was specified")
async def specified() -> str:
    with House() as house:
        matrix, cells, differences = published(house), 0, []
        for line in SPECIFIED.read_text().splitlines():
            if not line.startswith("| ") or line.startswith("| Role"):
                continue
            role, *row = [cell.strip() for cell in line.strip("|").split("|")]
            for subject, cell in zip(SUBJECTS, row, strict=True):
                cells += 1
                differences += [f"{role}, {subject}: {cell!r}: {flaw}" for flaw in flaws(cell, subject, matrix[role])]
        expect("differences", differences, [])
        expect("cells", cells, 22 * 16)
        expect("a program's and a display's rights", [len(matrix[each]) for each in ("service.integration", "kiosk", "display")],
               [0, 2, 1])
        return f"{cells} cells"


def flaws(cell: str, subject: str, rights: list[dict]) -> list[str]:
    """How a role's rights differ from the cell of the specification."""
    bare = re.sub(r"\([^)]*\)", " ", cell).replace("–", " ")
    deeds = {LETTERS[sign] for word in bare.split() if re.fullmatch("[CRUXA]+", word.rstrip(",")) for sign in word.rstrip(",")}
    mine = [each for each in rights if each["permission"].startswith(subject + ".")]
    found = []
    if {each["permission"].split(".")[1] for each in mine} != deeds:
        found.append(f"{sorted(each['permission'] for each in mine)}")
    words = [word for word in re.split(r"[\s/*]+", bare) if word and not re.fullmatch("[CRUXA+,]+", word)]
    wanted = {REACHES[word] for word in (sign for word in words for sign in ([word] if word in REACHES else word)) if word in REACHES}
    if wanted and not all(wanted >= set(each["reach"]) for each in mine):
        found.append(f"reaches {sorted({reach for each in mine for reach in each['reach']})}")
    for sign, limit in (("m", "metadata"), ("d", "deidentified"), ("*", "support")):
        is_limited = sign in words or f"({sign})" in cell or (sign == "*" and "*" in cell)
        if mine and is_limited != all(limit in each["limits"] for each in mine):
            found.append(f"{limit}: {is_limited}")
    return found


def is_allowed(operation: dict, rights: list[dict]) -> bool:
    """What the two documents say together, worked out here once more."""
    if operation["x-audience"] != "permitted":
        return True
    return any(each["permission"] == operation["x-required-permission"]
               and set(each["reach"]) & set(operation["x-reaches"])
               and set(each["limits"]) <= set(operation["x-honoured-limits"]) for each in rights)


def operations(document: dict) -> list[tuple[str, str, dict]]:
    return [(method.upper(), path, operation) for path, methods in document["paths"].items()
            for method, operation in methods.items() if "responses" in operation]


def plausible(path: str, operation: dict) -> str:
    """The path with ids that were never given."""
    for each in operation.get("parameters", []):
        if each["in"] == "path":
            prefix = re.match(r"^\^([a-z]{3})_", each["schema"].get("pattern", ""))
            name = type_id(prefix[1], str(uuid.uuid4())) if prefix else str(each["schema"].get("enum", ["conflict"])[0])
            path = path.replace("{" + each["name"] + "}", name)
    return path


async def asked(who: Somebody, method: str, path: str, operation: dict) -> tuple[int, str]:
    has_body = "requestBody" in operation
    answer = await who.ask(method, plausible(path, operation), {} if has_body or method in ("POST", "PUT", "PATCH") else None,
                           fields={"If-Match": '"0"'} if method in ("PUT", "PATCH") else {})
    return answer.status, answer.code


@check("at every operation every role may do what the published matrix says, and nothing else; explanations agree")
async def observed() -> str:
    with House() as house:
        await house.clinics(1)
        slug = house.command("clinic", "list")["clinics"][0]["slug"]
        # Nobody can be given a platform's role at a clinic; what if somebody had one all the same?
        house.sql("ALTER TABLE staff_role DROP CONSTRAINT staff_role_is_a_clinics")
        people, matrix = People(house, slug), published(house)
        admin = people.somebody("tenant.admin")
        document = (await admin.ask("GET", "/openapi.json")).json()
        shown = (await admin.ask("GET", "/v1/roles")).json()["built_in"]["roles"]
        expect("the two published matrices", {each["role"]: each["rights"] for each in shown}, matrix)
        expect("roles", len(matrix), 25)
        undeclared = [f"{method} {path}" for method, path, each in operations(document) if "x-audience" not in each]
        expect("operations without a declared access", undeclared, [])
        differences, tried, allowed = [], 0, 0
        for role, rights in matrix.items():
            who = people.somebody(role)
            for method, path, operation in operations(document):
                status, code = await asked(who, method, path, operation)
                if status == 401 and code != "step_up_required" and operation["x-audience"] != "anyone":  # an operation before this one has signed them out
                    who = people.signed_in(who.key)
                    status, code = await asked(who, method, path, operation)
                expect(f"{role}: {method} {path}: a server's fault", status < 500, True)
                # Who is open to anyone decides by what is sent, not by who sends it.
                # Whoever is asked for a second factor has been let in by their role.
                may = operation["x-audience"] == "anyone" or code == "step_up_required" or (
                    status != 401 and (status, code) != (403, "not_allowed"))
                told = await admin.ask("POST", "/v1/access/explain", {"staff": who.id, "operation": operation["operationId"]})
                tried, allowed = tried + 1, allowed + may
                if may != is_allowed(operation, rights):
                    differences.append(f"{role}: {method} {path}: {status} {code}, published {is_allowed(operation, rights)}")
                if told.status != 200 or told.json()["allowed"] != may:
                    differences.append(f"{role}: {method} {path}: {status} {code}, explained {told.body!r}")
            who.wire.close()
        expect("differences", differences, [])
        stranger = People(house, slug).somebody()
        stranger.wire.token = ""
        for method, path, operation in operations(document):
            status, _ = await asked(stranger, method, path, operation)
            expect(f"nobody: {method} {path}", operation["x-audience"] == "anyone" or status == 401, True)
        return f"{tried} of {len(operations(document))} operations × {len(matrix)} roles, {allowed} of them allowed"


def parts_of(document: dict, operation: dict) -> dict[str, str]:
    """The members of an answer, or of its items, that are of a part."""
    schema = operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
    for _ in range(3):
        if "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        if "items" in schema.get("properties", {}):
            schema = schema["properties"]["items"]["items"]
    return {name: each["x-part"] for name, each in schema.get("properties", {}).items() if "x-part" in each}


@check("what a right does not show is null, and nothing else is")
async def left_out() -> str:
    with House() as house:
        await house.clinics(1)
        slug = house.command("clinic", "list")["clinics"][0]["slug"]
        people, matrix, told = People(house, slug), published(house), []
        desk = people.somebody("receptionist")
        patients = (await desk.ask("GET", "/v1/patients")).json()["items"]
        visits = "/v1/appointments?from=2020-01-01T00:00:00Z&to=2020-12-31T00:00:00Z"
        appointment = people.visit(patients[0]["id"], "2020-03-02T09:00:00Z")
        document = (await desk.ask("GET", "/openapi.json")).json()
        partial = [each for each in operations(document) if each[0] == "GET" and parts_of(document, each[2])]
        expect("operations that leave something out", len(partial) >= 2, True)
        for role, rights in matrix.items():
            if role.startswith(("platform.", "org.")):
                continue
            who = people.somebody(role)
            # Whoever reaches those in their care alone has all of them there.
            people.care(who, [each["id"] for each in patients])
            for method, path, operation in partial:
                parts = parts_of(document, operation)
                target = path.replace("{patient}", patients[0]["id"]).replace("{appointment}", appointment)
                target = visits if path == "/v1/appointments" else target
                whole, mine = (await desk.ask(method, target)).json(), await who.ask(method, target)
                held = [each for each in rights if each["permission"] == operation["x-required-permission"]
                        and set(each["reach"]) & set(operation["x-reaches"])
                        and set(each["limits"]) <= set(operation["x-honoured-limits"])]
                expect(f"{role}: {path}", mine.status != 403, bool(held))
                reached = {reach for each in held for reach in each["reach"]} & set(operation["x-reaches"])
                if held and reached <= {"own", "ward", "opened"}:  # of a staff member's own there is none
                    expect(f"{role}: {path}", mine.status == 404 or mine.json()["items"] == [], True)
                    continue
                if mine.status != 200:
                    continue
                shown = {part for each in held for part in each["parts"]}
                is_part = all(set(each["limits"]) - {"today"} for each in held)
                hidden = {name for name, part in parts.items() if part not in shown} if is_part else set()
                pairs = list(zip(whole.get("items", [whole]), mine.json().get("items", [mine.json()]), strict=True))
                for all_of_it, some in pairs:
                    expect(f"{role}: {path}", some, {name: None if name in hidden else value for name, value in all_of_it.items()})
                if hidden:
                    told.append(f"{role} {path} without {'/'.join(sorted(hidden))}")
        expect("somebody sees a part", len(told) >= 2, True)
        return "; ".join(told)


@check("nobody gives, takes, makes or changes more than they hold, and nobody their own: no way out of forty")
async def escalation() -> str:
    with House() as house:
        house.command("demo", "seed", "--clinics", "3", "--seed", "7")
        people = People(house, CHAIN)
        chained(house, "ours", CHAIN, "dhara-ayurveda")
        chained(house, "theirs", "sunrise-family-practice")
        ways = await all_ways(people)
        before, passed, denied = standing(people), [], denials(people)
        for name, who, method, path, body in ways:
            answer = await who.ask(method, path, body)
            if answer.status == 403 and denied < WHOLE_LINES:
                denied += 1
                expect(f"lines about what was denied, after {name}", denials(people), denied)
            if answer.status not in (403, 404, 409, 422):
                passed.append(f"{name}: {answer.status} {answer.body!r}")
        expect("denials told in a line of their own", denied, WHOLE_LINES)
        expect("ways that lead somewhere", passed, [])
        expect("the clinic's roles afterwards", standing(people), before)
        expect("forty ways at least", len(ways) >= 40, True)
        return f"{len(ways)} ways"


# So many denials of a minute leave a line of their own each.
WHOLE_LINES = 10


def denials(people: People) -> int:
    return int(people.house.sql(
        f"SELECT count(*) FROM audit_event WHERE tenant_id = {people.tenant} AND outcome = 'denied'")[0][0])


def standing(people: People) -> list:
    """Every row that says who may do what."""
    return [people.house.sql(f"SELECT * FROM {table} WHERE tenant_id = {people.tenant} ORDER BY {order}")
            for table, order in (("staff_role", "id"), ("own_role", "id"), ("own_role_version", "own_role_id, version"))] + [
        people.house.sql(f"SELECT * FROM {table} ORDER BY {order}")
        for table, order in (("role_template", "id"), ("role_template_version", "role_template_id, version"))]


HOUR = "now() + interval '1 hour'"
FAR, SOON = "2099-01-01T00:00:00Z", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 1800))


def adding(permission: str, reach: str = "tenant", base: str = "receptionist", **more) -> dict:
    return {"bases": [base], "adds": [{"permission": permission, "reach": reach} | more]}


async def all_ways(people: People) -> list[tuple]:
    """Everything that somebody could try: (what, who, how)."""
    here, there = people.location(0), people.location(1)
    boss = people.somebody("tenant.admin", name="Boss")
    desk = people.somebody("receptionist", name="Desk", location=people.locations[0])
    far_desk = people.somebody("receptionist", name="Far desk", location=people.locations[1])
    manager = people.somebody("location.manager", name="Manager", location=people.locations[0])
    short = people.somebody("tenant.admin", name="For an hour", until=HOUR)
    auditor, physician = people.somebody("compliance.auditor"), people.somebody("doctor")
    gone = people.somebody("tenant.admin", name="Over", until="now() - interval '1 second'")

    async def role(slug: str, definition: dict) -> str:
        made = await boss.ask("POST", "/v1/roles", {"slug": slug, "title": slug, "definition": definition})
        expect(f"the role {slug}", made.status, 201)
        return made.json()["id"]

    hr_role = await role("people", {"bases": ["receptionist"], "adds": [
        {"permission": f"staff.{deed}", "reach": "tenant"} for deed in ("create", "read", "update", "void")]})
    strong = await role("strong", {"bases": ["tenant.admin"]})
    weak = await role("weak", {"bases": ["receptionist"], "removes": ["appointments.void"]})
    off = await role("off", {"bases": ["receptionist"], "conditions": [{"kind": "network", "values": ["192.0.2.0/24"]}]})
    old = await role("old", {"bases": ["nurse"]})
    keys = {row[1]: row[0] for row in people.house.sql(f"SELECT id, slug FROM own_role WHERE tenant_id = {people.tenant}")}
    hr = people.somebody("own", name="People", own=keys["people"])
    away = people.somebody("own", name="Elsewhere", own=keys["off"])
    holder = people.somebody("own", name="Holder", own=keys["strong"])
    expect("a retired role", (await boss.ask("DELETE", f"/v1/roles/{old}")).status, 204)
    neighbour = People(people.house, "sunrise-family-practice").somebody("tenant.admin")

    def give(name: str, who: Somebody, to: Somebody, role: str, **more) -> tuple:
        return name, who, "POST", f"/v1/staff/{to.id}/roles", {"role": role} | more

    def take(name: str, who: Somebody, of: Somebody, role: str) -> tuple:
        return name, who, "DELETE", f"/v1/staff/{of.id}/roles/{people.given(of, role)}", None

    def make(name: str, who: Somebody, definition: dict) -> tuple:
        slug = "way-" + uuid.uuid4().hex[:8]
        return name, who, "POST", "/v1/roles", {"slug": slug, "title": slug, "definition": definition}

    def save(name: str, who: Somebody, role: str, definition: dict, based_on: int = 1) -> tuple:
        return name, who, "POST", f"/v1/roles/{role}/versions", {"based_on": based_on, "definition": definition}

    every = {"bases": ["receptionist"]}
    return [
        give("oneself, as whoever runs the clinic", boss, boss, "doctor"),
        give("oneself, a lesser role", boss, boss, "receptionist"),
        give("oneself, for an hour only", boss, boss, "nurse", until=SOON),
        give("oneself, as a location's manager", manager, manager, "tenant.admin"),
        give("oneself, a role of the clinic's own", hr, hr, "own.strong"),
        give("a platform's role", boss, desk, "platform.superAdmin"),
        give("support's role", boss, desk, "platform.support"),
        give("a chain's role", boss, desk, "org.owner"),
        give("an analyst's role", boss, desk, "org.analyst"),
        give("a patient's role", boss, desk, "patient"),
        give("a program's role", boss, desk, "service.integration"),
        give("a kiosk's role", boss, desk, "kiosk"),
        give("a role that does not exist", boss, desk, "own.nowhere"),
        give("a retired role", boss, desk, "own.old"),
        give("a role at another clinic's location", boss, desk, "nurse", location=type_id(
            "loc", People(people.house, "sunrise-family-practice").locations[0])),
        give("a role until yesterday", boss, desk, "nurse", until="2020-01-01T00:00:00Z"),
        give("the manager runs the clinic's role", manager, desk, "tenant.admin"),
        give("the manager's own role for the whole clinic", manager, desk, "location.manager"),
        give("the manager's own role at another location", manager, desk, "location.manager", location=there),
        give("a role with rights that the manager has not", manager, desk, "receptionist", location=here),
        give("a physician's role, by the manager", manager, desk, "doctor", location=here),
        give("a role that reaches the whole clinic, here", manager, desk, "callCentre.scheduler", location=here),
        give("somebody of another location", manager, far_desk, "location.manager", location=here),
        give("for good, by who has it for an hour", short, desk, "nurse"),
        give("longer than oneself", short, desk, "tenant.admin", until=FAR),
        give("whoever changes people runs nothing", hr, desk, "tenant.admin"),
        give("whoever changes people is no physician", hr, desk, "doctor"),
        give("a stronger role of the clinic's own", hr, desk, "own.strong"),
        give("by a receptionist", desk, far_desk, "receptionist"),
        give("by a physician", physician, desk, "doctor"),
        give("by an auditor", auditor, desk, "compliance.auditor"),
        give("by whose time is over", gone, desk, "receptionist"),
        give("by whose condition fails", away, desk, "receptionist"),
        give("by another clinic's administrator", neighbour, desk, "receptionist"),
        take("one's own, as whoever runs the clinic", boss, boss, "tenant.admin"),
        take("one's own, as a manager", manager, manager, "location.manager"),
        take("the administrator's, by a manager", manager, boss, "tenant.admin"),
        take("the administrator's, by who changes people", hr, boss, "tenant.admin"),
        take("a stronger own role, by who changes people", hr, holder, "own"),
        take("a location's of another one", manager, far_desk, "receptionist"),
        take("by a receptionist", desk, far_desk, "receptionist"),
        take("by another clinic's administrator", neighbour, desk, "receptionist"),
        make("a platform's base", boss, {"bases": ["platform.superAdmin"]}),
        make("a chain's base", boss, {"bases": ["nurse", "org.owner"]}),
        make("a platform's reach", boss, adding("tenants.create", "platform")),
        make("a chain's reach", boss, adding("appointments.read", "organisation")),
        make("a permission that does not exist", boss, adding("audit.delete")),
        make("approving one's own break-glass", boss, adding("breakglass.approveOwn")),
        make("what none of the clinic's roles has", boss, adding("tenants.void")),
        make("a physician's right for the whole clinic", boss, adding("clinical_notes.read")),
        make("a part of something as a whole", boss, adding("specialty_notes.approve", "assigned")),
        make("refunds asked for and approved", boss, adding("refunds.approve")),
        make("prescriptions signed and dispensed", boss, {"bases": ["doctor", "pharmacist"]}),
        make("the trail read and roles changed", boss, adding("staff.update", base="records.officer")),
        make("more than oneself", hr, {"bases": ["tenant.admin"]}),
        make("more than oneself by adding", hr, adding("refunds.approve", "location", "nurse")),
        make("by a manager, whose rights end at the location", manager, {"bases": ["location.manager"]}),
        make("by whose rights end", short, every),
        make("by an auditor", auditor, every),
        make("by a receptionist", desk, every),
        save("the role that one holds", hr, hr_role, {"bases": ["tenant.admin"]}),
        save("the role that one holds, to less", hr, hr_role, every),
        save("a stronger role, to less", hr, strong, every),
        save("a weaker role, to more", hr, weak, {"bases": ["tenant.admin"]}),
        save("a weaker role, to a physician's", hr, weak, {"bases": ["doctor"]}),
        save("on a version that is not the last", boss, weak, every, based_on=7),
        save("a retired role", boss, old, every),
        save("by a receptionist", desk, weak, every),
        save("by another clinic's administrator", neighbour, weak, every),
        ("retire the role that one holds", hr, "DELETE", f"/v1/roles/{hr_role}", None),
        ("retire a stronger role", hr, "DELETE", f"/v1/roles/{strong}", None),
        ("retire by a manager", manager, "DELETE", f"/v1/roles/{weak}", None),
        ("retire at another clinic", neighbour, "DELETE", f"/v1/roles/{weak}", None),
        ("retire what is retired", boss, "DELETE", f"/v1/roles/{old}", None),
        make("what a plugin declares that the clinic does not have", boss, adding("ayurveda.course.sign", "assigned")),
        make("what no plugin declares", boss, adding("physio.plan.forge", "assigned")),
        make("a plugin's right for the whole clinic", boss, adding("physio.plan.sign")),
        make("a plugin's right that one does not hold", hr, adding("physio.plan.sign", "assigned")),
        make("a plugin's right by a base", hr, {"bases": ["physiotherapist"]}),
    ] + await chains_ways(people, boss, hr, manager, desk, short, neighbour)


@check("a role is asked for, somebody else decides, and what nobody may give nobody may approve")
async def requests() -> str:
    with House() as house:
        house.command("demo", "seed", "--clinics", "3", "--seed", "7")
        people, path = People(house, CHAIN), "/v1/access/requests"
        boss, other = people.somebody("tenant.admin", name="Boss"), people.somebody("tenant.admin", name="Other")
        nurse = people.somebody("nurse", name="Nurse", location=people.locations[0])
        manager = people.somebody("location.manager", name="Manager", location=people.locations[0])
        wish = {"role": "receptionist", "location": people.location(1), "until": SOON, "reason": "Asha is on leave."}

        async def ask(who: Somebody, **more) -> str:
            answer = await who.ask("POST", path, wish | more)
            expect(f"asked: {answer.body!r}", (answer.status, answer.json().get("stage")), (201, "asked"))
            return answer.json()["id"]

        async def decide(who: Somebody, request: str, verb: str) -> tuple[int, str]:
            answer = await who.ask("POST", f"{path}/{request}/{verb}", {"answer": "So be it."})
            return answer.status, answer.code

        first, second, mine = await ask(nurse), await ask(nurse, role="doctor"), await ask(boss, role="nurse")
        expect("one's own", await decide(boss, mine, "approve"), (403, "not_allowed"))
        expect("one's own, declined", await decide(boss, mine, "decline"), (403, "not_allowed"))
        expect("by a nurse", await decide(nurse, first, "approve"), (403, "not_allowed"))
        expect("by another location's manager", await decide(manager, first, "approve"), (404, "not_found"))
        here = await ask(nurse, location=people.location(0))
        expect("more than the manager holds", await decide(manager, here, "approve"), (403, "not_allowed"))
        expect("and declined by them", await decide(manager, here, "decline"), (200, ""))
        expect("approved", await decide(boss, first, "approve"), (200, ""))
        expect("approved twice", await decide(other, first, "approve"), (409, "conflict"))
        expect("declined", await decide(boss, second, "decline"), (200, ""))
        held = [(each["role"], each["location"], each["until"])
                for each in (await boss.ask("GET", f"/v1/staff/{nurse.id}/roles")).json()["person"]["roles"]]
        expect("what the nurse holds", held, [("nurse", people.location(0), None), ("receptionist", people.location(1), SOON)])
        for name, more in (("a platform's role", {"role": "platform.support"}), ("for ever", {"until": FAR}), ("for nothing", {"reason": "x"}),
                           ("a role that is none", {"role": "own.nowhere"}), ("until yesterday", {"until": "2020-01-01T00:00:00Z"})):
            expect(name, (await nurse.ask("POST", path, wish | more)).status, 422)
        for _ in range(5):
            await ask(manager)
        expect("a sixth", (await manager.ask("POST", path, wish)).status, 409)
        race = await ask(nurse, role="pharmacist")
        answers = await asyncio.gather(*(decide(who, race, verb) for who, verb in ((boss, "approve"), (other, "decline"))))
        expect("two who decide at once", sorted(status for status, _ in answers), [200, 409])
        listed = (await boss.ask("GET", f"{path}?stage=asked&limit=3")).json()
        expect("waiting", (len(listed["items"]), listed["next"] is not None), (3, True))
        expect("what the manager sees", {each["location"] for each in (await manager.ask("GET", path)).json()["items"]},
               {people.location(0)})
        lines = [(each["act"], told(each, "role_request.stage")[1]) for each in people.trail("role_request") if each["outcome"] == "done"]
        expect("decisions in the trail", sorted({new for _, new in lines if new != "asked"}), ["approved", "declined"])
        expect("and no more than were made", len([new for _, new in lines if new != "asked"]), 4)
        return f"{len(lines)} lines in the trail"


@check("a clinic keeps an administrator, whoever asks and however many ask at once")
async def last_administrator() -> str:
    with House() as house:
        await house.clinics(1)
        slug = house.command("clinic", "list")["clinics"][0]["slug"]
        people = People(house, slug)
        house.sql(f"ALTER TABLE staff_role DISABLE TRIGGER keep_an_administrator; DELETE FROM staff_role WHERE tenant_id = "
                  f"{people.tenant} AND role = 'tenant.admin'; ALTER TABLE staff_role ENABLE TRIGGER keep_an_administrator")
        rounds = 20
        for _ in range(rounds):
            two = [people.somebody("tenant.admin") for _ in range(2)]
            answers = await asyncio.gather(*(
                one.ask("DELETE", f"/v1/staff/{other.id}/roles/{people.given(other, 'tenant.admin')}")
                for one, other in (two, two[::-1])))
            left = house.sql(f"SELECT staff_member_id FROM staff_role WHERE tenant_id = {people.tenant} AND role = 'tenant.admin'")
            expect("administrators left", len(left), 1)
            expect("one was told no", sorted(each.status for each in answers)[0], 204)
            expect("and why", sorted(each.status for each in answers)[1] in (403, 409), True)
            try:
                house.command("staff", "remove", "--clinic", slug, "--staff", type_id("stf", left[0][0]))
                raise AssertionError("the command line let the last administrator go")
            except RuntimeError as refused:
                expect("the reason", "at least one administrator" in str(refused), True)
            people.somebody("tenant.admin", name="Next")
            house.sql(f"SET app.tenant_id = '{people.tenant}'; DELETE FROM staff_role WHERE tenant_id = {people.tenant} "
                      f"AND staff_member_id = '{left[0][0]}'")
            house.sql(f"ALTER TABLE staff_role DISABLE TRIGGER keep_an_administrator; DELETE FROM staff_role WHERE tenant_id = "
                      f"{people.tenant} AND role = 'tenant.admin'; ALTER TABLE staff_role ENABLE TRIGGER keep_an_administrator")
        return f"{rounds} races of two"


@check("what somebody gains or loses holds on every sign-in, at every instance, within five seconds")
async def everywhere() -> str:
    with House(NADI_SECRET="s" * 40) as house:
        await house.clinics(1)
        slug = house.command("clinic", "list")["clinics"][0]["slug"]
        second = House(NADI_DATABASE_URL=house.command("database", "url", "--as", "superuser")["url"],
                       NADI_SECRET="s" * 40, NADI_WORKERS="0")
        with second:
            here, there = People(house, slug), People(house, slug, at=second)
            boss, nurse = here.somebody("tenant.admin"), there.somebody("nurse")
            roles = {"role": "callCentre.scheduler"}
            delays = []

            async def may_book() -> bool:
                return (await nurse.ask("POST", "/v1/appointments", {})).status != 403

            async def may_not_book() -> bool:
                return not await may_book()

            expect("at first", await may_book(), False)
            given = await boss.ask("POST", f"/v1/staff/{nurse.id}/roles", roles)
            expect("given", given.status, 201)
            delays.append(await until(may_book, 5, every=0.005))
            taken = await boss.ask("DELETE", f"/v1/staff/{nurse.id}/roles/{given.json()['id']}")
            expect("taken", taken.status, 204)
            delays.append(await until(may_not_book, 5, every=0.005))
            made = await boss.ask("POST", "/v1/roles", {"slug": "lead", "title": "Lead", "definition": {"bases": ["nurse"]}})
            role = made.json()["id"]
            expect("the role's giving", (await boss.ask("POST", f"/v1/staff/{nurse.id}/roles", {"role": "own.lead"})).status, 201)
            await asyncio.sleep(0.5)
            expect("a role without the right", await may_book(), False)
            saved = await boss.ask("POST", f"/v1/roles/{role}/versions", {
                "based_on": 1, "definition": {"bases": ["nurse", "callCentre.scheduler"]}})
            expect("the version", saved.status, 200)
            delays.append(await until(may_book, 5, every=0.005))
            expect("as what", "own.lead" in (await nurse.ask("GET", "/v1/me")).json()["roles"], True)
            expect("retired", (await boss.ask("DELETE", f"/v1/roles/{role}")).status, 204)
            delays.append(await until(may_not_book, 5, every=0.005))
            end = time.time() + 2
            until_then = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(end + 1))
            await boss.ask("POST", f"/v1/staff/{nurse.id}/roles", roles | {"until": until_then})
            await until(may_book, 1.5, every=0.005)
            await until(may_not_book, 5, every=0.005)
            late = time.time() - (int(end) + 1)
            expect("over when it is over", -0.05 < late < 1, True)
            lines = here.trail("role", "staff_member")
            expect("lines with the old and the new value", [
                (each["act"], all(one["before"] != one["after"] for one in each["detail"]["changes"])) for each in lines
                if each["outcome"] == "done" and each["act"] != "staff.add"], [
                ("staff.update", True), ("staff.update", True), ("staff.create", True), ("staff.update", True),
                ("staff.update", True), ("staff.void", True), ("staff.update", True)])
            change = next(each for each in lines if each["act"] == "staff.update" and told(each, "own_role_version.body/bases"))
            expect("the old and the new bases", told(change, "own_role_version.body/bases"),
                   (["nurse"], ["nurse", "callCentre.scheduler"]))
            return ", ".join(f"{seconds * 1000:.0f} ms" for seconds in delays) + f" after the commit; ended {late * 1000:.0f} ms late"


def told(line: dict, field: str) -> tuple | None:
    """What a line of the trail says was changed there: from what, to what."""
    return next(((each["before"], each["after"]) for each in line["detail"].get("changes", []) if each["field"] == field), None)


def covers(one: dict, other: dict) -> bool:
    """Whether who holds the one gains nothing by the other: the rule, written a second time."""
    return (one["permission"] == other["permission"] and set(one["limits"]) <= set(other["limits"])
            and set(one["conditions"]) <= set(other["conditions"])
            and ("part" not in one["limits"] or set(one["parts"]) >= set(other["parts"]))
            and (one["extent"] == "tenant" or (one["extent"], one["location"]) == (other["extent"], other["location"]))
            and (one["until"] is None or (other["until"] is not None and other["until"] <= one["until"])))


def beyond(some: list[dict], others: list[dict]) -> list[str]:
    new = [each for each in some if not any(covers(other, each) for other in others)]
    return sorted(map(str, (each for each in new if not any(other != each and covers(other, each) for other in new))))


@check("what a preview tells is what the change does, to everybody, and the preview itself does nothing")
async def preview() -> str:
    with House() as house:
        house.command("demo", "seed", "--clinics", "3", "--seed", "7")
        people, dice = People(house, CHAIN), random.Random(7)
        boss = people.somebody("tenant.admin")
        crowd = [people.somebody(*dice.sample(["receptionist", "nurse", "doctor", "billing.accountant", "location.manager"], 2),
                                 location=dice.choice([None, *people.locations])) for _ in range(8)]
        matrix = published(house)
        rights = sorted({(each["permission"], reach) for name in ("receptionist", "nurse", "doctor", "location.manager")
                         for each in matrix[name] for reach in each["reach"] if not each["limits"]})

        async def standings() -> dict[str, list[dict]]:
            return {each.id: (await boss.ask("GET", f"/v1/staff/{each.id}/roles")).json()["rights"] for each in crowd}

        def definition() -> dict:
            return {"bases": dice.sample(["receptionist", "nurse", "doctor", "callCentre.scheduler", "records.officer"], 2),
                    "adds": [{"permission": permission, "reach": reach} for permission, reach in dice.sample(rights, 3)],
                    "removes": [permission for permission, _ in dice.sample(rights, 3)],
                    "conditions": dice.choice([[], [], [{"kind": "hours", "values": ["mon-sun 00:00-24:00"]}]])}

        made = await boss.ask("POST", "/v1/roles", {"slug": "many", "title": "Many", "definition": definition()})
        if made.status != 201:
            made = await boss.ask("POST", "/v1/roles", {"slug": "many", "title": "Many", "definition": {"bases": ["nurse"]}})
        role, version, felt, refused = made.json()["id"], 1, 0, 0
        for turn in range(60):
            someone, kind = dice.choice(crowd), turn % 3
            if kind == 0:
                wish = {"role": dice.choice(["own.many", "nurse", "doctor", "receptionist"]),
                        "location": dice.choice([None, people.location(0), people.location(1)]),
                        "until": dice.choice([None, FAR])}
                foretold = await boss.ask("POST", "/v1/roles/preview", {"staff": someone.id, "give": wish})
                change = ("POST", f"/v1/staff/{someone.id}/roles", wish)
            elif kind == 1:
                new = definition()
                foretold = await boss.ask("POST", "/v1/roles/preview", {"role": role, "definition": new})
                change = ("POST", f"/v1/roles/{role}/versions", {"based_on": version, "definition": new})
            else:
                held = (await boss.ask("GET", f"/v1/staff/{someone.id}/roles")).json()["person"]["roles"]
                if not held:
                    continue
                given = dice.choice(held)["id"]
                foretold = await boss.ask("POST", "/v1/roles/preview", {"staff": someone.id, "take": given})
                change = ("DELETE", f"/v1/staff/{someone.id}/roles/{given}", None)
            before = await standings()
            done = await boss.ask(*change)
            if foretold.status != 200:
                expect("the same refusal", (done.status, done.code), (foretold.status, foretold.code))
                refused += 1
                continue
            expect(f"{change} after a preview that went well", done.status < 300, True)
            version += kind == 1
            after = await standings()
            told = {each["staff"]: (sorted(map(str, each["gains"])), sorted(map(str, each["loses"])))
                    for each in foretold.json()["people"]}
            seen = {key: (beyond(after[key], before[key]), beyond(before[key], after[key])) for key in before}
            expect(f"turn {turn}", told, {key: each for key, each in seen.items() if each != ([], [])})
            felt += len(told)
        expect("changes that somebody felt", felt > 30, True)
        retired = await boss.ask("POST", "/v1/roles/preview", {"role": role})
        before = await standings()
        expect("retired", (await boss.ask("DELETE", f"/v1/roles/{role}")).status, 204)
        after = await standings()
        expect("who lost by it", {each["staff"] for each in retired.json()["people"]},
               {key for key in before if beyond(before[key], after[key])})
        return f"{felt} people felt it, {refused} changes were refused, each as foretold"
