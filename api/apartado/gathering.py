"""Requests that come while another is under way share the next call.

Whoever finds nobody under way goes straight through, by the ordinary statement. Those who come
meanwhile stand in line, and the next call answers all of them: one connection, one transaction,
one commit. Commands stand in line for what they are about, because they would wait for each other
anyway; and who is first there stands in one more line with the first of the others, because a call
costs more than what it does. Queries stand in line for their answer: it is the same for all who
ask the same, and it is read after the last of them came.

What each is answered is decided in SQL, and so is who must be asked for by the ordinary statement
after all. Here are only lines of requests.
"""

from __future__ import annotations

import asyncio
import sys
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec
import psycopg

from apartado.callers import IsGone
from apartado.errors import RefusedInSql, is_unavailable
from apartado.pool import ClientGone, Cursor, Pool, Row, Table, is_connection_lost, read

MOST = 64
"""Requests in one call. So many subtransactions PostgreSQL keeps at hand for its snapshots."""

PATIENCE_SECONDS = 0.05
"""How long a line waits for a call that may itself wait for something else."""

NUMBER, CODE, ANSWER = 0, 1, 6
"""Columns of a row: the number of its request, its refusal in five, and the ordinary answer."""

About = tuple[str | None, ...]
ANYTHING: About = ()
"""What the line of those is about who are the first to ask about different things."""

_T = TypeVar("_T")


@dataclass(slots=True)
class Asked(Generic[_T]):
    """One request: how it is answered by itself, and, where it may share a call, what was sent."""

    alone: Callable[[], Awaitable[_T]]
    is_gone: IsGone
    fields: dict[str, str | None] = field(default_factory=dict)
    repeatable: bool = True


class _Place(Generic[_T]):
    """A place in a line, and the answer that is waited for there."""

    __slots__ = ("answer", "asked")

    def __init__(self, asked: Asked[_T]) -> None:
        self.asked = asked
        self.answer: asyncio.Future[_T] = asyncio.get_running_loop().create_future()

    def is_wanted(self) -> bool:
        """Whether a call is still to be made for it."""
        if self.asked.is_gone():
            self.give(ClientGone())
        return not self.answer.done()

    def give(self, found: _T | BaseException) -> None:
        if self.answer.done():
            return
        if isinstance(found, BaseException):
            self.answer.set_exception(found)
        else:
            self.answer.set_result(found)


class _Line(Generic[_T]):
    """Those who wait while a call about the same is under way."""

    __slots__ = ("is_served", "places")

    def __init__(self) -> None:
        self.places: deque[_Place[_T]] = deque()
        self.is_served = False


