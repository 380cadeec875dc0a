"""The one SQL statement of a call, and the values that go into it.

Only the parameters that were sent are named, so every default stays in SQL. All values travel
as text of unknown type: no function is overloaded, so PostgreSQL reads each as what the
function's parameter is, and the prepared statements never differ by a type. What is put together
here are names out of ``endpoints.py`` and the structs, never anything that somebody sent (S608).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, cast

import msgspec

from apartado import malformed
from apartado.endpoints import CallerParameter, Counted, Endpoint, Rows
from apartado.errors import Refusal
from apartado.shapes import In

# $1 and $2 of every statement
TOKEN, LANGUAGE = "", "language"
AUTHENTICATE = "apartado.authenticate($1, $2)"
FIRST_FREE = 3

_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?P<time>T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_SECONDS = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_UNIT_SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
_LARGEST_EXPONENT = 1_000
_LARGEST_SECONDS = 9_223_372_036_854
"""What an interval holds: a bigint of microseconds."""


def fields_of(struct: type[In]) -> dict[str, str]:
    """The fields of a request and the PostgreSQL type of each."""
    found = cast(msgspec.inspect.StructType, msgspec.inspect.type_info(struct))
    return {part.encode_name: pg_type(part.type) for part in found.fields}


def pg_type(kind: msgspec.inspect.Type) -> str:
    """The PostgreSQL type behind a field's type, as ``format_type`` spells it."""
    if isinstance(kind, msgspec.inspect.Metadata):
        if kind.extra and "pg" in kind.extra:
            return str(kind.extra["pg"])
        return pg_type(kind.type)
    if isinstance(kind, msgspec.inspect.UnionType):
        members = [one for one in kind.types if not isinstance(one, msgspec.inspect.NoneType)]
        return pg_type(members[0])
    if isinstance(kind, msgspec.inspect.StrType):
        return "text"
    if isinstance(kind, msgspec.inspect.BoolType):
        return "boolean"
    raise TypeError(f"no PostgreSQL type for {kind}: use an alias of apartado.shapes")


@lru_cache(maxsize=4096)
def call(endpoint: Endpoint, sent: tuple[str, ...], with_key: bool) -> str:
    """The statement for a call that sends these fields, in this order, from $3 on.

    Where the function names its caller, the alias out of ``authenticate`` is its argument:
    without that dependency the planner may leave ``authenticate`` out. Where it does not, the
    function stands in the select list over the scan of ``authenticate``, behind a fence.
    """
    names = [f"p_{name}" for name in sent] + (["p_idempotency_key"] if with_key else [])
    arguments = [f"{name} => ${number}" for number, name in enumerate(names, FIRST_FREE)]
    if endpoint.caller in (CallerParameter.MEMBER, CallerParameter.ACTOR):
        arguments.insert(0, f"{endpoint.caller.value} => a.alias")
        columns = f" as r({endpoint.gives.__struct_fields__[0]})" * (endpoint.answer is VALUE)
        function = f"apartado.{endpoint.name}({', '.join(arguments)}){columns or ' as r'}"
        return f"select r.* from {AUTHENTICATE} as a cross join lateral {function}"
    if endpoint.caller is CallerParameter.TOKEN:
        arguments.insert(0, f"p_token => ${FIRST_FREE + len(arguments)}")
    function = f"apartado.{endpoint.name}({', '.join(arguments)})"
    if endpoint.answer is VALUE:
        column = endpoint.gives.__struct_fields__[0]
        return f"select {function} as {column} from {AUTHENTICATE} as a"
    inner = f"select {function} as r from {AUTHENTICATE} as a offset 0"
    return f"select (s.r).* from ({inner}) as s"


def call_together(endpoint: Endpoint) -> str:
    """The statement for several calls at once."""
    return f"select r.* from apartado.{endpoint.name}_together($1) as r"


VALUE = Rows.VALUE


def count_attempt(endpoint: Endpoint) -> str:
    """The statement that counts an attempt, autocommitted, before it is made; $3: from where."""
    subject = "$4" if endpoint.counted is Counted.FIRST_SENT else "a.alias"
    counting = f"apartado.count_attempt('{endpoint.name}', {subject}, a.language, $3)"
    return f"select {counting} from {AUTHENTICATE} as a"


def take_attempt_back(endpoint: Endpoint) -> str:
    """The statement after a success from $1; $2: for whom, where a request names them."""
    return f"select apartado.take_attempt_back($1, '{endpoint.name}', $2)"


