"""``/openapi.json``: OpenAPI 3.1 out of the endpoints, the structs and the COMMENTs in SQL."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import msgspec

from apartado import __version__, described
from apartado.described import REF, Words
from apartado.endpoints import BY_NAME, ENDPOINTS, Audience, Endpoint, Kind, Rows
from apartado.errors import CODES, SENTENCES, Problem, status_of
from apartado.refusals import Refusals
from apartado.tree import database_root

_COMMENT = re.compile(r"comment on function apartado\.(\w+)\(.*?\) is '((?:[^']|'')*)';", re.DOTALL)
_JSON = "application/json"

EXAMPLES_FILE = Path(__file__).with_name("examples.json")
"""A request and an answer of every function, as they happened (`make examples`)."""

OF_THE_SERVICE = {str(status): code for status, code in CODES.items() if status != 404}
"""What every address can answer, whatever is asked: the code of each status."""

OTHER_STATUSES = {"RS204": ("413", "the body is too long"), "RS205": ("415", "no JSON, or packed")}
"""What is said of a body before anything in it was read."""

HEADERS: dict[str, dict[str, Any]] = {
    "Cache-Control": {"schema": {"type": "string"}, "example": "no-store"},
    "Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}},
    "ETag": {
        "description": "A weak hash of the answer, but for server_time. If-None-Match takes it.",
        "schema": {"type": "string"},
    },
}
"""What answers bring beside their bodies, described once."""

HEADER = "#/components/headers/"
NO_STORE = {"Cache-Control": {"$ref": f"{HEADER}Cache-Control"}}
RETRY_AFTER = {"Retry-After": {"$ref": f"{HEADER}Retry-After"}}
ETAG = {"ETag": {"$ref": f"{HEADER}ETag"}}

LINKS: dict[str, dict[str, str]] = {
    "reserve": dict.fromkeys(
        (
            "cancel_reservation", "confirm_reservation", "extend_reservation", "begin_payment",
            "change_quantity", "release_if_wanted",
        ),
        "reservation=reservation_id",
    ),
    "join_queue": {"leave_queue": "item=$item", "get_queue_position": "item=$item"},
    "item_id": dict.fromkeys(("get_item", "get_status", "reserve"), "item=item_id"),
    "find_items": dict.fromkeys(
        ("get_item", "get_status", "reserve", "join_queue", "add_to_cart"), "item=0/item_id"
    ),
    "get_status": {"cancel_reservation": "reservation=my_reservation_id"},
    "list_reservations": dict.fromkeys(
        ("cancel_reservation", "confirm_reservation", "extend_reservation"),
        "reservation=0/reservation_id",
    ),
    "create_drop": dict.fromkeys(("change_drop", "add_wave", "list_waves"), "drop=drop_id"),
    "add_wave": {"cancel_wave": "wave=wave_id"},
    "start_pairing": {"pair": "code=code"},
}  # fmt: skip
"""What may follow: a field of the next request, and where in the answer (or the request) it is."""


def comments(root: Path | None = None) -> dict[str, str]:
    """The COMMENT of every function, out of its file."""
    found: dict[str, str] = {}
    for path in sorted(((root or database_root()) / "functions").rglob("*.sql")):
        for name, text in _COMMENT.findall(path.read_text(encoding="utf-8")):
            found[name] = text.replace("''", "'")
    return found


def document(words: Words | None = None) -> dict[str, Any]:
    """The whole description, as a JSON object. ``words`` notes which of the words were of use."""
    structs = {part for one in ENDPOINTS for part in (one.takes, one.gives)} | {Problem}
    words = words or Words()
    components = described.components(structs, words)
    texts = comments()
    refusals = Refusals()
    subjects = _subjects()
    examples = msgspec.json.decode(EXAMPLES_FILE.read_bytes())
    paths = {
        f"/rpc/{one.name}": _with_example(
            _path(one, texts, components, refusals, subjects[one.name], words),
            examples.get(one.name),
        )
        for one in ENDPOINTS
    }
    paths |= {"/events": _events(words), "/health": _HEALTH, "/metrics": _metrics()}
    answers = {name: name.split("-") for name in _referred(paths)}
    responses = {
        name: _problem(refusals, status, codes) for name, (status, *codes) in answers.items()
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Apartado",
            "version": __version__,
            "description": "Reservations and queues for scarce stock. All rules live in"
            " PostgreSQL; each address here is the function of the same name."
            " Amounts are text, times ISO 8601 in UTC, lengths of time in an answer seconds.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "security": _SIGNED_IN,
        "tags": [{"name": name} for name in dict.fromkeys(subjects[one.name] for one in ENDPOINTS)],
        "paths": paths,
        "components": {
            "schemas": described.referred([paths, responses], components),
            "responses": responses,
            "headers": HEADERS,
            "parameters": {_KEY["name"]: _KEY},
            "examples": {
                f"{status}-{code}": {"value": _example(refusals, status, code)}
                for status, *codes in answers.values()
                for code in codes
            },
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "apartado_session"},
            },
        },
    }


@functools.cache
def encoded() -> bytes:
    """The whole description as it is sent; the same for every service of a process."""
    return msgspec.json.encode(document())


def _subjects() -> dict[str, str]:
    """The folder of each function is its subject."""
    files = (database_root() / "functions").glob("*/*.sql")
    return {path.stem: path.parent.name for path in files}


def _path(  # noqa: PLR0917 - what every path is made of
    endpoint: Endpoint,
    texts: dict[str, str],
    components: dict[str, Any],
    refusals: Refusals,
    subject: str,
    words: Words,
) -> dict[str, Any]:
    said, _, example = texts.get(endpoint.name, endpoint.name).partition(" Example: ")
    description = f"For {_AUDIENCES[endpoint.audience]}."
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "tags": [subject],
        "summary": said,
        "description": f"{description} In SQL: `{example}`" if example else description,
        "responses": {
            "200": _answer(endpoint),
            **_problems(refusals.of(endpoint), has_body=not endpoint.is_query),
        },
    }
    if endpoint.is_query and endpoint.audience is Audience.ANYONE:
        operation["responses"]["304"] = {"description": "as you have it already", "headers": ETAG}
    if endpoint.audience is Audience.ANYONE:
        operation["security"] = [{}, *_SIGNED_IN]
    if endpoint.is_query:
        operation["parameters"] = described.parameters(endpoint, components, words)
        return {"get": operation}
    if endpoint.kind is Kind.COMMAND:
        operation["parameters"] = [{"$ref": f"#/components/parameters/{_KEY['name']}"}]
    operation["requestBody"] = {
        "required": bool(components[endpoint.takes.__name__].get("required")),
        "content": {_JSON: {"schema": {"$ref": REF.format(name=endpoint.takes.__name__)}}},
    }
    return {"post": operation}


def _with_example(path: dict[str, Any], example: dict[str, Any] | None) -> dict[str, Any]:
    """A function that is new has none until it is recorded."""
    (operation,) = path.values()
    if example is not None:
        operation["responses"]["200"]["content"][_JSON]["example"] = example["answer"]
        if "requestBody" in operation:
            operation["requestBody"]["content"][_JSON]["example"] = example["request"]
        for parameter in operation.get("parameters", ()):
            if parameter.get("name") in example["request"]:
                parameter["example"] = example["request"][parameter["name"]]
    return path


def _answer(endpoint: Endpoint) -> dict[str, Any]:
    schema: dict[str, Any] = {"$ref": REF.format(name=endpoint.gives.__name__)}
    if endpoint.answer is Rows.MANY:
        schema = {"type": "array", "items": schema}
    tagged = endpoint.is_query and endpoint.audience is Audience.ANYONE
    answer: dict[str, Any] = {
        "description": endpoint.answer.value,
        "headers": ETAG if tagged else NO_STORE,
        "content": {_JSON: {"schema": schema}},
    }
    if endpoint.name in LINKS:
        answer["links"] = {name: _link(name, what) for name, what in LINKS[endpoint.name].items()}
    return answer


def _link(name: str, what: str) -> dict[str, Any]:
    field, _, source = what.partition("=")
    place = f"$request.body#/{source[1:]}" if source[:1] == "$" else f"$response.body#/{source}"
    if BY_NAME[name].is_query:
        return {"operationId": name, "parameters": {field: place}}
    return {"operationId": name, "requestBody": {field: place}}


def _problems(codes: list[str], *, has_body: bool = False) -> dict[str, Any]:
    """Every status that is no success; its name says the codes that it can have."""
    by_status: dict[str, list[str]] = {}
    for code in codes:
        by_status.setdefault(str(status_of(code)), []).append(code)
        if has_body and code in OTHER_STATUSES:
            by_status.setdefault(OTHER_STATUSES[code][0], []).append(code)
    for status, code in OF_THE_SERVICE.items():
        by_status.setdefault(status, []).append(code)
    return {
        status: {"$ref": f"#/components/responses/{'-'.join([status, *found])}"}
        for status, found in sorted(by_status.items())
    }


def _referred(found: Any) -> list[str]:
    """The responses that are named anywhere in it."""
    text = msgspec.json.encode(found).decode()
    return sorted(set(re.findall(r"#/components/responses/([\w-]+)", text)))


def _problem(refusals: Refusals, status: str, codes: list[str]) -> dict[str, Any]:
    examples = {code: {"$ref": f"#/components/examples/{status}-{code}"} for code in codes}
    schema = {
        "allOf": [
            {"$ref": REF.format(name="Problem")},
            {"type": "object", "properties": {"code": {"enum": codes}}, "required": ["code"]},
        ]
    }
    headers: dict[str, Any] = {**NO_STORE}
    if status in ("429", "503"):
        headers |= RETRY_AFTER
    if status == "401":
        headers["WWW-Authenticate"] = {"schema": {"type": "string"}, "example": "Bearer"}
    return {
        "description": " · ".join(
            f"{code}: {_example(refusals, status, code)['title']}" for code in codes
        ),
        "headers": headers,
        "content": {"application/problem+json": {"schema": schema, "examples": examples}},
    }


def _example(refusals: Refusals, status: str, code: str) -> dict[str, Any]:
    """As the service says it, but for the facts and the field of the case."""
    if (code, "en") in refusals.texts:
        title, hint = refusals.texts[code, "en"]
    else:
        title, hint = SENTENCES[int(status)]["en"]
    kind = f"urn:apartado:error:{code}"
    problem = Problem(type=kind, title=title, status=int(status), code=code, hint=hint)
    found: dict[str, Any] = msgspec.to_builtins(problem)
    return found


_SIGNED_IN: list[dict[str, list[str]]] = [{"bearer": []}, {"cookie": []}]
"""Of every address that does not say otherwise."""

_AUDIENCES = {
    Audience.ANYONE: "anyone, signed in or not",
    Audience.MEMBER: "members",
    Audience.OPERATOR: "operators",
}

_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Under the same key the same request is answered once and then repeated.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


def _events(words: Words) -> dict[str, Any]:
    parameters = [
        {**one, "description": one.get("description") or _of_stream(one["name"], words)}
        for one in _EVENTS["parameters"]
    ]
    codes = ["RS104", "RS106", "RS204", "RS205", "RS601", "RS604"]
    responses = {"200": _STREAM, **_problems(codes)}
    return {"get": {**_EVENTS, "parameters": parameters, "responses": responses}}


def _of_stream(name: str, words: Words) -> str:
    field, _ = words.of(name, ["events"])
    return f"{field.says} Left out: {field.left_out}." if field else ""


def _metrics() -> dict[str, Any]:
    text = {
        "description": "samples",
        "content": {"text/plain": {"schema": {"type": "string"}, "example": _SAMPLES}},
    }
    codes = ["RS601", "RS602", "RS604"]
    return {
        "get": {
            "operationId": "metrics",
            "tags": ["care"],
            "summary": "Figures of the shop and of this service, for Prometheus.",
            "description": "For operators, and for the bearer of APARTADO_METRICS_TOKEN.",
            "responses": {"200": text, **_problems(codes)},
        }
    }


_SAMPLES = """# HELP apartado_streams Open streams.
# TYPE apartado_streams gauge
apartado_streams 12
"""

_STREAM: dict[str, Any] = {
    "description": "An endless stream. `id:` is the position, `event:` the kind, `data:` a line of"
    " JSON. It opens with an `id:` line; a comment every 15 seconds repeats the newest position.",
    "content": {
        "text/event-stream": {
            "schema": {"type": "string"},
            "example": "id: 7\nretry: 1000\n\nid: 8\nevent: reservation.created\n"
            'data: {"item_id":1,"location":"main","status":"reserved_by_others","available":0,'
            '"reserved":1,"sold":0,"queue_length":0,"version":2,"at":"2030-01-01T12:00:00Z"}\n\n',
        }
    },
}

_EVENTS: dict[str, Any] = {
    "operationId": "events",
    "tags": ["events"],
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
        {"name": "pings", "in": "query", "schema": {"type": "boolean"}},
        {
            "name": "Last-Event-ID",
            "in": "header",
            "description": "Wins over after.",
            "schema": {"type": "integer"},
        },
    ],
    "security": [{}, *_SIGNED_IN],
}

_CHECKS: dict[str, Any] = {
    "type": "object",
    "required": ["live", "ready", "checks"],
    "properties": {
        "live": {"type": "boolean"},
        "ready": {"type": "boolean"},
        "checks": {"type": "object", "additionalProperties": True},
    },
}

_IS_READY = {
    "live": True,
    "ready": True,
    "checks": {
        "database": "ok",
        "listener": "ok",
        "tables": "ok",
        "jobs": "ok",
        "connections": "1 of 8 in use",
        "streams": 12,
    },
}

_HEALTH: dict[str, Any] = {
    "get": {
        "operationId": "is_ready",
        "tags": ["care"],
        "summary": "Whether the service lives, and whether it can answer.",
        "security": [],
        "responses": {
            "200": {
                "description": "ready",
                "content": {_JSON: {"schema": _CHECKS, "example": _IS_READY}},
            },
            "503": {"description": "alive, but not ready", "content": {_JSON: {"schema": _CHECKS}}},
        },
    }
}
