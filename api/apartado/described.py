"""The fields of requests and answers with their words, as JSON Schema.

Types come from the structs, defaults from the functions in SQL, and the words from ``fields.py``.
"""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from typing import Any

import msgspec

from apartado import fields
from apartado.endpoints import ENDPOINTS, Endpoint
from apartado.fields import Field
from apartado.shapes import In, parts
from apartado.tree import database_root

REF = "#/components/schemas/{name}"

_DEFAULT = re.compile(
    r"\bp_(\w+)\s+(text|integer|bigint|boolean|interval|jsonb)\s+default\s+('[^']*'|[\w.]+)"
)
_HOURS = re.compile(r"(\d+) hours")


class Words:
    """The words of fields, and which of them were of use."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def of(self, name: str, places: list[str]) -> tuple[Field | None, bool]:
        """Those of the first place that has its own, and true; or those of the name."""
        for place in places:
            if f"{place}.{name}" in fields.SPECIAL:
                self.used.add(f"{place}.{name}")
                return fields.SPECIAL[f"{place}.{name}"], True
        self.used.add(name)
        return fields.FIELDS.get(name), False


def components(structs: set[type[Any]], words: Words) -> dict[str, Any]:
    """The schema of each struct, and of what is inside of lists and objects."""
    ordered = sorted(structs, key=lambda struct: struct.__name__)
    schemas, found = msgspec.json.schema_components(
        [*ordered, *parts.PARTS.values()], ref_template=REF
    )
    inside = dict(zip(parts.PARTS, schemas[len(ordered) :], strict=True))
    by_name: dict[str, type[Any]] = {struct.__name__: struct for struct in ordered}
    functions = {one.takes: one for one in reversed(ENDPOINTS)}
    for title, schema in found.items():
        del schema["title"]  # the name under which it stands
        struct = by_name.get(title) or getattr(parts, title)
        places = [one.__name__ for one in struct.__mro__]
        said = defaults(functions[struct].name) if struct in functions else {}
        needed = schema.get("required", ())
        for name, kind in schema.get("properties", {}).items():
            for part in (inside[f"{one}.{name}"] for one in places if f"{one}.{name}" in inside):
                kind.clear()
                kind.update(deepcopy(part))
            if not issubclass(struct, In | parts.Given):
                _widen(kind)
            if struct not in functions or not functions[struct].is_query:
                _describe(kind, words.of(name, places), struct, name in needed, name in said)
            if name in said:
                kind["default"] = said[name]
    return found


def parameters(endpoint: Endpoint, found: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """What a query takes in its address."""
    schema = found[endpoint.takes.__name__]
    places = [endpoint.name, *(one.__name__ for one in endpoint.takes.__mro__)]
    described: list[dict[str, Any]] = []
    for name, kind in schema.get("properties", {}).items():
        own = deepcopy(kind)
        needed = name in schema.get("required", ())
        _describe(own, words.of(name, places), endpoint.takes, needed, "default" in own)
        # an address has no null
        text = own.pop("description", "").replace(" Left out or null: ", " Left out: ")
        described.append(
            {"name": name, "in": "query", "required": needed, "description": text, "schema": own}
        )
    return described


@cache
def defaults(name: str) -> dict[str, Any]:
    """What a function in SQL takes for what is left out, but for null."""
    (path,) = (database_root() / "functions").glob(f"*/{name}.sql")
    head = path.read_text(encoding="utf-8").split("create or replace", 1)[1].split("as $$", 1)[0]
    found = {field: _value(kind, text) for field, kind, text in _DEFAULT.findall(head)}
    return {field: value for field, value in found.items() if value is not None}


def _value(kind: str, text: str) -> Any:
    if not text.startswith("'"):
        return msgspec.json.decode(text)
    inside = text[1:-1]
    if kind == "jsonb":
        return msgspec.json.decode(inside)
    hours = _HOURS.fullmatch(inside) if kind == "interval" else None
    return int(hours[1]) * 3600 if hours else inside


def _describe(
    kind: dict[str, Any],
    words: tuple[Field | None, bool],
    struct: type[Any],
    is_needed: bool,
    has_default: bool,
) -> None:
    field, is_special = words
    if field is None:
        return
    null = False
    for branch in kind.get("anyOf", ()):
        branch.pop("description", None)
        null = null or branch == {"type": "null"}
        _put_enum(branch, field)
    _put_enum(kind, field)
    absence = ""
    if issubclass(struct, parts.Given):
        # null may empty there, and what is left out stay: the words of the whole say so
        absence = f" Left out or null: {field.left_out}." if is_special and field.left_out else ""
    elif issubclass(struct, In):
        absence = "" if not null or has_default or not field.left_out else field.left_out
        if absence:
            absence = f" {'Null' if is_needed else 'Left out or null'}: {absence}."
    elif null and field.null:
        absence = f" Null: {field.null}."
    kind["description"] = f"{field.says}{absence}"


def _widen(kind: dict[str, Any]) -> None:
    """What a type holds is no news of an answer."""
    for part in (kind, kind.get("items", {}), *kind.get("anyOf", ())):
        part.pop("minimum", None)
        part.pop("maximum", None)


def _put_enum(kind: dict[str, Any], field: Field) -> None:
    """As documentation: SQL is who refuses."""
    if not field.enum:
        return
    if kind.get("type") == "array":
        kind["items"] = {**kind["items"], "enum": list(field.enum)}
    elif kind.get("type") == "string":
        kind["enum"] = list(field.enum)


def referred(whole: Any, found: dict[str, Any]) -> dict[str, Any]:
    """Those schemas that are named, by what is described or by one another."""
    wanted: set[str] = set()
    rest = _names(whole)
    while rest:
        wanted |= rest
        rest = set().union(*(_names(found[name]) for name in rest)) - wanted
    return {name: schema for name, schema in found.items() if name in wanted}


def _names(part: Any) -> set[str]:
    text = msgspec.json.encode(part).decode()
    return set(re.findall(r"#/components/schemas/(\w+)", text))
