"""Certificates for the sites of tests, made by the `openssl` command; tests are skipped where there is none."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and its key, as PEM files."""

    path: Path
    key: Path

    @classmethod
    def make(cls, folder: Path, name: str, *, issuer: Self | None = None, bits: int = 2048, leaf: bool = True) -> Self:
        """Make one for the host `name`; signed by `issuer`, or by itself.

        Args:
            leaf: False for an authority, whose `name` is no host.
        """
        openssl = shutil.which("openssl")
        if openssl is None:
            pytest.skip("needs the openssl command to make certificates")
        made = cls(folder / f"{name}.pem", folder / f"{name}.key")
        command = [openssl, "req", "-x509", "-newkey", f"rsa:{bits}", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
        command += ["-keyout", str(made.key), "-out", str(made.path)]
        command += ["-addext", f"subjectAltName=DNS:{name}"]
        command += ["-addext", f"basicConstraints=critical,CA:{'FALSE' if leaf else 'TRUE'}"]
        if issuer is not None:
            command += ["-CA", str(issuer.path), "-CAkey", str(issuer.key)]
        subprocess.run(command, check=True, capture_output=True)
        return made

    @classmethod
    def signed_so(cls, folder: Path, name: str, issuer: Self, *how: str) -> Self:
        """Make one for the host `name` as `openssl x509` is told to: "-sha1", "-days -1"."""
        made = cls.make(folder, name)
        request, names = folder / f"{name}.csr", folder / f"{name}.ext"
        names.write_text(f"subjectAltName=DNS:{name}\n")
        command = ["openssl", "x509", "-in", str(made.path), "-signkey", str(made.key), "-x509toreq"]
        subprocess.run([*command, "-out", str(request)], check=True, capture_output=True)
        command = ["openssl", "x509", "-req", "-in", str(request), "-extfile", str(names), "-CAcreateserial"]
        command += ["-CA", str(issuer.path), "-CAkey", str(issuer.key), "-out", str(made.path), *how]
        subprocess.run(command, check=True, capture_output=True)
        return made

    def server(self, ciphers: str | None = None) -> ssl.SSLContext:
        """A server's context with this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if ciphers is not None:
            context.set_ciphers(ciphers)
            context.maximum_version = ssl.TLSVersion.TLSv1_2  # later ones have ciphers of their own
        context.load_cert_chain(self.path, self.key)
        return context
