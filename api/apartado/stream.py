"""``GET /events``: the stream of what happens, from a cursor or from now on.

Query ``item`` (repeatable), ``location``, ``drop``, ``after``; the header ``Last-Event-ID``, which
browsers send when they reconnect, wins over ``after``. Answers ``text/event-stream``: ``id`` is
the position, ``event`` the kind, ``data`` JSON. The ping is a comment, which the scripts of a page
cannot see; with ``pings`` it is an event ``ping`` as well.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections import deque
from dataclasses import dataclass

import msgspec
import psycopg
from litestar.handlers import ASGIRouteHandler
from litestar.types import HTTPResponseBodyEvent, Receive, Scope, Send

from apartado import malformed, statements
from apartado.callers import (
    Caller,
    Headers,
    caller_of,
    connection_of,
    headers_of,
    only,
    preferred_language,
)
from apartado.endpoints import BY_NAME
from apartado.errors import Unavailable
from apartado.events import PAGE, Hub
from apartado.pool import Row
from apartado.readers import Reader, message, next_piece, reset
from apartado.rpc import Service, read_query, send_problem
from apartado.shapes import BigInt, BigInts, In

LOG = logging.getLogger("apartado")

PING_SECONDS = 15.0
SESSION_CHECK_SECONDS = 10.0
RETRY_MILLISECONDS = 1_000
TAKES_NOTHING_SECONDS = 5.0
"""After which a reader is cut off whose connection takes no more, or is dead."""

SEND_BUFFER_BYTES = 64 * 1024

CURSOR_OF_NO_USE = "RS403"
OF_SESSIONS = "RS6"

# Who compresses on the way, as the servers of front-end tools do, keeps back what comes.
STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
]

WHO = f"select a.alias, a.is_operator from {statements.AUTHENTICATE} as a"
PAGE_FIELDS = ("after", "limit", "items", "location", "drop")
LIST_EVENTS = statements.call(BY_NAME["list_events"], PAGE_FIELDS, False)
PAGE_NAMES = ("token", "language", "after", "limit", "item", "location", "drop")


class Wish(In):
    """What a reader asks for."""

    item: BigInts = msgspec.field(default_factory=list)
    location: str | None = None
    drop: BigInt | None = None
    after: BigInt | None = None
    pings: bool = False


WISHES = statements.fields_of(Wish)


@dataclass(frozen=True, slots=True)
class Pages:
    """The past, as ``list_events`` tells it to this caller."""

    service: Service
    who: Caller
    wish: Wish

    async def after(self, cursor: int, limit: int = PAGE) -> list[Row]:
        items = statements.array(self.wish.item) if self.wish.item else None
        drop = None if self.wish.drop is None else str(self.wish.drop)
        values = [self.who.token, self.who.language, str(cursor), str(limit), items]
        _, rows = await self.service.pool.look(LIST_EVENTS, [*values, self.wish.location, drop])
        return rows


class Stream:
    """The address, and the watch over the sessions of those who read."""

    def __init__(self, hub: Hub, service: Service) -> None:
        self._hub = hub
        self._service = service

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one reader for as long as both sides want."""
        headers = headers_of(scope)
        who: Caller | None = None
        try:
            only(scope, ("GET",))
            who = caller_of(headers, changes_state=False)
            wish = _wish(scope["query_string"], headers)
            pages = Pages(self._service, who, wish)
            reader = await self._reader(pages, scope)
            useless = await self._is_useless(pages)
        except Exception as error:
            language = preferred_language(headers.get(b"accept-language"))
            answer = await self._service.problem(error, who, language, PAGE_NAMES)
            await send_problem(send, answer, who)
            return
        _keep_short(reader.connection)
        presence = asyncio.create_task(_close_when_gone(reader, receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS})
            await self._serve(reader, pages, useless, send)
            await _write(reader, send, b"", more=False)
        finally:
            self._hub.leave(reader)
            presence.cancel()

    async def _reader(self, pages: Pages, scope: Scope) -> Reader:
        if self._hub.pos is None:
            raise Unavailable
        who, wish = pages.who, pages.wish
        _, rows = await self._service.pool.look(WHO, [who.token, who.language])
        ((alias, is_operator),) = rows
        return Reader(
            items=frozenset(wish.item),
            location=wish.location,
            drop=wish.drop,
            token=who.token,
            alias=alias,
            is_operator=is_operator,
            connection=connection_of(scope),
        )

    async def _is_useless(self, pages: Pages) -> bool:
        """Whether the cursor is too old, or ahead of the head.

        Asks the database even where the hub remembers enough: it also judges location and drop, and
        it may know a newer head, because another service numbers events, too.
        """
        head = self._hub.pos or 0
        cursor = pages.wish.after
        try:
            await pages.after(head if cursor is None else cursor, limit=1)
        except psycopg.Error as error:
            if error.sqlstate != CURSOR_OF_NO_USE:
                raise
            return cursor is not None
        return False

    async def _serve(self, reader: Reader, pages: Pages, useless: bool, send: Send) -> None:
        try:
            if useless or pages.wish.after is None:
                start = self._hub.join(reader, None)
                opening = _opening(start) + (reset(start) if useless else b"")
                await _write(reader, send, opening)
            else:
                await _write(reader, send, _opening(pages.wish.after))
                await self._replay(reader, pages, pages.wish.after, send)
            await self._follow(reader, pages.wish.pings, send)
        except (Unavailable, psycopg.OperationalError):
            # The headers were sent, so no status can be: end the stream, and the reader reconnects
            # within a second with its cursor.
            LOG.info("a stream ended without its database")
        except psycopg.Error as error:
            # The session ended during the replay: the reader is told why when it reconnects.
            if not (error.sqlstate or "").startswith(OF_SESSIONS):
                raise

    async def _replay(self, reader: Reader, pages: Pages, cursor: int, send: Send) -> None:
        """Serve the past, then join in the same step in which nothing is missing."""
        while not self._hub.remembers(cursor) and not reader.closed:
            head = self._hub.pos or 0
            try:
                rows = await pages.after(cursor)
            except psycopg.Error as error:
                if error.sqlstate != CURSOR_OF_NO_USE:
                    raise
                await _write(reader, send, reset(self._hub.join(reader, None)))
                return
            if rows:
                past = deque((_past(row), 1) for row in rows)
                while past and not reader.closed:
                    text, _ = next_piece(past)
                    await _write(reader, send, text)
                cursor = rows[-1][0]
            if len(rows) < PAGE:
                # A short page holds everything up to the hub's position before the query.
                cursor = max(cursor, head)
        self._hub.join(reader, cursor)

    async def _follow(self, reader: Reader, pings: bool, send: Send) -> None:
        named = b"event: ping\ndata: {}\n" if pings else b""
        loop = asyncio.get_running_loop()
        while True:
            if reader.waiting:
                await _write(reader, send, reader.take())
            elif reader.closed:
                return
            else:
                reader.wake.clear()
                # call_later costs a tenth of asyncio.timeout, and 1,000 readers pay it each time
                enough = loop.call_later(PING_SECONDS, reader.wake.set)
                try:
                    await reader.wake.wait()
                finally:
                    enough.cancel()
                if not (reader.waiting or reader.closed):
                    # Nothing waits, so the reader has all that concerns it up to the cursor.
                    await _write(reader, send, b": ping\nid: %d\n%s\n" % (reader.cursor, named))

    async def watch_sessions(self) -> None:
        """End the streams of sessions that ended, and notice who became an operator or no more."""
        while True:
            await asyncio.sleep(SESSION_CHECK_SECONDS)
            by_token: dict[str, list[Reader]] = {}
            for reader in self._hub.readers:
                if reader.token is not None:
                    by_token.setdefault(reader.token, []).append(reader)
            for token, readers in by_token.items():
                await self._check_session(token, readers)

    async def _check_session(self, token: str, readers: list[Reader]) -> None:
        try:
            _, rows = await self._service.pool.look(WHO, [token, None])
        except psycopg.Error as error:
            if (error.sqlstate or "").startswith(OF_SESSIONS):
                for reader in readers:
                    reader.close()
            return
        except Unavailable:
            return
        ((alias, is_operator),) = rows
        for reader in readers:
            reader.alias, reader.is_operator = alias, is_operator


