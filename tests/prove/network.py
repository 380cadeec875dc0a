"""A network that loses, cuts, stalls and delays: each request has one outcome, and none hangs."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Sequence

from psycopg.conninfo import make_conninfo

from prove.clients import Client, HttpClient, Lost, TransactionClient
from prove.cluster import Ground
from prove.kills import does_it_twice
from prove.ledger import Ledger
from prove.proxy import FAULTS, Proxy
from prove.replay import Replay
from prove.scene import scene
from prove.trial import Figure, Trial, mutant, proof

CLIENTS, SESSIONS, ITEMS, UNITS = 12, 4, 8, 8
ACKNOWLEDGED = 5_000
LONGEST = 15.0
CROWD, OTHERS, LONGEST_BESIDE = 32, 8, 1.0
SILENCE = 17.0
LOOK = 0.005


async def trouble(
    proxy: Proxy, count: int, chance: random.Random, faults: Sequence[str] = FAULTS
) -> None:
    """So many faults, one after the other, each met by somebody."""
    for _ in range(count):
        proxy.arm(chance.choice(faults))
        while proxy.armed:
            await asyncio.sleep(LOOK)
            if proxy.expects_a_connection:
                proxy.reset()  # so that somebody comes anew


async def play(trial: Trial) -> Figure:
    shop = scene(trial, clients=CLIENTS + SESSIONS, items=ITEMS, units=UNITS)
    count = trial.of(500, 30)
    place = trial.arena.cluster.socket_directory
    async with Proxy(place) as behind, Proxy(place) as beside:
        beside.is_at = lambda piece: b"COMMIT" in piece
        host = {"host": "127.0.0.1", "sslmode": "disable"}
        url = shop.ground.database.url("apartado_api")
        url = make_conninfo(url, port=behind.port, **host)
        service = await asyncio.to_thread(trial.service, shop.ground, url)
        async with Proxy(service.port) as before:
            clients: list[Client] = [HttpClient(before.port, shop.tokens) for _ in range(CLIENTS)]
            clients += [
                TransactionClient(shop.ground.database, port=beside.port, **host)
                for _ in range(SESSIONS)
            ]

            async def everywhere() -> None:
                async with asyncio.TaskGroup() as places:
                    for name, proxy in {"a": before, "b": behind, "c": beside}.items():
                        chance = trial.random(f"faults {name}")
                        faults = (*FAULTS, "late") if proxy is behind else FAULTS
                        places.create_task(trouble(proxy, -(-count // 3), chance, faults))

            await shop.go_on_during(clients, trial.of(ACKNOWLEDGED), everywhere)
            met = before.met + behind.met + beside.met
        await asyncio.to_thread(service.close)
    shop.judge()
    longest = max(line.took for line in shop.ledger.lines)
    assert longest < LONGEST, f"{longest:.1f} s"
    return Figure(
        f"{sum(met.values())} faults, {met['answer'] + met['sent']} of them at the commit",
        f"one outcome for each of {len(shop.ledger.lines):,} calls, none took over {longest:.1f} s",
        f"one, {LONGEST:.0f} s",
    )


@proof("network_faults", "a network that loses, cuts, stalls and delays", short=0.06)
def network_faults(trial: Trial) -> Figure:
    return asyncio.run(play(trial))


async def beside_a_lock(trial: Trial) -> Figure:
    """Somebody keeps one item locked, a crowd wants it; everybody else wants something else."""
    shop = scene(trial, clients=CROWD + OTHERS, items=OTHERS + 1, units=1000)
    service = await asyncio.to_thread(trial.service, shop.ground)
    locked, *items = shop.items
    clients = [HttpClient(service.port, shop.tokens) for _ in range(CROWD + OTHERS)]
    others, replay = Ledger("beside "), Replay(shop.ground, items)
    turns = trial.of(40)

    async def wants_it(client: HttpClient, alias: str) -> None:
        while not over.is_set():
            with contextlib.suppress(Lost):
                await client.call("reserve", alias, {"item": locked})

    async def wants_another(client: HttpClient, alias: str, item: int) -> None:
        for _ in range(turns):
            held = await others.ask(client, "reserve", alias, item=item)
            number = held.answer["reservation_id"]
            await others.ask(client, "cancel_reservation", alias, reservation=number)

    over = asyncio.Event()
    with shop.ground.database.connect(autocommit=False) as keeper:
        keeper.execute("select from apartado.stock where item_id = %s for no key update", [locked])
        async with asyncio.TaskGroup() as everybody:
            for client, alias in zip(clients[:CROWD], shop.aliases, strict=False):
                everybody.create_task(wants_it(client, alias))
            await asyncio.sleep(LOOK * 20)  # they stand there by now
            async with asyncio.TaskGroup() as rest:
                for n, client in enumerate(clients[CROWD:]):
                    rest.create_task(wants_another(client, shop.aliases[-1 - n], items[n]))
            over.set()
            keeper.rollback()
    for client in clients:
        await client.close()
    await asyncio.to_thread(service.close)
    trial.judge(shop.ground, others, replay)
    assert others.lost == 0, f"{others.lost} of those who wanted something else were sent away"
    longest = max(line.took for line in others.lines)
    trial.within(longest, LONGEST_BESIDE)
    return Figure(
        f"{CROWD} clients at a locked item, {len(others.lines)} calls for others",
        f"none sent away, none took over {longest:.2f} s",
        f"none, {LONGEST_BESIDE} s",
    )


@proof("lock_holder", "an item that somebody keeps locked stops nobody at the others", short=0.1)
def lock_holder(trial: Trial) -> Figure:
    return asyncio.run(beside_a_lock(trial))


async def without_a_word(trial: Trial) -> Figure:
    """The database stops answering, without closing anything; and comes back."""
    shop = scene(trial, clients=CLIENTS, items=ITEMS, units=UNITS)
    async with Proxy(trial.arena.cluster.socket_directory) as behind:
        url = make_conninfo(
            shop.ground.database.url("apartado_api"),
            host="127.0.0.1", port=behind.port, sslmode="disable",
        )  # fmt: skip
        service = await asyncio.to_thread(trial.service, shop.ground, url)

        async def trouble() -> None:
            await shop.until_written(trial.of(500))
            behind.stall()
            await asyncio.sleep(max(SILENCE * trial.size, 8))
            behind.go_on()
            await shop.until_written(shop.ledger.written + trial.of(500))

        clients: list[Client] = [HttpClient(service.port, shop.tokens) for _ in range(CLIENTS)]
        await shop.go_on_during(clients, 0, trouble)
        await asyncio.to_thread(service.close)
    shop.judge()
    assert shop.ledger.lost > 0
    return Figure(
        f"{CLIENTS} clients, {max(SILENCE * trial.size, 8):.0f} s of silence",
        f"{shop.ledger.lost} times 503 within {LONGEST:.0f} s, then on as before",
        f"{LONGEST:.0f} s",
    )


@proof("silent_database", "a database that says nothing is answered for within 15 s", short=0.05)
def silent_database(trial: Trial) -> Figure:
    return asyncio.run(without_a_word(trial))


mutant("an idempotency key is not looked up", "network_faults", size=0.25)(does_it_twice)


WAITS_ALONE = """
from apartado.gathering import Gatherer
Gatherer.answer = lambda line, about, asked: asked.alone()
"""


@mutant("everybody waits alone", "lock_holder", size=0.1)
def _waits_alone(ground: Ground) -> None:
    ground.mistake = WAITS_ALONE


@mutant("the service waits for ever", "silent_database", size=1)
def _waits(ground: Ground) -> None:
    ground.mistake = "import apartado.pool; apartado.pool.SILENCE_SECONDS = 600.0"


@mutant("an answer is not remembered", "network_faults", size=0.06)
def _forgets(ground: Ground) -> None:
    ground.mutate(r"if p_key is null then", "if true then", "_remember")
