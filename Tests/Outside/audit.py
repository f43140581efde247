"""Who did what: a chain that proves itself, and an export that others can check. What leaves an event stands in `walk`."""

import json
import subprocess
from urllib.parse import urlencode

from .checks import check, expect
from .house import PROGRAM, ROOT, Clinic, House, around_now
from .load import until
from .login import door, entered
from .people import People
from .strangers import everything_of


def verified(house: House, *words: str) -> tuple[int, list[dict]]:
    done = subprocess.run([PROGRAM, "audit", "verify", *words, "--json"], env=house.environment, cwd=ROOT,
                          capture_output=True, text=True)
    return done.returncode, json.loads(done.stdout)["clinics"]


def checked(*words: str) -> int:
    return subprocess.run([ROOT / "Deploy/verify-audit", *words], capture_output=True, text=True).returncode


async def sealed_house(house: House) -> tuple[Clinic, dict]:
    """A clinic with some events, all of them sealed."""
    clinic, *_ = await house.clinics(1)
    await everything_of(house, clinic)

    async def is_sealed() -> bool:
        _, (trail, *_) = verified(house, "--clinic", clinic.slug)
        return trail["unsealed"] == 0 and trail["segments"] > 0

    await until(is_sealed, 40, every=1)
    code, (trail, *_) = verified(house, "--clinic", clinic.slug)
    expect("as it was sealed", (code, trail["flaws"]), (0, []))
    return clinic, trail


TAMPERINGS = {
    "event_changed": "UPDATE audit_event SET detail = '{\"nothing\": true}' WHERE id = (SELECT min(id::text)::uuid FROM sealed)",
    "event_removed": "DELETE FROM audit_event WHERE id = (SELECT min(id::text)::uuid FROM sealed)",
    "event_inserted": """
        INSERT INTO audit_event (tenant_id, id, at, caller_kind, act)
        SELECT tenant_id, ('00' || substr(id::text, 3))::uuid, '2001-01-01', caller_kind, act
          FROM audit_event WHERE id = (SELECT min(id::text)::uuid FROM sealed)""",
    "events_reordered": """
        UPDATE audit_segment SET event_ids = ARRAY[event_ids[2], event_ids[1]] || event_ids[3:]
         WHERE cardinality(event_ids) > 1""",
    "segment_missing": """
        UPDATE audit_segment SET number = number + 1""",
}


@check(f"{len(TAMPERINGS)} ways to change the past are found by `nadi audit verify`, each with its place; the app cannot even try")
async def tampered() -> str:
    with House() as house:
        clinic, trail = await sealed_house(house)
        for statement in ("UPDATE audit_event SET act = 'x'", "DELETE FROM audit_event", "DELETE FROM audit_segment",
                          "UPDATE audit_segment SET number = 1", "TRUNCATE audit_event"):
            for login in ("app", "auditor"):
                url = house.command("database", "url", "--as", login)["url"]
                done = subprocess.run(["psql", url, "-Xqc", f"SET app.tenant_id = '1'; {statement}"], capture_output=True, text=True)
                expect(f"{login}: {statement}", "permission denied" in done.stderr, True)
        house.stop()
        house.environment["NADI_WORKERS"] = "0"  # from here on nothing is sealed
        house.start()
        tenant = house.sql(f"SELECT id FROM tenant WHERE slug = '{clinic.slug}'")[0][0]
        told = []
        for kind, statement in TAMPERINGS.items():
            house.sql(f"CREATE TABLE kept_event AS TABLE audit_event; CREATE TABLE kept_segment AS TABLE audit_segment; "
                      f"CREATE VIEW sealed AS SELECT unnest(event_ids) AS id FROM audit_segment WHERE tenant_id = {tenant}; "
                      f"{statement}")
            code, (found, *_) = verified(house, "--clinic", clinic.slug)
            flaws = [flaw for flaw in found["flaws"] if flaw["kind"] == kind]
            expect(f"{kind}: exit code and flaws of the kind", (code, bool(flaws)), (1, True))
            expect(f"{kind}: a place", flaws[0]["segment"] is not None, True)
            told.append(f"{kind} in segment {flaws[0]['segment']}")
            house.sql("DROP VIEW sealed; TRUNCATE audit_event, audit_segment; INSERT INTO audit_event TABLE kept_event; "
                      "INSERT INTO audit_segment TABLE kept_segment; DROP TABLE kept_event, kept_segment")
        expect("all as it was", verified(house, "--clinic", clinic.slug)[0], 0)
        head = trail["head"]
        expect("the head that was kept", verified(house, "--clinic", clinic.slug, "--head", head)[0], 0)
        other = head[:-1] + ("0" if head[-1] != "0" else "1")
        code, (found, *_) = verified(house, "--clinic", clinic.slug, "--head", other)
        expect("another head", (code, [flaw["kind"] for flaw in found["flaws"]]), (1, ["head_unknown"]))
        return ", ".join(told)


