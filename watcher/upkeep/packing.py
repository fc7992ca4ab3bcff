"""A backup as a file: a tar packed with zstd, which `tar --zstd` reads too; its members are written and compared."""

from __future__ import annotations

import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from watcher.errors import BackupError
from watcher.upkeep.manifest import NAME, Held, Manifest, decode, encode, faults, is_member

if sys.version_info >= (3, 14):
    from compression import zstd as zstd
else:
    from backports import zstd as zstd

_PIECE: Final = 1 << 20
_OPTIONS: Final[dict[int, int]] = {zstd.CompressionParameter.checksum_flag: 1}
# A manifest names each file and table in a hundred bytes or two; of a hundred years it is some 10 MB.
_LONGEST_MANIFEST: Final = 64 << 20


class Out(Protocol):
    """Where a member is written to, which may be nowhere."""

    def write(self, piece: bytes, /) -> object: ...


class Nowhere:
    def write(self, piece: bytes, /) -> object:
        return len(piece)


class Packer:
    """Adds members to a tar that is being written."""

    def __init__(self, tar: tarfile.TarFile, mtime: float) -> None:
        self._tar, self._mtime = tar, mtime
        self.held: dict[str, Held] = {}

    def add(self, name: str, path: Path, length: int | None = None) -> None:
        """The first `length` bytes of a file, or all. Raises OSError, also where it is shorter."""
        with path.open("rb") as file:
            content = _Measured(file)
            self._put(name, content, path.stat().st_size if length is None else length)
        self.held[name] = content.held

    def finish(self, manifest: Manifest) -> None:
        written = encode(manifest)
        self._put(NAME, BytesIO(written), len(written))

    def _put(self, name: str, content: Any, length: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = length, self._mtime, 0o600
        self._tar.addfile(info, content)


@contextmanager
def packed(out: BinaryIO, mtime: float) -> Iterator[Packer]:
    with (
        zstd.ZstdFile(out, "w", options=_OPTIONS) as packing,
        tarfile.open(fileobj=packing, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        yield Packer(tar, mtime)


class _Measured:
    """A file that is read, counted and digested as it goes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._bytes, self._digest = file, 0, sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._bytes += len(piece)
        self._digest.update(piece)
        return piece

    @property
    def held(self) -> Held:
        return Held(self._bytes, self._digest.hexdigest())


def unpack(file: BinaryIO, place: Path | None = None) -> Manifest:
    """Read a backup to its end and compare each member with what its manifest says; write them below `place`, if any.

    Raises:
        BackupError: it is damaged, cut short, or no backup.
        OSError: a file cannot be written.
    """
    found: dict[str, Held] = {}
    manifest = None
    try:
        with zstd.ZstdFile(file) as unpacking, tarfile.open(fileobj=unpacking, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None or manifest is not None or member.name in found:
                    raise BackupError("it is no backup of watcher")
                if member.name == NAME and member.size <= _LONGEST_MANIFEST:
                    manifest = decode(content.read())
                elif is_member(member.name):
                    found[member.name] = _written(content, place and place / member.name)
                else:
                    raise BackupError(f"it is no backup of watcher: it holds {member.name[:80]!r}")
    except (tarfile.TarError, zstd.ZstdError, EOFError) as error:
        raise BackupError(f"it is damaged, cut short, or no backup: {error}") from error
    if manifest is None:
        raise BackupError("it is cut short, or no backup of watcher")
    if wrong := list(faults(manifest, found)):
        raise BackupError("; ".join(wrong))
    return manifest


def _written(content: Any, path: Path | None) -> Held:
    measured = _Measured(content)
    if path is None:
        _drain(measured, Nowhere())
    else:
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as out:
            _drain(measured, out)
    return measured.held


def _drain(content: _Measured, out: Out) -> None:
    while piece := content.read(_PIECE):
        out.write(piece)
