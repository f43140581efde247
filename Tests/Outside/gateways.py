"""Gateways to send by, written from what their vendors document, in the moods that networks have.

Each keeps what it took upon itself: that, and not what it was asked, is what a person receives."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller

from Tests.Benchmarks.processes import free_port


class Gateway:
    """An HTTP server on a free port. A subclass says what it makes of a request."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.times: list[datetime] = []
        self.asked: Counter = Counter()
        self.seen: set[str] = set()
        self.moods: Counter = Counter()
        self.mutex = threading.Lock()
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                gateway.post(self, body)

            def do_GET(self) -> None:
                gateway.get(self)

            def answer(self, status: int, body: object, **fields: str) -> None:
                data = json.dumps(body).encode()
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(data)), "Content-Type": "application/json"} | fields).items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(data)

            def hang_up(self) -> None:
                self.close_connection = True
                self.connection.close()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # whoever asked may have been killed
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def mood(self, address: str) -> str:
        """What happens to this try: decided by the number's last digit, and by how often it was tried."""
        with self.mutex:
            self.asked[address] += 1
            mood = self.course(address).get(self.asked[address], "fine")
            self.moods[mood] += 1
            return mood

    def course(self, address: str) -> dict[int, str]:
        return {}

    def take(self, address: str, text: str) -> str:
        with self.mutex:
            self.times.append(datetime.now(UTC))
            self.taken.append((address, text))
            return f"SM{len(self.taken):032x}"

    def get(self, handler) -> None:
        handler.answer(404, {})


COURSES = {
    "0": {1: "busy"}, "1": {1: "broken"}, "2": {1: "away"}, "3": {1: "lost"}, "4": {1: "silent"},
    "5": {1: "busy", 2: "broken", 3: "away"}, "6": {1: "slow"}, "7": {1: "refused"},
}


class Twilio(Gateway):
    """POST and GET /2010-04-01/Accounts/{sid}/Messages.json, as Twilio's reference has them."""

    path, sign_in = "/2010-04-01/Accounts/AC1/Messages.json", "Basic " + base64.b64encode(b"AC1:token").decode()

    def course(self, address: str) -> dict[int, str]:
        return COURSES.get(address[-1], {})

    def post(self, handler, body: bytes) -> None:
        form = {name: values[0] for name, values in parse_qs(body.decode(), strict_parsing=True).items()}
        if handler.headers["Authorization"] != self.sign_in:
            return handler.answer(401, {"code": 20003, "message": "Authenticate", "status": 401})
        if handler.path != self.path or not {"To", "From", "Body"} <= form.keys():
            return handler.answer(400, {"code": 21604, "message": "parameter missing", "status": 400})
        match self.mood(form["To"]):
            case "busy": return handler.answer(429, {"code": 20429, "message": "Too Many Requests"}, Retry_After="1")
            case "broken": return handler.answer(500, {"code": 20500, "message": "Internal Server Error"})
            case "away": return handler.answer(503, {}, Retry_After="1")
            case "lost": return handler.hang_up()  # nothing was taken, and nobody is told
            case "slow": time.sleep(3)
            case "refused": return handler.answer(400, {"code": 21211, "message": "invalid 'To'", "status": 400})
            case "silent":  # taken, and nobody is told
                self.take(form["To"], form["Body"])
                return handler.hang_up()
        handler.answer(201, {"sid": self.take(form["To"], form["Body"]), "status": "queued", "error_code": None})

    def get(self, handler) -> None:
        address = parse_qs(urlsplit(handler.path).query)["To"][0]
        handler.answer(200, {"messages": [
            {"sid": f"SM{place + 1:032x}", "to": to, "body": text, "status": "sent", "date_created": format_datetime(self.times[place])}
            for place, (to, text) in enumerate(self.taken) if to == address]})


