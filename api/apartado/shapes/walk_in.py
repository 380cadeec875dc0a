"""The shapes of functions/walk_in/."""

from __future__ import annotations

from msgspec import UNSET

from apartado.shapes import BigInt, In, Json, Maybe, Out, Timestamp


class WalkInOut(Out):
    walk_in_entry_id: BigInt | None
    cart_id: BigInt
    location: str
    ticket: BigInt | None
    status: str
    position: BigInt | None
    waiting: BigInt
    server_time: Timestamp


class ServeNextIn(In):
    location: Maybe[str] = UNSET
    reason: Maybe[str] = UNSET


class ServeNextOut(Out):
    walk_in_entry_id: BigInt | None
    """Null: nobody waits."""
    cart_id: BigInt | None
    location: str
    ticket: BigInt | None
    alias: str | None
    lines: Json | None
    totals: Json | None
    waiting: BigInt
    server_time: Timestamp
