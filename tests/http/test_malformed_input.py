"""Whatever is sent, the answer is a problem that says which field, and never a 5xx."""

from __future__ import annotations

from typing import Any

import pytest

from services import Api, Service, problem

pytestmark = pytest.mark.one_postgresql

DEEP = b'{"item": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def _ana(service: Service) -> Api:
    return service.client(_session(service, "ana"))


def _operator(service: Service) -> Api:
    token = _session(service, "olga")
    with service.database.connect("dba") as connection:
        connection.execute("select apartado.grant_operator(null, 'olga')")
    return service.client(token)


def _session(service: Service, alias: str) -> str:
    token: str = service.client().call("sign_in", alias=alias, secret="s" * 40)["token"]
    return token


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        pytest.param(b"", "RS205", "item", id="empty"),
        pytest.param(b"{", "RS205", None, id="half an object"),
        pytest.param(b"[]", "RS205", None, id="an array"),
        pytest.param(b"null", "RS205", None, id="null"),
        pytest.param(b'\xef\xbb\xbf{"item": 1}', "RS205", None, id="a byte order mark"),
        pytest.param(b'{"item": "\xff"}', "RS205", "item", id="bad UTF-8 for a number"),
        pytest.param(b'{"item": 1, "location": "\xff"}', "RS205", None, id="bad UTF-8"),
        pytest.param(b'{"item": 1, "location": "\\ud800"}', "RS205", None, id="lone surrogate"),
        pytest.param(b'{"item": 1, "location": "a\\u0000b"}', "RS205", "location", id="NUL"),
        pytest.param(DEEP, "RS205", "item", id="deep"),
        pytest.param(b'{"item": NaN}', "RS205", None, id="NaN"),
        pytest.param(b'{"item": "1"}', "RS205", "item", id="a string for a number"),
        pytest.param(b'{"item": 1.5}', "RS205", "item", id="a fraction for a number"),
        pytest.param(b'{"item": true}', "RS205", "item", id="a boolean for a number"),
        pytest.param(b'{"item": null}', "RS205", "item", id="null for what is required"),
        pytest.param(b'{"item": 9223372036854775808}', "RS204", "item", id="bigint + 1"),
        pytest.param(b'{"item": 1e400}', "RS204", "item", id="beyond every number"),
        pytest.param(b'{"item": 1, "quantity": 2147483648}', "RS204", "quantity", id="integer + 1"),
        pytest.param(b'{"item": 1, "colour": "red"}', "RS205", "colour", id="unknown field"),
        pytest.param(b'{"item": 1, "ttl": "soon"}', "RS205", "ttl", id="no duration"),
        pytest.param(b'{"item": 1, "ttl": "P1M"}', "RS205", "ttl", id="a month"),
        pytest.param(b'{"item": 1, "ttl": "PT"}', "RS205", "ttl", id="an empty duration"),
        pytest.param(b'{"item": 1, "ttl": 1e300}', "RS204", "ttl", id="an eternity"),
        pytest.param(b'{"item": 1, "ttl": "P99999999999999D"}', "RS204", "ttl", id="long days"),
    ],
)
def test_a_body_that_cannot_be_read(
    shared: Service, body: bytes, code: str, field: str | None
) -> None:
    ana = _ana(shared)
    answer = ana.post("/rpc/reserve", content=body, headers={"Content-Type": "application/json"})
    found = problem(answer)
    assert (found["status"], found["code"], found["field"]) == (422, code, field)
    assert found["title"]
    assert found["hint"]


