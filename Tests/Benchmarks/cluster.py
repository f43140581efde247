"""One private PostgreSQL for all systems of a measurement, so that none is tuned better than another."""

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from .processes import Server, free_port

BIN = Path("/usr/lib/postgresql/15/bin")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "2GB",
    "effective_cache_size": "8GB",
    "max_connections": "120",
    "jit": "off",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    "deadlock_timeout": "200ms",
    "logging_collector": "on",
    "log_destination": "jsonlog",
    "log_rotation_size": "0",
    "log_directory": "log",
    "log_filename": "all.log",
}


class Cluster:
    """Durable as in production: commits reach the disk, pages are written in full."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.owner = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        data = folder / "data"
        data.mkdir(parents=True)
        if os.getuid() == 0:
            shutil.chown(folder, self.owner)
            shutil.chown(data, self.owner)
        self.as_owner = {"user": self.owner, "group": pwd.getpwnam(self.owner).pw_gid, "extra_groups": []}
        if os.getuid() != 0:
            self.as_owner = {}
        subprocess.run(
            [BIN / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-k"],
            check=True, capture_output=True, cwd="/", **self.as_owner)
        options = [f"-c{key}={value}" for key, value in SETTINGS.items()]
        self.command = [str(BIN / "postgres"), "-D", str(data), "-p", str(self.port), f"-k{folder}", *options]
        self.statements = data / "log/all.json"
        self.log = folder / "postgres.log"
        self.start()
        if os.getuid() == 0:
            folder.chmod(0o755)

    def url(self, database: str = "postgres", user: str = "postgres", password: str = "") -> str:
        login = f"{user}:{password}" if password else user
        return f"postgres://{login}@127.0.0.1:{self.port}/{database}"

    def sql(self, text: str, database: str = "postgres", **variables: object) -> str:
        """Runs a script as the superuser; answers its last lines unaligned."""
        settings = [f"-v{key}={value}" for key, value in variables.items()]
        done = subprocess.run(
            ["psql", self.url(database), "-qXAt", "-vON_ERROR_STOP=1", *settings, "-f", "-"],
            input=text, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def start(self) -> None:
        """Returns once it takes connections: recovery may last a while."""
        def takes_connections(port: int) -> bool:
            return subprocess.run([BIN / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode == 0

        self.server = Server("postgres", self.command, self.port, self.log, cwd="/", **self.as_owner).wait(
            answers=takes_connections)
        self.pid = self.server.pid

    def stop(self) -> None:
        self.server.stop(signal.SIGINT)
