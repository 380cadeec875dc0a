"""Tokens of another login (JWT): whether they are signed by it, meant for us, and of this moment.

A signature is bytes; who its subject is here, and what they may, is decided in SQL. Each key goes
with the one algorithm of its kind, whatever a token says about itself: RSA with RS256, P-256 with
ES256, Ed25519 with EdDSA, and HS256 only with a secret that was given as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import jwt
import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from apartado.errors import Refusal
from apartado.settings import Settings, Trouble

LEEWAY_SECONDS = 60
"""How far the clocks of the two may be apart."""

LONGEST = 16_384
REQUIRED = ["exp", "iat", "iss", "aud", "sub"]
SMALLEST_RSA_BITS = 2048


class Key(NamedTuple):
    """A key of the other login, its name there, and the algorithm that goes with it."""

    name: str | None
    algorithm: str
    key: Any


class Verifier:
    """Says whose a token is, or refuses it; without keys it refuses every one."""

    def __init__(self, issuer: str, audience: str, keys: Sequence[Key]) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = keys

    def verify(self, token: str | None) -> tuple[str, str]:
        """Issuer and subject; RS601 for every token that is not one of theirs, for us and now."""
        if token is not None and len(token) <= LONGEST:
            for key in self._candidates(token):
                subject = self._subject(token, key)
                if subject is not None:
                    return self._issuer, subject
        raise Refusal("RS601/jwt", "jwt")

    def _candidates(self, token: str) -> Sequence[Key]:
        try:
            name = jwt.get_unverified_header(token).get("kid")
        except (jwt.PyJWTError, ValueError, RecursionError):
            return []
        named = [key for key in self._keys if key.name == name] if name is not None else []
        return named or [key for key in self._keys if key.name is None or name is None]

    def _subject(self, token: str, key: Key) -> str | None:
        try:
            claims = jwt.decode(
                token,
                key.key,
                algorithms=[key.algorithm],
                issuer=self._issuer,
                audience=self._audience,
                leeway=LEEWAY_SECONDS,
                options={"require": REQUIRED},
            )
            subject: str = claims["sub"]
            subject.encode()
        except (jwt.PyJWTError, ValueError, OverflowError, RecursionError):
            return None
        # JSON can say what is no text to a database
        return None if "\0" in subject else subject


def verifier_for(settings: Settings) -> Verifier:
    """The verifier that the settings describe; Trouble for keys that are none."""
    if settings.jwt_secret is not None:
        keys = [Key(None, "HS256", settings.jwt_secret.encode())]
    elif settings.jwt_key is not None:
        keys = read_keys(settings.jwt_key)
    else:
        keys = []
    return Verifier(settings.jwt_issuer or "", settings.jwt_audience or "", keys)


def read_keys(text: str) -> list[Key]:
    """The public keys in a PEM, a JWKS document, or the file of this name that holds either."""
    if not text.startswith(("-----BEGIN", "{")):
        try:
            text = Path(text).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise _trouble("no PEM, no JWKS document, and no file that can be read") from None
    keys = _from_jwks(text) if text.startswith("{") else [_from_pem(text)]
    found = [key for key in keys if key is not None]
    if not found:
        raise _trouble("no public key of RSA (2048 bits or more), P-256 or Ed25519")
    return found


def _from_pem(text: str) -> Key | None:
    try:
        return _key(None, load_pem_public_key(text.encode()))
    except (ValueError, UnsupportedAlgorithm):
        return None


def _from_jwks(text: str) -> list[Key | None]:
    try:
        document = msgspec.json.decode(text)
        entries = [dict(entry) for entry in document.get("keys", [document])]
    except (msgspec.DecodeError, TypeError, ValueError):
        raise _trouble("a JWKS document that cannot be read") from None
    if any(entry.get("kty") == "oct" for entry in entries):
        raise _trouble("a secret among public keys; a secret goes into APARTADO_JWT_SECRET")
    return [_from_jwk(entry) for entry in entries]


def _from_jwk(entry: dict[str, Any]) -> Key | None:
    """None for a key of another use or kind: a login may well publish some."""
    try:
        key = _key(entry.get("kid"), jwt.PyJWK(entry).key)
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    if key is None or entry.get("use") not in (None, "sig"):
        return None
    return key if entry.get("alg") in (None, key.algorithm) else None


def _key(name: str | None, key: Any) -> Key | None:
    if isinstance(key, RSAPublicKey) and key.key_size >= SMALLEST_RSA_BITS:
        return Key(name, "RS256", key)
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return Key(name, "ES256", key)
    if isinstance(key, Ed25519PublicKey):
        return Key(name, "EdDSA", key)
    return None


def _trouble(found: str) -> Trouble:
    return Trouble(
        f"APARTADO_JWT_KEY holds {found}; it takes a public key in PEM, a JWKS document, or the"
        " path of a file with either."
    )