def _wish(query: bytes, headers: Headers) -> Wish:
    wish = read_query(query, Wish, WISHES)
    if wish.location is not None and "\0" in wish.location:
        raise malformed.unfit("location", "text", wish.location, expected="text without NUL")
    last = headers.get(b"last-event-id")
    if last:
        given = last.decode("latin-1").strip()
        try:
            wish.after = msgspec.convert(given, BigInt, strict=False)
        except msgspec.ValidationError:
            raise malformed.unfit("after", "bigint", given) from None
    return wish


def _opening(pos: int) -> bytes:
    return b"id: %d\nretry: %d\n\n" % (pos, RETRY_MILLISECONDS)


def _past(row: Row) -> bytes:
    pos, kind, _item_id, _location, data, _at = row
    return message(pos, kind, bytes(data))


async def _close_when_gone(reader: Reader, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    reader.close()


def _keep_short(connection: asyncio.Transport | None) -> None:
    """Keep the kernel's send buffer small, so that a slow reader is noticed here."""
    if connection is None or connection.is_closing():
        return
    connection.set_write_buffer_limits(high=0)
    line = connection.get_extra_info("socket")
    if line is not None and line.family in (socket.AF_INET, socket.AF_INET6):
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            patience = int(TAKES_NOTHING_SECONDS * 1_000)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, patience)


async def _write(reader: Reader, send: Send, body: bytes, *, more: bool = True) -> None:
    """Send, as soon as what was sent before is on its way; cut off who takes nothing."""
    message: HTTPResponseBodyEvent = {
        "type": "http.response.body",
        "body": body,
        "more_body": more,
    }
    if reader.connection is not None and reader.connection.get_write_buffer_size() == 0:
        await send(message)  # the buffer is empty, so this cannot block: saves the timeout
        return
    try:
        async with asyncio.timeout(TAKES_NOTHING_SECONDS):
            await send(message)
    except TimeoutError:
        reader.cut_off()


def route(stream: Stream) -> ASGIRouteHandler:
    """The Litestar route of ``/events``."""
    return ASGIRouteHandler("/events", copy_scope=False)(stream.answer)
