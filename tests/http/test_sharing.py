"""Who asks the same while it is being asked shares the next answer, read after they came."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from apartado import gathering
from apartado.pool import Pool, Table
from clusters import Database
from services import PATIENCE, Api, Service, problem

pytestmark = pytest.mark.one_postgresql


class Gate:
    """Holds the first answer of the database to a statement back, and counts who comes."""

    def __init__(self, word: str) -> None:
        self._word = word
        self.read = threading.Event()
        self.open = threading.Event()
        self.arrived = self.asked = 0

    async def look(self, pool: Pool, statement: str, values: Any, **how: Any) -> Table:
        table = await _LOOK(pool, statement, values, **how)
        if self._word in statement:
            self.asked += 1
            if self.asked == 1:
                self.read.set()
                await asyncio.to_thread(self.open.wait)
        return table


_LOOK = Pool.look


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Lines wait for the first call, however long it takes."""
    held = Gate("get_status")

    async def look(self: Pool, statement: str, values: Any, **how: Any) -> Table:
        return await held.look(self, statement, values, **how)

    answer = gathering.Sharer.answer

    async def arriving(self: Any, about: Any, asked: Any) -> Any:
        held.arrived += "get_status" in about[0]
        return await answer(self, about, asked)

    monkeypatch.setattr(Pool, "look", look)
    monkeypatch.setattr(gathering.Sharer, "answer", arriving)
    monkeypatch.setattr(gathering, "PATIENCE_SECONDS", 60.0)
    yield held
    held.open.set()


@dataclass
class Crowd:
    """Visitors who ask for the status of one item; the first of them has not been answered yet."""

    service: Service
    gate: Gate
    workers: ThreadPoolExecutor
    operator: Api
    item: int
    first: Future[httpx.Response] = field(init=False)

    def ask(self, headers: dict[str, str] | None = None) -> Future[httpx.Response]:
        visitor = self.service.client()
        return self.workers.submit(
            visitor.get, "/rpc/get_status", params={"item": self.item}, headers=headers
        )

    def join(self, headers: dict[str, str] | None = None) -> Future[httpx.Response]:
        """One more, who stands in line when this returns."""
        wanted = self.gate.arrived + 1
        answer = self.ask(headers)
        self.service.until(lambda: self.gate.arrived == wanted)
        return answer


@contextmanager
def asking(database: Database, gate: Gate) -> Iterator[Crowd]:
    with Service(database) as service, ThreadPoolExecutor(4) as workers:
        operator = service.operator()
        crowd = Crowd(service, gate, workers, operator, service.item(operator, quantity=1))
        crowd.first = crowd.ask()
        assert gate.read.wait(PATIENCE)
        yield crowd


def test_who_comes_later_is_told_what_was_done_before_they_came(
    database: Database, gate: Gate
) -> None:
    """Mutant: who comes while it is being asked is given the answer to that question."""
    with asking(database, gate) as crowd:
        crowd.operator.call("adjust_stock", item=crowd.item, delta=4, reason="more")
        others = [crowd.join() for _ in range(3)]
        gate.open.set()
        assert crowd.first.result().json()["available"] == 1
        assert [other.result().json()["available"] for other in others] == [5, 5, 5]
    assert gate.asked == 2


def test_nobody_shares_the_answer_of_somebody_else(database: Database, gate: Gate) -> None:
    """Mutant: lines by item, whoever asks."""
    with Service(database) as service, ThreadPoolExecutor(3) as workers:
        operator, ana, bea = service.operator(), service.member("ana"), service.member("bea")
        item = service.item(operator, quantity=2)
        other = service.item(operator, quantity=3)
        ana.call("reserve", item=item)
        first = workers.submit(ana.ask, "get_status", item=item)
        assert gate.read.wait(PATIENCE)
        # none of these waits for it
        assert bea.ask("get_status", item=item)["my_reservation_id"] is None
        assert service.client().ask("get_status", item=item)["my_reservation_id"] is None
        assert ana.ask("get_status", item=other)["available"] == 3
        assert not first.done()
        gate.open.set()
        assert first.result()["my_reservation_id"] is not None


def test_a_tag_is_shared(database: Database, gate: Gate) -> None:
    with asking(database, gate) as crowd:
        crowd.operator.call("adjust_stock", item=crowd.item, delta=1, reason="more")
        known, other = crowd.join({"If-None-Match": "*"}), crowd.join()
        gate.open.set()
        assert crowd.first.result().headers["etag"] != other.result().headers["etag"]
        assert known.result().headers["etag"] == other.result().headers["etag"]
        assert (known.result().status_code, known.result().content) == (304, b"")


def test_a_refusal_is_shared(database: Database, gate: Gate) -> None:
    with asking(database, gate) as crowd:
        crowd.operator.call("set_visibility", item=crowd.item, visible=False, reason="not yet")
        others = [crowd.join(), crowd.join()]
        gate.open.set()
        assert crowd.first.result().status_code == 200
        assert [problem(other.result())["code"] for other in others] == ["RS101", "RS101"]
