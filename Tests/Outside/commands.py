"""Nadi's command line, as an operator's scripts rely on it: what it prints, and how it ends."""

import json
import os
import subprocess
from dataclasses import dataclass

from .checks import check, expect
from .house import PROGRAM, ROOT, House
from .load import until

DONE, REFUSED, MISUSED = 0, 1, 2
FILE = str(ROOT / "TenantConfigs/sunrise-family-practice.json")
COMMANDS = [
    "serve", "migrate", "clinic create", "clinic list", "clinic suspend", "clinic resume", "clinic delete",
    "staff add", "staff list", "staff remove", "roles matrix", "inbox", "gateway set", "gateway remove", "token", "demo seed", "doctor", "openapi", "config check",
    "config schema", "config plan", "config apply", "database url", "completion",
]


@dataclass
class Desk:
    """The command line beside a house, with what it said kept apart."""

    environment: dict[str, str]

    def run(self, *words: str, expecting: int = DONE, **environment: str) -> subprocess.CompletedProcess:
        # A cluster of its own starts for each command when no server runs: a minute is more than it takes.
        done = subprocess.run([PROGRAM, *words], env=self.environment | environment, cwd=ROOT, text=True, timeout=60,
                              capture_output=True, stdin=subprocess.DEVNULL)
        expect(f"nadi {' '.join(words)}\n{done.stdout[-800:]}{done.stderr[-800:]}", done.returncode, expecting)
        return done

    def json(self, *words: str, expecting: int = DONE, **environment: str) -> dict:
        return json.loads(self.run(*words, "--json", expecting=expecting, **environment).stdout)


@check("every command explains itself, and misuse is told apart from a refusal")
def usage() -> str:
    desk = Desk(os.environ | {"NO_COLOR": "1"})
    listed = desk.run("--help").stdout
    for command in COMMANDS:
        words = command.split()
        expect(f"'{command}' is listed", f"  {command} " in listed, True)
        told = desk.run(*words, "--help").stdout
        expect(f"{command} --help shows an example", "Examples:" in told and f"nadi {command}" in told, True)
        expect(f"{command} knows --json", "--json" in told, True)
        complaint = desk.run(*words, "--no-such-option", expecting=MISUSED).stderr
        expect(f"{command} names the option", "--no-such-option" in complaint, True)
    for words in ([], ["nonsense"], ["clinic", "nonsense"], ["clinic", "create"], ["clinic", "suspend"],
                  ["database", "url", "--as", "nobody"], ["completion", "tcsh"], ["clinic", "list", "surplus"],
                  ["token", "--clinic", "x", "--staff", "y"], ["demo", "seed", "--clinics", "many"]):
        desk.run(*words, expecting=MISUSED)
    missing = desk.run("clinic", "create", expecting=MISUSED).stderr
    expect("everything missing at once", [name for name in ("--slug", "--name", "--config") if name not in missing], [])
    return f"{len(COMMANDS)} commands"


@check("completion scripts name every command")
def completion() -> str:
    desk = Desk(os.environ | {"NO_COLOR": "1"})
    for shell in ("bash", "zsh", "fish"):
        script = desk.run("completion", shell).stdout
        expect(shell, [word for command in COMMANDS for word in command.split() if word not in script], [])
    expect("bash takes its script", subprocess.run(["bash", "-n"], input=desk.run("completion", "bash").stdout,
                                                   text=True).returncode, 0)
    script = desk.run("completion", "bash").stdout + 'COMP_WORDS=(nadi clinic ""); COMP_CWORD=2; _nadi; echo "${COMPREPLY[*]}"'
    offered = subprocess.run(["bash", "-c", script], text=True, capture_output=True).stdout.split()
    expect("after 'nadi clinic'", sorted(offered), ["create", "delete", "list", "resume", "suspend"])
    return "bash, zsh, fish"


