"""The command line: thin. Parse arguments, call, print; heavy imports only in the commands that need them.

Exit status: 0 done, 1 something could not be read or sent, 2 bad usage or configuration.
"""

from __future__ import annotations

import gc
import os
import sys

from watcher.errors import ConfigError, UsageError, WatcherError


def main() -> None:
    """Run the command line; an error is one line on standard error, never a traceback."""
    _start_light()
    from typer import Abort
    from typer.exceptions import TyperException

    from watcher.cli.commands import application

    # What a terminal's encoding lacks is written as its escape, and a file name that is no UTF-8 is not fatal.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        sys.exit(application(sys.argv[1:])(prog_name="watcher", standalone_mode=False))
    except TyperException as exc:
        sys.exit(_usage(exc))
    except (Abort, KeyboardInterrupt):
        sys.exit(_fail("stopped", status=130))
    except (ConfigError, UsageError) as exc:
        sys.exit(_fail(str(exc), status=2))
    except WatcherError as exc:
        sys.exit(_fail(str(exc), status=1))
    except BrokenPipeError:  # `watcher list | head`
        sys.stderr.close()
        sys.exit(141)
    except OSError as exc:  # a full disk under the output, a folder that went away
        sys.exit(_fail(f"{exc.filename or 'output'}: {exc.strerror or exc}", status=1))
    except UnicodeEncodeError:  # the bytes of an argument, on their way into the database
        sys.exit(_fail("expected arguments in UTF-8", status=2))


def _start_light() -> None:
    """Leave out what libraries would do at every start for nobody: a fifth of its time."""
    gc.set_threshold(500_000, 10, 5)  # with Python's 700, garbage is looked for hundreds of times among new modules
    # httpx would load a command line of its own, with Pygments and Markdown; told that there is none, it goes without.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # it would look through all that is installed


def _usage(exc: Exception) -> int:
    """One line for a wrong argument, with where its help stands; the help itself where no command was named."""
    context = getattr(exc, "ctx", None)
    message = _refused(exc) or getattr(exc, "format_message", exc.__str__)()
    if message.startswith("Usage:"):  # a group named without a command
        print(message)
        return 0
    see = " See" if message.endswith("?") else "; see"
    where = f"{see} `{context.command_path} --help`" if context is not None else ""
    return _fail(f"{message.rstrip('.')}{where}", status=2)


def _refused(exc: Exception) -> str | None:
    """A value that pydantic refused for typer, said as all else is; None where it was refused otherwise."""
    errors, parameter = getattr(exc.__cause__, "errors", None), getattr(exc, "param", None)
    if errors is None or parameter is None:
        return None
    first = errors()[0]
    bounds = first.get("ctx", {})
    choices = str(bounds.get("error", "")).partition(" is not one of ")[2].replace("'", "").rstrip(".")
    expected = {
        "greater_than_equal": f"a whole number of at least {bounds.get('ge')}",
        "less_than_equal": f"a whole number of at most {bounds.get('le')}",
        "int_parsing": "a whole number",
        "int_parsing_size": "a smaller number",
        "value_error": choices and f"one of {choices}",
    }.get(first["type"])
    given = str(first["input"])[:40]
    return f"{parameter.opts[-1]}: expected {expected}, got {given!r}" if expected else None


def _fail(message: str, *, status: int) -> int:
    for line in message.splitlines():
        print(f"watcher: {line}", file=sys.stderr)
    return status
