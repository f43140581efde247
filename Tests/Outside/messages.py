"""Messages: what people receive, while gateways are slow, busy, broken and silent."""

import asyncio
import base64
import email
import email.policy
import json
import time
from collections import Counter
from datetime import datetime, timezone
from urllib.parse import quote, urlencode, urlsplit

from standardwebhooks import Webhook

from .booking import Diary
from .checks import check, expect
from .gateways import MSG91, Mailboxes, Signed, Twilio, WhatsApp
from .house import Clinic, House

PATIENCE = 100


async def until(what: str, holds, seconds: float = PATIENCE) -> float:
    """Waits for something to become true, and says how long it took."""
    begun = time.monotonic()
    while not holds():
        if time.monotonic() - begun > seconds:
            raise AssertionError(f"{what}: not after {seconds} s")
        await asyncio.sleep(0.2)
    return time.monotonic() - begun


async def booked(house: House, clinic: Clinic, people: list[dict]) -> list[str]:
    """Somebody for each of them, and an appointment for each of these."""
    diary, wire = Diary(house, clinic), house.wire(clinic)
    slots = await diary.slots(len(people))
    appointments = []
    for person, slot in zip(people, slots):
        made = await wire.post("/v1/patients", {"birth_date": "1980-01-01"} | person)
        expect("a patient is made", made.status, 201)
        answer = await diary.book(wire, slot, patient=made.json()["id"])
        expect("an appointment is booked", answer.status, 201)
        appointments.append(answer.json()["id"])
    return appointments


def settled(house: House, least: int) -> bool:
    """Whether there are so many confirmations, and none of them is still to be sent."""
    (made, unsent), = house.sql("SELECT count(*), count(*) FILTER (WHERE state IN ('waiting', 'sending')) FROM message "
                                "WHERE category = 'appointment'")
    return int(made) >= least and unsent == "0"


@check("in development every message is in the inbox, on the command line and at /dev/inbox")
async def inbox() -> str:
    with House() as house:
        clinic, = await house.clinics(1)
        appointment, = await booked(house, clinic, [{"name": "Asha", "phone": "+919812300001", "language": "hi"}])
        took = await until("the confirmation is in the inbox", lambda: house.command("inbox", "--clinic", clinic.slug)["messages"])
        message, = house.command("inbox", "--clinic", clinic.slug)["messages"]
        expect("who gets it", (message["channel"], message["to"]), ("sms", "+919812300001"))
        expect("it is in the patient's language", "अपॉइंटमेंट" in message["text"], True)
        shown = (await house.wire(clinic).get("/dev/inbox", token="")).json()["messages"]
        expect("/dev/inbox shows the same", shown, [message])
        await house.wire(clinic).post(f"/v1/appointments/{appointment}/cancel", {"reason": "The patient is well."})
        await until("the cancellation follows", lambda: len(house.command("inbox", "--clinic", clinic.slug)["messages"]) == 2)
        reasons = "".join(each["text"] for each in house.command("inbox", "--clinic", clinic.slug)["messages"])
        expect("no message tells why", "well" in reasons, False)
    return f"{took:.1f} s after the booking"


@check("gateways that are slow, busy, broken or silent lose no message and send none twice")
async def faults() -> str:
    with Twilio() as sms, WhatsApp() as whatsapp, Mailboxes() as mail, House(
            NADI_SMS_URL=f"twilio+http://AC1:token@127.0.0.1:{sms.port}?from=%2B15005550006",
            NADI_WHATSAPP_URL=f"whatsapp+http://123:WATOKEN@127.0.0.1:{whatsapp.port}",
            NADI_SMTP_URL=f"smtp://127.0.0.1:{mail.port}?from=desk%40mitra.example&name=Mitra%20Klinik%20%C3%9C") as house:
        clinic, = await house.clinics(1)
        reached = [{"name": f"Texted {n}", "phone": f"+9198123450{n:02d}"} for n in range(40)]
        chatting = [{"name": f"Chats {n}", "phone": f"+9198123451{90 + n}"} for n in range(5)]
        writing = [{"name": f"Writes {n}", "email": f"reader{n}@home.example"} for n in range(10)]
        both = [{"name": f"Both {n}", "phone": f"+9198123452{n}7", "email": f"both{n}@home.example"} for n in range(4)]
        people = reached + chatting + writing + both
        await booked(house, clinic, people)
        took = await until("every message is settled", lambda: settled(house, len(people)))
        texts = Counter(address for address, _ in sms.taken)
        # A number that the gateway refuses for good, and nowhere else to go.
        able = [each["phone"] for each in reached if each["phone"][-1] != "7"]
        expect("texts", texts, Counter(able))
        expect("chats", Counter(address for address, _ in whatsapp.taken), Counter(each["phone"] for each in chatting))
        mails = Counter(reader for reader, _ in mail.taken)
        expect("mails", mails, Counter(each["email"] for each in writing + both))
        expect("moods that were met", {*sms.moods} >= {"busy", "broken", "away", "lost", "silent", "slow", "refused"}, True)
        well_formed(mail.taken[0][1])
        failed = house.sql("SELECT count(*) FROM message WHERE state NOT IN ('sent', 'failed', 'dropped') "
                           "AND category = 'appointment'")
        expect("nothing is left uncertain", failed, [["0"]])
    return f"{len(sms.taken)} texts of {sum(sms.asked.values())} tries, {len(mail.taken)} mails, all settled in {took:.0f} s"


