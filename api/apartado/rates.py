"""How many commands each session gave: counted here, judged in SQL.

The database is told every so many commands of a session (it says how many), so a command costs two
look-ups in a dictionary, and a session that gives few of them is never written about. Several
services share the count; each holds back fewer than that many. How many, one looks every second:
the limit may be another one now.
"""

from __future__ import annotations

import asyncio

from apartado.callers import Caller
from apartado.pool import Pool

COUNT_COMMANDS = "select apartado.count_commands($1, $2, $3) as every"

MOST_SESSIONS = 10_000
"""Sessions that are counted at once. Beyond them the counts begin anew: tokens may be invented."""


class Rates:
    """The commands of each session that the database was not yet told of."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._counts: dict[str, int] = {}
        self._told: dict[str, asyncio.Task[None]] = {}
        self._every: int | None = None

    async def count(self, who: Caller) -> None:
        """Count one command; raises the refusal (RS505) if it is one too many."""
        token = who.token
        if token is None:
            return
        if len(self._counts) > MOST_SESSIONS:
            self._counts.clear()
        count = self._counts[token] = self._counts.get(token, 0) + 1
        # Before the first answer one command asks how often to tell; the others do not wait for it.
        is_due = count >= self._every if self._every else not self._told
        if not is_due and token not in self._told:
            return
        if token not in self._told:
            self._told[token] = asyncio.ensure_future(self._tell(token, who.language))
        # Further commands of this session wait for the same answer.
        await asyncio.shield(self._told[token])

    async def look(self) -> None:
        """How often to tell, by the limit of now. What is nobody's is counted for nobody."""
        if self._every is None:
            return  # the first command will ask
        _, rows = await self._pool.run(COUNT_COMMANDS, [None, "1", None], repeatable=True)
        ((self._every,),) = rows

    async def _tell(self, token: str, language: str | None) -> None:
        count = self._counts.pop(token, 1)
        try:
            values = [token, str(count), language]
            _, rows = await self._pool.run(COUNT_COMMANDS, values, repeatable=False)
            ((self._every,),) = rows
        except BaseException:
            # The commands before this one are still to be counted; the next one tells again.
            self._counts[token] = count - 1
            raise
        finally:
            del self._told[token]