class WhatsApp(Gateway):
    """POST /v19.0/{phone number id}/messages, as Meta's Cloud API has it: many numbers have no WhatsApp."""

    def post(self, handler, body: bytes) -> None:
        message = json.loads(body)
        if handler.headers["Authorization"] != "Bearer WATOKEN":
            return handler.answer(401, {"error": {"code": 190, "type": "OAuthException"}})
        template = message["template"]
        well_formed = message["messaging_product"] == "whatsapp" and message["type"] == "template" and \
            handler.path == "/v19.0/123/messages" and template["language"]["code"] and \
            template["components"][0]["type"] == "body"
        if not well_formed:
            return handler.answer(400, {"error": {"code": 100, "type": "OAuthException"}})
        address = "+" + message["to"]
        if address[-2] != "9":
            return handler.answer(400, {"error": {"code": 131026, "message": "Message undeliverable"}})
        values = [each["text"] for each in template["components"][0]["parameters"]]
        handler.answer(200, {"messaging_product": "whatsapp", "messages": [{"id": self.take(address, " ".join(values))}]})


class MSG91(Gateway):
    """POST /api/v5/flow/, as MSG91's reference has it: a no comes with 200 as well, and no name for a message."""

    TEMPLATES = {"T-BOOKED": 4}

    def course(self, address: str) -> dict[int, str]:
        return {"0": {1: "busy"}, "1": {1: "broken"}, "7": {1: "refused"}}.get(address[-1], {})

    def post(self, handler, body: bytes) -> None:
        flow = json.loads(body)
        if handler.headers["authkey"] != "KEY":
            return handler.answer(401, {"type": "error", "message": "Unauthorized"})
        recipient, = flow["recipients"]
        values = [recipient[f"var{place + 1}"] for place in range(self.TEMPLATES.get(flow["template_id"], 0))]
        if handler.path != "/api/v5/flow/" or not values or not recipient["mobiles"].isdigit():
            return handler.answer(400, {"type": "error", "message": "template id missing"})
        match self.mood(recipient["mobiles"]):
            case "busy": return handler.answer(429, {"type": "error", "message": "Too many requests"}, Retry_After="1")
            case "broken": return handler.answer(500, {"type": "error", "message": "Internal Server Error"})
            case "refused": return handler.answer(200, {"type": "error", "message": "invalid mobile number"})
        handler.answer(200, {"type": "success", "message": self.take("+" + recipient["mobiles"], " ".join(values))})


class Signed(Gateway):
    """Any gateway that checks our signature, and knows an Idempotency-Key again."""

    def __init__(self, secret: bytes = b"outside-secret") -> None:
        super().__init__()
        self.secret, self.known, self.sent = secret, {}, {}

    def course(self, address: str) -> dict[int, str]:
        return COURSES.get(address[-1], {})

    def post(self, handler, body: bytes) -> None:
        time_said, key = handler.headers["X-Timestamp"], handler.headers["Idempotency-Key"]
        digest = hmac.new(self.secret, time_said.encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(handler.headers["X-Signature"], f"sha256={digest}"):
            return handler.answer(403, {})
        message = json.loads(body)
        if message["id"] != key or abs(time.time() - int(time_said)) > 300 or not message["text"]:
            return handler.answer(400, {})
        match self.mood(message["to"]):
            case "busy": return handler.answer(429, {}, Retry_After="1")
            case "broken": return handler.answer(500, {})
            case "away": return handler.answer(503, {}, Retry_After="1")
            case "lost": return handler.hang_up()
            case "slow": time.sleep(3)
            case "refused": return handler.answer(422, {"reason": "no such number"})
            case "silent":
                self.once(key, message)
                return handler.hang_up()
        handler.answer(202, {"id": self.once(key, message)})

    def once(self, key: str, message: dict) -> str:
        if key not in self.known:
            self.known[key] = self.take(message["to"], message["text"])
            self.sent[self.known[key]] = message["to"]
        return self.known[key]


class Mailboxes:
    """A real SMTP server. It defers the first mail of every second reader, and keeps the others."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.senders: list[str] = []
        self.asked: Counter = Counter()
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope) -> str:
        reader = envelope.rcpt_tos[0]
        self.asked[reader] += 1
        if reader.partition("@")[0][-1] in "13579" and self.asked[reader] == 1:
            return "451 4.3.0 try again later"
        self.taken.append((reader, envelope.content))
        self.senders.append(envelope.mail_from)
        return "250 2.0.0 queued"

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.controller.stop()
