"""The stream: whatever falls over, every reader sees every change once and in order, and soon."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

from prove.clients import Client, SqlClient
from prove.cluster import Ground
from prove.readers import Reader
from prove.scene import Scene, scene
from prove.trial import Figure, Service, Trial, mutant, proof

READERS, EVENTS, WRITERS = 50, 20_000, 8
PACE = 0.01  # seconds between two calls while it is measured how late events come
LONG = 30.0  # seconds for which a transaction elsewhere stays open meanwhile
P99, CATCH_UP = 0.25, 3.0
PATIENCE = 10.0  # seconds in which the slowest reader sees something, or never will
HEAD = "select pos from apartado.event_head()"
COUNT = "select count(*) from apartado.events"
LISTENERS = """
select pg_terminate_backend(pid) from pg_stat_activity
 where datname = %s and usename = 'apartado_api'
   and (query ~* '^(un)?listen' or query like '%%tail_events%%' or query like '%%_number_events%%')
"""


@contextlib.asynccontextmanager
async def reading(readers: list[Reader]) -> AsyncIterator[None]:
    """All of them read until the end of the block."""
    tasks = [asyncio.create_task(reader.read()) for reader in readers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def caught_up(ground: Ground, readers: list[Reader]) -> float:
    """Seconds until everybody has seen what is there now."""
    moment, head = time.monotonic(), ground.one(COUNT)
    slowest, moved = -1, moment
    while slowest < head:
        await asyncio.sleep(0.02)
        wrong = [fault for reader in readers for fault in reader.wrong]
        assert wrong == [], wrong[:3]
        if (seen := min(reader.seen for reader in readers)) > slowest:
            slowest, moved = seen, time.monotonic()
        assert time.monotonic() - moved < PATIENCE, (
            f"somebody saw {seen} of {head}, and no more:"
            f" {[(reader.opened, reader.last) for reader in readers if reader.seen == seen]}"
        )
    return time.monotonic() - moment


async def write(shop: Scene, client: Client, count: int, pace: float) -> None:
    """Changes, one by one."""
    (shopper,) = shop.shoppers([client])
    goal = len(shop.ledger.lines) + count
    while len(shop.ledger.lines) < goal:
        await shopper.shop(1)
        await asyncio.sleep(pace)


async def troubles(trial: Trial, ground: Ground, service: Service, readers: list[Reader]) -> float:
    """One after the other; the longest time until everybody had caught up again."""
    # its event has an early number, and is there only when others have long been read
    early = ground.database.connect("dba", autocommit=False)
    early.execute("select * from apartado.sign_in('early')")

    def restart_database() -> None:
        trial.arena.cluster.stop()
        trial.arena.start()

    def restart_service() -> None:
        service.kill()
        service.start()

    def kill_listener() -> None:
        assert ground.ask(LISTENERS, [ground.database.name])

    longest = 0.0
    for trouble in (kill_listener, early.commit, early.close, restart_service, restart_database):
        await asyncio.to_thread(trouble)
        longest = max(longest, await caught_up(ground, readers))
    return longest


async def calm(trial: Trial, shop: Scene, readers: list[Reader]) -> float:
    """How late an event comes, in 99 of 100 cases, beside a long write transaction elsewhere."""
    await caught_up(shop.ground, readers)
    before = [len(reader.lateness) for reader in readers]
    client = SqlClient(shop.ground.database)
    end = time.monotonic() + LONG * trial.size
    with trial.arena.database("postgres").connect(autocommit=False) as elsewhere:
        elsewhere.execute("create temporary table long_transaction as select 1")
        while time.monotonic() < end:
            await write(shop, client, 50, PACE)
        await caught_up(shop.ground, readers)
    await client.close()
    late = sorted(
        seconds
        for reader, first in zip(readers, before, strict=True)
        for seconds in reader.lateness[first:]
    )
    return late[len(late) * 99 // 100]


async def play(trial: Trial) -> Figure:
    shop = scene(trial, clients=WRITERS, items=20, units=5)
    ground, wanted = shop.ground, trial.of(EVENTS)
    services = [trial.service(ground) for _ in range(2)]
    ports = [service.port for service in services]
    readers = [
        Reader(ports[:: 1 if n % 2 else -1], shop.tokens[shop.boss])
        for n in range(trial.of(READERS, 10))
    ]
    longest = 0.0

    async def trouble() -> None:
        nonlocal longest
        longest = await troubles(trial, ground, services[0], readers)
        while ground.one(COUNT) < wanted:
            await asyncio.sleep(0.05)

    async with reading(readers):
        p99 = await calm(trial, shop, readers)
        clients: list[Client] = [SqlClient(ground.database) for _ in range(WRITERS)]
        await shop.go_on_during(clients, 0, trouble)
        longest = max(longest, await caught_up(ground, readers))
    total = ground.one(COUNT)
    wrong = [fault for reader in readers for fault in reader.wrong]
    assert wrong == [], f"{len(wrong)} faults, such as {wrong[:3]}"
    assert {reader.seen for reader in readers} == {total}
    shop.judge()
    trial.within(p99, P99)
    trial.within(longest, CATCH_UP)
    return Figure(
        f"{len(readers)} readers, {total:,} events, restarts of both, a killed listener, late"
        f" commits, {LONG * trial.size:.0f} s of a transaction elsewhere",
        f"each saw exactly 1 to {total:,}; p99 {p99 * 1000:.0f} ms, caught up in {longest:.1f} s",
        f"exactly; {P99 * 1000:.0f} ms, {CATCH_UP:.0f} s",
    )


@proof("streams", "every reader sees every change once and in order, whatever restarts", short=0.02)
def streams(trial: Trial) -> Figure:
    return asyncio.run(play(trial))


@mutant("what commits late is not numbered", "streams", size=0.01)
def _does_not_wait(ground: Ground) -> None:
    ground.mutate(
        "v_numbered < p_limit and v_oldest >= v_cursor.mark_xid", "true", "_number_events"
    )


@mutant("who comes back is given only what is in memory", "streams", size=0.01)
def _remembers_nothing(ground: Ground) -> None:
    ground.mistake = "import apartado.events as e; e.Hub.remembers = lambda hub, cursor: True"


@mutant("events are numbered from the newest", "streams", size=0.01)
def _turns_round(ground: Ground) -> None:
    ground.mutate("over \\(order by f.event_id\\)", "over (order by -f.event_id)", "_number_events")


@mutant("a change is told to the stream but once in a while", "streams", size=0.01)
def _leaves_out(ground: Ground) -> None:
    ground.mutate("order by t.pos;", "where t.pos % 97 <> 0 order by t.pos;", "tail_events")
