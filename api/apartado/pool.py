"""Connections to the database, and the one way in which a statement is run on them.

Autocommit, one statement per call, binary answers, so that nothing depends on the settings of the
session, also behind a pooler. What may be repeated and what may not is decided here, and nowhere
else.

Why not ``psycopg_pool``: after a restart of the database every connection in it is dead, and
between two failed checks it sleeps for a second, so eight of them outlast any request.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import select
import socket
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import msgspec
import psycopg
from psycopg import AsyncConnection, AsyncCursor, AsyncRawCursor, errors
from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format, TransactionStatus

from apartado.callers import IsGone
from apartado.errors import Unavailable

LOG = logging.getLogger("apartado")

Row = tuple[Any, ...]
Connection = AsyncConnection[Row]
Cursor = AsyncCursor[Row]

WAIT_SECONDS = 1.5
"""How long a request waits for a connection, and how long conflicts are retried."""

ANSWER_SECONDS = 1.9
"""When whoever waited for a connection, or tried again, is answered at the latest: waiting for a
connection and then for a lock would be twice as long. The first try is left to the timeouts of the
database's role, because a long list takes its time."""

KEPT_FOR_COMMANDS = 2
"""Connections that no query takes: at the opening of a drop many look, and whoever buys must not
stand behind them."""

SHORT_WAIT_SECONDS = 0.3
SILENCE_SECONDS = 6.0
"""After so long without a word the database is taken for gone: a statement may take 5 seconds."""

FIRST_PAUSE_SECONDS = 0.005
LONGEST_PAUSE_SECONDS = 0.2

END_SECONDS = 1.0
"""How long the end of what a lost connection was doing is tried; whoever asked waits for it."""

END = (
    "select pg_catalog.pg_terminate_backend(a.pid, 500) from pg_catalog.pg_stat_activity a"
    " where a.pid = $1::integer and a.usename = session_user"
    " and a.backend_start <= pg_catalog.clock_timestamp() - $2::interval"
)
"""The same number may have been given to another session since: that one began later."""

SESSION = "select pg_catalog.pg_backend_pid()"
"""A pooler gives its clients numbers of its own."""

GREETING_SECONDS = 3.0

TAKE_TIME = "select pg_catalog.set_config('statement_timeout', $1, true)"

CONNECTION_ENDED = ("08", "57P")
"""SQLSTATEs after which the connection is gone. Without any SQLSTATE it is gone, too."""

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_INT64 = struct.Struct("!q")
_INTERVAL = struct.Struct("!qii")
_INFINITIES = (2**63 - 1, -(2**63))
_DAY_SECONDS = 86_400


class Table(NamedTuple):
    """The answer to a statement."""

    columns: list[str]
    rows: list[Row]


class ClientGone(Exception):
    """Whoever asked went away before the statement was begun."""


class _TimestampLoader(Loader):
    """timestamptz -> datetime in UTC; an infinite one is null, for JSON has no word for it."""

    format = Format.BINARY

    def load(self, data: Buffer) -> datetime | None:
        (micros,) = _INT64.unpack(data)
        return None if micros in _INFINITIES else _EPOCH + timedelta(microseconds=micros)


class _IntervalLoader(Loader):
    """interval -> seconds. Rules make intervals of hours and seconds; a day is 24 hours."""

    format = Format.BINARY

    def load(self, data: Buffer) -> int | float:
        micros, days, months = _INTERVAL.unpack(data)
        whole, rest = divmod(micros, 1_000_000)
        seconds: int = whole + (days + months * 30) * _DAY_SECONDS
        return seconds + rest / 1_000_000 if rest else seconds


class _JsonLoader(Loader):
    """jsonb -> its text, passed through as it is. The first byte is the version."""

    format = Format.BINARY

    def load(self, data: Buffer) -> msgspec.Raw:
        return msgspec.Raw(bytes(data)[1:])


class _NumericLoader(Loader):
    """numeric -> text with exactly the digits that SQL gave."""

    format = Format.BINARY

    def __init__(self, oid: int, context: AdaptContext | None = None) -> None:
        super().__init__(oid, context)
        inner = psycopg.adapters.get_loader(oid, Format.BINARY)
        if inner is None:
            raise LookupError("psycopg cannot read a binary numeric")
        self._inner = inner(oid, context)

    def load(self, data: Buffer) -> str:
        return format(self._inner.load(data), "f")


def prepare_to_read(connection: Connection) -> None:
    """Teach a connection how answers are read. Nothing is sent."""
    adapters = connection.adapters
    adapters.register_loader("timestamptz", _TimestampLoader)
    adapters.register_loader("interval", _IntervalLoader)
    adapters.register_loader("jsonb", _JsonLoader)
    adapters.register_loader("numeric", _NumericLoader)