@check("a clinic's life, by the command line beside a serving house")
async def life_of_a_clinic() -> str:
    with House() as house:
        desk = Desk(house.environment)
        made = desk.json("clinic", "create", "--slug", "harbour", "--name", "Harbour", "--config", FILE,
                         "--organisation", "coast")
        expect("its URL", made["url"], f"http://harbour.localhost:{house.port}")
        desk.json("clinic", "create", "--slug", "harbour", "--name", "Again", "--config", FILE, expecting=REFUSED)
        listed = {clinic["slug"]: clinic for clinic in desk.json("clinic", "list")["clinics"]}
        expect("as listed", (listed["harbour"]["state"], listed["harbour"]["organisation"], listed["harbour"]["id"]),
               ("open", "coast", made["id"]))
        clinic = await house.clinic("harbour")
        me = (await house.wire(clinic).get("/v1/me")).json()
        staff = desk.json("staff", "list", "--clinic", "harbour")["staff"]
        expect("the staff", [each["roles"] for each in staff], [["receptionist"]])
        expect("who the token is", staff[0]["id"] in json.dumps(me), True)
        await suspended_and_resumed(house, desk, clinic)
        desk.json("staff", "remove", "--clinic", "harbour", "--staff", staff[0]["id"])
        desk.run("clinic", "delete", "harbour", "--confirm", "harbour", expecting=REFUSED)  # still open
        desk.json("clinic", "suspend", "harbour")
        desk.run("clinic", "delete", "harbour", expecting=REFUSED)  # nobody types the slug here
        desk.run("clinic", "delete", "harbour", "--confirm", "harbor", expecting=REFUSED)
        desk.json("clinic", "delete", "harbour", "--confirm", "harbour")
        expect("clinics left", desk.json("clinic", "list")["clinics"], [])
        expect("rows left", house.sql("SELECT count(*) FROM staff_member"), [["0"]])
        return "created, suspended, resumed, deleted"


async def suspended_and_resumed(house: House, desk: Desk, clinic) -> None:
    async def is_closed() -> bool:
        return (await house.wire(clinic).get("/v1/me")).status == 404

    async def is_open() -> bool:
        return (await house.wire(clinic).get("/v1/me")).status == 200

    desk.json("clinic", "suspend", clinic.slug)
    await until(is_closed, 1)  # the server hears of it from the database
    desk.json("clinic", "suspend", clinic.slug, expecting=REFUSED)
    desk.json("clinic", "resume", clinic.slug)
    await until(is_open, 1)
    refusal = desk.json("clinic", "suspend", "nobody-here", expecting=REFUSED)
    expect("the refusal says why", "nobody-here" in refusal["refused"][0], True)


@check("a clinic's file is planned, applied once, and refused with every complaint")
async def configuration() -> str:
    with House() as house:
        desk = Desk(house.environment)
        desk.json("clinic", "create", "--slug", "harbour", "--name", "Harbour", "--config", FILE)
        body = json.loads((ROOT / "TenantConfigs/sunrise-family-practice.json").read_text())
        changed, broken = house.folder / "changed.json", house.folder / "broken.json"
        changed.write_text(json.dumps(body | {"name": "Harbour Clinic"}))
        broken.write_text(json.dumps(body | {"country": "Mars", "currency": "gold", "surprise": 1}))
        words = ("--clinic", "harbour", "--config")
        expect("unchanged", desk.json("config", "plan", *words, FILE)["changes"], [])
        plan = desk.json("config", "plan", *words, str(changed))
        expect("planned", [each["pointer"] for each in plan["changes"]], ["/name"])
        expect("applied", desk.json("config", "apply", *words, str(changed))["changes"], plan["changes"])
        expect("applied again", desk.json("config", "apply", *words, str(changed))["changes"], [])
        told = " ".join(desk.json("config", "apply", *words, str(broken), expecting=REFUSED)["refused"])
        expect("complaints", [key for key in ("/country", "/currency", "/surprise") if key not in told], [])
        desk.run("config", "plan", *words, "/nowhere.json", expecting=REFUSED)
        expect("the schema is one", desk.json("config", "schema")["type"], "object")
        return "1 change, 3 complaints"


