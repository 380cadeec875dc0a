"""uvicorn, with what long-lived streams need and what unkind clients make necessary."""

from __future__ import annotations

import fcntl
import logging
import math
import socket
import sys
import termios
from asyncio import TimerHandle, Transport
from collections.abc import Awaitable, Callable
from typing import Any, cast

import httptools
import uvicorn
from litestar.types import ASGIApp
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from apartado.errors import Messages, NotServed, answer_to
from apartado.front import EVERYWHERE
from apartado.rpc import PROBLEM_HEADERS
from apartado.settings import Settings

GRACE_SECONDS = 1

HEAD_BYTES = 64 * 1024
"""The longest request line and headers together, and the most that may come beside a body: in
trailers, or with a chunk."""

PATIENCE_SECONDS = 10.0
"""How long a request may take to arrive, and as much again for each megabyte and a half."""

SLOWEST_BYTES_PER_SECOND = 150_000

LINGER_SECONDS = 2.0
"""How long the rest of a request that is answered already may still come in, unread."""

UNTAKEN_SECONDS = 10.0
"""How often one looks whether a connection with a full buffer took anything since the last look.
One that did not is dropped."""

IDLE_SECONDS = 75
"""How long a connection is kept on which nothing is asked. Proxies keep theirs for a minute. Where
one ends here first, a command may meet the end, and nobody knows what became of it."""

PIECE_BYTES = 1024
"""How much is parsed at once. Parsed requests take a hundred times the room of their bytes, and of
those that were sent ahead no more are parsed than are in one piece."""

ONCE = (b"authorization", b"host", b"idempotency-key")
"""Who calls, whom, and with which key: who stands before the service may have looked at the other
one of two."""

Closing = Callable[[], Awaitable[None]]


class SaidTwice(Exception):
    """A request that says twice what is to be said once."""


class Whole:
    """The transport of one answer: joins the head with the first bytes of the body, if they come in
    the same turn of the loop. Two writes are two packets, and wake the other side twice."""

    __slots__ = ("_head", "_protocol")

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._head: bytes | None = None

    def write(self, data: bytes) -> None:
        if self._head is None:
            self._head = data
            self._protocol.loop.call_soon(self._send_head)
            return
        self._protocol.transport.write(self._head + data)
        self._head = b""

    def _send_head(self) -> None:
        if self._head:
            self._protocol.transport.write(self._head)
            self._head = b""

    def close(self) -> None:
        self._send_head()
        self._protocol.end()

    def is_closing(self) -> bool:
        return self._protocol.transport.is_closing()


class Flow(FlowControl):
    """Does not resume reading while bytes that were read are still unparsed."""

    has_enough = False

    def resume_reading(self) -> None:
        if not self.has_enough:
            super().resume_reading()