class Lines(ABC, Generic[_T]):
    """The lines of one endpoint, one for each thing that is asked for."""

    most: int

    def __init__(self) -> None:
        self._lines: dict[About, _Line[_T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def answer(self, about: About, asked: Asked[_T]) -> _T:
        """The answer to one request; its refusal, or what went wrong, is raised."""
        return await self._stand_in(about, asked, asked.alone)

    async def _stand_in(
        self, about: About, asked: Asked[_T], first: Callable[[], Awaitable[_T]]
    ) -> _T:
        line = self._lines.get(about)
        if line is not None:
            place = _Place(asked)
            line.places.append(place)
            if len(line.places) == 1 and not line.is_served:
                place.answer.get_loop().call_later(PATIENCE_SECONDS, self._go_on, about, line)
            return await place.answer
        line = self._lines[about] = _Line()
        try:
            return await first()
        finally:
            self._go_on(about, line)

    def _go_on(self, about: About, line: _Line[_T]) -> None:
        """The first call has ended, or takes long."""
        if line.is_served:
            return
        line.is_served = True
        if line.places:
            self._start(self._serve_line(about, line.places))
        else:
            del self._lines[about]

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve_line(self, about: About, places: deque[_Place[_T]]) -> None:
        part: list[_Place[_T]] = []
        try:
            while places:
                part = [places.popleft() for _ in range(min(self.most, len(places)))]
                await self._serve(about, [place for place in part if place.is_wanted()])
        except Exception as error:
            # A lock timeout, or no connection: the others in this line would meet the same.
            for place in (*part, *places):
                place.give(error)
        finally:
            del self._lines[about]

    @abstractmethod
    async def _serve(self, about: About, part: list[_Place[_T]]) -> None:
        """Answer those who stood first in a line."""


class Sharer(Lines[_T]):
    """Queries: whoever asks the same gets the same answer."""

    most = sys.maxsize

    async def _serve(self, about: About, part: list[_Place[_T]]) -> None:
        found: _T | Exception = ClientGone()
        for place in part:
            try:
                found = await place.asked.alone()
            except ClientGone:
                continue  # this client left before its query began; ask on behalf of the next
            except Exception as error:
                found = error
            break
        for place in part:
            place.give(found)


class Gatherer(Lines[Table]):
    """Commands: each keeps its own answer, whatever becomes of the others in its call."""

    most = MOST

    def __init__(self, pool: Pool, statement: str) -> None:
        super().__init__()
        self._pool = pool
        self._statement = statement

    async def answer(self, about: About, asked: Asked[Table]) -> Table:
        """The answer to one request, which waits for who asks about the same, and for nobody else
        longer than a moment."""
        return await self._stand_in(
            about, asked, lambda: self._stand_in(ANYTHING, asked, asked.alone)
        )

    async def _serve(self, about: About, part: list[_Place[Table]]) -> None:
        if len(part) < 2:
            await self._serve_each(part, apart=about == ANYTHING)
            return
        requests = msgspec.json.encode([place.asked.fields for place in part]).decode()

        def is_one_gone() -> bool:
            return any(place.asked.is_gone() for place in part)

        try:
            cursor = await self._pool.ask(
                self._statement, [requests], repeatable=False, is_gone=is_one_gone
            )
        except ClientGone:
            await self._serve(about, [place for place in part if place.is_wanted()])
            return
        except psycopg.Error as error:
            await self._serve_after(error, about, part)
            return
        # The answers are read in a task of its own, after the next call was sent: otherwise the
        # database would idle meanwhile.
        self._start(self._give(cursor, part))

    async def _give(self, cursor: Cursor, part: list[_Place[Table]]) -> None:
        """To each the answer that a call had for them."""
        try:
            table = await read(cursor)
            columns = table.columns[ANSWER:]
            left = dict(enumerate(part, 1))
            for row in table.rows:
                left.pop(row[NUMBER]).give(_answer(columns, row))
            await self._serve_each(left.values(), apart=True)
        except Exception as error:
            for place in part:
                place.give(error)

    async def _serve_after(
        self, error: psycopg.Error, about: About, part: list[_Place[Table]]
    ) -> None:
        """Go on after a call that failed as a whole.

        If the server raised an error, the call was rolled back: each request is made by itself, and
        only the one that caused the error meets it again. If the connection was lost, the call may
        have committed: only requests with an idempotency key are made again. (If it may still be
        running, the pool raises Unavailable, and that is everybody's answer.)
        """
        if is_connection_lost(error):
            for place in part:
                if not place.asked.repeatable:
                    place.give(error)
        elif error.sqlstate is None or is_unavailable(error):
            raise error
        left = [place for place in part if not place.answer.done()]
        await self._serve_each(left, apart=about == ANYTHING)

    async def _serve_each(self, part: Iterable[_Place[Table]], *, apart: bool) -> None:
        """By the ordinary statement: one after the other, or with `apart` each in a task of its
        own, so that nobody waits for another's lock."""
        for place in filter(_Place.is_wanted, part):
            if apart:
                self._start(self._serve_alone(place))
            else:
                await self._serve_alone(place)

    async def _serve_alone(self, place: _Place[Table]) -> None:
        try:
            place.give(await place.asked.alone())
        except Exception as error:
            place.give(error)


def _answer(columns: list[str], row: Row) -> Table | RefusedInSql:
    if row[CODE] is not None:
        return RefusedInSql(*row[CODE:ANSWER])
    return Table(columns, [row[ANSWER:]])
