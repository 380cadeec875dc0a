"""What the crowded proofs share: a shop, its clients, and shoppers who go on until it is enough."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from prove.clients import Client
from prove.cluster import Arena, Ground
from prove.ledger import Ledger
from prove.replay import Replay
from prove.trial import Trial
from prove.workload import MIX, Lasting, Shopper

MEMBERS = 6  # of each client
LOOK = 0.02


@dataclass
class Scene:
    """A ground with items and members in it, and the ledger of its clients."""

    trial: Trial
    ground: Ground
    aliases: list[str]
    items: list[int]
    ledger: Ledger
    replay: Replay
    boss: str
    tokens: dict[str, str]

    def shoppers(
        self, clients: list[Client], ttl: Lasting | None = None, mix: Mapping[str, int] = MIX
    ) -> list[Shopper]:
        """A shopper behind each client, each with members of their own."""
        share = len(self.aliases) // len(clients)
        return [
            Shopper(
                client,
                self.ledger,
                self.aliases[n * share : (n + 1) * share],
                self.items,
                chance=self.trial.random(f"shopper {n}"),
                mix=mix,
                operator=self.boss,
                ttl=ttl,
            )
            for n, client in enumerate(clients)
        ]

    async def go_on_during(
        self,
        clients: list[Client],
        written: int,
        trouble: Callable[[], Awaitable[None]],
        *,
        pace: float = 0.0,
        ttl: Lasting | None = None,
        mix: Mapping[str, int] = MIX,
    ) -> None:
        """All of them shop until the trouble is over and so many changes were acknowledged."""
        over = False

        def goes_on() -> bool:
            return not over or self.ledger.written < written

        try:
            async with asyncio.TaskGroup() as everybody:
                for shopper in self.shoppers(clients, ttl, mix):
                    everybody.create_task(shopper.shop(10**9, goes_on, pace=pace))
                await trouble()
                over = True
        finally:
            for client in clients:
                await client.close()

    async def until_written(self, count: int) -> None:
        """Wait until so many changes were acknowledged."""
        while self.ledger.written < count:
            await asyncio.sleep(LOOK)

    def moved_to(self, ground: Ground) -> None:
        """Everything is somewhere else now."""
        self.ground = ground
        self.replay.moved_to(ground)

    def judge(self) -> None:
        """By everything."""
        self.trial.judge(self.ground, self.ledger, self.replay)


def scene(
    trial: Trial,
    *,
    clients: int,
    items: int,
    units: int,
    arena: Arena | None = None,
    tablespace: str | None = None,
    refusals: bool = True,
    hold: int | None = None,
) -> Scene:
    """A fresh one; hold is how many seconds a reservation lasts at most."""
    ground = trial.ground(arena, tablespace)
    if hold is not None:
        ground.limits(hold=timedelta(seconds=hold))
    aliases = ground.crowd(clients * MEMBERS)
    tokens = dict(zip(aliases, ground.tokens(aliases), strict=True))
    boss = aliases[0]
    ground.ask("select * from apartado.grant_operator(null, %s)", [boss])
    stock = ground.items(items, units)
    return Scene(
        trial,
        ground,
        aliases,
        stock,
        Ledger(),
        Replay(ground, stock, refusals=refusals),
        boss,
        tokens,
    )
