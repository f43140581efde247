"""The shape of the measured work: who and when, the same for every system."""

from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

TENANTS, PRACTITIONERS, PATIENTS = 200, 10, 500
SLOTS_A_DAY = 16
ZONES = ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "America/Sao_Paulo"]
SEED_DAYS = ["2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07", "2027-01-08", "2027-01-11", "2027-01-12"]
LIST_END = "2027-02-01"
WORKLOADS = {
    "W4": "me: token checked, one row",
    "W1": "availability: 7 days of one practitioner",
    "W3": "list: 50 appointments, half by cursor",
    "W2": "book: appointment, audit and outbox in one transaction",
}
READS = 4000


def read_plan(tenants: int = TENANTS) -> list[tuple[int, int, str]]:
    """(tenant, number, day) of each read, the same for every system."""
    random = Random(20270104)
    return [(random.randint(1, tenants), n, SEED_DAYS[n % len(SEED_DAYS)]) for n in range(READS)]


@cache
def callers(tenants: int) -> list[int]:
    """The clinics that are at work: those of the reads, and for bookings the same."""
    return sorted({tenant for tenant, *_ in read_plan(tenants)})


def booking(n: int, tenants: int = TENANTS) -> tuple[int, int, int, datetime]:
    """(tenant, practitioner, patient, wall time) of the nth booking: a slot that no other n takes, one clinic after the
    other, then the next practitioner of each. The seed has taken January; these begin in February, on working days."""
    clinics = callers(tenants)
    slot, place = divmod(n, len(clinics) * PRACTITIONERS)
    which, clinic = divmod(place, len(clinics))
    tenant = clinics[clinic]
    practitioner = (tenant - 1) * PRACTITIONERS + which + 1
    day, half_hour = divmod(slot, SLOTS_A_DAY)
    week, weekday = divmod(day, 5)
    wall = datetime(2027, 2, 1, 9) + timedelta(days=7 * week + weekday, minutes=30 * half_hour)
    # Nobody is wanted by two practitioners at a time: Nadi would refuse the second.
    patient = (tenant - 1) * PATIENTS + (slot * PRACTITIONERS + which) % PATIENTS + 1
    return tenant, practitioner, patient, wall.replace(tzinfo=zone(tenant))


def unbooked(n: int, before: int, after: int) -> int:
    """Where to go on counting with so many clinics after the nth booking with fewer: at a slot that nobody has."""
    slots = -(-n // (len(callers(before)) * PRACTITIONERS))
    return slots * len(callers(after)) * PRACTITIONERS


def zone(tenant: int) -> ZoneInfo:
    return ZoneInfo(ZONES[tenant % len(ZONES)])


def wire(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