def well_formed(raw: bytes) -> None:
    """The mail as Python's own parser reads it."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    expect("defects of the mail", list(mail.defects), [])
    expect("who writes", mail["From"].addresses[0].display_name, "Mitra Klinik Ü")
    expect("its parts", [part.get_content_type() for part in mail.iter_parts()], ["text/plain", "text/html"])
    for name in ("Date", "Message-ID", "Subject", "To"):
        expect(f"one {name}", len(mail.get_all(name, [])), 1)
    plain, page = (part.get_content() for part in mail.iter_parts())
    expect("both parts say when", all(":" in part for part in (plain, page)), True)


@check("a server that is killed while it sends loses no message and sends none twice")
async def killed() -> str:
    with Twilio() as sms, House(
            NADI_SMS_URL=f"twilio+http://AC1:token@127.0.0.1:{sms.port}?from=%2B15005550006") as house:
        clinic, = await house.clinics(1)
        people = [{"name": f"Texted {n}", "phone": f"+9198123460{n}6"} for n in range(8)]  # slow ones: a kill meets them
        await booked(house, clinic, people)
        await until("some are being sent", lambda: sms.asked)
        house.stop(9)
        house.start()
        took = await until("every message is settled", lambda: settled(house, len(people)))
        expect("texts", Counter(address for address, _ in sms.taken), Counter(each["phone"] for each in people))
    return f"{sum(sms.asked.values())} tries for {len(people)} texts, settled {took:.0f} s after the restart"


def states(house: House) -> Counter:
    """What became of the confirmations, by channel."""
    return Counter({f"{channel} {state}": int(count) for channel, state, count in house.sql(
        "SELECT channel, state, count(*) FROM message WHERE category = 'appointment' GROUP BY 1, 2")})


@check("MSG91 gets each sentence's values once, and what it reports by its shared word settles them")
async def msg91() -> str:
    word = "outside-receipt-token"
    with MSG91() as sms, House(NADI_SMS_URL=f"msg91+http://:KEY@127.0.0.1:{sms.port}?appointment.booked=T-BOOKED&receipt_token={word}") as house:
        clinic, = await house.clinics(1)
        people = [{"name": f"Texted {n}", "phone": f"+9198123480{n:02d}", "email": f"reader{n}@home.example"} for n in range(12)]
        await booked(house, clinic, people)
        await until("every message is settled", lambda: settled(house, len(people)))
        # The number that ends with 7 is refused at once and goes by mail.
        expect("texts", Counter(address for address, _ in sms.taken), Counter(each["phone"] for each in people if each["phone"][-1] != "7"))
        expect("before the reports", states(house), Counter({"sms sent": 11, "sms failed": 1, "email sent": 1}))
        wire = house.wire(clinic)
        names = [name for name, in house.sql("SELECT gateway_id FROM message WHERE state = 'sent' AND channel = 'sms' ORDER BY id")]
        report = lambda name, status: json.dumps([{"senderId": "MITRAA", "requestId": name, "report": [  # noqa: E731
            {"date": "2026-11-21 10:06:20", "number": "919812348000", "status": status, "desc": "x"}]}])
        send = lambda body, given=word: wire.form(  # noqa: E731
            "/v1/message-receipts/msg91", urlencode({"data": body}).encode(), {"X-Receipt-Token": given})
        expect("a wrong word", (await send(report(names[0], "1"), "wrong-receipt-token")).status, 403)
        answers = [await send(report(name, "2" if name == names[0] else "1")) for name in names * 2]
        answers.append(await send(report("unknown", "1")))
        expect("known, repeated and unknown names answer alike", {(each.status, each.body) for each in answers}, {(200, b'{"taken":true}')})
        await until("the one that failed goes by mail", lambda: states(house) == Counter(
            {"sms delivered": 10, "sms failed": 2, "email sent": 2}))
    return f"{len(sms.taken)} texts of {sum(sms.asked.values())} tries; {len(answers)} reports"


@check("a signed gateway loses nothing and sends nothing twice; its receipts are verified, in any order, and never go back")
async def signed() -> str:
    secret = "whsec_" + base64.b64encode(b"r" * 24).decode()
    with Signed() as sms, House(NADI_SMS_URL=f"gateway+http://:outside-secret@127.0.0.1:{sms.port}/send?receipt_secret={quote(secret, safe='')}") as house:
        clinic, = await house.clinics(1)
        people = [{"name": f"Texted {n}", "phone": f"+9198123490{n:02d}", "email": f"reader{n}@home.example"} for n in range(20)]
        await booked(house, clinic, people)
        await until("every message is settled", lambda: settled(house, len(people)))
        able = [each["phone"] for each in people if each["phone"][-1] != "7"]
        expect("texts", Counter(address for address, _ in sms.taken), Counter(able))
        expect("moods that were met", {*sms.moods} >= {"busy", "broken", "away", "lost", "silent", "slow", "refused"}, True)
        signer, wire = Webhook(secret), house.wire(clinic)

        async def report(name: str, state: str, moment: float | None = None, by: Webhook = signer):
            said = datetime.fromtimestamp(moment or time.time(), tz=timezone.utc)
            body = json.dumps({"id": name, "state": state})
            return await wire.form("/v1/message-receipts/gateway", body.encode(), {
                "webhook-id": f"r-{name}-{state}", "webhook-timestamp": str(int(said.timestamp())),
                "webhook-signature": by.sign(f"r-{name}-{state}", said, body)}, "application/json")

        stranger = Webhook("whsec_" + base64.b64encode(b"s" * 24).decode())
        name = next(iter(sms.sent))
        expect("another's signature", (await report(name, "delivered", by=stranger)).status, 403)
        expect("yesterday's", (await report(name, "delivered", time.time() - 86_400)).status, 403)
        expect("nothing is settled by them", states(house)["sms delivered"], 0)
        for name in sms.sent:
            for state in ("delivered", "sent", "failed", "delivered"):
                expect("a receipt is taken", (await report(name, state)).status, 200)
        await until("all are delivered", lambda: states(house)["sms delivered"] == len(able))
        await until("nothing is left to heed", lambda: house.sql("SELECT count(*) FROM job WHERE kind = 'heed-receipt'") == [["0"]])
        expect("nothing went back", states(house), Counter({"sms delivered": 18, "sms failed": 2, "email sent": 2}))
    return f"{len(sms.taken)} texts of {sum(sms.asked.values())} tries; {4 * len(sms.sent)} receipts"


@check("a mail is ready for DKIM and can be ended by one click, which a program that only looks does not do")
async def unsubscribing() -> str:
    with Mailboxes() as mail, House(
            NADI_SMTP_URL=f"smtp://127.0.0.1:{mail.port}?from=desk%40mitra.example&name=Mitra", NADI_BASE_DOMAIN="localhost") as house:
        clinic, = await house.clinics(1)
        reader = {"name": "Reads", "email": "reader0@home.example"}
        await booked(house, clinic, [reader])
        await until("the mail is there", lambda: mail.taken)
        letter = email.message_from_bytes(mail.taken[0][1], policy=email.policy.default)
        domain = letter["From"].addresses[0].domain
        expect("the Message-ID is of the sender's domain", letter["Message-ID"].strip().endswith(f"@{domain}>"), True)
        expect("the envelope too", mail.senders[0].endswith(f"@{domain}"), True)
        expect("the post", letter["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        link = urlsplit(letter["List-Unsubscribe"].strip("<>"))
        expect("whose link", link.netloc, house.host(clinic.slug))
        wire = house.wire(clinic)
        page = await wire.get(link.path, token="")
        expect("looking", (page.status, b"<form" in page.body), (200, True))
        said = lambda: house.sql("SELECT concat_ws(' ', channel, category, wanted, said_by_kind) FROM message_consent")  # noqa: E731
        expect("looking changes nothing", said(), [])
        for _ in range(2):
            expect("one click", (await wire.form(link.path, b"List-Unsubscribe=One-Click")).status, 200)
        expect("what was said", said(), [["email appointment f link"]])
        expect("an altered link", (await wire.form(link.path[:-2] + "AA", b"List-Unsubscribe=One-Click")).status, 404)
        patient = house.sql("SELECT id FROM patient WHERE email = 'reader0@home.example'")[0][0]
        diary = Diary(house, clinic)
        slot, = await diary.slots(1)
        known = (await wire.get("/v1/patients?name=Reads")).json()["items"][0]["id"]
        expect("booked again", (await diary.book(wire, slot, patient=known)).status, 201)
        await until("the next mail is dropped", lambda: house.sql(
            "SELECT count(*) FROM message WHERE state = 'dropped' AND reason = 'declined'") == [["1"]])
        expect("mails", len(mail.taken), 1)
        expect("the trail", house.sql(f"SELECT count(*) FROM audit_event WHERE subject_id = '{patient}' "
                                      "AND subject_kind = 'message_consent'"), [["2"]])
    return "1 mail, 2 clicks, no second mail"


@check("production keeps no inbox, and takes no gateway that it cannot ask")
async def production() -> str:
    with House() as house:
        settings = {"NADI_ENV": "production", "NADI_SECRET": "s" * 40, "NADI_BASE_DOMAIN": "clinics.example"}
        refused = 0
        for name, value in [("NADI_SMS_URL", "inbox:"), ("NADI_SMS_URL", "twilio://AC1@x"), ("NADI_SMTP_URL", "inbox://x"),
                            ("NADI_WHATSAPP_URL", "smtp://x?from=a@b.example")]:
            house.environment |= settings | {name: value}
            try:
                house.command("config", "check")
            except RuntimeError as fault:
                refused += name in str(fault)
            del house.environment[name]
        expect("addresses that were refused by name", refused, 4)
    return "4 addresses refused"