@check("the same seed gives the same ids, on another machine too")
def deterministic() -> str:
    def seeded(seed: str) -> tuple:
        house = House()
        try:
            desk = Desk(house.environment | {"NADI_PORT": "8080"})
            desk.json("demo", "seed", "--clinics", "2", "--seed", seed, expecting=REFUSED)  # no tables yet
            plan = desk.json("migrate", "--plan")["pending"]
            expect("applied as planned", desk.json("migrate")["applied"], plan)
            expect("nothing more to do", desk.json("migrate", "--plan")["pending"], [])
            told = desk.json("demo", "seed", "--clinics", "4", "--seed", seed)
            expect("clinics", len(told["clinics"]), 4)
            expect("doctor", desk.json("doctor")["well"], True)
            ids = [(each["slug"], each["id"]) for each in desk.json("clinic", "list")["clinics"]]
            return told, ids
        finally:
            house.__exit__()

    first = seeded("7")
    expect("seeded again", seeded("7"), first)
    expect("another seed is another cast", seeded("8") == first, False)
    return f"{len(first[1])} clinics alike"


@check("each login of the database can be shown and used")
async def logins() -> str:
    with House() as house:
        desk = Desk(house.environment)
        for role, name in (("superuser", None), ("owner", "nadi_owner"), ("app", "nadi_app"), ("auditor", "nadi_auditor")):
            url = desk.json("database", "url", "--as", role)["url"]
            done = subprocess.run(["psql", url, "-XqAtc", "SELECT current_user"], capture_output=True, text=True)
            expect(f"{role}: {done.stderr}", done.returncode, 0)
            expect(role, name is None or done.stdout.strip() == name, True)
        document = desk.json("openapi")
        served = (await house.wire().get("/openapi.json")).json()
        expect("the document printed is the document served", document, served)
        return "superuser, owner, app, auditor"


@check("production refuses what only development may have, all at once")
async def production() -> str:
    with House() as house:
        clinic, *_ = await house.clinics(1)
        staff = house.command("staff", "list", "--clinic", clinic.slug)["staff"][0]["id"]
        desk = Desk(house.environment | {"NADI_ENV": "production"})
        missing = " ".join(desk.json("config", "check", expecting=REFUSED)["refused"])
        expect("both are named", [name for name in ("NADI_SECRET", "NADI_BASE_DOMAIN") if name not in missing], [])
        secret = {"NADI_SECRET": "a secret of more than thirty-two characters"}
        for environment in (secret | {"NADI_BASE_DOMAIN": "localhost"}, {"NADI_BASE_DOMAIN": "clinics.example"}):
            desk.run("config", "check", expecting=REFUSED, **environment)
            desk.run("serve", expecting=REFUSED, **environment)
        given = secret | {"NADI_BASE_DOMAIN": "clinics.example"}
        expect("with both", desk.json("config", "check", **given)["settings"]["mode"], "production")
        refusal = desk.json("token", "--clinic", clinic.slug, "--staff", staff, expecting=REFUSED, **given)
        expect("no token", "production" in " ".join(refusal["refused"]), True)
        expect("no demo", "production" in " ".join(desk.json("demo", "seed", expecting=REFUSED, **given)["refused"]), True)
        placeholder = desk.json("config", "check", expecting=REFUSED, **given | {"NADI_SECRET": "changeme" * 5})["refused"]
        expect("no placeholder for a secret", ["NADI_SECRET" in each for each in placeholder], [True])
        wrong = desk.json("config", "check", expecting=REFUSED, NADI_ENV="development", NADI_PORT="x", NADI_LOOPS="0",
                          NADI_CONNECTIONS="none")["refused"]
        expect("everything wrong at once", len(wrong), 3)
        doubts = desk.json("config", "check", NADI_ENV="development", NADI_PROT="1")["doubts"]
        expect("a misspelt name", len(doubts), 1)
        kept = desk.json("inbox", "--clinic", clinic.slug, expecting=REFUSED, **given)
        expect("no inbox at the command line", "production" in " ".join(kept["refused"]), True)
    with House(NADI_ENV="production", **given) as house:
        house.command("clinic", "create", "--slug", "mitra", "--name", "Mitra", "--config", "TenantConfigs/sunrise-family-practice.json")
        for path in ("/dev/inbox", "/dev/inbox?limit=1"):
            for host in ("mitra.clinics.example", "clinics.example"):
                expect(f"{path} at {host}", (await house.wire().get(path, host=host)).status, 404)
        expect("nor in the document", "/dev/inbox" in (await house.wire().get("/openapi.json", host="clinics.example")).json()["paths"], False)
        return "token, secret, domain, demo, inbox"
