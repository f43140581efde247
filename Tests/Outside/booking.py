"""Booking as a receptionist's program would: patients made, free slots asked for, appointments made."""

from dataclasses import dataclass, field
from datetime import timedelta

from .checks import expect
from .house import Clinic, House, working_day
from .wire import Answer, Wire


# A clinic offers slots for some weeks only; a check that would take more than there are is given what there is.
LAST_WEEK, ENOUGH = 8, 200


@dataclass(frozen=True)
class Slot:
    practitioner: str
    location: str
    start: str


@dataclass
class Diary:
    house: House
    clinic: Clinic
    patients: list[str] = field(default_factory=list)

    @classmethod
    async def of(cls, house: House, clinic: Clinic, patients: int = 1) -> "Diary":
        diary, wire = cls(house, clinic), house.wire(clinic)
        for n in range(patients):
            answer = await wire.post("/v1/patients", {
                "name": f"Outside Patient {n}", "birth_date": "1980-01-01", "phone": f"+1555{n:07d}"})
            expect("a patient is made", answer.status, 201)
            diary.patients.append(answer.json()["id"])
        return diary

    async def slots(self, count: int) -> list[Slot]:
        """Free slots, no two of which overlap: of each practitioner, one a step apart as the clinic offers them."""
        wire, found = self.house.wire(self.clinic), []
        day = working_day()
        while len(found) < count and day < working_day(LAST_WEEK):
            for practitioner in self.clinic.practitioners:
                place = practitioner["hours"][0]["location"]
                answer = await wire.get(
                    f"/v1/availability?practitioner={practitioner['id']}&location={place}&from={day}&days=7")
                if "unfit" in answer.body.decode():
                    continue  # a practitioner of another craft than the clinic's first kind of visit
                expect("availability", answer.status, 200)
                found += self._apart(practitioner["id"], place, answer.json()["slots"])
            day += timedelta(days=7)
        expect(f"free slots found ({len(found)}) are enough", len(found) >= min(count, ENOUGH), True)
        return found[:count]

    def _apart(self, practitioner: str, place: str, slots: list[dict]) -> list[Slot]:
        chosen, last = [], ""
        for slot in slots:
            if slot["start"] >= last:
                chosen.append(Slot(practitioner, place, slot["start"]))
                last = slot["end"]
        return chosen

    def patient(self, practitioner: str) -> str:
        """One patient for each practitioner, who is thus never at two places at once."""
        known = [each["id"] for each in self.clinic.practitioners]
        return self.patients[known.index(practitioner) % len(self.patients)]

    async def book(self, wire: Wire, slot: Slot, patient: str | None = None, key: str | None = None) -> Answer:
        fields = {"Idempotency-Key": key} if key else None
        body = {"practitioner": slot.practitioner, "patient": patient or self.patient(slot.practitioner), "start": slot.start,
                "location": slot.location}
        return await wire.post("/v1/appointments", body, fields=fields)
