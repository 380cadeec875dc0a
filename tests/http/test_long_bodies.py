"""A long body is read only of somebody: who sends it is known before it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from typing import Any

import pytest

from apartado import statements
from apartado.pool import Pool
from apartado.rpc import LONG_BYTES
from apartado.server import Protocol
from services import Api, Service
from wires import Wire

pytestmark = pytest.mark.one_postgresql

CHUNKED = b"Transfer-Encoding: chunked"
CHUNK = b"1000\r\n" + b" " * 4_096 + b"\r\n"
PIECE = b" " * 65_536
FOR_OPERATORS = 12_000_000
"""What no other command takes."""


@pytest.fixture(scope="module")
def ana(shared: Service) -> Api:
    return shared.member("ana")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that are run for those who ask."""
    found: list[str] = []
    run = Pool.run

    async def noted(self: Pool, statement: str, *values: Any, **how: Any) -> Any:
        if statements.AUTHENTICATE in statement:
            found.append(statement)
        return await run(self, statement, *values, **how)

    monkeypatch.setattr(Pool, "run", noted)
    return found


def _head(*headers: bytes, name: str = "put_items") -> bytes:
    first = b"POST /rpc/%s HTTP/1.1" % name.encode()
    return b"\r\n".join([first, b"Host: x", *headers, b"", b""])


def _length(length: int) -> bytes:
    return b"Content-Length: %d" % length


def _bearer(token: str | None) -> bytes:
    return b"Authorization: Bearer " + str(token).encode()


def _is_refused(wire: Wire, status: int = 401, code: str = "RS601") -> dict[str, str]:
    found, headers, body = wire.answer()
    problem = json.loads(body)
    assert (found, problem["code"], problem["field"]) == (status, code, "token")
    assert headers["connection"] == "close"
    return headers


NOBODIES = [(), (b"Authorization: Bearer nobody",)]


@pytest.mark.parametrize("who", NOBODIES, ids=["no token", "a bad one"])
@pytest.mark.parametrize("name", ["put_items", "reserve", "sign_in", "get_cart"])
@pytest.mark.parametrize("length", [LONG_BYTES + 1, 900_000])
def test_nobody_is_refused_before_anything_is_sent(
    shared: Service, who: tuple[bytes, ...], name: str, length: int
) -> None:
    with Wire(shared) as wire:
        wire.send(_head(*who, _length(length), name=name))
        _is_refused(wire)
        assert wire.all() == b""


