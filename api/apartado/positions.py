"""Where people stand who wait and listen: counted when it is told, never stored.

A member is told every place when the stream is opened, and from then on each place that changed:
``event: queue.position``, without an id, because it is no event and is not told again. However
many queues moved and however many wait, one statement counts for all who listen, and while it does
the next changes gather.
"""

from __future__ import annotations

import asyncio

import msgspec
import psycopg

from apartado.errors import Unavailable
from apartado.events import Hub
from apartado.pool import Pool, Row
from apartado.readers import Reader, unnumbered
from apartado.statements import array, texts

PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 1.0
"""After a failure, and where a round takes long: then the pause is as long as the round."""

KIND = "queue.position"
FIELDS = ("item_id", "location", "position", "queue_length", "expected_wait", "server_time")
POSITIONS = (
    f"select p.alias, p.drop_id, {', '.join(f'p.{name}' for name in FIELDS)}"
    " from apartado.waiting_positions($1, $2) as p"
)


class Positions:
    """Tells those who wait and listen."""

    def __init__(self, hub: Hub, pool: Pool) -> None:
        self._hub = hub
        self._pool = pool

    async def tell_positions(self) -> None:
        """One round: whatever moved, and whoever came, since the last."""
        items, came = await self._hub.stirred.take()
        began = asyncio.get_running_loop().time()
        readers = [reader for reader in self._hub.readers if reader.alias is not None]
        try:
            await self._tell([reader for reader in readers if reader in came], None)
            if items:
                await self._tell([reader for reader in readers if reader not in came], items)
        except (psycopg.Error, Unavailable):
            self._hub.stirred.note(items, came)
            await asyncio.sleep(LONGEST_PAUSE_SECONDS)
            return
        took = asyncio.get_running_loop().time() - began
        await asyncio.sleep(min(max(took, PAUSE_SECONDS), LONGEST_PAUSE_SECONDS))

    async def _tell(self, readers: list[Reader], items: set[int] | None) -> None:
        """To each reader what changed of its places in the queues of these items, or in all."""
        if not readers:
            return
        known = {reader: dict(reader.places) for reader in readers}
        aliases = {reader.alias for reader in readers if reader.alias is not None}
        wanted = [texts(aliases), None if items is None else array(items)]
        _, rows = await self._pool.look(POSITIONS, wanted)
        # Let the hub hand out all events up to these rows first: if one of them has told a member
        # their new position, there is nothing left to tell.
        await self._hub.look_again()
        by_alias: dict[str, list[Row]] = {}
        for alias, *row in rows:
            by_alias.setdefault(alias, []).append(tuple(row))
        for reader in readers:
            _tell_one(reader, known[reader], by_alias.get(reader.alias or "", []), items)


def _tell_one(
    reader: Reader, known: dict[tuple[int, str], int], rows: list[Row], items: set[int] | None
) -> None:
    """Skips a place that an event has told in the meantime: its queue is looked at again anyway."""
    left = {key for key in known if items is None or key[0] in items}
    for drop_id, *fields in rows:
        item_id, location, position = fields[:3]
        key = item_id, location
        left.discard(key)
        if not reader.wants(item_id, location, drop_id) or reader.places.get(key) != known.get(key):
            continue
        if known.get(key) != position:
            reader.places[key] = position
            data = msgspec.json.encode(dict(zip(FIELDS, fields, strict=True)))
            reader.put(unnumbered(KIND, data))
    for key in left:
        if reader.places.get(key) == known[key]:
            del reader.places[key]
