"""Many readers at once: every event to everyone, in order. How fast measures `make bench`."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from psycopg.types.json import Jsonb

from apartado import events
from apartado.readers import QUEUE_LIMIT, Reader
from bench import streams
from bench.streams import crowd
from services import PATIENCE, Service

READERS, EVENTS = 200, 50


async def _everybody(service: Service, item: int) -> list[streams.Reader]:
    readers = await crowd(service.port, READERS)
    async with asyncio.timeout(PATIENCE):
        while len(service.parts.hub.readers) < READERS:
            await asyncio.sleep(0.01)
        with service.database.connect("dba") as connection:
            for _ in range(EVENTS):
                connection.execute("select from apartado.adjust_stock(null, %s, 1, 'more')", [item])
                await asyncio.sleep(0)
        while any(len(reader.positions) < EVENTS for reader in readers):
            await asyncio.sleep(0.01)
    for reader in readers:
        reader.transport.abort()
    return readers


@pytest.mark.one_postgresql
def test_every_one_of_200_gets_every_one_of_50_in_order(service: Service) -> None:
    operator = service.operator()
    item = service.item(operator)
    with service.database.connect() as connection:
        # what came before is numbered by the service in its own time: it would be counted, too
        connection.execute("select apartado._number_events(10000)")
    begin = operator.ask("list_events", limit=1000)[-1]["pos"]
    service.until(lambda: (service.parts.hub.pos or 0) >= begin)
    readers = asyncio.run(_everybody(service, item))
    everything = operator.ask("list_events", after=begin, limit=1000)
    wanted = [row["pos"] for row in everything if row["kind"] == "stock.changed"]
    assert len(wanted) == EVENTS
    assert {tuple(reader.positions) for reader in readers} == {tuple(wanted)}


MANY, READING = 3 * QUEUE_LIMIT, 50


async def _all_at_once(service: Service) -> list[streams.Reader]:
    """More events of one transaction than may wait for a reader, for READING who read."""
    readers = await crowd(service.port, READING)
    async with asyncio.timeout(PATIENCE):
        while len(service.parts.hub.readers) < len(readers):
            await asyncio.sleep(0.01)
        with service.database.connect("dba") as connection, connection.transaction():
            for start in range(0, MANY, 1000):
                items = [
                    {"sku": f"many-{number}", "title": "Many", "price": "1"}
                    for number in range(start, start + 1000)
                ]
                connection.execute("select from apartado.put_items(null, %s)", [Jsonb(items)])
        while any(len(reader.positions) < MANY for reader in readers):
            assert service.parts.hub.cut_off == 0
            await asyncio.sleep(0.01)
    for reader in readers:
        reader.transport.abort()
    return readers


@pytest.mark.one_postgresql
def test_between_some_events_of_many_at_once_everything_else_goes_on(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds of events for 1,000 readers in one go had every request wait for them."""
    monkeypatch.setattr(events, "READERS_AT_ONCE", 10)
    put = Reader.put
    turns = 0
    in_turn: Counter[int] = Counter()

    def next_turn() -> None:
        nonlocal turns
        turns += 1
        if in_turn.total() < MANY * READING:
            asyncio.get_running_loop().call_soon(next_turn)

    def noted(reader: Reader, text: bytes, messages: int = 1) -> None:
        if not in_turn:
            asyncio.get_running_loop().call_soon(next_turn)
        in_turn[turns] += messages
        put(reader, text, messages)

    monkeypatch.setattr(Reader, "put", noted)
    for reader in asyncio.run(_all_at_once(service)):
        begin = reader.positions[0]
        assert list(reader.positions) == [*range(begin, begin + len(reader.positions))]
    assert in_turn.total() >= MANY * READING
    assert max(in_turn.values()) <= events.EVENTS_AT_ONCE * 10
