"""What a connection may cost: requests that are sent ahead, silence, answers that nobody takes."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any, cast

import pytest

from apartado.server import PIECE_BYTES, Protocol
from clusters import Database
from services import Service
from streams import EventStream
from wires import Wire

pytestmark = pytest.mark.one_postgresql

AHEAD = 3_000
GET = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
NOTHING = b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
LARGE = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n"
END = b"Connection: close\r\n"


def _connections(service: Service) -> list[Protocol]:
    return [*cast(Any, service.server.server_state.connections)]


def _waits(connection: Protocol) -> bool:
    """Whether something was written that nobody took."""
    return bool(connection.transport.get_write_buffer_size())


def _when_due(connection: Protocol, timer: Callable[[], None]) -> None:
    """What a timer of the connection does, unless everything was taken meanwhile."""

    async def ring() -> None:
        if _waits(connection):
            timer()

    asyncio.run_coroutine_threadsafe(ring(), connection.loop).result()


@pytest.fixture
def small(database: Database) -> Iterator[Service]:
    """A service whose kernel takes little, so that what nobody reads is noticed at once."""
    with Service(database, send_buffer=4_096) as running:
        yield running


# -- requests that are sent ahead -----------------------------------------------------------------


def test_whoever_sends_ahead_is_answered_in_order_and_fills_no_memory(
    shared: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutants: Flow.resume_reading without its look; data_received that parses everything."""
    ahead: list[int] = []
    held: list[int] = []
    start = Protocol._start_asgi_task

    def noted(self: Protocol, cycle: Any, app: Any) -> None:
        ahead.append(len(self.pipeline))
        held.append(len(self._rest))
        start(self, cycle, app)

    monkeypatch.setattr(Protocol, "_start_asgi_task", noted)
    wanted = [404 if number % 7 == 3 else 200 for number in range(AHEAD)]
    more = b"X: %s\r\n\r\n" % (b"y" * 300)
    requests = b"".join((NOTHING if one == 404 else GET)[:-2] + more for one in wanted)
    with Wire(shared) as wire:
        sender = Thread(target=wire.send, args=[requests])
        sender.start()
        assert [wire.answer()[0] for _ in wanted] == wanted
        sender.join()
    assert max(ahead) <= PIECE_BYTES / len(more) + 1
    assert 0 < max(held) <= 256_000  # what uvloop reads at once


def test_bodies_that_are_sent_ahead_arrive_whole(shared: Service) -> None:
    """Also those that are longer than what is read at once."""
    who = b"Authorization: Bearer " + str(shared.member("ana").token).encode()
    with Wire(shared) as wire:
        body = b'{"reservation": %s404}' % (b" " * 200_000)
        request = b"POST /rpc/cancel_reservation HTTP/1.1\r\nHost: x\r\n%s\r\n" % who
        request += b"Content-Length: %d\r\n\r\n" % len(body)
        sender = Thread(target=wire.send, args=[(request + body + GET) * 5])
        sender.start()
        found = [wire.answer() for _ in range(10)]
        sender.join()
    assert [status for status, _, _ in found] == [404, 200] * 5
    assert {json.loads(body)["code"] for status, _, body in found if status == 404} == {"RS102"}


def test_a_request_behind_one_that_wants_another_protocol_is_answered(shared: Service) -> None:
    upgrade = b"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    with Wire(shared) as wire:
        wire.send(upgrade + GET)
        assert [wire.answer()[0] for _ in range(2)] == [404, 200]


