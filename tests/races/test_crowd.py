"""200 clients at once for one copy, directly in SQL, at each of the three levels."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

import clusters
from clusters import Database, Server
from scenes import LEVELS, Shop

CROWD = 200
RESERVE = "select * from apartado.reserve(%s, %s, p_if_unavailable => %s)"


@pytest.fixture(scope="module")
def large(server: Server) -> Iterator[Shop]:
    """A server of its own of the same version that lets so many in."""
    own = Server(server.major, clusters.available()[server.major])
    try:
        with Database(own.host, "postgres", own.major).connect() as connection:
            connection.execute(f"alter system set max_connections = {CROWD + 20}")
        own.restart()
        shop = Shop(own.clone())
        yield shop
        shop.close()
    finally:
        own.stop()


async def _everybody(
    shop: Shop, aliases: list[str], item: int, level: str, if_unavailable: str
) -> list[dict[str, Any]]:
    """All of them are connected before the first one asks; 40001 is tried again, with jitter."""
    begin = asyncio.Event()
    ready = asyncio.Semaphore(0)

    async def one(number: int, alias: str) -> dict[str, Any]:
        chance = random.Random(number)
        escaped = level.replace(" ", "\\ ")
        connection = await psycopg.AsyncConnection.connect(
            shop.database.url("dba", options=f"-c default_transaction_isolation={escaped}"),
            autocommit=True,
        )
        async with connection:
            ready.release()
            await begin.wait()
            attempt = 0
            while True:
                attempt += 1
                try:
                    cursor = await connection.execute(RESERVE, [alias, item, if_unavailable])
                    row = await cursor.fetchone()
                    assert row is not None
                    assert cursor.description is not None
                    names = [column.name for column in cursor.description]
                    return dict(zip(names, row, strict=True))
                except psycopg.errors.SerializationFailure:
                    await asyncio.sleep(chance.uniform(0, min(0.5, 0.02 * attempt)))
                except psycopg.Error as error:
                    return {"outcome": error.sqlstate}

    crowd = [asyncio.create_task(one(number, alias)) for number, alias in enumerate(aliases)]
    for _ in crowd:
        await ready.acquire()
    begin.set()
    return list(await asyncio.gather(*crowd))


@pytest.mark.one_postgresql  # a load: what each version does step by step, other tests see
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("if_unavailable", ["fail", "queue"])
def test_200_at_once_for_one_copy(large: Shop, level: str, if_unavailable: str) -> None:
    aliases = large.members(*[f"m{number}." for number in range(CROWD)])
    item = large.item()
    answers = asyncio.run(_everybody(large, aliases, item, level, if_unavailable))

    outcomes = Counter(answer["outcome"] for answer in answers)
    others = "RS301" if if_unavailable == "fail" else "queued"
    assert outcomes == {"reserved": 1, others: CROWD - 1}
    state = large.state(item)
    assert len(state.holders) == 1
    if if_unavailable == "queue":
        places = {a["position"]: a["queue_entry_id"] for a in answers if a["outcome"] == "queued"}
        assert sorted(places) == list(range(1, CROWD))
        assert len(state.line) == CROWD - 1
    large.check(item)


@pytest.mark.parametrize("counted", [False, True], ids=["never analysed", "analysed"])
def test_taking_a_turn_reads_nothing_that_others_write(shop: Shop, counted: bool) -> None:
    """A table read as a whole would be one conflict for each two in the crowd, more than fit."""
    (ana,) = shop.members("ana")
    item = shop.item()
    if counted:
        shop.ask("vacuum analyze")
    with shop.database.connect("dba", autocommit=False) as connection:
        connection.execute("set transaction isolation level serializable")
        connection.execute(RESERVE, [ana, item, "fail"])
        read = shop.ask(
            "select relation::regclass::text as name from pg_locks"
            " where mode = 'SIReadLock' and pid = %s",
            [connection.info.backend_pid],
        )
        connection.rollback()
    names = {row["name"] for row in read}
    assert any("members" in name for name in names)
    assert not any("member_turns" in name for name in names)
