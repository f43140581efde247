"""A server with a fault: between the attack and the house stands one that answers as a faulty house would.

Each lie is a mistake that a change to the product could make; an attack that does not notice one proves nothing."""

import asyncio
import re
from collections.abc import Awaitable, Callable

from .attack import Field
from .wire import Answer, Wire


class Request:
    """A request as the liar sees it."""

    def __init__(self, head: bytes, body: bytes):
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, _ = lines[0].split(" ")
        self.fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
        self.body = body

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def words(self) -> str:
        return self.target + self.body.decode(errors="replace")

    def as_if(self, **fields: str) -> bytes:
        """The same request with other fields."""
        mine = self.fields | fields
        lines = [f"{self.method} {self.target} HTTP/1.1"] + [f"{name}: {value}" for name, value in mine.items()]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + self.body


Lie = Callable[["Liar", Request, Wire], Awaitable[Answer]]


class Liar:
    """Passes requests on, and lies about some of the answers."""

    def __init__(self, field: Field, lie: Lie):
        self.field, self.lie = field, lie
        self.host = field.house.host(field.theirs.slug)
        self.secrets = re.compile("|".join(sorted(field.secrets)))
        self.kept: dict[str, Answer] = {}

    async def __aenter__(self) -> "Liar":
        self.server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.close()

    def as_theirs(self, request: Request) -> bytes:
        """The request as the other clinic's administrator would make it."""
        return request.as_if(host=self.host, authorization=f"Bearer {self.field.victim.wire.token}")

    def names_theirs(self, request: Request) -> bool:
        return bool(self.secrets.search(request.words)) and "authorization" in request.fields

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        wire = Wire(self.field.house.port)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n"))[:-4]
                length = re.search(rb"content-length: *(\d+)", head, re.I)
                request = Request(head, await reader.readexactly(int(length[1]) if length else 0))
                answer = await self.lie(self, request, wire)
                fields = {name: value for name, value in answer.fields.items()
                          if name not in ("content-length", "transfer-encoding")}
                lines = [f"HTTP/1.1 {answer.status} X", *(f"{name}: {value}" for name, value in fields.items())]
                if answer.status not in (204, 304):
                    lines.append(f"content-length: {len(answer.body)}")
                writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + answer.body)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            wire.close()
            writer.close()


async def truth(liar: Liar, request: Request, wire: Wire) -> Answer:
    return await wire.send(request.as_if(), request.method)


async def lookup_without_clinic(liar: Liar, request: Request, wire: Wire) -> Answer:
    """A row is looked up by its id alone."""
    answer = await truth(liar, request, wire)
    if answer.status == 404 and request.method == "GET" and liar.names_theirs(request):
        return await wire.send(liar.as_theirs(request), request.method)
    return answer


async def another_refusal(liar: Liar, request: Request, wire: Wire) -> Answer:
    """What exists elsewhere is refused with other words than what exists nowhere."""
    answer = await truth(liar, request, wire)
    if answer.status == 404 and liar.names_theirs(request):
        return Answer(403, answer.fields, answer.body)
    return answer


async def change_in_secret(liar: Liar, request: Request, wire: Wire) -> Answer:
    """A change is refused, and made."""
    answer = await truth(liar, request, wire)
    if answer.status == 404 and request.method in ("POST", "DELETE") and liar.names_theirs(request):
        await wire.send(liar.as_theirs(request), request.method)
    return answer


async def cache_without_clinic(liar: Liar, request: Request, wire: Wire) -> Answer:
    """What was answered to one clinic is kept by its path alone, and answered to the next."""
    answer = await truth(liar, request, wire)
    if request.method != "GET" or answer.status != 200 or "authorization" not in request.fields:
        return answer
    if request.target not in liar.kept:
        liar.kept[request.target] = await wire.send(liar.as_theirs(request), request.method)
    return liar.kept[request.target]


async def trusted_field(liar: Liar, request: Request, wire: Wire) -> Answer:
    """Whoever sends `X-Forwarded-Host` says which clinic is meant, and the token is looked at no more."""
    if request.fields.get("x-forwarded-host") == liar.host and "authorization" in request.fields:
        return await wire.send(liar.as_theirs(request), request.method)
    return await truth(liar, request, wire)


async def open_cursor(liar: Liar, request: Request, wire: Wire) -> Answer:
    """A cursor opens wherever it is brought."""
    answer = await truth(liar, request, wire)
    if answer.status == 422 and any(f"={cursor}" in request.target for cursor in liar.field.loot.cursors.values()):
        return await wire.send(request.as_if(host=liar.host, authorization=f"Bearer {liar.field.victim.wire.token}"), request.method)
    return answer


async def key_without_clinic(liar: Liar, request: Request, wire: Wire) -> Answer:
    """An answer is kept by its `Idempotency-Key` alone."""
    if "idempotency-key" in request.fields and "authorization" in request.fields:
        again = await wire.send(liar.as_theirs(request), request.method)
        if again.status < 300 and "idempotency-replayed" in again.fields:
            return again
    return await truth(liar, request, wire)


async def another_door(liar: Liar, request: Request, wire: Wire) -> Answer:
    """A token of one clinic opens the next one's door."""
    if request.fields.get("host", "").lower() == liar.host and "authorization" in request.fields:
        return await wire.send(liar.as_theirs(request), request.method)
    return await truth(liar, request, wire)


LIES: list[Lie] = [lookup_without_clinic, another_refusal, change_in_secret, cache_without_clinic, trusted_field, open_cursor,
                   another_door]
