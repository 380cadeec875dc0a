"""The description: whole, true to the headers, and of a size that people load."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from apartado import openapi
from apartado.endpoints import ENDPOINTS, Audience, Endpoint
from apartado.refusals import Refusals

DOCUMENT = openapi.document()
MOST_BYTES_EACH = 3_650
RESPONSES: dict[str, Any] = DOCUMENT["components"]["responses"]
EXAMPLES: dict[str, Any] = DOCUMENT["components"]["examples"]


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][f"/rpc/{endpoint.name}"][
        "get" if endpoint.is_query else "post"
    ]
    return found


def _codes(operation: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for answer in operation["responses"].values():
        if "$ref" in answer:
            response = RESPONSES[answer["$ref"].split("/")[-1]]
            (content,) = response["content"].values()
            found |= set(content["examples"])
    return found


def _parts(found: Any) -> Iterator[dict[str, Any]]:
    """Every object in it, but for what happened to be answered."""
    if isinstance(found, dict):
        yield found
        found = [part for name, part in found.items() if name not in {"example", "examples"}]
    for part in found if isinstance(found, list) else []:
        yield from _parts(part)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_every_refusal_of_a_function_is_described_with_what_it_says(endpoint: Endpoint) -> None:
    operation = _operation(endpoint)
    assert set(Refusals().of(endpoint)) <= _codes(operation)
    assert ("304" in operation["responses"]) == (
        endpoint.is_query and endpoint.audience is Audience.ANYONE
    )
    assert "Example:" not in operation["summary"]
    assert operation["tags"]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_what_cannot_happen_to_a_query_is_not_said_of_it(endpoint: Endpoint) -> None:
    """It has no body, and what is counted are commands."""
    found = set(_operation(endpoint)["responses"])
    assert found >= {"400", "405", "408", "431", "500", "503"}
    of_commands = {"413", "415", "429"}
    assert found & of_commands == (set() if endpoint.is_query else of_commands)


def test_examples_of_problems_are_as_the_service_says_them() -> None:
    example = EXAMPLES["409-RS301"]["value"]
    assert example["title"] == "There are not enough units available."
    assert (example["type"], example["status"]) == ("urn:apartado:error:RS301", 409)


def test_a_generated_client_can_read_the_code_of_a_problem() -> None:
    """Each response narrows it to its codes; generators give up where it may be null besides."""
    problem = DOCUMENT["components"]["schemas"]["Problem"]
    assert problem["properties"]["code"]["type"] == "string"
    assert "code" in problem["required"]


def test_a_generated_client_may_put_anything_into_a_free_object() -> None:
    """Of an object of which nothing is said, openapi-typescript makes one that holds nothing."""
    schemas = [part for part in _parts(DOCUMENT) if part.get("type") == "object"]
    assert [one for one in schemas if not {"properties", "additionalProperties"} & set(one)] == []


def test_what_may_follow_names_fields_that_there_are() -> None:
    by_name = {endpoint.name: endpoint for endpoint in ENDPOINTS}
    for name, links in openapi.LINKS.items():
        for following, what in links.items():
            field, source = what.split("=")
            assert field in by_name[following].takes.__struct_encode_fields__
            origin = by_name[name].takes if source[0] == "$" else by_name[name].gives
            assert source.removeprefix("$").removeprefix("0/") in origin.__struct_encode_fields__


def test_people_can_load_it() -> None:
    each = len(msgspec.json.encode(DOCUMENT)) / len(ENDPOINTS)
    assert each < MOST_BYTES_EACH, "say less, or say once (shapes, fields.py) what stands often"
