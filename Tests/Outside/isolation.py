"""One clinic's people at another clinic's door."""

import random

from .attack import Attack, Field
from .checks import check, expect
from .house import House
from .load import until
from .strangers import faceless


@check("a clinic's token opens no other clinic's door")
async def foreign_token() -> str:
    with House() as house:
        here, there = await house.clinics(2)
        expect("at home", (await house.wire(here).get("/v1/me")).status, 200)
        told = []
        for path in ("/v1/me", "/v1/appointments?from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:00Z", "/v1/practitioners"):
            answer = await house.wire(here).get(path, host=house.host(there.slug))
            expect(f"{path} next door", answer.status in (401, 403), True)
            told.append(f"{answer.status} {answer.code}")
        expect("no token at all", (await house.wire().get("/v1/me", host=house.host(here.slug))).status, 401)
        return ", ".join(told)


@check("an unknown and a suspended clinic answer with the same bytes")
async def unknown_and_suspended() -> str:
    with House() as house:
        here, there = await house.clinics(2)
        house.command("clinic", "suspend", there.slug)

        async def is_told() -> bool:
            return (await house.wire(there).get("/v1/me")).status == 404

        heard = await until(is_told, 1, every=0.005)  # the server hears of it from the database
        told = []
        for path in ("/", "/v1/me", "/v1/availability", "/docs", "/nowhere"):
            suspended = await house.wire().get(path, host=house.host(there.slug), token=there.token)
            unknown = await house.wire().get(path, host=house.host("nobody-here"), token=there.token)
            expect(f"{path}: unknown and suspended", faceless(suspended), faceless(unknown))
            told.append(f"{path} {unknown.status}")
        expect("the neighbour works on", (await house.wire(here).get("/v1/me")).status, 200)
        return ", ".join(told) + f", {heard * 1000:.0f} ms after it was suspended"


@check("with row security off, the statements alone keep clinics apart")
async def predicates_alone() -> str:
    with House(NADI_WORKERS="0") as house:
        field = await Field().lay(house)
        field.attackers = field.attackers[5:8] + field.attackers[-1:]
        house.sql(WITHOUT_POLICIES)
        attack = await Attack(field, house.port, 0, random.Random(1)).run(0)
        expect("what a stranger's id shows", attack.leaks, [])
        return f"{attack.probes} probes at {len(field.operations)} operations"


# A statement that forgets its tenant is caught here and nowhere else, since a policy would make good for it.
WITHOUT_POLICIES = """
DO $$ DECLARE each regclass; BEGIN
    FOR each IN SELECT oid FROM pg_class WHERE relrowsecurity LOOP
        EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY', each);
    END LOOP;
END $$
"""
