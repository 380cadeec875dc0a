"""Many at once."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from services import Service
from streams import EventStream

CROWD = 200


async def _at_once(service: Service, tokens: list[str], fields: dict[str, Any]) -> list[Any]:
    """Everybody asks for the same in the same moment, each on a connection of their own."""
    limits = httpx.Limits(max_connections=CROWD, max_keepalive_connections=CROWD)
    async with httpx.AsyncClient(base_url=service.url, limits=limits, timeout=60) as client:

        async def one(token: str) -> httpx.Response:
            headers = {"Authorization": f"Bearer {token}"}
            return await client.post("/rpc/reserve", json=fields, headers=headers)

        return await asyncio.gather(*map(one, tokens))


def _tokens(service: Service) -> list[str]:
    with service.database.connect("dba") as connection:
        rows = connection.execute(
            "select s.token from generate_series(1, %s) as n"
            " cross join lateral apartado.sign_in('member' || n) as s",
            [CROWD],
        ).fetchall()
    return [token for (token,) in rows]


def test_200_at_once_line_up_for_one_copy(service: Service) -> None:
    operator = service.operator()
    item = service.item(operator)
    fields = {"item": item, "if_unavailable": "queue"}
    answers = asyncio.run(_at_once(service, _tokens(service), fields))
    assert {answer.status_code for answer in answers} == {200}
    found = [answer.json() for answer in answers]
    assert Counter(one["outcome"] for one in found) == {"reserved": 1, "queued": CROWD - 1}
    positions = sorted(one["position"] for one in found if one["outcome"] == "queued")
    assert positions == list(range(1, CROWD))
    assert operator.ask("check_consistency") == []


READERS, WRITERS, ROUNDS = 20, 4, 25


class _Reader:
    """Reads some events, goes away, comes back with its cursor, until it has seen the last."""

    def __init__(self, service: Service, token: str, start: int, seed: int) -> None:
        self._port, self._token, self._start = service.port, token, start
        self._random = random.Random(seed)
        self.seen: list[int] = []
        self.last: int | None = None

    def _is_done(self) -> bool:
        return self.last is not None and bool(self.seen) and self.seen[-1] >= self.last

    def run(self) -> list[int]:
        cursor = self._start
        while not self._is_done():
            headers = {"Authorization": f"Bearer {self._token}", "Last_Event_ID": str(cursor)}
            with EventStream(self._port, **headers) as stream:
                wanted = self._random.randrange(1, 40)
                for message in stream.events():
                    assert message.kind != "reset"
                    assert message.id is not None
                    self.seen.append(message.id)
                    wanted -= 1
                    if wanted == 0 or self._is_done():
                        break
                cursor = stream.cursor if stream.cursor is not None else cursor
        return self.seen


def test_20_readers_that_come_and_go_each_see_everything_once(service: Service) -> None:
    operator = service.operator()
    items = [service.item(operator, quantity=1) for _ in range(3)]
    members = [service.member(f"writer{number}") for number in range(WRITERS)]
    readers = [_Reader(service, str(operator.token), 0, seed) for seed in range(READERS)]
    begin = threading.Barrier(READERS + WRITERS)

    def write(number: int) -> None:
        begin.wait()
        chance = random.Random(1000 + number)
        client = members[number]
        for _ in range(ROUNDS):
            fields = {"item": chance.choice(items), "if_unavailable": "queue"}
            answer = client.post("/rpc/reserve", json=fields)
            assert answer.status_code < 500, answer.text
            held = client.ask("list_reservations")
            for one in [one for one in held if one["status"] == "active"][:1]:
                answer = client.post(
                    "/rpc/cancel_reservation", json={"reservation": one["reservation_id"]}
                )
                assert answer.status_code < 500, answer.text

    def read(reader: _Reader) -> list[int]:
        begin.wait()
        return reader.run()

    with ThreadPoolExecutor(READERS + WRITERS) as workers:
        reading = [workers.submit(read, reader) for reader in readers]
        try:
            for writing in [workers.submit(write, number) for number in range(WRITERS)]:
                writing.result()
        except BaseException:
            for reader in readers:
                reader.last = 0
            operator.call("adjust_stock", item=items[0], delta=1, reason="wake them up")
            raise
        operator.call("adjust_stock", item=items[0], delta=1, reason="the last one")
        with service.database.connect() as connection:
            connection.execute("select apartado._number_events(100000)")
            row = connection.execute("select pos from apartado.event_head()").fetchone()
        assert row is not None
        for reader in readers:
            reader.last = row[0]
        # Whoever read the last one before it was known to be the last waits for one more.
        operator.call("adjust_stock", item=items[0], delta=1, reason="one more")
        for future in reading:
            seen = future.result()
            assert seen == list(range(1, len(seen) + 1))
            assert len(seen) >= row[0]


@pytest.mark.one_postgresql
def test_refusals_that_met_due_rows_are_settled_at_once(service: Service) -> None:
    """Not by the job: that one is made to wait."""
    operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
    item = service.item(operator)
    held = ana.call("reserve", item=item)
    bea.call("join_queue", item=item)
    with service.database.connect() as connection:
        connection.execute("update apartado.jobs set last_run_at = now() + interval '9 days'")
    service.database_clock("+ interval '8 days'")
    assert ana.refused("confirm_reservation", reservation=held["reservation_id"])["code"] == "RS401"
    service.until(lambda: len(bea.ask("list_reservations")) == 1)
