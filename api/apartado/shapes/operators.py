"""The shapes of functions/operators/."""

from __future__ import annotations

from typing import cast

from msgspec import UNSET, Raw

from apartado.shapes import In, Integer, Json, Out, Timestamp


class PreviewIn(In):
    function: str
    args: Json = cast(Raw, UNSET)


class PreviewOut(Out):
    outcome: str
    answer: Json | None
    code: str | None
    message: str | None
    hint: str | None
    detail: str | None
    events: Json | None
    changes: Json | None
    server_time: Timestamp


class ActOnManyIn(In):
    function: str
    calls: Json


class ActOnManyOut(Out):
    number: Integer
    outcome: str
    answer: Json | None
    code: str | None
    message: str | None
    hint: str | None
    detail: str | None
