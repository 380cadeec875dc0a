"""How the stream carries a crowd: `make bench ARGS=crowd`.

`apartado serve` in a process of its own, with its own PostgreSQL; so many readers, and so many
changes a second. Each reader must get every event, in order. Told are how long it took from the
change (the database's clock) to the reader, what the process of the service weighs without and with
the readers, and what it spent on each delivered message. The readers are one process, too: on a
machine with two cores the three of them share them, and the figures are an upper bound.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from array import array
from pathlib import Path

import psycopg

import clusters
from apartado import embedded
from serving import Served, serving

MIB = 1024 * 1024
WANTED = {"p99, ms": 250, "on top, MiB": 40, "in all, MiB": 120}
MAKE = (
    """select from apartado.put_items(null, '[{"sku": "bench", "title": "Bench", "price": 1}]')"""
)
CHANGE = "select from apartado.adjust_stock(null, apartado.item_id('bench'), 1, 'more')"
LEDGER = (
    "select e.pos, extract(epoch from e.at)::float8 from apartado.events e"
    " join apartado.stock s on s.stock_id = e.stock_id"
    " where e.pos > %s and s.item_id = apartado.item_id('bench') order by e.pos"
)


class Reader(asyncio.Protocol):
    """Notes which positions came, and when."""

    def __init__(self) -> None:
        self.positions = array("q")
        self.times = array("d")
        self._rest = b""
        self.is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(b"GET /events HTTP/1.1\r\nHost: bench\r\n\r\n")

    def data_received(self, data: bytes) -> None:
        now = time.time()
        *whole, self._rest = (self._rest + data).split(b"\n\n")
        for message in whole:
            self.is_open |= b"retry: " in message
            if b"event: " in message:
                self.positions.append(int(message.partition(b"id: ")[2].split(b"\n", 1)[0]))
                self.times.append(now)


def weight(process: int) -> float:
    """MiB that a process has in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


def spent(process: int) -> float:
    """Seconds that a process has worked."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def crowd(port: int, many: int) -> list[Reader]:
    """So many open streams."""
    loop = asyncio.get_running_loop()
    readers = []
    for _ in range(many):
        _, reader = await loop.create_connection(Reader, "127.0.0.1", port)
        readers.append(reader)
    return readers


async def run(service: Served, url: str, many: int, rate: int, events: int) -> dict[str, float]:
    """Open the streams, change things, and say what came of it."""
    process = service.process.pid
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(MAKE)
        alone = weight(process)
        readers = await crowd(service.port, many)
        await settled(connection, readers)
        row = await (await connection.execute("select pos from apartado.event_head()")).fetchone()
        assert row is not None
        begin, worked, began = row[0], spent(process), time.monotonic()
        for number in range(events):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            await connection.execute(CHANGE)
        give_up = time.monotonic() + 30
        while time.monotonic() < give_up and any(len(r.positions) < events for r in readers):
            await asyncio.sleep(0.05)
        worked, together = spent(process) - worked, weight(process)
        ledger = await (await connection.execute(LEDGER, [begin])).fetchall()
    wanted = [pos for pos, _ in ledger]
    at: dict[int, float] = dict(ledger)
    whole = sum([pos for pos in reader.positions if pos in at] == wanted for reader in readers)
    delays = sorted(
        (when - at[pos]) * 1000
        for reader in readers
        for pos, when in zip(reader.positions, reader.times, strict=True)
        if pos in at
    )
    for reader in readers:
        reader.transport.abort()
    return {
        "readers that got every event in order": whole,
        "p50, ms": percentile(delays, 50),
        "p99, ms": percentile(delays, 99),
        "service alone, MiB": alone,
        "on top, MiB": together - alone,
        "in all, MiB": together,
        "service's time per delivered message, us": worked / max(1, len(delays)) * 1e6,
    }


async def settled(connection: psycopg.AsyncConnection[tuple[int]], readers: list[Reader]) -> None:
    """Until what was begun before has its position, and every stream is open."""
    while not all(reader.is_open for reader in readers):
        await asyncio.sleep(0.05)
    await connection.execute("select apartado._number_events(100000)")


def percentile(values: list[float], percent: int) -> float:
    return values[min(len(values) - 1, len(values) * percent // 100)] if values else float("nan")


def measure(readers: int, rate: int, seconds: int) -> dict[str, float]:
    """Everything, with a service of its own."""
    place = clusters.directory()
    try:
        with serving(place / "data") as service:
            url = embedded.Cluster(place / "data").url()
            return asyncio.run(run(service, url, readers, rate, rate * seconds))
    finally:
        shutil.rmtree(place)
