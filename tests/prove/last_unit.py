"""The last unit: whoever comes in whatever crowd at whatever level, there is one winner."""

from __future__ import annotations

import asyncio
from collections import Counter

from prove.clients import Client, HttpClient, SqlClient
from prove.cluster import Ground
from prove.ledger import Ledger
from prove.replay import Replay
from prove.trial import Figure, Trial, mutant, proof
from scenes import LEVELS

CROWD = 200


async def rounds(
    trial: Trial, ground: Ground, clients: list[Client], aliases: list[str], ledger: Ledger
) -> int:
    """Everybody at once for one unit, again and again; how many rounds there were."""
    items = ground.items(trial.of(50), 1)
    replay = Replay(ground, items)
    for item in items:
        lines = await asyncio.gather(
            *(
                ledger.ask(client, "reserve", alias, keyed=False, item=item)
                for client, alias in zip(clients, aliases, strict=True)
            )
        )
        outcomes = Counter(line.code or line.answer["outcome"] for line in lines)
        assert outcomes == {"reserved": 1, "RS301": len(clients) - 1}, outcomes
    trial.judge(ground, ledger, replay)
    return len(items)


async def by_sql(trial: Trial) -> int:
    done = 0
    for level in LEVELS:
        ground = trial.ground()
        aliases = ground.crowd(CROWD)
        sessions = [SqlClient(ground.database, level) for _ in aliases]
        for session in sessions:
            await session.connect()
        clients: list[Client] = [*sessions]
        try:
            done += await rounds(trial, ground, clients, aliases, Ledger())
        finally:
            for client in clients:
                await client.close()
    return done


async def by_http(trial: Trial) -> int:
    done = 0
    for level in LEVELS:
        ground = trial.ground()
        aliases = ground.crowd(CROWD)
        tokens = dict(zip(aliases, ground.tokens(aliases), strict=True))
        escaped = level.replace(" ", "\\ ")
        url = ground.database.url(
            "apartado_api", options=f"-c default_transaction_isolation={escaped}"
        )
        listen = ground.database.url("apartado_api")  # events are numbered at READ COMMITTED only
        service = trial.service(ground, url, APARTADO_LISTEN_URL=listen)
        clients: list[Client] = [HttpClient(service.port, tokens) for _ in aliases]
        try:
            done += await rounds(trial, ground, clients, aliases, Ledger())
        finally:
            for client in clients:
                await client.close()
        service.close()
    return done


def figure(done: int) -> Figure:
    return Figure(
        f"{CROWD} clients, {done // len(LEVELS)} rounds at each of three levels",
        f"{done} of {done} rounds with one winner",
        "all",
    )


@proof("last_unit_by_sql", "200 at once for one unit, in SQL: one winner", short=0.02)
def last_unit_by_sql(trial: Trial) -> Figure:
    return figure(asyncio.run(by_sql(trial)))


@proof("last_unit_by_http", "200 at once for one unit, over HTTP: one winner", short=0.04)
def last_unit_by_http(trial: Trial) -> Figure:
    return figure(asyncio.run(by_http(trial)))


async def some_units(trial: Trial) -> int:
    """Some units, wishes of one to three, and who wants more than is left takes what is left."""
    ground = trial.ground()
    ground.limits(fit="partial")
    aliases = ground.crowd(CROWD // 2)
    tokens = dict(zip(aliases, ground.tokens(aliases), strict=True))
    service = trial.service(ground)
    clients: list[Client] = [
        HttpClient(service.port, tokens) if n % 2 else SqlClient(ground.database)
        for n in range(len(aliases))
    ]
    chance, ledger = trial.random("units"), Ledger()
    rounds = [
        (ground.item(units), units) for units in chance.sample(range(2, 100), trial.of(40, 3))
    ]
    replay = Replay(ground, [item for item, _ in rounds])

    async def buy(client: Client, alias: str, item: int, quantity: int) -> int:
        held = await ledger.ask(
            client, "reserve", alias, item=item, quantity=quantity, if_unavailable="queue"
        )
        if held.answer["outcome"] == "queued":
            return 0
        number = held.answer["reservation_id"]
        sold = await ledger.ask(client, "confirm_reservation", alias, reservation=number)
        return int(sold.answer["quantity"])

    try:
        for item, units in rounds:
            wanted = [chance.randrange(1, 4) for _ in clients]
            bought = await asyncio.gather(
                *(buy(c, a, item, n) for c, a, n in zip(clients, aliases, wanted, strict=True))
            )
            sold = ground.one("select sold from apartado.stock where item_id = %s", [item])
            assert sum(bought) == sold == min(units, sum(wanted)), (units, wanted, bought, sold)
    finally:
        for client in clients:
            await client.close()
    trial.judge(ground, ledger, replay)
    return len(rounds)


@proof("units_sold", "wishes of one to three for N units: all that can be are sold", short=0.05)
def units_sold(trial: Trial) -> Figure:
    done = asyncio.run(some_units(trial))
    return Figure(
        f"{CROWD // 2} clients, {done} rounds", f"sold = min(units, wished) in {done}", "all"
    )


@mutant("reserve does not look how many are left", "last_unit_by_sql")
def _sells_what_is_not_there(ground: Ground) -> None:
    ground.ask("alter table apartado.stock drop constraint stock_adds_up")
    ground.mutate(r"and s\.available >= p_quantity", "and true", "reserve")


@mutant("the service's reserve does not look, either", "last_unit_by_http")
def _sells_together_what_is_not_there(ground: Ground) -> None:
    _sells_what_is_not_there(ground)
    ground.mutate(r"and s\.available > 0", "", "_reserve_straight")
    ground.mutate(r"where c\.units <= c\.available", "", "_reserve_straight")


@mutant("a partial wish gets nothing", "units_sold", size=0.5)
def _forgets_partial(ground: Ground) -> None:
    ground.mutate("'partial'", "'never'", "_next_in_line")