@check("an export is checked without Nadi, and a byte that is changed in it is found")
async def exported() -> str:
    with House() as house:
        clinic, trail = await sealed_house(house)
        file = house.folder / "trail.jsonl"
        house.command("audit", "export", "--clinic", clinic.slug, "--from", "2020-01-01", "--to", "2100-01-01", "--out", str(file))
        lines = file.read_text().splitlines(keepends=True)
        admin = house.wire(house.administrator(clinic.slug))
        anchors = (await admin.get("/v1/audit/anchors")).json()["items"]
        streamed = await admin.post("/v1/audit/exports", around_now())
        (house.folder / "streamed.jsonl").write_bytes(streamed.body)
        expect("as it was streamed", (streamed.status, checked(house.folder / "streamed.jsonl")), (200, 0))
        key = anchors[0]["key"]
        expect("as it was exported", checked(file, "--key", key, "--head", trail["head"]), 0)
        expect("with another key", checked(file, "--key", "0" * 64), 1)
        expect("with another head", checked(file, "--head", f"1:{'0' * 64}"), 1)
        events = [number for number, line in enumerate(lines) if '"act"' in line]
        expect("events exported", len(events) >= trail["events"], True)
        forgeries = {
            "an event changed": lambda: lines[:events[0]] + [lines[events[0]].replace('"done"', '"gone"', 1)] + lines[events[0] + 1:],
            "an event removed": lambda: lines[:events[0]] + lines[events[0] + 1:],
            "an event doubled": lambda: lines[:events[0]] + [lines[events[0]]] + lines[events[0]:],
            "two events swapped": lambda: lines[:events[0]] + [lines[events[0] + 1], lines[events[0]]] + lines[events[0] + 2:],
            "the end cut off": lambda: lines[:-1],
            "a segment's words changed": lambda: [line.replace("events ", "events  ", 1) for line in lines],
        }
        for name, forge in forgeries.items():
            forged = house.folder / "forged.jsonl"
            forged.write_text("".join(forge()))
            expect(name, checked(forged), 1)
        return f"{len(events)} events, {len(forgeries)} forgeries found"


SPAN = urlencode(around_now())