@pytest.mark.parametrize("items", [b'["x"], "items": 5', b'[1, 2, "x"], "items": []'])
def test_a_list_that_stands_twice(shared: Service, items: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    body = b'{"items": ' + items + b"}"
    found = problem(_ana(shared).post("/rpc/join_any", content=body, headers=headers))
    assert (found["status"], found["code"], found["field"]) == (422, "RS205", "items")


@pytest.mark.parametrize("body", [b"{", b"reserve", b'{"item": 1, "location": "\xff"}'])
def test_a_body_that_is_no_json_is_said_to_be_none(shared: Service, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    found = problem(_ana(shared).post("/rpc/reserve", content=body, headers=headers))
    assert found["detail"] == "body: cannot be read as JSON"


@pytest.mark.parametrize(
    ("name", "query", "code", "field"),
    [
        ("get_status", "", "RS205", "item"),
        ("get_status", "item=abc", "RS205", "item"),
        ("get_status", "item=1&item=2", "RS205", "item"),
        ("get_status", "item=1&colour=red", "RS205", "colour"),
        ("get_status", "item=99999999999999999999", "RS204", "item"),
        ("get_status", "item=1&location=%00", "RS205", "location"),
        ("get_status", "item=1&location=%ff", "RS205", None),
        ("get_status", "item", "RS205", None),
        ("get_status", "%E2%82%AC", "RS205", None),
        ("list_statuses", "items=1&items=x", "RS205", "items"),
        ("find_items", "price_from=NaN", "RS205", "price_from"),
        ("find_items", "price_from=1e999999999", "RS204", "price_from"),
        ("find_items", "limit=ten", "RS205", "limit"),
        ("list_events", "after=-9223372036854775809", "RS204", "after"),
        ("who_am_i", "member=ana", "RS205", "member"),
    ],
)
def test_a_query_that_cannot_be_read(
    shared: Service, name: str, query: str, code: str, field: str | None
) -> None:
    found = problem(shared.client().get(f"/rpc/{name}?{query}"))
    assert (found["status"], found["code"], found["field"]) == (422, code, field)


@pytest.mark.parametrize(
    "needed_until", ["tomorrow", "2030-02-30T00:00:00Z", "2030-01-01T00:00:00", "infinity", 5]
)
def test_a_moment_that_is_none(shared: Service, needed_until: Any) -> None:
    ana = _ana(shared)
    found = ana.refused("join_queue", item=1, needed_until=needed_until)
    assert (found["status"], found["code"], found["field"]) == (422, "RS205", "needed_until")


def test_a_body_that_is_too_long(shared: Service) -> None:
    ana, operator = _ana(shared), _operator(shared)
    found = ana.refused("sign_in", alias="a" * 1_100_000)
    assert (found["status"], found["code"]) == (413, "RS204")
    notes = "n" * 1_100_000
    row = {"sku": "long", "title": "Long", "notes": notes}
    assert operator.post("/rpc/put_items", json={"items": [row]}).status_code == 200
    found = operator.refused("put_items", items=["x" * 17_000_000])
    assert (found["status"], found["code"]) == (413, "RS204")


def test_a_body_of_unknown_length_that_is_too_long(shared: Service) -> None:
    ana = _ana(shared)
    answer = ana.post(
        "/rpc/reserve",
        content=(b" " * 65_536 for _ in range(17)),
        headers={"Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "RS204")


def test_a_body_that_is_no_json(shared: Service) -> None:
    ana = _ana(shared)
    answer = ana.post("/rpc/reserve", data={"item": "1"})
    assert (problem(answer)["code"], answer.status_code) == ("RS205", 415)


@pytest.mark.parametrize(
    "items",
    [
        b'"\\u0000"',
        b'[{"sku": "a\\u0000", "title": "t"}]',
        b"[" * 20_000 + b"]" * 20_000,
        b'[{"sku": "x", "title": "y", "price": 1e999999}]',
        b'[{"sku": "\xff"}]',
        b'[{"sku": "\\ud800"}]',
        b"5",
        b'{"sku": "x"}',
        b"null",
    ],
)
def test_items_that_postgresql_cannot_read(shared: Service, items: bytes) -> None:
    operator = _operator(shared)
    answer = operator.post(
        "/rpc/put_items",
        content=b'{"items": ' + items + b"}",
        headers={"Content-Type": "application/json"},
    )
    found = problem(answer)
    assert found["status"] == 422
    assert found["code"] in ("RS204", "RS205")


def test_a_method_that_is_not_the_address_s(shared: Service) -> None:
    visitor = shared.client()
    for method, address, allowed in (
        ("GET", "/rpc/reserve", "POST"),
        ("POST", "/rpc/get_status", "GET, HEAD"),
        ("DELETE", "/rpc/get_status", "GET, HEAD"),
        ("POST", "/events", "GET"),
        ("POST", "/health", "GET, HEAD"),
    ):
        answer = visitor.request(method, address)
        assert problem(answer)["status"] == 405
        assert answer.headers["allow"] == allowed


def test_an_idempotency_key_that_is_no_text(shared: Service) -> None:
    ana = _ana(shared)
    answer = ana.post("/rpc/reserve", json={"item": 1}, headers={b"Idempotency-Key": b"\xff"})
    found = problem(answer)
    assert (found["status"], found["field"]) == (422, "idempotency_key")
