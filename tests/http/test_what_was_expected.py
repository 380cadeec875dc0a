"""What a request must be that could not be read: the detail says it, in facts."""

from __future__ import annotations

import gzip
from typing import Any

import httpx
import pytest

from apartado.endpoints import ENDPOINTS
from apartado.malformed import FORMS, GIVEN_CHARACTERS, SECRETS
from apartado.statements import fields_of
from services import Api, Service, problem

pytestmark = pytest.mark.one_postgresql

JSON = {"Content-Type": "application/json"}
LONG = "x" * 100_000
SECRET = "a secret that nobody may read again"
RESERVE = "item, quantity, location, ttl, if_unavailable"


@pytest.fixture(scope="module")
def ana(shared: Service) -> Api:
    return shared.member("ana")


def _facts(answer: httpx.Response) -> tuple[str, str | None, str | None]:
    found = problem(answer)
    return found["code"], found["field"], found["detail"]


@pytest.mark.parametrize(
    ("body", "field", "detail"),
    [
        (b'{"item": 53, "foo": 1}', "foo", f"known: {RESERVE}"),
        (b"{}", "item", "expected: whole number, given: nothing"),
        (b'{"item": "51"}', "item", 'expected: whole number, given: "51"'),
        (b'{"item": 1.5}', "item", "expected: whole number, given: 1.5"),
        (b'{"item": true}', "item", "expected: whole number, given: true"),
        (b'{"item": "x", "item": 51}', "item", "expected: whole number"),
        (b'{"item": null}', "item", "expected: whole number, given: null"),
        (b'{"item": 1, "location": 5}', "location", "expected: text, given: 5"),
        (
            b'{"item": 1, "location": "a\\u0000b"}',
            "location",
            'expected: text without NUL, given: "a\\u0000b"',
        ),
        (b"[]", None, "expected: object, given: list"),
        (b'"item"', None, "expected: object, given: text"),
        (b"null", None, "expected: object, given: null"),
        (b'{"item": "51", nonsense', "item", "expected: whole number"),
        (b'{"item": ' + b"[" * 100_000, "item", "expected: whole number"),
        (
            b'{"item": 1, "ttl": "60s"}',
            "ttl",
            'example: PT60S, expected: seconds, or ISO 8601 without years and months, given: "60s"',
        ),
        (
            b'{"item": 1, "ttl": true}',
            "ttl",
            "example: PT60S, expected: seconds, or ISO 8601 without years and months, given: true",
        ),
    ],
)
def test_of_a_body(ana: Api, body: bytes, field: str | None, detail: str) -> None:
    answer = ana.post("/rpc/reserve", content=body, headers=JSON)
    assert _facts(answer) == ("RS205", field, detail)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ({"item": 1, "foo": 1}, "There is no such field."),
        ({}, "A value is missing."),
        ({"item": "1"}, "A value is missing or malformed."),
    ],
)
def test_the_title_says_which_of_them_it_is(ana: Api, body: dict[str, object], title: str) -> None:
    assert problem(ana.post("/rpc/reserve", json=body))["title"] == title


@pytest.mark.parametrize(
    ("name", "fields", "field", "detail"),
    [
        (
            "join_any",
            {"items": [1, "x"]},
            "items",
            'expected: list of whole numbers, given: "x", number: 2',
        ),
        ("join_any", {"items": 5}, "items", "expected: list of whole numbers, given: 5"),
        ("get_cart", {"location": []}, "location", "expected: text, given: []"),
        ("sign_out", {"x": 1}, "x", "expected: no fields"),
        (
            "join_queue",
            {"item": 1, "needed_until": "2030-01-01T00:00:00"},
            "needed_until",
            "example: 2030-01-31T12:00:00Z, expected: ISO 8601 with its offset,"
            ' given: "2030-01-01T00:00:00"',
        ),
        *(
            (
                "join_queue",
                {"item": 1, "needed_until": moment},
                "needed_until",
                "example: 2030-01-31T12:00:00Z, expected: ISO 8601 with its offset,"
                f' given: "{moment}"',
            )
            for moment in ("2030-01-01 00:00", "2030-01-01T00:00:00 01:00")
        ),
        (
            "create_drop",
            {"title": "t", "items": [1], "opens_at": "2030-01-01T00:00:00Z", "closes_at": "soon"},
            "closes_at",
            "example: 2030-01-31T12:00:00Z, expected: ISO 8601 with its offset, or infinity,"
            ' given: "soon"',
        ),
        (
            "mark_sold",
            {"item": 1, "override": "yes"},
            "override",
            'expected: true or false, given: "yes"',
        ),
        (
            "create_webhook",
            {"url": "https://shop.example", "kinds": "all"},
            "kinds",
            'expected: list of texts, given: "all"',
        ),
        ("put_items", {"items": [{"sku": "a\0b"}]}, "items", "expected: JSON without \\u0000"),
    ],
)
def test_of_each_type(ana: Api, name: str, fields: Any, field: str, detail: str) -> None:
    assert _facts(ana.post(f"/rpc/{name}", json=fields)) == ("RS205", field, detail)


