"""A proxy that cuts, stalls, delays and resets, before the service or before the database.

It waits on a TCP port, so that there is something to reset, and goes on to a port or to a socket of
PostgreSQL. Faults are armed: the next piece of a request or of an answer that comes by meets one.

    refuse   the next connection is reset as soon as it is there
    request  a request is lost: what it asked for never happens
    sent     a request arrives, and the connection is reset behind it, whatever becomes of it
    late     as sent, but the connection is reset before, and the request arrives some time later
    answer   an answer is lost: what it tells of has happened. At a commit that is the commit's own
    half     one half of an answer arrives
    close    as answer, but closed in good order instead of reset
    stall    an answer comes late, by `STALL` seconds
    delay    a request comes late, by a little
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

AT_REQUEST = {"request", "sent", "late", "delay"}
AT_ANSWER = {"answer", "half", "close", "stall"}
FAULTS = ("refuse", "request", "sent", "answer", "half", "close", "stall", "delay")
"""What may happen at any door. `late` is for the database's: it ends what a service has lost."""
STALL, DELAY, LATE = 1.0, 0.05, 0.2
PIECE = 65536
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: no time for what was not sent


class Link:
    """One connection through the proxy."""

    def __init__(self, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self.near, self.far = near, far

    def reset(self) -> None:
        """RST to both sides, where a side knows such a thing."""
        for writer in (self.near, self.far):
            _reset(writer)

    def close(self) -> None:
        """FIN to both sides."""
        for writer in (self.near, self.far):
            writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    end = writer.get_extra_info("socket")
    if not writer.is_closing() and end.family == socket.AF_INET:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()


class Proxy:
    """One door with faults behind it."""

    def __init__(self, target: int | Path) -> None:
        """A port of this machine, or the directory of a PostgreSQL's socket."""
        self._target = target
        self._armed: deque[str] = deque()
        self._links: set[Link] = set()
        self._open = asyncio.Event()
        self._open.set()
        self.met: Counter[str] = Counter()
        self.is_at: Callable[[bytes], bool] = lambda piece: True
        """Which pieces of a request meet a fault: all, or only those of a COMMIT."""
        self.late: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(LATE)
        """What a late request waits for."""

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.go_on()
        self.reset()
        while self._links:
            await asyncio.sleep(0)

    # -- faults ---------------------------------------------------------------------------------

    def arm(self, fault: str) -> None:
        """Keep a fault for what comes by next."""
        self._armed.append(fault)

    def disarm(self) -> None:
        """Forget what nothing has met yet."""
        self._armed.clear()

    @property
    def armed(self) -> int:
        """Faults that nothing has met yet."""
        return len(self._armed)

    @property
    def expects_a_connection(self) -> bool:
        """Whether the next fault is for somebody who is not there yet."""
        return bool(self._armed) and self._armed[0] == "refuse"

    def reset(self) -> None:
        """RST to everybody."""
        for link in list(self._links):
            link.reset()

    def stall(self) -> None:
        """Nothing comes through any more, and nobody is told."""
        self._open.clear()

    def go_on(self) -> None:
        """What was stalled comes through."""
        self._open.set()

    def _next(self, kinds: set[str]) -> str | None:
        if self._armed and self._armed[0] in kinds:
            self.met[self._armed[0]] += 1
            return self._armed.popleft()
        return None

    # -- connections ----------------------------------------------------------------------------

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self._target, Path):
            return await asyncio.open_unix_connection(self._target / ".s.PGSQL.5432")
        return await asyncio.open_connection("127.0.0.1", self._target)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await self._connect()
        except OSError:
            Link(writer, writer).reset()
            return
        link = Link(writer, far_writer)
        if self._next({"refuse"}):
            link.reset()
            return
        self._links.add(link)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._requests(link, reader, far_writer))
                both.create_task(self._answers(link, far_reader, writer))
        except* (ConnectionError, OSError):
            link.reset()
        finally:
            link.close()
            self._links.discard(link)

    async def _requests(
        self, link: Link, source: asyncio.StreamReader, target: asyncio.StreamWriter
    ) -> None:
        while piece := await source.read(PIECE):
            await self._open.wait()
            fault = self._next(AT_REQUEST) if self.is_at(piece) else None
            if fault == "request":
                link.reset()
                return
            if fault == "delay":
                await asyncio.sleep(DELAY)
            if fault == "late":
                _reset(link.near)
                await self.late()
            target.write(piece)
            await target.drain()
            if fault in ("sent", "late"):
                await asyncio.sleep(0)  # it has left by now
                link.reset()
                return
        with suppress(OSError):
            target.write_eof()

    async def _answers(
        self, link: Link, source: asyncio.StreamReader, target: asyncio.StreamWriter
    ) -> None:
        while piece := await source.read(PIECE):
            await self._open.wait()
            fault = self._next(AT_ANSWER)
            if fault == "answer":
                link.reset()
                return
            if fault == "close":
                link.close()
                return
            if fault == "stall":
                await asyncio.sleep(STALL)
            target.write(piece[: len(piece) // 2] if fault == "half" else piece)
            await target.drain()
            if fault == "half":
                link.reset()
                return
        link.close()
