"""Whether the listener hears: a pooler that hands out connections by the transaction takes LISTEN
and forgets it, and nobody says so.

The service rings from another connection. Who is deaf still tells everything, because it looks
every 100 ms, but later than it could: it says so in the log and in ``/health``.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

import psycopg

from apartado.errors import Unavailable
from apartado.events import CHANNEL, Hub
from apartado.pool import Pool

LOG = logging.getLogger("apartado")

RING_SECONDS = 60.0
HEARD_SECONDS = 3.0
UNHEARD = 2
"""So many rings in a row: one may come while the listener is connecting."""

RING = "select pg_notify($1, '')"


class Hearing:
    """Rings now and then, and remembers whether that was heard."""

    def __init__(self, hub: Hub, pool: Pool) -> None:
        self._hub = hub
        self._pool = pool
        self._unheard = 0

    @property
    def is_deaf(self) -> bool:
        return self._unheard >= UNHEARD

    async def ring(self) -> None:
        """One ring, and the pause before the next."""
        with suppress(psycopg.Error, Unavailable, TimeoutError):
            self._note(await self._is_heard())
        in_doubt = 0 < self._unheard < UNHEARD
        await asyncio.sleep(HEARD_SECONDS if in_doubt else RING_SECONDS)

    async def _is_heard(self) -> bool:
        """TimeoutError if that cannot be known: the listener is busy or away, or does not listen
        because of a crowd of events.

        PostgreSQL delivers a notification before it answers the next statement of the session, and
        the listener takes it before it looks again: after two looks it must have arrived.
        """
        if not self._hub.listens:
            raise TimeoutError
        before = self._hub.unlistened
        self._hub.heard.clear()
        await self._pool.run(RING, [CHANNEL], repeatable=True)
        async with asyncio.timeout(HEARD_SECONDS):
            for _ in range(2):
                await self._hub.look_again()
        heard = self._hub.heard.is_set()
        if not heard and self._hub.unlistened != before:
            raise TimeoutError
        return heard

    def _note(self, heard: bool) -> None:
        was_deaf = self.is_deaf
        self._unheard = 0 if heard else self._unheard + 1
        if self.is_deaf and not was_deaf:
            LOG.warning(
                "the event listener hears nothing: does it go through a pooler?"
                " Give it a direct connection with APARTADO_LISTEN_URL."
            )
        elif was_deaf and not self.is_deaf:
            LOG.warning("the event listener hears again")
