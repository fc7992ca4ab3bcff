"""`python launch.py SECONDS OUT COMMAND…`: run a command for at most so long, its output to OUT, and print its cost.

A process of its own, and a small one: Linux counts the memory of the process that forks as its child's.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from time import monotonic


def main() -> None:
    seconds, out, *command = sys.argv[1:]
    start = monotonic()
    with open(out, "wb") as output:
        try:
            status = subprocess.run(
                command, stdout=output, stderr=subprocess.DEVNULL, timeout=float(seconds)
            ).returncode
        except subprocess.TimeoutExpired:
            status = None
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {"wall_s": monotonic() - start, "cpu_s": usage.ru_utime + usage.ru_stime}
    print(json.dumps({**cost, "memory_mb": usage.ru_maxrss / 1024, "status": status}))


if __name__ == "__main__":
    main()
