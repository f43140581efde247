"""One clinic's people at another clinic's door."""

from .booking import Diary
from .checks import check, expect
from .house import House
from .wire import Answer


def faceless(answer: Answer) -> tuple:
    """An answer without what differs between any two requests."""
    fields = {name: value for name, value in answer.fields.items() if name not in ("date", "x-request-id", "traceparent", "ratelimit")}
    body = answer.body
    if "json" in fields.get("content-type", ""):
        told = answer.json()
        body = body.replace(str(told.get("request_id", "-")).encode(), b"")
        fields.pop("content-length", None)
    return answer.status, sorted(fields.items()), body


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
        told = []
        for path in ("/", "/v1/me", "/v1/availability", "/docs", "/nowhere"):
            suspended = await house.wire().get(path, host=house.host(there.slug), token=there.token)
            unknown = await house.wire().get(path, host=house.host("nobody-here"), token=there.token)
            expect(f"{path}: unknown and suspended", faceless(suspended), faceless(unknown))
            told.append(f"{path} {unknown.status}")
        expect("the neighbour works on", (await house.wire(here).get("/v1/me")).status, 200)
        return ", ".join(told)


@check("another clinic's id answers as an id that never was")
async def foreign_id() -> str:
    with House() as house:
        here, there = await house.clinics(2)
        diary = await Diary.of(house, there)
        slot, *_ = await diary.slots(1)
        booked = await diary.book(house.wire(there), slot)
        expect("an appointment next door", booked.status, 201)
        compared = 0
        for path, theirs in (("/v1/appointments/", booked.json()["id"]), ("/v1/patients/", diary.patients[0])):
            unknown = theirs[:-6] + "".join("0" if sign != "0" else "1" for sign in theirs[-6:])
            foreign_answer = await house.wire(here).get(path + theirs)
            unknown_answer = await house.wire(here).get(path + unknown)
            expect(f"{path}: status", foreign_answer.status, 404)
            same = foreign_answer.body.replace(theirs.encode(), unknown.encode())
            expect(path, faceless(Answer(404, foreign_answer.fields, same)), faceless(unknown_answer))
            compared += 1
        return f"{compared} kinds of id"
