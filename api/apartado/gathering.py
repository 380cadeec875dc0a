"""Requests for the same thing, which would wait for each other anyway, share one call.

Whoever finds nobody under way goes straight through, by the ordinary statement. Those who come
meanwhile stand in line, and the next call answers all of them: one connection, one transaction,
one commit. What each of them is answered is decided in SQL, and so is who must be asked for by the
ordinary statement after all. Here are only lines of requests, by what they are about.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import msgspec
import psycopg

from apartado.errors import RefusedInSql, is_unavailable
from apartado.pool import ClientGone, Pool, Row, Table, is_connection_lost

MOST = 64
"""Requests in one call. So many subtransactions PostgreSQL keeps at hand for its snapshots."""

PATIENCE_SECONDS = 0.05
"""How long a line waits for a call that may itself wait for something else."""

NUMBER, CODE, ANSWER = 0, 1, 6
"""Columns of a row: the number of its request, its refusal in five, and the ordinary answer."""

About = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what was sent, and how it is answered by itself."""

    fields: dict[str, str | None]
    alone: Callable[[], Awaitable[Table]]
    repeatable: bool
    is_gone: Callable[[], bool]


class _Place:
    """A place in a line, and the answer that is waited for there."""

    __slots__ = ("answer", "asked")

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.answer: asyncio.Future[Table] = asyncio.get_running_loop().create_future()

    def is_wanted(self) -> bool:
        """Whether a call is still to be made for it."""
        if self.asked.is_gone():
            self.give(ClientGone())
        return not self.answer.done()

    def give(self, found: Table | BaseException) -> None:
        if self.answer.done():
            return
        if isinstance(found, BaseException):
            self.answer.set_exception(found)
        else:
            self.answer.set_result(found)


class _Line:
    """Those who wait for the same thing while a call about it is under way."""

    __slots__ = ("is_served", "places")

    def __init__(self) -> None:
        self.places: deque[_Place] = deque()
        self.is_served = False


class Gatherer:
    """The lines of one endpoint, one for each thing that is asked for."""

    def __init__(self, pool: Pool, statement: str) -> None:
        self._pool = pool
        self._statement = statement
        self._lines: dict[About, _Line] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def answer(self, about: About, asked: Asked) -> Table:
        """The answer to one request; its refusal, or what went wrong, is raised."""
        line = self._lines.get(about)
        if line is not None:
            place = _Place(asked)
            line.places.append(place)
            if len(line.places) == 1 and not line.is_served:
                place.answer.get_loop().call_later(PATIENCE_SECONDS, self._go_on, about, line)
            return await place.answer
        line = self._lines[about] = _Line()
        try:
            return await asked.alone()
        finally:
            self._go_on(about, line)

    def _go_on(self, about: About, line: _Line) -> None:
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

    async def _serve_line(self, about: About, places: deque[_Place]) -> None:
        part: list[_Place] = []
        try:
            while places:
                part = [places.popleft() for _ in range(min(MOST, len(places)))]
                await self._serve([place for place in part if place.is_wanted()])
        except Exception as error:
            # A busy row, no connection: whoever stands in line waits for the same.
            for place in (*part, *places):
                place.give(error)
        finally:
            del self._lines[about]

    async def _serve(self, part: list[_Place]) -> None:
        """Answer those who stood first in a line, in one call where they are several."""
        if len(part) < 2:
            await self._serve_alone(part)
            return
        requests = msgspec.json.encode([place.asked.fields for place in part]).decode()
        try:
            table = await self._pool.run(self._statement, [requests], repeatable=False)
        except psycopg.Error as error:
            await self._serve_after(error, part)
            return
        columns = table.columns[ANSWER:]
        left = dict(enumerate(part, 1))
        for row in table.rows:
            left.pop(row[NUMBER]).give(_answer(columns, row))
        for place in left.values():
            # Whatever it waits for, nobody else is to wait for that.
            self._start(self._serve_alone([place]))

    async def _serve_after(self, error: psycopg.Error, part: list[_Place]) -> None:
        """Go on after a call that failed as a whole.

        Where the server refused it, nothing was done, and whoever was the reason is so by
        themselves. Where the connection was lost, nobody knows what was done: only those are asked
        for again whom a key keeps from being done twice.
        """
        if is_connection_lost(error):
            for place in part:
                if not place.asked.repeatable:
                    place.give(error)
        elif error.sqlstate is None or is_unavailable(error):
            raise error
        await self._serve_alone([place for place in part if not place.answer.done()])

    async def _serve_alone(self, part: list[_Place]) -> None:
        for place in part:
            try:
                place.give(await place.asked.alone())
            except Exception as error:
                place.give(error)


def _answer(columns: list[str], row: Row) -> Table | RefusedInSql:
    if row[CODE] is not None:
        return RefusedInSql(*row[CODE:ANSWER])
    return Table(columns, [row[ANSWER:]])