@check("a search finds what it asks for and nothing else, page by page, by those who may; the search is found as well")
async def searched() -> str:
    with House() as house:
        clinic, other = await house.clinics(2)
        people, theirs = People(house, clinic.slug), People(house, other.slug)
        auditor, desk, nurse, doctor = (people.somebody(role) for role in ("compliance.auditor", "receptionist", "nurse", "doctor"))
        stranger = theirs.somebody("tenant.admin")
        patients = []
        for n in range(3):
            made = await desk.ask("POST", "/v1/patients", {"name": f"Seen {n}", "birth_date": "1980-01-01"})
            patients.append(made.json()["id"])
        for n in range(7):
            await nurse.ask("GET", f"/v1/patients/{patients[n % 3]}", fields={"Purpose-Of-Use": "treatment"})
        denied = await nurse.ask("GET", f"/v1/audit/events?{SPAN}")
        expect("a nurse searches", denied.status, 403)

        async def found(who, **filters: str) -> list[dict]:
            answer = await who.ask("GET", f"/v1/audit/events?{SPAN}&limit=200&{urlencode(filters)}")
            expect(f"searching by {filters}: {answer.body[:200]!r}", answer.status, 200)
            return answer.json()["items"]

        seen = await found(auditor, caller=nurse.id, act="demographics.read")
        expect("the nurse's reads", [(each["outcome"], each["caller_role"], each["purpose"]) for each in seen], [("done", "nurse", "treatment")] * 7)
        expect("of one patient", len(await found(auditor, caller=nurse.id, subject=patients[0])), 3)
        expect("what was denied", [(each["act"], each["caller_id"]) for each in await found(auditor, outcome="denied")],
               [("audit.read", nurse.key)])
        expect("of another kind", await found(auditor, subject_kind="appointment"), [])
        pages, cursor = [], ""
        while True:
            page = (await auditor.ask("GET", f"/v1/audit/events?{SPAN}&caller={nurse.id}&limit=3{cursor}")).json()
            pages += [each["id"] for each in page["items"]]
            if not page["next"]:
                break
            cursor = f"&cursor={page['next']}"
        expect("page by page: nothing twice, the latest first", (len(pages), pages), (8, sorted(set(pages), reverse=True)))
        own = await found(doctor)
        expect("a doctor sees their own deeds", {each["caller_id"] for each in own} <= {doctor.key}, True)
        expect("another clinic's people", [each for each in await found(stranger, subject=patients[0])], [])
        searches = await found(auditor, caller=auditor.id, subject_kind="audit_event")
        expect("the searches", len(searches) >= 6, True)
        for wrong in ("from=2027-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z"):
            expect(f"a span of {wrong}", (await auditor.ask("GET", f"/v1/audit/events?{wrong}")).status, 422)
        return f"{len(seen)} reads, {len(pages)} lines in pages of 3, {len(searches)} searches"


@check("patients are told in plain words who looked at their record, by what they are and never by name; of nobody else's")
async def looked_at() -> str:
    with House() as house:
        clinic, *_ = await house.clinics(1)
        people = People(house, clinic.slug)
        desk, nurse, auditor = (people.somebody(role, name=f"Secret {role}") for role in ("receptionist", "nurse", "compliance.auditor"))
        ids = []
        for n in range(2):
            made = await desk.ask("POST", "/v1/patients", {"name": f"Asha {n}", "birth_date": "1980-01-01", "email": f"asha{n}@home.example"})
            ids.append(made.json()["id"])
        await nurse.ask("GET", f"/v1/patients/{ids[0]}", fields={"Purpose-Of-Use": "treatment"})
        await nurse.ask("GET", f"/v1/patients/{ids[1]}")
        tokens = await entered(house, clinic, "asha0@home.example")
        asha = door(house, clinic, token=tokens["access_token"])
        told = await asha.get(f"/v1/patients/{ids[0]}/access-log?{SPAN}")
        expect("her own", told.status, 200)
        lines = [(each["who"], each["what"], each["purpose"]) for each in told.json()["items"]]
        expect("a nurse looked", ("a nurse", "looked at your personal details", "for your treatment") in lines, True)
        expect("a receptionist entered it", ("a receptionist", "entered your personal details", None) in lines, True)
        expect("nobody by name or id", [word for word in ("Secret", "stf_", nurse.key) if word.encode() in told.body], [])
        again = (await asha.get(f"/v1/patients/{ids[0]}/access-log?{SPAN}")).json()["items"]
        expect("that she looked herself", ("you", "looked at who has seen your record") in {(each["who"], each["what"]) for each in again}, True)
        expect("another's", (await asha.get(f"/v1/patients/{ids[1]}/access-log?{SPAN}")).status in (403, 404), True)
        expect("by the desk", (await desk.ask("GET", f"/v1/patients/{ids[0]}/access-log?{SPAN}")).status, 403)
        expect("by an auditor", (await auditor.ask("GET", f"/v1/patients/{ids[0]}/access-log?{SPAN}")).status, 200)
        return f"{len(lines)} lines"