@pytest.mark.parametrize(
    ("behind", "status"),
    [
        (b"\x16\x03\x01", 400),
        (b"POST /rpc/pair HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"GET /health HTTP/1.1\r\nX: " + b"y" * 70_000, 431),
        (b"GET /hea", 408),
    ],
    ids=["no HTTP", "no chunk", "long", "slow"],
)
@pytest.mark.parametrize("before", [[200], [200, 404, 200]], ids=["one", "three"])
def test_what_is_malformed_is_refused_after_what_came_before_is_answered(
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    before: list[int],
    behind: bytes,
    status: int,
) -> None:
    """Who waits for several answers takes them in the order in which they come."""
    if status == 408:
        monkeypatch.setattr("apartado.server.PATIENCE_SECONDS", 0.1)
        monkeypatch.setattr("apartado.server.Protocol._expect.__defaults__", (0.1,))
    asked: list[Any] = []
    refused = asyncio.Event()
    refuse = Protocol._refuse
    app: Any = service.server.config.loaded_app

    def noted(self: Protocol, status: int) -> None:
        refuse(self, status)
        refused.set()

    async def late(*call: Any) -> None:
        asked.append(call)
        if len(asked) == len(before):
            await refused.wait()
        await app(*call)

    monkeypatch.setattr(Protocol, "_refuse", noted)
    monkeypatch.setattr(service.server.config, "loaded_app", late)
    with Wire(service) as wire:
        wire.send(b"".join(NOTHING if one == 404 else GET for one in before) + behind)
        assert [wire.answer()[0] for _ in before] == before
        assert wire.answer()[0] == status
        assert wire.all() == b""


def test_a_reader_that_asked_for_more_and_leaves_is_no_error(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """Mutant: connection_lost without _give_up."""
    operator = service.operator()
    item = service.item(operator)
    with EventStream(service.port) as stream:
        stream._socket.sendall(GET)
        service.until(lambda: any(one.pipeline for one in _connections(service)))
        # so that closing is a reset
        stream._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    operator.call("adjust_stock", item=item, delta=1, reason="more")
    service.until(lambda: not service.parts.hub.readers)
    assert [record.getMessage() for record in caplog.records] == []


# -- silence --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "then"),
    [
        (GET, b"\r\n"),
        (GET, b"\r\n" * 9),
        (b"POST /rpc/pair HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n", b" " * 9_999_999),
    ],
    ids=["an empty line", "several", "the rest of what was refused"],
)
def test_who_says_nothing_after_an_answer_is_not_waited_for(
    service: Service, request_: bytes, then: bytes
) -> None:
    """Mutant: a keep-alive that ends with any byte."""
    service.server.config.timeout_keep_alive = cast(int, 0.2)
    with Wire(service) as wire:
        wire.send(request_)
        assert wire.answer()[0] in (200, 413)
        wire.send(then)
        assert wire.all() == b""


def test_a_connection_is_kept_longer_than_proxies_keep_theirs(shared: Service) -> None:
    """They would send a request into one that is just being closed."""
    longest = 60  # of nginx and of the balancers of AWS

    def is_kept() -> bool:
        ends = [(one.loop, one.timeout_keep_alive_task) for one in _connections(shared)]
        return any(end and end.when() - loop.time() > longest for loop, end in ends)

    with Wire(shared) as wire:
        wire.send(GET)
        assert wire.answer()[0] == 200
        shared.until(is_kept)


# -- answers that nobody takes --------------------------------------------------------------------


@pytest.mark.parametrize(
    "requests",
    [
        LARGE + b"\r\n",
        LARGE + END + b"\r\n",
        GET * 3_000,
        GET * 60,
        GET * 60 + GET[:-2] + END + b"\r\n",
    ],
    ids=["open", "end", "many", "few", "few and the end"],
)
@pytest.mark.parametrize("sends_no_more", [False, True], ids=["", "half closed"])
def test_who_takes_nothing_of_an_answer_is_dropped(
    small: Service, monkeypatch: pytest.MonkeyPatch, requests: bytes, sends_no_more: bool
) -> None:
    """Looked at by hand, where a look is due at all.

    Mutants: _look without its abort; close without _watch.
    """
    monkeypatch.setattr("apartado.server.UNTAKEN_SECONDS", 600.0)
    with Wire(small, receive_buffer=4_096) as wire:
        wire.send(requests)
        small.until(lambda: any(map(_waits, _connections(small))))
        (ours,) = filter(_waits, _connections(small))
        if sends_no_more:
            wire.send_no_more()
        else:
            _when_due(ours, ours.timeout_keep_alive_handler)
        small.until(lambda: ours._taking is not None)

        def is_dropped() -> bool:
            _when_due(ours, ours._look)
            return ours not in _connections(small)

        small.until(is_dropped)


@pytest.mark.parametrize("end", [b"", END], ids=["open", "end"])
def test_who_takes_a_large_answer_slowly_gets_it_whole(database: Database, end: bytes) -> None:
    """Looked at by hand after every bit: something was taken, if not always out of this process.

    Mutant: _look without _in_kernel.
    """
    with (
        Service(database, send_buffer=50_000) as service,
        Wire(service, receive_buffer=4_096) as wire,
    ):
        wire.send(LARGE + end + b"\r\n")
        service.until(lambda: any(one._taking is not None for one in _connections(service)))
        (ours,) = [one for one in _connections(service) if one._taking is not None]

        looks = 0
        while _waits(ours):
            _when_due(ours, ours._look)
            wire.read_on(20_000)
            looks += 1
        assert looks > 5
        status, _, body = wire.answer()
        assert (status, body) == (200, service.client().get("/openapi.json").content)
