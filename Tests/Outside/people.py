"""Staff of a clinic in any role, made behind the server's back so that roles nobody gives can be tried as well."""

import json
import uuid
from dataclasses import dataclass

from .house import House
from .wire import Answer, Wire

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def type_id(prefix: str, key: str) -> str:
    """A UUID as the API writes it."""
    number, letters = uuid.UUID(key).int, ""
    for _ in range(26):
        number, letter = divmod(number, 32)
        letters = ALPHABET[letter] + letters
    return f"{prefix}_{letters}"


def key_of(name: str) -> str:
    """The UUID behind an id of the API."""
    number = 0
    for letter in name.partition("_")[2]:
        number = number * 32 + ALPHABET.index(letter)
    return str(uuid.UUID(int=number))


@dataclass
class Somebody:
    """Somebody who works at a clinic, and their connection to it."""

    key: str
    wire: Wire

    @property
    def id(self) -> str:
        return type_id("stf", self.key)

    async def ask(self, method: str, path: str, body: object = None, **options) -> Answer:
        return await self.wire.ask(method, path, body=body, **options)


class People:
    """Who works at one clinic."""

    def __init__(self, house: House, slug: str, at: House | None = None):
        self.house, self.slug, self.at = house, slug, at or house
        self.tenant = house.sql(f"SELECT id FROM tenant WHERE slug = '{slug}'")[0][0]
        self.locations = [row[0] for row in house.sql(f"SELECT id FROM location WHERE tenant_id = {self.tenant} ORDER BY slug")]

    def somebody(self, *roles: str, name: str = "Somebody", location: str | None = None, until: str | None = None,
                 own: str | None = None) -> Somebody:
        """A member of staff who holds these roles, each at the location and until the moment given."""
        key = str(uuid.uuid4())
        lines = [f"INSERT INTO staff_member (tenant_id, id, name, email) VALUES ({self.tenant}, '{key}', '{name}', '{key}@x.test')"]
        for role in roles:
            lines.append(
                "INSERT INTO staff_role (tenant_id, id, staff_member_id, role, own_role_id, location_id, valid_until) VALUES "
                f"({self.tenant}, '{uuid.uuid4()}', '{key}', '{role}', {quoted(own if role == 'own' else None)}, "
                f"{quoted(location)}, {until or 'NULL'})")
        self.house.sql("; ".join(lines))
        return self.signed_in(key)

    def signed_in(self, key: str) -> Somebody:
        """The same person at the house at hand."""
        token = self.at.command("token", "--clinic", self.slug, "--staff", type_id("stf", key))["token"]
        return Somebody(key, Wire(self.at.port, self.at.host(self.slug), token))

    def care(self, who: Somebody, patients: list[str]) -> None:
        """They are on the care teams of these."""
        self.house.sql("; ".join(
            "INSERT INTO care_team (tenant_id, id, patient_id, staff_member_id, since, added_by) VALUES "
            f"({self.tenant}, '{uuid.uuid4()}', '{key_of(patient)}', '{who.key}', now() - interval '1 hour', '{uuid.uuid4()}')"
            for patient in patients))

    def visit(self, patient: str, start: str) -> str:
        """A visit of a patient's that was, with whoever can be booked first."""
        key = str(uuid.uuid4())
        self.house.sql(
            "INSERT INTO appointment (tenant_id, id, patient_id, practitioner_id, location_id, plugin, plugin_version, visit_type, "
            "starts_at, ends_at, local_start, zone, reason) "
            f"SELECT {self.tenant}, '{key}', '{key_of(patient)}', id, '{self.locations[0]}', 'p', 1, 'visit', '{start}', "
            f"'{start}'::timestamptz + interval '30 minutes', '{start}', 'UTC', 'A cough.' FROM practitioner "
            f"WHERE tenant_id = {self.tenant} ORDER BY id LIMIT 1")
        return type_id("apt", key)

    def location(self, number: int = 0) -> str:
        return type_id("loc", self.locations[number])

    def given(self, who: Somebody, role: str) -> str:
        """The id of the giving of a role."""
        rows = self.house.sql(f"SELECT id FROM staff_role WHERE tenant_id = {self.tenant} AND staff_member_id = '{who.key}' "
                              f"AND role = '{role}'")
        return type_id("giv", rows[0][0])

    def trail(self, *kinds: str) -> list[dict]:
        """What the trail says of changes to these, the oldest first."""
        kinds = ", ".join(f"'{kind}'" for kind in kinds)
        rows = self.house.sql(f"SELECT act, outcome, caller_role, detail FROM audit_event WHERE tenant_id = {self.tenant} "
                              f"AND subject_kind IN ({kinds}) ORDER BY at, id")
        return [{"act": act, "outcome": outcome, "as": role, "detail": json.loads(detail)} for act, outcome, role, detail in rows]


def quoted(text: str | None) -> str:
    return "NULL" if text is None else f"'{text}'"
