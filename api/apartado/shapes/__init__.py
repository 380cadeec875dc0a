"""The shapes of requests and answers: what a function takes (``…In``) and gives (``…Out``).

A struct says names and types, never rules: limits, defaults and who may do what live in SQL.
A parameter that has a default in SQL is ``Maybe`` here and is passed on only if it was sent.
``tests/house/test_contract.py`` compares every struct with ``pg_proc``.

Here is what they are made of. The structs of ``functions/<subject>/`` are in ``<subject>.py``.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, TypeAlias, TypeVar

from msgspec import Meta, Raw, Struct, UnsetType

_T = TypeVar("_T")

Maybe: TypeAlias = _T | UnsetType | None
"""A parameter that SQL has a default for: absent is the default, null is null."""

# Each alias carries the PostgreSQL type that the contract test expects; str and bool need none.
Integer = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1, extra={"pg": "integer"})]
BigInt = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1, extra={"pg": "bigint"})]
BigInts = Annotated[list[BigInt], Meta(extra={"pg": "bigint[]"})]
Texts = Annotated[list[str], Meta(extra={"pg": "text[]"})]
Json = Annotated[Raw, Meta(extra={"pg": "jsonb"})]

# What comes in
Numeric = Annotated[Decimal, Meta(extra={"pg": "numeric"})]
Moment = Annotated[datetime, Meta(tz=True, extra={"pg": "timestamp with time zone"})]
MomentOrNever = Annotated[
    str,
    Meta(
        pattern=r"^(infinity|\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))$",
        description="ISO 8601 with its offset, or infinity: never.",
        extra={"pg": "timestamp with time zone"},
    ),
]
Duration = Annotated[
    int | float | str,
    Meta(
        description="Seconds, or an ISO 8601 duration without years and months: PT60S, P7D.",
        extra={"pg": "interval"},
    ),
]

# What goes out
Amount = Annotated[
    str,
    Meta(description="A number with the digits of its currency.", extra={"pg": "numeric"}),
]
Timestamp = Annotated[
    str,
    Meta(
        description="ISO 8601, UTC.",
        extra_json_schema={"format": "date-time"},
        extra={"pg": "timestamp with time zone"},
    ),
]
Seconds = Annotated[float, Meta(description="Seconds.", extra={"pg": "interval"})]


class In(Struct, forbid_unknown_fields=True, kw_only=True):
    """What a request may carry. An unknown field is refused."""


class Out(Struct, kw_only=True):
    """What an answer carries."""


class Nothing(In):
    """A request without fields."""
