"""What a backup holds, as its last member says it: written last, so that a backup cut short has none. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from watcher.archive.names import is_file
from watcher.errors import BackupError

NAME: Final = "manifest.json"
DATABASE: Final = "watcher.db"  # an SQLite file, whichever kind of database it was
EVIDENCE: Final = "archive/"
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Held:
    """A file of the backup: its bytes, and their SHA-256 in hexadecimal digits."""

    bytes: int
    digest: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A table: its rows, and the digest of what they say (`store.contents`)."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`missing`: files of the archive that the database names, and that were gone or too short when it was made."""

    watcher: str
    schema: str
    made_at: datetime
    tables: Mapping[str, Filled]
    files: Mapping[str, Held]
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tables.values())


def is_member(name: str) -> bool:
    """Whether a backup may hold it beside the manifest: what is not ours would be written anywhere."""
    return name == DATABASE or (name.startswith(EVIDENCE) and is_file(name.removeprefix(EVIDENCE)))


def encode(manifest: Manifest) -> bytes:
    fields = {**asdict(manifest), "format": _FORMAT, "made_at": manifest.made_at.isoformat()}
    return json.dumps(fields, ensure_ascii=False, indent=1).encode()


def decode(written: bytes) -> Manifest:
    """Raises BackupError for what is no manifest, or that of a later format."""
    try:
        fields: dict[str, Any] = json.loads(written)
        if fields["format"] != _FORMAT:
            raise BackupError(f"it is of format {fields['format']}: it was made by a newer watcher")
        return Manifest(
            watcher=fields["watcher"],
            schema=fields["schema"],
            made_at=datetime.fromisoformat(fields["made_at"]),
            tables={name: Filled(**one) for name, one in fields["tables"].items()},
            files={name: Held(**one) for name, one in fields["files"].items()},
            missing=tuple(fields["missing"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupError(f"its {NAME} cannot be read") from error


def faults(manifest: Manifest, found: Mapping[str, Held]) -> Iterator[str]:
    """What of the files is not as the manifest has it, a line each."""
    for name in sorted(manifest.files.keys() | found.keys()):
        if name not in found:
            yield f"{name} is missing"
        elif name not in manifest.files:
            yield f"{name} does not belong to it"
        elif found[name] != manifest.files[name]:
            yield f"{name} is damaged"
