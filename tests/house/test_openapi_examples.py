"""The examples of `/openapi.json` are real: each request is made again, and the answer is the same
in shape. `make examples` records them anew, from the calls of `who_may_what.md`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import msgspec
import psycopg
import pytest

import matrix
from apartado import openapi
from apartado.endpoints import ENDPOINTS, Endpoint, Rows
from apartado.pool import prepare_to_read
from clusters import Server

pytestmark = pytest.mark.one_postgresql

NOON = "2029-12-31 12:00Z"
MOST = 2
"""Rows of an answer that are kept."""

FIRST: dict[str, str] = {
    "pair": "select code from apartado.start_pairing('ana')",
    "claim_operator": "select apartado.set_bootstrap_secret('for the first operator')",
    "list_events": "select apartado._number_events(1000)",
    "get_snapshot": "select apartado._number_events(1000)",
    "serve_next": "select apartado.join_walk_in('ana')",
    "unbar_member": "select apartado.bar_member(null, 'cai', 'why')",
}
"""What has to be there before it succeeds; `pair` takes the code of it."""

SENT = {
    "claim_operator": '{"secret": "for the first operator"}',
    "explain_reserve": '{"item": "$wanted"}',
    "item_at": '{"at": "2029-12-31T12:00:00Z"}',
    "queue_at": '{"item": "$wanted", "at": "2029-12-31T12:00:00Z"}',
    "recent_buyers": '{"item": "$sold"}',
}
"""What is sent in place of what the table says, so that there is something to answer."""

HIDDEN = {
    "token": "p6V0dJ3kWq1Zt5bRf8sYxN2mCg7uLh4e",
    "secret": "the first one, and long",
    "recovery_secret": "537a6489b164479b5fdbf21aad7eadd7db606c7e7a21c4401c4b2e5efcc1729a",
    "invitation": "JYEQM1C3QJTYJR7Q",
    "seed": "8f44d509e0492acec4fc109a030a5c751f063fb743cc388f0ed722bacc3bc66c",
    "seed_hash": "89a113d73ff45f925cb5f1efc58b0b5f57ff79f648e008388e1883bba4d2d961",
    "lot": "17aa8734f7fa2d27210a50d3c34a6998fa8f691498d462e4a742a0e912384626",
    "jwt": "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIyNDgyODkifQ.c2lnbmF0dXJl",
}
"""What is another one each time, and what stands for it."""

PATTERNS = {r"^[0-9A-Z]{8}$": "45PNK470", r"^gone-[0-9a-f]{12}$": "gone-27d46ed74d10"}
"""The same where the name says too little: the code of a pairing, the name of who has none."""


class Shop:
    """The scene at a time that stands still; every call is taken back."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute(
            "create or replace function apartado.clock() returns timestamptz language sql stable"
            f" set search_path = pg_catalog, pg_temp as $$ select timestamptz '{NOON}' $$"
        )
        self._things = matrix.prepared(connection)
        self._lines = {line.name: line for line in matrix.LINES}
        self._connection = connection
        prepare_to_read(connection)  # type: ignore[arg-type]

    def example(self, endpoint: Endpoint) -> dict[str, Any]:
        """A request that is granted, and its answer."""
        assert endpoint.name in self._lines, f"{endpoint.name}: its line in who_may_what.md first"
        sent = matrix.filled(self._lines[endpoint.name].arguments, self._things)
        sent |= matrix.filled(SENT.get(endpoint.name, ""), self._things)
        refused: list[str] = []
        for caller in matrix.TRIED:
            try:
                with self._connection.transaction(force_rollback=True):
                    for row in self._prepared(endpoint):
                        sent |= row
                    return {
                        "request": _hidden(sent),
                        "answer": self._answer(endpoint, caller, sent),
                    }
            except psycopg.Error as error:
                refused.append(f"{caller}: {error.sqlstate} {error}")
        raise AssertionError(f"{endpoint.name} is granted to nobody: {refused}")

    def _prepared(self, endpoint: Endpoint) -> list[dict[str, Any]]:
        if endpoint.name not in FIRST:
            return []
        rows = self._connection.execute(FIRST[endpoint.name].encode()).fetchall()
        return [{"code": code} for (code,) in rows] if endpoint.name == "pair" else []

    def _answer(self, endpoint: Endpoint, caller: str, fields: dict[str, Any]) -> Any:
        cursor = psycopg.RawCursor(self._connection)
        cursor.execute(*matrix.call(endpoint, caller, fields), binary=True)
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        found = rows[:MOST] if endpoint.answer is Rows.MANY else rows[0]
        return _hidden(msgspec.json.decode(msgspec.json.encode(found)))


def _hidden(found: Any, name: str = "") -> Any:
    if isinstance(found, dict):
        return {name: _hidden(value, name) for name, value in found.items()}
    if isinstance(found, list):
        return [_hidden(one) for one in found]
    if not isinstance(found, str):
        return found
    for pattern, other in PATTERNS.items():
        found = re.sub(pattern, other, found)
    return HIDDEN.get(name, found)


def _shape(found: Any) -> Any:
    """What is in it, by name; not how much, nor what."""
    if isinstance(found, dict):
        return {name: _shape(value) for name, value in found.items()}
    if isinstance(found, list):
        return [_shape(found[0])] if found else []
    return "text" if isinstance(found, str) else None if found is None else "number"


@pytest.fixture(scope="module")
def shop(server: Server) -> Iterator[Shop]:
    database = server.clone()
    with database.connect() as connection:
        yield Shop(connection)
    server.drop(database.name)


def test_there_is_one_for_every_function_and_it_is_what_happens(shop: Shop) -> None:
    found = {endpoint.name: shop.example(endpoint) for endpoint in ENDPOINTS}
    if os.environ.get("APARTADO_RECORD") == "1":
        lines = [
            f"{msgspec.json.encode(name).decode()}: {msgspec.json.encode(example).decode()}"
            for name, example in sorted(found.items())
        ]
        openapi.EXAMPLES_FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    kept = msgspec.json.decode(openapi.EXAMPLES_FILE.read_bytes())
    assert _shape(kept) == _shape(found), "`make examples`, and read what changed"


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_each_fits_its_schema(endpoint: Endpoint) -> None:
    document = openapi.document()
    operation = document["paths"][f"/rpc/{endpoint.name}"]["get" if endpoint.is_query else "post"]
    (answer,) = operation["responses"]["200"]["content"].values()
    assert "example" in answer, "`make examples`"
    _fits(document, answer["schema"], answer["example"])
    if endpoint.is_query:
        for parameter in operation["parameters"]:
            if "example" in parameter:
                _fits(document, parameter["schema"], parameter["example"])
            assert "example" in parameter or not parameter["required"]
    else:
        (body,) = operation["requestBody"]["content"].values()
        _fits(document, body["schema"], body["example"])


def _fits(document: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    whole = {**schema, "components": document["components"]}
    jsonschema_rs.Draft202012Validator(whole).validate(value)
