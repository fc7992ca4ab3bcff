"""Who a claim belongs to, so that a dead process's claims can be taken over at once.

A process id comes back after a while; with the time the process started it names one process. Both mean something on
one host only (a container is one: it has its own host name).
"""

from __future__ import annotations

import os
import socket


def this_process() -> str:
    """`host|pid|start`, the same for the whole life of this process; a forked child is another."""
    pid = os.getpid()
    return f"{socket.gethostname()}|{pid}|{_started(pid)}"


def is_dead(owner: str) -> bool:
    """True only where the owner was a process of this host that no longer runs."""
    host, pid, started = owner.rsplit("|", 2)
    return host == socket.gethostname() and not (_runs(int(pid)) and _started(int(pid)) == started)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _started(pid: int) -> str:
    """Ticks since boot at which a process started (proc(5), fields 3 and 22 of stat); "" where there is no /proc."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            # The second field, the program's name in brackets, may hold spaces and brackets.
            state, *fields = file.read().rpartition(")")[2].split()
    except (OSError, ValueError):
        return ""
    # A killed process whose parent has not asked for it yet still has its number.
    return "zombie" if state in "ZX" else fields[18]
