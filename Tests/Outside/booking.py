"""Booking as a receptionist's program would: patients made, free slots asked for, appointments made."""

from dataclasses import dataclass, field
from datetime import timedelta

from .checks import expect
from .house import Clinic, House, working_day
from .wire import Answer, Wire


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
        while len(found) < count:
            for practitioner in self.clinic.practitioners:
                place = practitioner["hours"][0]["location"]
                answer = await wire.get(
                    f"/v1/availability?practitioner={practitioner['id']}&location={place}&from={day}&days=7")
                if "unfit" in answer.body.decode():
                    continue  # a practitioner of another craft than the clinic's first kind of visit
                expect("availability", answer.status, 200)
                found += self._apart(practitioner["id"], place, answer.json()["slots"])
            day += timedelta(days=7)
            expect("weeks to look through", day < working_day(20), True)
        return found[:count]

    def _apart(self, practitioner: str, place: str, slots: list[dict]) -> list[Slot]:
        chosen, last = [], ""
        for slot in slots:
            if slot["start"] >= last:
                chosen.append(Slot(practitioner, place, slot["start"]))
                last = slot["end"]
        return chosen

    async def book(self, wire: Wire, slot: Slot, patient: str | None = None, key: str | None = None) -> Answer:
        fields = {"Idempotency-Key": key} if key else None
        body = {"practitioner": slot.practitioner, "patient": patient or self.patients[0], "start": slot.start,
                "location": slot.location}
        return await wire.post("/v1/appointments", body, fields=fields)
