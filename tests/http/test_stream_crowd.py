"""Many readers at once: every event to everyone, in order. How fast measures `make bench`."""

from __future__ import annotations

import asyncio

import pytest

from bench.streams import Reader, crowd
from services import PATIENCE, Service

READERS, EVENTS = 200, 50


async def _everybody(service: Service, item: int) -> list[Reader]:
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
