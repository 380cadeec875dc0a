"""Why a request could not be read: the facts of a refusal that SQL was never asked for.

They are about form alone: what was expected, which fields there are, and what came instead, in the
words that `_refuse` is called with. What is a secret is never said again.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from apartado.errors import Refusal

MOMENT = "timestamp with time zone"

FORMS: dict[str, dict[str, object]] = {
    "text": {"expected": "text"},
    "boolean": {"expected": "true or false"},
    "integer": {"expected": "whole number"},
    "bigint": {"expected": "whole number"},
    "bigint[]": {"expected": "list of whole numbers"},
    "text[]": {"expected": "list of texts"},
    "numeric": {"expected": "number"},
    "interval": {
        "expected": "seconds, or ISO 8601 without years and months",
        "example": "PT60S",
    },
    MOMENT: {"expected": "ISO 8601 with its offset", "example": "2030-01-31T12:00:00Z"},
    "jsonb": {"expected": "JSON"},
}
"""What a field must be, by its PostgreSQL type."""

LIMITS: dict[str, dict[str, object]] = {
    "integer": {"smallest": -(2**31), "largest": 2**31 - 1},
    "bigint": {"smallest": -(2**63), "largest": 2**63 - 1},
    "bigint[]": {"smallest": -(2**63), "largest": 2**63 - 1},
    "interval": {"largest_seconds": 2**63 // 10**6},
}
"""What a type holds."""

SECRETS = {"secret", "token", "code", "invitation", "jwt", "device"}
"""Whoever has one of these may do something with it: what was given for it is not repeated."""

GIVEN_CHARACTERS = 100
"""So much of what was given is repeated."""

_PATH = re.compile(r" - at `\$\.?([A-Za-z_]\w*)?(?:\[(\d+)\])?")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_MISSING = re.compile(r"missing required field `([^`]*)`")
_GOT = re.compile(r", got `(\w+)`")
_OUT_OF_RANGE = re.compile(r"Expected `\w+` [<>]=|out of range")
_IN_JSON = {"array": "list", "str": "text", "int": "number", "float": "number", "bool": "boolean"}
_BLANK_FOR_PLUS = re.compile(r":\d\d(?:\.\d+)? \d\d:?\d\d\"?$")
"""After a time of day: what else a blank stands before is a time of day itself."""

Given = Callable[[str], object]
"""What was given for a field: a value, or the bytes of it; None is not known."""


def unfit(name: str, kind: str, given: object, **more: object) -> Refusal:
    """RS205: a value that is not of the form of its field."""
    return Refusal("RS205", name, FORMS[kind] | _given(name, kind, given) | more)


def out_of_range(name: str, kind: str, given: object, **more: object) -> Refusal:
    """RS204: a value that its type cannot hold."""
    return Refusal("RS204", name, LIMITS.get(kind, {}) | _given(name, kind, given) | more)


def unfit_moment_in_address(name: str, given: object, **more: object) -> Refusal:
    """RS205 of a time in an address; where its + became a blank there, it says so."""
    if _BLANK_FOR_PLUS.search(_text(given)):
        more["expected"] = "ISO 8601 with its offset, its + written as %2B"
    return unfit(name, MOMENT, given, **more)


def repeated(name: str, count: int) -> Refusal:
    """RS205: several values in an address where one is meant."""
    return Refusal("RS205", name, {"expected": "one value", "given": f"{count} values"})


def refused(
    error: msgspec.ValidationError, types: dict[str, str], given: Given, *, in_address: bool = False
) -> Refusal:
    """What msgspec found wrong, with the field it names. ``types`` are those that there are."""
    text = str(error)
    unknown = _UNKNOWN.search(text)
    if unknown is not None:
        known = {"known": ", ".join(types)} if types else {"expected": "no fields"}
        return Refusal("RS205/unknown", unknown[1][:GIVEN_CHARACTERS], known)
    missing = _MISSING.search(text)
    if missing is not None:
        facts = FORMS[types[missing[1]]]
        return Refusal("RS205/missing", missing[1], {**facts, "given": "nothing"})
    where = _PATH.search(text)
    got = _GOT.search(text)
    if where is None or where[1] not in types:
        found = _IN_JSON.get(got[1], got[1]) if got else None
        return Refusal("RS205", None, {"expected": "object"} | ({"given": found} if found else {}))
    name, kind, value = where[1], types[where[1]], given(where[1])
    more: dict[str, object] = {}
    if where[2] is not None:
        number = int(where[2])
        value, more = _element(value, number), {"number": number + 1}
    if _OUT_OF_RANGE.search(text):
        return out_of_range(name, kind, value, **more)
    if in_address and kind == MOMENT:
        return unfit_moment_in_address(name, value, **more)
    if in_address and kind.endswith("[]"):
        more["example"] = f"{name}=1&{name}=2"
    if "matching regex" in text and kind == MOMENT:
        more["expected"] = "ISO 8601 with its offset, or infinity"
    return unfit(name, kind, value, **more)


def in_body(body: bytes) -> Given:
    """The bytes of each field of a body that is an object; None, where the rest cannot be read, or
    where the field stands twice: it is not known here which of the two was refused."""

    def given(name: str) -> object:
        if body.count(b'"%s"' % name.encode()) > 1:
            return None
        try:
            return msgspec.json.decode(body, type=dict[str, msgspec.Raw]).get(name)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    return given


def _element(value: object, number: int) -> object:
    """None where the field stands twice, and the other one is no list, or a shorter one."""
    try:
        if isinstance(value, msgspec.Raw):
            value = msgspec.json.decode(value, type=list[msgspec.Raw])
        return value[number] if isinstance(value, list) else value
    except (msgspec.ValidationError, IndexError):
        return None


def _given(name: str, kind: str, value: object) -> dict[str, object]:
    """As JSON, so that a text is told from a number. Not of JSON: it may hold anything."""
    if value is None or name in SECRETS or kind == "jsonb":
        return {}
    text = _text(value)
    return {"given": text if len(text) <= GIVEN_CHARACTERS else text[:GIVEN_CHARACTERS] + "…"}


def _text(value: object) -> str:
    written = bytes(value) if isinstance(value, msgspec.Raw) else msgspec.json.encode(value)
    return written.decode(errors="replace")
