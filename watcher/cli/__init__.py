"""The command line: thin. Parse arguments, call, print; heavy imports only in the commands that need them.

Exit status: 0 done, 1 something could not be read or sent, 2 bad usage or configuration.
"""

from __future__ import annotations

import sys

from watcher.errors import ConfigError, UsageError, WatcherError


def main() -> None:
    """Run the command line; an error of ours is one line on standard error, never a traceback."""
    from watcher.cli.commands import app

    try:
        app(prog_name="watcher")
    except (ConfigError, UsageError) as exc:
        sys.exit(_fail(exc, status=2))
    except WatcherError as exc:
        sys.exit(_fail(exc, status=1))
    except BrokenPipeError:  # `watcher list | head`
        sys.stderr.close()
        sys.exit(141)


def _fail(exc: WatcherError, *, status: int) -> int:
    print(f"watcher: {exc}", file=sys.stderr)
    return status
