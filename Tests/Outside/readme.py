"""The README: its commands run as they stand, its links followed."""

import re
import subprocess

from .checks import check, expect
from .house import PROGRAM, ROOT, House

# What the README assumes of its reader's machine, and what this test has instead.
ADDRESS = re.compile(r"(?<=localhost:)8080\b")
BUILT = "$PWD/.build/release"
# The Makefile's targets run this very test, or for half an hour: that they exist and expand is checked here.
MAKE = re.compile(r"^((?:\w+=\S+ )*)make\b", re.M)
VARIABLE = re.compile(r"\bNADI_[A-Z_]*[A-Z]\b")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)\)")


def blocks() -> list[str]:
    """The README's shell blocks, in order."""
    return re.findall(r"^```(?:sh|bash|console)\n(.*?)^```", (ROOT / "README.md").read_text(), re.M | re.S)


def commands(block: str) -> list[str]:
    """The lines of a block; a line that ends in a backslash goes on in the next."""
    lines = block.replace("\\\n", " ").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def script(told: list[str], house: House) -> str:
    """All of them in one shell, as a reader would type them: each is shown before it runs, and must succeed."""
    lines = ["set -euo pipefail"]
    for number, command in enumerate(told):
        command = MAKE.sub(r"\1make -n", ADDRESS.sub(str(house.port), command)).replace(BUILT, str(PROGRAM.parent))
        lines += [f"echo '[command {number}]' >&2", command]
    return "\n".join(lines) + "\necho '[all]' >&2\n"


@check("every command of the README runs as it stands")
async def readme() -> str:
    told = [command for block in blocks() for command in commands(block)]
    expect("the README has blocks of commands", len(blocks()) > 5 and len(told) > 30, True)
    with House() as house:
        house.command("demo", "seed", "--clinics", "3")  # what `make run` opens
        # An answer of 4xx or 5xx is a failure, though curl by itself does not think so.
        (house.folder / ".curlrc").write_text("fail-with-body\n")
        done = subprocess.run(["bash", "-c", script(told, house)], cwd=ROOT, capture_output=True, text=True, timeout=120,
                              env=house.environment | {"CURL_HOME": str(house.folder)})
    reached = re.findall(r"^\[command (\d+)\]$", done.stderr, re.M)
    last = told[int(reached[-1])] if reached else "nothing"
    expect(f"{last}\n{done.stdout[-1500:]}{done.stderr[-1500:]}", done.returncode, 0)
    expect("the last command was reached", done.stderr.rstrip().endswith("[all]"), True)
    return f"{len(told)} commands"


@check("every link of the README and of the door signs leads somewhere")
def links() -> str:
    signs = [ROOT / "README.md", *(sign for folder in ("Sources", "Plugins", "Tests", "TenantConfigs", "Migrations", "Deploy")
                                   for sign in (ROOT / folder).rglob("README.md"))]
    followed = [(sign, link) for sign in signs for link in LINK.findall(sign.read_text())]
    lost = [f"{sign.relative_to(ROOT)}: {link}" for sign, link in followed if not (sign.parent / link).exists()]
    expect("links that lead nowhere", lost, [])
    expect("the README has links", len(followed) > 40, True)
    return f"{len(followed)} links on {len(signs)} pages"


@check("the README names every variable that the program reads, and no other")
def variables() -> str:
    sources = "".join((ROOT / "Sources/Nadi" / name).read_text()
                      for name in ("Configuration.swift", "Configuration+Rooms.swift", "EnvironmentReader.swift"))
    read, told = ({*VARIABLE.findall(text)} for text in (sources, (ROOT / "README.md").read_text()))
    expect("read but not told", sorted(read - told), [])
    expect("told but not read", sorted(told - read), [])
    return f"{len(read)} variables"
