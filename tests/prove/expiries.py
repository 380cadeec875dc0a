"""Thousands of deadlines at once, and twice as many people who wait for them."""

from __future__ import annotations

import asyncio
import time

from prove.clients import Client, HttpClient, SqlClient, plain
from prove.clocks import shift
from prove.cluster import Ground
from prove.ledger import Ledger
from prove.replay import Replay
from prove.trial import Figure, Trial, mutant, proof

HELD = 10  # units of each item, each held by somebody
LIMIT = 5.0
FILL = """
select m.alias, i.item, r.*
  from unnest(%s::bigint[]) with ordinality i (item, n)
 cross join lateral unnest((%s::text[])[(n - 1) * {each} + 1 : n * {each}]) m (alias)
 cross join lateral apartado.{call} r
"""
LATE = """
select count(*)
  from apartado.queue_entries q
 where q.status = 'waiting'
   and exists (select from apartado.queue_entries l
                where l.stock_id = q.stock_id and l.status = 'promoted' and l.ticket > q.ticket)
"""


@proof(
    "expiries", "2,000 deadlines at once with 4,000 people waiting, and others who come", short=0.1
)
def expiries(trial: Trial) -> Figure:
    ground = trial.ground()
    items = ground.items(trial.of(200), HELD)
    holders, waiters = ground.crowd(len(items) * HELD), ground.crowd(len(items) * HELD * 2)
    strangers = ground.crowd(16)
    tokens = dict(zip(strangers, ground.tokens(strangers), strict=True))
    ledger, replay = Ledger(), Replay(ground, items)
    for name, each, people, call in (
        ("reserve", HELD, holders, "reserve(m.alias, i.item, p_ttl => '15 minutes')"),
        ("join_queue", HELD * 2, waiters, "join_queue(m.alias, i.item)"),
    ):
        for row in ground.ask(FILL.format(each=each, call=call), [items, people]):
            wish = {"item": row["item"], "ttl": 900}
            ledger.note(name, row["alias"], wish, {key: plain(row[key]) for key in row})
    service = trial.service(ground)
    clients: list[Client] = [
        HttpClient(service.port, tokens) if n % 2 else SqlClient(ground.database)
        for n in range(len(strangers))
    ]

    async def swept() -> float:
        shift(ground, "16 minutes")
        moment = time.monotonic()
        while ground.one(
            "select count(*) from apartado.queue_entries where status = 'promoted'"
        ) < (len(holders)):
            await asyncio.sleep(0.02)
        return time.monotonic() - moment

    async def come(client: Client, alias: str) -> None:
        for item in items[:20]:
            line = await ledger.ask(client, "reserve", alias, item=item)
            assert line.code in ("RS301", "RS306"), f"somebody passed the queue: {line}"

    async def play() -> float:
        async with asyncio.TaskGroup() as everybody:
            sweep = everybody.create_task(swept())
            for client, alias in zip(clients, strangers, strict=True):
                everybody.create_task(come(client, alias))
        for client in clients:
            await client.close()
        return sweep.result()

    took = asyncio.run(asyncio.wait_for(play(), 60))
    assert ground.one(LATE) == 0, "somebody was overtaken"
    expired = "select count(*) from apartado.reservations where status = 'expired'"
    assert ground.one(expired) == len(holders)
    trial.judge(ground, ledger, replay)
    trial.within(took, LIMIT)
    return Figure(
        f"{len(holders):,} deadlines, {len(waiters):,} waiting, {len(strangers)} clients",
        f"all served in {took:.2f} s, nobody overtaken",
        f"{LIMIT:.0f} s, nobody",
    )


@mutant("who waits behind is served first", "expiries", size=0.02)
def _serves_the_last(ground: Ground) -> None:
    ground.mutate("order by q.priority desc, q.rank", "order by q.rank desc", "_next_in_line")
    ground.mutate("n.priority desc nulls last, n.rank", "-n.rank", "_next_in_line")


@mutant("a passer-by is served before the row is settled", "expiries", size=0.02)
def _passes(ground: Ground) -> None:
    ground.mutate(r"and s\.queue_length = 0", "and true", "reserve")
    ground.mutate(r"least\(s\.next_due_at, s\.closes_at\) > apartado\.clock\(\)", "true", "reserve")
    ground.mutate(
        r"s\.available >= p_quantity", "s.available + s.reserved >= p_quantity", "reserve"
    )
