"""Commands in processes of their own, forked from one that has loaded what they need: loading is most of their time.

python -m tests.warm SOCKET    waits for commands there: their arguments, their environment, their three files

The processes are real ones, with real files, real exit statuses and nothing shared. What only a cold start shows, as
the encoding of a terminal, is tested by starting one.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import watcher.cli
from tests import migrated

# What the commands load when they need it.
LOADED: Final = (
    *(f"watcher.cli.{path.stem}" for path in Path(watcher.cli.__file__).parent.glob("[a-z]*.py")),
    "watcher.app", "watcher.config.edit", "watcher.config.entries", "watcher.config.schema", "watcher.export",
    "watcher.notify.post",
    "watcher.openings", "watcher.preview", "watcher.render.calendar", "watcher.render.message", "watcher.store.upgrade",
)  # fmt: skip
AT_MOST_S: Final = 120
_LARGEST: Final = 1 << 20  # bytes of arguments and environment


def run(
    arguments: Sequence[str], *, stdin: str | None, environment: Mapping[str, str], cwd: Path | None = None
) -> tuple[int, str, str]:
    """The exit status of `watcher` with these arguments (of a signal: minus its number), what it wrote, its errors."""
    asked = json.dumps([list(arguments), dict(environment), str(cwd or Path.cwd())]).encode()
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write((stdin or "").encode())
        given.seek(0)
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(AT_MOST_S)
            line.connect(_server())
            socket.send_fds(line, [asked], [given.fileno(), out.fileno(), err.fileno()])
            status = int(line.recv(16))
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
    return status, *texts  # type: ignore[return-value]


@cache
def _server() -> str:
    """The address of this test process's server, which ends with it."""
    folder = tempfile.TemporaryDirectory(prefix="warm-")
    address = str(Path(folder.name) / "socket")
    process = subprocess.Popen([sys.executable, "-m", "tests.warm", address], stdin=subprocess.PIPE)
    atexit.register(folder.cleanup)
    atexit.register(process.kill)
    while not Path(address).exists():
        assert process.poll() is None, "the server of warm commands did not start"
        time.sleep(0.01)
    return address


def _serve(address: str) -> None:
    watcher.cli._start_light()
    for name in LOADED:
        importlib.import_module(name)
    migrated.use()
    migrated.new_file()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    parent = os.getppid()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(f"{address}.new")
        door.listen()
        Path(f"{address}.new").rename(address)  # who finds it may connect
        door.settimeout(1)
        while os.getppid() == parent:
            try:
                line, _ = door.accept()
            except TimeoutError:
                continue
            line.setblocking(True)
            if not os.fork():
                door.close()
                _answer(line)
                os._exit(0)
            line.close()


def _answer(line: socket.socket) -> None:
    """Run the command in a process below this one, and say how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    asked, files, _, _ = socket.recv_fds(line, _LARGEST, 3)
    arguments, environment, cwd = json.loads(asked)
    child = os.fork()
    if not child:
        line.close()
        _become(arguments, environment, cwd, files)
    _, status = os.waitpid(child, 0)
    line.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def _become(arguments: list[str], environment: dict[str, str], cwd: str, files: list[int]) -> None:
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["watcher", *arguments]
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(os.fdopen(number, mode), "utf-8", errors, write_through=number == 2)
        for number, mode, errors in ((0, "rb", "strict"), (1, "wb", "strict"), (2, "wb", "backslashreplace"))
    )
    status = 1
    try:
        watcher.cli.main()
    except SystemExit as exc:
        status = exc.code if isinstance(exc.code, int) else int(exc.code is not None)
    except BaseException:  # noqa: BLE001  as the interpreter does
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve(sys.argv[1])