@pytest.mark.parametrize(
    ("query", "field", "detail"),
    [
        ("get_status?item=x", "item", 'expected: whole number, given: "x"'),
        *(
            (f"get_status?item={one}", "item", f'expected: whole number, given: "{one}"')
            for one in ("1e2", "1E2", "51.0")
        ),
        ("get_status", "item", "expected: whole number, given: nothing"),
        ("get_status?item=1&colour=red", "colour", "known: item, location"),
        ("get_status?item=1&item=2&item=3", "item", "expected: one value, given: 3 values"),
        ("get_status?item", None, "query: cannot be read as name=value&name=value"),
        ("who_am_i?member=ana", "member", "expected: no fields"),
        (
            "list_statuses?items=1&items=x",
            "items",
            'example: items=1&items=2, expected: list of whole numbers, given: "x", number: 2',
        ),
        (
            "list_statuses?items=1&items=2e0",
            "items",
            'example: items=1&items=2, expected: list of whole numbers, given: "2e0", number: 2',
        ),
        (
            "list_statuses?items=1,2",
            "items",
            'example: items=1&items=2, expected: list of whole numbers, given: "1,2", number: 1',
        ),
        (
            "find_items?after=x&sort=year",
            "after",
            "expected: cursor of a row, in the same sort, sort: year",
        ),
        ("find_items?price_from=NaN", "price_from", 'expected: number, given: "NaN"'),
        (
            "dashboard?since=2030-01-01T00:00:00",
            "since",
            "example: 2030-01-31T12:00:00Z, expected: ISO 8601 with its offset,"
            ' given: "2030-01-01T00:00:00"',
        ),
        (
            "dashboard?since=5",
            "since",
            'example: 2030-01-31T12:00:00Z, expected: ISO 8601 with its offset, given: "5"',
        ),
        (
            "dashboard?since=2030-01-01T00:00:00+01:00",
            "since",
            "example: 2030-01-31T12:00:00Z, expected: ISO 8601 with its offset,"
            ' its + written as %2B, given: "2030-01-01T00:00:00 01:00"',
        ),
        (
            "dashboard?since=2030-01-01+00:00",
            "since",
            "example: 2030-01-31T12:00:00Z, expected: ISO 8601 with its offset,"
            ' given: "2030-01-01 00:00"',
        ),
    ],
)
def test_of_an_address(ana: Api, query: str, field: str | None, detail: str) -> None:
    assert _facts(ana.get(f"/rpc/{query}")) == ("RS205", field, detail)


@pytest.mark.parametrize(
    ("query", "headers", "field", "detail"),
    [
        (
            "?item=51,52",
            {},
            "item",
            'example: item=1&item=2, expected: list of whole numbers, given: "51,52", number: 1',
        ),
        ("?colour=red", {}, "colour", "known: item, location, drop, after, pings"),
        ("?after=x", {}, "after", 'expected: whole number, given: "x"'),
        ("", {"Last-Event-ID": "x"}, "after", 'expected: whole number, given: "x"'),
        ("?location=%00", {}, "location", 'expected: text without NUL, given: "\\u0000"'),
    ],
)
def test_of_the_stream(
    ana: Api, query: str, headers: dict[str, str], field: str, detail: str
) -> None:
    answer = ana.get(f"/events{query}", headers=headers)
    assert _facts(answer) == ("RS205", field, detail)


