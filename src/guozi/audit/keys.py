"""The key that signs checkpoints: an Ed25519 key in the state folder, readable by the operator only."""

from __future__ import annotations

import base64
import os
from functools import lru_cache
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

#: Name of the signature line.
SIGNER = "guozi"


def _path() -> Path:
    return Path(settings.STATE_FOLDER) / "checkpoint-key.pem"


@lru_cache(maxsize=2)
def _load(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(fresh)
    return cast("Ed25519PrivateKey", load_pem_private_key(path.read_bytes(), password=None))


def sign(body: str) -> bytes:
    """Return the signature over a checkpoint's body."""
    return _load(_path()).sign(body.encode())


def public_key() -> str:
    """Return the public key as base64: what a verifier pins."""
    raw = _load(_path()).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()
