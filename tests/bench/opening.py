"""The first seconds of a drop: `make bench ARGS=drop`.

`apartado serve` in a process of its own, with its own PostgreSQL. Some watch the stream, twice as
many look every two seconds, and ask for the one item in the moment in which it opens: half of them
or else for a place in its line; the others line up within two seconds, once they were refused. Who
gets it buys it, within three seconds. Everybody is a client with a line of their own, in one
process: on a machine with two cores it shares them with the service and with PostgreSQL, and the
figures are an upper bound. A client does not ask again after a 503.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import time
from collections import Counter, defaultdict
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

import clusters
from apartado import embedded
from serving import serving

LOOK_SECONDS = 2.0
OPENS_SECONDS = 8.0
LINE_UP_SECONDS = 2.0
WATCHED_SECONDS = 12.0
ITEM = {"sku": "pair", "title": "Pair", "price": "150"}
LIMITS = {"p99, ms, of confirm_reservation": 500}
"""Who has it in hand must not stand behind those who look. How long the others wait is printed."""


class Watching(asyncio.Protocol):
    """A stream of which only the messages are counted."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.told = 0
        self.is_cut = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        asks = f"GET /events HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {self._token}\r\n\r\n"
        transport.write(asks.encode())

    def data_received(self, data: bytes) -> None:
        self.told += data.count(b"\nevent: ")

    def connection_lost(self, _error: Exception | None) -> None:
        self.is_cut = True


class Crowd:
    """All clients, and what they were answered after how long."""

    def __init__(self, port: int, item: int, opens: float, until: float) -> None:
        self._port, self._item, self._opens, self._until = port, item, opens, until
        self.took: dict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[tuple[str, int]] = Counter()

    async def one(self, token: str, chance: random.Random) -> None:
        """Looks until it opens, asks for it, buys it where it can, and looks on."""
        await asyncio.sleep(self._opens - time.time() - LOOK_SECONDS * chance.random())
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)

        async def ask(name: str, query: str = "", **fields: Any) -> Any:
            body = json.dumps(fields).encode() if fields else b""
            head = f"{'POST' if fields else 'GET'} /rpc/{name}{query} HTTP/1.1\r\nHost: bench\r\n"
            head += f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
            began = time.perf_counter()
            writer.write(head.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = int(answer.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            content = await reader.readexactly(length)
            self.took[name].append((time.perf_counter() - began) * 1000)
            self.statuses[name, int(answer.split()[1])] += 1
            return json.loads(content)

        look = f"?item={self._item}"
        await ask("get_status", look)
        await asyncio.sleep(self._opens - time.time())
        otherwise = chance.choice(["fail", "queue"])
        given = await ask("reserve", item=self._item, if_unavailable=otherwise)
        if "code" in given:
            await asyncio.sleep(LINE_UP_SECONDS * chance.random())
            await ask("join_queue", item=self._item)
        if given.get("reservation_id"):
            await asyncio.sleep(3 * chance.random())
            await ask("confirm_reservation", reservation=given["reservation_id"])
        while time.time() < self._until:
            await asyncio.sleep(LOOK_SECONDS * (0.8 + 0.4 * chance.random()))
            await ask("get_status", look)
        writer.close()


async def run(port: int, url: str, people: int, units: int, size: float) -> dict[str, float]:
    """Make the drop, let everybody come, and say what came of it."""
    connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
    async with connection:

        async def rows(text: str, *values: Any) -> list[Any]:
            return await (await connection.execute(text, values)).fetchall()

        tokens = [
            token
            for (token,) in await rows(
                "select s.token from generate_series(1, %s) n"
                " cross join lateral apartado.sign_in('u' || n) s",
                people,
            )
        ]
        await rows(
            "select from apartado.set_policy(null, 'default', %s, p_reason => 'x')",
            Jsonb({"queue_limit": people}),
        )
        ((item,),) = await rows(
            "select item_id from apartado.put_items(null, %s)", Jsonb([{**ITEM, "quantity": units}])
        )
        ((opens,),) = await rows(
            "select extract(epoch from d.opens_at)::float8 from apartado.create_drop(null, 'drop',"
            " array[%s]::bigint[], now() + %s * interval '1 second') d",
            item,
            max(3.0, OPENS_SECONDS * size),
        )
        loop = asyncio.get_running_loop()
        watching = [
            (await loop.create_connection(lambda t=token: Watching(t), "127.0.0.1", port))[1]  # type: ignore[misc]
            for token in tokens[: people // 2]
        ]
        crowd = Crowd(port, item, opens, opens + WATCHED_SECONDS * size - LOOK_SECONDS)
        await asyncio.gather(
            *(crowd.one(token, random.Random(n)) for n, token in enumerate(tokens))
        )
        ((sold, waiting),) = await rows(
            "select sold, queue_length from apartado.stock where item_id = %s", item
        )
        wrong = len(await rows("select * from apartado.check_consistency()"))
    cut = sum(one.is_cut for one in watching)
    for one in watching:
        one.transport.abort()
    found = {"units sold": sold, "who waits": waiting, "broken rules": wrong, "streams cut": cut}
    for name, taken in sorted(crowd.took.items()):
        taken.sort()
        found |= {
            f"p50, ms, of {name}": taken[len(taken) // 2],
            f"p99, ms, of {name}": taken[len(taken) * 99 // 100],
            f"503 of {name}": crowd.statuses[name, 503],
        }
    found["messages a second to streams"] = sum(one.told for one in watching) / (
        WATCHED_SECONDS * size
    )
    return found


def measure(people: int, units: int, size: float) -> dict[str, float]:
    """Everything, with a service of its own."""
    place = clusters.directory()
    try:
        with serving(place / "data") as service:
            url = embedded.Cluster(place / "data").url()
            return asyncio.run(run(service.port, url, people, units, size))
    finally:
        shutil.rmtree(place)
