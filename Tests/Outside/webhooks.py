"""What happened is told to a clinic's own systems: signed as others verify it, and nowhere inside."""

import asyncio
import json
import socket
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

from .booking import Diary
from .checks import check, expect
from .house import Clinic, House
from .load import until

# 127.0.0.2 stands for the public internet; 127.0.0.1 is what must never be reached.
OUTSIDE, INSIDE = "127.0.0.2", "127.0.0.1"


class Receiver:
    """A server at the address that development opened. What it answers can be changed while it runs."""

    def __init__(self):
        self.heard: list[tuple[dict, bytes]] = []
        self.status, self.location = 204, ""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(receiver.status)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer((OUTSIDE, 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://{OUTSIDE}:{self.port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self) -> "Receiver":
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()


class Trap:
    """Listens at every address of this machine but the opened one's receiver, and counts who comes."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET6)
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        self.socket.bind(("::", 0))
        self.socket.listen(64)
        self.port, self.visits = self.socket.getsockname()[1], 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                visitor, _ = self.socket.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def __enter__(self) -> "Trap":
        return self

    def __exit__(self, *_) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


def house_with(**environment: str) -> House:
    return House(NADI_WEBHOOK_BLOCKS=OUTSIDE, **environment)


async def add(wire, url: str) -> tuple[str, str]:
    answer = await wire.post("/v1/webhooks", {"url": url})
    expect("status of a new webhook", answer.status, 201)
    return answer.json()["webhook"]["id"], answer.json()["secret"]


async def tried(wire, webhook: str, delivery: str) -> dict:
    """The delivery, once it was tried."""
    found: dict = {}

    async def is_tried() -> bool:
        items = (await wire.get(f"/v1/webhooks/{webhook}/deliveries?limit=200")).json()["items"]
        found.update(next(item for item in items if item["id"] == delivery))
        return found["tries"] > 0

    await until(is_tried, 30, every=0.1)
    return found


def verifies(secret: str, heard: tuple[dict, bytes], body: bytes | None = None) -> bool:
    try:
        Webhook(secret).verify(heard[1] if body is None else body, heard[0])
        return True
    except WebhookVerificationError:
        return False


@check("what happens is told signed, so that the standardwebhooks package verifies it, before and after a rotation")
async def verified() -> str:
    with Receiver() as receiver, house_with() as house:
        clinic, *_ = await house.clinics(1)
        admin = house.wire(house.administrator(clinic.slug))
        webhook, secret = await add(admin, receiver.url)
        diary = await Diary.of(house, clinic, patients=1)
        slot, other = (await diary.slots(2))
        expect("booked", (await diary.book(house.wire(clinic), slot, diary.patients[0])).status, 201)

        async def is_told(kind: str, count: int) -> bool:
            return sum(json.loads(body)["type"] == kind for _, body in receiver.heard) == count

        await until(lambda: is_told("appointment.booked", 1), 30)
        heard = next(each for each in receiver.heard if json.loads(each[1])["type"] == "appointment.booked")
        expect("verified", verifies(secret, heard), True)
        expect("verified after a byte was changed", verifies(secret, heard, heard[1] + b" "), False)
        expect("verified by another's secret", verifies("whsec_" + "A" * 43 + "=", heard), False)
        told = json.loads(heard[1])
        expect("members", sorted(told), ["data", "timestamp", "type"])
        expect("reasons told", "reason" in json.dumps(told), False)

        after = (await admin.post(f"/v1/webhooks/{webhook}/rotate", {})).json()["secret"]
        expect("booked", (await diary.book(house.wire(clinic), other, diary.patients[0])).status, 201)
        await until(lambda: is_told("appointment.booked", 2), 30)
        expect("verified by old and new secret",
               [verifies(each, receiver.heard[-1]) for each in (secret, after)], [True, True])

        again = await admin.post(f"/v1/webhooks/{webhook}/replay", {"from": told["data"]["event"]})
        expect("replay", again.status, 202)
        await until(lambda: is_told("appointment.booked", 4), 30)
        ids = [fields["webhook-id"] for fields, body in receiver.heard
               if json.loads(body)["type"] == "appointment.booked"]
        expect("ids after a replay", sorted(ids), sorted(ids[:2] * 2))
        return f"{len(receiver.heard)} deliveries, {len(set(ids))} bookings each told twice under one id"


SPELLINGS = [
    "http://127.0.0.1:{0}/", "http://127.1:{0}/", "http://2130706433:{0}/", "http://0x7f000001:{0}/",
    "http://0x7f.1:{0}/", "http://0177.0.0.1:{0}/", "http://017700000001:{0}/", "http://0:{0}/", "http://0.0.0.0:{0}/",
    "http://127.0.0.1.:{0}/", "http://127.0.0.3:{0}/", "http://127.255.255.254:{0}/", "http://localhost:{0}/",
    "http://LOCALHOST:{0}/", "http://localhost.:{0}/", "http://sub.localhost:{0}/", "http://[::1]:{0}/",
    "http://[::]:{0}/", "http://[::ffff:127.0.0.1]:{0}/", "http://[::ffff:7f00:1]:{0}/", "http://[::127.0.0.1]:{0}/",
    "http://[0:0:0:0:0:0:0:1]:{0}/", "http://[64:ff9b::7f00:1]:{0}/", "http://[2002:7f00:1::1]:{0}/",
    "http://a@127.0.0.1:{0}/", "http://example.org@127.0.0.1:{0}/", "http://127.0.0.1:{0}#@example.org/",
    "http://127%2e0%2e0%2e1:{0}/", "http://①②⑦.⓪.⓪.①:{0}/", "http://127。0。0。1:{0}/",
    "http://10.0.0.1:{0}/", "http://172.16.0.1:{0}/", "http://192.168.0.1:{0}/", "http://100.64.0.1:{0}/",
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://[fe80::1]:{0}/",
    "http://metadata.google.internal/", "https://127.0.0.1:{0}/", "https://localhost:{0}/", "https://[::1]:{0}/",
    "gopher://127.0.0.1:{0}/", "file:///etc/passwd", "ftp://127.0.0.1:{0}/", "smtp://127.0.0.1:{0}/",
]


@check(f"{len(SPELLINGS)} spellings of forbidden addresses are refused when they are given, and reach nothing when they "
       "are there; nor does a redirect")
async def forbidden() -> str:
    with Trap() as trap, Receiver() as receiver, house_with() as house:
        clinic, *_ = await house.clinics(1)
        admin = house.wire(house.administrator(clinic.slug))
        webhook, _ = await add(admin, receiver.url)
        urls = [each.format(trap.port) for each in SPELLINGS]
        for url in urls:
            answer = await admin.post("/v1/webhooks", {"url": url})
            expect(f"status for {url}", answer.status, 422)
        reasons: dict[str, int] = {}
        for url in urls:
            # Past the text's check, as an address that was public when it was given: the guard alone decides.
            house.sql(f"UPDATE webhook SET url = '{url}'")
            ping = await admin.post(f"/v1/webhooks/{webhook}/ping", {})
            expect("ping", ping.status, 202)
            log = await tried(admin, webhook, ping.json()["id"])
            expect(f"state at {url}", log["state"], "waiting")
            reasons[log["reason"]] = reasons.get(log["reason"], 0) + 1
        house.sql(f"UPDATE webhook SET url = '{receiver.url}'")
        receiver.status, receiver.location = 307, f"http://{INSIDE}:{trap.port}/"
        ping = await admin.post(f"/v1/webhooks/{webhook}/ping", {})
        log = await tried(admin, webhook, ping.json()["id"])
        expect("reason for a redirect", log["reason"], "redirect")
        expect("visits inside", trap.visits, 0)
        expect("the trap works", (await visit(trap), trap.visits), (True, 1))
        return ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))


@check("a name that was public and is this machine's now reaches nothing")
async def rebound() -> str:
    with Trap() as trap, Receiver() as receiver, house_with() as house:
        clinic, *_ = await house.clinics(1)
        resolver = Resolver(house)
        resolver.says(OUTSIDE)
        house.stop()
        house.environment |= resolver.environment
        house.start()
        admin = house.wire(house.administrator(clinic.slug))
        webhook, _ = await add(admin, f"http://hooks.rebound.example:{receiver.port}/")
        ping = await admin.post(f"/v1/webhooks/{webhook}/ping", {})
        expect("while it is public", (await tried(admin, webhook, ping.json()["id"]))["state"], "delivered")
        expect("deliveries", len(receiver.heard), 1)
        told = []
        for addresses in [(INSIDE,), (INSIDE, "10.0.0.1"), ("10.0.0.1", INSIDE)]:
            resolver.says(*addresses)
            house.stop()  # libcurl remembers names for a minute; a new process asks anew
            house.start()
            house.sql(f"UPDATE webhook SET url = 'http://hooks.rebound.example:{trap.port}/'")
            admin = house.wire(Clinic(clinic.slug, admin.token, [], []))
            ping = await admin.post(f"/v1/webhooks/{webhook}/ping", {})
            told.append((await tried(admin, webhook, ping.json()["id"]))["reason"])
        expect("reasons", told, ["refusedAddress"] * 3)
        expect("visits inside", trap.visits, 0)
        return f"1 delivery while it was public, {len(told)} refused since"


class Resolver:
    """Lets a server's names below rebound.example resolve as a test says: a library that is loaded first."""

    def __init__(self, house: House):
        self.answers = house.folder / "names"
        source, library = house.folder / "names.c", house.folder / "names.so"
        source.write_text(NAMES)
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
        self.environment = {"LD_PRELOAD": str(library), "NAMES": str(self.answers)}

    def says(self, *addresses: str) -> None:
        self.answers.write_text("\n".join(addresses) + "\n")


NAMES = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef int ask(const char *, const char *, const struct addrinfo *, struct addrinfo **);
int getaddrinfo(const char *name, const char *port, const struct addrinfo *hints, struct addrinfo **found) {
    ask *real = (ask *)dlsym(RTLD_NEXT, "getaddrinfo");
    FILE *names;
    if (!name || !strstr(name, "rebound.example") || !(names = fopen(getenv("NAMES"), "r")))
        return real(name, port, hints, found);
    char line[64];
    struct addrinfo **last = found;
    *found = NULL;
    while (fgets(line, sizeof line, names)) {
        line[strcspn(line, "\n")] = 0;
        struct addrinfo numeric = {.ai_flags = AI_NUMERICHOST, .ai_family = AF_INET, .ai_socktype = SOCK_STREAM};
        if (real(line, port, &numeric, last) == 0) last = &(*last)->ai_next;
    }
    fclose(names);
    return *found ? 0 : EAI_NONAME;
}
"""


async def visit(trap: Trap) -> bool:
    _, writer = await asyncio.open_connection(INSIDE, trap.port)
    writer.close()

    async def is_counted() -> bool:
        return trap.visits > 0

    await until(is_counted, 5, every=0.05)
    return True
