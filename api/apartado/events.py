"""The live stream: one LISTEN connection, one hub, one bounded queue per reader.

The hub listens first, then numbers and reads what is new, then hands it out; the same after
every reconnect, so nothing falls into a gap. A wake-up may be missed (under load the writers
share one), so it looks every 100 ms while anyone reads, and every second otherwise. While nobody
reads it only numbers, and goes on from the head when somebody comes.

Each ring wakes the session that listens, in front of the writer who rang, and then the service. So
where looks find a crowd of events the hub listens no more and looks by the clock, until one finds
few: then it listens again, and looks.

A reader that comes back with a cursor is first served from what the hub remembers, before that
from ``list_events``, and joins the live stream in the same step of the loop in which it has
seen everything: without a gap, without a duplicate.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import psycopg
from psycopg import errors

from apartado.errors import Unavailable
from apartado.pool import Connection, connect, execute
from apartado.readers import Event, Piece, Reader, joined, reset

LOG = logging.getLogger("apartado")

CHANNEL = "apartado"
PAGE = 500
NUMBER_AT_ONCE = 1_000
REMEMBERED = 500
"""Events that the hub keeps in memory for readers that come back. Fewer than a queue holds."""

LOOK_SECONDS = 0.1
IDLE_LOOK_SECONDS = 1.0
PACE_PER_EVENT_SECONDS = 0.0004
"""Between two looks, whoever rings: so long for each event of the last look. A look costs more than
an event, so several are told in batches, and one at once."""

CROWD = 10
CROWD_SECONDS = 0.02
"""So many events in one look are a crowd. Then nobody listens, and while anyone reads, so long
passes between two looks."""

EVENTS_AT_ONCE = 50
READERS_AT_ONCE = 100
"""So many events are handed to so many readers before these are written to, and requests get their
turn. A request needs several turns, and holds a connection meanwhile: where each waited for 1,000
readers, most requests found none."""

LONGEST_PAUSE_SECONDS = 1.0
"""In a crowd the next look waits as long as the last one took to be handed out, so that requests
have half of the time, but no longer than this."""

LONGEST_RECONNECT_SECONDS = 1.0
ANSWER_SECONDS = 2.5
"""How long an answer may take before the connection counts as dead. With the pause before the next
one this is what may pass until readers go on: three seconds after the database is back."""

SHORT_PATIENCE = {
    "connect_timeout": 3,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": 3_000,
}
"""For the listener, which would wait for ever for a database whose machine is gone."""

ALIVE_SECONDS = 3.0
KEPT_SECONDS = 30.0
"""How long the hub goes on reading events for the last reader, which may come back."""

CLOSING_SECONDS = 0.2

NUMBER_EVENTS = "select apartado._number_events($1)"
TAIL_EVENTS = (
    "select t.pos, t.kind, t.item_id, t.location, t.drop_id, t.alias, t.public, t.member,"
    " t.operator from apartado.tail_events($1, $2) as t"
)
EVENT_HEAD = "select h.pos, h.oldest from apartado.event_head() as h"


class Stirred:
    """Queues that moved and readers that came, since somebody last told people where they stand."""

    def __init__(self) -> None:
        self._items: set[int] = set()
        self._readers: set[Reader] = set()
        self._some = asyncio.Event()

    def note(self, items: Iterable[int] = (), readers: Iterable[Reader] = ()) -> None:
        self._items.update(items)
        self._readers.update(readers)
        self._some.set()

    async def take(self) -> tuple[set[int], set[Reader]]:
        """All of them, as soon as there are any."""
        await self._some.wait()
        self._some.clear()
        taken = self._items, self._readers
        self._items, self._readers = set(), set()
        return taken


class Hub:
    """Reads the ledger once for all, and hands it out."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._readers: set[Reader] = set()
        self._remembered: deque[Event] = deque(maxlen=REMEMBERED)
        self._forgotten = 0
        self._looked_at = self._left_at = float("-inf")
        self._closing = False
        self._task: asyncio.Task[None] | None = None
        self._has_looked = asyncio.Event()
        self._looks = self._looks_done = 0
        self._found = 0
        self._handing_out = 0.0
        self._look_done = asyncio.Event()
        self.pos: int | None = None
        self.stirred = Stirred()
        self.listens = False
        self.heard = asyncio.Event()
        """Set whenever a ring arrives."""
        self.unlistened = 0
        self._told = self.cut_off = 0

    # -- life ----------------------------------------------------------------------------------

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="events")

    async def wait(self, seconds: float) -> None:
        """Until it has looked once, or so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._has_looked.wait()

    async def look_again(self) -> None:
        """Wait for a look that begins after this call: it hands out all that is committed now."""
        wanted = self._looks + 1
        while self._looks_done < wanted:
            await self._look_done.wait()

    @property
    def is_alive(self) -> bool:
        """Whether it has looked at the ledger just now."""
        return _now() - self._looked_at < ALIVE_SECONDS

    @property
    def readers(self) -> list[Reader]:
        return list(self._readers)

    async def close(self) -> None:
        """End every stream, then the listening; well under a second."""
        self._closing = True
        for reader in self.readers:
            reader.close()
        until = _now() + CLOSING_SECONDS
        while self._readers and _now() < until:
            await asyncio.sleep(0.01)
        for reader in self.readers:
            reader.cut_off()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    # -- readers -------------------------------------------------------------------------------

    def remembers(self, cursor: int) -> bool:
        """Whether everything after the cursor is in memory, or not there yet."""
        return cursor >= self._forgotten

    def join(self, reader: Reader, cursor: int | None) -> int:
        """From here on the reader sees everything after the cursor (the present without one)."""
        if self._closing or self.pos is None:
            raise Unavailable
        reader.cursor = self.pos if cursor is None else cursor
        start = reader.cursor
        self._readers.add(reader)
        for event in self._remembered:
            reader.offer(event)
        if reader.alias is not None:
            self.stirred.note(readers=[reader])
        return start

    def leave(self, reader: Reader) -> None:
        self._readers.discard(reader)
        self._left_at = _now()
        self._told += reader.told
        self.cut_off += reader.was_cut_off

    @property
    def told(self) -> int:
        """Messages that were put into the queues of readers, those that left included."""
        return self._told + sum(reader.told for reader in self._readers)

    # -- the ledger ----------------------------------------------------------------------------

    async def _run(self) -> None:
        pause = LOOK_SECONDS
        said = missed = ""
        while True:
            try:
                connection = await connect(self._url, **SHORT_PATIENCE)
                try:
                    await self._listen(connection)
                    await self._catch_up(connection)
                    pause = LOOK_SECONDS
                    if missed:
                        LOG.warning("the event listener has its %s again", missed)
                        missed = ""
                    await self._follow(connection)
                finally:
                    self.listens = False
                    await connection.close()
            except psycopg.Error as error:
                # Logged once, whatever the reason says: its words change while a server restarts.
                if missed != "database":
                    missed = "database"
                    reason = str(error).strip().partition("\n")[0]
                    LOG.warning("the event listener lost its database: %s", reason)
            except Unavailable:
                if missed != "cursor":
                    missed = "cursor"
                    LOG.warning("the event listener waits: the ledger has no cursor")
                pause = LONGEST_RECONNECT_SECONDS
            except Exception as error:
                # An unforeseen error must not end the loop, or readers would get nothing until the
                # service is restarted.
                if said != repr(error):
                    said = repr(error)
                    LOG.exception("the event listener begins again")
                pause = LONGEST_RECONNECT_SECONDS
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, no secret
            pause = min(pause * 2, LONGEST_RECONNECT_SECONDS)

    async def _follow(self, connection: Connection) -> None:
        while True:
            if self._found >= CROWD:
                await self._wait_unheard(connection)
            elif self.listens:
                await self._wait_for_ring(connection)
            else:
                await self._listen(connection)
            await self._look(connection)

    async def _wait_for_ring(self, connection: Connection) -> None:
        until, is_rung = _now() + IDLE_LOOK_SECONDS, False
        while not is_rung and _now() < until:
            async for _ in connection.notifies(timeout=LOOK_SECONDS, stop_after=1):
                is_rung = True
                self.heard.set()
            if self._readers:
                break
        pace = PACE_PER_EVENT_SECONDS * self._found
        await asyncio.sleep(self._looked_at + pace - _now())

    async def _wait_unheard(self, connection: Connection) -> None:
        """By the clock, or until somebody comes to read."""
        if self.listens:
            await execute(connection, "unlisten *", [], ANSWER_SECONDS)
            self.listens = False
            self.unlistened += 1
        until = _now() + IDLE_LOOK_SECONDS
        pause = min(self._handing_out, LONGEST_PAUSE_SECONDS)
        await asyncio.sleep(max(pause, CROWD_SECONDS))
        while not self._readers and _now() < until:
            await asyncio.sleep(CROWD_SECONDS)

    async def _listen(self, connection: Connection) -> None:
        await execute(connection, f"listen {CHANNEL}", [], ANSWER_SECONDS)
        self.listens = True

    async def _catch_up(self, connection: Connection) -> None:
        """After a (re)connect: go on where it stood, unless the ledger is another one now."""
        head, oldest = await _head(connection)
        if self.pos is None:
            self._skip_to(head)
        elif not oldest <= self.pos <= head:
            self._restart(head)
        await self._look(connection)

    def _restart(self, head: int) -> None:
        """The ledger was restored or purged: every reader starts again from its head."""
        self._skip_to(head)
        for reader in self.readers:
            reader.cursor = head
            reader.put(reset(head))

    def _skip_to(self, head: int) -> None:
        self.pos = self._forgotten = head
        self._remembered.clear()

    def _is_read(self) -> bool:
        return bool(self._readers) or _now() - self._left_at < KEPT_SECONDS

    async def _look(self, connection: Connection) -> None:
        self._looks += 1
        self._handing_out = 0.0
        before = self.pos or 0
        is_more = True
        while is_more:
            is_more = await self._number(connection)
            await self._read(connection)
            self._looked_at = _now()
        self._found = (self.pos or 0) - before
        self._has_looked.set()
        self._looks_done = self._looks
        self._look_done.set()
        self._look_done = asyncio.Event()

    async def _read(self, connection: Connection) -> None:
        if not self._is_read():
            head, _ = await _head(connection)
            if not self._readers:  # a reader that joined during the await would miss events
                self._skip_to(head)
                return
        while True:
            rows = await _ask(connection, TAIL_EVENTS, [str(self.pos), str(PAGE)])
            began = _now()
            for start in range(0, len(rows), EVENTS_AT_ONCE):
                await self._hand_out([Event(row) for row in rows[start : start + EVENTS_AT_ONCE]])
                self._looked_at = _now()  # handing out many events takes a while
            self._handing_out += _now() - began
            if len(rows) < PAGE:
                break

    async def _number(self, connection: Connection) -> bool:
        """Whether there may be more to number."""
        try:
            (numbered,) = await _one(connection, NUMBER_EVENTS, [str(NUMBER_AT_ONCE)])
        except errors.LockNotAvailable:
            # Another session holds the numbering lock for long: read what is numbered already.
            return False
        return bool(numbered == NUMBER_AT_ONCE)

    async def _hand_out(self, events: list[Event]) -> None:
        """To everybody what they may see: most see the same, and are given the same bytes.

        A reader that joins meanwhile has seen these events, or gets them from what is remembered.
        """
        for event in events:
            if len(self._remembered) == REMEMBERED:
                self._forgotten = self._remembered[0].pos
            self._remembered.append(event)
            self.pos = event.pos
            if event.item_id is not None and event.kind.startswith("queue."):
                self.stirred.note(items=[event.item_id])
        concerned = {event.alias for event in events if event.alias is not None}
        same: dict[tuple[Any, ...], list[Piece]] = {}
        for number, reader in enumerate(self.readers, 1):
            if reader.alias in concerned or reader.cursor >= events[0].pos:
                for event in events:
                    reader.offer(event)
            else:
                what = reader.items, reader.location, reader.drop, reader.is_operator
                if what not in same:
                    same[what] = joined(filter(None, map(reader.sees, events)))
                reader.cursor = events[-1].pos
                for text, messages in same[what]:
                    reader.put(text, messages)
            if number % READERS_AT_ONCE == 0:
                await asyncio.sleep(0)
        await asyncio.sleep(0)


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _ask(connection: Connection, statement: str, values: list[str]) -> list[tuple[Any, ...]]:
    return await (await execute(connection, statement, values, ANSWER_SECONDS)).fetchall()


async def _one(connection: Connection, statement: str, values: list[str]) -> tuple[Any, ...]:
    (row,) = await _ask(connection, statement, values)
    return row


async def _head(connection: Connection) -> tuple[int, int]:
    """Unavailable where there is none yet, because the rows of the ledger are being restored."""
    head, oldest = await _one(connection, EVENT_HEAD, [])
    if head is None:
        raise Unavailable
    return head, oldest
