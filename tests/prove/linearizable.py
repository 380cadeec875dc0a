"""Thousands of calls at once are as if they had come one by one, in the order of the versions."""

from __future__ import annotations

import asyncio

from prove.clients import Client, HttpClient, SqlClient
from prove.cluster import Ground
from prove.scene import scene
from prove.trial import Figure, Trial, mutant, proof
from prove.workload import together
from scenes import LEVELS

CLIENTS, ITEMS, CALLS = 32, 20, 100_000


async def play(trial: Trial) -> tuple[int, int]:
    """How many calls were made, and how many steps they came to."""
    shop = scene(trial, clients=CLIENTS, items=ITEMS, units=6)
    service = trial.service(shop.ground)
    clients: list[Client] = [
        SqlClient(shop.ground.database, LEVELS[n // 4 % 3])
        if n % 4 == 0
        else HttpClient(service.port, shop.tokens)
        for n in range(CLIENTS)
    ]
    try:
        await together(shop.shoppers(clients), trial.of(CALLS // CLIENTS))
    finally:
        for client in clients:
            await client.close()
    shop.judge()
    return len(shop.ledger.lines), shop.replay.steps


@proof("linearizable", "every answer is right at its version, in one order", short=0.03)
def linearizable(trial: Trial) -> Figure:
    calls, steps = asyncio.run(play(trial))
    return Figure(
        f"{CLIENTS} clients, {ITEMS} items, {calls:,} calls, {steps:,} of them changes",
        "0 anomalies",
        "0",
    )


@mutant("reserve passes those who wait", "linearizable", size=0.01)
def _passes_the_queue(ground: Ground) -> None:
    ground.mutate(r"and s\.queue_length = 0", "and true", "reserve")


@mutant("the queue is served from its end", "linearizable", size=0.01)
def _serves_the_last(ground: Ground) -> None:
    ground.mutate("order by q.priority desc, q.rank", "order by q.rank desc", "_next_in_line")
    ground.mutate("n.priority desc nulls last, n.rank", "-n.rank", "_next_in_line")


@mutant("a cancelled unit is not passed on", "linearizable", size=0.01)
def _serves_nobody(ground: Ground) -> None:
    ground.mutate(
        r"select \* into v_done from apartado\._settle\(stock, p_now\)",
        "select stock as stock, 0 as promoted into v_done",
        "_give_back",
    )


@mutant("a join is answered with the place behind one's own", "linearizable", size=0.01)
def _miscounts(ground: Ground) -> None:
    ground.mutate(r"return\s+\(select coalesce", "return 1 + (select coalesce", "_position")


@mutant("several rows are locked as they are asked for", "linearizable", size=0.25)
def _does_not_sort(ground: Ground) -> None:
    ground.mutate("order by s.stock_id", "order by array_position($1, s.stock_id)", "_lock_stocks")


@mutant("reserve answers with the version of before", "linearizable", size=0.01)
def _stale_version(ground: Ground) -> None:
    ground.mutate(r"s\.queue_length, s\.version,", "s.queue_length, s.version - 1,", "reserve")


@mutant("a status says one unit too many", "linearizable", size=0.01)
def _wrong_status(ground: Ground) -> None:
    ground.mutate(r"t\.status, t\.available,", "t.status, t.available + 1,", "get_status")