def test_what_is_out_of_range_is_told_with_its_limits(ana: Api) -> None:
    large = ana.refused("reserve", item=1, quantity=2**31)
    assert (large["code"], large["detail"]) == (
        "RS204",
        "given: 2147483648, largest: 2147483647, smallest: -2147483648",
    )
    long = ana.refused("reserve", item=1, ttl="P99999999999999D")
    assert long["detail"] == 'given: "P99999999999999D", largest_seconds: 9223372036854'


def test_fields_of_a_command_are_not_in_its_address(ana: Api) -> None:
    answer = ana.post("/rpc/reserve?item=1", json={})
    assert _facts(answer) == ("RS205", "item", "expected: fields in the body")


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded"),
        ("Text/Plain; charset=utf-8", "text/plain"),
        ("", "nothing"),
        ("x" * 5_000, "x" * GIVEN_CHARACTERS),
    ],
)
def test_a_body_is_json_and_what_it_is_said_to_be_is_told(ana: Api, kind: str, given: str) -> None:
    answer = ana.post("/rpc/reserve", content=b"item=1", headers={"Content-Type": kind})
    assert answer.status_code == 415
    assert _facts(answer) == ("RS205", None, f"expected: application/json, given: {given}")


def test_a_body_is_not_packed(ana: Api) -> None:
    packed = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    answer = ana.post("/rpc/reserve", content=gzip.compress(b"{}"), headers=packed)
    assert answer.status_code == 415
    assert _facts(answer) == ("RS205", None, "expected: identity, given: gzip")
    plain = packed | {"Content-Encoding": "identity"}
    assert ana.post("/rpc/change_profile", content=b"{}", headers=plain).status_code == 200


def test_facts_are_the_same_in_both_languages(service: Service) -> None:
    nobody = service.client()
    said = {
        language: problem(
            nobody.post("/rpc/reserve", json={"item": "x"}, headers={"Accept-Language": language})
        )
        for language in ("en", "es")
    }
    assert said["es"]["title"] == "Falta un valor o está mal formado."
    assert said["en"]["detail"] == said["es"]["detail"]


def test_what_is_long_is_cut(ana: Api) -> None:
    for answer in (
        ana.post("/rpc/reserve", json={"item": LONG}),
        ana.post("/rpc/reserve", json={LONG: 1}),
        ana.post("/rpc/reserve", json={"item": 1, "ttl": LONG}),
        ana.post(f"/rpc/reserve?{'y' * 5_000}=1", json={}),
        ana.get(f"/rpc/get_status?item={'x' * 5_000}"),
        ana.get(f"/rpc/get_status?{'x' * 5_000}=1"),
        ana.get(f"/rpc/who_am_i?{'x' * 5_000}=1&{'x' * 5_000}=2"),
    ):
        assert problem(answer)["code"] == "RS205"
        assert len(answer.content) < 600
    given = ana.refused("reserve", item=LONG)["detail"]
    assert given.endswith("x" * (GIVEN_CHARACTERS - 1) + "…")


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_secret_is_not_said_again(shared: Service, name: str) -> None:
    """Mutant: nothing is a secret."""
    visitor = shared.client()
    tried = 0
    for endpoint in ENDPOINTS:
        if endpoint.is_query or name not in fields_of(endpoint.takes):
            continue
        for value in ([SECRET], {"a": SECRET}, f"{SECRET}\0"):
            answer = visitor.post(f"/rpc/{endpoint.name}", json={name: value})
            assert answer.status_code in (401, 422)
            assert SECRET not in answer.text
            tried += 1
    assert tried or name == "token"


def test_every_type_has_its_form() -> None:
    types = {kind for one in ENDPOINTS for kind in fields_of(one.takes).values()}
    assert types == set(FORMS)


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("GET", "/rpc/reserve", "POST"),
        ("POST", "/rpc/get_status", "GET, HEAD"),
        ("POST", "/events", "GET"),
        ("DELETE", "/", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_the_right_one(
    ana: Api, method: str, address: str, allowed: str
) -> None:
    found = problem(ana.request(method, address))
    assert (found["status"], found["detail"]) == (405, f"allowed: {allowed}")