class Protocol(HttpToolsProtocol):
    """A connection that gives up on who sends too slowly, too much, or no HTTP, and on who takes
    nothing of an answer.

    It also lets the application drop a connection whose other side does not read.
    """

    flow: Flow
    _answering: RequestResponseCycle | None = None
    _rest = b""
    _refusal: int | None = None
    _arriving: TimerHandle | None = None
    _has_begun = False
    _in_head = True
    _head_bytes = 0
    _bytes = 0
    _has_ended = False
    _taking: TimerHandle | None = None
    _untaken = math.inf

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.flow = Flow(transport)
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing()
        if self._taking is not None:
            self._taking.cancel()
        self.pipeline.clear()
        if self._answering is not None:
            _give_up(self._answering)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came, but not far beyond the request that is being answered."""
        if self._has_ended:
            return
        data, at = self._rest + data, 0
        while at < len(data) and not self._is_ahead():
            at += self._parse(data[at : at + PIECE_BYTES])
        self._rest = data[at:]
        if self._rest:
            self.flow.has_enough = True
            self.flow.pause_reading()
        if self._has_begun and self._arriving is None:
            self._expect()

    def eof_received(self) -> None:
        self.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._unset_keepalive_if_required()
        self._expect_nothing()
        self._has_begun = True
        self._head_bytes = self._bytes = 0
        extensions = cast(dict[str, Any], self.scope.setdefault("extensions", {}))
        extensions["apartado.connection"] = self.transport

    def on_header(self, name: bytes, value: bytes) -> None:
        # Trailers of a chunked body come here, too; proxies do not check them, so they are ignored.
        if not self._in_head:
            return
        told = name.lower()
        if told in ONCE and any(one == told for one, _ in self.headers):
            raise SaidTwice
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self.parser.should_upgrade():
            return  # _parse begins this request anew
        super().on_headers_complete()
        self._in_head = False
        self.cycle.transport = cast(Transport, Whole(self))

    def on_body(self, body: bytes) -> None:
        self._head_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        if self.parser.should_upgrade():
            return
        self._expect_nothing()
        self._has_begun = False
        self._in_head = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.is_closing():
            return
        if self._refusal is not None and not self._is_answering():
            self._end_with(self._refusal)
            return
        if self._has_begun and self._is_answered():
            self._expect(LINGER_SECONDS)
        elif self._has_begun:
            self._unset_keepalive_if_required()
            self._expect()
        if self._rest and not self._is_ahead():
            self._read_on()

    def timeout_keep_alive_handler(self) -> None:
        self.close()

    def end(self) -> None:
        """Close after an answer. While the rest of the request may still come, only half-close and
        leave it unread for a moment: a full close would send a reset, which can destroy the answer
        before the client has read it."""
        if self._has_begun and self._is_answered() and self.transport.can_write_eof():
            self._has_ended = True
            self.transport.write_eof()
        else:
            self.close()

    def close(self) -> None:
        """Close as soon as the client has taken all that was written, or stops taking anything."""
        self.transport.close()
        self._watch()

    # -- requests that are sent ahead ----------------------------------------------------------

    def _is_ahead(self) -> bool:
        """Whether there is no use in parsing on."""
        return bool(self.pipeline) or self._refusal is not None or self.transport.is_closing()

    def _parse(self, piece: bytes) -> int:
        """Parse a piece, and say how much of it was parsed."""
        self._bytes += len(piece)
        self._head_bytes += len(piece)
        try:
            self.parser.feed_data(piece)
        except httptools.HttpParserUpgrade as upgrade:
            parsed: int = upgrade.args[0]
            self._begin_without_upgrade()
            return parsed
        except httptools.HttpParserError:
            self._refuse(400)
        else:
            if self._head_bytes > HEAD_BYTES:
                self._refuse(431)
        return len(piece)

    def _begin_without_upgrade(self) -> None:
        """Parse the head again without its wish for another protocol, which is never granted.

        Behind the wish httptools expects no body, and would take it for the next request.
        """
        method = self.parser.get_method()
        if method == b"CONNECT":
            self._refuse(400)
            return
        version = self.parser.get_http_version().encode()
        rest = [header for header in self.headers if header[0] != b"upgrade"]
        self.parser = httptools.HttpRequestParser(self)
        self._parse(
            b"%s %s HTTP/%s\r\n" % (method, self.url, version)
            + b"".join(b"%s: %s\r\n" % header for header in rest)
            + b"\r\n"
        )

    def _read_on(self) -> None:
        self.flow.has_enough = False
        self.flow.resume_reading()
        rest, self._rest = self._rest, b""
        self.data_received(rest)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def _is_answering(self) -> bool:
        return self._answering is not None and not self._answering.response_complete

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
        if self.transport.is_closing():
            return
        if not self._has_begun or self._is_answered():
            self.transport.abort()
            return
        if self.flow.read_paused:
            self._expect()  # reading is paused by the service, so the client is not late
            return
        fair_end = self._began + PATIENCE_SECONDS + self._bytes / SLOWEST_BYTES_PER_SECOND
        if self._in_head or self.loop.time() >= fair_end:
            self._refuse(408)
        else:
            self._arriving = self.loop.call_at(fair_end, self._arrives_late)

    def _refuse(self, status: int) -> None:
        """Answer what arrives with a problem and close, unless its answer is on its way: then only
        close. What came before is answered first."""
        self._expect_nothing()
        self._has_begun = False
        if not self._in_head and self.cycle is self._answering:
            is_untold = not self.cycle.response_started
            _give_up(self.cycle)
            self._end_with(status if is_untold else None)
            return
        if not self._in_head:
            self.pipeline.popleft()
        if self._is_answering():
            self._refusal = status
        else:
            self._end_with(status)

    def _end_with(self, status: int | None) -> None:
        if status is not None:
            answer = answer_to(NotServed(status), Messages(), None)
            headers = [(name.encode(), value.encode()) for name, value in EVERYWHERE]
            headers += [*PROBLEM_HEADERS, (b"content-length", b"%d" % len(answer.body))]
            head = b"".join(b"%s: %s\r\n" % header for header in headers)
            self.transport.write(
                STATUS_LINE[status] + head + b"connection: close\r\n\r\n" + answer.body
            )
        self.close()

    # -- an answer that is written and not yet taken -------------------------------------------

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch()

    def _watch(self) -> None:
        self._untaken = math.inf
        if self._taking is None and self.transport.get_write_buffer_size():
            self._taking = self.loop.call_later(UNTAKEN_SECONDS, self._look)

    def _look(self) -> None:
        """Drop who took nothing since the last look."""
        self._taking = None
        if not self.flow.write_paused and not self.transport.is_closing():
            return
        untaken = self.transport.get_write_buffer_size() + _in_kernel(self.transport)
        if untaken >= self._untaken:
            self.transport.abort()
        else:
            self._untaken = untaken
            self._taking = self.loop.call_later(UNTAKEN_SECONDS, self._look)


def _give_up(cycle: RequestResponseCycle) -> None:
    """Nobody waits for this answer any more."""
    cycle.disconnected = True
    cycle.message_event.set()


def _in_kernel(transport: Transport) -> int:
    """The bytes that the other side has not acknowledged yet, where the system tells.

    The kernel buffers megabytes, so our own buffer can stay the same for long although somebody
    reads.
    """
    try:
        line = transport.get_extra_info("socket").fileno()
        return int.from_bytes(fcntl.ioctl(line, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    except OSError:
        return 0


class Server(uvicorn.Server):
    """Ends the streams before it waits for open requests: they would never end by themselves."""

    def __init__(self, config: uvicorn.Config, close_streams: Closing) -> None:
        super().__init__(config)
        self._close_streams = close_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._close_streams()
        await super().shutdown(sockets)
        if self.force_exit:  # a second Ctrl-C ends the waiting, but not the application half
            await self.lifespan.shutdown()


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
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return Server(config, close_streams)
