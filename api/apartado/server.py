"""uvicorn, with what long-lived streams need and what unkind clients make necessary."""

from __future__ import annotations

import logging
import socket
from asyncio import AbstractEventLoop, TimerHandle, Transport
from collections.abc import Awaitable, Callable
from typing import Any, cast

import uvicorn
from litestar.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from apartado.errors import Messages, NotServed, answer_to
from apartado.front import EVERYWHERE
from apartado.rpc import PROBLEM_HEADERS
from apartado.settings import Settings

GRACE_SECONDS = 1

HEAD_BYTES = 64 * 1024
"""The longest request line and headers together."""

PATIENCE_SECONDS = 10.0
"""How long a request may take to arrive, and as much again for each megabyte and a half."""

SLOWEST_BYTES_PER_SECOND = 150_000

LINGER_SECONDS = 2.0
"""How long the rest of a request that is answered already may still come in, unread."""

Closing = Callable[[], Awaitable[None]]


class Whole:
    """The transport of one answer: its head goes out with its first bytes, or when the loop comes
    round. Two writes are two packets, and wake the other side twice."""

    __slots__ = ("_head", "_loop", "_transport")

    def __init__(self, transport: Transport, loop: AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._head: bytes | None = None

    def write(self, data: bytes) -> None:
        if self._head is None:
            self._head = data
            self._loop.call_soon(self._send_head)
            return
        self._transport.write(self._head + data)
        self._head = b""

    def _send_head(self) -> None:
        if self._head:
            self._transport.write(self._head)
            self._head = b""

    def close(self) -> None:
        self._send_head()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()


class Protocol(HttpToolsProtocol):
    """A connection that gives up on who sends too slowly, too much, or no HTTP.

    It also lets the application drop a connection whose other side does not read.
    """

    _arriving: TimerHandle | None = None
    _has_begun = False
    _in_head = True
    _head_bytes = 0
    _bytes = 0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._bytes += len(data)
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > HEAD_BYTES and not self.transport.is_closing():
            self._refuse(431)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._has_begun = self._in_head = True
        self._head_bytes = self._bytes = 0
        self._expect()
        extensions = cast(dict[str, Any], self.scope.setdefault("extensions", {}))
        extensions["apartado.connection"] = self.transport

    def on_header(self, name: bytes, value: bytes) -> None:
        # What follows a chunked body looks like a header, but nobody on the way has checked it.
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        super().on_headers_complete()
        self.cycle.transport = cast(Transport, Whole(self.transport, self.loop))

    def on_message_complete(self) -> None:
        self._expect_nothing()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._arriving is not None and self._is_answered():
            self._expect(LINGER_SECONDS)

    def send_400_response(self, msg: str) -> None:
        self._refuse(400)

    # -- a request that has begun and not yet ended --------------------------------------------

    def _expect(self, seconds: float = PATIENCE_SECONDS) -> None:
        self._expect_nothing()
        self._began = self.loop.time()
        self._arriving = self.loop.call_later(seconds, self._arrives_late)

    def _expect_nothing(self) -> None:
        if self._arriving is not None:
            self._arriving.cancel()
            self._arriving = None

    def _is_answered(self) -> bool:
        """Whether the request that still arrives has its answer."""
        return not self._in_head and self.cycle.response_complete

    def _arrives_late(self) -> None:
        self._arriving = None
        if not self._has_begun or self._is_answered():
            self.transport.abort()
            return
        fair_end = self._began + PATIENCE_SECONDS + self._bytes / SLOWEST_BYTES_PER_SECOND
        if self._in_head or self.loop.time() >= fair_end:
            self._refuse(408)
        else:
            self._arriving = self.loop.call_at(fair_end, self._arrives_late)

    def _refuse(self, status: int) -> None:
        """Answer with a problem and close, unless an answer is on its way: then only close."""
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            answer = answer_to(NotServed(status), Messages(), None)
            headers = [(name.encode(), value.encode()) for name, value in EVERYWHERE]
            headers += [*PROBLEM_HEADERS, (b"content-length", b"%d" % len(answer.body))]
            head = b"".join(b"%s: %s\r\n" % header for header in headers)
            self.transport.write(
                STATUS_LINE[status] + head + b"connection: close\r\n\r\n" + answer.body
            )
        self.transport.close()


class Server(uvicorn.Server):
    """Ends the streams before it waits for open requests: they would never end by themselves."""

    def __init__(self, config: uvicorn.Config, close_streams: Closing) -> None:
        super().__init__(config)
        self._close_streams = close_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._close_streams()
        await super().shutdown(sockets)


def server_for(app: ASGIApp, close_streams: Closing, settings: Settings) -> Server:
    """One worker, no access log: what is asked for, and with which token, is nobody's business."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=Protocol,
        ws="none",
        lifespan="on",
        access_log=False,
        forwarded_allow_ips=[*settings.trusted_proxies],
        log_level=logging.ERROR,
        log_config=None,
        headers=EVERYWHERE,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return Server(config, close_streams)
