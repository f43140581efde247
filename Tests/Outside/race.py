"""Many hands reach for one slot."""

import asyncio

from .booking import Diary
from .checks import check, expect
from .house import House

HANDS, SLOTS = 64, 200


@check("of 64 callers who want one slot, exactly one gets it, 200 times over")
async def one_winner() -> str:
    with House() as house:
        clinic, *_ = await house.clinics(1)
        diary = await Diary.of(house, clinic, patients=HANDS)
        wires = [house.wire(clinic) for _ in range(HANDS)]
        slots = await diary.slots(SLOTS)
        tally: dict[int, int] = {}
        for slot in slots:
            answers = await asyncio.gather(
                *(diary.book(wire, slot, patient) for wire, patient in zip(wires, diary.patients)))
            statuses = [answer.status for answer in answers]
            for status in statuses:
                tally[status] = tally.get(status, 0) + 1
            expect(f"winners of {slot}", statuses.count(201), 1)
        expect("statuses seen", set(tally), {201, 409})
        expect("overlaps in the database", house.sql(OVERLAPS), [["0"]])
        return f"{len(slots)} slots, {tally[201]} won, {tally[409]} refused"


@check("of 64 callers who want to keep one slot exactly one does; nobody books it until the hold is over, and then exactly one")
async def one_holder() -> str:
    with House() as house:
        clinic, *_ = await house.clinics(1)
        diary = await Diary.of(house, clinic, patients=HANDS)
        wires = [house.wire(clinic) for _ in range(HANDS)]
        for slot in (slots := await diary.slots(20)):
            async def everybody(path: str) -> list[int]:
                body = {"practitioner": slot.practitioner, "location": slot.location, "start": slot.start}
                answers = await asyncio.gather(*(wire.post(path, body | {"patient": patient})
                                                 for wire, patient in zip(wires, diary.patients)))
                expect(f"answers to {path}", {answer.status for answer in answers} <= {201, 409}, True)
                return [answer.status for answer in answers]

            expect(f"holders of {slot}", (await everybody("/v1/holds")).count(201), 1)
            expect(f"bookers of {slot} while it is kept, its holder's own words too", (await everybody("/v1/appointments")).count(201), 0)
            house.sql("UPDATE reservation SET hold_until = now() WHERE hold_id IS NOT NULL;"
                      "UPDATE hold SET held_at = held_at - interval '1 minute', held_until = now()")
            expect(f"bookers of {slot} after", (await everybody("/v1/appointments")).count(201), 1)
        expect("overlaps in the database", house.sql(OVERLAPS), [["0"]])
        return f"{len(slots)} slots kept by one of {HANDS}, and booked by one of {HANDS}"


# Asked of the appointments themselves, not of the reservations whose constraint is on trial.
OVERLAPS = """
SELECT count(*) FROM appointment a JOIN appointment b
    ON a.tenant_id = b.tenant_id AND a.practitioner_id = b.practitioner_id AND a.id < b.id
   AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
 WHERE a.stage = 'booked' AND b.stage = 'booked'
"""
