"""The outside tests: the release program, seen from where its callers stand.

    python -m Tests.Outside [WORD…]     a module (race) or a word of a sentence; without one, all of them
"""

import resource
import sys

from . import (  # noqa: F401 – entering their checks
    audit, commands, crash, credentials, documents, drain, federation, instances, isolation, jobs, live, login, messages, outage,
    probes, race, readme, revocation, roles, signout, slow, suspicions, templates, walk, webhooks)
from .checks import run

if __name__ == "__main__":
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    sys.exit(1 if run(sys.argv[1:]) else 0)
