"""What the house says of itself, read by programs that others wrote."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .checks import check, expect
from .house import ROOT, House
from .people import People

EXAMPLES = os.environ.get("OUTSIDE_SCHEMATHESIS_EXAMPLES", "12")
TOOLS = Path(sys.executable).parent
OFFICES = ["tenant.admin", "doctor", "receptionist", "records.officer", "compliance.auditor", "billing.accountant"]
PROMTOOL = [Path("/usr/bin/promtool"), ROOT / ".build/debian/usr/bin/promtool"]


@check("openapi-spec-validator finds nothing wrong with /openapi.json")
async def openapi_is_valid() -> str:
    with House() as house:
        answer = await house.wire().get("/openapi.json")
        expect("status", answer.status, 200)
        document = house.folder / "openapi.json"
        document.write_bytes(answer.body)
        done = subprocess.run([TOOLS / "openapi-spec-validator", document], capture_output=True, text=True)
        expect(done.stdout + done.stderr, done.returncode, 0)
        return f"{len(json.loads(answer.body)['paths'])} paths, {len(answer.body)} bytes"


@check("schemathesis, with all its checks and the token of a reception, finds no promise broken")
async def schemathesis() -> str:
    with House() as house:
        clinic, *_ = await house.clinics(1)
        return attack(house, clinic.slug, clinic.token)


@check("schemathesis, as somebody who holds every office of the clinic, finds no promise broken")
async def schemathesis_in_office() -> str:
    with House() as house:
        clinic, *_ = await house.clinics(1)
        return attack(house, clinic.slug, People(house, clinic.slug).somebody(*OFFICES).wire.token)


def attack(house: House, slug: str, token: str) -> str:
    command = [
        TOOLS / "schemathesis", "--config-file", Path(__file__).with_name("schemathesis.toml"), "run",
        f"http://127.0.0.1:{house.port}/openapi.json", "--url", f"http://127.0.0.1:{house.port}", "--checks", "all",
        "--max-examples", EXAMPLES, "--continue-on-failure", "--header", f"Host: {house.host(slug)}",
        "--header", f"Authorization: Bearer {token}", "--no-color", "--seed", "2",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=house.folder)
    expect(excerpt(done.stdout) + done.stderr[-2000:], done.returncode, 0)
    expect("server errors in the log", [line for line in (house.folder / "nadi.log").read_text().splitlines() if '"level":"error"' in line][:5], [])
    return next(line.strip() for line in done.stdout.splitlines() if " generated, " in line)


def excerpt(told: str) -> str:
    """Generated bodies can be as long as they like; what was found in them matters."""
    return "\n".join(line[:500] for line in told.splitlines())[-60_000:]


@check("promtool finds nothing wrong with /metrics")
async def metrics() -> str:
    promtool = next((path for path in PROMTOOL if path.exists()), None)
    if promtool is None:
        subprocess.run([ROOT / "Deploy/unpack", ROOT / ".build/debian", "prometheus"], check=True)
        promtool = PROMTOOL[1]
    with House() as house:
        clinic, *_ = await house.clinics(1)
        await house.wire(clinic).get("/v1/me")
        answer = await house.wire().get("/metrics")
        expect("status", answer.status, 200)
        done = subprocess.run([promtool, "check", "metrics"], input=answer.body, capture_output=True)
        expect((done.stdout + done.stderr).decode(), done.returncode, 0)
        expect("no clinic is named to strangers", clinic.slug.encode() in answer.body, False)
        return f"{answer.body.count(b'# TYPE')} metrics"
