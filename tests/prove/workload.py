"""What clients do: a seeded mixture of everything that members do with a few hot items."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from typing import Any

from prove.clients import Client
from prove.ledger import Ledger

MIX = {
    "reserve": 36,
    "reserve_many": 6,
    "cancel_reservation": 24,
    "confirm_reservation": 7,
    "join_queue": 7,
    "leave_queue": 5,
    "get_status": 10,
    "adjust_stock": 5,
}
"""Of a hundred calls, how many are which."""
LINES = 3
MODES = ("best_effort", "reserve_or_queue")
"""Those in which every line of a wish for several items is answered."""

Lasting = Callable[[random.Random], int]
"""How many seconds a reservation is to last."""


class Shopper:
    """One client with members of its own, who do one thing after the other."""

    def __init__(
        self,
        client: Client,
        ledger: Ledger,
        members: list[str],
        items: list[int],
        *,
        chance: random.Random,
        mix: Mapping[str, int] = MIX,
        operator: str | None = None,
        ttl: Lasting | None = None,
    ) -> None:
        self._client, self._ledger, self._chance = client, ledger, chance
        self._members, self._items = members, items
        self._names, self._weights = list(mix), list(mix.values())
        self._operator = operator
        self._ttl = ttl
        self._held: dict[int, str] = {}

    async def shop(
        self, calls: int, goes_on: Callable[[], bool] = lambda: True, pace: float = 0.0
    ) -> None:
        """So many calls, or fewer, each after a pause of the pace on average."""
        for _ in range(calls):
            if not goes_on():
                break
            (name,) = self._chance.choices(self._names, self._weights)
            await self._act(name)
            if pace:
                await asyncio.sleep(self._chance.uniform(0, 2 * pace))

    async def _act(self, name: str) -> None:
        who, item = self._chance.choice(self._members), self._chance.choice(self._items)
        wanted = self._chance.randint(1, 3)
        if name == "reserve":
            way = self._chance.choice(("fail", "queue"))
            ttl = None if self._ttl is None else self._ttl(self._chance)
            await self._ask(name, who, item=item, quantity=wanted, if_unavailable=way, ttl=ttl)
        elif name == "reserve_many":
            lines = [
                {"item": one, "quantity": self._chance.randint(1, 2)}
                for one in self._chance.sample(self._items, LINES)
            ]
            await self._ask(name, who, lines=lines, mode=self._chance.choice(MODES))
        elif name == "join_queue":
            await self._ask(name, who, item=item, quantity=wanted)
        elif name == "adjust_stock" and self._operator is not None:
            more = self._chance.randint(1, 2)
            reason = f"because {self._ledger.key()}"
            await self._ask(name, self._operator, item=item, delta=more, reason=reason)
        elif name in ("cancel_reservation", "confirm_reservation") and self._held:
            number = self._chance.choice(list(self._held))
            who = self._held[number]
            some = None if name == "cancel_reservation" else wanted
            await self._ask(name, who, reservation=number, quantity=some)
        else:
            name = name if name in ("leave_queue", "get_status") else "get_status"
            await self._ask(name, who, keyed=name != "get_status", item=item)

    async def _ask(self, name: str, who: str, *, keyed: bool = True, **fields: Any) -> None:
        line = await self._ledger.ask(self._client, name, who, keyed=keyed, **fields)
        for row in line.rows:
            number = row.get("reservation_id") or row.get("my_reservation_id")
            if name in ("reserve", "reserve_many", "get_status") and number:
                self._held[number] = who
        if name == "cancel_reservation" or line.code not in (None, "RS202"):
            self._held.pop(fields.get("reservation", 0), None)
        elif name == "confirm_reservation" and line.answer.get("remaining") == 0:
            self._held.pop(fields["reservation"], None)


async def together(shoppers: list[Shopper], calls: int) -> None:
    """All of them at once, as many calls each."""
    async with asyncio.TaskGroup() as crowd:
        for shopper in shoppers:
            crowd.create_task(shopper.shop(calls))
