"""What comes over the wire that no client library would send."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import cast

import pytest

from apartado.endpoints import ENDPOINTS
from apartado.server import Protocol
from apartado.statements import fields_of
from services import Api, Service, something_of_sql
from wires import Wire

pytestmark = pytest.mark.one_postgresql

MANY = 2_000
AT_ONCE = 40


def _refused(answer: tuple[int, dict[str, str], bytes], status: int, code: str) -> None:
    found, headers, body = answer
    assert headers["content-type"] == "application/problem+json"
    assert (found, json.loads(body)["code"]) == (status, code)
    assert headers["x-content-type-options"] == "nosniff"


@pytest.fixture(scope="module")
def ana(shared: Service) -> Api:
    return shared.member("ana")


def _post(body: bytes, *headers: bytes, address: bytes = b"/rpc/leave_queue") -> bytes:
    lines = [b"POST %s HTTP/1.1" % address, b"Host: x", *headers, b"", body]
    return b"\r\n".join(lines)


def _length(body: bytes) -> bytes:
    return b"Content-Length: %d" % len(body)


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET /health HTTP/9.9\r\n\r\n",
        b"GET /health HTTP/1.1\r\nNo colon\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET /health HTTP/1.1\r\nA: \x00\r\n\r\n",
        b"GET /h\xc3\xa9 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
        _post(b"{}", b"Content-Length: 2", b"Content-Length: 3"),
        _post(b"{}", b"Content-Length: -2"),
        _post(b"{}", b"Content-Length: 99999999999999999999999"),
        _post(b"0\r\n\r\n", b"Content-Length: 5", b"Transfer-Encoding: chunked"),
        _post(b"0\r\n\r\n", b"Transfer-Encoding: chunked", b"Content-Length: 5"),
        _post(b"zz\r\n{}\r\n0\r\n\r\n", b"Transfer-Encoding: chunked"),
    ],
    ids=range(15),
)
def test_what_is_no_http_is_400_and_the_end(shared: Service, request_: bytes) -> None:
    with Wire(shared) as wire:
        wire.send(request_)
        _refused(wire.answer(), 400, "malformed")
        assert wire.all() == b""


@pytest.mark.parametrize("address", ["/rpc/who_am_i", "/events", "/metrics", "/rpc/sign_in"])
@pytest.mark.parametrize("first_is_good", [True, False])
def test_who_says_twice_who_calls_is_refused(
    shared: Service, ana: Api, address: str, first_is_good: bool
) -> None:
    """Also where nobody is asked, and also when both say the same."""
    good = b"Authorization: Bearer " + str(ana.token).encode()
    others = [good, b"authorization: Bearer other", b"AUTHORIZATION: Basic eDp5"]
    for other in others:
        pair = [good, other] if first_is_good else [other, good]
        with Wire(shared) as wire:
            wire.send(_post(b"", *pair, address=address.encode()).replace(b"POST", b"GET", 1))
            _refused(wire.answer(), 400, "malformed")
            assert wire.all() == b""


def test_who_says_twice_whom_they_call_is_refused(shared: Service) -> None:
    """A cookie is believed where Origin is the Host, so there must be one."""
    for second in (b"Host: x", b"HOST: evil.example"):
        with Wire(shared) as wire:
            wire.send(_post(b"", second, address=b"/health").replace(b"POST", b"GET", 1))
            _refused(wire.answer(), 400, "malformed")
            assert wire.all() == b""


def test_who_says_two_keys_is_refused(shared: Service) -> None:
    with Wire(shared) as wire:
        wire.send(_post(b"", b"Idempotency-Key: a", b"idempotency-key: a"))
        _refused(wire.answer(), 400, "malformed")
        assert wire.all() == b""


def test_headers_have_a_limit(shared: Service) -> None:
    with Wire(shared) as wire:
        wire.send(b"GET /health HTTP/1.1\r\nHost: x\r\n")
        with suppress(OSError):  # closed while it sends
            for number in range(1_000):
                wire.send(b"X-%d: %s\r\n" % (number, b"y" * 4_000))
        assert b" 200 " not in wire.all()
    with Wire(shared) as wire:
        wire.send(b"GET /health HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 10_900)
        wire.send(b"X: y\r\n" * 10)
        wire.send(b"X: y\r\n" * 20_000)
        _refused(wire.answer(), 431, "long_headers")


def test_a_long_address_is_one_like_any_other(shared: Service) -> None:
    answer = shared.client().get(f"/rpc/get_status?item=1&location={'x' * 30_000}")
    assert answer.status_code == 404


def test_an_address_that_is_too_long_is_called_so(shared: Service) -> None:
    with Wire(shared) as wire:
        wire.send(b"GET /rpc/list_statuses?items=1%s HTTP/1.1\r\n" % (b"&items=1" * 9_000))
        _, _, body = wire.answer()
        assert json.loads(body)["title"] == "The address and the headers are too long."


def test_one_after_the_other_in_one_packet_is_answered_in_order(shared: Service, ana: Api) -> None:
    who = b"Authorization: Bearer " + str(ana.token).encode()
    with Wire(shared) as wire:
        wire.send(
            b"GET /rpc/who_am_i HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n" % who
            + _post(b'{"item": "x"}', who, _length(b'{"item": "x"}'))
            + b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
        )
        assert json.loads(wire.answer()[2])["alias"] == "ana"
        _refused(wire.answer(), 422, "RS205")
        _refused(wire.answer(), 404, "no_address")


def test_a_body_in_chunks_is_a_body(shared: Service, ana: Api) -> None:
    who = b"Authorization: Bearer " + str(ana.token).encode()
    with Wire(shared) as wire:
        wire.send(_post(b"", who, b"Transfer-Encoding: chunked"))
        for part in (b'{"it', b'em": ', b"99999}"):
            wire.send(b"%x\r\n%s\r\n" % (len(part), part))
        wire.send(b"0\r\n\r\n")
        _refused(wire.answer(), 404, "RS101")


CHUNKED = b"Transfer-Encoding: chunked"
UPGRADE = b"Upgrade: h2c"


@pytest.mark.parametrize("size", [1, 100_000])
@pytest.mark.parametrize("connection", [b"Upgrade", b"Upgrade, close"])
@pytest.mark.parametrize("is_chunked", [False, True], ids=["length", "chunked"])
def test_the_body_of_who_wants_another_protocol_is_a_body(
    shared: Service, ana: Api, connection: bytes, size: int, *, is_chunked: bool
) -> None:
    """And not the next request, at whose headers nobody on the way has looked."""
    who = b"Authorization: Bearer " + str(ana.token).encode()
    wish = [who, b"Connection: " + connection, UPGRADE]
    body = b'{"item": 99999}'
    if is_chunked:
        request = _post(b"f\r\n%s\r\n0\r\n\r\n" % body, *wish, CHUNKED)
    else:
        request = _post(body, *wish, _length(body))
    sent = request if b"close" in connection else request * 2 + _post(b"", b"Connection: close")
    with Wire(shared) as wire:
        for start in range(0, len(sent), size):
            wire.send(sent[start : start + size])
        for _ in range(sent.count(request)):
            _refused(wire.answer(), 404, "RS101")
        if b"close" not in connection:
            _refused(wire.answer(), 422, "RS205")
        assert wire.all() == b""


@pytest.mark.parametrize("address", [b"x:80", b"/health", b"http://x/health"])
@pytest.mark.parametrize("more", [(), (b"Connection: Upgrade", UPGRADE)])
def test_nobody_is_led_on(shared: Service, address: bytes, more: tuple[bytes, ...]) -> None:
    behind = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
    with Wire(shared) as wire:
        wire.send(_post(behind, *more, address=address).replace(b"POST", b"CONNECT", 1))
        _refused(wire.answer(), 400, "malformed")
        assert wire.all() == b""


@pytest.mark.parametrize(
    "behind",
    [b"0\r\nX: " + b"y" * 70_000, b"0\r\n" + b"y" * 70_000, b"0\r\n" + b"X: y\r\n" * 12_000,
     b"1;" + b"y" * 70_000],
    ids=["a value", "a name", "many", "an extension"],
)  # fmt: skip
def test_what_is_beside_a_body_has_a_limit(shared: Service, behind: bytes) -> None:
    with Wire(shared) as wire:
        wire.send(_post(b"", CHUNKED, address=b"/rpc/sign_out") + b"2\r\n{}\r\n" + behind)
        _refused(wire.answer(), 431, "long_headers")
        assert wire.all() == b""


def test_a_header_behind_the_body_is_none(shared: Service, ana: Api) -> None:
    """Who stands before the service has not looked at it: it must not sign anybody in."""
    who = b"Authorization: Bearer " + str(ana.token).encode()
    with Wire(shared) as wire:
        body = b'b\r\n{"item": 1}\r\n0\r\n%s\r\n\r\n' % who
        wire.send(_post(body, b"Transfer-Encoding: chunked"))
        _refused(wire.answer(), 401, "RS601")


def test_a_body_without_end_is_refused_and_its_connection_ended(
    shared: Service, ana: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apartado.server.LINGER_SECONDS", 0.05)
    who = b"Authorization: Bearer " + str(ana.token).encode()
    with Wire(shared) as wire:
        wire.send(_post(b"", who, b"Transfer-Encoding: chunked"))
        piece = b"10000\r\n" + b" " * 65_536 + b"\r\n"
        for _ in range(17):
            wire.send(piece)
        _refused(wire.answer(), 413, "RS204")
        with suppress(OSError):  # reset, or a broken pipe
            while True:
                wire.send(piece)


@pytest.mark.parametrize(
    "beginning",
    [
        b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        _post(b'{"item"', b"Content-Length: 11"),
        b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /hea",
    ],
    ids=["headers", "body", "second request"],
)
def test_who_sends_slowly_is_not_waited_for(
    service: Service, monkeypatch: pytest.MonkeyPatch, beginning: bytes
) -> None:
    monkeypatch.setattr("apartado.server.PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(  # the patience of a connection is in force when it is made
        "apartado.server.Protocol._expect.__defaults__", (0.1,)
    )
    with Wire(service) as wire:
        wire.send(beginning)
        if beginning.count(b"GET") == 2:
            assert wire.answer()[0] == 200
        _refused(wire.answer(), 408, "too_slow")
        assert wire.all() == b""


def test_who_says_nothing_is_not_waited_for(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apartado.server.Protocol._expect.__defaults__", (0.05,))
    with Wire(service) as wire:
        assert wire.all() == b""


def test_a_client_that_goes_away_leaves_nothing_behind(shared: Service, ana: Api) -> None:
    who = b"Authorization: Bearer " + str(ana.token).encode()
    for beginning in (b"GET /hea", _post(b'{"it', who, b"Content-Length: 11")):
        with Wire(shared) as wire:
            wire.send(beginning)
    shared.until(lambda: shared.parts.pool.in_use == 0)


@pytest.mark.parametrize("is_hurried", [False, True], ids=["once", "Ctrl-C twice"])
def test_who_is_under_way_when_the_service_ends_is_told_to_come_again(
    service: Service, caplog: pytest.LogCaptureFixture, *, is_hurried: bool
) -> None:
    service.server.config.timeout_graceful_shutdown = cast(int, 0.05)
    with Wire(service) as wire:
        wire.send(_post(b"{", b"Accept-Language: es", b"Content-Length: 11"))
        connections = cast(set[Protocol], service.server.server_state.connections)
        service.until(lambda: any(one._has_begun and not one._in_head for one in [*connections]))
        service.server.force_exit = is_hurried
        service.stop()
        status, headers, body = wire.answer()
        assert headers["connection"] == "close"
        _refused((status, headers, body), 503, "unavailable")
        assert headers["retry-after"] == "1"
        assert json.loads(body)["title"] == "El servicio no puede contestar ahora mismo."
    assert "Traceback" not in caplog.text


# -- two thousand ---------------------------------------------------------------------------------

METHODS = [b"HEAD", b"PUT", b"DELETE", b"OPTIONS", b"PATCH", b"TRACE", b"BREW", b"GET", b"POST"]
PIECES = [
    b"9223372036854775808", b"9223372036854775807", b"-1", b"1e400", b"NaN", b"Infinity", b"-0",
    b"1.5", b"0x1F", b"1", b"2147483647", b"null", b"true", b"[]", b"{}", b'""', b"[" * 5_000, b"'",
    b'"\\u0000"', b'"\\ud800"', b'"\xff"', b'{"item": 1, "item": 2}', b'"; drop table items; --"',
    b"%00", b"%ff", b"\xf0\x9f", b"$1", b"\\", b'"P1M"', b'"infinity"', b'"2030-13-01T00:00:00Z"',
    b'"' + b"x" * 70_000 + b'"', b'"1"', b'[{"item": 1}, null]', b'"2030-01-01T00:00:00Z"',
]  # fmt: skip
END_THE_SESSION = {"sign_out", "revoke_session", "rotate_session", "anonymise", "bar_member"}
ODD_NAMES = [b"member", b"actor", b"p_item", b"\xc3\xa9", b"", b"idempotency_key"]


def _requests(seed: int) -> Iterator[bytes]:
    """Requests that are wrong in one way or in several; the same ones each time."""
    draw = random.Random(seed)
    while True:
        endpoint = draw.choice([one for one in ENDPOINTS if one.name not in END_THE_SESSION])
        names = [name.encode() for name in fields_of(endpoint.takes)] or ODD_NAMES
        names = [draw.choice(names if draw.random() < 0.9 else ODD_NAMES) for _ in range(3)]
        fields = [(name, draw.choice(PIECES)) for name in names]
        address, body = b"/rpc/%s" % endpoint.name.encode(), b""
        if endpoint.is_query or draw.random() < 0.05:
            pairs = [b"%s=%s" % (name, value[:200].strip(b'"')) for name, value in fields]
            address += b"?" + b"&".join(pairs).replace(b" ", b"+")
        else:
            body = b"{%s}" % b", ".join(b'"%s": %s' % pair for pair in fields)
        headers = [
            b"Host: x",
            b"Connection: close",
            draw.choice([b"Content-Type: application/json"] * 5 + [b"Content-Type: text/\xff"]),
            draw.choice([b"Authorization: %TOKEN%"] * 5 + [b"Authorization: Bearer \xff", b"X: y"]),
            draw.choice([b"Idempotency-Key: k", b"Idempotency-Key: \xff\x80", b"X: y", b"X: z"]),
            draw.choice([b"Accept-Language: es;q=x,\xff", b"Accept-Language: es"]),
            draw.choice([b"Cookie: apartado_session=\xff", b"If-None-Match: *", b"X: %9000d" % 1]),
            draw.choice([_length(body)] * 40 + [
                b"Content-Length: x", b"Content-Length: +2", b"Transfer-Encoding: gzip, chunked",
                b"Transfer-Encoding: chunked", b"Connection: Upgrade\r\nUpgrade: h2c", b"X: y",
            ]),
        ]  # fmt: skip
        draw.shuffle(headers)
        method = b"GET" if endpoint.is_query else b"POST"
        if draw.random() < 0.05:
            method = draw.choice(METHODS)
        whole = b"%s %s HTTP/1.1\r\n%s\r\n\r\n" % (method, address, b"\r\n".join(headers)) + body
        if draw.random() < 0.1:
            place = draw.randrange(len(whole))
            whole = whole[:place] + draw.randbytes(draw.randrange(4)) + whole[place + 1 :]
        if draw.random() < 0.03:
            whole = whole[: draw.randrange(len(whole))]
        yield whole


def _says(answers: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"HTTP/1\.1 (\d{3}) ", answers)]


def test_two_thousand_malformed_requests_are_no_5xx_and_say_nothing_of_sql(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: statements._text without its look for NUL."""
    monkeypatch.setattr("apartado.server.LINGER_SECONDS", 0.02)
    monkeypatch.setattr("apartado.server.PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr("apartado.server.Protocol._expect.__defaults__", (0.05,))
    # what is damaged may be the word close
    service.server.config.timeout_keep_alive = cast(int, 0.2)
    operator = service.operator()
    service.item(operator)
    token = b"Bearer " + str(operator.token).encode()
    seen: dict[int, int] = {}
    requests = _requests(20_261_127)
    for _ in range(MANY // AT_ONCE):
        sockets = []
        for _ in range(AT_ONCE):
            wire = Wire(service)
            with suppress(OSError):  # closed before all of it was sent
                wire.send(next(requests).replace(b"%TOKEN%", token))
            sockets.append(wire)
        for wire in sockets:
            with wire:
                answers = wire.all()
            text = answers.decode("utf-8", "replace")
            assert something_of_sql(text) == [], text
            for status in _says(answers):
                seen[status] = seen.get(status, 0) + 1
    assert [status for status in seen if status >= 500] == []
    assert seen[422] > MANY / 2, seen
    assert operator.ask("check_consistency") == []
    assert operator.ask("who_am_i")["alias"] == "olga"


def test_the_net_for_words_of_sql_catches_some() -> None:
    assert something_of_sql("PL/pgSQL function apartado.reserve(text) line 3")
    assert something_of_sql("Failing row contains (1, ana)")
    assert something_of_sql("no such row in queue_entries") == ["queue_entries"]
    assert something_of_sql("made by list_member_classes") == []
