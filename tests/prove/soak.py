"""Ten minutes of everything from one seed, with every fault there is; and nothing grows."""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from prove.clients import Client, HttpClient, OneOf, SqlClient
from prove.cluster import Ground, kill
from prove.proxy import FAULTS, Proxy
from prove.readers import Reader
from prove.scene import Scene, scene
from prove.streams import LISTENERS, caught_up, reading
from prove.trial import Figure, Service, Trial, mutant, proof
from prove.workload import MIX

SECONDS = 600
CLIENTS, ITEMS, UNITS, READERS = 16, 10, 6, 4
BETWEEN = 0.7  # seconds between two faults, on average
PACE = 0.03  # seconds between two calls of one client: this is a day, not a race
HOLD = 4  # seconds that a reservation lasts at most
LATE = {**MIX, "cancel_reservation": 6, "adjust_stock": 2}
"""Few give back what they hold, and there is never enough: most expire while somebody waits."""
SAMPLES = 60
FLAT = (
    "stock",
    "stock_tallies",
    "member_turns",
    "queue_blocks",
    "event_cursor",
    "jobs",
    "sessions",
)
GROWTH = 1.2  # of the last third over the first one, and a little beside
BESIDE = {"MiB of memory": 8, "descriptors": 16}
PAGES = 256  # KiB of a table
LONGER = 21 * 8 * CLIENTS  # KiB: PostgreSQL 15 adds twenty pages for each who waits for one
EXPIRED = "select count(*) from apartado.events where kind = 'reservation.expired'"
BACKEND = "select pid from pg_stat_activity where datname = %s and usename = 'dba' limit 1"