LANGUAGE_OF_SESSION = f"select a.language from {AUTHENTICATE} as a"

ADMIT_LONG_BODY = f"select apartado.admit_long_body(a.alias) from {AUTHENTICATE} as a"


def seconds(value: object) -> str:
    """A duration, as seconds or ISO 8601, in the form that PostgreSQL reads."""
    if isinstance(value, str):
        if _SECONDS.fullmatch(value):
            return _interval(Decimal(value))
        return _interval(_iso_seconds(value))
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("not a number of seconds")
    return _interval(Decimal(str(value)))


def _interval(value: Decimal) -> str:
    if abs(value) >= _LARGEST_SECONDS:
        raise OverflowError
    return f"{value:f} seconds"


def _iso_seconds(value: str) -> Decimal:
    found = _DURATION.fullmatch(value)
    if found is None or value.endswith(("P", "T")):
        raise ValueError("not an ISO 8601 duration of weeks, days, hours, minutes and seconds")
    total = sum(
        (Decimal(found[unit]) * size for unit, size in _UNIT_SECONDS.items() if found[unit]),
        start=Decimal(0),
    )
    return -total if found["sign"] else total


def _number(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError("not a number")
    if abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise OverflowError
    return str(value)


def _text(value: str) -> str:
    if "\0" in value:
        raise ValueError("a NUL character")
    value.encode()
    return value


def _json(value: msgspec.Raw) -> str:
    # msgspec does not decode Raw: PostgreSQL parses the JSON, but the bytes must be valid text.
    return _text(bytes(value).decode())


def array(values: Iterable[object]) -> str:
    """An array of numbers, or of texts in quotes."""
    return "{" + ",".join(map(str, values)) + "}"


def texts(values: Iterable[str]) -> str:
    """An array of texts, whatever is in them."""
    quoted = (_text(one).replace("\\", "\\\\").replace('"', '\\"') for one in values)
    return array(f'"{one}"' for one in quoted)


def _moment(value: datetime | str) -> str:
    return value if isinstance(value, str) else value.isoformat()


def _flag(value: bool) -> str:
    return "true" if value else "false"


_AS_TEXT: dict[str, Callable[[Any], str]] = {
    "text": _text,
    "boolean": _flag,
    "integer": str,
    "bigint": str,
    "bigint[]": array,
    "text[]": texts,
    "numeric": _number,
    "interval": seconds,
    "jsonb": _json,
    "timestamp with time zone": _moment,
}


class Sent(NamedTuple):
    """The fields that were sent, by name, and their values as text."""

    names: tuple[str, ...]
    values: list[str | None]


def parameters(
    endpoint: Endpoint, token: str | None, language: str | None, sent: Sent, key: str | None = None
) -> list[str | None]:
    """The values of ``call``."""
    values = [token, language, *sent.values]
    if key is not None:
        values.append(key)
    if endpoint.caller is CallerParameter.TOKEN:
        # The function judges the token itself: sent as $1, too, authenticate would judge it again.
        values[0] = None
        values.append(token)
    return values


def vouched(sent: Sent, issuer: str, subject: str) -> Sent:
    """What was sent with a token of another login, with what the token says in its place."""
    others = [(name, value) for name, value in zip(*sent, strict=True) if name != "jwt"]
    names = ("issuer", "subject", *(name for name, _ in others))
    return Sent(names, [issuer, subject, *(value for _, value in others)])


class Values:
    """Turns the fields of one struct into the values of a statement."""

    def __init__(self, struct: type[In]) -> None:
        self.types = fields_of(struct)
        attributes = zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True)
        self._writers = [
            (attribute, name, _AS_TEXT[self.types[name]]) for attribute, name in attributes
        ]

    def of(self, request: In) -> Sent:
        """The fields that a request brings; RS204 or RS205 for what PostgreSQL could not take."""
        names: list[str] = []
        values: list[str | None] = []
        for attribute, name, write in self._writers:
            value = getattr(request, attribute)
            if value is msgspec.UNSET:
                continue
            names.append(name)
            try:
                values.append(None if value is None else write(value))
            except OverflowError:
                raise malformed.out_of_range(name, self.types[name], value) from None
            except ValueError:
                raise _unfit(name, self.types[name], value) from None
        return Sent(tuple(names), values)


def _unfit(name: str, kind: str, value: Any) -> Refusal:
    if kind in ("text", "text[]"):
        expected = f"{malformed.FORMS[kind]['expected']} without NUL"
        return malformed.unfit(name, kind, value, expected=expected)
    return malformed.unfit(name, kind, value)
