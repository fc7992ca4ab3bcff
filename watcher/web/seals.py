"""Seals on what comes back to us by way of a browser or a mail: forms, and links to confirm.

A form's seal holds the session that it was given to, so that no other site can send it (CSRF); it is another one each
time, so that nothing of it can be guessed from the size of a packed page.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any, Final

from itsdangerous import BadData, URLSafeTimedSerializer

from watcher.errors import StoreError

KEY_FILE: Final = "web.key"
FORM_S: Final = 12 * 3600
LINK_S: Final = 3 * 86_400
_KEY_BYTES: Final = 32


class Seals:
    """Seals made with one key; what another key made is void."""

    def __init__(self, key: bytes) -> None:
        self._forms = URLSafeTimedSerializer(key, salt="watcher form")
        self._links = URLSafeTimedSerializer(key, salt="watcher link")

    def form(self, session: str) -> str:
        return self._forms.dumps([session, secrets.token_hex(8)])

    def is_form(self, seal: str, session: str) -> bool:
        """Whether this seal was given to this session, not too long ago."""
        try:
            given = self._forms.loads(seal, max_age=FORM_S)
        except BadData:
            return False
        return isinstance(given, list) and bool(session) and secrets.compare_digest(str(given[0]), session)

    def link(self, content: dict[str, Any]) -> str:
        return self._links.dumps(content)

    def opened(self, link: str) -> dict[str, Any] | None:
        """What a link holds; None where it is none of ours, or too old."""
        try:
            content = self._links.loads(link, max_age=LINK_S)
        except BadData:
            return None
        return content if isinstance(content, dict) else None


def kept_seals(state: Path) -> Seals:
    """Seals with the key in the state folder, which is made where there is none; readable by its owner only.

    Raises StoreError where the folder cannot be written.
    """
    path = state / KEY_FILE
    try:
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            key = path.read_bytes()
        else:
            key = secrets.token_bytes(_KEY_BYTES)
            with os.fdopen(handle, "wb") as file:
                file.write(key)
    except OSError as exc:
        raise StoreError(f"{path}: {exc.strerror}; this user must be able to write the state folder") from exc
    if len(key) != _KEY_BYTES:  # another process made it this moment, or a disk was full
        raise StoreError(f"{path}: damaged; remove it, and mailed links that wait for confirmation become void")
    return Seals(key)
