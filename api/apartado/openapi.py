"""``/openapi.json``: OpenAPI 3.1 out of the endpoints, the structs and the COMMENTs in SQL."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from apartado import __version__
from apartado.database import database_root
from apartado.endpoints import ENDPOINTS, Answer, Audience, Endpoint, Kind
from apartado.errors import Problem
from apartado.shapes import In

_COMMENT = re.compile(r"comment on function apartado\.(\w+)\(.*?\) is '((?:[^']|'')*)';", re.DOTALL)
_REF = "#/components/schemas/{name}"
_JSON = "application/json"

PROBLEMS = {
    "401": "RS601: no token, or one of no live session",
    "403": "RS602 not allowed, RS603 registration closed, RS604 barred",
    "404": "RS1xx: not there, or not yours",
    "405": "not the method of this address",
    "409": "RS3xx: a conflict; RS5xx: a limit",
    "410": "RS4xx: gone",
    "413": "RS204: the body is too long",
    "415": "RS205: the body is not JSON",
    "422": "RS2xx: bad input",
    "429": "RS505: too many attempts; Retry-After says when",
    "503": "not now; Retry-After says when",
    "500": "a fault of the service; detail has the id under which the log knows it",
}


def comments(root: Path | None = None) -> dict[str, str]:
    """The COMMENT of every function, out of its file."""
    found: dict[str, str] = {}
    for path in sorted(((root or database_root()) / "functions").rglob("*.sql")):
        for name, text in _COMMENT.findall(path.read_text(encoding="utf-8")):
            found[name] = text.replace("''", "'")
    return found


def document() -> dict[str, Any]:
    """The whole description, as a JSON object."""
    structs = {part for one in ENDPOINTS for part in (one.takes, one.gives)} | {Problem}
    ordered = sorted(structs, key=lambda struct: struct.__name__)
    _, components = msgspec.json.schema_components(ordered, ref_template=_REF)
    texts = comments()
    paths = {f"/rpc/{one.name}": _path(one, texts, components) for one in ENDPOINTS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Apartado",
            "version": __version__,
            "description": "Reservations and queues for scarce stock. All rules live in"
            " PostgreSQL; each address here is the function of the same name.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": {**paths, "/events": _EVENTS, "/health": _HEALTH},
        "components": {
            "schemas": components,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "apartado_session"},
            },
        },
    }


def _path(endpoint: Endpoint, texts: dict[str, str], components: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": texts.get(endpoint.name, endpoint.name),
        "description": f"For {_AUDIENCES[endpoint.audience]}.",
        "responses": {"200": _answer(endpoint), **_problems()},
    }
    if endpoint.audience is Audience.ANYONE:
        operation["security"] = [{}, {"bearer": []}, {"cookie": []}]
    else:
        operation["security"] = [{"bearer": []}, {"cookie": []}]
    if endpoint.is_query:
        operation["parameters"] = _parameters(endpoint.takes, components)
        return {"get": operation}
    if endpoint.kind is Kind.COMMAND:
        operation["parameters"] = [_KEY]
    operation["requestBody"] = {
        "required": bool(components[endpoint.takes.__name__].get("required")),
        "content": {_JSON: {"schema": {"$ref": _REF.format(name=endpoint.takes.__name__)}}},
    }
    return {"post": operation}


def _answer(endpoint: Endpoint) -> dict[str, Any]:
    schema: dict[str, Any] = {"$ref": _REF.format(name=endpoint.gives.__name__)}
    if endpoint.answer is Answer.MANY:
        schema = {"type": "array", "items": schema}
    return {"description": endpoint.answer.value, "content": {_JSON: {"schema": schema}}}


def _parameters(struct: type[In], components: dict[str, Any]) -> list[dict[str, Any]]:
    schema = components[struct.__name__]
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "schema": kind,
        }
        for name, kind in schema.get("properties", {}).items()
    ]


def _problems() -> dict[str, Any]:
    schema = {"schema": {"$ref": _REF.format(name="Problem")}}
    return {
        status: {"description": text, "content": {"application/problem+json": schema}}
        for status, text in PROBLEMS.items()
    }


_AUDIENCES = {
    Audience.ANYONE: "anyone, signed in or not",
    Audience.MEMBER: "members",
    Audience.OPERATOR: "operators",
}

_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Under the same key the same request is answered once and then repeated.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}

_EVENTS: dict[str, Any] = {
    "get": {
        "operationId": "events",
        "summary": "The live stream of changes, from a cursor or from now on.",
        "description": "id is the position, event the kind, data JSON. A ping every 15 seconds"
        " repeats the newest position; 'event: reset' says that the cursor is of no use.",
        "parameters": [
            {
                "name": "item",
                "in": "query",
                "schema": {"type": "array", "items": {"type": "integer"}},
            },
            {"name": "location", "in": "query", "schema": {"type": "string"}},
            {"name": "drop", "in": "query", "schema": {"type": "integer"}},
            {"name": "after", "in": "query", "schema": {"type": "integer"}},
            {
                "name": "Last-Event-ID",
                "in": "header",
                "description": "Wins over after.",
                "schema": {"type": "integer"},
            },
        ],
        "security": [{}, {"bearer": []}, {"cookie": []}],
        "responses": {
            "200": {"description": "the stream", "content": {"text/event-stream": {}}},
            **_problems(),
        },
    }
}

_HEALTH: dict[str, Any] = {
    "get": {
        "operationId": "health",
        "summary": "Whether the service lives, and whether it can answer.",
        "responses": {
            "200": {"description": "ready", "content": {_JSON: {}}},
            "503": {"description": "alive, but not ready", "content": {_JSON: {}}},
        },
    }
}
