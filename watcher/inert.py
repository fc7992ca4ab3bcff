"""Text of strangers made inert: without the characters that steer a terminal or a mail instead of being read.

Control characters begin escape sequences (colours, the window's title, moves of the cursor); marks of direction show
`gpj.exe` as `exe.jpg`. An address that somebody copies into the configuration must not take a secret along, as
`?k=${SMTP_PASS}` would. Markup is no business of this module: who renders it escapes it.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

# C0 but for tab and line breaks, DEL, C1; direction marks, embeddings and isolates (UAX #9, 2); zero-width characters,
# tags and the other invisible format characters (Unicode's Cf); halves of characters.
STEERING: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)


def inert(text: str) -> str:
    """Return `text` without what steers."""
    return STEERING.sub("", text)


def inert_address(address: str) -> str:
    """Return `address` with what steers, and the brace of a `${`, in percent signs: to its server that is the same."""
    return STEERING.sub(lambda match: quote(match[0], errors="replace"), address).replace("${", "$%7B")
