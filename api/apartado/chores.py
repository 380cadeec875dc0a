"""What the service does without being asked: due jobs, settling after refusals, the texts.

Which jobs there are, when they are due, and that nobody else runs them at the same moment, is
decided in SQL. Without this process everything stays correct; it only gets tidied later.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import psycopg

from apartado.errors import Messages, Unavailable
from apartado.pool import Pool

LOG = logging.getLogger("apartado")

LOOK = "readiness"
TICK_SECONDS = 1.0
SETTLE_PAUSE_SECONDS = 0.2
JOB_SECONDS = 60
"""How long a job may take, which somebody who waits may not: to draw a line of 30,000 took 0.9."""

LIST_MESSAGES = "select m.code, m.language, m.message, m.hint from apartado.list_messages() as m"
LIST_JOBS = "select j.job from apartado.list_jobs() as j order by j.job"
READINESS = "select r.migration, r.late_jobs from apartado.readiness() as r"
RUN_DUE_JOBS = "select r.job, r.result from apartado.run_due_jobs($1) as r"
EXPIRE_AND_PROMOTE = "select r.expired from apartado.expire_and_promote() as r"

_T = TypeVar("_T")


class Chores:
    """The background work of one service."""

    def __init__(self, pool: Pool, messages: Messages) -> None:
        self._pool = pool
        self._messages = messages
        self._wish_to_settle = asyncio.Event()
        self._failing: set[str] = set()
        self._tasks: list[asyncio.Task[None]] = []
        self.failures: dict[str, int] = {}
        self.migration: str | None = None
        self.late_jobs = 0

    @property
    def reaches_the_database(self) -> bool:
        """Whether the last look at it, begun a second after the one before, was answered."""
        return self.migration is not None and LOOK not in self._failing

    def start(self, *more: Callable[[], Awaitable[None]]) -> None:
        """Begin, together with ``more`` loops that run as long as the service does."""
        for work in (self._watch, self._tick, self._settle_when_wished, *more):
            self._tasks.append(asyncio.create_task(_forever(work), name=work.__name__))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def settle(self) -> None:
        """Ask for a sweep: a refusal has rolled back the settling of rows that were due.

        However many ask, one sweep runs at a time, and one more after it.
        """
        self._wish_to_settle.set()

    async def load_messages(self) -> None:
        if not self._messages.loaded:
            _, rows = await self._pool.run(LIST_MESSAGES, [], repeatable=True)
            self._messages.load([(row[0], row[1], row[2], row[3]) for row in rows])

    async def _settle_when_wished(self) -> None:
        await self._wish_to_settle.wait()
        self._wish_to_settle.clear()
        await self.attempt("expire_and_promote", self._settle_once())
        await asyncio.sleep(SETTLE_PAUSE_SECONDS)

    async def _settle_once(self) -> None:
        await self._pool.run(EXPIRE_AND_PROMOTE, [], repeatable=True)

    async def begin(self) -> None:
        """What the first request may need: how the database is, and the words of refusals."""
        await asyncio.gather(self.look(), self.attempt("list_messages", self.load_messages()))

    async def look(self) -> None:
        """What health says of the database, so that saying it asks nobody."""
        await self.attempt(LOOK, self._look())

    async def _look(self) -> None:
        _, rows = await self._pool.run(READINESS, [], repeatable=True)
        ((self.migration, self.late_jobs),) = rows

    async def _watch(self) -> None:
        """A loop apart from the jobs, which may wait long for a database that is away."""
        await self.look()
        await asyncio.sleep(TICK_SECONDS)

    async def _tick(self) -> None:
        await self.attempt("list_messages", self.load_messages())
        await self.attempt("list_jobs", self._run_jobs())
        await asyncio.sleep(TICK_SECONDS)

    async def _run_jobs(self) -> None:
        _, rows = await self._pool.run(LIST_JOBS, [], repeatable=True)
        jobs = [job for (job,) in rows]
        while jobs:
            # One call for each job, so that one that fails stops no other; and in turns until none
            # is due, so that one with much to do does not hold up the others.
            jobs = [job for job in jobs if await self.attempt(job, self._run_job(job))]

    async def _run_job(self, job: str) -> bool:
        """Whether its time had come."""
        _, rows = await self._pool.run(RUN_DUE_JOBS, [job], repeatable=True, seconds=JOB_SECONDS)
        return bool(rows)

    async def attempt(self, name: str, work: Awaitable[_T]) -> _T | None:
        """Log when it begins to fail and when it works again, not every second in between.

        Gives None where it failed. An unforeseen error is logged with its traceback.
        """
        try:
            done = await work
        except Exception as error:
            self.failures[name] = self.failures.get(name, 0) + 1
            if name not in self._failing:
                self._failing.add(name)
                state = getattr(error, "sqlstate", None) or type(error).__name__
                where = None if isinstance(error, (psycopg.Error, Unavailable)) else error
                LOG.warning("job %s fails: %s %s", name, state, _sentence(error), exc_info=where)
            return None
        if name in self._failing:
            self._failing.remove(name)
            LOG.warning("job %s works again", name)
        return done


def _sentence(error: Exception) -> str:
    if isinstance(error, psycopg.Error):
        return error.diag.message_primary or "the connection was lost"
    return "no connection could be had" if isinstance(error, Unavailable) else str(error)


async def _forever(work: Callable[[], Awaitable[None]]) -> None:
    """Round after round. An unforeseen error is logged once, until a round went well."""
    fails = False
    while True:
        try:
            await work()
        except Exception:
            if not fails:
                LOG.exception("a loop of the service begins again")
            fails = True
            await asyncio.sleep(TICK_SECONDS)
        else:
            fails = False
