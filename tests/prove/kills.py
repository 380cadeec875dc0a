"""kill -9 of whatever there is: what was acknowledged is there, once, and soon there is more."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from prove.clients import Client, HttpClient, OneOf, SqlClient
from prove.cluster import Ground, kill
from prove.ledger import Line, longest_silence
from prove.scene import Scene, scene
from prove.trial import Figure, Trial, mutant, proof

WRITERS, ITEMS, UNITS = 16, 12, 8
ACKNOWLEDGED = 10_000
LONGEST_SILENCE = 10.0  # seconds from a kill to the first success
BACKENDS = (
    "select pid from pg_stat_activity where datname = %s and usename = 'dba' and state = 'active'"
    " order by pid"
)


class Silences:
    """The moments of the kills."""

    def __init__(self, shop: Scene) -> None:
        self._shop = shop
        self._kills: list[float] = []

    def begin(self) -> None:
        """Somebody was killed just now."""
        self._kills.append(asyncio.get_running_loop().time())

    async def end(self) -> None:
        """Wait for a success that was asked for after the kill."""
        since = self._kills[-1]
        while not any(line.began > since for line in self._shop.ledger.acknowledged[-WRITERS:]):
            await asyncio.sleep(0.02)

    def longest(self) -> float:
        """Seconds until there was an answer again, at worst, in SQL or over HTTP."""
        ways: dict[type | None, list[Line]] = defaultdict(list)
        for line in self._shop.ledger.acknowledged:
            ways[type(line.client)].append(line)
        return max(
            longest_silence(lines, moment) for lines in ways.values() for moment in self._kills
        )


def figure(shop: Scene, killed: str, silences: Silences) -> Figure:
    """Judge, and say it."""
    shop.judge()
    longest = silences.longest()
    shop.trial.within(longest, LONGEST_SILENCE)
    return Figure(
        f"{killed}, {WRITERS} writers",
        f"0 of {shop.ledger.written:,} acknowledged lost, 0 done twice,"
        f" first success after {longest:.1f} s",
        f"0, 0, {LONGEST_SILENCE:.0f} s",
    )


@proof("kill_postgresql", "kill -9 of PostgreSQL under writers who ask again", short=0.06)
def kill_postgresql(trial: Trial) -> Figure:
    shop = scene(trial, clients=WRITERS, items=ITEMS, units=UNITS)
    silences, kills = Silences(shop), trial.of(5, 2)
    wanted = trial.of(ACKNOWLEDGED)
    service = trial.service(shop.ground)

    async def trouble() -> None:
        for number in range(1, kills + 1):
            await shop.until_written(wanted * number // (kills + 1))
            await asyncio.to_thread(trial.arena.kill)
            silences.begin()
            await asyncio.to_thread(trial.arena.start)
            await silences.end()

    clients: list[Client] = [
        HttpClient(service.port, shop.tokens) if n % 2 else SqlClient(shop.ground.database)
        for n in range(WRITERS)
    ]
    asyncio.run(shop.go_on_during(clients, wanted, trouble))
    return figure(shop, f"{kills} kills", silences)


@proof("kill_backends", "kill -9 of single backends, after which PostgreSQL starts anew", short=0.1)
def kill_backends(trial: Trial) -> Figure:
    shop = scene(trial, clients=WRITERS, items=ITEMS, units=UNITS)
    silences, kills = Silences(shop), trial.of(10, 2)
    wanted = trial.of(ACKNOWLEDGED)
    chance = trial.random("backends")

    async def trouble() -> None:
        for number in range(1, kills + 1):
            await shop.until_written(wanted * number // (kills + 1))
            found: list[int] = []
            while not found:
                rows = shop.ground.ask(BACKENDS, [shop.ground.database.name])
                found = [row["pid"] for row in rows]
                await asyncio.sleep(0)
            try:
                kill(chance.choice(found))
            except ProcessLookupError:
                continue
            silences.begin()
            await silences.end()

    clients: list[Client] = [SqlClient(shop.ground.database) for _ in range(WRITERS)]
    asyncio.run(shop.go_on_during(clients, wanted, trouble))
    return figure(shop, f"{kills} backends", silences)


@proof("kill_services", "kill -9 of the service, one of two instances at a time", short=0.1)
def kill_services(trial: Trial) -> Figure:
    shop = scene(trial, clients=WRITERS, items=ITEMS, units=UNITS)
    silences, kills = Silences(shop), trial.of(10, 2)
    wanted = trial.of(ACKNOWLEDGED)
    services = [trial.service(shop.ground) for _ in range(2)]

    async def trouble() -> None:
        for number in range(1, kills + 1):
            await shop.until_written(wanted * number // (kills + 1))
            await asyncio.to_thread(services[number % 2].kill)
            silences.begin()
            await asyncio.to_thread(services[number % 2].start)
            await silences.end()

    clients: list[Client] = [
        OneOf([HttpClient(one.port, shop.tokens) for one in services[:: 1 if n % 2 else -1]])
        for n in range(WRITERS)
    ]
    asyncio.run(shop.go_on_during(clients, wanted, trouble))
    return figure(shop, f"{kills} kills of two services", silences)


@mutant("synchronous_commit is off", "kill_postgresql", size=0.04)
def _acknowledges_too_early(ground: Ground) -> None:
    ground.ask(f"alter database {ground.database.name} set synchronous_commit to off")


@mutant("a key is forgotten with its service", "kill_services", size=0.06)
def does_it_twice(ground: Ground) -> None:
    """A retry is a new request."""
    ground.mutate(r"return v_known\.answer", "return null", "_recall")
    ground.mutate(r"on conflict .* do update", "on conflict (owner, key) do update", "_remember")
    ground.mutate(r"where k\.created_at <= v_now - apartado\._key_lifetime\(\)", "", "_remember")


@mutant("synchronous_commit is off where a backend dies", "kill_backends", size=0.08)
def _acknowledges_too_early_there(ground: Ground) -> None:
    _acknowledges_too_early(ground)