async def connect(url: str, **settings: int) -> Connection:
    """A connection as everything in the service uses it: autocommit, ``$1`` parameters.

    A statement is prepared when it has succeeded once. If it were prepared at once, each refused
    one would leak in the server: psycopg forgets a new statement that failed without DEALLOCATE.
    Behind a pooler nothing is prepared: sessions are shared, and another client may have prepared
    something else under the same name. The client encoding is UTF-8, whatever the database or the
    environment says.
    """
    connection = await AsyncConnection.connect(
        url,
        autocommit=True,
        prepare_threshold=None,
        cursor_factory=AsyncRawCursor,
        application_name="apartado",
        client_encoding="utf8",
        **settings,  # type: ignore[arg-type]
    )
    prepare_to_read(connection)
    try:
        session = await read(await execute(connection, SESSION, [], GREETING_SECONDS))
    except BaseException:
        await connection.close()
        raise
    if session.rows == [(connection.info.backend_pid,)]:
        connection.prepare_threshold = 1
    return connection


def _is_usable(connection: Connection) -> bool:
    """Whether an idle connection is alive, without asking the server.

    On an idle connection the server sends something only to end it: bytes to read, or an end of
    file, mean that it is gone. Nothing was sent on it yet, so taking another one is safe.
    """
    if connection.closed or connection.info.transaction_status is not TransactionStatus.IDLE:
        return False
    poller = select.poll()
    poller.register(connection.fileno(), select.POLLIN)
    return not poller.poll(0)


def is_connection_lost(error: psycopg.Error) -> bool:
    """Whether the connection is gone, and with it perhaps the answer to what was sent."""
    if not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate.startswith(CONNECTION_ENDED)


@contextmanager
def patience(connection: Connection, seconds: float) -> Iterator[None]:
    """Close the socket of a database that is silent for so long: who waits gets a lost connection.

    Cancelling instead would first ask the same database to stop, and wait for that.
    """
    timer = asyncio.get_running_loop().call_later(seconds, _hang_up, connection)
    try:
        yield
    finally:
        timer.cancel()


def _hang_up(connection: Connection) -> None:
    LOG.warning("the database does not answer")
    with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


async def execute(
    connection: Connection, statement: str, values: Sequence[str | None], silence: float
) -> Cursor:
    """The answer to one statement, yet to be fetched; so many seconds of silence end the line."""
    with patience(connection, silence):
        return await connection.cursor(binary=True).execute(statement.encode(), values)


