"""Who calls: bearer token or cookie, the language they read, and whether a cookie may be trusted.

Here is only what HTTP knows. Whose token it is and what they may do is decided in SQL.
"""

from __future__ import annotations

from asyncio import Transport
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple, cast

from litestar.types import HTTPScope, Scope

from apartado.errors import LANGUAGES, NotServed, Refusal

COOKIE = "apartado_session"

READ = ("GET", "HEAD")
"""The methods of an address that only tells."""

LONGEST_TOKEN = 256
"""Those of sessions have 64 characters: what is longer is nobody's, and is not kept meanwhile."""

Headers = dict[bytes, bytes]
IsGone = Callable[[], bool]
"""Whether the client of a request has left."""


class Caller(NamedTuple):
    """The token of a request, where it came from, and the language for who has no session."""

    token: str | None
    by_cookie: bool
    language: str | None


def headers_of(scope: Scope) -> Headers:
    return dict(scope["headers"])


def method_of(scope: Scope) -> str:
    return cast(HTTPScope, scope)["method"]


def only(scope: Scope, methods: tuple[str, ...]) -> None:
    """Refuse every other method (405)."""
    if method_of(scope) not in methods:
        raise NotServed(405, [(b"allow", ", ".join(methods).encode())])


def connection_of(scope: Scope) -> Transport | None:
    """The connection of a request, where it came over one of ours."""
    return cast(Transport | None, (scope.get("extensions") or {}).get("apartado.connection"))


def gone_of(scope: Scope) -> IsGone:
    connection = connection_of(scope)
    return _never if connection is None else connection.is_closing


def _never() -> bool:
    return False


def caller_of(headers: Headers, *, changes_state: bool) -> Caller:
    """The caller of a request.

    A browser sends its cookie whoever wrote the page, so a command that is authorised by a
    cookie must show that it comes from a page of this very origin (RS602 otherwise).
    """
    language = preferred_language(headers.get(b"accept-language"))
    authorization = headers.get(b"authorization")
    if authorization is not None:
        scheme, _, token = authorization.decode("latin-1").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            expected = "Authorization: Bearer <token>"
            raise Refusal("RS601", "token", {"expected": expected})
        return Caller(_clean(token.strip()), False, language)
    token_in_cookie = cookie_token(headers)
    if token_in_cookie is None:
        return Caller(None, False, language)
    if changes_state and not is_same_origin(headers):
        raise Refusal("RS602/origin", "token", {"origin": "not this one"})
    return Caller(_clean(token_in_cookie), True, language)


def _clean(token: str) -> str:
    if len(token) > LONGEST_TOKEN or "\0" in token:
        raise Refusal("RS601", "token", {"parameter": "token"})  # as SQL says it
    return token


def address_of(scope: Scope) -> str | None:
    """Where a request comes from: the other side, or whom the trusted proxies before it name.

    uvicorn has read ``X-Forwarded-For`` by then, from the end, because what stands before the word
    of a trusted proxy anybody may have written. None for what is no address.
    """
    client = scope.get("client")
    try:
        found = ip_address(client[0].partition("%")[0]) if client else None
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return None if found is None else str(mapped or found)


def cookie_token(headers: Headers) -> str | None:
    """The session in the cookies; RS601 for two of them.

    A page of a sister domain can lay one beside ours, and a browser does not say which is whose: a
    person must not act as another without knowing.
    """
    parts = headers.get(b"cookie", b"").decode("latin-1").split(";")
    named = (part.strip().partition("=") for part in parts)
    found = {value for name, _, value in named if name == COOKIE and value}
    if len(found) > 1:
        raise Refusal("RS601", "token", {"expected": f"one cookie {COOKIE}"})
    return next(iter(found), None)


def is_same_origin(headers: Headers) -> bool:
    """Whether a browser says that a page of this origin made the request.

    ``Sec-Fetch-Site`` cannot be set by a script; browsers without it send ``Origin`` with every
    POST. Whoever sends neither is no browser and has no business with a cookie.
    """
    site = headers.get(b"sec-fetch-site")
    if site is not None and site != b"same-origin":
        return False
    origin = headers.get(b"origin")
    if origin is None:
        return site is not None
    host = headers.get(b"host")
    if not host:
        return False
    # Compared whole and never parsed: what is no origin is simply not this one.
    return origin in (b"http://" + host, b"https://" + host)


def preferred_language(accepted: bytes | None) -> str | None:
    """The first language of ``Accept-Language``, by weight, that messages exist in."""
    if accepted is None:
        return None
    best, best_weight = None, 0.0
    for part in accepted.decode("latin-1").split(","):
        name, _, parameter = part.strip().partition(";")
        tag = name.strip().lower()
        language = "" if tag[2:3].isalpha() else tag[:2]  # "est" is none of ours, "es-MX" is
        weight = _weight(parameter.strip())
        if language in LANGUAGES and weight > best_weight:
            best, best_weight = language, weight
    return best


def _weight(parameter: str) -> float:
    if not parameter.startswith("q="):
        return 1.0
    try:
        return float(parameter[2:])
    except ValueError:
        return 0.0


def set_cookie(token: str, seconds: int, *, secure: bool) -> bytes:
    """The cookie of a session: not for scripts, not for other sites."""
    safe = "; Secure" if secure else ""
    attributes = f"Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{safe}"
    return f"{COOKIE}={token}; {attributes}".encode()


def forget_cookie() -> bytes:
    return f"{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict".encode()
