"""A small HTTP/1.1 client over a plain socket: it shares no code with the server and hides nothing from a test."""

import asyncio
import json
from dataclasses import dataclass, field


@dataclass
class Answer:
    status: int
    fields: dict[str, str]
    body: bytes

    def json(self) -> dict:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The problem's code, empty for an answer that is none."""
        return self.json().get("code", "") if "problem+json" in self.fields.get("content-type", "") else ""


class NoAnswer(Exception):
    """The connection ended, or never was, before a whole answer came."""


@dataclass
class Wire:
    """One keep-alive connection, opened when first needed and again after it was closed."""

    port: int
    host: str = "localhost"
    token: str = ""
    source: str = "127.0.0.1"
    timeout: float = 30
    _streams: tuple | None = field(default=None, repr=False)

    async def get(self, path: str, **options) -> Answer:
        return await self.ask("GET", path, **options)

    async def post(self, path: str, body: object, **options) -> Answer:
        return await self.ask("POST", path, body=body, **options)

    async def ask(self, method: str, path: str, *, body: object = None, host: str | None = None,
                  token: str | None = None, fields: dict[str, str] | None = None) -> Answer:
        token = self.token if token is None else token
        data = json.dumps(body).encode() if body is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or self.host}"]
        if token:
            lines.append(f"Authorization: Bearer {token}")
        if body is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
        lines += [f"{name}: {value}" for name, value in (fields or {}).items()]
        return await self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + data, method)

    async def form(self, path: str, data: bytes, fields: dict[str, str] | None = None,
                   media: str = "application/x-www-form-urlencoded") -> Answer:
        """Sends a body as it is, as another program or a browser's form does."""
        lines = [f"POST {path} HTTP/1.1", f"Host: {self.host}", f"Content-Type: {media}", f"Content-Length: {len(data)}"]
        lines += [f"{name}: {value}" for name, value in (fields or {}).items()]
        return await self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + data, "POST")

    async def send(self, raw: bytes, method: str = "GET") -> Answer:
        try:
            return await asyncio.wait_for(self._exchange(raw, method), self.timeout)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as fault:
            self.close()
            raise NoAnswer(f"{type(fault).__name__} {fault}") from fault

    async def _exchange(self, raw: bytes, method: str) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.source, 0))
        reader, writer = self._streams
        writer.write(raw)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = b"" if method == "HEAD" or status in (204, 304) else await self._body(reader, fields)
        if fields.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, fields, body)

    async def _body(self, reader: asyncio.StreamReader, fields: dict[str, str]) -> bytes:
        if "content-length" in fields:
            return await reader.readexactly(int(fields["content-length"]))
        if fields.get("transfer-encoding", "") != "chunked":
            return await reader.read()
        body = b""
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
        return body

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None