class Pool:
    """At most ``size`` connections, made when they are needed, the warmest used first."""

    def __init__(self, url: str, size: int) -> None:
        self._url = url
        self._idle: list[Connection] = []
        self._places = asyncio.Semaphore(size)
        self._for_looks = asyncio.Semaphore(max(1, size - KEPT_FOR_COMMANDS))
        # Backend pid of each, and since when: a lost connection does not know its pid any more.
        self._sessions: WeakKeyDictionary[Connection, tuple[int, float]] = WeakKeyDictionary()
        self._closed = self._is_refused = False
        self.size = size
        self.in_use = 0

    @property
    def is_full(self) -> bool:
        """Whether the next one has to wait."""
        return self._places.locked()

    @property
    def has_none(self) -> bool:
        """Whether it has no connection, and the last try to open one failed."""
        return self._is_refused and not self._idle and not self.in_use

    async def try_again(self) -> None:
        """Where there is none to be had nobody may be sent, so that no request sees its end."""
        if self.has_none:
            with suppress(Unavailable):
                until = asyncio.get_running_loop().time() + WAIT_SECONDS
                await self.give_back(await self.take(until))

    async def close(self) -> None:
        self._closed = True
        await self._close_idle()

    async def _close_idle(self) -> None:
        while self._idle:
            await self._idle.pop().close()

    async def take(self, until: float) -> Connection:
        """A connection that works, or Unavailable when the loop's clock has come so far."""
        if self._closed:
            raise Unavailable
        try:
            async with asyncio.timeout_at(until):
                await self._places.acquire()
                try:
                    return await self._first_usable()
                except BaseException:
                    self._places.release()
                    raise
        except (TimeoutError, psycopg.OperationalError) as error:
            raise Unavailable from error

    async def _first_usable(self) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if _is_usable(connection):
                self.in_use += 1
                return connection
            await connection.close()
        connection = await self._open()
        since = asyncio.get_running_loop().time()
        self._sessions[connection] = connection.info.backend_pid, since
        self.in_use += 1
        return connection

    async def _open(self) -> Connection:
        try:
            connection = await connect(self._url)
        except psycopg.OperationalError as error:
            if not self._is_refused:
                LOG.warning("no connection can be opened: %s", " ".join(str(error).split()))
            self._is_refused = True
            raise
        if self._is_refused:
            LOG.warning("connections can be opened again")
        self._is_refused = False
        return connection

    async def give_back(self, connection: Connection) -> None:
        self.in_use -= 1
        try:
            if self._closed or connection.info.transaction_status is not TransactionStatus.IDLE:
                await connection.close()
            elif not connection.closed:
                self._idle.append(connection)
        finally:
            self._places.release()

    async def run(
        self,
        statement: str,
        values: Sequence[str | None],
        *,
        repeatable: bool,
        is_gone: IsGone | None = None,
        seconds: int | None = None,
    ) -> Table:
        """The answer to one statement, as ``ask`` has it."""
        return await read(
            await self.ask(
                statement, values, repeatable=repeatable, is_gone=is_gone, seconds=seconds
            )
        )

    async def look(
        self, statement: str, values: Sequence[str | None], is_gone: IsGone | None = None
    ) -> Table:
        """The answer to a query, which leaves some connections to the commands."""
        since = asyncio.get_running_loop().time() if self._for_looks.locked() else None
        await take_place(self._for_looks)
        try:
            return await read(
                await self.ask(statement, values, repeatable=True, is_gone=is_gone, since=since)
            )
        finally:
            self._for_looks.release()

    async def ask(
        self,
        statement: str,
        values: Sequence[str | None],
        *,
        repeatable: bool,
        is_gone: IsGone | None = None,
        seconds: int | None = None,
        since: float | None = None,
    ) -> Cursor:
        """The answer to one statement, yet to be ``read``; its connection is free again.

        After a serialization failure or a deadlock (40001, 40P01) everything was rolled back: it is
        tried again, with jitter, for up to 1.5 seconds. After a lost connection it may have been
        committed: it is tried once more only if ``repeatable``, that is a query, or a command with
        an idempotency key. If the lost session could not be ended, its statement may run later, and
        it is not tried again (Unavailable): a client that asks again under the same key and is
        refused must not find it done afterwards. For the same reason nothing is tried again for a
        client that is gone. ``seconds`` replaces the role's statement_timeout; ``since`` is when
        the wait began, if it has waited already.
        """
        clock = asyncio.get_running_loop().time
        began = clock() if since is None else since
        give_up_at = began + WAIT_SECONDS
        pause = FIRST_PAUSE_SECONDS
        has_waited = since is not None
        while True:
            has_waited = has_waited or self.is_full
            connection = await self.take(give_up_at)
            is_late = clock() - began > SHORT_WAIT_SECONDS
            try:
                if has_waited and is_gone is not None and is_gone():
                    raise ClientGone
                async with asyncio.timeout_at(began + ANSWER_SECONDS if is_late else None):
                    return await self._execute(connection, statement, values, seconds)
            except TimeoutError as error:
                raise Unavailable from error
            except (errors.SerializationFailure, errors.DeadlockDetected):
                if clock() + pause > give_up_at:
                    raise
            except errors.FeatureNotSupported:
                # "cached plan must not change result type": a newer version has been installed.
                # Nothing was done; all older connections have prepared the same statement.
                if self._sessions[connection][1] > began:
                    raise
                await connection.close()
                await self._close_idle()
            except psycopg.OperationalError as error:
                if error.sqlstate is None and not await self._end(*self._sessions[connection]):
                    raise Unavailable from error
                if not (repeatable and is_connection_lost(error)):
                    raise
                repeatable = False
            finally:
                await self.give_back(connection)
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            has_waited = True

    async def _end(self, backend: int, since: float) -> bool:
        """End a session that this service lost; whether it is known to have ended."""
        age = asyncio.get_running_loop().time() - since
        with suppress(TimeoutError):
            async with asyncio.timeout(END_SECONDS):
                while True:
                    with suppress(psycopg.Error):
                        async with await connect(self._url) as connection:
                            _, rows = await read(
                                await self._execute(
                                    connection, END, [str(backend), f"{age:.6f} seconds"]
                                )
                            )
                        if all(ended for (ended,) in rows):
                            return True
                    await asyncio.sleep(LONGEST_PAUSE_SECONDS)
        return False

    async def _execute(
        self,
        connection: Connection,
        statement: str,
        values: Sequence[str | None],
        seconds: int | None = None,
    ) -> Cursor:
        try:
            if seconds is None:
                return await execute(connection, statement, values, SILENCE_SECONDS)
            # SET LOCAL: behind a pooler the session is given to somebody else next
            silence = seconds + SILENCE_SECONDS
            with patience(connection, silence):
                async with connection.transaction():
                    await execute(connection, TAKE_TIME, [f"{seconds}s"], silence)
                    return await execute(connection, statement, values, silence)
        except asyncio.CancelledError:
            # Its answer may still arrive, and the next user of the connection would read it.
            with suppress(psycopg.Error):
                await connection.close()
            raise


async def take_place(places: asyncio.Semaphore) -> None:
    """Take one of so many places; Unavailable for whoever waits too long."""
    if not places.locked():
        await places.acquire()  # there is room, so no timeout is needed: it costs more than this
        return
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            await places.acquire()
    except TimeoutError as error:
        raise Unavailable from error


async def read(cursor: Cursor) -> Table:
    """What a statement answered. Nothing is asked of the database."""
    rows = await cursor.fetchall()
    return Table(_columns(cursor), rows)


def _columns(cursor: Cursor) -> list[str]:
    """Read from each answer, because an upgrade may change them; ``description`` costs ten times
    as much."""
    result = cursor.pgresult
    if result is None:
        return []
    return [(result.fname(number) or b"").decode() for number in range(result.nfields)]
