"""Sealing of personal values: AES-GCM bound to their place, and a keyed index to find them by."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12
INDEX_BYTES = 16


class Unreadable(ValueError):
    """A sealed value that this installation's key does not open."""


@lru_cache(maxsize=64)
def _key(purpose: str) -> bytes:
    return hmac.digest(settings.PERSONAL_DATA_KEY, purpose.encode(), hashlib.sha256)


def seal(purpose: str, plain: bytes, *, bound_to: bytes, salt: bytes = b"") -> bytes:
    """Encrypt a value for one purpose, bound to its owner; ``salt`` is the owner's own key part."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher(purpose, salt).encrypt(nonce, plain, bound_to)


def unseal(purpose: str, sealed: bytes, *, bound_to: bytes, salt: bytes = b"") -> bytes:
    """Decrypt a sealed value; Unreadable if the key, the owner or the value is another."""
    try:
        return _cipher(purpose, salt).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
    except InvalidTag as error:
        raise Unreadable("Không giải mã được: khóa không khớp hoặc dữ liệu đã bị sửa.") from error


def _cipher(purpose: str, salt: bytes) -> AESGCM:
    key = _key(purpose)
    return AESGCM(hmac.digest(key, salt, hashlib.sha256) if salt else key)


def keyed_index(purpose: str, plain: str) -> bytes:
    """A short keyed hash: equal values give equal bytes, and none without the key can try."""
    return hmac.digest(_key(f"{purpose}/index"), plain.encode(), hashlib.sha256)[:INDEX_BYTES]


def keyed_hash(purpose: str, plain: bytes, *, salt: bytes = b"") -> str:
    """A full keyed hash in hex, for the journal's chained line."""
    return hmac.digest(_key(f"{purpose}/hash") + salt, plain, hashlib.sha256).hex()


def new_salt() -> bytes:
    """An owner's own key part; destroying it erases every trace sealed with it."""
    return secrets.token_bytes(INDEX_BYTES)
