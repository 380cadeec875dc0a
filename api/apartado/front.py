"""What every request passes first and every answer last: other origins, https, the counting."""

from __future__ import annotations

import asyncio
from time import perf_counter

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from apartado.callers import headers_of, method_of, preferred_language
from apartado.errors import Messages, Unavailable, answer_to
from apartado.rpc import CLOSE, send_problem
from apartado.usage import Usage

EVERYWHERE = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
]
"""On every answer, uvicorn's own among them."""

# Strict-Transport-Security is sent only over https, which a trusted proxy reports.
BY_HTTPS = [(b"strict-transport-security", b"max-age=31536000")]

ALLOWED = [
    (b"access-control-allow-methods", b"GET, POST"),
    (
        b"access-control-allow-headers",
        b"Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID",
    ),
    (b"access-control-max-age", b"600"),
]
EXPOSED = (b"access-control-expose-headers", b"ETag, Retry-After")
VARY = (b"vary", b"Origin")


class Front:
    """The outermost application.

    Pages of the allowed origins may call with a bearer token; the cookie never crosses origins. Who
    comes from elsewhere is answered as ever, but without the headers with which a browser would
    show the answer to a foreign page; their preflight is an OPTIONS like any other, which is 405.
    """

    def __init__(self, app: ASGIApp, origins: tuple[str, ...], usage: Usage) -> None:
        self.app = app
        self._origins = frozenset(origin.encode() for origin in origins)
        self._usage = usage

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        began = perf_counter()
        extra = self._headers(scope)
        status = 0

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if extra:
                    message["headers"] = [*message["headers"], *extra]
            await send(message)

        try:
            if extra and self._is_preflight(scope):
                await _allow(send_on)
            else:
                await self.app(scope, receive, send_on)
        except asyncio.CancelledError:  # the service ends, and has waited for GRACE_SECONDS
            if not status:
                language = preferred_language(headers_of(scope).get(b"accept-language"))
                answer = answer_to(Unavailable(), Messages(), language)
                await send_problem(send_on, answer, None, [CLOSE])
        finally:
            self._usage.note(scope["path"], status, perf_counter() - began)

    def _headers(self, scope: Scope) -> list[tuple[bytes, bytes]]:
        extra = list(BY_HTTPS) if scope["scheme"] == "https" else []
        if self._origins:
            extra.append(VARY)
            origin = headers_of(scope).get(b"origin")
            if origin in self._origins:
                extra += [(b"access-control-allow-origin", origin), EXPOSED]
        return extra

    def _is_preflight(self, scope: Scope) -> bool:
        if method_of(scope) != "OPTIONS":
            return False
        headers = headers_of(scope)
        return (
            headers.get(b"origin") in self._origins and b"access-control-request-method" in headers
        )


async def _allow(send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": list(ALLOWED)})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
