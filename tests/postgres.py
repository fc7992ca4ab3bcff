"""A PostgreSQL of the test run's own: made in a temporary folder, on a socket there and on a free port of loopback.

Databases are copies of one that was migrated once. Nothing of a server that may run on this machine is touched.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

ROOM = 2 << 30  # bytes; a server takes a tenth of it
DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))


@cache
def programs() -> Path | None:
    """The folder of the newest server's programs; None where there is none, or no driver for it."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return None
    found = [path for path in reversed(DEBIAN) if (path / "initdb").exists()]
    if found:
        return found[0]
    other = shutil.which("initdb")
    return Path(other).parent if other else None


class Server:
    """A server that is stopped and started as an administrator does, or a power cut."""

    def __init__(self, folder: Path, *, locale: str = "C.UTF-8", fsync: bool = False) -> None:
        found = programs()
        assert found is not None
        self.programs, self.folder = found, folder
        self.data = folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._numbers = count(1)
        version = subprocess.check_output([found / "postgres", "--version"], text=True)
        # Files as they are, as older ones always do: through the log each page of them would be written twice.
        self._copied = " STRATEGY FILE_COPY" if int(re.findall(r"\d+", version)[0]) >= 15 else ""
        if os.geteuid() == 0:  # the server refuses to run as root
            owner = next(one for one in ("postgres", "nobody") if _exists(one))
            shutil.chown(folder, owner)
            self._as = ["setpriv", f"--reuid={owner}", f"--regid={pwd.getpwnam(owner).pw_gid}", "--clear-groups"]
        else:
            self._as = []
        self._run(
            "initdb", "-D", str(self.data), "-U", "watcher", "-A", "trust", "-E", "UTF8", f"--locale={locale}", "-N"
        )
        safe = "" if fsync else "fsync = off\nfull_page_writes = off\n"
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = ''\n")
            file.write(f"max_connections = 200\nshared_buffers = 64MB\nmax_wal_size = 96MB\n{safe}")

    def start(self) -> None:
        """Start it as a child, which ends with the test run, however that ends."""
        alone = ["setpriv", "--pdeathsig=QUIT"] if not self._as else [*self._as, "--pdeathsig=QUIT"]
        with (self.folder / "log").open("a", encoding="utf-8") as log:
            command = [*alone, str(self.programs / "postgres"), "-D", str(self.data)]
            self._process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)
        ask = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ask, check=False).returncode != 0:
            assert self._process.poll() is None, (self.folder / "log").read_text(encoding="utf-8")
            time.sleep(0.05)

    @property
    def pid(self) -> int:
        return self._process.pid

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """End it in order (a fast shutdown), or with SIGQUIT as a crash does."""
        self._process.send_signal(number)
        self._process.wait(60)

    def make(self, template: str | None = None) -> str:
        """A new database, empty or a copy of `template`; its address."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}{self._copied}" if template else ""))
        return self.address(name)

    def drop(self, address: str) -> None:
        """Give the memory of a database back, whoever is still connected to it; a disk has room for it."""
        if _memory() in self.folder.parents:
            self.execute(f"DROP DATABASE IF EXISTS {address.rpartition('/')[2]} WITH (FORCE)")

    def address(self, name: str) -> str:
        return f"postgresql+psycopg://watcher@127.0.0.1:{self.port}/{name}"

    def execute(self, statement: str, address: str | None = None) -> None:
        import psycopg

        where = (address or self.address("postgres")).replace("+psycopg", "")
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self.programs / program), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@cache
def _memory() -> Path | None:
    """A file system in memory where there is one with room: to a disk the 500 files of a new database take 0.2 s."""
    folder = Path("/dev/shm")
    roomy = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free > ROOM
    return folder if roomy else None


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


@contextmanager
def running(**options: object) -> Iterator[Server]:
    """A server of one's own, for who stops it."""
    # Not in pytest's folder, whose parents another user may not enter.
    folder = Path(tempfile.mkdtemp(prefix="watcher-pg-", dir=_memory()))
    try:
        server = Server(folder, **options)  # type: ignore[arg-type]
        server.start()
        try:
            yield server
        finally:
            server.stop(signal.SIGQUIT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
