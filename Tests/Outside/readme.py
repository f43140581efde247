"""The README's commands, run as they stand."""

import os
import re
import subprocess

from .checks import check, expect
from .house import PROGRAM, ROOT, House

LONG = re.compile(r"^make\b")


def commands() -> list[str]:
    """The lines of the README's shell blocks; a line that ends in a backslash goes on in the next."""
    blocks = re.findall(r"^```(?:sh|bash|console)\n(.*?)^```", (ROOT / "README.md").read_text(), re.M | re.S)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [line.removeprefix("$ ").strip() for line in lines if line.strip() and not line.startswith("#")]


@check("every command of the README runs as it stands")
async def readme() -> str:
    told = commands()
    expect("the README names commands", len(told) > 2, True)
    with House(NADI_PORT="8080") as house:
        house.port = 8080
        environment = house.environment | {"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"}
        for command in told:
            # The Makefile's own targets run this very test: that they exist and expand is checked here.
            script = re.sub(LONG, "make -n", command)
            done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], env=environment, cwd=ROOT,
                                  capture_output=True, text=True, timeout=60)
            expect(f"{command}\n{done.stdout[-1500:]}{done.stderr[-1500:]}", done.returncode, 0)
    return f"{len(told)} commands"