@pytest.mark.parametrize("who", NOBODIES, ids=["no token", "a bad one"])
def test_nobody_is_refused_as_soon_as_chunks_are_long(
    shared: Service, who: tuple[bytes, ...]
) -> None:
    with Wire(shared) as wire:
        wire.send(_head(*who, CHUNKED) + CHUNK * (LONG_BYTES // 4_096))
        wire.send(CHUNK)
        _is_refused(wire)
        assert wire.all() == b""


def test_somebody_who_was_barred_is_refused(service: Service) -> None:
    token = service.member("ben").token
    with service.database.connect() as connection:
        connection.execute("update apartado.members set barred_at = apartado.clock()")
    with Wire(service) as wire:
        wire.send(_head(_bearer(token), _length(FOR_OPERATORS)))
        _is_refused(wire, 403, "RS604")


def test_a_dead_cookie_is_forgotten(shared: Service) -> None:
    cookie = [b"Cookie: apartado_session=dead", b"Sec-Fetch-Site: same-origin"]
    with Wire(shared) as wire:
        wire.send(_head(*cookie, _length(FOR_OPERATORS)))
        assert "Max-Age=0" in _is_refused(wire)["set-cookie"]


@pytest.mark.parametrize("how", [_length(FOR_OPERATORS), CHUNKED], ids=["length", "chunks"])
def test_who_sends_on_all_the_same_sees_the_answer(shared: Service, how: bytes) -> None:
    """Mutant: Protocol.end that closes at once, which resets the connection."""
    rest = CHUNK * (FOR_OPERATORS // 4_096) if how == CHUNKED else b" " * FOR_OPERATORS
    with Wire(shared) as wire:
        wire.send(_head(how) + rest)
        _is_refused(wire)
        assert wire.all() == b""


def test_what_is_sent_on_is_not_parsed(shared: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    bodies: list[int] = []
    on_body = Protocol.on_body

    def noted(self: Protocol, body: bytes) -> None:
        bodies.append(len(body))
        on_body(self, body)

    monkeypatch.setattr(Protocol, "on_body", noted)
    with Wire(shared) as wire:
        wire.send(_head(_length(FOR_OPERATORS)))
        _is_refused(wire)
        wire.send(b" " * FOR_OPERATORS)
        assert wire.all() == b""
    assert bodies == []


def test_who_sends_on_for_ever_is_not_waited_for(
    shared: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: on_response_complete without its LINGER_SECONDS."""
    monkeypatch.setattr("apartado.server.LINGER_SECONDS", 0.05)
    with Wire(shared) as wire:
        wire.send(_head(CHUNKED) + CHUNK * 17)
        _is_refused(wire)
        with suppress(OSError):  # reset, or a broken pipe
            while True:
                wire.send(CHUNK)


def test_who_waits_for_leave_to_send_is_not_given_it(shared: Service) -> None:
    with Wire(shared) as wire:
        wire.send(_head(_length(FOR_OPERATORS), b"Expect: 100-continue"))
        _is_refused(wire)
        assert wire.all() == b""


@pytest.mark.parametrize("is_chunked", [False, True], ids=["length", "chunks"])
def test_a_long_body_of_somebody_arrives_whole(service: Service, is_chunked: bool) -> None:
    """Its end is what counts, and the connection goes on."""
    operator = service.operator()
    body = b'{"items": [%s{"sku": "long", "title": "Long"}]}' % (b" " * FOR_OPERATORS)

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 100_000):
            yield body[start : start + 100_000]

    sent: Any = pieces() if is_chunked else body
    answer = operator.post(
        "/rpc/put_items", content=sent, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 200, answer.text
    assert "connection" not in answer.headers
    assert [row["outcome"] for row in answer.json()] == ["inserted"]


def test_a_long_body_costs_one_statement_and_a_short_one_none(
    shared: Service, ana: Api, run: list[str]
) -> None:
    def statuses(body: bytes, *, in_chunks: bool = False) -> list[Any]:
        run.clear()
        sent: Any = iter([body]) if in_chunks else body
        answer = ana.post(
            "/rpc/leave_queue", content=sent, headers={"Content-Type": "application/json"}
        )
        return [answer.status_code, *(one == statements.ADMIT_LONG_BODY for one in run)]

    asked = b'{"item": 1}'
    for in_chunks in (False, True):
        assert statuses(asked, in_chunks=in_chunks) == [404, False]
        assert statuses(asked.ljust(LONG_BYTES), in_chunks=in_chunks) == [404, False]
        assert statuses(asked.ljust(LONG_BYTES + 1), in_chunks=in_chunks) == [404, True, False]
        assert statuses(asked.ljust(900_000), in_chunks=in_chunks) == [404, True, False]


def test_a_short_body_of_nobody_is_refused_as_before(shared: Service, run: list[str]) -> None:
    """And its connection goes on."""
    body = b'{"items": []}'.ljust(LONG_BYTES)
    with Wire(shared) as wire:
        wire.send(_head(_length(len(body))))
        sender = Thread(target=wire.send, args=[body + _head(_length(2)) + b"{}"])
        sender.start()
        for code in ("RS601", "RS205"):
            _, headers, answer = wire.answer()
            assert (json.loads(answer)["code"], "connection" in headers) == (code, False)
        sender.join()
    assert statements.ADMIT_LONG_BODY not in run
