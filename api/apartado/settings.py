"""The settings of one process, read once from the environment variables that the README lists."""

from __future__ import annotations

import os
import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

_DEFAULT_PORT = re.compile(r"^(http://.*):80$|^(https://.*):443$")
URL = re.compile(r"postgres(ql)?://([^@/]*@)?[^@?]*(\?.*)?")
"""With a bare @ or / in its password libpq takes a part of that for a host, and says so."""


class Trouble(Exception):
    """Something that a person has to put right; its text is one paragraph that says how."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to find the database, where to listen, and how much of either to use."""

    database_url: str | None = None
    """An existing PostgreSQL as a libpq URL or conninfo; None: the embedded one."""
    data: Path = Path(".apartado")
    """Directory of the embedded cluster."""
    host: str = "127.0.0.1"
    port: int = 8000
    pool_size: int = 8
    """Database connections of the service. More than 16 make a hot row slower."""
    listen_url: str | None = None
    """A direct connection for LISTEN, where database_url goes through a pooler."""
    bootstrap_secret: str | None = None
    """One-use secret that makes the first operator over HTTP."""
    cors_origins: tuple[str, ...] = ()
    """Browser origins that may call the API; none by default."""
    pictures: tuple[str, ...] = ()
    """Origins whose pictures the board shows, besides its own; ``https:`` is every one."""
    jwt_issuer: str | None = None
    """Another login, whose subjects members may be linked to: what its tokens say in ``iss``."""
    jwt_audience: str | None = None
    """What its tokens must say in ``aud`` to be meant for this service."""
    jwt_key: str | None = None
    """Its public keys: a PEM, a JWKS document, or the path of a file with either."""
    jwt_secret: str | None = None
    """In place of a key: the secret that it shares with this service (HS256)."""
    trusted_proxies: tuple[str, ...] = ()
    """Proxies that are believed whence a request comes and whether by https; none by default."""
    webhook_hosts: tuple[str, ...] = ()
    """Hosts, or host:port, to which events may be sent; none by default."""
    webhook_secrets: tuple[bytes, ...] = ()
    """The keys that sign what is sent there: the one in use, and while it is changed the next."""
    metrics_token: str | None = None
    """Lets a scraper read /metrics; without it only operators may."""
    pg_bindir: Path | None = None
    """PostgreSQL binaries for the embedded cluster."""

    @property
    def embedded(self) -> bool:
        """Whether this process brings its own PostgreSQL."""
        return self.database_url is None


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in `environment` (default: the process's own).

    An empty variable counts as unset. A value that cannot be used raises Trouble, which names the
    variable, what it held (unless that may be a secret) and what it takes.
    """
    given = os.environ if environment is None else environment

    def text(name: str) -> str | None:
        return given.get(name, "").strip() or None

    def number(name: str, default: int, low: int, high: int) -> int:
        value = text(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise Trouble(f"{name} is {value!r}; it takes a whole number from {low} to {high}.")
        return int(value)

    def secret(name: str, least: int) -> str | None:
        value = text(name)
        if value is not None and len(value) < least:
            raise Trouble(f"{name} is too short; give {least} characters or more.")
        return value

    bindir = text("APARTADO_PG_BINDIR")
    bootstrap_secret = secret("APARTADO_BOOTSTRAP_SECRET", 16)
    metrics_token = secret("APARTADO_METRICS_TOKEN", 16)
    hosts = tuple(map(_host, _parts(text("APARTADO_WEBHOOK_HOSTS"))))
    keys = tuple(map(_webhook_secret, _parts(text("APARTADO_WEBHOOK_SECRETS"))))
    if bool(hosts) != bool(keys):
        raise Trouble(
            "APARTADO_WEBHOOK_HOSTS and APARTADO_WEBHOOK_SECRETS go together; set both or none."
        )
    jwt = {name: text(f"APARTADO_JWT_{name}") for name in ("ISSUER", "AUDIENCE", "KEY", "SECRET")}
    if any(jwt.values()):
        has_one_key = (jwt["KEY"] is None) != (jwt["SECRET"] is None)
        if not (jwt["ISSUER"] and jwt["AUDIENCE"] and has_one_key):
            raise Trouble(
                "APARTADO_JWT_ISSUER, APARTADO_JWT_AUDIENCE and one of APARTADO_JWT_KEY and"
                " APARTADO_JWT_SECRET go together; set all three or none."
            )
        jwt["SECRET"] = secret("APARTADO_JWT_SECRET", 32)
    return Settings(
        database_url=_conninfo("APARTADO_DATABASE_URL", text("APARTADO_DATABASE_URL")),
        data=Path(text("APARTADO_DATA") or ".apartado").absolute(),
        host=text("APARTADO_HOST") or "127.0.0.1",
        port=number("APARTADO_PORT", 8000, 1, 65535),
        pool_size=number("APARTADO_POOL_SIZE", 8, 1, 1000),
        listen_url=_conninfo("APARTADO_LISTEN_URL", text("APARTADO_LISTEN_URL")),
        bootstrap_secret=bootstrap_secret,
        cors_origins=_origins("APARTADO_CORS_ORIGINS", text("APARTADO_CORS_ORIGINS")),
        pictures=_origins("APARTADO_PICTURES", text("APARTADO_PICTURES"), every="https:"),
        jwt_issuer=jwt["ISSUER"],
        jwt_audience=jwt["AUDIENCE"],
        jwt_key=jwt["KEY"],
        jwt_secret=jwt["SECRET"],
        trusted_proxies=tuple(map(_network, _parts(text("APARTADO_TRUSTED_PROXIES")))),
        webhook_hosts=hosts,
        webhook_secrets=keys,
        metrics_token=metrics_token,
        pg_bindir=None if bindir is None else Path(bindir).absolute(),
    )


def _conninfo(name: str, value: str | None) -> str | None:
    if value is None or _is_conninfo(value):
        return value
    raise Trouble(
        f"{name} is no connection string that libpq understands. It looks like "
        "postgresql://user@host:5432/database; in a password %25 stands for %, %40 for @ and %2F "
        "for /."
    )


def _is_conninfo(value: str) -> bool:
    try:
        port = str(conninfo_to_dict(value).get("port", ""))
    except psycopg.ProgrammingError:
        return False
    is_url = value.startswith(("postgres://", "postgresql://"))
    return bool(re.fullmatch(r"[\d,]*", port) and (not is_url or URL.fullmatch(value)))


def _origins(name: str, value: str | None, every: str | None = None) -> tuple[str, ...]:
    found = [_DEFAULT_PORT.sub(r"\1\2", one.rstrip("/").lower()) for one in _parts(value)]
    for origin in found:
        parts = urlsplit(origin)
        is_origin = parts.scheme in ("http", "https") and re.fullmatch(
            r"[\w.:\[\]-]+", parts.netloc
        )
        if origin != every and (not is_origin or parts.path or parts.query):
            raise Trouble(
                f"{name} holds {origin!r}; it takes origins such as "
                "https://shop.example, several of them separated by commas."
            )
    return tuple(found)


def _parts(value: str | None) -> list[str]:
    """What commas separate."""
    return [one.strip() for one in (value or "").split(",") if one.strip()]


def _host(value: str) -> str:
    host = value.lower()
    if not re.fullmatch(r"([\w.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?", host, re.ASCII):
        raise Trouble(
            f"APARTADO_WEBHOOK_HOSTS holds {host!r}; it takes hosts such as shop.example or"
            " 192.0.2.5:8080, several of them separated by commas."
        )
    return host


def _webhook_secret(value: str) -> bytes:
    kind, _, text = value.partition("_")
    try:
        key = b64decode(text, validate=True)
    except ValueError:
        key = b""
    if kind != "whsec" or not 24 <= len(key) <= 64:
        raise Trouble(
            "APARTADO_WEBHOOK_SECRETS takes whsec_ and 24 to 64 random bytes in base64, several of"
            " them separated by commas; printf whsec_; openssl rand -base64 32 makes one."
        )
    return key


def _network(value: str) -> str:
    try:
        return str(ip_network(value))
    except ValueError:
        raise Trouble(
            f"APARTADO_TRUSTED_PROXIES holds {value!r}; it takes addresses and networks"
            " such as 192.0.2.5 or 192.0.2.0/24, several of them separated by commas."
        ) from None
