"""Every exception that watcher raises on purpose.

    WatcherError                      base: one line that says what was wrong and what to do
    ├── ConfigError(path, line, key)  the configuration is refused; printed as it is, exit status 2
    │   └── ConfigErrors(errors)      several at once, one a line
    ├── FetchError(url, code)         no usable answer; `transient` decides the retry
    ├── ReadError(code)               an answer that is not what it should be (no links, a challenge page, not a PDF …)
    ├── StoreError                    the database refused; wraps the driver's error at the edge
    │   ├── StoreLost                 its server is away, or broke a transaction off: what was asked may be asked again
    │   └── ClaimLost(key)            another process works on it now, or it was configured anew: leave it alone
    ├── ArchiveError                  evidence that is missing or damaged
    ├── BackupError                   a backup that cannot be made, is damaged, or has no room where it should go
    ├── NotifyError(permanent)        a channel did not accept a message; `permanent` stops retrying
    ├── TemplateError(name, line)     a template of the operator's fails; at start it is a ConfigError
    ├── NothingFound                  a command has nothing to show, and says why; exit status 1
    └── UsageError                    a command was asked for something that does not exist (an unknown id)

Library exceptions are translated once, at the edge, with `from exc`; none crosses into `pipeline`.
"""

from __future__ import annotations

from typing import Final

from watcher.inert import inert


def _line(text: str) -> str:
    """What a site may have written, as one line: a second one would pass for one of ours in a log."""
    return " ".join(inert(text).split())


class WatcherError(Exception):
    """Base of everything raised on purpose; `str()` is one line for a person."""


class ConfigError(WatcherError):
    """A configuration that is refused: which file, which line, which key, what was expected."""

    def __init__(self, path: str, line: int | None, key: str | None, expected: str) -> None:
        self.path, self.line, self.key, self.expected = path, line, key, expected
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {key}: {expected}" if key else f"{where}: {expected}")


class ConfigErrors(ConfigError):  # noqa: N818  the plural of ConfigError
    """Several problems of one configuration, in the order of their lines; `str()` has one a line."""

    def __init__(self, errors: tuple[ConfigError, ...]) -> None:
        first = errors[0]
        super().__init__(first.path, first.line, first.key, first.expected)
        self.errors = errors

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


class FetchError(WatcherError):
    """No usable answer from `url`. `code` is stable and machine-readable (timeout, dns, refused, http_404 …).

    `hint` is what to do about `message`; `str()` is both. `unasked`: nothing was sent, since the host wants to be left
    alone for another `retry_after_s`: this says nothing of the page.
    """

    def __init__(
        self,
        url: str,
        code: str,
        message: str,
        *,
        transient: bool,
        status: int | None = None,
        retry_after_s: float | None = None,
        hint: str | None = None,
        unasked: bool = False,
    ) -> None:
        self.url, self.code, self.transient, self.status = url, code, transient, status
        self.unasked: Final = unasked
        self.retry_after_s: Final = retry_after_s
        self.message, self.hint = _line(message), hint  # parts of it come from the site
        super().__init__(f"{self.message} ({hint})" if hint else self.message)


class ReadError(WatcherError):
    """Bytes that are not what they should be. `code` is stable: no_links, challenge, javascript_list, empty …

    `facts`: what the message names, for alerts in other languages (`records.Problem`).
    """

    def __init__(
        self, code: str, message: str, *, hint: str | None = None, facts: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.code, self.message, self.hint = code, _line(message), hint and _line(hint)  # what a page says is in them
        self.facts = facts
        super().__init__(self.message)

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str], dict[str, object]]:
        """Exceptions are pickled by their text alone, which would lose the code on the way out of a worker."""
        return ReadError, (self.code, str(self)), {"hint": self.hint, "facts": self.facts}


class StoreError(WatcherError):
    """The database refused or cannot be used."""


class StoreLost(StoreError):  # noqa: N818  what happened, rather than what went wrong
    """The database's server is away, or broke the transaction off; who asks again gets an answer when it is back."""


class ClaimLost(StoreError):  # noqa: N818  what happened, rather than what went wrong
    """The claim on `key` (source:ID, subscription:ID) is no longer ours: what it protects is left as it stands."""

    def __init__(self, key: str) -> None:
        self.key: Final = key
        super().__init__(f"{key}: taken over by another process, or configured anew; this one leaves it alone")


class ArchiveError(WatcherError):
    """A record of the archive is not there, or not whole: which file, and what of it."""


class BackupError(WatcherError):
    """A backup that cannot be made or taken back: what is wrong with it, or in its way."""


class NotifyError(WatcherError):
    """A channel did not accept a message; its text never holds the channel's address.

    `content`: what this one message says is refused for good, which says nothing of others. `unsure`: it may have
    accepted it, and the answer was lost. `recipient`: the mail address that itself was refused, and so is whatever else
    is sent there; never in the text.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        content: bool = False,
        unsure: bool = False,
        recipient: str | None = None,
    ) -> None:
        self.permanent, self.content = permanent or content, content
        self.unsure, self.recipient = unsure, recipient
        super().__init__(message)


class UsageError(WatcherError):
    """A command was asked for something that does not exist; exit status 2."""


class TemplateError(WatcherError):
    """A template that cannot be read or rendered: which, on which line, and why."""

    def __init__(self, name: str, line: int | None, reason: str) -> None:
        self.name, self.line, self.reason = name, line, " ".join(reason.split())[:300]
        super().__init__(f"{name if line is None else f'{name}:{line}'}: {self.reason}")


class NothingFound(WatcherError):  # noqa: N818  what happened, rather than what went wrong
    """A command has nothing to show; `str()` says why; exit status 1."""