def thirds(seen: list[float]) -> tuple[float, float]:
    """The most in the first third, and in the last."""
    third = max(1, len(seen) // 3)
    return max(seen[:third]), max(seen[-third:])


def leap(seen: list[float]) -> float:
    """The most that was added between two looks, as far as PostgreSQL adds it at once.

    That is no growth without end, which adds little each time, and again and again.
    """
    most = max((after - before for before, after in pairwise(seen)), default=0.0)
    return min(most, LONGER)


class Gauge:
    """What must stay as it is, looked at again and again."""

    def __init__(self, shop: Scene, service: Service) -> None:
        self._shop, self._service = shop, service
        self._seen: dict[str, list[float]] = defaultdict(list)

    def look(self) -> None:
        """Once more."""
        process = Path(f"/proc/{self._service.process}")
        status = (process / "status").read_text(encoding="ascii")
        (memory,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
        self._seen["MiB of memory"].append(int(memory) / 1024)
        self._seen["descriptors"].append(len(list((process / "fd").iterdir())))
        for table in FLAT:
            size = self._shop.ground.one(
                "select pg_total_relation_size(%s::regclass)", [f"apartado.{table}"]
            )
            self._seen[f"KiB of {table}"].append(size / 1024)

    def growth(self) -> str:
        """What grew; an assertion where it did so without end."""
        told = []
        for name, seen in self._seen.items():
            is_table = name.startswith("KiB")
            first, last = thirds(seen)
            beside = BESIDE.get(name, PAGES) + (leap(seen) if is_table else 0)
            assert last < first * GROWTH + beside, f"{name} went from {first:.0f} to {last:.0f}"
            if not is_table:
                told.append(f"{name} {first:.0f} then {last:.0f}")
        tables = sum(seen[-1] for name, seen in self._seen.items() if name.startswith("KiB"))
        return ", ".join([*told, f"{tables:.0f} KiB of what is updated in place"])


async def all_faults(
    trial: Trial,
    shop: Scene,
    proxies: list[Proxy],
    service: Service,
    end: float,
) -> int:
    """One after the other, as the seed has it; how many there were."""
    chance, ground, count = trial.random("soak"), shop.ground, 0

    def kill_server() -> None:
        trial.arena.kill()
        trial.arena.start()

    def kill_service() -> None:
        service.kill()
        service.start()

    def kill_backend() -> None:
        for row in ground.ask(BACKEND, [ground.database.name]):
            kill(row["pid"])

    def kill_listener() -> None:
        ground.ask(LISTENERS, [ground.database.name])

    rare: list[Callable[[], None]] = [kill_server, kill_service, kill_backend, kill_listener]
    while time.monotonic() < end:
        count += 1
        if chance.random() < 0.04:
            await asyncio.to_thread(_try, chance.choice(rare))
        else:
            chance.choice(proxies).arm(chance.choice(FAULTS))
        await asyncio.sleep(chance.uniform(0, 2 * BETWEEN))
    return count


def _try(trouble: Callable[[], None]) -> None:
    try:
        trouble()
    except (ProcessLookupError, psycopg.OperationalError):
        return  # somebody else was quicker


def due(chance: random.Random) -> int:
    """Seconds that a reservation lasts."""
    return chance.randint(1, HOLD)


async def play(trial: Trial) -> Figure:
    shop = scene(trial, clients=CLIENTS, items=ITEMS, units=UNITS, refusals=False, hold=HOLD)
    seconds = SECONDS * trial.size
    ground, place = shop.ground, trial.arena.cluster.socket_directory
    async with Proxy(place) as behind:
        url = make_conninfo(
            ground.database.url("apartado_api"), host="127.0.0.1", port=behind.port,
            sslmode="disable",
        )  # fmt: skip
        steady = await asyncio.to_thread(trial.service, ground, url)
        doomed = await asyncio.to_thread(trial.service, ground)
        async with Proxy(steady.port) as first, Proxy(doomed.port) as second:
            ports = [first.port, second.port]
            clients: list[Client] = [
                SqlClient(ground.database)
                if n % 4 == 0
                else OneOf([HttpClient(port, shop.tokens) for port in ports[:: 1 if n % 2 else -1]])
                for n in range(CLIENTS)
            ]
            readers = [
                Reader(ports[:: 1 if n % 2 else -1], shop.tokens[shop.boss]) for n in range(READERS)
            ]
            gauge, counted = Gauge(shop, steady), 0

            async def look() -> None:
                while True:
                    await asyncio.sleep(seconds / SAMPLES)
                    await asyncio.to_thread(gauge.look)

            async def trouble() -> None:
                nonlocal counted
                looking = asyncio.create_task(look())
                proxies = [behind, first, second]
                end = time.monotonic() + seconds
                counted = await all_faults(trial, shop, proxies, doomed, end)
                looking.cancel()
                for proxy in proxies:
                    proxy.disarm()

            async with reading(readers):
                await shop.go_on_during(clients, 0, trouble, pace=PACE, ttl=due, mix=LATE)
                await caught_up(ground, readers)
        await asyncio.to_thread(steady.close)
        await asyncio.to_thread(doomed.close)
    wrong = [fault for reader in readers for fault in reader.wrong]
    assert wrong == [], wrong[:3]
    shop.judge()
    grown = gauge.growth()
    expired = ground.one(EXPIRED)
    assert expired > seconds, f"no more than {expired} reservations expired in {seconds:.0f} s"
    return Figure(
        f"{seconds:.0f} s, {CLIENTS} clients, {counted} faults, {len(shop.ledger.lines):,} calls,"
        f" {expired:,} expiries",
        f"0 anomalies, 0 lost, {READERS} readers saw all; {grown}",
        "0, 0, all; flat",
    )


@proof("soak", "ten minutes of everything with every fault", short=0.02)
def soak(trial: Trial) -> Figure:
    return asyncio.run(play(trial))


LEAVES_OPEN = """
import os, threading, time
def leave_open():
    while True:
        time.sleep(0.05)
        os.dup(1)
threading.Thread(target=leave_open, daemon=True).start()
"""


@mutant("an expired unit comes free two seconds late", "soak", size=0.02)
def _expires_late(ground: Ground) -> None:
    ground.mutate(
        r"r\.expires_at <= p_now", "r.expires_at <= p_now - interval '2 seconds'", "_close_due"
    )


@mutant("descriptors are left open", "soak", size=0.02)
def _leaves_open(ground: Ground) -> None:
    ground.mistake = LEAVES_OPEN
